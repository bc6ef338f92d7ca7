"""What names mean: families, versions, sources and confidence, as the core compares them."""

"""The meaning of names: families, versions, sources and confidence, as the core compares them."""

"""Claims, agreement, answers and confidence tables: the core against plain models."""

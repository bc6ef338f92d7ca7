"""Events as columns in memory that the core fills."""

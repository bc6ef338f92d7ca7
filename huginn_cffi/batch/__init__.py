"""Events as columns in memory that the core writes, as numbers and as bytes."""

"""What the build does before the C compiler runs."""

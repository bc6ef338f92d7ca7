"""Where captures and packets come from, and how they reach the core."""

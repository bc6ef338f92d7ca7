"""The sources of captures and packets, and how they reach the core."""

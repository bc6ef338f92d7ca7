"""The engine of the core: one run of it, what it needs of the packets, and what it counted."""

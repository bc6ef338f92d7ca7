"""Files, streams and interfaces, and how their packets reach the core."""

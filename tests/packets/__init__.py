"""The core's packet layers alone, under sanitizers."""

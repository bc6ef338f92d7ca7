"""Digests that the core computes, and what stands on them."""

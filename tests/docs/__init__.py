"""Tests of what the manual shows."""

"""Tests of the summary in the core."""

"""Tests of the capture sources, below the engine: frames as they are read."""

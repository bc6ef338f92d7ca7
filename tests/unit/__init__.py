"""Tests of the Python layer, a file a module."""

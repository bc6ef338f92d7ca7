"""Tests of what is built: sdist, wheel, editable install."""

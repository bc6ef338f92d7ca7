"""Tests of the signature compiler."""

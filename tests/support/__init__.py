"""Builders of packets and capture files for the tests."""

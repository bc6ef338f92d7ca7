"""Describes rows, hosts, findings and the summary once for all users: name, type, place in formats, meaning.

This package imports no other part of the compiler.
"""

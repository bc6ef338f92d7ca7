"""Explains why a packet has its name, by comparing the nearest signatures field by field."""

from __future__ import annotations

from huginn_cffi.explain.explanation import Explanation, FieldComparison, NearSignature

__all__ = [
    "Explanation",
    "FieldComparison",
    "NearSignature",
]

"""Explains why a packet has its name, by comparing the nearest signatures field by field."""

from __future__ import annotations

from huginn_cffi.explain.devices import DeviceExplanation
from huginn_cffi.explain.explanation import Explanation, FieldComparison, NearSignature

__all__ = [
    "DeviceExplanation",
    "Explanation",
    "FieldComparison",
    "NearSignature",
]

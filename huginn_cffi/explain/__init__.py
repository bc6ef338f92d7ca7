"""Why a packet is named as it is: the nearest signatures, field by field."""

from __future__ import annotations

from huginn_cffi.explain.explanation import Explanation, FieldComparison, NearSignature

__all__ = ["Explanation", "FieldComparison", "NearSignature"]

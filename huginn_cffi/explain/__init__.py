"""Why a packet is named as it is: the nearest signatures, field by field."""

from __future__ import annotations

from huginn_cffi.explain.clients import ClientExplanation
from huginn_cffi.explain.devices import DeviceExplanation
from huginn_cffi.explain.explanation import Explanation, FieldComparison, NearSignature
from huginn_cffi.explain.messages import MessageExplanation

__all__ = [
    "ClientExplanation",
    "DeviceExplanation",
    "Explanation",
    "FieldComparison",
    "MessageExplanation",
    "NearSignature",
]

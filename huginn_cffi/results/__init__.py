"""Typed results: views on the rows of a batch."""

from __future__ import annotations

from huginn_cffi.results.results import (
    FingerprintResult,
    MtuObservation,
    Part,
    SynAckObservation,
    SynObservation,
    TcpAnalysisResult,
    UptimeObservation,
)

__all__ = [
    "FingerprintResult",
    "MtuObservation",
    "Part",
    "SynAckObservation",
    "SynObservation",
    "TcpAnalysisResult",
    "UptimeObservation",
]

"""Typed results: views on the rows of a batch."""

from __future__ import annotations

from huginn_cffi.results.results import (
    EVENTS,
    NO_SIGNATURE,
    FingerprintResult,
    MtuObservation,
    Part,
    SynAckObservation,
    SynObservation,
    TcpAnalysisResult,
    UptimeObservation,
)

__all__ = [
    "EVENTS",
    "NO_SIGNATURE",
    "FingerprintResult",
    "MtuObservation",
    "Part",
    "SynAckObservation",
    "SynObservation",
    "TcpAnalysisResult",
    "UptimeObservation",
]

"""Typed results: views on the rows of a batch."""

from __future__ import annotations

from huginn_cffi.results.devices import DeviceObservation, DhcpObservation
from huginn_cffi.results.http import HttpRequestObservation, HttpResponseObservation
from huginn_cffi.results.results import (
    AnalysisResult,
    ChangeObservation,
    FingerprintResult,
    MtuObservation,
    Part,
    SynAckObservation,
    SynObservation,
    TcpAnalysisResult,
    UptimeObservation,
)
from huginn_cffi.results.tls import TlsClientObservation, TlsServerObservation

__all__ = [
    "AnalysisResult",
    "ChangeObservation",
    "DeviceObservation",
    "DhcpObservation",
    "FingerprintResult",
    "HttpRequestObservation",
    "HttpResponseObservation",
    "MtuObservation",
    "Part",
    "SynAckObservation",
    "SynObservation",
    "TcpAnalysisResult",
    "TlsClientObservation",
    "TlsServerObservation",
    "UptimeObservation",
]

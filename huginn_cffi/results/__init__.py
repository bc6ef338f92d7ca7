"""Typed results: views on the rows of a batch."""

from __future__ import annotations

from huginn_cffi.results.devices import DeviceObservation, DhcpObservation
from huginn_cffi.results.http import (
    HttpRequestObservation,
    HttpResponseObservation,
    ObservableHttpRequest,
    ObservableHttpResponse,
)
from huginn_cffi.results.match import ClientMatch, OsMatch
from huginn_cffi.results.observables import Endpoint, ObservableMtu, ObservableTcp, ObservableUptime
from huginn_cffi.results.results import (
    AnalysisResult,
    ChangeObservation,
    FingerprintResult,
    MtuObservation,
    Part,
    SynAckObservation,
    SynObservation,
    UptimeObservation,
)
from huginn_cffi.results.tls import ObservableTlsClient, TlsClientObservation, TlsServerObservation

__all__ = [
    "AnalysisResult",
    "ChangeObservation",
    "ClientMatch",
    "DeviceObservation",
    "DhcpObservation",
    "Endpoint",
    "FingerprintResult",
    "HttpRequestObservation",
    "HttpResponseObservation",
    "MtuObservation",
    "ObservableHttpRequest",
    "ObservableHttpResponse",
    "ObservableMtu",
    "ObservableTcp",
    "ObservableTlsClient",
    "ObservableUptime",
    "OsMatch",
    "Part",
    "SynAckObservation",
    "SynObservation",
    "TlsClientObservation",
    "TlsServerObservation",
    "UptimeObservation",
]

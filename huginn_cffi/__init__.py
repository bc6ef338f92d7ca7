"""Passive OS fingerprinting of TCP traffic, with a C core.

import huginn_cffi as hg

for result in hg.Analyzer().analyze_pcap("capture.pcap"):
for part in result.parts:
print(part)
"""

from __future__ import annotations

from huginn_cffi.analyzer import Analyzer
from huginn_cffi.batch import Batch
from huginn_cffi.database import Database
from huginn_cffi.errors import (
    CaptureError,
    DatabaseError,
    FilterError,
    HuginnError,
    LibpcapError,
    SignatureError,
)
from huginn_cffi.filters import FilterConfig, IpFilter, PortFilter, SubnetFilter
from huginn_cffi.observables import Endpoint, ObservableMtu, ObservableTcp, ObservableUptime
from huginn_cffi.results import (
    NO_SIGNATURE,
    FingerprintResult,
    MtuObservation,
    OsMatch,
    SynAckObservation,
    SynObservation,
    TcpAnalysisResult,
    UptimeObservation,
)
from huginn_cffi.signatures import Label, Signature
from huginn_cffi.single import fingerprint
from huginn_cffi.stats import Stats

__version__ = "0.1.0"

__all__ = [
    "NO_SIGNATURE",
    "Analyzer",
    "Batch",
    "CaptureError",
    "Database",
    "DatabaseError",
    "Endpoint",
    "FilterConfig",
    "FilterError",
    "FingerprintResult",
    "HuginnError",
    "IpFilter",
    "Label",
    "LibpcapError",
    "MtuObservation",
    "ObservableMtu",
    "ObservableTcp",
    "ObservableUptime",
    "OsMatch",
    "PortFilter",
    "Signature",
    "SignatureError",
    "Stats",
    "SubnetFilter",
    "SynAckObservation",
    "SynObservation",
    "TcpAnalysisResult",
    "UptimeObservation",
    "fingerprint",
]

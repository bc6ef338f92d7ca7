"""Passive fingerprinting of TCP, TLS and HTTP, with a C core.

Example::

    import huginn_cffi as hg

    for result in hg.Analyzer().analyze_pcap("capture.pcap"):
        for part in result.parts:
            print(part)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.analysis.fingerprint import fingerprint
    from huginn_cffi.analysis.summary import Summary
    from huginn_cffi.analysis.watching import watch
    from huginn_cffi.base.errors import (
        CaptureError,
        DatabaseError,
        FilterError,
        HuginnError,
        LibpcapError,
        SignatureError,
    )
    from huginn_cffi.base.names import NO_SIGNATURE
    from huginn_cffi.capture.opening import CaptureOptions
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.engine.stats import Stats
    from huginn_cffi.filters.conditions import FilterConfig, IpFilter, PortFilter, SubnetFilter
    from huginn_cffi.inputs.finding import find_captures
    from huginn_cffi.results.http import HttpRequestObservation, HttpResponseObservation
    from huginn_cffi.results.results import (
        AnalysisResult,
        MtuObservation,
        SynAckObservation,
        SynObservation,
        UptimeObservation,
    )
    from huginn_cffi.results.tls import TlsClientObservation, TlsServerObservation
    from huginn_cffi.signatures.signatures import Signature

__version__ = "0.1.0"

__all__ = [
    "NO_SIGNATURE",
    "AnalysisResult",
    "Analyzer",
    "Batch",
    "CaptureError",
    "CaptureOptions",
    "Database",
    "DatabaseError",
    "FilterConfig",
    "FilterError",
    "HttpRequestObservation",
    "HttpResponseObservation",
    "HuginnError",
    "IpFilter",
    "LibpcapError",
    "MtuObservation",
    "PortFilter",
    "Signature",
    "SignatureError",
    "Stats",
    "SubnetFilter",
    "Summary",
    "SynAckObservation",
    "SynObservation",
    "TlsClientObservation",
    "TlsServerObservation",
    "UptimeObservation",
    "find_captures",
    "fingerprint",
    "watch",
]

_MODULE_OF = {
    "NO_SIGNATURE": "base.names",
    "AnalysisResult": "results.results",
    "Analyzer": "analysis.analyzer",
    "Batch": "engine.batch",
    "CaptureError": "base.errors",
    "CaptureOptions": "capture.opening",
    "Database": "database.database",
    "DatabaseError": "base.errors",
    "FilterConfig": "filters.conditions",
    "FilterError": "base.errors",
    "HttpRequestObservation": "results.http",
    "HttpResponseObservation": "results.http",
    "HuginnError": "base.errors",
    "IpFilter": "filters.conditions",
    "LibpcapError": "base.errors",
    "MtuObservation": "results.results",
    "PortFilter": "filters.conditions",
    "Signature": "signatures.signatures",
    "SignatureError": "base.errors",
    "Stats": "engine.stats",
    "SubnetFilter": "filters.conditions",
    "Summary": "analysis.summary",
    "SynAckObservation": "results.results",
    "SynObservation": "results.results",
    "TlsClientObservation": "results.tls",
    "TlsServerObservation": "results.tls",
    "UptimeObservation": "results.results",
    "find_captures": "inputs.finding",
    "fingerprint": "analysis.fingerprint",
    "watch": "analysis.watching",
}
"""Imported at first use, so that a command can install its signal handlers first."""


def __getattr__(name: str) -> object:
    """Import what is in `_MODULE_OF` when it is first asked for."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All public names, imported already or not, and what every module has."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})

"""Passive OS fingerprinting of TCP traffic, with a C core.

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
    from huginn_cffi.analyzer import Analyzer
    from huginn_cffi.batch import Batch
    from huginn_cffi.capture import CaptureOptions
    from huginn_cffi.capture.sensor import Sensor
    from huginn_cffi.database import Database
    from huginn_cffi.database.signatures import Label, Signature
    from huginn_cffi.errors import (
        CaptureError,
        DatabaseError,
        FilterError,
        HuginnError,
        LibpcapError,
        SignatureError,
    )
    from huginn_cffi.explain import Explanation, FieldComparison, NearSignature
    from huginn_cffi.filters import FilterConfig, IpFilter, PortFilter, SubnetFilter
    from huginn_cffi.inputs.finding import find_captures
    from huginn_cffi.names import NO_SIGNATURE
    from huginn_cffi.results import (
        FingerprintResult,
        MtuObservation,
        SynAckObservation,
        SynObservation,
        TcpAnalysisResult,
        UptimeObservation,
    )
    from huginn_cffi.results.observables import Endpoint, ObservableMtu, ObservableTcp, ObservableUptime
    from huginn_cffi.results.os_match import OsMatch
    from huginn_cffi.single import fingerprint
    from huginn_cffi.stats import Stats
    from huginn_cffi.summary import Summary

__version__ = "0.1.0"

__all__ = [
    "NO_SIGNATURE",
    "Analyzer",
    "Batch",
    "CaptureError",
    "CaptureOptions",
    "Database",
    "DatabaseError",
    "Endpoint",
    "Explanation",
    "FieldComparison",
    "FilterConfig",
    "FilterError",
    "FingerprintResult",
    "HuginnError",
    "IpFilter",
    "Label",
    "LibpcapError",
    "MtuObservation",
    "NearSignature",
    "ObservableMtu",
    "ObservableTcp",
    "ObservableUptime",
    "OsMatch",
    "PortFilter",
    "Sensor",
    "Signature",
    "SignatureError",
    "Stats",
    "SubnetFilter",
    "Summary",
    "SynAckObservation",
    "SynObservation",
    "TcpAnalysisResult",
    "UptimeObservation",
    "find_captures",
    "fingerprint",
]

_MODULE_OF = {
    "Analyzer": "analyzer",
    "Batch": "batch",
    "CaptureError": "errors",
    "CaptureOptions": "capture",
    "Database": "database",
    "DatabaseError": "errors",
    "Endpoint": "results.observables",
    "Explanation": "explain",
    "FieldComparison": "explain",
    "FilterConfig": "filters",
    "FilterError": "errors",
    "FingerprintResult": "results",
    "HuginnError": "errors",
    "IpFilter": "filters",
    "Label": "database.signatures",
    "LibpcapError": "errors",
    "MtuObservation": "results",
    "NO_SIGNATURE": "names",
    "NearSignature": "explain",
    "ObservableMtu": "results.observables",
    "ObservableTcp": "results.observables",
    "ObservableUptime": "results.observables",
    "OsMatch": "results.os_match",
    "PortFilter": "filters",
    "Sensor": "capture.sensor",
    "Signature": "database.signatures",
    "SignatureError": "errors",
    "Stats": "stats",
    "SubnetFilter": "filters",
    "Summary": "summary",
    "SynAckObservation": "results",
    "SynObservation": "results",
    "TcpAnalysisResult": "results",
    "UptimeObservation": "results",
    "find_captures": "inputs.finding",
    "fingerprint": "single",
}
"""Imported at first use, so that a command can install its signal handlers first."""


def __getattr__(name: str) -> object:
    """Import what is in `_MODULE_OF` when it is first asked for."""
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All public names, imported already or not."""
    return sorted({*globals(), *__all__})

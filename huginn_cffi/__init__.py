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

from huginn_cffi.base import moved

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.analysis.fingerprint import fingerprint
    from huginn_cffi.analysis.summary import Summary
    from huginn_cffi.base.errors import (
        CaptureError,
        DatabaseError,
        FilterError,
        HuginnError,
        LibpcapError,
        SignatureError,
    )
    from huginn_cffi.base.names import NO_SIGNATURE
    from huginn_cffi.batch import Batch
    from huginn_cffi.batch.handshakes import Handshakes as Handshakes
    from huginn_cffi.capture import CaptureOptions
    from huginn_cffi.capture.sensor import Sensor as Sensor
    from huginn_cffi.database import Database

    # Of annotations; see `_IN_ANNOTATIONS`.
    from huginn_cffi.database.records import SignatureRecords as SignatureRecords
    from huginn_cffi.database.signatures import Direction as Direction
    from huginn_cffi.database.signatures import Kind as Kind
    from huginn_cffi.database.signatures import Signature
    from huginn_cffi.engine.stats import ReadCapture as ReadCapture
    from huginn_cffi.engine.stats import Stats
    from huginn_cffi.explain import ClientExplanation as ClientExplanation
    from huginn_cffi.explain import DeviceExplanation as DeviceExplanation
    from huginn_cffi.explain import Explanation as Explanation
    from huginn_cffi.explain import MessageExplanation as MessageExplanation
    from huginn_cffi.filters import FilterConfig, IpFilter, PortFilter, SubnetFilter
    from huginn_cffi.filters.bpf import BpfFilter as BpfFilter
    from huginn_cffi.hosts import HostTable as HostTable
    from huginn_cffi.inputs.finding import find_captures
    from huginn_cffi.results import (
        AnalysisResult,
        HttpRequestObservation,
        HttpResponseObservation,
        MtuObservation,
        SynAckObservation,
        SynObservation,
        TlsClientObservation,
        TlsServerObservation,
        UptimeObservation,
    )
    from huginn_cffi.results import Part as Part
    from huginn_cffi.results.views import View as View

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
]

_MODULE_OF = {
    "AnalysisResult": "results",
    "Analyzer": "analysis.analyzer",
    "Batch": "batch",
    "CaptureError": "base.errors",
    "CaptureOptions": "capture",
    "Database": "database",
    "DatabaseError": "base.errors",
    "FilterConfig": "filters",
    "FilterError": "base.errors",
    "HttpRequestObservation": "results",
    "HttpResponseObservation": "results",
    "HuginnError": "base.errors",
    "IpFilter": "filters",
    "LibpcapError": "base.errors",
    "MtuObservation": "results",
    "NO_SIGNATURE": "base.names",
    "PortFilter": "filters",
    "Signature": "database.signatures",
    "SignatureError": "base.errors",
    "Stats": "engine.stats",
    "SubnetFilter": "filters",
    "Summary": "analysis.summary",
    "SynAckObservation": "results",
    "SynObservation": "results",
    "TlsClientObservation": "results",
    "TlsServerObservation": "results",
    "UptimeObservation": "results",
    "find_captures": "inputs.finding",
    "fingerprint": "analysis.fingerprint",
}
"""Imported at first use, so that a command can install its signal handlers first."""

_IN_ANNOTATIONS = {
    "Sensor": "huginn_cffi.capture.sensor",
    "ClientExplanation": "huginn_cffi.explain",
    "DeviceExplanation": "huginn_cffi.explain",
    "Explanation": "huginn_cffi.explain",
    "HostTable": "huginn_cffi.hosts",
    "MessageExplanation": "huginn_cffi.explain",
    "BpfFilter": "huginn_cffi.filters.bpf",
    "Direction": "huginn_cffi.database.signatures",
    "Handshakes": "huginn_cffi.batch.handshakes",
    "Kind": "huginn_cffi.database.signatures",
    "Part": "huginn_cffi.results",
    "ReadCapture": "huginn_cffi.engine.stats",
    "SignatureRecords": "huginn_cffi.database.records",
    "View": "huginn_cffi.results.views",
}
"""Types in annotations of public classes that are not public names. Modules write ``hg.Database`` and the
like in their annotations, which import nothing, and which `typing.get_type_hints` can evaluate."""


moved.install()


def __getattr__(name: str) -> object:
    """Import what is in `_MODULE_OF` when it is first asked for."""
    module = f"{__name__}.{_MODULE_OF[name]}" if name in _MODULE_OF else _IN_ANNOTATIONS.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All public names, imported already or not, and what every module has."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})

"""Passive fingerprinting of TCP, TLS and HTTP, with a C core.

Example::

    import huginn_cffi as hg

    for result in hg.read("capture.pcap"):
        for part in result.parts:
            print(part)
"""

from __future__ import annotations

from huginn_cffi.base.later import first_use
from huginn_cffi.base.unknown import TYPE_CHECKING

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer as Analyzer
    from huginn_cffi.analysis.analyzer import read as read
    from huginn_cffi.analysis.analyzer import watch as watch
    from huginn_cffi.analysis.fingerprint import fingerprint as fingerprint
    from huginn_cffi.analysis.result_iterators import Results as Results
    from huginn_cffi.base.errors import CaptureError as CaptureError
    from huginn_cffi.base.errors import DatabaseError as DatabaseError
    from huginn_cffi.base.errors import FilterError as FilterError
    from huginn_cffi.base.errors import HuginnError as HuginnError
    from huginn_cffi.base.errors import LibpcapError as LibpcapError
    from huginn_cffi.base.errors import SignatureError as SignatureError
    from huginn_cffi.base.names import EVENTS as EVENTS
    from huginn_cffi.base.names import PROTOCOLS as PROTOCOLS
    from huginn_cffi.database.database import Database as Database
    from huginn_cffi.filters.conditions import FilterConfig as FilterConfig
    from huginn_cffi.filters.conditions import IpFilter as IpFilter
    from huginn_cffi.filters.conditions import PortFilter as PortFilter
    from huginn_cffi.filters.conditions import SubnetFilter as SubnetFilter
    from huginn_cffi.hosts.record import HostRecord as HostRecord
    from huginn_cffi.hosts.table import HostTable as HostTable
    from huginn_cffi.run.batch import Batch as Batch
    from huginn_cffi.run.observations import *  # noqa: F403 - all of it
    from huginn_cffi.run.signatures import Signature as Signature
    from huginn_cffi.run.stats import Stats as Stats
    from huginn_cffi.sources.sensor import Sensor as Sensor

__version__ = "0.1.0"

_MODULES = {
    ".base.names": "EVENTS PROTOCOLS",
    ".analysis.analyzer": "Analyzer read watch",
    ".run.batch": "Batch",
    ".base.errors": "CaptureError DatabaseError FilterError HuginnError LibpcapError SignatureError",
    ".database.database": "Database",
    ".filters.conditions": "FilterConfig IpFilter PortFilter SubnetFilter",
    ".run.signatures": "Signature",
    ".run.stats": "Stats",
    ".analysis.fingerprint": "fingerprint",
    ".analysis.result_iterators": "Results",
    ".sources.sensor": "Sensor",
    ".hosts.record": "HostRecord",
    ".hosts.table": "HostTable",
    ".run.observations": (
        "AnalysisResult AnnouncementObservation CertificateObservation ChangeObservation "
        "DeviceChangeObservation DeviceObservation DhcpObservation Endpoint FindingObservation "
        "GreetingObservation HttpRequestObservation HttpResponseObservation "
        "LoginObservation MtuObservation "
        "Match Part ProxiedObservation "
        "ResolutionObservation SegmentsObservation SshClientObservation SshServerObservation "
        "SynAckObservation SynObservation TlsClientObservation TlsServerObservation UptimeObservation"
    ),
}
"""Imported at first use, so that a command can install its signal handlers first."""

__all__ = [name for names in _MODULES.values() for name in names.split()]
__getattr__ = first_use(__name__, _MODULES)


def __dir__() -> list[str]:
    """The public names, imported or not, and the attributes that every module has."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})

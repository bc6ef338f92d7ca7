"""One verdict per host, from all its handshake packets together.

A host has one system, so the system that fits all of its packets is right, even if each packet alone
fits several: for example, a SYN that macOS and iOS share, and one that only iOS sends.
Import this package where it is used::

    from huginn_cffi.hosts import host_verdicts

    for verdict in host_verdicts(hg.Analyzer().analyze_pcap("capture.pcap")):
        print(verdict)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi.base.later import first_use

if TYPE_CHECKING:
    from huginn_cffi.hosts.record import HostVerdict as HostVerdict
    from huginn_cffi.hosts.table import HostTable as HostTable
    from huginn_cffi.hosts.table import host_verdicts as host_verdicts
    from sigcompiler.schema.hosts import Announcement as Announcement
    from sigcompiler.schema.hosts import Change as Change
    from sigcompiler.schema.hosts import Device as Device
    from sigcompiler.schema.hosts import DeviceConfidence as DeviceConfidence
    from sigcompiler.schema.hosts import Ended as Ended
    from sigcompiler.schema.hosts import Evidence as Evidence
    from sigcompiler.schema.hosts import Grounds as Grounds
    from sigcompiler.schema.hosts import HostClaim as HostClaim
    from sigcompiler.schema.hosts import HostLogins as HostLogins
    from sigcompiler.schema.hosts import HostPeer as HostPeer
    from sigcompiler.schema.hosts import PortUse as PortUse
    from sigcompiler.schema.hosts import Sighting as Sighting

__getattr__ = first_use(
    __name__,
    {
        ".record": "HostVerdict",
        ".table": "HostTable host_verdicts",
        "sigcompiler.schema.hosts": (
            "Announcement Change Device DeviceConfidence Ended Evidence Grounds HostClaim "
            "HostLogins HostPeer PortUse Sighting"
        ),
    },
)

"""One conclusion per host, from all its handshake packets together.

A host has one system, so the system that fits all of its packets is right, even if each packet alone
fits several: for example, a SYN that macOS and iOS share, and one that only iOS sends.
Import this package where it is used::

    from huginn_cffi.hosts import host_records

    for record in host_records(hg.Analyzer().analyze_pcap("capture.pcap")):
        print(record)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi.base.later import first_use

if TYPE_CHECKING:
    from huginn_cffi.hosts.objects import *  # noqa: F403
    from huginn_cffi.hosts.record import HostRecord as HostRecord
    from huginn_cffi.hosts.table import HostTable as HostTable
    from huginn_cffi.hosts.table import host_records as host_records

__getattr__ = first_use(
    __name__,
    {
        ".record": "HostRecord",
        ".table": "HostTable host_records",
        ".objects": (
            "Announcement Change Device DeviceConfidence Ended Evidence Grounds HostClaim "
            "HostLogins HostPeer PortUse Sighting"
        ),
    },
)

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
    from huginn_cffi.hosts.objects import *  # noqa: F403
    from huginn_cffi.hosts.record import HostVerdict as HostVerdict
    from huginn_cffi.hosts.table import HostTable as HostTable
    from huginn_cffi.hosts.table import host_verdicts as host_verdicts

__getattr__ = first_use(
    __name__,
    {
        ".record": "HostVerdict",
        ".table": "HostTable host_verdicts",
        ".objects": (
            "Announcement Change Device DeviceConfidence Ended Evidence Grounds HostClaim "
            "HostLogins HostPeer PortUse Sighting"
        ),
    },
)

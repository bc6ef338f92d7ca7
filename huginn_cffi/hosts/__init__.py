"""One verdict per host, from all its handshake packets together.

A host has one system, so the system that fits all of its packets is right, even if each packet alone
fits several: for example, a SYN that macOS and iOS share, and one that only iOS sends.
Import this package where it is used::

    from huginn_cffi.hosts import host_verdicts

    for verdict in host_verdicts(hg.Analyzer().analyze_pcap("capture.pcap")):
        print(verdict)
"""

from __future__ import annotations

from huginn_cffi.hosts.record import HostVerdict
from huginn_cffi.hosts.table import HostTable, host_verdicts
from sigcompiler.schema.hosts import Evidence

__all__ = ["Evidence", "HostTable", "HostVerdict", "host_verdicts"]

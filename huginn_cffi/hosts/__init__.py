"""One verdict per host, from all its handshake packets together.

A host has one system, so what fits all of its packets is right, however little each of them
shows: a SYN that macOS and iOS share and one that only iOS sends, a SYN beside an answer.
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

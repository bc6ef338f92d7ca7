"""What the readers that are switched on need of the packets; the core says so."""

from __future__ import annotations

from typing import NamedTuple

from huginn_cffi._native import lib


class Requirements(NamedTuple):
    """``hg_requirements``: what must not be left out before packets reach an engine."""

    timestamps: bool = True
    """TCP timestamps of all segments. SYN and SYN+ACK are needed always."""
    flow_ends: bool = True
    """FIN and RST."""
    stream_bytes: int = 0
    """How many first bytes of each direction of a connection are needed."""
    udp: bool = False
    """Datagrams on any ports that begin like a hello."""
    whole_streams: bool = False
    """Bytes anywhere in a connection; `stream_bytes` is what is held of a direction at once."""
    segments: bool = False
    """The headers of all segments."""
    udp_ports: tuple[int, ...] = ()
    """At either end of datagrams that are read."""
    link_protocols: tuple[int, ...] = ()
    """Of frames without IP: EtherTypes; of SNAP the organisation above the lower 16 bits."""

    @property
    def least_snaplen(self) -> int:
        """Bytes that must be kept of a packet, headers included; 0 where headers are enough."""
        whole = self.stream_bytes or self.udp or self.udp_ports or self.link_protocols
        return lib.HG_MAX_SNAPLEN if whole else 0

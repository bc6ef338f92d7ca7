"""The packets and bytes that the enabled readers need, as reported by the core."""

from __future__ import annotations

from typing import NamedTuple

from huginn_cffi._native import lib


class Requirements(NamedTuple):
    """``hg_requirements``: packets and bytes that must not be filtered out before an engine sees them."""

    timestamps: bool = True
    """TCP timestamps of all segments are needed. SYN and SYN+ACK always are."""
    flow_ends: bool = True
    """FIN and RST are needed."""
    stream_bytes: int = 0
    """Number of bytes needed from the beginning of each direction of a connection."""
    udp: bool = False
    """Datagrams on any port that begin like a packet with a ClientHello."""
    whole_streams: bool = False
    """Bytes anywhere in a connection are needed; `stream_bytes` are buffered per direction at a time."""
    segments: bool = False
    """The headers of all segments are needed."""
    senders: bool = False
    """The beginnings of all packets are needed."""
    udp_ports: tuple[int, ...] = ()
    """UDP ports, at either end, of the datagrams that are read."""
    link_protocols: tuple[int, ...] = ()
    """EtherTypes of frames without IP; for SNAP the organisation code, with the type in the lower 16 bits."""

    @property
    def least_snaplen(self) -> int:
        """Bytes of a packet that must be captured, headers included; 0 if headers suffice."""
        whole = self.stream_bytes or self.udp or self.udp_ports or self.link_protocols
        return lib.HG_MAX_SNAPLEN if whole else 0

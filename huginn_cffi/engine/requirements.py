"""What the readers that are switched on need of the packets; the core says so."""

from __future__ import annotations

from typing import NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.engine.run import Settings, engine_config


class Interest(NamedTuple):
    """``hg_interest``: what must not be left out before packets reach an engine."""

    timestamps: bool = True
    """TCP timestamps of all segments. SYN and SYN+ACK are needed always."""
    flow_ends: bool = True
    """FIN and RST."""
    stream_bytes: int = 0
    """Of each direction of a connection, from its beginning."""
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

    @classmethod
    def of(cls, settings: Settings) -> Interest:
        """That of an engine with these settings."""
        found = ffi.new("hg_interest *")
        lib.hg_config_interest(engine_config(settings, 1), found)
        return cls(
            timestamps=bool(found.timestamps),
            flow_ends=bool(found.flow_ends),
            stream_bytes=found.stream_bytes,
            udp=bool(found.udp),
            whole_streams=bool(found.whole_streams),
            segments=bool(found.segments),
            udp_ports=tuple(filter(None, found.udp_ports)),
            link_protocols=tuple(filter(None, found.link_protocols)),
        )

    @property
    def least_snaplen(self) -> int:
        """Bytes that must be kept of a packet, headers included; 0 where headers are enough."""
        whole = self.stream_bytes or self.udp or self.udp_ports or self.link_protocols
        return lib.HG_MAX_SNAPLEN if whole else 0

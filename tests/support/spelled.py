"""Packets spelled out from the text of a raw signature: the way back from what is printed."""

from __future__ import annotations

from tests.support.packets import ACK, ECE, NOP, PSH, SOK, SYN, URG, Ip4, Ip6, Tcp, eol, mss, packet, wscale
from tests.support.packets import timestamps as timestamps_option

FLOW_LABEL = 0x12345
IDENTIFICATION = 0x1234
WORD = 4


def spelled(direction: str, text: str) -> bytes:
    """The packet that prints as `text`: no wildcards, the window in bytes, TTL as ``T`` or ``T+D``."""
    version, ttl, olen, size, window, layout, quirk_text, payload = text.split(":")
    quirks = set(quirk_text.split(",")) - {""}
    size_, (bytes_, scale) = int(size), map(int, window.split(","))
    tcp = Tcp(
        seq=0 if "seq-" in quirks else 0x11223344,
        ack=_acknowledgement(direction, quirks),
        flags=_flags(direction, quirks),
        window=bytes_,
        options=_options(layout, size_, scale, quirks),
        payload=b"x" if payload == "+" else b"",
        urgent=9 if quirks & {"uptr+", "urgf+"} else 0,
    )
    return packet(_ip(int(version), int(ttl.partition("+")[0]), int(olen), quirks), tcp)


def _acknowledgement(direction: str, quirks: set[str]) -> int:
    if direction == "request":
        return 77 if "ack+" in quirks else 0
    return 0 if "ack-" in quirks else 0x55667788


def _flags(direction: str, quirks: set[str]) -> int:
    flags = SYN if direction == "request" else SYN | ACK
    return (
        flags
        | (PSH if "pushf+" in quirks else 0)
        | (URG if "urgf+" in quirks else 0)
        | (ECE if "ecn" in quirks else 0)
    )


def _ip(version: int, ttl: int, olen: int, quirks: set[str]) -> Ip4 | Ip6:
    if version == 6:
        extensions = ((0, bytes((0,)) + bytes(6)),) if olen else ()
        return Ip6(ttl=ttl, flow_label=FLOW_LABEL if "flow" in quirks else 0, extensions=extensions)
    dont = "df" in quirks
    numbered = "id+" in quirks if dont else "id-" not in quirks
    return Ip4(
        ttl=ttl,
        identification=IDENTIFICATION if numbered else 0,
        fragment=(0x4000 if dont else 0) | (0x8000 if "0+" in quirks else 0),
        options=NOP * olen,
    )


def _options(layout: str, size: int, scale: int, quirks: set[str]) -> bytes:
    """The options in order; one that has no name is as long as it takes to end with a whole word."""
    names = layout.split(",") if layout else []
    for longer in range(WORD):
        found = b"".join(_option(name, size, scale, quirks, 2 + longer) for name in names)
        if len(found) % WORD == 0:
            return found
    raise ValueError(f"{layout}: {len(found)} bytes of options are no whole words")


def _option(name: str, size: int, scale: int, quirks: set[str], other_bytes: int) -> bytes:
    if name.startswith("?"):
        return bytes((int(name[1:]), other_bytes)) + bytes(other_bytes - 2)
    if name.startswith("eol+"):
        return eol(int(name[4:]))
    own, peer = (0 if "ts1-" in quirks else 1234567), (7654321 if "ts2+" in quirks else 0)
    known = {"mss": mss(size), "nop": NOP, "sok": SOK, "ws": wscale(scale)}
    return timestamps_option(own, peer) if name == "ts" else known[name]

"""Finds the system that sent a SYN, from the SYN's headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from huginn_cffi.analysis.fingerprint import fingerprint
from huginn_cffi.base import arguments
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default
from huginn_cffi.run.results import AnalysisResult

Link = Literal["auto", "ip", "ethernet"]
LINKS: tuple[Link, ...] = ("auto", "ip", "ethernet")

MEMO = 4096
"""Different SYNs whose system is cached: some hundred kilobytes, and more SYNs than most servers see."""

_ETHERNET_BYTES = 14
_ETHERTYPES = {b"\x08\x00": 4, b"\x86\xdd": 6}
_TIMESTAMPS, _NOP, _EOL = 8, 1, 0
_TIMESTAMPS_BYTES = 10


@dataclass(frozen=True, slots=True)
class ClientSystem:
    """The client's system, as shown by the SYN of a connection."""

    raw: bytes = field(repr=False)
    """The headers of the SYN, as the kernel or a proxy gave them."""
    name: str | None
    """The system in words, "Linux 4.19-6.15"; ``None`` when the database names none."""
    family: str | None
    """One family, or two that send the same SYN ("macOS or iOS"); ``None`` if more families send it."""
    confidence: float
    """The measured share of answers of this kind whose `family` is right; 0.0 without a name."""
    distance: int | None
    """Hops between the client and this server."""
    mtu: int | None
    """MTU of the client's link in bytes."""
    link: str | None
    """The kind of link that this MTU points to."""
    db: Database | Default | None = field(default=DEFAULT, repr=False)
    """The database that named it."""

    @property
    def result(self) -> AnalysisResult:
        """The full result of `huginn_cffi.fingerprint` for the SYN, created on access."""
        return parse_saved(self.raw, db=self.db)

    def __str__(self) -> str:
        return self.name or "unknown"


def parse_saved(
    data: bytes | str, *, link: Link = "auto", db: Database | Default | None = DEFAULT
) -> AnalysisResult:
    """Fingerprint the headers of a SYN, given as `saved_syn` returns them or as hex.

    With `link` "ethernet" 14 bytes stand before the IP header, as the kernel writes them in its mode 2;
    "auto" detects this. If the packet had data (Fast Open), its headers are read as such. If nothing could be
    read, the result's ``drop`` names the reason. `ValueError` for a text that is not hex, and for another
    `link`.
    """
    if link not in LINKS:
        raise ValueError(f"link must be one of {', '.join(LINKS)}, not {link!r}")
    raw = from_hex(data) if isinstance(data, str) else bytes(arguments.buffer_view("data", data))
    return fingerprint(ip_packet(raw, link), db)


def ip_packet(raw: bytes, link: Link = "auto") -> bytes:
    """The packet from its IP header on."""
    cut = link == "ethernet" or (link == "auto" and _has_ethernet(raw))
    return raw[_ETHERNET_BYTES:] if cut else raw


def system(raw: bytes, db: Database | Default | None = DEFAULT) -> ClientSystem:
    """The client that sent `raw`; from a cache if a SYN with the same relevant fields came before."""
    return ClientSystem(raw, *_system_of(_canonical(raw), db), db)


def from_hex(text: str) -> bytes:
    """The bytes of a hex text."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"a SYN as text must be hex, not {text[:20]!r}") from None


def remembered() -> int:
    """How many answers came from the cache."""
    return _system_of.cache_info().hits


Shown: TypeAlias = tuple[str | None, str | None, float, int | None, int | None, str | None]
"""The properties of a SYN that do not depend on addresses, ports or clocks."""


@lru_cache(maxsize=MEMO)
def _system_of(raw: bytes, db: Database | Default | None) -> Shown:
    """The fields of a `ClientSystem` from `name` to `link`."""
    result = parse_saved(raw, db=db)
    syn, mtu = result.syn, result.mtu
    match = None if syn is None else syn.match
    return (
        *((None, None, 0.0) if match is None else (str(match), match.family, match.confidence)),
        None if syn is None else syn.distance,
        *((None, None) if mtu is None else (mtu.observed.mtu, mtu.link)),
    )


def _canonical(raw: bytes) -> bytes:
    """The SYN with irrelevant fields made equal: addresses, ports, checksums, sequence numbers, clocks.

    If only zero or non-zero matters, any other number becomes 1. Packets with IPv4 options or IPv6 extension
    headers stay as they are.
    """
    start = raw[:1]
    if start == b"E" and len(raw) >= 40 and raw[9] == 6:
        head = bytearray(raw)
        head[10:20] = bytes(10)
        if raw[4] | raw[5]:
            head[4:6] = b"\0\1"
        tcp = 20
    elif start and raw[0] >> 4 == 6 and len(raw) >= 60 and raw[6] == 6:
        head = bytearray(raw)
        head[8:40] = bytes(32)
        if raw[1] & 15 | raw[2] | raw[3]:
            head[1], head[2], head[3] = raw[1] & 0xF0, 0, 1
        tcp = 40
    else:
        return raw
    head[tcp : tcp + 4] = bytes(4)
    head[tcp + 16 : tcp + 18] = bytes(2)
    _flatten(head, tcp + 4)
    at, end = tcp + 20, min(tcp + (raw[tcp + 12] >> 4) * 4, len(raw))
    while at + 1 < end:
        kind = raw[at]
        if kind == _TIMESTAMPS:
            if raw[at + 1] == _TIMESTAMPS_BYTES and at + _TIMESTAMPS_BYTES <= end:
                _flatten(head, at + 2)
                _flatten(head, at + 6)
            break
        if kind == _EOL:
            break
        at += 1 if kind == _NOP else max(raw[at + 1], 2)
    return bytes(head)


def _flatten(head: bytearray, at: int) -> None:
    """Replace a four-byte number by 1, unless it is 0."""
    if any(head[at : at + 4]):
        head[at : at + 4] = b"\0\0\0\1"


def _has_ethernet(raw: bytes) -> bool:
    """Whether bytes begin with an Ethernet header: its type fits the next one, and they are no bare SYN."""
    version = _ETHERTYPES.get(raw[12:14])
    return version is not None and len(raw) > 14 and raw[14] >> 4 == version and not _is_syn(raw)


def _is_syn(raw: bytes) -> bool:
    """Whether these bytes are exactly the headers of IP and TCP."""
    version = raw[0] >> 4
    ip = (raw[0] & 15) * 4 if version == 4 else 40
    protocol = raw[9] if version == 4 else raw[6]
    return protocol == 6 and len(raw) > ip + 12 and len(raw) == ip + (raw[ip + 12] >> 4) * 4

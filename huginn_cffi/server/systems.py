"""From the headers of a SYN to the system that sent it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from huginn_cffi.analysis.fingerprint import fingerprint
from huginn_cffi.base import arguments
from huginn_cffi.database.database import Database
from huginn_cffi.database.defaults import DEFAULT, Default
from huginn_cffi.results.results import FingerprintResult

Link = Literal["auto", "ip", "ethernet"]
LINKS: tuple[Link, ...] = ("auto", "ip", "ethernet")

MEMO = 4096
"""Different SYNs whose system is remembered: some hundred kilobytes, and more than most servers meet."""

_ETHERNET_BYTES = 14
_ETHERTYPES = {b"\x08\x00": 4, b"\x86\xdd": 6}
_TIMESTAMPS, _NOP, _EOL = 8, 1, 0
_TIMESTAMPS_BYTES = 10


@dataclass(frozen=True, slots=True)
class ClientSystem:
    """What the SYN of a connection shows of its client."""

    raw: bytes = field(repr=False)
    """The headers of the SYN, as the kernel or a proxy gave them."""
    name: str | None
    """The system in words, "Linux 4.19-6.15"; ``None`` when the database names none."""
    family: str | None
    """One family, or two that send the same ("macOS or iOS"); ``None`` where more do."""
    confidence: float
    """The share of answers of this kind whose `family` is right, measured; 0.0 without a name."""
    distance: int | None
    """Hops between the client and this server."""
    mtu: int | None
    """MTU of the client's link in bytes."""
    link: str | None
    """The kind of link that this MTU points to."""
    db: Database | Default | None = field(default=DEFAULT, repr=False)

    @property
    def result(self) -> FingerprintResult:
        """All that `huginn_cffi.fingerprint` says of the SYN, made when it is asked for."""
        return parse_saved(self.raw, db=self.db)

    def __str__(self) -> str:
        """The name, or "unknown"."""
        return self.name or "unknown"


def parse_saved(
    data: bytes | str, *, link: Link = "auto", db: Database | Default | None = DEFAULT
) -> FingerprintResult:
    """What the headers of a SYN show, as `saved_syn` gives them or as hex.

    With `link` "ethernet" 14 bytes stand before the IP header, as the kernel writes them in its mode 2;
    "auto" sees which of the two it is. Headers whose packet had data (Fast Open) are read as such.
    The result's ``drop`` names the reason when nothing could be read. `ValueError` for a text that is no
    hex, and for another `link`.
    """
    if link not in LINKS:
        raise ValueError(f"link must be one of {', '.join(LINKS)}, not {link!r}")
    raw = from_hex(data) if isinstance(data, str) else bytes(arguments.buffer_view("data", data))
    return fingerprint(ip_packet(raw, link), db)


def ip_packet(raw: bytes, link: Link = "auto") -> bytes:
    """The same from its IP header on."""
    cut = link == "ethernet" or (link == "auto" and _has_ethernet(raw))
    return raw[_ETHERNET_BYTES:] if cut else raw


def system(raw: bytes, db: Database | Default | None = DEFAULT) -> ClientSystem:
    """The client that sent `raw`: from memory where a SYN that differs in nothing that counts came before."""
    return ClientSystem(raw, *_system_of(_canonical(raw), db), db)


def from_hex(text: str) -> bytes:
    """The bytes that a text of hex stands for."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"a SYN as text must be hex, not {text[:20]!r}") from None


def remembered() -> int:
    """How many answers came from memory."""
    return _system_of.cache_info().hits


Shown: TypeAlias = tuple[str | None, str | None, float, int | None, int | None, str | None]
"""The properties of a SYN that do not depend on addresses, ports or clocks."""


@lru_cache(maxsize=MEMO)
def _system_of(raw: bytes, db: Database | Default | None) -> Shown:
    """The values of a `ClientSystem` from its name to its link."""
    result = parse_saved(raw, db=db)
    syn, mtu = result.syn, result.mtu
    match = None if syn is None else syn.match
    return (
        *((None, None, 0.0) if match is None else (str(match), match.family, match.confidence)),
        None if syn is None else syn.distance,
        *((None, None) if mtu is None else (mtu.observed.mtu, mtu.link)),
    )


def _canonical(raw: bytes) -> bytes:
    """The same SYN with what shows nothing made equal: addresses, ports, checksums, numbers, clocks.

    Where only zero or not zero shows something, every other number becomes 1. Packets of other forms
    (options of IPv4, extension headers of IPv6) stay as they are.
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
    """A number of four bytes becomes 1, or stays 0."""
    if any(head[at : at + 4]):
        head[at : at + 4] = b"\0\0\0\1"


def _has_ethernet(raw: bytes) -> bool:
    """Whether an Ethernet header comes first: it names what follows, and the whole is no headers of a SYN."""
    version = _ETHERTYPES.get(raw[12:14])
    return version is not None and len(raw) > 14 and raw[14] >> 4 == version and not _is_syn(raw)


def _is_syn(raw: bytes) -> bool:
    """Whether these are the headers of IP and TCP, and not a byte more or less."""
    version = raw[0] >> 4
    ip = (raw[0] & 15) * 4 if version == 4 else 40
    protocol = raw[9] if version == 4 else raw[6]
    return protocol == 6 and len(raw) > ip + 12 and len(raw) == ip + (raw[ip + 12] >> 4) * 4

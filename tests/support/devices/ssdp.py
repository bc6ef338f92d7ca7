"""Messages of SSDP (UPnP Device Architecture 2.0, 1.2 and 1.3)."""

from __future__ import annotations

from tests.support.devices.made import MAC, datagram
from tests.support.packets import Ip4, Ip6
from tests.support.tunnels import UDP

PORT = 1900
NOTIFY, SEARCH, FOUND = "NOTIFY * HTTP/1.1", "M-SEARCH * HTTP/1.1", "HTTP/1.1 200 OK"
SOURCE = "192.0.2.7"


def message(first: str, *lines: str | bytes, end: bytes = b"\r\n") -> bytes:
    """A message with headers."""
    sent = [one.encode() if isinstance(one, str) else one for one in (first, *lines, "")]
    return end.join([*sent, b""])


def alive(*lines: str | bytes, nts: str = "ssdp:alive") -> bytes:
    """An announcement."""
    return message(NOTIFY, "HOST: 239.255.255.250:1900", f"NTS: {nts}", *lines)


def sent(
    data: bytes, *, source: str = SOURCE, sport: int = 50000, dport: int = PORT, to: str = "", mac: str = MAC
) -> bytes:
    """A frame with a message, to the group unless said otherwise."""
    six = ":" in source
    there = to or ("ff02::c" if six else "239.255.255.250")
    return datagram(
        data, sport, dport, ip=(Ip6 if six else Ip4)(source=source, destination=there, protocol=UDP), mac=mac
    )


def answered(data: bytes, *, sport: int = PORT, dport: int = 50000) -> bytes:
    """A frame with an answer to a searcher."""
    return sent(data, sport=sport, dport=dport, to="192.0.2.99")

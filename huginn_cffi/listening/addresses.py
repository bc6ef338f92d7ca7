"""Where questions come in: a Unix socket, or an address and a port, and who may ask there."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import NamedTuple

from huginn_cffi.base.errors import named

UNIX = "unix:"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Where(NamedTuple):
    """A path, or an address and a port."""

    path: str | None
    address: Address | None = None
    port: int = 0

    def __str__(self) -> str:
        if self.address is None:
            return f"{UNIX}{self.path}"
        host = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        return f"{host}:{self.port}"


def read_where(text: str) -> Where:
    """``127.0.0.1:8089``, ``[::1]:8089``, ``unix:/run/huginn/ask`` or a path with a slash; `ValueError`."""
    if text.startswith(UNIX) or "/" in text:
        return Where(text.removeprefix(UNIX))
    host, colon, port = text.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        address = None
    number = port_number(port)
    if not colon or address is None or number is None or (address.version == 6) != (bare != host):
        raise ValueError(f"{named(text)} is not ADDRESS:PORT, [ADDRESS]:PORT or unix:PATH")
    return Where(None, address, number)


def port_number(text: str) -> int | None:
    """The number of a port in digits, 0 included; None: it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > 65535:
        return None
    return int(text)


def read_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks, or addresses, that may ask; `ValueError`."""
    found = []
    for text in texts:
        try:
            found.append(ipaddress.ip_network(text))
        except ValueError:
            raise ValueError(f"{named(text)} is not a network such as 192.0.2.0/24") from None
    return tuple(found)


def is_allowed(networks: Iterable[Network], peer: str) -> bool:
    """Whether a peer's address lies in one of the networks."""
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def is_own_name(host: str | None, own: str | None) -> bool:
    """Whether a query's ``Host`` is of the address `own` that it came to, loopback or ``localhost``.

    A browser writes the name that it looked up, so a foreign name that points here is refused.
    `own` is None for a Unix socket, which no browser reaches.
    """
    if own is None or host is None:
        return True
    name, colon, port = host.rpartition(":")
    bare = name if colon and port_number(port) is not None else host
    if bare.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(bare[1:-1] if bare.startswith("[") and bare.endswith("]") else bare)
    except ValueError:
        return False
    return address.is_loopback or address == ipaddress.ip_address(own.partition("%")[0])


def listening_socket(where: Where, waiting: int) -> socket.socket:
    """A TCP socket that listens there. `OSError`."""
    family = socket.AF_INET6 if where.address is not None and where.address.version == 6 else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((str(where.address), where.port))
        made.listen(waiting)
    except OSError:
        made.close()
        raise
    return made

"""The listening address: a Unix socket, or an address and a port. Also which clients may ask."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import NamedTuple

from huginn_cffi.base.addresses import Address, unmapped
from huginn_cffi.base.errors import named

UNIX = "unix:"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Where(NamedTuple):
    """A listening address: a path, or an address and a port."""

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
    """The port number (0 included) that the digits form; None if they form none."""
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > 65535:
        return None
    return int(text)


def read_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """The networks or addresses that may ask; `ValueError` for an invalid one."""
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
    return any(unmapped(address) in network for network in networks)


def is_own_name(host: str | None, own: str | None) -> bool:
    """Whether a query's ``Host`` is the address `own` at which it arrived, loopback or ``localhost``.

    A browser sends the name that it looked up, so this refuses a foreign name that resolves to this server
    (DNS rebinding). `own` is None for a Unix socket, which no browser reaches.
    """
    if own is None or host is None:
        return True
    name, colon, port = host.rpartition(":")
    bare = name if colon and port_number(port) is not None else host
    if bare.lower() == "localhost":
        return True
    try:
        bare = bare[1:-1] if bare.startswith("[") and bare.endswith("]") else bare
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address == ipaddress.ip_address(own.partition("%")[0])


def listening_socket(where: Where, waiting: int) -> socket.socket:
    """A TCP socket that listens at this address; raises `OSError`."""
    family = socket.AF_INET6 if where.address is not None and where.address.version == 6 else socket.AF_INET
    return socket.create_server((str(where.address), where.port), family=family, backlog=waiting)

"""Values observed in packets, independent of any database."""

from __future__ import annotations

from typing import Literal, NamedTuple

from huginn_cffi.run.rows import Rows

ADDRESS_BYTES = 16
LAYOUT_BYTES = 32
LAYOUT_COUNT, LAYOUT_PAD = 24, 25
"""Positions in the column ``olayout`` of the number of options and of the bytes after an EOL."""


class Endpoint(NamedTuple):
    """One end of a conversation: ``ip`` is an address as text (RFC 5952), ``port`` 0 to 65535.

    For protocols without IP, such as LLDP, ``ip`` is empty and ``port`` is 0.
    """

    ip: str
    port: int

    def __str__(self) -> str:
        """``1.2.3.4:80`` or ``[2001:db8::1]:80``."""
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"


OCTETS = tuple(map(str, range(256)))
"""The text of each byte: a look-up takes half the time of formatting four numbers per address."""


def endpoint(batch: Rows, row: int, side: Literal["src", "dst"]) -> Endpoint:
    """The sender ("src") or the receiver ("dst") of a row's packet."""
    cells = batch._cells
    start = row * ADDRESS_BYTES
    addresses, ports = (cells.src_ip, cells.src_port) if side == "src" else (cells.dst_ip, cells.dst_port)
    if cells.ip_version[row] == 4:
        first, second = OCTETS[addresses[start]], OCTETS[addresses[start + 1]]
        ip = f"{first}.{second}.{OCTETS[addresses[start + 2]]}.{OCTETS[addresses[start + 3]]}"
    elif cells.ip_version[row] == 0:
        ip = ""
    else:
        ip = address_text(6, addresses[start : start + ADDRESS_BYTES])
    # This takes half the time of Endpoint(ip, port), which calls a Python function.
    return tuple.__new__(Endpoint, (ip, ports[row]))


def address_text(version: int, address: bytes | memoryview) -> str:
    """An address as results show it; IPv4 takes the first four of the bytes, IPv6 all 16 (RFC 5952)."""
    import socket

    if version == 4:
        return socket.inet_ntop(socket.AF_INET, address[:4])
    text = socket.inet_ntop(socket.AF_INET6, address)
    if "." in text and not text.startswith("::ffff:"):
        # Some C libraries write ::1.2.3.4 where the core and RFC 5952 write ::102:304.
        return f"::{int.from_bytes(address[12:14], 'big'):x}:{int.from_bytes(address[14:16], 'big'):x}"
    return text

"""Questions to DNS (RFC 1035, 4.1), and connections to names."""

from __future__ import annotations

import struct

from tests.support.devices.made import MAC, datagram, frame
from tests.support.devices.mdns import name
from tests.support.packets import ACK, PSH, SYN, Ip4, Tcp, packet
from tests.support.tls.conversation import client_hello, record, server_name
from tests.support.tunnels import UDP
from tests.support.user_agents import CHROME

DEVICE = "192.168.7.7"
RESOLVER = "192.168.7.1"
SERVER = "198.51.100.2"
ROUTER = bytes.fromhex("00005e005363")


def question(*names: bytes, flags: int = 0x0100, count: int | None = None, kind: int = 1) -> bytes:
    """A message with questions, as names in wire form."""
    number = len(names) if count is None else count
    asked = b"".join(one + struct.pack("!HH", kind, 1) for one in names)
    return struct.pack("!HHHHHH", 7, flags, number, 0, 0, 0) + asked


def sent(
    data: bytes,
    *,
    source: str = DEVICE,
    to: str = RESOLVER,
    sport: int = 40000,
    dport: int = 53,
    mac: str = MAC,
    ttl: int = 64,
) -> bytes:
    """A frame with a message."""
    made = datagram(data, sport, dport, ip=Ip4(source, to, ttl, protocol=UDP), mac=mac)
    return ROUTER + made[6:]


def asked(*names: str, **options: str | int) -> bytes:
    """A device asks its resolver for names."""
    return sent(question(*map(name, names)), **options)  # type: ignore[arg-type]


def connection(data: bytes, *, source: str = DEVICE, port: int = 443) -> list[bytes]:
    """A connection to a server, with its client's first data."""
    client, server = Ip4(source, SERVER), Ip4(SERVER, source)
    made = [
        packet(client, Tcp(40000, port, seq=1, flags=SYN)),
        packet(server, Tcp(port, 40000, seq=5, ack=2, flags=SYN | ACK)),
        packet(client, Tcp(40000, port, seq=2, ack=6, flags=ACK)),
        packet(client, Tcp(40000, port, seq=2, ack=6, flags=ACK | PSH, payload=data)),
    ]
    return [frame(one, 0x0800) for one in made]


def hello(host: str, *, source: str = DEVICE) -> list[bytes]:
    """A connection whose ClientHello has a name."""
    return connection(record(client_hello(server_name(host.encode()))), source=source)


def browsed(source: str = DEVICE) -> list[bytes]:
    """A request of Chrome."""
    fields = [("Host", "example.com"), ("Connection", "keep-alive"), ("Upgrade-Insecure-Requests", "1")]
    fields += [("User-Agent", CHROME), ("Accept", "text/html"), ("Accept-Encoding", "gzip, deflate")]
    fields.append(("Accept-Language", "en-US,en;q=0.9"))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return connection(f"GET / HTTP/1.1\r\n{head}\r\n".encode(), source=source, port=80)

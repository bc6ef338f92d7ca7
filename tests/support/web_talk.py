"""A connection with a request, whose answer waits for an acknowledgement."""

from __future__ import annotations

from dataclasses import replace

from tests.support.packets import ACK, LINUX_OPTIONS, PSH, SYN, Ip4, Ip6, Tcp, packet

REQUEST = b"GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: curl/8.5.0\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\n\r\n"
IP = Ip4()


class Web:
    """A connection from its own port, of which the client sent a request."""

    def __init__(self, ip: Ip4 | Ip6 = IP, port: int = 40000, start: int = 1001) -> None:
        self._ip, self._port, self._start = replace(ip, ttl=60), port, start

    def client(self, place: int = 0, data: bytes = b"", flags: int = ACK, acked: int = 0) -> bytes:
        options = LINUX_OPTIONS if flags & SYN else b""
        return packet(
            self._ip,
            Tcp(self._port, 80, self._start + place, self._start + 4000 + acked, flags, 29200, options, data),
        )

    def server(self, place: int = 0, data: bytes = b"", flags: int = ACK, acked: int = 0) -> bytes:
        ends = replace(self._ip, source=self._ip.destination, destination=self._ip.source)
        options = LINUX_OPTIONS if flags & SYN else b""
        return packet(
            ends,
            Tcp(80, self._port, self._start + 4000 + place, self._start + acked, flags, 29200, options, data),
        )

    def opened(self) -> list[bytes]:
        return [
            self.client(-1, b"", SYN, -self._start - 4000),
            self.server(-1, b"", SYN | ACK),
            self.client(),
        ]

    def asked(self) -> list[bytes]:
        return [*self.opened(), self.client(0, REQUEST, ACK | PSH)]

    def answered(self, data: bytes = ANSWER) -> bytes:
        """Merged by the card, whose checksum is wrong."""
        sent = bytearray(self.server(0, data, ACK | PSH, len(REQUEST)))
        sent[-len(data) - 4] ^= 0x55
        return bytes(sent)

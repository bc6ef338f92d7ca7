"""The parts of an adversarial input, and TCP connections from which inputs are built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address

from tests.support.packets import ACK, LINUX_OPTIONS, PSH, SYN, Ip4, Tcp, ethernet, packet
from tests.support.tunnels import UDP, udp
from tools.bench.hotpath import ALL

ETHERNET = 1
SERVER = "198.51.100.2"
MTU_DATA = 1400
"""Bytes of TCP data in a full segment."""

# The ordinary packets with which inputs are compared.
SYNS, HOSTS, DATA, HTTP, HTTP_HOSTS, TLS, QUIC, DTLS = (
    "SYN",
    "SYN, with inventory",
    "data segment",
    "HTTP request",
    "HTTP request, with inventory",
    "TLS ClientHello",
    "QUIC Initial",
    "DTLS ClientHello",
)


@dataclass(frozen=True)
class FrameTraffic:
    """Frames. Only `costly` is counted; `before` brings the engine into the required state."""

    costly: list[bytes]
    before: list[bytes] = field(default_factory=list)
    linktype: int = ETHERNET


@dataclass(frozen=True)
class CostlyInput:
    """An input of the list. `baseline` names the ordinary packet with which it is compared."""

    name: str
    baseline: str
    make: Callable[[], FrameTraffic]
    protocols: int = ALL
    """Protocol bits as in hotpath.c."""


def costly(
    baseline: str, listed: dict[str, Callable[[], FrameTraffic]], protocols: int = ALL
) -> tuple[CostlyInput, ...]:
    """Inputs that are compared with the same ordinary packet: name and function of each."""
    return tuple(CostlyInput(name, baseline, make, protocols) for name, make in listed.items())


@dataclass
class FrameTalk:
    """A TCP connection of its own client. Sequence numbers are positions in each direction's data."""

    number: int
    port: int = 80
    sent: list[int] = field(default_factory=lambda: [0, 0])
    host: int | None = None
    """Number of the client's address, if it is not `number`."""

    def segment(
        self,
        side: int,
        data: bytes = b"",
        *,
        at: int | None = None,
        flags: int = ACK,
        options: bytes | None = None,
    ) -> bytes:
        """A segment of the client (0) or the server (1), by default after the data sent so far."""
        place = self.sent[side] if at is None else at
        self.sent[side] = max(self.sent[side], place + len(data))
        usual = LINUX_OPTIONS if flags & SYN else b""
        ports = (self.client_port, self.port)[:: -1 if side else 1]
        starts = (self.start(side) + place, self.start(1 - side) + self.sent[1 - side])
        seq, ack = starts[0] - bool(flags & SYN), starts[1] if flags & ACK else 0
        tcp = Tcp(
            *ports,
            seq,
            ack,
            flags | (PSH if data else 0),
            options=usual if options is None else options,
            payload=data,
        )
        ends = (self.client, SERVER)[:: -1 if side else 1]
        return ethernet(packet(Ip4(*ends), tcp))

    @property
    def client(self) -> str:
        return str(IPv4Address(0x0A000000 | (self.number if self.host is None else self.host) % 50_000))

    @property
    def client_port(self) -> int:
        return 1024 + self.number % 60_000

    def start(self, side: int) -> int:
        """Sequence number of a direction's first byte."""
        return (self.number * 7919 + side * 1_000_003 + 1) & 0xFFFFFFFF

    def handshake(self) -> list[bytes]:
        """SYN, SYN+ACK, ACK."""
        return [self.segment(0, flags=SYN), self.segment(1, flags=SYN | ACK), self.segment(0)]

    def send(self, side: int, data: bytes, size: int = MTU_DATA) -> list[bytes]:
        return [self.segment(side, part) for part in parts(data, size)]

    def datagram(self, side: int, data: bytes) -> bytes:
        ports = (self.client_port, self.port)[:: -1 if side else 1]
        ends = (self.client, SERVER)[:: -1 if side else 1]
        return ethernet(Ip4(*ends, protocol=UDP).pack(udp(ports[1], data, sport=ports[0])))


def parts(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def talks(count: int, port: int = 80) -> list[FrameTalk]:
    return [FrameTalk(number, port) for number in range(count)]


def sent(
    data: bytes | Callable[[FrameTalk], bytes],
    size: int = MTU_DATA,
    count: int = 20,
    port: int = 80,
) -> Callable[[], FrameTraffic]:
    """Data of the clients of `count` connections, in segments of `size`."""
    return lambda: of_talks(
        talks(count, port),
        lambda talk: talk.send(0, data if isinstance(data, bytes) else data(talk), size),
    )


def of_talks(
    made: Iterable[FrameTalk],
    costly: Callable[[FrameTalk], list[bytes]],
    before: Callable[[FrameTalk], list[bytes]] | None = None,
) -> FrameTraffic:
    """Opens all connections (`before`, by default a handshake), then sends `costly` in each."""
    listed = list(made)
    opening = [frame for talk in listed for frame in (talk.handshake() if before is None else before(talk))]
    return FrameTraffic([frame for talk in listed for frame in costly(talk)], opening)

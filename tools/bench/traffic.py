"""Generated packets with a given number and seed: equal arguments give equal bytes.

``syns``   SYNs that fit signatures, in random order, each from another address; 70 to 98 bytes per record
``mixed``  conversations of 25 packets each, 4 % SYNs; about 560 bytes per record
``mixed`` with `HelloFlow`  conversations with TLS hellos, 17 to 18 packets each
``mixed`` with `MessageFlow`  conversations with an HTTP request and response, 12 packets each
``plain``  data segments without a SYN, 60-byte frames
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence

from sigcompiler.model import TcpSignature
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk, WindowKind
from tests.support.packets import ethernet

STEP_US = 10
"""Time between two packets of a capture."""

CONVERSATION = 25
"""Packets of a conversation in ``mixed``."""

_WRITABLE = Quirk.DF | Quirk.ID_PLUS | Quirk.ID_MINUS | Quirk.ECN
_COMMON_MSS = (1460, 1452, 1400, 1380, 536)
_COMMON_WINDOWS = (5840, 8192, 14600, 29200, 64240, 65535)


def _options(signature: TcpSignature, mss: int, wscale: int, ts: int) -> bytes:
    """TCP options that fit `signature`, without padding."""
    parts = []
    for kind in signature.options:
        match kind:
            case OptionKind.EOL | OptionKind.NOP:
                parts.append(bytes((kind,)))
            case OptionKind.MSS:
                parts.append(struct.pack("!BBH", kind, 4, mss))
            case OptionKind.WS:
                parts.append(bytes((kind, 3, wscale)))
            case OptionKind.TS:
                parts.append(struct.pack("!BBII", kind, 10, ts, 0))
            case _:
                parts.append(bytes((kind, 2)))
    return b"".join(parts) + bytes(signature.eol_pad)


def _window(signature: TcpSignature, mss: int, rng: random.Random) -> int:
    value = signature.window.value
    match signature.window.kind:
        case WindowKind.LITERAL:
            return value
        case WindowKind.MSS:
            return value * mss
        case WindowKind.MTU:
            return value * (mss + 40)
        case WindowKind.MODULO:
            return value * rng.randint(1, 65535 // value)
        case _:
            return rng.choice(_COMMON_WINDOWS)


def syn_packet(signature: TcpSignature, rng: random.Random) -> bytes | None:
    """An IPv4 SYN that fits `signature`; addresses, source port and sequence number are zero.

    None for a signature that takes a packet of another kind: IPv6, IP options, rare quirks.
    """
    if signature.version == 6 or signature.olen or signature.quirks & ~_WRITABLE:
        return None
    mss = signature.mss if signature.mss is not None else rng.choice(_COMMON_MSS)
    wscale = signature.wscale if signature.wscale is not None else rng.randint(0, 10)
    window = _window(signature, mss if OptionKind.MSS in signature.options else 1460, rng)
    options = _options(signature, mss, wscale, rng.randrange(1, 1 << 32))
    if window > 65535 or len(options) % 4 or len(options) > 40:
        return None
    identified = Quirk.ID_PLUS in signature.quirks or not signature.quirks & (Quirk.DF | Quirk.ID_MINUS)
    payload = b"x" if signature.payload is PayloadClass.SOME else b""
    ip = struct.pack(
        "!BBHHHBBH8x",
        0x45,
        2 if Quirk.ECN in signature.quirks else 0,
        40 + len(options) + len(payload),
        rng.randrange(1, 65536) if identified else 0,
        0x4000 if Quirk.DF in signature.quirks else 0,
        max(1, signature.ittl - rng.randint(0, 30)),
        6,
        0,
    )
    tcp = struct.pack("!HHIIBBHHH", 0, 80, 0, 0, (20 + len(options)) << 2, 2, window, 0, 0)
    return ip + tcp + options + payload


def distinct_syns(signatures: Sequence[TcpSignature], count: int, seed: int) -> list[bytes]:
    """`count` different SYNs (or as many as there are), spread evenly over the signatures."""
    rng = random.Random(seed)
    requests = [one for one in signatures if one.direction is Direction.REQUEST]
    packets: dict[bytes, None] = {}
    for _ in range(2 + 2 * count // max(1, len(requests))):
        for signature in requests:
            packet = syn_packet(signature, rng)
            if packet is not None and len(packets) < count:
                packets[packet] = None
    return list(packets)


def syns(signatures: Sequence[TcpSignature], packets: int, *, distinct: int, seed: int) -> Iterator[bytes]:
    """SYN frames in random order; `distinct` of them differ in more than address, port and number."""
    rng = random.Random(seed)
    frames = [bytearray(ethernet(packet)) for packet in distinct_syns(signatures, distinct, seed)]
    for number, frame in enumerate(rng.choices(frames, k=packets)):
        struct.pack_into("!II", frame, 26, 0x0A000000 | number & 0xFFFFFF, 0xC0A80001)
        struct.pack_into("!H", frame, 34, 1024 + number % 64000)
        struct.pack_into("!I", frame, 38, number * 7919 + 1 & 0xFFFFFFFF)
        yield bytes(frame)


def _segment(
    ends: tuple[int, int, int, int], numbers: tuple[int, int], flags: int, options: bytes, payload: int
) -> bytes:
    """A frame of a conversation; `ends` are source, destination and their ports. Its payload is zeros."""
    source, destination, *ports = ends
    total = 40 + len(options) + payload
    ip = struct.pack("!BBHHHBBHII", 0x45, 0, total, 1, 0x4000, 64, 6, 0, source, destination)
    tcp = struct.pack("!HHIIBBHHH", *ports, *numbers, (20 + len(options)) << 2, flags, 64240, 0, 0)
    return ethernet(ip + tcp + options + bytes(payload))


_DATA_SIZES = (0, 0, 0, 100, 300, 1260, 1400, 1448)


class PlainFlow:
    """Two hosts, one of 50,000 clients and one of 997 servers; each has its own clock of 1 kHz."""

    PORT = 443

    def __init__(self, number: int, rng: random.Random) -> None:
        client, server = number % 50_000, number % 997
        port = 1024 + number % 64_000
        self._rng = rng
        self._ends = (
            (0x0A000000 | client, 0xC0A80000 | server, port, self.PORT),
            (0xC0A80000 | server, 0x0A000000 | client, self.PORT, port),
        )
        self._clocks = (client * 7_654_321 + 1, server * 8_765_432 + 1)
        self._numbers = [number * 7919 + 1 & 0xFFFFFFFF, number * 104729 + 1 & 0xFFFFFFFF]

    def _frame(self, side: int, flags: int, payload: int, milliseconds: int) -> bytes:
        own, peer = ((self._clocks[one] + milliseconds) & 0xFFFFFFFF for one in (side, 1 - side))
        stamps = struct.pack("!BBII", 8, 10, own, 0 if flags == 2 else peer)
        options = b"\2\4\5\xb4\4\2" + stamps + b"\1\3\3\7" if flags & 2 else b"\1\1" + stamps
        numbers = (self._numbers[side], 0 if flags == 2 else self._numbers[1 - side])
        self._numbers[side] = self._numbers[side] + payload + (flags & 3 != 0) & 0xFFFFFFFF
        return _segment(self._ends[side], numbers, flags, options, payload)

    def _handshake(self, milliseconds: Sequence[int]) -> Iterator[bytes]:
        for side, flags in ((0, 0x02), (1, 0x12), (0, 0x10)):
            yield self._frame(side, flags, 0, milliseconds[0])

    def frames(self, milliseconds: Sequence[int]) -> Iterator[bytes]:
        """Handshake, data in both directions, FIN. ``milliseconds[0]`` sets the clocks."""
        yield from self._handshake(milliseconds)
        for _ in range(CONVERSATION - 4):
            yield self._frame(self._rng.randrange(2), 0x10, self._rng.choice(_DATA_SIZES), milliseconds[0])
        yield self._frame(0, 0x11, 0, milliseconds[0])


_FIRST_GROUP, _HYBRID_GROUP = 29, 0x11EC  # X25519, and X25519MLKEM768, whose share has 1216 bytes
_SEGMENT = 1400


def _client_hello(rng: random.Random, *, post_quantum: bool) -> bytes:
    """A record with the hello of a current browser, with random values and keys."""
    groups = [(_HYBRID_GROUP, 1216)] * post_quantum + [(_FIRST_GROUP, 32)]
    shares = b"".join(struct.pack("!HH", group, length) + rng.randbytes(length) for group, length in groups)
    name = b"www%d.example.com" % rng.randrange(1000)
    extensions = (
        (0, struct.pack("!HBH", len(name) + 3, 0, len(name)) + name),
        (23, b""),
        (0xFF01, b"\0"),
        (10, struct.pack("!HHHH", 6, *(group for group, _ in groups), *(23, 24)[: 3 - len(groups)])),
        (11, b"\1\0"),
        (35, b""),
        (16, b"\0\x0c\2h2\x08http/1.1"),
        (5, b"\1\0\0\0\0"),
        (13, bytes.fromhex("001004030804040105030805050108060601")),
        (18, b""),
        (51, struct.pack("!H", len(shares)) + shares),
        (45, b"\1\1"),
        (43, b"\4\3\4\3\3"),
    )
    listed = b"".join(struct.pack("!HH", kind, len(content)) + content for kind, content in extensions)
    ciphers = bytes.fromhex("130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035")
    body = b"\3\3" + rng.randbytes(32) + b"\x20" + rng.randbytes(32)
    body += struct.pack("!H", len(ciphers)) + ciphers + b"\1\0" + struct.pack("!H", len(listed)) + listed
    return b"\x16\3\1" + struct.pack("!H", len(body) + 4) + b"\1" + len(body).to_bytes(3, "big") + body


def _server_hello(rng: random.Random) -> bytes:
    extensions = b"\0\x2b\0\2\3\4" + struct.pack("!HHHH", 51, 36, _FIRST_GROUP, 32) + rng.randbytes(32)
    body = b"\3\3" + rng.randbytes(32) + b"\0" + b"\x13\1\0" + struct.pack("!H", len(extensions)) + extensions
    return b"\x16\3\3" + struct.pack("!H", len(body) + 4) + b"\2" + len(body).to_bytes(3, "big") + body


class HelloFlow(PlainFlow):
    """The same with TLS: every third hello offers a post-quantum key exchange."""

    def _data(self, side: int, data: bytes, milliseconds: int) -> bytes:
        return self._frame(side, 0x18, len(data), milliseconds)[: -len(data)] + data

    def frames(self, milliseconds: Sequence[int]) -> Iterator[bytes]:
        """Handshake, hellos, encrypted data both ways, FIN: 16 packets, or 17 if a hello takes two."""
        rng = self._rng
        yield from self._handshake(milliseconds)
        hello = _client_hello(rng, post_quantum=self._numbers[0] % 3 == 0)
        for start in range(0, len(hello), _SEGMENT):
            yield self._data(0, hello[start : start + _SEGMENT], milliseconds[0])
        yield self._data(1, _server_hello(rng), milliseconds[0])
        for number in range(10):
            size = rng.choice((100, 300, 1260, 1400))
            yield self._data(
                number % 3 != 0, b"\x17\3\3" + struct.pack("!H", size) + bytes(size), milliseconds[0]
            )
        yield self._frame(0, 0x11, 0, milliseconds[0])
        yield self._frame(1, 0x11, 0, milliseconds[0])


_REQUESTS = (
    b"Host: www.example.com\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n"
    b"User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    b"Chrome/133.0.0.0 Safari/537.36\r\n"
    b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
    b"Accept-Encoding: gzip, deflate\r\nAccept-Language: en-US,en;q=0.9\r\n",
    b"Host: www.example.com\r\n"
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    b"Accept-Language: de,en-US;q=0.7,en;q=0.3\r\nAccept-Encoding: gzip, deflate\r\n"
    b"Connection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\nPriority: u=0, i\r\n",
    b"Host: www.example.com\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n",
)
"""Headers as current clients send them."""

_RESPONSES = (
    b"Server: nginx/1.24.0\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\nContent-Type: text/html\r\n"
    b"Content-Length: 2800\r\nLast-Modified: Tue, 14 Nov 2023 20:00:00 GMT\r\nConnection: keep-alive\r\n"
    b'ETag: "6553d0a0-1068"\r\nAccept-Ranges: bytes\r\n',
    b"Date: Tue, 14 Nov 2023 22:13:20 GMT\r\nServer: Apache/2.4.58 (Unix)\r\nContent-Length: 2800\r\n"
    b"Keep-Alive: timeout=5, max=100\r\nConnection: Keep-Alive\r\nContent-Type: text/html; charset=utf-8\r\n",
)
"""Headers as current servers send them."""

_BODY = 2800


class MessageFlow(HelloFlow):
    """A request and its response; head and body of the response take three segments."""

    PORT = 80

    def frames(self, milliseconds: Sequence[int]) -> Iterator[bytes]:
        """Handshake, request, response, FIN: 12 packets."""
        rng = self._rng
        yield from self._handshake(milliseconds)
        asked = b"GET /%d HTTP/1.1\r\n%b\r\n" % (rng.randrange(1000), rng.choice(_REQUESTS))
        yield self._data(0, asked, milliseconds[0])
        yield self._frame(1, 0x10, 0, milliseconds[0])
        answer = b"HTTP/1.1 200 OK\r\n%b\r\n%b" % (rng.choice(_RESPONSES), bytes(_BODY))
        for start in range(0, len(answer), _SEGMENT):
            yield self._data(1, answer[start : start + _SEGMENT], milliseconds[0])
            if start:
                yield self._frame(0, 0x10, 0, milliseconds[0])
        yield self._frame(0, 0x11, 0, milliseconds[0])
        yield self._frame(1, 0x11, 0, milliseconds[0])


def mixed(
    packets: int, *, concurrent: int = 1, seed: int, kind: type[PlainFlow] = PlainFlow
) -> Iterator[bytes]:
    """Conversations, `concurrent` of them at a time with their packets in random order."""
    rng = random.Random(seed)
    milliseconds = [0]
    running: list[Iterator[bytes]] = []
    begun = written = 0
    while written < packets:
        if len(running) < concurrent:
            running.append(kind(begun, rng).frames(milliseconds))
            begun += 1
        chosen = rng.randrange(len(running))
        frame = next(running[chosen], None)
        if frame is None:
            running[chosen] = running[-1]
            running.pop()
            continue
        yield frame
        written += 1
        milliseconds[0] = written * STEP_US // 1000


def plain(packets: int, *, seed: int) -> Iterator[bytes]:
    """Data segments of 6 bytes each, 4096 different ones in turn."""
    rng = random.Random(seed)
    frames = []
    for _ in range(4096):
        ends = (rng.getrandbits(32), rng.getrandbits(32), rng.randrange(65536), 443)
        frames.append(_segment(ends, (rng.getrandbits(32), rng.getrandbits(32)), 0x10, b"", 6))
    for number in range(packets):
        yield frames[number % len(frames)]


def hosts(packets: int, *, hosts: int, seed: int) -> Iterator[bytes]:
    """Data segments of hosts in random order, one connection each, with rising IDs and a clock of 1 kHz."""
    rng = random.Random(seed)
    sent = [0] * hosts
    for number in range(packets):
        host = rng.randrange(hosts)
        sent[host] += 1
        ends = 0x0A000000 + host, 0xC0A80000 + host % 997, 1024 + host % 64_000, 443
        stamps = struct.pack("!BBBBII", 1, 1, 8, 10, host * 7919 + number * STEP_US // 1000 & 0xFFFFFFFF, 1)
        frame = bytearray(_segment(ends, (number, number), 0x10, stamps, 6))
        frame[18:20] = (host + sent[host] & 0xFFFF).to_bytes(2, "big")
        yield bytes(frame)


def as_ipv6(frame: bytes) -> bytes:
    """An IPv4 frame changed to IPv6; each address becomes the last part of a longer one."""
    ip, start = frame[14:], (frame[14] & 15) * 4
    words = struct.pack("!IHBB", 6 << 28, len(ip) - start, 6, ip[8])
    prefix = bytes.fromhex("20010db8") + bytes(8)
    return frame[:12] + b"\x86\xdd" + words + prefix + ip[12:16] + prefix + ip[16:20] + ip[start:]


def in_vlan(frame: bytes) -> bytes:
    return frame[:12] + b"\x81\x00\x00\x05" + frame[12:]


def in_vxlan(frame: bytes) -> bytes:
    udp = struct.pack("!HHHH", 50_000, 4789, 16 + len(frame), 0)
    vxlan = struct.pack("!II", 0x08000000, 42 << 8)
    length = 20 + len(udp) + len(vxlan) + len(frame)
    ip = struct.pack("!BBHHHBBHII", 0x45, 0, length, 1, 0x4000, 64, 17, 0, 0x0A010001, 0x0A010002)
    return ethernet(ip + udp + vxlan + frame)


LAYERS: dict[str, Callable[[bytes], bytes]] = {"IPv6": as_ipv6, "VLAN": in_vlan, "VXLAN": in_vxlan}
"""Encapsulations of the same packets, by name."""


def frames_of(pcap: bytes) -> Iterator[bytes]:
    """The frames of a pcap written by `pcap_records`."""
    place = 24
    while place < len(pcap):
        (length,) = struct.unpack_from("<I", pcap, place + 8)
        yield pcap[place + 16 : place + 16 + length]
        place += 16 + length


def pcap_records(frames: Iterable[bytes], start: int = 1_700_000_000) -> Iterator[bytes]:
    """A pcap with timestamps in µs, a packet every `STEP_US`, in pieces."""
    yield struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    record = struct.Struct("<IIII")
    for number, frame in enumerate(frames, 1):
        seconds, micros = divmod(number * STEP_US, 1_000_000)
        yield record.pack(start + seconds, micros, len(frame), len(frame)) + frame

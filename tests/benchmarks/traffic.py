"""Generated packets of stated number and seed: the same arguments give the same bytes.

``syns``   SYNs that fit signatures, in random order, each from its own address, 70 to 98 bytes a record
``mixed``  conversations of 25 packets each, 4 % SYNs, about 560 bytes a record
``plain``  data segments without a SYN, 60-byte frames
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable, Iterator, Sequence

from support.packets import ethernet

from sigcompiler.model import TcpSignature
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk, WindowKind

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
    """`count` different SYNs (fewer where they do not suffice), spread evenly over the signatures."""
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
    """Frames of SYNs in random order, `distinct` of them different but for address, port and number."""
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
    """A frame of a conversation; `ends` are source, destination and their ports. Its data are zeros."""
    source, destination, *ports = ends
    total = 40 + len(options) + payload
    ip = struct.pack("!BBHHHBBHII", 0x45, 0, total, 1, 0x4000, 64, 6, 0, source, destination)
    tcp = struct.pack("!HHIIBBHHH", *ports, *numbers, (20 + len(options)) << 2, flags, 64240, 0, 0)
    return ethernet(ip + tcp + options + bytes(payload))


_DATA_SIZES = (0, 0, 0, 100, 300, 1260, 1400, 1448)


class _Conversation:
    """Two hosts, one of 50,000 clients and one of 997 servers, each with a clock of 1 kHz of its own."""

    def __init__(self, number: int, rng: random.Random) -> None:
        client, server = number % 50_000, number % 997
        port = 1024 + number % 64_000
        self._rng = rng
        self._ends = (
            (0x0A000000 | client, 0xC0A80000 | server, port, 443),
            (0xC0A80000 | server, 0x0A000000 | client, 443, port),
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

    def frames(self, milliseconds: Sequence[int]) -> Iterator[bytes]:
        """Handshake, data both ways, FIN. The clocks are set by ``milliseconds[0]``."""
        yield self._frame(0, 0x02, 0, milliseconds[0])
        yield self._frame(1, 0x12, 0, milliseconds[0])
        yield self._frame(0, 0x10, 0, milliseconds[0])
        for _ in range(CONVERSATION - 4):
            yield self._frame(self._rng.randrange(2), 0x10, self._rng.choice(_DATA_SIZES), milliseconds[0])
        yield self._frame(0, 0x11, 0, milliseconds[0])


def mixed(packets: int, *, concurrent: int = 1, seed: int) -> Iterator[bytes]:
    """Conversations; `concurrent` of them go on at a time, their packets in random order."""
    rng = random.Random(seed)
    milliseconds = [0]
    running: list[Iterator[bytes]] = []
    begun = written = 0
    while written < packets:
        if len(running) < concurrent:
            running.append(_Conversation(begun, rng).frames(milliseconds))
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


def pcap_records(frames: Iterable[bytes], start: int = 1_700_000_000) -> Iterator[bytes]:
    """A pcap with time stamps in µs, a packet every `STEP_US`, in pieces."""
    yield struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    record = struct.Struct("<IIII")
    for number, frame in enumerate(frames, 1):
        seconds, micros = divmod(number * STEP_US, 1_000_000)
        yield record.pack(start + seconds, micros, len(frame), len(frame)) + frame

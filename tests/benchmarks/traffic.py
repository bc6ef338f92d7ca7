"""Generated captures of stated size and seed, for benchmarks.

``syns``   SYNs that fit the signatures of a file, in random order, Ethernet, 86 to 110 bytes a record
``mixed``  whole conversations of 25 packets, 559 bytes a record on average, 4 % SYNs
``plain``  data segments without a single SYN, 60-byte frames

All packets are distinct in ports and sequence numbers where flows matter, so that nothing
is a retransmission. The same arguments give the same bytes.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sigcompiler.model import TcpSignature
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk, WindowKind
from tests.support.packets import ethernet

START = 1_700_000_000
PCAP_HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
_RECORD = struct.Struct("<IIII")
_OPTION_BYTES = {
    OptionKind.EOL: b"\0",
    OptionKind.NOP: b"\1",
    OptionKind.SOK: b"\4\2",
}
_WRITABLE = Quirk.DF | Quirk.ID_PLUS | Quirk.ID_MINUS | Quirk.ECN | Quirk.FLOW


def option_bytes(signature: TcpSignature, mss: int, wscale: int, ts: int) -> bytes:
    """The TCP options of a packet that fits `signature`."""
    parts: list[bytes] = []
    for kind in signature.options:
        if kind == OptionKind.MSS:
            parts.append(struct.pack("!BBH", 2, 4, mss))
        elif kind == OptionKind.WS:
            parts.append(bytes((3, 3, wscale)))
        elif kind == OptionKind.TS:
            parts.append(struct.pack("!BBII", 8, 10, ts, 0))
        elif kind in (OptionKind.EOL, OptionKind.NOP, OptionKind.SOK):
            parts.append(_OPTION_BYTES[OptionKind(kind)])
        else:
            parts.append(bytes((kind, 2)))
    return b"".join(parts) + bytes(signature.eol_pad)


def window_for(signature: TcpSignature, mss: int, rng: random.Random) -> int:
    """A window that fits, near the one that the signature describes."""
    value = signature.window.value
    match signature.window.kind:
        case WindowKind.LITERAL:
            return value
        case WindowKind.MSS:
            return min(65535, value * mss)
        case WindowKind.MTU:
            return min(65535, value * (mss + 40))
        case WindowKind.MODULO:
            return value * rng.randint(1, 65535 // value)
        case _:
            return rng.choice((5840, 8192, 14600, 29200, 64240, 65535))


def syn_packet(signature: TcpSignature, rng: random.Random) -> bytes | None:
    """An IPv4 SYN that fits `signature`, addresses and ports zero; None where that takes odd quirks."""
    if signature.version == 6 or signature.olen or signature.quirks & ~_WRITABLE:
        return None
    has_mss = OptionKind.MSS in signature.options
    mss = signature.mss if signature.mss is not None else rng.choice((1460, 1452, 1400, 1380, 536))
    wscale = signature.wscale if signature.wscale is not None else rng.randint(0, 10)
    window = window_for(signature, mss if has_mss else 1460, rng)
    options = option_bytes(signature, mss, wscale, rng.randrange(1, 1 << 32))
    if len(options) % 4:
        options += bytes(4 - len(options) % 4)
    payload = b"x" if signature.payload is PayloadClass.SOME else b""
    ttl = max(1, signature.ittl - rng.randint(0, 30))
    fragment = 0x4000 if signature.quirks & Quirk.DF else 0
    ident = rng.randrange(1, 65536) if signature.quirks & Quirk.ID_PLUS or not signature.quirks & (
        Quirk.DF | Quirk.ID_MINUS
    ) else 0
    tos = 2 if signature.quirks & Quirk.ECN else 0
    total = 40 + len(options) + len(payload)
    ip = struct.pack("!BBHHHBBH8x", 0x45, tos, total, ident, fragment, ttl, 6, 0)
    tcp = struct.pack("!HHIIBBHHH", 0, 80, 0, 0, (20 + len(options)) << 2, 2, window, 0, 0)
    return ip + tcp + options + payload


def distinct_syns(signatures: Sequence[TcpSignature], count: int, seed: int) -> list[bytes]:
    """About `count` different SYNs, spread evenly over the signatures of requests."""
    rng = random.Random(seed)
    requests = [one for one in signatures if one.direction is Direction.REQUEST]
    packets: dict[bytes, None] = {}
    rounds = max(1, -(-count // max(1, len(requests))))
    for _ in range(rounds):
        for signature in requests:
            packet = syn_packet(signature, rng)
            if packet is not None:
                packets[packet] = None
    return list(packets)[:count] if len(packets) > count else list(packets)


def syns(signatures: Sequence[TcpSignature], packets: int, *, distinct: int = 971, seed: int = 1) -> Iterator[bytes]:
    """Frames of `packets` SYNs in random order, each from its own address and port."""
    rng = random.Random(seed + 1)
    frames = [bytearray(ethernet(packet)) for packet in distinct_syns(signatures, distinct, seed)]
    for number in range(packets):
        frame = frames[rng.randrange(len(frames))]
        struct.pack_into("!II", frame, 26, 0x0A000000 | number & 0xFFFFFF, 0xC0A80001)
        struct.pack_into("!H", frame, 34, 1024 + number % 64000)
        struct.pack_into("!I", frame, 38, number * 7919 + 1 & 0xFFFFFFFF)
        yield bytes(frame)


def segment(source: int, destination: int, ports: tuple[int, int], numbers: tuple[int, int], flags: int,
            options: bytes, payload: int, window: int = 501) -> bytes:
    """One IPv4 Ethernet frame of a conversation; the payload is zeros."""
    ip = struct.pack(
        "!BBHHHBBHII", 0x45, 0, 40 + len(options) + payload, 1, 0x4000, 64, 6, 0, source, destination
    )
    tcp = struct.pack("!HHIIBBHHH", *ports, *numbers, (20 + len(options)) << 2, flags, window, 0, 0)
    return ethernet(ip + tcp + options + bytes(payload))


_SYN_OPTIONS = b"\2\4\5\xb4\4\2\x08\x0a%b%b\1\3\3\7"
_DATA_SIZES = (0, 0, 0, 100, 300, 1200, 1400, 1448)


def conversation(number: int, rng: random.Random) -> Iterator[bytes]:
    """25 packets between two hosts: handshake, data both ways, FIN."""
    client, server = 0x0A000000 | number % 50_000, 0xC0A80000 | number % 997
    ports = (1024 + number % 64_000, 443)
    clock = number * 40 + 1000
    seqs = [number * 7919 + 1 & 0xFFFFFFFF, number * 104729 + 1 & 0xFFFFFFFF]

    def options(step: int) -> bytes:
        return b"\1\1\x08\x0a" + struct.pack("!II", clock + step & 0xFFFFFFFF, clock)

    stamp = struct.pack("!I", clock)
    yield segment(client, server, ports, (seqs[0], 0), 2, _SYN_OPTIONS % (stamp, bytes(4)), 0, 64240)
    yield segment(server, client, ports[::-1], (seqs[1], seqs[0] + 1 & 0xFFFFFFFF), 0x12,
                  _SYN_OPTIONS % (stamp, stamp), 0, 65160)
    seqs = [seq + 1 & 0xFFFFFFFF for seq in seqs]
    for step in range(22):
        side = rng.randrange(2) if step else 0
        pair = (client, server) if side == 0 else (server, client)
        size = rng.choice(_DATA_SIZES) if step else 0
        both = ports if side == 0 else ports[::-1]
        yield segment(*pair, both, (seqs[side], seqs[1 - side]), 0x10, options(step), size)
        seqs[side] = seqs[side] + size & 0xFFFFFFFF
    yield segment(client, server, ports, (seqs[0], seqs[1]), 0x11, options(23), 0)


def mixed(packets: int, *, seed: int = 2) -> Iterator[bytes]:
    """Whole conversations one after the other."""
    rng = random.Random(seed)
    for number in range(-(-packets // 25)):
        yield from conversation(number, rng)


def plain(packets: int, *, seed: int = 3) -> Iterator[bytes]:
    """Data segments of 60 bytes a frame, no SYN among them."""
    rng = random.Random(seed)
    frames = [
        segment(rng.getrandbits(32), rng.getrandbits(32), (rng.randrange(65536), 443),
                (rng.getrandbits(32), rng.getrandbits(32)), 0x10, b"", 6)
        for _ in range(4096)
    ]
    for number in range(packets):
        yield frames[number % len(frames)]


def write_pcap(path: Path, frames: Iterable[bytes], *, step_us: int = 10) -> int:
    """Writes `frames` as a pcap (µs), one every `step_us`; returns their number."""
    count = 0
    with path.open("wb", buffering=1 << 20) as file:
        file.write(PCAP_HEADER)
        for count, frame in enumerate(frames, 1):
            seconds, micros = divmod(count * step_us, 1_000_000)
            file.write(_RECORD.pack(START + seconds, micros, len(frame), len(frame)))
            file.write(frame)
    return count

"""Packets that a signature describes, and packets that nearly do."""

from __future__ import annotations

import struct
from random import Random

from sigcompiler.model import TcpSignature
from sigcompiler.unmatchable import option_bytes
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk, WindowKind
from tests.support.packets import ACK, PSH, SYN, URG, Ip4, Ip6, Tcp, packet

LIKELY_MSS = (99, 100, 112, 536, 1360, 1400, 1448, 1460, 8960)
KNOWN = frozenset(map(int, OptionKind))
CHANCE = 0.6
"""How often a packet is changed once more."""


def packet_of(signature: TcpSignature, random: Random) -> bytes:
    """A packet with the signature's fields; what it leaves open is drawn."""
    version = signature.version or random.choice((4, 6))
    if signature.olen:
        version = 4
    quirks = signature.quirks_for(version)
    size = random.choice(LIKELY_MSS) if signature.mss is None else signature.mss
    options = options_of(signature, size, random)
    flags = SYN | ACK * (signature.direction == Direction.RESPONSE)
    acknowledged = signature.direction == Direction.RESPONSE and not quirks & Quirk.ACK_MINUS
    tcp = Tcp(
        sport=random.randrange(1, 65536),
        seq=0 if quirks & Quirk.SEQ_MINUS else random.randrange(1, 2**32),
        ack=random.randrange(1, 2**32) if acknowledged or quirks & Quirk.ACK_PLUS else 0,
        flags=flags | PSH * bool(quirks & Quirk.PUSHF_PLUS) | URG * bool(quirks & Quirk.URGF_PLUS),
        window=window_of(signature, version, size, len(options), random),
        options=options,
        payload=payload_of(signature, random),
        urgent=random.randrange(1, 9) if quirks & Quirk.UPTR_PLUS else 0,
    )
    return packet(ip_of(signature, version, quirks, random), tcp)


def ip_of(signature: TcpSignature, version: int, quirks: Quirk, random: Random) -> Ip4 | Ip6:
    """The IP header; one in five of IPv6 is followed by an extension header."""
    ttl = random.randrange(max(1, signature.ittl - 35), signature.ittl + 1)
    tos = random.choice((1, 2, 3)) if quirks & Quirk.ECN else random.choice((0, 0, 0x10))
    if version == 6:
        label = random.randrange(1, 2**20) if quirks & Quirk.FLOW else 0
        extensions = ((60, bytes(7)),) if random.random() < 0.2 else ()
        return Ip6(ttl=ttl, tos=tos, flow_label=label, extensions=extensions)
    numbered = quirks & Quirk.ID_PLUS or not quirks & (Quirk.DF | Quirk.ID_MINUS)
    return Ip4(
        ttl=ttl,
        tos=tos,
        identification=random.randrange(1, 65536) if numbered else 0,
        fragment=0x4000 * bool(quirks & Quirk.DF) | 0x8000 * bool(quirks & Quirk.ZERO_PLUS),
        options=b"\1" * signature.olen,
    )


def options_of(signature: TcpSignature, size: int, random: Random) -> bytes:
    """The options in the signature's order."""
    quirks, found = signature.quirks, b""
    filling = -(signature.eol_pad + sum(option_bytes(kind) for kind in signature.options)) % 4
    filling -= 2 * any(kind not in KNOWN for kind in signature.options)
    for kind in signature.options:
        if kind == OptionKind.EOL:
            pad = bytearray(signature.eol_pad)
            if quirks & Quirk.OPT_PLUS and pad:
                pad[random.randrange(len(pad))] = 1
            found += b"\0" + pad
        elif kind == OptionKind.NOP:
            found += b"\1"
        elif kind == OptionKind.MSS:
            found += struct.pack("!BBH", 2, 4, size)
        elif kind == OptionKind.WS:
            scale = random.randrange(15, 20) if quirks & Quirk.EXWS else random.randrange(15)
            found += bytes((3, 3, scale if signature.wscale is None else signature.wscale))
        elif kind == OptionKind.SOK:
            found += b"\4\2"
        elif kind == OptionKind.TS:
            own = 0 if quirks & Quirk.TS1_MINUS else random.randrange(1, 2**32)
            peer = random.randrange(1, 99) if quirks & Quirk.TS2_PLUS else 0
            found += struct.pack("!BBII", 8, 10, own, peer)
        else:
            length = 10 if kind == OptionKind.SACK else filling + random.choice((4, 8))
            found += bytes((kind, length)) + random.randbytes(length - 2)
    return found + b"\1" * (-len(found) % 4)  # where malformed options end is up to the test


def window_of(signature: TcpSignature, version: int, size: int, options: int, random: Random) -> int:
    """A window of the wanted kind, from the divisors of the MSS and of Ethernet."""
    kind, value = signature.window.kind, signature.window.value
    ip = 20 + signature.olen if version == 4 else 40
    divisors = {
        WindowKind.MSS: (size, size - 12, 1460, 1448, 1440, 1428, 1380),
        WindowKind.MTU: (size + 40, size + ip + 20 + options, size + 60, 1500),
    }
    if kind in divisors:
        return value * random.choice(divisors[kind]) % 65536
    if kind == WindowKind.MODULO:
        return value * random.randrange(65536 // value)
    return value if kind == WindowKind.LITERAL else random.randrange(65536)


def payload_of(signature: TcpSignature, random: Random) -> bytes:
    """Data where the signature wants some."""
    if signature.payload == PayloadClass.ANY:
        return random.choice((b"", b"data"))
    return b"data" if signature.payload == PayloadClass.SOME else b""


def changed(data: bytes, random: Random) -> bytes:
    """The packet with a few bits turned, in its headers mostly."""
    found = bytearray(data)
    while random.random() < CHANCE:
        place = random.randrange(len(found))
        found[place] ^= 1 << random.randrange(8)
    return bytes(found)

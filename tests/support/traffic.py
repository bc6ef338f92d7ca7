"""Random packets and signatures that meet often: few addresses, ports, values and layouts."""

from __future__ import annotations

from random import Random

from tests.support.packets import (
    ACK,
    CWR,
    ECE,
    FIN,
    LINUX_OPTIONS,
    NOP,
    PSH,
    RST,
    SOK,
    SYN,
    URG,
    Ip,
    Ip4,
    Ip6,
    Tcp,
    mss,
    packet,
    timestamps,
    wscale,
)
from tests.support.tunnels import random_radio, random_tunnel

SECOND = 10**9
STEPS = (0, 10**6, 25 * 10**6, SECOND, SECOND, 31 * SECOND, 901 * SECOND, 7300 * SECOND, -SECOND)
"""How far the clock goes from packet to packet (ns)."""

OPTIONS = (
    *(mss(1460), mss(100), mss(7), SOK, NOP, NOP, timestamps(5), timestamps(0, 9), wscale(7), wscale(15)),
    *(b"\0", b"\0\0\0\1", b"\5\x0a" + bytes(8), b"\x22\2", b"\xfe\3\1", b"\2\3", b"\x08\x0a"),
)
USUAL_OPTIONS = (
    LINUX_OPTIONS,
    mss(1460),
    mss(1460) + NOP * 2 + SOK,
    mss(1440) + SOK + timestamps(3) + NOP + wscale(6),
    mss(1460) + NOP + wscale(3) + NOP * 2 + timestamps(77) + SOK + b"\0\0",
)
FLAGS = (
    *(SYN, SYN, SYN, SYN | ACK, SYN | ACK, ACK, ACK | FIN, RST | ACK, RST, FIN),
    *(SYN | ECE | CWR, SYN | ACK | ECE, SYN | PSH, SYN | URG),
)
LINK_HEADERS: dict[int, tuple[str, ...]] = {
    0: ("02000000", "0000001e"),
    1: (
        "00" * 12 + "0800",
        "00" * 12 + "810000010800",
        "00" * 12 + "884700000101",
        "00" * 12 + "886411000000" + "00000021",
        "00" * 12 + "8909010100010007" + "0800",
        "00" * 12 + "81000001890901020001000700020003" + "00000000" + "0800",
        "00" * 12 + "0030aaaa030000000800",
        "00" * 12 + "810000010030aaaa0300000086dd",
    ),
    9: ("ff030021", "21"),
    10: ("50" + "00" * 12 + "aaaa030000000800", "51" + "00" * 12 + "424203"),
    50: ("ff030021", "0f000800"),
    51: ("1100000000000057",),
    101: ("",),
    104: ("0f000800", "8f0086dd"),
    108: ("00000002",),
    113: ("00" * 14 + "0800", "00" * 14 + "0004aaaa030000000800"),
    117: ("3d02" + "00" * 62, "2d1e" + "00" * 46, "4502" + "00" * 70, "1c02" + "00" * 26),
    276: ("0800" + "00" * 18,),
}
RADIO_LINKTYPES = (105, 119, 127, 163, 192)
LINKTYPES = (*LINK_HEADERS, *RADIO_LINKTYPES)


def flip(random: Random, data: bytes, within: int) -> bytes:
    """Change up to three of the first bytes."""
    changed = bytearray(data)
    for _ in range(random.randrange(1, 4) if changed else 0):
        changed[random.randrange(min(len(changed), within))] = random.randrange(256)
    return bytes(changed)


def random_packet(random: Random) -> bytes:
    """An IP packet, mostly a sound TCP segment, sometimes cut or damaged."""
    data = packet(_random_ip(random), _random_tcp(random))
    if random.random() < 0.1:
        data = data[: random.randrange(len(data) + 1)]
    return flip(random, data, 60) if random.random() < 0.2 else data


def _random_tcp(random: Random) -> Tcp:
    windows = (0, 1, 8192, 29200, 65535, 1460 * 4, 14480, 1500 * 3, 1400 * 5, random.randrange(65536))
    return Tcp(
        sport=random.choice((1, 2, 40000)),
        dport=random.choice((80, 1, 2)),
        seq=random.choice((0, 1, 1000, 1001, 5001)),
        ack=random.choice((0, 0, 1, 1001)),
        flags=random.choice((*FLAGS, random.randrange(512))),
        window=random.choice(windows),
        options=_random_options(random),
        payload=bytes(random.choice((0, 0, random.randrange(5)))),
        urgent=random.choice((0, 0, 0, 1)),
    )


def _random_options(random: Random) -> bytes:
    if random.random() < 0.3:
        options = random.choice(USUAL_OPTIONS)
    else:
        options = b"".join(random.choice(OPTIONS) for _ in range(random.randrange(8)))[:40]
    return options + bytes(random.choice((0, 1)) for _ in range(-len(options) % 4))


def _random_ip(random: Random) -> Ip:
    if random.random() < 0.3:
        kinds = [
            random.choice((0, 60, 43, 51, 135, 44, 59)) for _ in range(random.choice((0, 0, 0, 1, 2, 9)))
        ]
        return Ip6(
            ttl=random.choice((64, 63, 255)),
            tos=random.choice((0, 1, 64)),
            flow_label=random.choice((0, 0, 5)),
            extensions=tuple((kind, bytes((random.randrange(2),)) + bytes(6)) for kind in kinds),
        )
    return Ip4(
        source=random.choice(("192.0.2.1", "198.51.100.2", f"10.0.0.{random.randrange(4)}")),
        destination=random.choice(("192.0.2.1", "198.51.100.2")),
        ttl=random.choice((64, 64, 57, 128, 255, 1, 0, random.randrange(256))),
        tos=random.choice((0, 0, 0, 16, 1, 3)),
        identification=random.choice((0, 1)),
        fragment=random.choice((0x4000, 0x4000, 0x4000, 0, 0x8000, 0xC000, 0x2000, 1)),
        options=bytes(random.choice((0, 0, 0, 4, 40))),
    )


def random_stream(random: Random, linktype: int, length: int) -> list[tuple[int, bytes]]:
    """Frames with their times; the clock jumps, also back."""
    now, stream = 0, []
    for _ in range(length):
        now = max(0, now + random.choice(STEPS))
        stream.append((now, random_frame(random, linktype)))
    return stream


DEPTHS = (1, 1, 1, 2, 4, 5)
"""Tunnels in one another; five are more than are walked."""


def random_frame(random: Random, linktype: int, tunnelled: float = 0.25) -> bytes:
    """One frame, which holds tunnels with the probability `tunnelled`."""
    inner = random_packet(random)
    for _ in range(random.choice(DEPTHS) if random.random() < tunnelled else 0):
        inner = random_tunnel(random, inner)
        inner = flip(random, inner, 90) if random.random() < 0.1 else inner
    if linktype in RADIO_LINKTYPES:
        frame = random_radio(random, linktype, inner)
        return flip(random, frame, 70) if random.random() < 0.2 else frame
    header = bytes.fromhex(random.choice(LINK_HEADERS[linktype]))
    return (flip(random, header, len(header)) if random.random() < 0.1 else header) + inner


def random_database(random: Random, count: int) -> str:
    """``count`` signatures of both directions, in p0f's format, that random packets often fit."""
    lines = ["classes = unix"]
    for section in ("request", "response"):
        lines.append(f"[tcp:{section}]")
        for number in range(count // 2):
            if number % 2 == 0:
                lines += _random_label(random, f"{section} {number}")
            lines.append(f"sig = {_random_signature(random)}")
    return "\n".join(lines) + "\n"


def _random_label(random: Random, name: str) -> list[str]:
    kind = random.choice("sg")
    if random.random() < 0.15:
        return [f"label = {kind}:!:{name}:", "sys = @unix"]
    return [f"label = {kind}:unix:{name}:{random.choice(('', 'x'))}"]


def _random_signature(random: Random) -> str:
    version = random.choice("4**6")
    quirks = random.sample(
        ["ecn", "seq-", "ack+", "uptr+", "pushf+", "ts1-", "ts2+", "exws", "bad"], random.choice((0, 0, 0, 1))
    )
    if version != "6":
        quirks = random.choice((["df"], ["df", "id+"], ["id-"], [], ["0+"])) + quirks
    if version != "4" and random.random() < 0.1:
        quirks.append("flow")
    layouts = (
        "mss",
        "mss,nop,nop,sok",
        "mss,sok,ts,nop,ws",
        "mss,nop,ws,nop,nop,ts,sok,eol+1",
        "",
        "mss,mss",
        "ts",
    )
    return ":".join(
        (
            version,
            random.choice(("64", "64", "57", "128", "255", "64-", "255-", "50+14")),
            "0" if version == "6" else random.choice(("0", "0", "0", "4")),
            random.choice(("*", "*", "1460", "100")),
            random.choice(("*", "*", "%8192", "%2", "8192", "29200", "mss*20", "mss*4", "mtu*3", "mss*5"))
            + random.choice((",*", ",*", ",7", ",0")),
            random.choice(layouts),
            ",".join(quirks),
            random.choice("**0+"),
        )
    )

"""QUIC's transport parameters: written by hand, cut anywhere, and as Chrome sent them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.tls.datagrams import CLIENT, Datagrams, build
from tests.tls.test_captured_datagrams import asked

EXTENSIONS = (0x39, 0xFFA5)


@pytest.fixture(scope="module")
def datagrams(tmp_path_factory: pytest.TempPathFactory) -> Datagrams:
    return build(tmp_path_factory.mktemp("hellos"))


def number(value: int) -> bytes:
    """RFC 9000, section 16."""
    for power, width in enumerate((1, 2, 4, 8)):
        if value < 1 << (8 * width - 2):
            return (value | power << (8 * width - 2)).to_bytes(width, "big")
    raise ValueError(value)


def parameter(code: int, value: bytes) -> bytes:
    return number(code) + number(len(value)) + value


KNOWN = [
    parameter(0x1, number(30000)),
    parameter(0x3, number(1472)),
    parameter(0x4, number(1 << 40)),
    parameter(27 + 31 * 5, b"grease"),
    parameter(0x20, number(65536)),
    parameter(0xC, b""),
    parameter(0x2AB2, b""),
    parameter(0xF, b"\x01\x02\x03"),
    parameter(0x3129, b"Chrome/90.0 Windows NT 10.0; Win64; x64"),
    parameter(0x11, struct.pack(">3I", 1, 0x6B3343CF, 1)),
]
TEXTS = [b"Chrome/90.0 Windows NT 10.0; Win64; x64".hex(), "010203", "000000016b3343cf00000001"]


def test_all_kinds(datagrams: Datagrams) -> None:
    (line,) = datagrams.lines([f"params {b''.join(KNOWN).hex()}"])[:-1]
    assert line.split() == ["10", "0", "1", "1", "0=30000,1=1472,2=1099511627776,11=65536,", *TEXTS]


def test_the_first_of_two_counts(datagrams: Datagrams) -> None:
    body = parameter(1, number(5)) + parameter(1, number(7)) + parameter(15, b"\xaa") + parameter(15, b"\xbb")
    (line,) = datagrams.lines([f"params {body.hex()}"])[:-1]
    assert line.split() == ["4", "0", "0", "0", "0=5,", "-", "aa", "-"]


def test_cut_anywhere(datagrams: Datagrams) -> None:
    """Cut between two parameters nothing is wrong, elsewhere it is said."""
    body = b"".join(KNOWN)
    ends = [len(b"".join(KNOWN[:count])) for count in range(len(KNOWN) + 1)]
    lines = datagrams.lines([f"params {body[:length].hex()}" for length in range(len(body) + 1)])[:-1]
    seen = [tuple(map(int, line.split()[:2])) for line in lines]
    expected = [
        (sum(end <= length for end in ends[1:]), int(length not in ends)) for length in range(len(body) + 1)
    ]
    assert seen == expected


def test_a_number_of_another_length_is_malformed(datagrams: Datagrams) -> None:
    (line,) = datagrams.lines([f"params {parameter(1, number(5) + b'x').hex()}"])[:-1]
    assert line.split() == ["1", "1", "0", "0", "-", "-", "-"]


def parameters_of(hello: bytes) -> bytes:
    """The body of the extension; empty without."""
    at = 4 + 2 + 32
    at += 1 + hello[at]
    at += 2 + int.from_bytes(hello[at : at + 2], "big")
    at += 1 + hello[at] + 2
    while at + 4 <= len(hello):
        code, length = struct.unpack_from(">HH", hello, at)
        if code in EXTENSIONS:
            return hello[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def test_user_agents_of_captures(datagrams: Datagrams, answers: Path) -> None:
    name = "mercury__quic-crypto-packets.pcap"
    hellos = [one.whole for _, one in asked(datagrams, answers / "captures" / name) if one.kind == CLIENT]
    lines = datagrams.lines([f"params {parameters_of(hello).hex()}" for hello in hellos])[:-1]
    texts = [line.split()[-3] for line in lines]
    agents = {bytes.fromhex(text).decode("ascii") for text in texts if text != "-"}
    assert all(line.split()[1] == "0" for line in lines)
    assert len([text for text in texts if text != "-"]) > 300
    assert all("Chrome/" in agent for agent in agents)

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


AGENT = b"Chrome/90.0 Windows NT 10.0; Win64; x64"
BEFORE = [
    parameter(0x1, number(30000)),
    parameter(0x4, number(1 << 40)),
    parameter(27 + 31 * 5, b"grease"),
    parameter(0xC, b""),
    parameter(0xF, b"\x01\x02\x03"),
]
AFTER = [parameter(0x3129, b"another"), parameter(0x11, struct.pack(">3I", 1, 0x6B3343CF, 1))]


def test_the_first_of_two_counts_wherever_it_is(datagrams: Datagrams) -> None:
    body = b"".join([*BEFORE, parameter(0x3129, AGENT), *AFTER])
    assert datagrams.lines([f"params {body.hex()}"])[0].split() == [AGENT.hex()]


def test_other_parameters_are_none(datagrams: Datagrams) -> None:
    body = b"".join(BEFORE) + parameter(0x312A, AGENT)
    assert datagrams.lines([f"params {body.hex()}"])[0].split() == ["-"]


def test_cut_anywhere_it_is_whole_or_absent(datagrams: Datagrams) -> None:
    body = b"".join([*BEFORE, parameter(0x3129, AGENT), *AFTER])
    whole = len(b"".join([*BEFORE, parameter(0x3129, AGENT)]))
    lines = datagrams.lines([f"params {body[:length].hex()}" for length in range(len(body) + 1)])[:-1]
    assert [line.split() for line in lines] == [
        [AGENT.hex() if length >= whole else "-"] for length in range(len(body) + 1)
    ]


def test_nothing_counts_behind_a_parameter_that_is_too_long(datagrams: Datagrams) -> None:
    body = number(1) + number(1 << 20) + parameter(0x3129, AGENT)
    assert datagrams.lines([f"params {body.hex()}"])[0].split() == ["-"]


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
    texts = [line.strip() for line in lines]
    agents = {bytes.fromhex(text).decode("ascii") for text in texts if text != "-"}
    assert len([text for text in texts if text != "-"]) > 300
    assert all("Chrome/" in agent for agent in agents)

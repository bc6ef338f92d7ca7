"""MNDP, CAPWAP's discovery and Tuya's broadcasts.

Expected values follow from RFC 5415, MikroTik's manual and Wireshark.
"""

from __future__ import annotations

import struct

import pytest

from tests.devices.made import datagram, read, rendered
from tests.devices.test_hosts import hosts

MNDP, CAPWAP = 5678, 5246


def element(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value


def mndp(*elements: bytes) -> bytes:
    return datagram(bytes(4) + b"".join(elements), MNDP, MNDP)


def router(board: bytes = b"RB750Gr3") -> bytes:
    values = (
        (1, bytes(6)),
        (5, b"my secret"),
        (7, b"6.49.6 (stable)"),
        (8, b"MikroTik"),
        (11, b"ABCD-EFGH"),
        (12, board),
    )
    return mndp(*(element(kind, value) for kind, value in values))


def capwap(kind: int, *elements: bytes, sport: int = 12380, dport: int = CAPWAP, first: int = 0) -> bytes:
    body = b"".join(elements)
    head = struct.pack("!BBHHH", first, 2 << 3, 0x0200, 0, 0)
    return datagram(head + struct.pack("!IBHB", kind, 0, len(body) + 3, 0) + body, sport, dport)


BOARD = element(38, struct.pack("!I", 14179) + element(0, b"AIR-CAP2602I") + element(1, b"a secret"))
TUYA = bytes.fromhex("000055aa0000000000000013000000400000000000000000")


def said(*frames: bytes) -> list[str]:
    return [one for record in read(*frames, protocols=("discovery",)) for one in record["announced"]]


@pytest.mark.parametrize(
    ("frame", "text", "expected"),
    [
        (
            router(),
            "mndp MikroTik;RB750Gr3;6.49.6 (stable)",
            ("router", "MikroTik", "RB750Gr3", "RouterOS", "6.49.6"),
        ),
        (
            router(b"CRS326-24G-2S+"),
            "mndp MikroTik;CRS326-24G-2S+;6.49.6 (stable)",
            ("switch", "MikroTik", "CRS326-24G-2S+", "RouterOS", "6.49.6"),
        ),
        (
            capwap(1, element(20, b"\0"), BOARD),
            "capwap wtp 14179 AIR-CAP2602I",
            ("access-point", "Cisco", "AIR-CAP2602I", None, None),
        ),
        (capwap(1, element(20, b"\0")), "capwap wtp 0", ("access-point", None, None, None, None)),
        (capwap(2, sport=CAPWAP, dport=12380), "capwap ac", ("wireless-controller", None, None, None, None)),
        (datagram(TUYA, 49154, 6667), "tuya", ("iot-module", None, None, None, None)),
    ],
)
def test_what_each_protocol_says(frame: bytes, text: str, expected: tuple[str | None, ...]) -> None:
    assert said(frame) == [f"discovery {text}"]
    [one] = hosts(frame)
    found = one.device
    assert found is not None
    assert (found.type, found.manufacturer, found.model, found.system, found.version) == expected


@pytest.mark.parametrize(
    "frame",
    [
        mndp(bytes(5)),  # a program asks
        capwap(2),  # an answer to the port of controllers
        capwap(1, sport=CAPWAP, dport=12380),
        capwap(1, BOARD, first=1),  # encrypted
        capwap(3, BOARD),  # a join
        datagram(TUYA, 6667, 49154),  # towards a client
        datagram(b'{"gwId":"1"}          ', 49154, 6666),
    ],
)
def test_what_says_nothing(frame: bytes) -> None:
    text, stats = rendered(frame, protocols=("discovery",))
    assert (text, stats.discovery_malformed) == ("", 0)


def test_lengths_that_do_not_fit() -> None:
    """Every cut of a message is malformed or says what its whole elements say."""
    whole = b"\x00\x00\x00\x00" + element(8, b"MikroTik") + element(12, b"RB750")
    for end in range(10, len(whole)):
        text, stats = rendered(datagram(whole[:end], MNDP, MNDP), protocols=("discovery",))
        assert stats.discovery_malformed == (end not in (4, 16)), end
        assert ("RB750" not in text) or end == len(whole)
    good = capwap(1, BOARD)[42:]
    for end in range(8, len(good)):
        text, stats = rendered(datagram(good[:end], 12380, CAPWAP), protocols=("discovery",))
        assert (text, stats.discovery_malformed) == ("", 1), end


def test_names_and_serial_numbers_are_never_shown() -> None:
    for host_names in (False, True):
        shown, _ = rendered(router(), capwap(1, BOARD), protocols=("discovery",), host_names=host_names)
        assert "secret" not in shown
        assert "ABCD" not in shown

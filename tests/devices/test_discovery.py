"""MNDP and CAPWAP: damaged messages, and names. The golden pages have their messages."""

from __future__ import annotations

import struct

from tests.support.devices.made import datagram, rendered

MNDP, CAPWAP = 5678, 5246


def element(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value


def capwap(*elements: bytes) -> bytes:
    body = b"".join(elements)
    return struct.pack("!BBHHHIBHB", 0, 2 << 3, 0x0200, 0, 0, 1, 0, len(body) + 3, 0) + body


BOARD = capwap(element(38, struct.pack("!I", 14179) + element(0, b"AIR-CAP2602I") + element(1, b"a secret")))


def test_lengths_that_do_not_fit() -> None:
    """Every cut of a message is malformed or says what its whole elements say."""
    whole = b"\x00\x00\x00\x00" + element(8, b"MikroTik") + element(12, b"RB750")
    for end in range(10, len(whole)):
        text, stats = rendered(datagram(whole[:end], MNDP, MNDP), protocols=("discovery",))
        assert stats.discovery_malformed == (end not in (4, 16)), end
        assert ("RB750" not in text) or end == len(whole)
    for end in range(8, len(BOARD)):
        text, stats = rendered(datagram(BOARD[:end], 12380, CAPWAP), protocols=("discovery",))
        assert (text, stats.discovery_malformed) == ("", 1), end


def test_names_and_serial_numbers_are_never_shown() -> None:
    values = {5: b"my secret", 7: b"6.49", 8: b"MikroTik", 11: b"ABCD-EFGH", 12: b"RB750Gr3"}
    router = bytes(4) + b"".join(element(kind, value) for kind, value in values.items())
    frames = (datagram(router, MNDP, MNDP), datagram(BOARD, 12380, CAPWAP))
    for host_names in (False, True):
        shown, _ = rendered(*frames, protocols=("discovery",), host_names=host_names)
        assert "RB750Gr3" in shown
        assert "AIR-CAP2602I" in shown
        assert "secret" not in shown
        assert "ABCD" not in shown

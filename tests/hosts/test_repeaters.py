"""A repeater sends datagrams to groups again, from its own MAC: that is no use of the address."""

from __future__ import annotations

import struct

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.devices.made import MAC, OTHER_MAC, mac_bytes
from tests.support.devices.mdns import SOURCE, SOURCE6, address, message, sent
from tests.support.tunnels import UDP

SECOND = 10**9


def macs(*frames: tuple[int, bytes]) -> set[str | None]:
    """The MACs of all hosts; the times are in milliseconds."""
    made = pcap([(SECOND**2 + at * 10**6, data) for at, data in frames], 1)
    return {one.mac for one in hg.Analyzer().read(made).hosts}


def announced(name: str, source: str) -> bytes:
    """A message with its UDP checksum (RFC 768)."""
    frame = sent(message(address(name, source)), source=source)
    addresses, at = (frame[22:54], 54) if ":" in source else (frame[26:34], 34)
    words = addresses + frame[at:] + b"\0" * (len(frame) % 2)
    total = sum(struct.unpack(f"!{len(words) // 2}H", words)) + UDP + len(frame) - at
    total = 0xFFFF - (total % 0xFFFF)
    return frame[: at + 6] + total.to_bytes(2, "big") + frame[at + 8 :]


def by_other(frame: bytes) -> bytes:
    return frame[:6] + mac_bytes(OTHER_MAC) + frame[12:]


@pytest.mark.parametrize("source", [SOURCE, SOURCE6])
def test_copies_are_no_claim(source: str) -> None:
    one, other = (announced(name, source) for name in ("a", "b"))
    frames = [(0, one), (1, other), (3, by_other(one)), (4, by_other(other))]
    later = [(at + 500, data) for at, data in frames]
    assert macs(*frames, *later) == {MAC}


@pytest.mark.parametrize("source", [SOURCE, SOURCE6])
def test_messages_of_its_own_are_a_claim(source: str) -> None:
    one, own = (announced(name, source) for name in ("a", "b"))
    assert OTHER_MAC in macs((0, one), (1, one), (2, by_other(own)), (3, by_other(own)))
    assert OTHER_MAC in macs((0, one), (1, one), (2000, by_other(one)), (4000, by_other(one))), "a replay"


NEWS = {"protocols": ("tcp", "mdns", "arp", "neighbor"), "senders": True, "device_news": True}
LARGEST_BLOCK = 2048


def news(capture: object, workers: int) -> list[bytes]:
    analyzer = hg.Analyzer(**NEWS)  # type: ignore[arg-type]
    batches = analyzer.batches(capture, workers=workers)  # type: ignore[arg-type]
    return [line for batch in batches for line in batch.render("json").splitlines() if b"device_" in line]


@pytest.mark.parametrize("source", [SOURCE, SOURCE6])
@pytest.mark.parametrize("before", [511, LARGEST_BLOCK - 1])
def test_copies_in_the_next_block_are_none_either(before: int, source: str) -> None:
    """Blocks are cut by the number of workers and by how a source is read."""
    one, other = (announced(name, source) for name in ("a", "b"))
    filling = [bytes.fromhex("020000000009020000000008") + b"\x88\xb5" + bytes(46)] * (before - 2)
    frames = [one, *filling, other, one, by_other(one), by_other(other)]
    made = pcap([(SECOND**2 + at * 10**5, data) for at, data in enumerate(frames)], 1)
    found = news(made, 1)
    assert news(made, 2) == found
    assert {one.mac for one in hg.Analyzer().read(made).hosts if one.mac == OTHER_MAC} == set()

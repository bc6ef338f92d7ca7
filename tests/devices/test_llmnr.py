"""Names by LLMNR. Expected values follow from RFC 4795."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from tests.devices.test_tshark import announced, tshark
from tests.support.devices.calls import question
from tests.support.devices.made import MAC, capture, datagram, rendered
from tests.support.devices.mdns import AAAA, A, name, pointer, record
from tests.support.packets import Ip4, Ip6
from tests.support.tunnels import UDP

PORT, ANY, ANSWER = 5355, 255, 0x8000
SOURCE, SOURCE6 = "192.168.7.7", "fe80::7"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
CAPTURES = ("mercury__emix", "nDPI__gnutella", "PcapPlusPlus__IgmpPackets")


def check(label: str | bytes, kind: int = ANY, **header: int) -> bytes:
    """A question by which a host learns whether its name is its alone."""
    return question(name(label), kind=kind, **{"flags": 0, **header})


def asks(data: bytes, *, dport: int = PORT) -> bytes:
    around = Ip4(SOURCE, "224.0.0.252", 1, protocol=UDP)
    return datagram(data, 50000, dport, ip=around)


def answer(label: str, address: bytes, kind: int = A, flags: int = ANSWER) -> bytes:
    """The question again, and the address."""
    asked = question(name(label), flags=flags, kind=kind)
    return asked[:6] + b"\0\1" + asked[8:] + record(pointer(12), kind, address, ttl=30, klass=1)


def answers(data: bytes, *, sport: int = PORT, version: int = 4) -> bytes:
    around = (
        Ip4(SOURCE, "192.168.7.9", 128, protocol=UDP)
        if version == 4
        else Ip6(SOURCE6, "fe80::9", protocol=UDP)
    )
    return datagram(data, sport, 50000, ip=around)


def names(*frames: bytes) -> list[tuple[str, list[str], bool]]:
    text, _ = rendered(*frames, protocols=("dns",), host_names=True)
    found = map(json.loads, text.splitlines())
    return [(one["event"], one["announced"], one["from_server"]) for one in found]


def malformed(*frames: bytes) -> int:
    text, stats = rendered(*frames, protocols=("dns",), host_names=True)
    assert text == ""
    return stats.dns_malformed


OWN4, OWN6, OTHER = (
    bytes((192, 168, 7, 7)),
    bytes.fromhex("fe80") + bytes(13) + b"\7",
    bytes((192, 168, 7, 8)),
)


def test_a_host_asks_for_its_own_name() -> None:
    assert names(asks(check("PC-7"))) == [("dns", ["name PC-7"], False)]
    for kind in (A, AAAA, 12):
        assert names(asks(check("puppet", kind))) == [], "another host's"
    assert names(asks(check("PC-7", flags=0x0400))) == [], "several hosts have it"
    assert names(asks(check("PC-7.example.org"))) == []
    assert names(asks(check("PC-7"), dport=PORT + 1)) == []


def test_a_host_answers_for_its_own_name() -> None:
    assert names(answers(answer("PC-7", OWN4))) == [("dns", ["name PC-7"], True)]
    assert names(answers(answer("PC-7", OWN6, AAAA), version=6)) == [("dns", ["name PC-7"], True)]
    assert names(answers(answer("PC-8", OTHER))) == []
    assert names(answers(answer("PC-7", OWN4 + b"\0"))) == []
    assert names(answers(answer("PC-7", OWN6, AAAA))) == []
    for flags in (0x8400, 0x8003, 0xA000, 0x0000):
        assert names(answers(answer("PC-7", OWN4, flags=flags))) == [], (
            "conflict, error, other message, question"
        )
    assert names(answers(answer("PC-7", OWN4), sport=PORT + 1)) == []


def test_names_are_private() -> None:
    """And are no single packets that the default protocols print."""
    frames = asks(check("annas-pc")), answers(answer("annas-pc", OWN4))
    text, _ = rendered(*frames, protocols=("dns",))
    assert len(text.splitlines()) == 2
    assert "anna" not in text
    assert rendered(*frames, host_names=True)[0] == ""


def test_the_device_has_what_its_name_says() -> None:
    [one] = hg.Analyzer(protocols=PROTOCOLS).read(capture([asks(check("DESKTOP-4K2QP9R"))])).hosts
    assert one.device is not None
    assert (one.ip, one.mac, one.device.type, one.family) == (SOURCE, MAC, "computer", "Windows")
    assert "4K2QP9R" not in str(one)
    [other] = hg.Analyzer(protocols=PROTOCOLS).read(capture([asks(check("desk-1"))])).hosts
    assert other.device is None or other.device.system is None, "other systems ask, too"


def test_who_answers_for_several_devices_is_none_of_them() -> None:
    """Whoever poisons names answers for all. A computer has one such name, and ordinary ones beside it."""
    for labels, expected in (
        (("NPI1A2B3C", "DESKTOP-4K2QP9R"), (None, None, None)),
        (("DESKTOP-4K2QP9R", "NPI1A2B3C", "iPhone"), (None, None, None)),
        (("DESKTOP-4K2QP9R", "desk-1"), ("computer", None, "Windows")),
        (("NPI1A2B3C", "NPI1A2B3C"), ("printer", "HP", None)),
    ):
        frames = [answers(answer(label, OWN4)) for label in labels]
        [one] = hg.Analyzer(protocols=PROTOCOLS).read(capture(frames)).hosts
        found = one.device
        assert (found and found.type, found and found.manufacturer, found and found.system) == expected
        assert one.family == expected[2]


@pytest.mark.parametrize(
    ("label", "shown"),
    [(b'a\x1b[2Jb\nc"\\', 'name a\x1b[2Jb\nc"\\'), (b"\xc3\xa9", "name é"), (b"x" * 63, "name " + "x" * 63)],
)
def test_any_bytes_of_a_name(label: bytes, shown: str) -> None:
    frame = asks(check(label))
    assert names(frame) == [("dns", [shown], False)]
    assert "\x1b" not in rendered(frame, form="text", protocols=("dns",), host_names=True)[0]


def raw(asked: bytes, *, count: int = 1, flags: int = 0) -> bytes:
    head = bytes(2) + flags.to_bytes(2, "big") + count.to_bytes(2, "big") + bytes(6)
    return head + asked + ANY.to_bytes(2, "big") + b"\0\1"


@pytest.mark.parametrize(
    "asked",
    [
        pointer(12),
        pointer(14),
        b"\1a" + pointer(12),
        b"\1a" * 127 + b"\0",
        b"\x40" + bytes(64),
        b"",
    ],
    ids=["itself", "forward", "before it", "labels", "long", "empty"],
)
def test_names_without_end(asked: bytes) -> None:
    assert malformed(asks(raw(asked))) == 1
    answered = raw(asked, flags=ANSWER)
    assert (
        malformed(answers(answered[:6] + b"\0\1" + answered[8:] + record(pointer(12), A, OWN4, klass=1))) == 1
    )


def test_every_piece_of_a_message() -> None:
    for whole, frame in ((check("PC-7"), asks), (answer("PC-7", OWN4), answers)):
        assert all(malformed(frame(whole[:end])) == 1 for end in range(len(whole)))
    assert malformed(asks(raw(name("PC-7"), count=0))) == 1
    assert malformed(asks(raw(name("PC-7"), count=2))) == 1


def test_records_beyond_sixteen_are_not_read() -> None:
    others = record(name("x"), A, OTHER, klass=1)
    for count, found in ((15, 1), (16, 0)):
        records = others * count + record(name("PC-7"), A, OWN4, klass=1)
        head = bytes(2) + ANSWER.to_bytes(2, "big") + bytes(2) + (count + 1).to_bytes(2, "big") + bytes(4)
        assert len(names(answers(head + records))) == found


@pytest.mark.skipif(
    shutil.which("tshark") is None or not CORPUS.is_dir(), reason="tshark or the captures are absent"
)
@pytest.mark.parametrize("stem", CAPTURES)
def test_names_against_tshark(stem: str) -> None:
    path = CORPUS / f"{stem}.pcap"
    asked = tshark(path, "llmnr && dns.flags.response==0 && dns.qry.type==255 && udp", "dns.qry.name")
    given = tshark(path, "llmnr && dns.flags.response==1 && dns.a && udp", "dns.resp.name", "dns.a", "ip.src")
    expected = {number: row[0] for number, row in asked.items()}
    expected |= {number: row[0] for number, row in given.items() if row[1] == row[2]}
    found = {number: texts for number, texts in announced(path, "dns") if not texts[0].startswith("calls ")}
    assert found == {number: [f"name {label}"] for number, label in expected.items()}
    assert found


@pytest.mark.parametrize("second", [0, 7, 0xFF])
def test_transactions_have_any_number(second: int) -> None:
    numbers = [bytes((first, second)) for first in range(256)]
    assert len(names(*(asks(number + check("alice")[2:]) for number in numbers))) == 256
    data = answer("alice", bytes((192, 168, 7, 7)))
    assert len(names(*(answers(number + data[2:]) for number in numbers))) == 256

"""NetBIOS. Expected values follow from RFC 1002, [MS-MAIL] and [MS-BRWS], and of captures from tshark."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.devices import netbios
from tests.support.devices.made import IP4, MAC, Record, datagram, read, rendered
from tests.support.devices.netbios import (
    ADDRESS,
    addresses,
    announcement,
    answer,
    datagrams,
    encoded,
    mail,
    message,
    names,
    registration,
    status,
)

PC = encoded(b"ANNAS-PC")
OTHER = "192.0.2.99"


def one(*frames: bytes, **options: Any) -> Record:
    (record,) = read(*frames, **options)
    return record


def said(*frames: bytes) -> list[str]:
    """All that is announced, names too."""
    return [text for record in read(*frames, host_names=True) for text in record["announced"]]


def test_a_name_that_is_registered() -> None:
    sent = names(registration(PC))
    found = one(sent, host_names=True)
    assert (found["event"], found["host_name"], found["device_ip"]) == ("netbios", "ANNAS-PC", ADDRESS)
    assert found["mac"] == found["source_mac"] == MAC
    assert found["from_server"] is False
    plain = one(sent)
    assert plain["announced"] == []
    assert "host_name" not in plain


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (registration(PC, opcode=netbios.REFRESH), ["name ANNAS-PC"]),
        (registration(PC, opcode=9), ["name ANNAS-PC"]),
        (registration(PC, opcode=netbios.MULTIHOMED), ["name ANNAS-PC"]),
        (registration(PC, opcode=netbios.RELEASE), []),
        (registration(PC, opcode=netbios.QUERY), []),
        (registration(encoded(b"ANNAS-PC", netbios.SERVER)), ["name ANNAS-PC"]),
        (registration(encoded(b"ANNA", netbios.MESSENGER)), []),
        (registration(encoded(b"PC", scope=b"\3abc\2de\0")), ["name PC"]),
        (registration(PC, addresses(ADDRESS, flags=netbios.GROUP)), []),
        (registration(PC, addresses(OTHER)), []),
        (answer(PC, addresses(ADDRESS)), ["name ANNAS-PC"]),
        (answer(PC, addresses(OTHER, ADDRESS)), ["name ANNAS-PC"]),
        (answer(PC, addresses(OTHER)), []),  # a name server
        (answer(PC, addresses(ADDRESS), code=3), []),
    ],
)
def test_only_own_names_count(made: bytes, expected: list[str]) -> None:
    assert said(names(made)) == expected


@pytest.mark.parametrize("second", [0, 7, 0xFF])
def test_transactions_have_any_number(second: int) -> None:
    """The transaction number stands before all that is fixed."""
    name = netbios.encoded(b"ALICE")
    status = netbios.answer(name, netbios.status((b"ALICE", 0, 0x400)), kind=netbios.NBSTAT)
    for sent in (netbios.registration(name), status):
        frames = [netbios.names(bytes((first, second)) + sent[2:]) for first in range(256)]
        assert said(*frames) == ["name ALICE"] * 256


def test_the_status_of_a_node() -> None:
    node = status((b"NAS", 0, 0), (b"WORKGROUP", 0, netbios.GROUP), (b"NAS", 0x20, 0), (b"ANNA", 3, 0))
    sent = names(answer(encoded(b"*".ljust(15, b"\0")), node, kind=netbios.NBSTAT))
    assert said(sent) == ["name NAS"]
    assert one(sent)["from_server"] is True


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (announcement(version=(10, 0), types=0x1003), "10.0 workstation"),
        (announcement(types=0x9A03, comment=b"NSA 220"), "6.1 unix+server+workstation+printq NSA 220"),
        (announcement(types=0x80000018), "6.1 dc"),
        (announcement(types=0, comment=b"x"), "6.1 - x"),
        (announcement(command=15, version=(5, 2), types=0x829003), "5.2 server+workstation"),
        (announcement(command=12, version=(3, 10)), None),
        (announcement(command=2), None),
    ],
)
def test_announcements_of_servers(made: bytes, expected: str | None) -> None:
    found = said(datagrams(message(mail(made))))
    assert found == ["name PRN"] + ([] if expected is None else [f"browser {expected}"])


def test_a_comment_is_private() -> None:
    sent = datagrams(message(mail(announcement(types=0x800, comment=b"Annas disk"))))
    assert one(sent)["announced"] == ["browser 6.1 unix"]
    for form in ("json", "eve", "ecs", "text"):
        assert "Anna" not in rendered(sent, form=form)[0]


def test_names_of_mail_slots() -> None:
    made = announcement(version=(10, 0), types=1)
    assert said(datagrams(message(mail(made, b"\\mailslot\\browse"))))[1:] == ["browser 10.0 workstation"]
    assert said(datagrams(message(mail(made, b"\\MAILSLOT\\LANMAN"))))[1:] == []
    assert said(datagrams(message(b"no SMB"))) == ["name PRN"]


@pytest.mark.parametrize(
    "fields",
    [{"source": OTHER}, {"flags": 0x08}, {"place": 9}, {"kind": 0x14}, {"suffix": netbios.MESSENGER}],
)
def test_datagrams_that_say_nothing_of_their_sender(fields: dict[str, Any]) -> None:
    text, stats = rendered(datagrams(message(b"", **fields)))
    assert text == ""
    assert (stats.analysed, stats.netbios_malformed) == (1, 0)


def test_behind_a_router_the_frame_is_the_routers() -> None:
    near, far = (datagram(registration(PC), 137, 137, ip=replace(IP4, ttl=ttl)) for ttl in (128, 125))
    assert one(near)["mac"] == MAC
    assert "mac" not in one(far)
    assert one(far)["source_mac"] == MAC


@pytest.mark.parametrize(
    ("sent", "is_read"),
    [
        (names(b"short"), False),
        (names(registration(PC)[:60]), False),
        (names(registration(PC)[:-1]), False),
        (names(registration(b"\x20" + b"a" * 32 + b"\0")), False),
        (names(registration(encoded(b"PC", scope=b"\x40"))), False),
        (names(registration(encoded(b"PC", scope=b"\x3f" * 320))), False),
        (names(answer(PC, b"\x09short", kind=netbios.NBSTAT)), False),
        (datagrams(b"\x11\x0a"), False),
        (datagrams(message(b"")[:60]), False),
        (datagrams(message(mail(announcement())[:40])), True),
        (datagrams(message(mail(announcement())[:-1])), True),
        (datagrams(message(mail(b"\1short"))), True),
    ],
)
def test_what_is_malformed_is_counted(sent: bytes, is_read: bool) -> None:
    text, stats = rendered(sent)
    assert stats.netbios_malformed == 1
    assert bool(text) == is_read


def test_protocols_choose() -> None:
    sent = names(registration(PC))
    assert len(read(sent, protocols=("netbios",))) == 1
    assert read(sent, protocols=("dhcp", "tcp")) == []

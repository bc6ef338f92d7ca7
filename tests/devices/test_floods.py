"""Floods of announcements: memory and lists have limits, and what they leave out is counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from tests.support.devices import dhcp6, mdns, neighbours
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.floods import SENDERS
from tests.support.devices.made import capture, frame, mac_of, rendered
from tests.support.devices.requests import request
from tests.support.packets import Ip4, Tcp, packet

MANY, ROOM = 400, 50
CLAIMS, OF_A_KIND = 16, 8


def kept(frames: Iterable[bytes], *, live: bool) -> Inventory:
    """An inventory with room for few hosts."""
    analyzer = hg.Analyzer()
    inventory = Inventory(analyzer.database, max_inventory=ROOM, live=live)
    for batch in analyzer.batches(capture([*frames])):
        inventory.add(batch)
    return inventory


@pytest.mark.parametrize("made", SENDERS)
def test_new_senders(made: object) -> None:
    """Those that there is no room for are left out; in a live inventory they evict others."""
    assert callable(made)
    found = kept(map(made, range(MANY)), live=False)
    assert (len(found), found.left_out) == (ROOM, MANY - ROOM)
    found = kept(map(made, range(MANY)), live=True)
    assert (len(found), found.forgotten) == (ROOM, MANY - ROOM)
    assert sum(host["mac"] is not None for host in found.values()) == ROOM


def of_tcp(number: int) -> bytes:
    return frame(packet(Ip4(source=f"198.51.100.{number}"), Tcp()), 0x0800)


@pytest.mark.parametrize("live", [False, True])
def test_hosts_that_only_announce_make_room_for_others(live: bool) -> None:
    """In a full inventory, and never the other way round."""
    announced = [sender(number) for number in range(MANY) for sender in SENDERS]
    few, many = ([of_tcp(number) for number in range(count)] for count in (ROOM // 2, ROOM))
    found = kept([*few, *announced, *many], live=live)
    assert {host["ip"] for host in found.values()} == {f"198.51.100.{number}" for number in range(ROOM)}
    assert {host["first_seen"] for host in found.values() if int(host["ip"][11:]) < ROOM // 2} == {
        10**18 + number * 10**6 for number in range(ROOM // 2)
    }
    found = kept([*many, *announced], live=live)
    assert {host["syns"] for host in found.values()} == {1}


def said_by_one() -> Iterator[bytes]:
    for number in range(MANY):
        yield request(option(60, b"AXIS,Network Camera,P%d,1" % number))
        yield from_client(message(option(12, b"iPhone-%d" % number)))


def test_new_names_of_one_sender() -> None:
    """A host keeps a few claims of each kind; the rest is counted."""
    found = kept(said_by_one(), live=False)
    [host] = [json.loads(line) for piece in found.written("json") for line in piece.splitlines()]
    sources = [one["source"] for one in host["device"]["evidence"]]
    assert OF_A_KIND <= len(sources) <= CLAIMS
    assert max(map(sources.count, sources)) == OF_A_KIND
    assert found.untracked >= MANY - OF_A_KIND


def test_new_macs_of_one_address() -> None:
    """None takes the place of the first one, and as many claims are kept as have room."""
    found = kept((request(option(60, b"MSFT 5.0"), mac=mac_of(number)) for number in range(MANY)), live=False)
    [host] = found.values()
    assert host["mac"] == mac_of(0)
    classes = [one for one in host["device"]["evidence"] if one["source"] == "dhcp-class"]
    assert [one["packets"] for one in classes] == [1] * OF_A_KIND
    assert [one["scope"] for one in classes] == ["own"] + ["segment"] * (OF_A_KIND - 1)


def test_compression_to_the_limit() -> None:
    """Names of 16 pieces are read, and longer chains are damage."""
    _, stats = rendered(mdns.sent(mdns.jumping(16, 1, mdns.TXT, b"\0")))
    assert stats.mdns_malformed == 0
    _, stats = rendered(mdns.sent(mdns.jumping(17, 1, mdns.TXT, b"\0")))
    assert stats.mdns_malformed == 1


@pytest.mark.parametrize(
    "sent",
    [
        mdns.sent(mdns.message(mdns.text(b"a", "_ipp._tcp", *[b"k%d=1" % n for n in range(200)]))),
        from_client(message(*[option(77, b"class-%d" % n) for n in range(100)])),
        dhcp6.from_client(dhcp6.message(dhcp6.texts(16, bytes(4), *[b"%d" % n for n in range(200)]))),
        neighbours.lldp_frame(*[neighbours.med(10, b"%d" % n) for n in range(120)]),
    ],
)
def test_long_lists_are_cut(sent: bytes) -> None:
    """64 texts of an announcement, 2,048 bytes."""
    text, stats = rendered(sent, host_names=True)
    assert stats.announcements_cut == 1
    [row] = map(json.loads, text.splitlines())
    assert len(row.get("announced", row.get("vendor_data"))) <= 64

"""What a store knows of devices: a restart repeats nothing, and after 30 days it has no MACs."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from ipaddress import ip_address
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run.changes import WatchedDevice
from huginn_cffi.run.settings import DeviceNews
from huginn_cffi.store import news
from huginn_cffi.store.news import NEWS_KEPT
from huginn_cffi.store.opening import open_for_writing
from huginn_cffi.store.retention import Retention
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from huginn_cffi.store.watched import WatchedTable
from huginn_cffi.store.writer import Writer
from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp, neighbor
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET, MAC, frame
from tests.support.devices.news import ANDROID, START, VRRP, WINDOWS, mac, seen, states
from tests.support.holders import FROM, connection, in_blocks, syn
from tests.support.hosts import host, with_changes
from tests.support.packets import Ip4, checksum
from tests.support.sweeps import asked, others, timed

DAY = 86_400
NEWS = DeviceNews(30 * DAY)


def run(
    path: Path, *packets: Packet, watches: bool = True, news: DeviceNews = NEWS, senders: bool = False
) -> list[tuple[str, str]]:
    """A capture with a store: what is news in it."""
    inventory = Inventory(hg.Database.load_default(), live=True)
    writer = Writer(str(path), "gate", inventory.changed)
    if watches:
        inventory.watch(news)
        inventory.know(writer.watched.known())
        writer.watches = True
    found = []
    capture = pcap(list(packets), ETHERNET, nanoseconds=True)
    for batch in with_changes(inventory, capture, protocols=PROTOCOLS, senders=senders):
        text = batch.render("json")
        found += [one for one in map(json.loads, text.splitlines()) if one["event"] == "device_change"]
    inventory.conclude()
    if watches:
        writer.hand_over([json.dumps(one) for one in found], [*inventory.watched()])
    assert writer.close()
    return [(one["change"], one["mac"]) for one in found]


def test_a_value_stated_for_a_full_table_takes_no_place_of_the_latest_before_it() -> None:
    """The latest one is the oldest item that is looked at."""

    def is_other(one: WatchedDevice) -> bool:
        return one.kind != lib.HG_WATCHED_STATED or one.key.rstrip(b"\0") != b"D4"

    known = list[WatchedDevice]()
    for gateway in ("192.0.2.1", "192.0.2.66"):
        inventory = Inventory(hg.Database.load_default(), live=True)
        inventory.watch(NEWS)
        inventory.know(known)
        lease = dhcp.message(
            dhcp.option(3, ip_address(gateway).packed), kind=dhcp.ACK, op=2, yiaddr="10.0.0.8"
        )
        capture = pcap([(START + DAY, dhcp.from_server(lease, mac=mac(1)))], ETHERNET, nanoseconds=True)
        (batch,) = with_changes(inventory, capture, protocols=PROTOCOLS)
        latest, *rest = sorted(inventory.watched(), key=is_other)
        fill = (WatchedDevice(4, number.to_bytes(18, "big"), START) for number in range(1, 1 << 18))
        known = [latest._replace(last_ns=1, since_ns=1), *rest, *fill][: 1 << 18]
    events = [json.loads(line) for line in batch.render("json").splitlines()]
    (found,) = (one for one in events if one.get("change") == "segment_changed")
    assert (found["before"], found["after"]) == ("gateway 192.0.2.1", "gateway 192.0.2.66")


def test_a_restart_repeats_nothing(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    server = dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr="10.0.0.8"), mac=mac(1))
    packets = [
        *(seen(0, 1, "10.0.0.1"), seen(1, 2, "10.0.0.7"), seen(2, 3, "10.0.0.8"), seen(9, 3, "10.0.0.7")),
        (START + 10 * 10**9, server),
    ]
    first = [
        *(("device_new", mac(1)), ("device_new", mac(2)), ("device_new", mac(3))),
        *(("new_dhcp_server", mac(1)), ("address_claimed", mac(3))),
    ]
    assert run(path, *packets) == first
    assert run(path, *packets) == []
    assert run(path, seen(8000, 2, "10.0.0.7"), seen(8001, 4, "10.0.0.9")) == [("device_new", mac(4))]
    flips = [seen(9000 + at, 2 + at % 2, "10.0.0.7") for at in range(5)]
    assert run(path, *flips) == [("address_claimed", mac(3))]
    assert run(path, *flips) == []


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("tag", [b"", b"\x81\0\0\7"], ids=["untagged", "VLAN 7"])
@pytest.mark.parametrize("states_it", [False, True])
@pytest.mark.parametrize("hours", [1, 50])
def test_a_new_user_of_an_address_after_a_restart_has_moved_it(
    tmp_path: Path, version: int, tag: bytes, states_it: bool, hours: int
) -> None:
    """Its holder sent packets in an earlier run, or also stated the address; nothing is said of it again."""

    def used(at: float, by: str) -> list[Packet]:
        packets = connection(at, by, version=version)
        if states_it:
            own = arp(FROM[4], mac=by) if version == 4 else neighbor.advertise(FROM[6], mac=by)
            packets.insert(0, (packets[0][0] - 10**9, own))
        return [(time, data[:12] + tag + data[12:]) for time, data in packets]

    path = tmp_path / "hosts.sqlite"
    known = [("device_new", MAC), ("device_new", mac(1))]  # the other end is behind a router
    assert sorted(run(path, *used(0, mac(1)), senders=True)) == known
    assert run(path, *used(60, mac(1)), senders=True) == []
    assert run(path, *used(3600 * hours, mac(2)), senders=True) == [
        ("device_new", mac(2)),
        ("address_moved", mac(2)),
    ]
    assert run(path, *used(3600 * hours + 60, mac(2)), senders=True) == []


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("order", ["he", "eh", "hee", "eeh", "hhe", "ehh"])
@pytest.mark.parametrize("of", ["another", "the same", "none", "a router"])
def test_a_takeover_that_a_restart_meets_is_news(tmp_path: Path, version: int, order: str, of: str) -> None:
    """The holder and another station send in turns, each frame in its own block, as live.

    MACs that are random in each frame show nothing, nor do copies behind a router.
    """
    path, holder, ttl = tmp_path / "hosts.sqlite", mac(1), 63 if of == "a router" else 64
    run(path, *connection(0, holder, version=version), senders=True)
    packets = list[Packet]()
    for at, who in enumerate(order * 4):
        other = {"the same": holder, "none": mac(100 + at)}.get(of, mac(2))
        packets.append(
            syn(60 + at, holder, version=version, port=40_000 + at)
            if who == "h" and of != "none"
            else syn(60 + at, other, version=version, port=40_000 + at, ttl=ttl)
        )
    found = [one for one in run(path, *in_blocks(packets), senders=True) if one[0] == "address_moved"]
    assert found == ([("address_moved", mac(2))] if of == "another" else [])


def test_who_only_forwards_after_a_restart_has_moved_nothing(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    run(path, *connection(0, mac(1)), senders=True)
    assert ("address_moved", mac(2)) not in run(path, *connection(3600, mac(2), ttl=63), senders=True)
    assert ("address_moved", mac(2)) not in run(
        path, *connection(-3600, mac(2)), senders=True
    )  # read later, but older
    assert ("address_moved", VRRP) not in run(path, *connection(7200, VRRP), senders=True)


@pytest.mark.parametrize("lease_at", [-1, 2], ids=["before its first packet", "after it"])
def test_a_takeover_of_a_gateway_is_news_after_a_restart(tmp_path: Path, lease_at: int) -> None:
    """Another address has its limit of an hour for each MAC. So has the gateway's without a lease."""
    router = dhcp.option(3, bytes((10, 0, 0, 1))), dhcp.option(1, bytes((255, 255, 255, 0)))
    ack = dhcp.message(*router, kind=dhcp.ACK, op=2, yiaddr="10.0.0.7", mac=mac(2))
    lease = START + lease_at * 10**9, dhcp.from_server(ack, mac=mac(5))
    own = [seen(1, 1, "10.0.0.1"), seen(-2, 2, "10.0.0.7"), seen(1, 3, "10.0.0.9"), seen(1, 6, "10.0.0.6")]
    own += [seen(2, 0x90 + n, f"10.0.1.{n}") for n in range(4)]
    taken = [*(seen(60, 6, f"10.0.1.{n}") for n in range(4)), seen(200, 6, "10.0.0.1")]
    for name, first, moved in (("with", [lease], 2), ("without", [], 1)):
        path = tmp_path / name
        run(path, *sorted([*own, *first]))
        assert run(path, *taken).count(("address_claimed", mac(6))) == moved


def test_a_router_that_others_withdraw_is_news_after_a_restart(tmp_path: Path) -> None:
    path, later = tmp_path / "hosts.sqlite", START + 60 * 10**9
    run(path, seen(0, 6, "10.0.0.6"), (START, neighbor.route(mac=mac(1))))
    own = neighbor.route(mac=mac(1), lifetime=0)
    assert run(path, (later, own)) == []
    sender = bytes.fromhex(mac(1).replace(":", "")) + b"\x86\xdd"
    forged = own.replace(sender, bytes.fromhex(mac(6).replace(":", "")) + b"\x86\xdd")
    assert run(path, (later, forged)) == [("address_claimed", mac(6))]


def test_redirects_of_a_gateway_make_no_router_after_a_restart(tmp_path: Path) -> None:
    """Those of others are, also if they had its address before."""
    router = dhcp.message(
        dhcp.option(3, bytes((10, 0, 0, 1))), kind=dhcp.ACK, op=2, yiaddr="10.0.0.7", mac=mac(2)
    )
    own = [seen(0, 2, "10.0.0.7"), seen(1, 1, "10.0.0.1"), seen(1, 6, "10.0.0.6")]
    lease = START + 2 * 10**9, dhcp.from_server(router, mac=mac(5))
    body = bytes((5, 1, 0, 0, 10, 0, 0, 2)) + Ip4("10.0.0.7", "192.0.2.9").pack(bytes(8))
    body = body[:2] + checksum(body).to_bytes(2, "big") + body[4:]
    for name, first, expected in (
        ("with", [lease], [("segment_changed", mac(1))]),
        ("without", [], [("new_router", mac(1))]),
    ):
        path = tmp_path / name
        run(path, *own, *first)
        redirects = {
            by: (START + 99 * 10**9, frame(Ip4("10.0.0.1", "10.0.0.7", protocol=1).pack(body), 0x800, mac=by))
            for by in (mac(1), mac(6))
        }
        assert run(path, seen(90, 1, "10.0.0.1"), redirects[mac(1)]) == expected
        moved = run(path, seen(91, 6, "10.0.0.1"), seen(92, 1, "10.0.0.1"), redirects[mac(6)])
        assert ("new_router", mac(6)) in moved


def test_what_a_device_states_is_compared_over_runs(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    assert run(path, states(0, WINDOWS), states(60, WINDOWS)) == [("device_new", "00:00:5e:00:53:01")]
    assert run(path, states(2000, ANDROID)) == []
    assert run(path, states(4000, ANDROID)) == [("device_changed", "00:00:5e:00:53:01")]


def test_hosts_of_a_store_are_no_news(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    assert run(path, seen(0, 1, "10.0.0.7"), watches=False) == []
    assert run(path, seen(9, 1, "10.0.0.7"), seen(10, 2, "10.0.0.8")) == [("device_new", mac(2))]


def test_an_erased_device_is_new_and_its_mac_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    assert len(run(path, seen(0, 1, "10.0.0.7"), states(1, WINDOWS))) == 2
    assert run(path, seen(32 * DAY, 2, "10.0.0.8")) == [("device_new", mac(2))]
    with closing(sqlite3.connect(path)) as connection:
        everything = repr(
            [*connection.execute("SELECT * FROM watched"), *connection.execute("SELECT mac FROM host")]
        )
    for old in (mac(1), "00:00:5e:00:53:01"):
        assert old not in everything
        assert repr(bytes.fromhex(old.replace(":", "")))[2:-1] not in everything
    assert run(path, seen(33 * DAY, 1, "10.0.0.7")) == [("device_new", mac(1))]
    assert run(path, seen(34 * DAY, 1, "10.0.0.7")) == []


def test_a_device_that_is_not_erased_yet_is_back(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    run(path, seen(0, 1, "10.0.0.7"))
    assert run(path, seen(30.5 * DAY, 1, "10.0.0.7")) == [("device_back", mac(1))]


def test_news_that_find_no_room_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "KIND_KEPT", NEWS_KEPT)
    writer = Writer(str(tmp_path / "store.db"), "gate")
    writer.hand_over([json.dumps({"event": "device_change", "number": one}) for one in range(NEWS_KEPT)], [])
    writer.hand_over(["{}"] * 3, [])
    assert not writer.close()
    assert writer.left_out == 3
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        (first,) = connection.execute("SELECT record FROM news ORDER BY id").fetchone()
    assert json.loads(first)["number"] == 3


@pytest.mark.parametrize("hours", [1, 24 * 365 * 60])
def test_a_store_is_not_ahead_of_this_machine_s_clock(tmp_path: Path, hours: int) -> None:
    """A live capture whose clock was ahead wrote it; files of the past stay in their order."""
    now = time.time_ns()
    path = tmp_path / "hosts.sqlite"
    own = seen(0, 1, "10.0.0.7")[1]
    assert run(path, (now + hours * 3600 * 10**9, own)) == [("device_new", mac(1))]
    taken = [(now + at * 10**9, seen(0, 2, "10.0.0.7")[1]) for at in range(1, 3)]
    assert run(path, *taken) == [("device_new", mac(2)), ("address_claimed", mac(2))]
    assert run(path, (now - 3600 * 10**9, own)) == []


def test_a_wrong_time_keeps_no_device(tmp_path: Path) -> None:
    connection, lock = open_for_writing(str(tmp_path / "hosts.sqlite"))
    watched = WatchedTable(connection)
    Upserts(connection, "", "gate").write(in_order([host()]))
    watched.write([WatchedDevice(4, bytes(18), 1 << 62)])
    Retention(connection, watched=watched).forget(now=True)
    assert [one.last_ns for one in watched.known()] == [host().last_seen_ns]
    connection.close()
    lock.release()


def sweep(path: Path, begin: float = 0, *, loses: bool = False, news: bool = False) -> list[str]:
    """Findings of a sweep by ARP in a capture with a store; with `loses` it is killed before that."""
    inventory = Inventory(hg.Database.load_default(), live=True)
    writer = Writer(str(path), "gate", inventory.changed)
    inventory.report_findings()
    if news:
        inventory.watch(NEWS)
    inventory.know(writer.watched.known())
    capture, found = pcap(timed(asked(others(254)), begin=begin), ETHERNET), []
    for batch in with_changes(inventory, capture, protocols=PROTOCOLS):
        records = map(json.loads, batch.render("json").splitlines())
        found += [one["finding"] for one in records if one["event"] == "finding"]
    if not loses:
        writer.hand_over([], [*inventory.watched()])
    assert writer.close()
    return found


@pytest.mark.parametrize("news", [False, True])
def test_a_restart_repeats_no_finding(tmp_path: Path, news: bool) -> None:
    path = tmp_path / "hosts.sqlite"
    assert sweep(path, loses=True, news=news) == ["horizontal_scan"]
    assert sweep(path, news=news) == ["horizontal_scan"], "it was lost"
    assert sweep(path, 1000, news=news) == []


def test_findings_of_another_version_are_not_those_of_this_one(tmp_path: Path) -> None:
    """They are bits, whose meanings depend on the list of findings."""
    path = tmp_path / "hosts.sqlite"
    sweep(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE watched SET mac = zeroblob(6) WHERE kind & 8")
    assert sweep(path, 1000) == ["horizontal_scan"]

"""The holders of an address: what two stations did is never mixed, in any order of runs."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from hashlib import sha256
from itertools import count as count_up
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.errors import StoreError
from huginn_cffi.base.times import rfc3339
from huginn_cffi.cli import main
from huginn_cffi.hosts import HostRecord
from huginn_cffi.hosts.objects import Device, DeviceConfidence
from huginn_cffi.hosts.record import HostPeer, address_bytes
from huginn_cffi.store import reading
from huginn_cffi.store.holders import HOLDERS_KEPT, SILENCE_NS, HolderPart, number_holders
from huginn_cffi.store.merging import merge
from huginn_cffi.store.opening import in_memory, open_for_writing
from huginn_cffi.store.reading import Store
from huginn_cffi.store.retention import DEVICE_NS, Retention
from huginn_cffi.store.rows import Address, in_order
from huginn_cffi.store.upserts import Upserts, fold
from tests.support.captures import enhanced, interface, pcap, section
from tests.support.devices.made import ETHERNET, mac_bytes
from tests.support.hosts import BEGAN, SECOND, UNKNOWN, conclusion, host, port, sighting
from tests.support.packets import Ip4, Tcp, mss, packet

A, B, C, GATEWAY = (f"00:00:5e:00:53:{number:02x}" for number in (0xA, 0xB, 0xC, 1))
DAY = 86_400 * SECOND
IP = "192.0.2.1"
SURE = DeviceConfidence(0.95, 0.95, 0.9, None, None)
PRINTER = Device("printer", "HP", "LaserJet", None, None, SURE, ())


def seen(mac: str | None, first: float, last: float | None = None, **more: Any) -> HostRecord:
    """A host that a run saw; times are days."""
    begin, end = (BEGAN + int(at * DAY) for at in (first, first if last is None else last))
    times = {"first_seen_ns": begin, "last_seen_ns": end}
    sightings = (sighting(name={A: "Windows", B: "Android"}.get(str(mac), "Linux"), **times),)
    ports = (port({A: 80, B: 443}.get(str(mac), 22), "server", last_seen_ns=end),)
    return host(more.pop("ip", IP), mac=mac, **{"sightings": sightings, "ports": ports, **times, **more})


def write(path: Path, runs: Iterable[Sequence[HostRecord]], sensor: str = "gate") -> None:
    connection, lock = open_for_writing(str(path))
    with closing(connection):
        for records in runs:
            capture = sha256(repr([*records]).encode()).digest()  # as of its first packets
            Upserts(connection, "", sensor, [capture].__iter__).write(in_order(records))
    lock.release()


def forget(path: Path, **limits: Any) -> None:
    connection, lock = open_for_writing(str(path))
    with closing(connection):
        Retention(connection, **limits).forget(now=True)
    lock.release()


def holders(path: Path, address: str = IP) -> list[dict[str, Any]]:
    with Store(path) as store:
        return [*store.holders(address)]


def spans(path: Path) -> list[tuple[str | None, float, float, int]]:
    """MAC, days and SYNs of each holder."""
    query = "SELECT mac, first_seen, last_seen, syns FROM holders ORDER BY first_seen, last_seen, mac"
    with closing(sqlite3.connect(path)) as store:
        return [(mac, day(first), day(last), syns) for mac, first, last, syns in store.execute(query)]


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as store:
        return int(store.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def day(time: str) -> float:
    """Days since `BEGAN`, 2023-11-14 22:13:20."""
    with closing(sqlite3.connect(":memory:")) as store:
        query = "SELECT julianday(?) - julianday('2023-11-14 22:13:20')"
        return round(float(store.execute(query, (time[:19],)).fetchone()[0]), 3)


@pytest.mark.parametrize("order", [*permutations(range(3))])
@pytest.mark.parametrize("times", [1, 2])
def test_an_address_that_moves_and_returns_has_a_holder_each_time(
    tmp_path: Path, order: tuple[int, ...], times: int
) -> None:
    path = tmp_path / "hosts.sqlite"
    runs = ([seen(A, 0, 1, syns=3)], [seen(B, 2, 3, syns=5)], [seen(A, 4, 5, syns=7)])
    write(path, [runs[at] for at in order] * times)
    assert spans(path) == [(A, 0.0, 1.0, 3), (B, 2.0, 3.0, 5), (A, 4.0, 5.0, 7)]
    found = holders(path)
    assert [(one["mac"], one["server_ports"]) for one in found] == [(A, [80]), (B, [443]), (A, [80])]


def test_runs_that_saw_one_station_are_one_holder(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    write(path, [[seen(A, 2)], [seen(A, 0)], [seen(C, 1, ip="192.0.2.2")]])
    assert spans(path) == [(A, 0.0, 2.0, 2), (C, 1.0, 1.0, 1)]


def test_holders_of_the_same_time_have_one_order(tmp_path: Path) -> None:
    """As of two networks with the same addresses, captured at once."""
    found = set()
    for number, order in enumerate(permutations([[seen(A, 1)], [seen(B, 1)], [seen(C, 1)]])):
        path = tmp_path / f"{number}.sqlite"
        write(path, order)
        with closing(sqlite3.connect(path)) as store:
            found.add(tuple(store.execute("SELECT mac, server_ports FROM holders ORDER BY holder")))
    assert len(found) == 1


def test_a_holder_that_returns_within_five_minutes_goes_on(tmp_path: Path) -> None:
    """As in one run: the other station may be an attacker, or a second server."""
    minute = 1 / 1440
    for pause, count in ((5, 2), (6, 3)):
        path = tmp_path / f"{pause}.sqlite"
        write(path, [[seen(A, 1 + pause * minute)], [seen(B, 1 + minute, 1 + 3 * minute)], [seen(A, 0, 1)]])
        assert len(spans(path)) == count


def test_what_was_seen_without_a_mac_joins_the_only_holder_at_that_time(tmp_path: Path) -> None:
    """Else nothing tells whose it is: it stays alone, and mixes with nothing."""
    for name, runs, expected in (
        ("same time", [seen(A, 0, 2), seen(None, 1)], [(A, 0.0, 2.0, 2)]),
        ("later", [seen(A, 0), seen(None, 1)], [(A, 0.0, 0.0, 1), (None, 1.0, 1.0, 1)]),
        (
            "two at that time",
            [seen(A, 0, 2), seen(B, 0, 2), seen(None, 1)],
            [(A, 0.0, 2.0, 1), (B, 0.0, 2.0, 1), (None, 1.0, 1.0, 1)],
        ),
        ("never a MAC", [seen(None, 0), seen(None, 9)], [(None, 0.0, 9.0, 2)]),
    ):
        for order in permutations(runs):
            path = tmp_path / f"{name}{[one.mac for one in order]}{order[0].first_seen_ns}.sqlite"
            write(path, [[one] for one in order])
            assert spans(path) == expected, name


def test_a_mac_that_becomes_known_or_is_taken_back_during_a_run(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    connection, lock = open_for_writing(str(path))
    with closing(connection):
        upserts = Upserts(connection, "", "gate")
        for last, mac in enumerate((None, A, B, None, C)):
            upserts.write(in_order([seen(mac, 0, last)]))
            assert spans(path) == [(mac, 0.0, float(last), 1)]
    lock.release()


def test_a_lease_is_not_that_of_the_mac_before(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    connection, lock = open_for_writing(str(path))
    with closing(connection):
        upserts = Upserts(connection, "", "gate")
        upserts.write(in_order([seen(A, 0, 1, lease_until_ns=BEGAN + 9 * DAY)]))
        upserts.write(in_order([seen(B, 0, 2)]))
    lock.release()
    assert [(one["mac"], one["lease_until"]) for one in holders(path)] == [(B, None)]


def test_of_several_runs_the_last_known_lease_counts(tmp_path: Path) -> None:
    """Though it is shorter; a run that saw none says nothing about it."""
    path = tmp_path / "hosts.sqlite"
    leases = [seen(A, at, lease_until_ns=BEGAN + end * DAY) for at, end in ((0, 9), (1, 8))]
    for order in permutations([*leases, seen(A, 2)]):
        path.unlink(missing_ok=True)
        write(path, [[one] for one in order])
        assert [day(one["lease_until"]) for one in holders(path)] == [8.0]


def test_parts_that_end_together_are_not_folded(tmp_path: Path) -> None:
    """None of them is older than the others; the next run is written nevertheless."""
    path = tmp_path / "hosts.sqlite"
    write(path, [[seen(A, 0)], [seen(A, 1)]])
    with closing(sqlite3.connect(path)) as store:
        addr = Address(address_bytes(IP))
        assert [fold(store, 1, addr, 0, BEGAN + days * DAY) for days in (0, 1, 2)] == [0, 0, 1]


def test_the_core_has_the_same_limits() -> None:
    def of(path: str, pattern: str) -> int:
        text = (Path(__file__).resolve().parents[2] / "csrc" / path).read_text(encoding="utf-8")
        [found] = re.findall(pattern, text)
        return int(found)

    silence_s = of("stations/holder.h", r"#define HG_HOLDER_SILENCE_NS \((\d+) \* UINT64_C\(1000000000\)\)")
    assert silence_s * SECOND == SILENCE_NS
    assert of("hosts/holders.h", r"\bHG_ADDRESS_HOLDERS = (\d+)\b") == HOLDERS_KEPT


def test_the_same_time_of_two_stations_does_not_mix_them(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    records = seen(A, 0, 1), seen(B, 0, 2, syns=2)
    for _ in range(2):
        write(path, [records])
    assert spans(path) == [(A, 0.0, 1.0, 1), (B, 0.0, 2.0, 2)]
    other = tmp_path / "other.sqlite"
    write(other, [records[1:], records[:1]])
    assert spans(other) == spans(path)


@pytest.mark.parametrize("begins", [b"\1" * 24 + b"\2" * 40, b"\1" * 64])
def test_a_longer_capture_with_the_same_beginning_replaces_it(tmp_path: Path, begins: bytes) -> None:
    """And captures that were read one by one are not added to a run that reads all; another one is."""
    first, second, third = b"\1" * 24, b"\3" * 64, b"\4" * 64
    runs = (
        ((first,), seen(A, 0, 1, syns=3)),
        ((begins,), seen(A, 0, 2, syns=5)),
        ((second,), seen(A, 3, syns=4)),
        ((begins, second), seen(A, 0, 3, syns=9)),
        ((third,), seen(A, 1, syns=100)),
    )
    for number, order in enumerate(permutations(runs)):
        path = tmp_path / f"{number}.sqlite"
        connection, lock = open_for_writing(str(path))
        with closing(connection):
            for captures, one in order:
                Upserts(connection, "", "gate", captures.__iter__).write(in_order([one]))
        lock.release()
        assert spans(path) == [(A, 0.0, 3.0, 109)]


def test_holders_are_numbered_as_by_comparing_each_with_each() -> None:
    draw, minute = random.Random(7), 60 * SECOND
    for _ in range(500):
        begins = [draw.randrange(40) * minute for _ in range(draw.randrange(2, 9))]
        parts = [
            HolderPart(
                1, at, 1, draw.choice((None, A, B, C)), None, first, first + draw.randrange(12) * minute
            )
            for at, first in enumerate(begins)
        ]
        number_holders(parts)
        for mac in (A, B, C):
            own = sorted((part for part in parts if part.mac == mac), key=lambda one: one.first)
            end = 0
            for before, part in pairwise(own):
                end = max(end, before.last)
                others = [one for one in parts if one.mac not in (None, mac)]
                is_between = any(one.first < part.first and one.last > end for one in others)
                is_other = part.first - end > 5 * minute and is_between
                assert (before.holder != part.holder) == is_other
        spans = {
            number: [one for one in parts if one.holder == number and one.mac]
            for number in {one.holder for one in parts if one.mac}
        }
        for part in (one for one in parts if one.mac is None):
            near = [
                number
                for number, own in spans.items()
                if min(one.first for one in own) <= part.last + 5 * minute
                and max(one.last for one in own) >= part.first - 5 * minute
            ]
            assert (part.holder in spans) == (len(near) == 1)
            assert part.holder in near or len(near) != 1


def test_of_too_many_holders_those_with_connections_stay(tmp_path: Path) -> None:
    """As when somebody sends from an address with ever new MACs."""
    path = tmp_path / "hosts.sqlite"
    forged = [seen(f"02:00:00:00:00:{at:02x}", 1 + at, connections=0) for at in range(100)]
    write(path, [[seen(A, 0, connections=5)], forged[:50], *([one] for one in forged[50:])])
    found = holders(path)
    assert [one["mac"] for one in found] == [A, *(one.mac for one in forged[37:])]
    assert {count(path, table) for table in ("host", "system", "port")} == {64}


def test_views_and_look_ups_show_the_latest_holder(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    peers = (HostPeer("192.0.2.9", "to", 502, None, 1, 1, BEGAN, BEGAN),)
    write(path, [[seen(A, 0, device=PRINTER, peers=peers, last_change_ns=BEGAN)], [seen(B, 1)], [seen(B, 2)]])
    with Store(path) as store:
        [found] = store.find(IP)
        assert (found["mac"], found["device_type"], found["syns"]) == (B, None, 2)
        assert (found["server_ports"], found["last_change"]) == ([443], None)
        assert [one["mac"] for one in store.values()] == [A, B]
        assert [one["mac"] for one in store.values("holder = 0")] == [B]
        assert len(store) == 2
    with closing(sqlite3.connect(path)) as opened:
        rows = {
            name: opened.execute(f"SELECT {columns} FROM {name} ORDER BY 1").fetchall()
            for name, columns in (
                ("hosts", "mac, family, server_ports, syns"),
                ("services", "mac, port, packets, holder"),
                ("systems_now", "family, packets"),
                ("peers", "mac, peer, holder"),
                ("changes", "kind, ip"),
            )
        }
    assert rows == {
        "hosts": [(B, "Linux", "443", 2)],
        "services": [(A, 80, 1, 1), (B, 443, 2, 0)],
        "systems_now": [("Android", 2)],
        "peers": [(A, "192.0.2.9", 1)],
        "changes": [("host_change", IP)],
    }


def test_the_holders_of_an_address_and_the_hosts_of_a_mac(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    first = [seen(A, 0), seen(A, 4, ip="2001:db8::1"), seen(A, 3, tunnel="VLAN 20")]
    write(path, [first, [seen(B, 1)], [seen(C, 0, ip="192.0.2.10")]])
    with Store(path) as store:
        found = [(one["mac"], one["tunnel"]) for one in store.holders(IP)]
        assert found == [(A, None), (B, None), (A, "VLAN 20")]
        assert [one["mac"] for one in store.holders(bytes((192, 0, 2, 1)))] == [A, B, A]
        assert [one["ip"] for one in store.holders(A)] == [IP, IP, "2001:db8::1"]
        assert {*next(store.holders(IP))} == {*next(store.values())}
        assert not [*store.holders("192.0.2.11")]
        with pytest.raises(ValueError, match="is not an address"):
            store.holders("192.0.2")


def test_a_mac_may_have_any_number_of_hosts(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    write(path, [[seen(A, 0, ip=f"10.0.{at >> 8}.{at & 255}") for at in range(1200)]])
    assert len(holders(path, A)) == 1200


@pytest.mark.parametrize("address", [IP, A])
def test_reading_holders_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """As a condition does: a manipulated store may have any number of parts."""
    path = tmp_path / "hosts.sqlite"
    write(path, [[seen(A, 0)]])
    assert holders(path, address)
    monkeypatch.setattr(reading, "SECONDS", -1.0)
    monkeypatch.setattr(reading, "INSTRUCTIONS", 10)
    with pytest.raises(StoreError, match="took too long"):
        holders(path, address)


def test_many_parts_of_a_holder_are_not_compared_with_each_other() -> None:
    columns = "addr, part, run, holder, first_seen, last_seen, syns, syn_acks, connections, peers_left_out"
    columns += ", conclusion, sensor"
    steps = []
    for parts in (500, 4000):
        with closing(in_memory()) as store:
            store.execute("INSERT INTO sensor (site, name) VALUES ('', 'gate')")
            store.execute("INSERT INTO label (kind, name, flavor) VALUES ('system', 'Linux', '')")
            store.executemany(
                f"INSERT INTO host ({columns}) VALUES (x'0a000001', ?, ?1, 0, ?1, ?1, 1, 1, 1, 0, 1, 1)",
                ((part,) for part in range(parts)),
            )
            counted = count_up()
            store.set_progress_handler(lambda counted=counted: next(counted) < 0, 1000)
            assert store.execute("SELECT syns FROM holders").fetchall() == [(parts,)]
            steps.append(next(counted))
    assert steps[1] < 16 * steps[0]


def test_a_mac_is_forgotten_when_its_holder_was_not_seen(tmp_path: Path) -> None:
    """Though another one has the address since; and it stays a holder of its own."""
    path, later = tmp_path / "hosts.sqlite", DEVICE_NS / DAY + 2
    write(path, [[seen(A, 0, device=PRINTER)], [seen(B, 1, later)]])
    forget(path)
    assert spans(path) == [(None, 0.0, 0.0, 1), (B, 1.0, later, 1)]
    write(path, [[seen(A, later + 1)]])
    assert spans(path) == [(None, 0.0, 0.0, 1), (B, 1.0, later, 1), (A, later + 1, later + 1, 1)]
    assert [(one["device_type"], one["server_ports"]) for one in holders(path)] == [
        *((None, [80]), (None, [443]), (None, [80])),
    ]


def test_a_holder_that_is_still_seen_is_not_forgotten(tmp_path: Path) -> None:
    path, later = tmp_path / "hosts.sqlite", DEVICE_NS / DAY + 2
    write(path, [[seen(A, 0, device=PRINTER)], [seen(A, later)]])
    forget(path)
    [found] = holders(path)
    assert (found["mac"], found["device_type"], found["syns"]) == (A, "printer", 2)


def test_a_forgotten_holder_does_not_mix_with_the_next(tmp_path: Path) -> None:
    path, later = tmp_path / "hosts.sqlite", DEVICE_NS / DAY + 2
    write(path, [[seen(A, 0)], [seen(None, later, ip="192.0.2.9")]])
    forget(path)
    write(path, [[seen(B, later)], [seen(None, later + 1)]])
    found = [(one["mac"], one["server_ports"]) for one in holders(path)]
    assert found == [(None, [80]), (B, [443]), (None, [22])]


def test_captures_of_each_hour_do_not_fill_the_store(tmp_path: Path) -> None:
    """What is shown stays, also after all was read once more; another capture of an old time is added."""
    path = tmp_path / "hosts.sqlite"
    peers = (HostPeer(IP, "to", 1, None, 1, 1, BEGAN, BEGAN),)
    known = seen(A, 0, **conclusion("Windows", "11"), device=PRINTER, mtu=1492, peers=peers)
    runs = [[known], *([seen(A, at / 24, **UNKNOWN)] for at in range(1, 200))]
    for turn in range(3):
        write(path, [*runs, [seen(A, 1.01)]] if turn == 2 else runs)
        assert (spans(path)[0][0], spans(path)[0][3], len(spans(path))) == (A, 200 + turn // 2, 1)
        [shown] = holders(path)
        assert (shown["device_type"], shown["mtu"]) == ("printer", 1492)
        assert count(path, "peer") == 1
        assert count(path, "host") <= 33
        assert count(path, "port") <= 33


def test_forgotten_parts_of_several_holders_stay_apart(tmp_path: Path) -> None:
    path, later = tmp_path / "hosts.sqlite", DEVICE_NS / DAY + 20
    named = conclusion("Windows", "11")
    runs = [[seen(A, 0, **named)], [seen(A, 1, **UNKNOWN)], [seen(B, 2)], [seen(B, 3)], [seen(A, 4)]]
    write(path, [*runs, [seen(C, later, ip="192.0.2.9")]])
    shown = [(one["family"], one["server_ports"], one["syns"]) for one in holders(path)]
    assert shown == [("Windows", [80], 2), ("Linux", [443], 2), ("Linux", [80], 1)]
    forget(path)
    assert [(one["family"], one["server_ports"], one["syns"]) for one in holders(path)] == shown
    assert {one["mac"] for one in holders(path)} == {None}


def test_a_holder_is_removed_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    write(path, [[seen(A, 0)], [seen(A, 5)], [seen(B, 1)], [seen(C, 9, ip="192.0.2.2")]])
    forget(path, keep_ns=5 * DAY)
    assert spans(path) == [(A, 5.0, 5.0, 1), (C, 9.0, 9.0, 1)]


def test_sensors_of_a_site_tell_of_the_same_holders(tmp_path: Path) -> None:
    gate, office, out = (tmp_path / f"{name}.sqlite" for name in ("gate", "office", "out"))
    write(gate, [[seen(A, 0)], [seen(A, 5)], [seen(None, 1.5)]], "gate")
    write(office, [[seen(A, 1)], [seen(B, 2, 3)], [seen(None, 2.5)]], "office")
    for stores in ((gate, office), (office, gate)):
        out.unlink(missing_ok=True)
        merge(str(out), [*map(str, stores)])
        assert spans(out) == [(A, 0.0, 1.0, 2), (None, 1.5, 1.5, 1), (B, 2.0, 3.0, 2), (A, 5.0, 5.0, 1)]
        assert [one["sensors"] for one in holders(out)] == [2, 1, 1, 1]
        with Store(out) as store:
            assert [(one["mac"], one["first_seen"]) for one in store.find(IP)] == [
                (A, rfc3339(BEGAN + 5 * DAY))
            ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_device_without_an_address_has_none_in_any_order(tmp_path: Path, order: tuple[int, int]) -> None:
    path = tmp_path / "hosts.sqlite"
    unaddressed = seen(A, 0, ip="192.0.2.9")
    runs = ([HostRecord(**{**_values(unaddressed), "ip": None})], [seen(A, 1)])
    write(path, [runs[at] for at in order])
    assert [(one["ip"], one["mac"]) for one in holders(path, A)] == [(IP, A)]


def _values(one: HostRecord) -> dict[str, Any]:
    from dataclasses import fields

    return {field.name: getattr(one, field.name) for field in fields(one)}


# ---- captures ------------------------------------------------------------------------------------------


LINUX = {"window": 64240, "options": mss(1460) + b"\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7"}
WINDOWS = {"window": 64240, "options": mss(1460) + b"\1\3\3\x08\1\1\4\2"}
HOUR = 3600 * SECOND


def capture(path: Path, *turns: tuple[int, str, dict[str, Any]]) -> str:
    """A capture of connections at hours, by MACs, with systems."""
    path.write_bytes(pcap(frames(*turns), ETHERNET, nanoseconds=True))
    return str(path)


def frames(*turns: tuple[int, str, dict[str, Any]]) -> list[tuple[int, bytes]]:
    found = []
    for hour, mac, system in turns:
        for at in (0, 10):
            ends = {"sport": 50_000 + at, "dport": 443}
            for step, tcp in enumerate(
                (Tcp(seq=1, **ends, **system), Tcp(seq=2, ack=78, flags=0x10, **ends))
            ):
                body = packet(Ip4(IP, "203.0.113.80", 128 if system is WINDOWS else 64), tcp)
                frame = mac_bytes(GATEWAY) + mac_bytes(mac) + b"\x08\0" + body
                found.append((BEGAN + hour * HOUR + (at + step) * SECOND, frame))
    return found


def view(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as store:
        return store.execute("SELECT * FROM holders ORDER BY addr, holder").fetchall()


def test_any_order_of_captures_gives_the_same_holders(tmp_path: Path) -> None:
    """The first two overlap, as the third and the fourth; one is read twice."""
    captures = [
        capture(tmp_path / "0.pcap", (0, A, WINDOWS), (2, B, LINUX)),
        capture(tmp_path / "1.pcap", (1, A, WINDOWS)),
        capture(tmp_path / "2.pcap", (3, A, WINDOWS), (5, A, WINDOWS)),
        capture(tmp_path / "3.pcap", (4, C, LINUX)),
        capture(tmp_path / "4.pcap", (6, B, LINUX)),
    ]
    runs = [[*hg.Analyzer().read(one).hosts] for one in captures]
    draw, views = random.Random(7), set()
    for turn in range(100):
        path = tmp_path / f"{turn}.sqlite"
        write(path, [*draw.sample(runs, 5), draw.choice(runs)])
        views.add(tuple(view(path)))
    assert len(views) == 1
    found = holders(path, IP)
    assert [(one["mac"], one["family"], one["syns"]) for one in found] == [
        (A, "Windows", 4),
        (B, "Linux", 2),
        (A, "Windows", 4),
        (C, "Linux", 2),
        (B, "Linux", 2),
    ]


def test_a_capture_read_twice_changes_no_row(tmp_path: Path) -> None:
    """Whatever its name and format; a longer one replaces it, and another one of the same time is added."""
    path, at = tmp_path / "hosts.sqlite", tmp_path / "a.pcap"

    def rows_after(*captures: Path, site: str = "") -> list[Any]:
        assert (
            main(["hosts", *map(str, captures), "--store", str(path), *(["--site", site] if site else [])])
            == 0
        )
        with closing(sqlite3.connect(path)) as store:
            tables = ("host", "system", "port", "peer", "event", "sensor")
            return [store.execute(f"SELECT * FROM {one} ORDER BY 1, 2, 3, 4").fetchall() for one in tables]

    turns = (0, A, WINDOWS), (2, A, WINDOWS)
    capture(at, *turns)
    capture(other := tmp_path / "other.pcap", (1, A, WINDOWS))
    rows_after(at)
    both = rows_after(other)
    assert spans(path) == [(A, 0.0, 0.083, 6)]
    (named := tmp_path / "named").write_bytes(at.read_bytes())
    (packed := tmp_path / "packed.gz").write_bytes(gzip.compress(at.read_bytes()))
    blocks = b"".join(enhanced(data, time // 1000) for time, data in frames(*turns))
    (other_format := tmp_path / "a.pcapng").write_bytes(section() + interface(ETHERNET) + blocks)
    for again in (named, packed, other_format, other):
        assert rows_after(again) == both
    capture(longer := tmp_path / "longer.pcap", *turns, (4, A, WINDOWS))
    grown = rows_after(longer)
    assert spans(path) == [(A, 0.0, 0.167, 8)]
    assert rows_after(at) == rows_after(longer) == grown
    capture(after := tmp_path / "after.pcap", (6, A, WINDOWS))
    for several in ([after], [longer, after]):
        rows_after(*several)
        assert spans(path) == [(A, 0.0, 0.25, 10)]
    rows_after(at, site="Oslo")
    assert spans(path) == [(A, 0.0, 0.083, 4), (A, 0.0, 0.25, 10)]


@pytest.mark.parametrize("source", ["pipe", "file", "gzip", "fifo", "url", "slow"])
def test_a_source_that_can_be_read_only_once_is_known_again(tmp_path: Path, source: str) -> None:
    """And another capture of the same times is not it."""
    at, path, link = tmp_path / "a.pcap", tmp_path / "hosts.sqlite", tmp_path / "fifo"
    os.mkfifo(link)

    def read(name: str) -> list[Any]:
        command = [sys.executable, "-m", "huginn_cffi", "hosts", "--store", str(path), "-o", os.devnull]
        with (at if name != "other" else other).open("rb") as file:
            data = file.read()
            stdin: Any = file if name == "file" else subprocess.PIPE
            file.seek(0)
            given = {"path": str(at), "url": f"file://{at}", "fifo": str(link)}.get(name, "-")
            run = subprocess.Popen([*command, given], stdin=stdin)
            if name == "fifo":
                link.write_bytes(data)
            elif stdin is not file:
                assert run.stdin is not None
                for piece in (data[:100], data[100:]) if name == "slow" else (data,):
                    run.stdin.write(gzip.compress(piece) if name == "gzip" else piece)
                    run.stdin.flush()
                    time.sleep(6 if name == "slow" else 0)
                run.stdin.close()
            assert run.wait() == 0
        with closing(sqlite3.connect(path)) as store:
            tables = ("host", "system", "port", "peer", "event", "sensor")
            return [store.execute(f"SELECT * FROM {one} ORDER BY 1, 2, 3, 4").fetchall() for one in tables]

    if source == "url":
        pytest.importorskip("fsspec")
    capture(at, (0, A, WINDOWS), (2, A, WINDOWS))
    capture(other := tmp_path / "other.pcap", (0, A, LINUX), (2, A, LINUX))
    once = read(source)
    assert read(source) == read("path") == once
    assert spans(path)[0][3] == 4
    read("other")
    assert spans(path)[0][3] == 8


def test_a_lease_that_moves_between_two_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As in one run, each command lists both, and a policy blames the right one."""
    thursday = capture(tmp_path / "a.pcap", (0, A, WINDOWS))
    sunday = capture(tmp_path / "b.pcap", (72, B, LINUX))
    policy = tmp_path / "policy.toml"
    policy.write_text("[[rule]]\nname = 'No Windows'\nrequire = \"family != 'Windows'\"\n")
    for number, files in enumerate(([thursday, sunday], [sunday, thursday])):
        path = str(tmp_path / f"{number}.sqlite")
        for one in files:
            assert main(["hosts", one, "--store", path]) == 0
        capsys.readouterr()
        assert main(["hosts", "--store", path, "--ip", IP, "--format", "json"]) == 0
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(one["mac"], one["family"]) for one in found if one["event"] == "host"] == [
            *((A, "Windows"), (B, "Linux")),
        ]
        assert main(["devices", "--store", path, "--format", "json"]) == 0
        devices = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        of = {one["mac"]: one for one in devices}
        assert [of[mac]["system"] for mac in (A, B)] == ["Windows", "Linux"]
        assert not any(address["disputed"] for mac in (A, B) for address in of[mac]["addresses"])
        main(["audit", str(policy), "--store", path])
        assert f"{IP} {A}" in (printed := capsys.readouterr().out)
        assert f"{IP} {B}" not in printed

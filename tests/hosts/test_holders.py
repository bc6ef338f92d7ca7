"""Who has an address: another host begins when another station sends from it, and nothing mixes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts import HostRecord
from tests.support.captures import Packet, pcap
from tests.support.core import CORE
from tests.support.devices import neighbor
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET, mac_of
from tests.support.devices.news import news
from tests.support.holders import (
    FROM,
    GATEWAY,
    HOLDER,
    HOUR,
    OTHER,
    SECOND,
    SERVER,
    START,
    WINDOWS,
    connection,
    frame,
    in_blocks,
    ip,
    syn,
)
from tests.support.in_process import run_in_process_as_text as run
from tests.support.packets import Tcp, packet

TWICE = HOLDER, HOLDER, OTHER, OTHER
VRRP = "00:00:5e:00:01:0a"


def hosts(packets: Iterable[Packet], version: int = 4, workers: int = 1) -> list[HostRecord]:
    source = BytesIO(pcap([*packets], ETHERNET, nanoseconds=True))
    table = hg.Analyzer().read(source, workers=workers).hosts
    return [one for one in table if one.ip == FROM[version]]


def spans(found: Sequence[HostRecord]) -> list[tuple[str, float, float]]:
    def after(time_ns: int) -> float:
        return round((time_ns - START) / SECOND, 1)

    return sorted((str(one.mac), after(one.first_seen_ns), after(one.last_seen_ns)) for one in found)


# ---- an address that moves -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("gap", [8, 299, 301, 3 * 24 * HOUR])
def test_a_moved_address_is_two_hosts(version: int, gap: float) -> None:
    before = connection(0, HOLDER, version=version, system=WINDOWS, ttl=128)
    after = connection(gap, OTHER, version=version, port=50_001)
    found = hosts([*before, *after], version)
    assert spans(found) == [(HOLDER, 0, 0.1), (OTHER, gap, gap + 0.1)]
    assert sorted((one.mac, one.family, one.syns) for one in found) == [
        (HOLDER, "Windows", 1),
        (OTHER, "Linux", 1),
    ]
    assert not any(one.findings for one in found)


@pytest.mark.parametrize("version", [4, 6])
def test_a_connection_counts_at_the_host_that_received_the_answer(version: int) -> None:
    """Also the first one of another host, which is shown only after its second frame."""
    macs = [HOLDER, OTHER, HOLDER, OTHER, "00:00:5e:00:53:43"]
    turns = [connection(10 * at, mac, version=version, port=50_000 + at) for at, mac in enumerate(macs)]
    found = hosts([one for turn in turns for one in turn], version)
    peers = [(one.mac, peer.connections, peer.completed) for one in found for peer in one.peers]
    assert sorted(peers) == sorted((mac, macs.count(mac), macs.count(mac)) for mac in set(macs))


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("tag", [0x0005, 0xE064], ids=["VLAN 5", "VLAN 100, priority 7"])
@pytest.mark.parametrize("other", [OTHER, "02:00:5e:10:00:12", "fe:ff:ff:ff:ff:01"])
def test_an_address_moves_in_a_vlan(version: int, tag: int, other: str) -> None:
    """Also at midnight, with a MAC that its device made up, and with the packets out of order."""
    night = 14 * HOUR - 1  # the day ends between the two
    packets = [*connection(night, HOLDER, version=version), *connection(night + 600, other, version=version)]
    tagged = [(at, one[:12] + b"\x81\x00" + tag.to_bytes(2, "big") + one[12:]) for at, one in packets]
    wanted = sorted([(HOLDER, night, night + 0.1), (other, night + 600.0, night + 600.1)])
    assert spans(hosts(tagged, version)) == wanted
    assert spans(hosts([*tagged[4:], *tagged[:4]], version, workers=2)) == wanted


def test_the_order_of_captures_does_not_matter() -> None:
    parts = connection(0, HOLDER), connection(7200, OTHER), connection(90_000, HOLDER)
    wanted = [(HOLDER, 0, 0.1), (HOLDER, 90_000, 90_000.1), (OTHER, 7200, 7200.1)]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)):
        assert spans(hosts([one for at in order for one in parts[at]])) == wanted


def test_turns_are_a_host_each() -> None:
    """A service address between two servers, every hour, also without announcements."""
    turns = [connection(at * HOUR, (HOLDER, OTHER)[at % 2]) for at in range(4)]
    expected = sorted(((HOLDER, OTHER)[at % 2], at * float(HOUR), at * HOUR + 0.1) for at in range(4))
    assert spans(hosts([one for turn in turns for one in turn])) == expected


@pytest.mark.parametrize(("gap", "count"), [(250, 2), (4000, 3)])
def test_a_station_returns_within_five_minutes(gap: int, count: int) -> None:
    packets = [*connection(0, HOLDER), *connection(10, OTHER), *connection(gap, HOLDER)]
    assert len(hosts(packets)) == count


@pytest.mark.parametrize("gap", [10, 1500, 100 * HOUR])
def test_a_silent_station_stays_the_holder(gap: int) -> None:
    assert spans(hosts([*connection(0, HOLDER), *connection(gap, HOLDER)])) == [(HOLDER, 0, gap + 0.1)]


def test_two_at_once_share_nothing() -> None:
    packets = [
        one
        for at in range(5)
        for one in (
            *connection(at * 20, HOLDER, port=50_000 + at),
            *connection(at * 20 + 10, OTHER, port=51_000 + at, system=WINDOWS, ttl=128),
        )
    ]
    found = {one.mac: (one.family, one.syns, one.findings) for one in hosts(packets)}
    assert found == {
        HOLDER: ("Linux", 5, ("address_disputed",)),
        OTHER: ("Windows", 5, ("address_disputed",)),
    }


CUT = {
    "one frame": [*connection(0, HOLDER), syn(5, OTHER)],
    "two frames": [*connection(0, HOLDER), syn(5, OTHER), syn(6, OTHER, port=50_001)],
    "a single frame of each": [syn(0, HOLDER), syn(1, OTHER)],
    "a lease that moves": [*connection(0, HOLDER), *connection(7200, OTHER)],
    "in turns": [one for at in range(4) for one in connection(at, (HOLDER, OTHER)[at % 2], port=50_000 + at)],
    "teamed cards": [
        one
        for at in range(4)
        for one in connection(at, (HOLDER, OTHER)[at % 2], receiver=HOLDER, port=50_000 + at)
    ],
    "random": [syn(at, mac_of(at), port=50_000 + at) for at in range(8)],
    "statements": [
        *connection(0, HOLDER, version=6),
        *[(START + at * SECOND, neighbor.advertise(FROM[6], mac=OTHER)) for at in (5, 6, 7)],
        syn(8, OTHER, version=6),
    ],
    "some through a router": [
        one for at in range(6) for one in (syn(at, HOLDER), syn(at + 0.5, OTHER, ttl=(64, 63)[at % 2]))
    ],
}


@pytest.mark.parametrize("packets", CUT.values(), ids=CUT)
def test_blocks_change_nothing(packets: list[Packet]) -> None:
    """A frame may be alone in its block, as in live captures."""
    source = BytesIO(pcap(in_blocks(packets), ETHERNET, nanoseconds=True))
    cut = [one for one in hg.Analyzer().read(source, workers=1).hosts if one.ip in FROM.values()]
    whole = BytesIO(pcap([*packets], ETHERNET, nanoseconds=True))
    expected = [one for one in hg.Analyzer().read(whole).hosts if one.ip in FROM.values()]
    assert expected
    assert sorted(map(str, cut)) == sorted(map(str, expected))


@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_frame_belongs_to_its_station(workers: int) -> None:
    """The two frames of another station are in two blocks."""
    packets = [*connection(0, HOLDER), *in_blocks([syn(400, OTHER)] * 9), syn(401, OTHER, port=50_001)]
    assert spans(hosts(packets, workers=workers)) == [(HOLDER, 0, 0.1), (OTHER, 400, 401)]


def test_anonymised_stations_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "one.pcap"
    packets = [*connection(0, HOLDER), *connection(8, OTHER, port=50_001)]
    path.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    done = run("hosts", "--anonymize", key, "--format", "json", path)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    macs = {one["mac"] for one in found if one.get("syns")}
    assert len(macs) == 2
    assert not macs & {HOLDER, OTHER}


def test_a_stealth_scan_with_a_borrowed_address_is_the_scanners() -> None:
    own = [one for at in range(4) for one in connection(at, HOLDER, port=50_000 + at)]
    scan = [
        frame(
            5 + at / 10,
            packet(ip(FROM[4], SERVER[4], 64), Tcp(sport=40_000, dport=at + 1, flags=1, options=b"")),
            OTHER,
        )
        for at in range(60)
    ]
    found = {one.mac: one.findings for one in hosts([*own, *scan])}
    assert found == {HOLDER: (), OTHER: ("stealth_scan",)}


# ---- who does not have it ------------------------------------------------------------------------------


def test_a_scan_with_a_borrowed_address_is_the_scanners() -> None:
    own = [one for at in range(4) for one in connection(at, HOLDER, port=50_000 + at)]
    scan = [
        syn(5 + at / 10, OTHER, port=51_000 + at, target=f"198.51.100.{at + 1}", dport=22) for at in range(60)
    ]
    found = {one.mac: one for one in hosts([*own, *scan])}
    assert {mac: one.syns for mac, one in found.items()} == {HOLDER: 4, OTHER: 60}
    assert found[HOLDER].findings == ()


@pytest.mark.parametrize("times", [1, 3, 200])
@pytest.mark.parametrize("version", [4, 6])
def test_statements_are_no_use(version: int, times: int) -> None:
    """ARP and Neighbor Discovery by another station, also while the holder is silent."""
    stated = (
        [(START + at * SECOND, arp(FROM[4], FROM[4], mac=OTHER)) for at in range(900, 900 + times)]
        if version == 4
        else [(START + at * SECOND, neighbor.advertise(FROM[6], mac=OTHER)) for at in range(900, 900 + times)]
    )
    packets = [*connection(0, HOLDER, version=version), *stated, *connection(1800, HOLDER, version=version)]
    assert spans(hosts(packets, version)) == [(HOLDER, 0, 1800.1)]


def test_a_statement_and_one_frame_are_use() -> None:
    packets = [
        *connection(0, HOLDER),
        (START + 900 * SECOND, arp(FROM[4], FROM[4], mac=OTHER)),
        syn(901, OTHER),
    ]
    assert {(one.mac, one.syns) for one in hosts(packets)} == {(HOLDER, 1), (OTHER, 1)}


@pytest.mark.parametrize(
    "frames",
    [
        [syn(5, OTHER)],
        [syn(5 + at, mac_of(at), port=50_000 + at) for at in range(20)],
        [syn(5 + at, OTHER, ttl=63, port=50_000 + at) for at in range(3)],
        [one for at in range(3) for one in connection(5 + at, VRRP, port=50_000 + at)],
    ],
    ids=["one frame", "another MAC in each frame", "forwarded", "virtual router"],
)
def test_frames_that_begin_no_host(frames: list[Packet]) -> None:
    assert len(hosts([*connection(0, HOLDER), *frames])) == 1


def test_a_router_does_not_have_the_addresses_that_it_forwards_for() -> None:
    """A proxy that does not lower the TTL."""
    others = [syn(at / 10, OTHER, source=f"198.51.100.{at + 1}") for at in range(8)]
    packets = [*connection(0, HOLDER), *others, *connection(5, OTHER, port=50_001)]
    assert [one.mac for one in hosts(packets)] != [HOLDER, OTHER]
    assert len(hosts(packets)) == 1


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("tag", [b"", b"\x81\0\0\7"], ids=["untagged", "VLAN 7"])
def test_a_mirror_port_before_and_after_a_router_shows_the_holder(version: int, tag: bytes) -> None:
    """The router's copies come a moment later, with a lower TTL."""
    own = [*connection(0, HOLDER, version=version), *connection(100, HOLDER, version=version, port=50_001)]
    copies = [*connection(0, GATEWAY, version=version, ttl=63, receiver=GATEWAY)]
    copies += connection(100, GATEWAY, version=version, port=50_001, ttl=63, receiver=GATEWAY)
    mirrored = sorted([*own, *((at + SECOND // 1000, body) for at, body in copies)], key=lambda one: one[0])
    found = hosts([(at, body[:12] + tag + body[12:]) for at, body in mirrored], version)
    assert [(one.mac, one.syns) for one in found] == [(HOLDER, 2)]


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize(("second", "is_disputed"), [(30, True), (3600, False)])
def test_an_address_is_disputed_while_two_use_it_at_once(
    tmp_path: Path, version: int, second: int, is_disputed: bool
) -> None:
    """In captures and in a store; not after it moved."""
    times = (0, 60, second, second + 60)
    turns = [
        connection(at, mac, version=version, port=50_000 + at) for at, mac in zip(times, TWICE, strict=True)
    ]
    path, store = tmp_path / "a.pcap", tmp_path / "s.sqlite"
    packets = sorted((one for turn in turns for one in turn), key=lambda one: one[0])
    path.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    run("hosts", path, "--store", store, "-o", tmp_path / "o")
    for source in ([path], ["--store", store]):
        lines = run("devices", *source, "--format", "json").stdout.splitlines()
        found = {one["mac"]: one["addresses"] for one in map(json.loads, lines)}
        assert [found[mac][0]["disputed"] for mac in (HOLDER, OTHER)] == [is_disputed] * 2


def test_every_machine_has_a_loopback_address() -> None:
    packets = [
        one
        for at, mac in enumerate((HOLDER, OTHER, HOLDER))
        for one in (
            syn(at, mac, source="127.0.0.1", target="127.0.0.2"),
            syn(at + 0.5, mac, source="127.0.0.1", target="127.0.0.2", port=50_001),
        )
    ]
    table = hg.Analyzer().read(BytesIO(pcap(packets, ETHERNET, nanoseconds=True))).hosts
    assert [one.ip for one in table] == ["127.0.0.1"]


@pytest.mark.parametrize("version", [4, 6])
def test_teamed_cards_are_one_station(version: int) -> None:
    """Every second connection leaves from the second card, and all answers go to the first one."""
    packets = [
        one
        for at in range(6)
        for one in connection(at, (HOLDER, OTHER)[at % 2], receiver=HOLDER, port=50_000 + at, version=version)
    ]
    [one] = hosts(packets, version)
    assert (one.mac, one.syns) == (HOLDER, 6)


def test_a_borrower_that_acknowledges_is_no_card() -> None:
    """It does not see the answers, which go to the holder, so its acknowledgements do not fit."""
    blind = []
    for at in range(6):
        opened = connection(at, OTHER, receiver=HOLDER, port=50_000 + at)
        forged = Tcp(sport=50_000 + at, dport=443, seq=2, ack=1234 + at, flags=0x10)
        blind += [*opened[:2], frame(at + 0.04, packet(ip(FROM[4], SERVER[4], 64), forged), OTHER)]
    found = {one.mac: one.syns for one in hosts([*connection(0, HOLDER, port=49_000), *sorted(blind)])}
    assert found == {HOLDER: 1, OTHER: 6}


def test_at_most_64_hosts_of_an_address() -> None:
    """Those that sent least give way, and the current one stays."""
    many = [one for at in range(100) for one in connection(400 + at, mac_of(at), port=50_000 + at)]
    found = hosts([*connection(0, HOLDER), *connection(1, HOLDER, port=49_000), *many])
    assert len(found) == 64
    assert {HOLDER, mac_of(99)} <= {one.mac for one in found}


# ---- clocks --------------------------------------------------------------------------------------------

YEARS = 12 * 365 * 24 * HOUR


YEARS = 4352 * 24 * HOUR


def stray(at: float) -> list[Packet]:
    return [(time + YEARS * SECOND, one) for time, one in connection(at, HOLDER, port=50_002)]


@pytest.mark.parametrize("frames", [1, 2, 4])
def test_no_host_ends_when_a_clock_was_wrong_for_a_moment(frames: int) -> None:
    """Without ARP. A capture that pauses for years ends then, and so does one that begins later."""
    first, back = connection(0, HOLDER), connection(60, HOLDER, port=50_001)
    moved = connection(HOUR, OTHER, port=50_003)
    assert spans(hosts([*first, *stray(30)[:frames], *back, *moved])) == [
        (HOLDER, 0, 60.1),
        (OTHER, HOUR, HOUR + 0.1),
    ]
    for packets in ([*first, *stray(30)], [*stray(30), *first, *back]):
        assert [one[2] for one in spans(hosts(packets))] == [30.1 + YEARS]


def test_one_late_packet_sets_no_clock_back() -> None:
    """It has several rows, and a sender."""
    packets = [*connection(0, HOLDER), *connection(HOUR, HOLDER, port=50_001)]
    late = connection(60, HOLDER, port=50_002)[:1]
    assert spans(hosts([*packets, *late])) == spans(hosts(packets))


def test_a_host_may_return_after_years() -> None:
    packets = [*connection(0, HOLDER), *connection(YEARS, HOLDER, port=50_001)]
    assert spans(hosts(packets)) == [(HOLDER, 0, YEARS + 0.1)]


# ---- the table -----------------------------------------------------------------------------------------


def test_the_manual_has_the_table() -> None:
    text = (CORE / "stations/holder.c").read_text(encoding="utf-8")
    header = (CORE / "stations/holder.h").read_text(encoding="utf-8")
    rules = re.findall(r'\{(?:WITH\((\w+)\)|0), HG_HOLDER_(\w+), "(.+?)"\}', text)
    page = (CORE.parent / "docs/internals/how-it-works.md").read_text(encoding="utf-8")
    words = {
        "STAYS": "the current host",
        "IS_UNKNOWN": "the current host, whose station is unknown from now on",
        "RETURNS": "its earlier host",
        "BEGINS": "another host",
    }
    hosts_of = "|".join(words.values())
    shown = re.findall(rf"^\| (.+?) \| ({hosts_of}) \|$", page, re.MULTILINE)
    assert shown == [(reason, words[verdict]) for _, verdict, reason in rules]
    signs = re.findall(r"^    HG_SIGN_(\w+),", header, re.MULTILINE)
    assert [sign for sign, *_ in rules if sign] == signs


def test_the_manual_has_the_table_of_news() -> None:
    text = (CORE / "stations/holder.c").read_text(encoding="utf-8")
    header = (CORE / "stations/holder.h").read_text(encoding="utf-8")
    rules = re.findall(r'\{(?:IF\((\w+)\)|0), HG_TAKE_(\w+), ([01]), "(.+?)"\}', text)
    page = (CORE.parent / "docs/internals/how-it-works.md").read_text(encoding="utf-8")
    words = {
        "IS_NO_NEWS": "none",
        "IS_CONFLICT": "`address_conflict`",
        "IS_MOVE": "`address_moved`",
        "IS_CLAIM": "`address_claimed`",
        "WAITS": "`address_claimed`, unless it uses it within a minute",
    }
    shown = re.findall(
        rf"^\| (it .+?) \| ({'|'.join(map(re.escape, words.values()))}) \|$", page, re.MULTILINE
    )
    assert shown == [(reason, words[verdict]) for _, verdict, _, reason in rules]
    signs = re.search(r"enum hg_take_sign \{(.+?)HG_TAKE_SIGNS", header, re.DOTALL)
    assert signs
    assert [sign for sign, *_ in rules if sign] == re.findall(r"^    HG_TAKE_(\w+),", signs[1], re.MULTILINE)
    assert all(
        bool(int(takes)) == (verdict not in ("IS_CLAIM", "WAITS") or sign == "SILENT")
        for sign, verdict, takes, _ in rules
    )


Step = tuple[float, str, str]
"""When a station uses the address, or states it."""


def steps(*made: Step) -> list[Packet]:
    own = {
        "uses": lambda at, mac: connection(at, mac, port=50_000 + round(at)),
        "states": lambda at, mac: [(START + round(at * SECOND), arp(FROM[4], "192.0.2.99", mac=mac))],
        "answers": lambda at, mac: [
            (START + round((at + n / 10) * SECOND), arp(ip_, "192.0.2.99", mac=mac, operation=2))
            for n, ip_ in enumerate((*(f"192.0.2.{n}" for n in range(150, 160)), FROM[4]))
        ],
    }
    return [one for at, mac, what in made for one in own[what](at, mac)]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([(0, HOLDER, "uses"), (9, OTHER, "uses")], [("address_moved", OTHER)]),
        ([(0, HOLDER, "uses"), (8, OTHER, "states"), (9, OTHER, "uses")], [("address_moved", OTHER)]),
        ([(0, HOLDER, "uses"), (8, OTHER, "states"), (99, OTHER, "uses")],
         [("address_claimed", OTHER), ("address_moved", OTHER)]),
        ([(0, HOLDER, "uses"), (9, OTHER, "uses"), (20, HOLDER, "uses")], [("address_moved", OTHER)]),
        ([(0, HOLDER, "uses"), (9, OTHER, "uses"), (20, HOLDER, "uses"), (30, OTHER, "uses")],
         [("address_moved", OTHER), ("address_conflict", OTHER)]),
        ([(0, HOLDER, "uses"), (9, OTHER, "uses"), (900, HOLDER, "uses"), (1800, OTHER, "uses")],
         [("address_moved", OTHER), ("address_moved", HOLDER), ("address_moved", OTHER)]),
        ([(0, HOLDER, "uses"), (9, OTHER, "states")], [("address_claimed", OTHER)]),
        ([(0, HOLDER, "uses"), (900, OTHER, "states"), (910, HOLDER, "states")],
         [("address_claimed", OTHER)]),
        ([(0, HOLDER, "states"), (900, OTHER, "states"), (910, HOLDER, "states")],
         [("address_claimed", OTHER)]),
        ([(0, HOLDER, "states"), (900, OTHER, "states"), (1000, OTHER, "states")],
         [("address_claimed", OTHER)]),
        ([(0, OTHER, "states"), (1, HOLDER, "uses"), (2, HOLDER, "states")], []),
        ([(0, HOLDER, "states"), (1, HOLDER, "uses"), (2, HOLDER, "states")], []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("workers", [1, 2])
def test_each_rule_of_the_table_of_news(
    made: list[Step], expected: list[tuple[str, str]], workers: int
) -> None:
    found = news(sorted(steps(*made)), senders=True, random_macs=True, workers=workers)
    assert [(change, mac) for change, mac, _ in found if change.startswith("address")] == expected

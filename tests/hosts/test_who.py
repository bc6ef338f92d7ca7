"""Who had an address, or which addresses a MAC had, at some time."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.times import Span, moment, parse_span, parse_time
from huginn_cffi.hosts.who import Who, who_had
from huginn_cffi.store.reading import Store
from huginn_cffi.store.writer import Writer
from tests.support.captures import Packet, enhanced, interface, pcap, section
from tests.support.devices import dhcp
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET, datagram
from tests.support.holders import FROM, HOLDER, HOUR, LINUX, OTHER, SECOND, START, WINDOWS, connection
from tests.support.in_process import run_in_process_as_text as run

ADDRESS, RELEASE = FROM[4], 7
MOVED = [*connection(0, HOLDER, system=LINUX), *connection(2 * HOUR, OTHER, system=WINDOWS)]
"""The address of one station, and two hours later of another."""


def capture(packets: list[Packet]) -> bytes:
    return pcap(packets, ETHERNET, nanoseconds=True)


def asked(packets: list[Packet], who: str, at: float | None = None) -> Who:
    table = hg.Analyzer().read(BytesIO(capture(packets))).hosts
    return table.who(who, None if at is None else moment(START) + timedelta(seconds=at))


@pytest.mark.parametrize(
    ("at", "answer", "macs", "gaps"),
    [
        (-HOUR, "before", [HOLDER], [-HOUR]),
        (0.05, "during", [HOLDER], [0]),
        (-0.9, "during", [HOLDER], [0]),
        (1.0, "during", [HOLDER], [0]),
        (-1.1, "before", [HOLDER], [-0.1]),
        (HOUR, "between", [HOLDER, OTHER], [HOUR, -HOUR]),
        (2 * HOUR + 0.1, "during", [OTHER], [0]),
        (3 * HOUR, "after", [OTHER], [HOUR]),
    ],
)
def test_the_answer_for_a_time(at: float, answer: str, macs: list[str], gaps: list[float]) -> None:
    found = asked(MOVED, ADDRESS, at)
    assert found.answer == answer
    assert [one.mac for one in found.holders] == macs
    assert [one.gap_ns / SECOND for one in found.holders] == pytest.approx(gaps, abs=1.2)


def test_two_holders_at_once_are_several() -> None:
    both = [*connection(0, HOLDER), *connection(30, OTHER, port=50_001), *connection(60, HOLDER, port=50_002)]
    found = asked(both, ADDRESS, 30)
    assert found.answer == "several"
    assert {one.mac for one in found.holders} == {HOLDER, OTHER}
    assert asked(both, ADDRESS, 5).answer == "during"  # the other one has not come yet


def test_an_address_that_nobody_had_was_never_seen() -> None:
    for at in (None, 0.0):
        assert asked(MOVED, "192.0.2.99", at)[2:] == ("never", ())


SERVER_MAC, LEASE_S = "00:00:5e:00:53:fe", 3600


def asks(at: float, mac: str = HOLDER, kind: int = dhcp.REQUEST) -> Packet:
    """A client's message about the address."""
    wanted = {"ciaddr": ADDRESS} if kind == RELEASE else {}
    options = [] if wanted else [dhcp.option(50, IPv4Address(ADDRESS).packed)]
    body = dhcp.message(*options, kind=kind, mac=mac, **wanted)
    return START + round(at * SECOND), dhcp.from_client(body, mac=mac, source=wanted.get("ciaddr", "0.0.0.0"))


def leases(
    at: float,
    mac: str = HOLDER,
    kind: int = dhcp.ACK,
    to: str = ADDRESS,
    relay: str = "0.0.0.0",
    seconds: int = LEASE_S,
) -> Packet:
    """The server's message: the address is leased for an hour."""
    time = dhcp.option(51, struct.pack("!I", seconds))
    body = dhcp.message(time, kind=kind, op=2, mac=mac, yiaddr=to, giaddr=relay)
    return START + round(at * SECOND), dhcp.from_server(body, mac=SERVER_MAC)


@pytest.mark.parametrize(
    ("before", "at", "answer"),
    [
        ([asks(-2), leases(-1)], 1800, "lease"),
        ([asks(-2), leases(-1)], 3650, "after"),
        ([asks(-2), leases(-1), asks(1800), leases(1801)], 3650, "lease"),
        ([asks(-2), leases(-1), asks(60, kind=RELEASE)], 1800, "after"),
        ([asks(-2), leases(-1), asks(1800), leases(1801, seconds=60)], 2000, "after"),
        ([asks(-2), leases(-1, kind=dhcp.OFFER)], 1800, "after"),
        ([asks(-2), leases(-1, to="10.1.0.31")], 1800, "after"),
        ([asks(-2), leases(-1, relay="10.1.0.2")], 1800, "after"),
        ([asks(-2, OTHER), leases(-1, OTHER)], 1800, "after"),
        ([], 1800, "after"),
    ],
    ids=[
        "lease",
        "ended",
        "renewed",
        "released",
        "shortened",
        "offer",
        "another",
        "relayed",
        "of-another-mac",
        "none",
    ],
)
def test_a_lease_goes_on_without_packets(before: list[Packet], at: float, answer: str) -> None:
    packets = sorted([*before, *connection(0, HOLDER)], key=lambda one: one[0])
    found = asked(packets, ADDRESS, at)
    assert (found.answer, len(found.holders)) == (answer, 1)


def test_a_lease_ends_when_another_station_uses_the_address() -> None:
    packets = [asks(-2), leases(-1), *connection(0, HOLDER), *connection(1200, OTHER, port=50_001)]
    found = asked(packets, ADDRESS, 1800)
    assert (found.answer, [one.mac for one in found.holders]) == ("after", [OTHER])


def relayed(at: float, mac: str, kind: int = dhcp.REQUEST, seconds: int | None = LEASE_S) -> Packet:
    """A message between a relay and its server."""
    time = [] if seconds is None else [dhcp.option(51, struct.pack("!I", seconds))]
    is_reply = kind in (dhcp.ACK, dhcp.OFFER)
    to = ADDRESS if is_reply else "0.0.0.0"
    options = time if is_reply else [dhcp.option(50, IPv4Address(ADDRESS).packed)]
    body = dhcp.message(*options, kind=kind, op=1 + is_reply, mac=mac, yiaddr=to, giaddr="10.1.0.2")
    source = "192.0.2.9" if is_reply else "10.1.0.2"
    return START + round(at * SECOND), datagram(body, 67, 67, source=source, mac=SERVER_MAC)


def routed(at: float, *, port: int = 50_000) -> list[Packet]:
    return connection(at, "00:00:5e:00:53:02", ttl=63, port=port)


def leased(at: float, mac: str, seconds: int | None = LEASE_S) -> list[Packet]:
    return [relayed(at, mac), relayed(at + 0.02, mac, dhcp.ACK, seconds)]


def spans_of(packets: list[Packet]) -> list[tuple[str | None, float, float]]:
    found = asked(sorted(packets, key=lambda one: one[0]), ADDRESS).holders
    return [
        (one.mac, (one.first_seen_ns - START) // SECOND, (one.last_seen_ns - START) // SECOND)
        for one in found
    ]


def test_beyond_a_router_the_client_of_a_lease_is_the_holder() -> None:
    """Until the address is leased to another one, which has it with its first packet."""
    first, later = [*leased(-1, HOLDER, None), *routed(0)], [*leased(7199, OTHER), *routed(7200, port=50_001)]
    assert spans_of([*first, *later]) == [(HOLDER, -1, 0), (OTHER, 7199, 7200)]
    for at, answer, mac in ((1800, "lease", HOLDER), (7200, "during", OTHER), (12_000, "after", OTHER)):
        found = asked([*first, *later], ADDRESS, at)
        assert (found.answer, [one.mac for one in found.holders]) == (answer, [mac])


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (leased(7199, HOLDER), [(HOLDER, -1, 7200)]),
        ([relayed(7199, OTHER, dhcp.ACK)], [(HOLDER, -1, 7200)]),
        ([relayed(7100, OTHER), relayed(7199, OTHER, dhcp.ACK)], [(HOLDER, -1, 7200)]),
        ([relayed(7198, OTHER), relayed(7199, OTHER, dhcp.OFFER)], [(HOLDER, -1, 7200)]),
        ([*leased(100, OTHER), *leased(7199, HOLDER)], [(HOLDER, -1, 7200)]),
        ([*leased(7190, OTHER), *leased(7199, HOLDER)], [(HOLDER, -1, 7200)]),
    ],
    ids=["renewed", "not asked for", "asked for long ago", "offered", "not used", "not used, soon"],
)
def test_what_is_no_other_lease(second: list[Packet], expected: list[tuple[str, float, float]]) -> None:
    assert spans_of([*leased(-1, HOLDER), *routed(0), *second, *routed(7200, port=50_001)]) == expected


def test_a_lease_of_an_address_in_use_names_its_holder() -> None:
    assert spans_of([*routed(0), *leased(60, HOLDER), *routed(61, port=50_001)]) == [(HOLDER, 0, 61)]
    later = spans_of([*routed(0), *leased(7199, HOLDER), *routed(7200, port=50_001)])
    assert later == [(None, 0, 0), (HOLDER, 7199, 7200)]


def test_a_station_on_the_link_loses_nothing_to_a_lease_elsewhere() -> None:
    packets = [*connection(0, HOLDER), *leased(60, OTHER), *connection(61, HOLDER, port=50_001)]
    assert spans_of(packets) == [(HOLDER, 0, 61)]


def test_all_holders_without_a_time_in_order() -> None:
    found = asked(MOVED[::-1], ADDRESS)
    assert (found.answer, [one.mac for one in found.holders]) == (None, [HOLDER, OTHER])
    assert ["Linux" in (one.system or "") for one in found.holders] == [True, False]


@pytest.mark.parametrize("spelling", [str.lower, str.upper, lambda mac: mac.replace(":", "-")])
def test_a_mac_has_several_addresses_at_once(spelling: Any) -> None:
    packets = [*connection(0, HOLDER), *connection(1, HOLDER, version=6)]
    found = asked(packets, spelling(HOLDER), 0.5)
    assert (found.answer, sorted(one.ip or "" for one in found.holders)) == (
        "during",
        sorted(FROM.values()),
    )


def test_a_mapped_address_is_the_address() -> None:
    assert asked(MOVED, f"::ffff:{ADDRESS}").holders == asked(MOVED, ADDRESS).holders


def test_proof_is_no_more_than_the_packets_show() -> None:
    stated = [(START, arp(ADDRESS, ADDRESS, mac=HOLDER))]
    alone = connection(0, HOLDER)[:1]
    proofs = [asked(packets, ADDRESS).holders[0].proof for packets in (stated, alone, MOVED[:4])]
    assert proofs == ["statement", "traffic", "handshake"]


def test_behind_a_router_the_system_is_that_of_the_time() -> None:
    """Systems that never overlap are one after the other, with no MAC to tell their machines apart."""
    router = "00:00:5e:00:53:09"
    packets = [
        *(one for k in range(3) for one in connection(k, router, ttl=127, system=WINDOWS, port=50_000 + k)),
        *(one for k in range(3) for one in connection(9 * HOUR + k, router, ttl=63, port=51_000 + k)),
    ]
    then, now = (asked(packets, ADDRESS, at).holders[0] for at in (0.5, 9 * HOUR + 0.5))
    assert then.record == now.record
    assert then.mac is None
    assert "Windows" in (then.system or "")
    assert "Windows" not in (now.system or "")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-01-15", 86_400),
        ("2026-01-15T10:00", 60),
        ("2026-01-15 10:00:00+01:00", 1),
        ("1768471200", 1),
        ("2026-01-15T10:00:00.5Z", 1e-9),
        ("1768471200.5", 1e-9),
    ],
)
def test_a_time_is_as_long_as_it_is_written(text: str, seconds: float) -> None:
    found = parse_span(text)
    assert found == Span(parse_time(text), parse_time(text) + round(seconds * SECOND))


def test_a_day_with_two_holders_has_several() -> None:
    table = hg.Analyzer().read(BytesIO(capture(MOVED))).hosts
    assert who_had(table, ADDRESS, Span(START, START + 3 * HOUR * SECOND)).answer == "several"


@pytest.fixture
def moved(tmp_path: Path) -> str:
    path = tmp_path / "moved.pcap"
    path.write_bytes(capture(MOVED))
    return str(path)


def answered(*words: str) -> dict[str, Any]:
    done = run("who", *words, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_table_has_the_holders_and_the_gaps(moved: str) -> None:
    minute = f"{moment(START + HOUR * SECOND):%Y-%m-%dT%H:%M}"
    done = run("who", ADDRESS, moved, "--at", minute)
    first, _, *rows = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first == f"{ADDRESS} at {minute.replace('T', ' ')} UTC: nobody was seen with it"
    assert [row.split("  ")[0] for row in rows] == ["59 min 59 s before", "59 min 0 s after"]
    assert [HOLDER in rows[0], OTHER in rows[1]] == [True, True]


def test_json_has_the_records(moved: str) -> None:
    second = f"{moment(START + HOUR * SECOND):%Y-%m-%dT%H:%M:%SZ}"
    answer = answered(ADDRESS, moved, "--at", second)
    assert answer["answer"] == "between"
    assert [one["mac"] for one in answer["holders"]] == [HOLDER, OTHER]
    assert answer["holders"][0]["gap_seconds"] > 0 > answer["holders"][1]["gap_seconds"]


@pytest.mark.parametrize(("option", "mac"), [("--since", OTHER), ("--until", HOLDER)])
def test_a_span_may_be_open(moved: str, option: str, mac: str) -> None:
    later = f"{moment(START + HOUR * SECOND):%Y-%m-%dT%H:%M:%SZ}"
    answer = answered(ADDRESS, moved, option, later)
    assert answer["answer"] == "during"
    assert [one["mac"] for one in answer["holders"]] == [mac]
    assert (answer["since"] is None, answer["until"] is None) == (option == "--until", option == "--since")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["router"], "'router' is not an address"),
        ([ADDRESS, "--at", "14:03"], "is not a time"),
        ([ADDRESS, "--at", "2026-01-15", "--since", "2026-01-14"], "give one of them"),
        ([ADDRESS, "--since", "2026-01-15", "--until", "2026-01-15"], "--until must be later than --since"),
    ],
)
def test_wrong_questions_have_a_sentence(moved: str, words: list[str], message: str) -> None:
    done = run("who", words[0], moved, *words[1:])
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def stored(tmp_path: Path, *captures: list[Packet]) -> str:
    """A store of several runs."""
    store = tmp_path / "hosts.sqlite"
    for at, packets in enumerate(captures):
        path = tmp_path / f"{at}.pcap"
        path.write_bytes(capture(packets))
        assert run("hosts", str(path), "--store", str(store), "-o", str(tmp_path / "out")).returncode == 0
    return str(store)


@pytest.mark.parametrize("is_backwards", [False, True])
def test_a_store_answers_as_its_captures_do(tmp_path: Path, moved: str, is_backwards: bool) -> None:
    lease = [asks(-2), leases(-1), *connection(0, HOLDER)]
    runs = [lease, connection(2 * HOUR, OTHER, system=WINDOWS)]
    store = stored(tmp_path, *(runs[::-1] if is_backwards else runs))
    for at, answer, macs in (
        (0, "during", [HOLDER]),
        (1800, "lease", [HOLDER]),
        (1.5 * HOUR, "between", [HOLDER, OTHER]),
        (3 * HOUR, "after", [OTHER]),
    ):
        second = f"{moment(START + round(at * SECOND)):%Y-%m-%dT%H:%M:%SZ}"
        found = answered(ADDRESS, "--store", store, "--at", second)
        assert (found["answer"], [one["mac"] for one in found["holders"]]) == (answer, macs)
    of_mac = answered(OTHER, "--store", store)
    assert [one["ip"] for one in of_mac["holders"]] == [ADDRESS]
    assert answered("192.0.2.99", "--store", store)["answer"] == "never"


@pytest.mark.parametrize(("kind", "answer"), [(RELEASE, "after"), (dhcp.REQUEST, "lease")])
def test_a_store_forgets_a_lease_that_is_released_after_it_was_written(
    tmp_path: Path, kind: int, answer: str
) -> None:
    store = str(tmp_path / "hosts.sqlite")
    leased = sorted([asks(-2), leases(-1), *connection(0, HOLDER)], key=lambda one: one[0])
    for packets in (leased, [*leased, asks(60, kind=kind)]):
        table = hg.Analyzer().read(BytesIO(capture(packets))).hosts
        Writer(store, "gate", table.__iter__, captures=lambda: [b"leased.." * 8]).close()
    with Store(store) as opened:
        for source in (opened, table):
            assert source.who(ADDRESS, START + 1800 * SECOND).answer == answer


def test_a_question_is_about_captures_or_a_store(tmp_path: Path, moved: str) -> None:
    store = stored(tmp_path, MOVED)
    for words in ([ADDRESS], [ADDRESS, moved, "--store", store]):
        done = run("who", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "name captures, or a store" in done.stderr


def test_an_older_capture_that_is_read_later_changes_no_lease() -> None:
    packets = [*connection(0, HOLDER), asks(-2), leases(-1), asks(-7200), leases(-7199)]
    assert asked(packets, ADDRESS, 1800).answer == "lease"


def test_a_lease_may_end_after_all_times() -> None:
    """The capture's clock is wrong."""
    late = ((1 << 63) - 1 - START) / SECOND - 10
    packets = [*connection(late - 3, HOLDER), asks(late - 2), leases(late - 1, seconds=(1 << 32) - 1)]
    packets.sort(key=lambda one: one[0])
    blocks = [section(), interface(ETHERNET, tsresol=9), *(enhanced(data, ns) for ns, data in packets)]
    [one] = hg.Analyzer().read(BytesIO(b"".join(blocks))).hosts.who(ADDRESS).holders
    assert one.lease_until_ns == (1 << 63) - 1


def test_each_address_of_a_mac_has_its_own_neighbours_and_lease() -> None:
    packets = [asks(-2), leases(-1), *connection(0, HOLDER), *connection(60, HOLDER, version=6)]
    leased = asked(packets, HOLDER, 1800)
    assert (leased.answer, [one.ip for one in leased.holders]) == ("lease", [FROM[4]])
    after = asked(packets, HOLDER, 3 * HOUR)
    assert (after.answer, {one.ip for one in after.holders}) == ("after", set(FROM.values()))


def test_a_span_is_named_as_it_was_asked(moved: str) -> None:
    begin, end = (f"{moment(START + s * SECOND):%Y-%m-%dT%H:%M:%S}Z" for s in (30, 90))
    first, *_ = run("who", ADDRESS, moved, "--since", begin, "--until", end).stdout.splitlines()
    assert begin[:10] in first
    assert begin[11:19] in first
    assert end[11:19] in first


def test_one_mac_at_two_sites_is_two_holders(tmp_path: Path) -> None:
    stores = []
    for site in ("a", "b"):
        path, store = tmp_path / f"{site}.pcap", tmp_path / f"{site}.sqlite"
        path.write_bytes(capture(MOVED[:4]))
        assert run("hosts", str(path), "--store", str(store), "-o", str(tmp_path / "out")).returncode == 0
        stores.append(str(tmp_path / f"{site}-named.sqlite"))
        assert run("hosts", "merge", stores[-1], str(store), "--site", site).returncode == 0
    merged = str(tmp_path / "merged.sqlite")
    assert run("hosts", "merge", merged, *stores).returncode == 0
    second = f"{moment(START):%Y-%m-%dT%H:%M:%SZ}"
    found = answered(ADDRESS, "--store", merged, "--at", second)
    assert (found["answer"], [one["site"] for one in found["holders"]]) == ("several", ["a", "b"])


def test_a_store_with_a_time_that_no_capture_has_is_damaged(tmp_path: Path) -> None:
    store = stored(tmp_path, MOVED)
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE host SET first_seen = -1")
        connection.commit()
    done = run("who", ADDRESS, "--store", store)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is damaged" in done.stderr


# ---- the network as it was -----------------------------------------------------------------------------


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize(
    ("packets", "at", "macs"),
    [
        (MOVED, 0, [HOLDER]),
        (MOVED, HOUR, []),
        (MOVED, 2 * HOUR, [OTHER]),
        ([*leased(-1, HOLDER), *routed(0)], 1800, [HOLDER]),
        ([*leased(-1, HOLDER), *routed(0), *leased(1200, OTHER), *routed(1201, port=50_001)], 1800, [OTHER]),
        ([*leased(-1, HOLDER), *routed(0)], 3700, []),
    ],
    ids=["first", "between", "second", "leased", "leased again", "lease over"],
)
def test_hosts_and_devices_at_a_time(
    packets: list[Packet], at: int, macs: list[str], stored: bool, tmp_path: Path
) -> None:
    made, store = tmp_path / "made.pcap", str(tmp_path / "store.sqlite")
    made.write_bytes(capture(packets))
    run("hosts", str(made), "--store", store, "--all")
    source = ["--store", store] if stored else [str(made)]
    time = (moment(START) + timedelta(seconds=at)).isoformat()
    kept = [] if stored else ["--all"]
    done = run("hosts", *source, *kept, "--at", time, "--ip", ADDRESS, "--format", "json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["mac"] for one in found if one["event"] == "host"] == macs
    if packets is MOVED:
        done = run("devices", *source, "--at", time, "--format", "json")
        devices = [json.loads(line) for line in done.stdout.splitlines()]
        assert [one["mac"] for one in devices if ADDRESS in str(one["addresses"])] == macs

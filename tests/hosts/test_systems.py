"""At least how many systems speak from an address: never more than there are."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from tests.hosts.test_hosts import APPLE_NOW, NMAP, WINDOWS_8, with_port
from tests.support.counted_systems import SECOND, START, counted
from tests.support.inventories import inventory
from tests.support.known_syns import LINUX_OLDER
from tests.support.linux_ports import Connection, Linux, by_chance, in_bursts, masquerade, sent_again
from tests.support.packets import ACK, RST, Ip4, Tcp, packet
from tests.support.spelled import spelled

LINUX_PLAIN = "4:64:0:1460:64240,7:mss,nop,nop,sok,nop,ws:df,id+:0"
"""A Linux without timestamps."""

Syn = tuple[float, str, int]
"""When it is sent, in seconds, its signature, and the port that it comes from."""


def host(*sent: Iterator[Syn] | list[Syn]) -> HostRecord:
    """What is known of the address that sent all of these."""
    together = sorted(one for some in sent for one in some)
    packets = [
        (START + int(at * SECOND), with_port(spelled("request", text), port)) for at, text, port in together
    ]
    [record] = inventory(packets)
    return record


def linux(chance: random.Random, seconds: float, count: int, text: str = LINUX_OLDER) -> list[Syn]:
    """Of one that connects to one address and port at moments of chance."""
    sent = Linux(chance).connections(by_chance(chance, seconds, count))
    return [(at, text, port) for at, _, port in sent]


def scattered(chance: random.Random, seconds: float, count: int, text: str = LINUX_OLDER) -> Iterator[Syn]:
    """From ports by chance, as a router gives them."""
    yield from ((chance.uniform(0, seconds), text, chance.randrange(1024, 65536)) for _ in range(count))


def every(seconds: float, text: str, count: int, *, since: float = 0, port: int = 50001) -> list[Syn]:
    return [(since + seconds * number, text, port + number) for number in range(count)]


def test_three_linux_are_three() -> None:
    """Equal ones, 34 connections each in ten seconds: where their ports are shuffled, a run is cut short."""
    found = [host(*(linux(random.Random(7 * seed + one), 10, 34) for one in range(3))) for seed in range(50)]
    assert {one.systems for one in found} <= {2, 3}
    assert sum(one.systems == 3 for one in found) >= 48
    [why] = found[0].witnesses
    assert why.startswith("3 runs of ports at the same time to one address and port: Linux")
    assert found[0].last_sharing_ns is not None


def test_one_linux_is_one() -> None:
    found = host(linux(random.Random(4), 30, 100))
    assert (found.systems, found.witnesses, found.last_sharing_ns, found.last_change_ns) == (
        1,
        (),
        None,
        None,
    )


class ConnectionPattern(NamedTuple):
    """How Linux hosts connect, each `count` times."""

    seconds: float
    count: int
    moments: Callable[[random.Random, float, int], list[float]] = by_chance
    ends: int = 1
    lost: float = 0
    is_old: bool = False
    fully_random: bool = False


CASES = [
    *(ConnectionPattern(10, count) for count in (3, 7, 10, 17, 33)),
    ConnectionPattern(20, 40),
    ConnectionPattern(30, 100),
    ConnectionPattern(30, 100, in_bursts),
    ConnectionPattern(30, 100, ends=4),
    ConnectionPattern(30, 100, lost=0.1),
    ConnectionPattern(30, 300),
    ConnectionPattern(30, 300, lost=0.03),
    ConnectionPattern(120, 120),
    ConnectionPattern(30, 100, is_old=True),
    ConnectionPattern(30, 100, fully_random=True),
]


def sent(case: ConnectionPattern, hosts: int, chance: random.Random) -> list[Connection]:
    """What is seen of so many hosts behind one router."""
    of_hosts = []
    for _ in range(hosts):
        own = Linux(chance, is_old=case.is_old)
        moments = case.moments(chance, case.seconds, case.count)
        of_hosts.append(sent_again(chance, own.connections(moments, case.ends), case.lost))
    return masquerade(chance, of_hosts, fully_random=case.fully_random)


@pytest.mark.parametrize("case", CASES)
def test_never_more_linux_than_there_are(case: ConnectionPattern) -> None:
    for hosts in range(1, 8):
        assert 1 <= counted(sent(case, hosts, random.Random(hosts))) <= hosts


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_never_more_linux_in_hundreds_of_runs(case: ConnectionPattern) -> None:
    """420 of all cases together."""
    for hosts in range(1, 8):
        for seed in range(4):
            assert 1 <= counted(sent(case, hosts, random.Random(100 * hosts + seed))) <= hosts, seed


@pytest.mark.slow
@pytest.mark.parametrize("lost", [0, 0.05, 0.2])
def test_never_more_linux_in_an_hour(lost: float) -> None:
    """In which ports are shuffled 360 times, and lost SYNs come late."""
    for hosts in (1, 2, 3):
        assert counted(sent(ConnectionPattern(3600, 7200, lost=lost), hosts, random.Random(hosts))) <= hosts


@pytest.mark.parametrize("step", [1, 2])
def test_ports_by_chance_of_one_parity_are_one(step: int) -> None:
    """Where a router keeps the parity, but not the port."""
    for count in (100, 1000, 3000):
        chance = random.Random(count)
        moments = by_chance(chance, 30, count)
        assert counted((at, 0, chance.randrange(1024, 65536, step)) for at in moments) == 1


def test_ports_by_chance_are_one() -> None:
    assert host(scattered(random.Random(1), 30, 3000)).systems == 1


def test_two_linux_behind_random_ports_are_no_more() -> None:
    chance = random.Random(2)
    assert 1 <= host(scattered(chance, 20, 30), scattered(chance, 20, 30)).systems <= 2


def test_kinds_that_take_turns_are_as_many() -> None:
    plain = every(5, LINUX_PLAIN, 9, since=2, port=40001)
    found = host(every(4, APPLE_NOW, 9), every(5, WINDOWS_8, 9, since=1, port=45001), plain)
    assert found.systems == 3
    [why] = found.witnesses
    assert why.startswith("SYNs of 3 kinds alternate within a minute: ")


def test_seven_systems() -> None:
    """Five Linux, of which one sends no timestamps, an iPhone and a Windows."""
    chance = random.Random(3)
    families = (
        linux(chance, 20, 70, LINUX_PLAIN),
        every(0.5, APPLE_NOW, 40, port=50001),
        every(0.5, WINDOWS_8, 40, port=45001),
    )
    assert host(*(linux(chance, 20, 70) for _ in range(4)), *families).systems == 7


def test_another_system_later_is_a_change() -> None:
    """As where an address is given to somebody else."""
    found = host(every(5, APPLE_NOW, 9), every(5, WINDOWS_8, 9, since=3600, port=45001))
    assert (found.systems, found.last_sharing_ns) == (1, None)
    assert found.last_change_ns == START + 3605 * SECOND, "with its second SYN"


def test_a_machine_of_two_systems_is_one() -> None:
    hours = 3600.0
    linux = every(60, LINUX_PLAIN, 9, since=hours, port=45001)
    found = host(every(60, WINDOWS_8, 9), linux, every(60, WINDOWS_8, 9, since=2 * hours, port=55001))
    assert found.systems == 1
    assert found.last_change_ns == START + int(2 * hours + 60) * SECOND


def test_one_packet_of_another_kind_is_no_system() -> None:
    assert host(every(5, APPLE_NOW, 9), every(1, WINDOWS_8, 1, since=12, port=45001)).systems == 1


def test_tools_are_no_system() -> None:
    found = host(every(5, LINUX_OLDER, 9), every(5, NMAP, 9, since=2, port=45001))
    assert (found.systems, found.syns) == (1, 9)


def test_a_connection_that_is_tried_again_is_no_witness() -> None:
    """Windows leaves options out at last."""
    without = "4:128:0:1460:8192,0:mss,nop,nop,sok:df,id+:0"
    tries = [
        (40.0 * number + late, text, 50001 + number)
        for number in range(6)
        for late, text in ((0, WINDOWS_8), (3, without))
    ]
    assert host(tries).systems == 1


def test_tries_of_windows_among_many_others_are_no_other_system() -> None:
    """The third SYN has no window scale, and ten servers are tried at once."""
    without = "4:128:0:1460:8192,0:mss,nop,nop,sok:df,id+:0"
    tries = [
        (200.0 * round + late + number / 100, text, 50001 + 10 * round + number)
        for round in range(3)
        for number in range(10)
        for late, text in ((0, WINDOWS_8), (9, without))
    ]
    assert host(tries).systems == 1
    assert host(tries, every(5, APPLE_NOW, 9, since=2, port=40001)).systems == 2


def answer_to(syn: bytes) -> bytes:
    """That the port is closed."""
    ip = Ip4(source=str(ip_address(syn[16:20])), destination=str(ip_address(syn[12:16])))
    sport, dport, seq = struct.unpack(">HHI", syn[20:28])
    return packet(ip, Tcp(sport=dport, dport=sport, seq=0, ack=seq + 1, flags=RST | ACK, options=b""))


@pytest.mark.parametrize("ttl", [128, 120, 64, 60, 250, 32])
@pytest.mark.parametrize("window", [8192, 64240, 65535])
def test_what_is_tried_again_with_fewer_options_is_no_other_system(ttl: int, window: int) -> None:
    """Without its scale the SYN alone would be that of an older Windows, or at another TTL of Linux."""
    first = f"4:{ttl}:0:1460:{window},8:mss,nop,ws,nop,nop,sok:df,id+:0"
    last = f"4:{ttl}:0:1460:{window},0:mss,nop,nop,sok:df,id+:0"
    packets = [
        (START + number * SECOND, spelled("request", text))
        for number, text in enumerate([first, first, last] * 2)
    ]
    refused = [(time + 1, answer_to(data)) for time, data in packets]
    [found] = [one for one in inventory(sorted([*packets, *refused])) if one.syns]
    assert (found.systems, found.syns, found.family) == (1, 6, "Windows")
    assert [one.packets for one in found.sightings if one.kind == "system"] == [4]
    assert not found.findings


@pytest.mark.parametrize("asked", ["?30", "?34", "?254", "nop,nop,?34,nop,nop"])
def test_options_that_programs_ask_for_are_no_other_kind(asked: str) -> None:
    """MPTCP, TCP Fast Open and experiments: a system has programs with them and without."""
    with_option = LINUX_OLDER.replace("nop,ws", f"nop,ws,{asked}")
    found = host(every(5, LINUX_OLDER, 9), every(5, with_option, 9, since=2, port=45001))
    assert (found.systems, found.syns) == (1, 18)


def test_more_kinds_than_are_told_apart_do_no_harm() -> None:
    kinds = [f"4:{ttl}:0:1460:1024,0:mss,?{kind}:df,id+:0" for ttl in (64, 128) for kind in range(70, 79)]
    sent = [
        every(1, text, 4, since=0.05 * at + late, port=40001 + 10 * at + int(1000 * late))
        for at, text in enumerate(kinds)
        for late in (0, 0.005)
    ]
    assert 2 <= host(*sent).systems <= len(kinds)


def test_addresses_of_real_captures(corpus: Path) -> None:
    """Of 279 with three SYNs or more, 143 without those of tools, none is counted as several."""
    several, watched = [], 0
    for path in sorted(corpus.iterdir()):
        analyzer = hg.Analyzer(protocols=("tcp",))
        found = Inventory(analyzer.database)
        for batch in analyzer.batches([path], on_error=lambda error: None):
            found.add(batch)
        for record in found:
            watched += record.syns >= 3
            if record.systems > 1:
                several.append((path.name, record.ip, record.witnesses))
    assert watched > 100
    assert several == []

"""At least how many systems speak from an address: never more than there are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.spelled import spelled

import huginn_cffi as hg
from hosts.test_hosts import APPLE_NOW, LINUX_OLDER, NMAP, WINDOWS_8, with_port
from hosts.test_inventory import inventory
from huginn_cffi.hosts.inventory import HostRecord, Inventory

SECOND = 10**9
START = 1_700_000_000 * SECOND
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


def linux(chance: random.Random, seconds: float, count: int, text: str = LINUX_OLDER) -> Iterator[Syn]:
    """As Linux chooses ports to one address and port: even, rising by little, anew each ten seconds."""
    at, epoch, port = chance.uniform(0, 1), -1, 0
    for _ in range(count):
        at += chance.expovariate(count / seconds)
        if int(at // 10) != epoch:
            epoch, port = int(at // 10), 2 * chance.randrange(16384, 28000)
        port += 2 * chance.randint(1, 8)
        yield at, text, port


def scattered(chance: random.Random, seconds: float, count: int, text: str = LINUX_OLDER) -> Iterator[Syn]:
    """From ports by chance, as a router gives them."""
    yield from ((chance.uniform(0, seconds), text, chance.randrange(1024, 65536)) for _ in range(count))


def every(seconds: float, text: str, count: int, *, since: float = 0, port: int = 50001) -> list[Syn]:
    return [(since + seconds * number, text, port + number) for number in range(count)]


@pytest.mark.parametrize("seed", range(8))
def test_three_linux_are_three(seed: int) -> None:
    """Equal ones, 34 connections each in ten seconds."""
    chance = random.Random(seed)
    found = host(*(linux(chance, 9, 34) for _ in range(3)))
    assert found.systems == 3
    [why] = found.witnesses
    assert why.startswith("3 runs of ports at one time to one address and port: Linux")
    assert found.last_sharing is not None


@pytest.mark.parametrize("seed", range(8))
def test_one_linux_is_one(seed: int) -> None:
    chance = random.Random(seed)
    found = host(linux(chance, 30, 100))
    assert (found.systems, found.witnesses, found.last_sharing, found.last_change) == (1, (), None, None)


@pytest.mark.parametrize("hosts", [1, 2, 3])
@pytest.mark.parametrize("count", [3, 7, 10, 17])
def test_few_connections_count_no_more_than_there_are(hosts: int, count: int) -> None:
    for seed in range(5):
        chance = random.Random(seed)
        assert 1 <= host(*(linux(chance, 9, count) for _ in range(hosts))).systems <= hosts


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
    assert why.startswith("SYNs of 3 kinds take turns within a minute: ")


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
    assert (found.systems, found.last_sharing) == (1, None)
    assert found.last_change == START + 3605 * SECOND, "with its second SYN"


def test_a_machine_of_two_systems_is_one() -> None:
    hours = 3600.0
    linux = every(60, LINUX_PLAIN, 9, since=hours, port=45001)
    found = host(every(60, WINDOWS_8, 9), linux, every(60, WINDOWS_8, 9, since=2 * hours, port=55001))
    assert found.systems == 1
    assert found.last_change == START + int(2 * hours + 60) * SECOND


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


def test_more_kinds_than_are_told_apart_do_no_harm() -> None:
    kinds = [
        f"4:{ttl}:0:1460:1024,0:mss{',nop' * more}:df,id+:0" for ttl in (64, 128) for more in range(0, 36, 4)
    ]
    sent = [every(1, text, 4, since=0.05 * at, port=40001 + 10 * at) for at, text in enumerate(kinds)]
    assert 2 <= host(*sent).systems <= len(kinds)


def test_addresses_of_real_captures(corpus: Path) -> None:
    """At most one of those with three SYNs or more is counted as several."""
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
    assert len(several) <= 1, several

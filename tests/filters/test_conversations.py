"""The decision is made once for a conversation, whichever packets of it there are."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

import huginn_cffi as hg
from huginn_cffi.run.observations import Endpoint
from tests.filters.build import config
from tests.filters.plain import Ends, FilterLists, passes
from tests.support.packets import (
    ACK,
    FIN,
    NOP,
    Ip,
    Ip4,
    Ip6,
    Tcp,
    ethernet,
    mss,
    packet,
    reply,
    timestamps,
    wscale,
)

Captured = list[tuple[int, bytes]]
SECOND = 10**9


def options(clock: int) -> bytes:
    return mss(1460) + NOP + wscale(7) + NOP * 2 + timestamps(clock)


def conversation(ends: Ends, start: int = 0) -> Captured:
    """SYN, SYN+ACK, an ACK from either side a second later, FIN."""
    kind = Ip6 if ":" in ends.client else Ip4
    there: Ip = kind(source=ends.client, destination=ends.server)
    back: Ip = kind(source=ends.server, destination=ends.client)
    syn = Tcp(sport=ends.client_port, dport=ends.server_port, seq=1000, options=options(100_000))
    answer = reply(there, syn, options=options(500_000))

    def segment(from_client: bool, clock: int, flags: int = ACK) -> bytes:
        ports = (ends.client_port, ends.server_port)
        sport, dport = ports if from_client else ports[::-1]
        seq, ack = (1001, 5001) if from_client else (5001, 1001)
        stamp = NOP * 2 + timestamps(clock)
        return packet(
            there if from_client else back,
            Tcp(sport=sport, dport=dport, seq=seq, ack=ack, flags=flags, options=stamp),
        )

    return [
        (start, packet(there, syn)),
        (start + 10_000_000, answer),
        (start + SECOND, segment(True, 101_000)),
        (start + SECOND + 10_000_000, segment(False, 501_000)),
        (start + 2 * SECOND, segment(True, 102_000, FIN | ACK)),
    ]


def told(packets: Captured, found: hg.FilterConfig | None) -> tuple[list[str], hg.Stats]:
    """All parts as text, and what was counted."""
    with hg.Analyzer(None, filter=found) as analyzer:
        parts = [
            f"{result.packet_number} {result.time_ns} {part}"
            for result in analyzer.analyze_packets(packets)
            for part in result.parts
        ]
        stats = analyzer.stats
    assert stats.packets == stats.analysed + sum(stats.drops.values())
    return parts, stats


HTTPS = Ends("10.0.0.1", 40000, "192.0.2.9", 443)
EVENTS = ("SYN]", "SYN+ACK]", "MTU]", "Client]", "Server]")


def kinds(parts: Iterable[str]) -> list[str]:
    return [kind for part in parts for kind in EVENTS if kind in part.splitlines()[0]]


WHOLE = ["SYN]", "MTU]", "SYN+ACK]", "MTU]", "Client]", "Server]"]


@pytest.mark.parametrize(
    ("wanted", "passing"),
    [
        (FilterLists(destinations=[(443, 443)]), True),
        (FilterLists(sources=[(443, 443)]), False),
        (FilterLists(sources=[(40000, 40000)]), True),
        (FilterLists(addresses=["192.0.2.9"], address_side="destination"), True),
        (FilterLists(addresses=["192.0.2.9"], address_side="source"), False),
        (FilterLists(destinations=[(443, 443)], deny=True), False),
        (FilterLists(sources=[(443, 443)], deny=True), True),
    ],
)
def test_a_conversation_is_kept_whole_or_not_at_all(wanted: FilterLists, passing: bool) -> None:
    parts, stats = told(conversation(HTTPS), config(wanted))
    assert kinds(parts) == (WHOLE if passing else [])
    handshake_filtered = 0 if passing else 2
    assert stats.drops["filtered"] >= handshake_filtered
    assert stats.flows == (1 if passing else 0)
    if passing:
        assert stats.drops["filtered"] == 0


def test_segments_of_unknown_direction_are_refused_when_neither_order_passes() -> None:
    segments = conversation(HTTPS)[2:]
    _, stats = told(segments, config(FilterLists(sources=[(443, 443)])))
    assert (stats.analysed, stats.drops["filtered"]) == (3, 0)
    _, stats = told(segments, config(FilterLists(destinations=[(80, 80)])))
    assert (stats.analysed, stats.drops["filtered"]) == (0, 3)


def test_packets_keep_their_numbers() -> None:
    other = conversation(Ends("10.0.0.2", 40000, "192.0.2.9", 80))
    parts, _ = told(other + conversation(HTTPS), config(FilterLists(destinations=[(443, 443)])))
    assert [int(part.split()[0]) for part in parts] == [6, 6, 7, 7, 8, 9]


def test_filter_of_another_ip_version() -> None:
    six = Ends("2001:db8::1", 40000, "2001:db8::2", 443)
    four_only = config(FilterLists(networks=["0.0.0.0/0"]))
    parts, _ = told(conversation(six) + conversation(HTTPS), four_only)
    assert kinds(parts) == WHOLE
    assert "10.0.0.1" in parts[0]


def test_with_filter_leaves_the_first_analyzer_as_it_is() -> None:
    packets = conversation(HTTPS)
    plain = hg.Analyzer(None, max_connections=7)
    filtered = plain.with_filter(config(FilterLists(destinations=[(80, 80)])))
    assert len(list(filtered.analyze_packets(packets))) == 0
    assert len(list(plain.analyze_packets(packets))) == 4
    assert len(list(filtered.with_filter(None).analyze_packets(packets))) == 4
    assert (filtered.stats.events, plain.stats.events) == (0, 6)
    plain.close()
    with pytest.raises(hg.HuginnError, match="closed"):
        plain.with_filter(None)


def random_ends(rng: random.Random, number: int) -> Ends:
    """Every conversation between two hosts of its own, so that no clock is shared."""
    ports = (80, 443, 1023, 1024, 40000, 65535)
    if rng.random() < 0.3:
        client, server = (
            f"2001:db8:{rng.randint(1, 3)}::{2 * number + 1:x}",
            f"2001:db8:1::{2 * number + 2:x}",
        )
    else:
        client, server = (f"10.{rng.randrange(4)}.{number}.{end}" for end in (1, 2))
    return Ends(client, rng.choice(ports), server, rng.choice(ports))


def random_filter(rng: random.Random, ends: list[Ends]) -> FilterLists:
    ports = [80, 443, 1023, 1024, 40000, 65535]
    sides = ("either", "source", "destination")

    def ranges() -> list[tuple[int, int]]:
        pairs = [sorted(rng.choices(ports, k=2)) for _ in range(rng.randrange(3))]
        return [(first, last) for first, last in pairs] if rng.random() < 0.4 else []

    hosts = [end for one in rng.sample(ends, 20) for end in (one.client, one.server)]
    networks = ["10.1.0.0/16", "10.0.0.0/10", "2001:db8:1::/48", "2001:db8::/33", "10.2.0.0/15"]
    return FilterLists(
        sources=ranges(),
        destinations=ranges(),
        either=ranges(),
        addresses=hosts if rng.random() < 0.2 else [],
        networks=rng.sample(networks, 2) if rng.random() < 0.4 else ["0.0.0.0/0", "::/0"],
        address_side=rng.choice(sides),
        network_side=rng.choice(sides),
        deny=rng.random() < 0.3,
    )


@pytest.mark.parametrize("seed", range(12))
def test_events_are_those_of_the_conversations_that_pass(seed: int) -> None:
    rng = random.Random(seed)
    ends = [random_ends(rng, number) for number in range(60)]
    packets = sorted(
        item for number, one in enumerate(ends) for item in conversation(one, number * SECOND // 7)
    )
    wanted = random_filter(rng, ends)
    kept = {one for one in ends if passes(wanted, one)}
    everything, _ = told(packets, None)
    wanted_parts = [part for part in everything if _ends_of(part) in {_key(one) for one in kept}]
    parts, stats = told(packets, config(wanted))
    assert parts == wanted_parts
    assert stats.flows == len(kept)


def _ends_of(part: str) -> frozenset[str]:
    """Both ends, as the first line of a part names them."""
    head = part.splitlines()[0]
    return frozenset(head[head.index("] ") + 2 :].split(" → "))


def _key(ends: Ends) -> frozenset[str]:
    client = Endpoint(ends.client, ends.client_port)
    return frozenset((str(client), str(Endpoint(ends.server, ends.server_port))))


def test_tagged_frames() -> None:
    frames = [(time, ethernet(data, tags=((0x8100, 5),))) for time, data in conversation(HTTPS)]
    analyzer = hg.Analyzer(None, filter=config(FilterLists(destinations=[(443, 443)])))
    parts = [part for result in analyzer.analyze_packets(frames, linktype=1) for part in result.parts]
    assert kinds(map(str, parts)) == WHOLE

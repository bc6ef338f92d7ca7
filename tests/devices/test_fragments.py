"""Datagrams in fragments. Expected: the same datagram in one piece, RFC 791, 5722 and 8200, and tshark."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest

import huginn_cffi as hg
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings
from huginn_cffi.sources.searching import inputs_of
from tests.devices.fragments import HEADERS, fragment, parts
from tests.support.captures import pcap
from tests.support.devices import mdns
from tests.support.devices.made import MAC, OTHER_MAC, capture, datagram, read, rendered
from tests.support.packets import ACK, Ip, Tcp, packet
from tests.support.saved_states import continued, pieces, settings
from tests.support.tunnels import udp

SECOND = 10**9
LIMIT = 64
TXT = mdns.text(
    "Anna", "_device-info._tcp", b"model=MacBookPro18,3", *(b"k%d=" % n + bytes(90) for n in range(20))
)
MESSAGE = mdns.message(mdns.points("_airplay._tcp", "Anna"), TXT)
DATAGRAM = udp(mdns.PORT, MESSAGE, sport=mdns.PORT)
FIRST, SECOND_END = 800, 1600
BOTH = pytest.mark.parametrize("ip", HEADERS.values(), ids=HEADERS)


def without_number(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records but for what says when the packet came."""
    return [
        {key: one[key] for key in one if key not in ("packet_number", "flow", "timestamp", "time")}
        for one in records
    ]


def counts(*frames: bytes, **options: Any) -> tuple[int, int, int, int]:
    """Datagrams that were reassembled, incomplete, overlapping, evicted."""
    _, stats = rendered(*frames, **options)
    return (
        stats.datagrams_reassembled,
        stats.datagrams_incomplete,
        stats.datagrams_overlapping,
        stats.datagrams_evicted,
    )


def whole(ip: Ip) -> list[dict[str, Any]]:
    """What is read of the datagram in one piece."""
    return read(datagram(MESSAGE, mdns.PORT, mdns.PORT, ip=ip))


@BOTH
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_fragments_in_any_order(ip: Ip, order: tuple[int, ...]) -> None:
    cut = parts(ip, DATAGRAM, FIRST, SECOND_END)
    frames = [cut[i] for i in order]
    found = read(*frames)
    assert len(found) == 1
    assert without_number(found) == without_number(whole(ip))
    assert found[0]["packet_number"] == 3
    assert counts(*frames) == (1, 0, 0, 0)


@BOTH
def test_any_workers_and_pieces(ip: Ip) -> None:
    random = Random(7)
    frames = []
    for number in range(200):
        source = replace(
            ip, source=f"192.0.2.{number % 250}" if "." in ip.source else f"fe80::{number + 1:x}"
        )
        cut = parts(source, DATAGRAM, FIRST, SECOND_END, number=number)
        random.shuffle(cut)
        frames += cut[: random.choice((2, 3, 3, 3))]
    expected = rendered(*frames)
    assert expected[1].datagrams_reassembled > 100
    for workers in (2, 3):
        assert rendered(*frames, workers=workers) == expected
    assert in_pieces(frames, 7) == in_pieces(frames, len(frames))


def in_pieces(frames: list[bytes], size: int) -> list[tuple[bytes, bytes]]:
    """Addresses and ports of the rows, by runs that take over what the one before remembered."""
    found = continued(map(capture, pieces(frames, size)), settings(10, 10), None)
    return [
        row for one in found for row in zip(one["src_ip"].tolist(), one["src_port"].tolist(), strict=True)
    ]


def mdns_run() -> Run:
    return Run(Settings(max_connections=10, max_hosts=10, hash_key=7, protocols=("mdns",)), None)


def state_after(frames: list[bytes]) -> bytes:
    """What a reader of mDNS remembers of frames that end no datagram."""
    run = mdns_run()
    (item,) = inputs_of(capture(frames))
    with item.open(lambda: False) as source:
        assert not list(run.batches(source, "x", capacity=4096, max_packets=1 << 20, stop=lambda: False))
    return run.save()


def test_a_damaged_state_is_refused() -> None:
    first, *_ = parts(HEADERS["IPv4"], DATAGRAM, FIRST)
    state = state_after([first])
    same = mdns_run()
    same.load(state)
    assert same.save() == state
    for at in range(0, len(state), 7):
        damaged = state[:at] + bytes((state[at] ^ 0xFF,)) + state[at + 1 :]
        other = mdns_run()
        try:
            other.load(damaged)
        except ValueError:
            continue
        other.load(other.save())
    for cut in range(1, FIRST + 600, 97):
        with pytest.raises(ValueError, match="saved state"):
            same.load(state[:-cut])


def test_the_sender_is_that_of_the_last_fragment_to_come() -> None:
    one, two = parts(HEADERS["IPv4"], DATAGRAM, FIRST)
    (_, far) = parts(HEADERS["IPv4"], DATAGRAM, FIRST, mac=OTHER_MAC)
    assert read(one, two)[0]["source_mac"] == MAC
    assert read(one, far)[0]["source_mac"] == OTHER_MAC


@BOTH
def test_repeated_fragments_are_one(ip: Ip) -> None:
    frames = [frame for frame in parts(ip, DATAGRAM, FIRST, SECOND_END) for _ in range(2)]
    assert len(read(*frames)) == 1
    assert counts(*frames) == (1, 0, 0, 0)


@BOTH
def test_overlaps_with_other_bytes_end_a_datagram(ip: Ip) -> None:
    one, two = parts(ip, DATAGRAM, FIRST)
    other = fragment(ip, b"?" * 80, FIRST - 16, more=True)
    assert counts(one, other, two) == (0, 0, 1, 0)
    assert not read(one, other, two)
    repeated = fragment(ip, DATAGRAM[: FIRST - 1] + b"?", 0, more=True)
    assert counts(one, repeated, two, one, two) == (0, 0, 1, 0)


@BOTH
@pytest.mark.parametrize(("first", "end"), [(FIRST - 16, FIRST + 16), (8, 16)], ids=["across", "within"])
def test_overlaps_with_the_same_bytes(ip: Ip, first: int, end: int) -> None:
    """Of IPv4 they do no harm; of IPv6 any overlap ends the datagram."""
    one, two = parts(ip, DATAGRAM, FIRST)
    again = fragment(ip, DATAGRAM[first:end], first, more=True)
    is_read = ip is HEADERS["IPv4"]
    assert counts(one, again, two) == ((1, 0, 0, 0) if is_read else (0, 0, 1, 0))
    assert bool(read(one, again, two)) is is_read


@BOTH
def test_bytes_behind_the_end(ip: Ip) -> None:
    one, two = parts(ip, DATAGRAM, FIRST)
    behind = fragment(ip, bytes(16), (len(DATAGRAM) + 15) // 8 * 8, more=True)
    assert counts(one, two[:-8] + bytes(8), behind)[0] == 1  # it is over
    assert counts(two, behind, one) == (0, 0, 1, 0)
    assert counts(behind, two, one) == (0, 0, 1, 0)


def timed(*steps: tuple[float, bytes]) -> hg.Stats:
    with hg.Analyzer(None) as analyzer:
        times = [(10**18 + round(seconds * SECOND), data) for seconds, data in steps]
        list(analyzer.analyze_pcap(pcap(times, 1)))
        return analyzer.stats


@BOTH
@pytest.mark.parametrize(("seconds", "is_read"), [(30, True), (30.001, False)])
def test_fragments_wait_for_30_seconds(ip: Ip, seconds: float, is_read: bool) -> None:
    one, two = parts(ip, DATAGRAM, FIRST)
    stats = timed((0, one), (seconds, two))
    assert (stats.datagrams_reassembled, stats.datagrams_incomplete) == (is_read, not is_read)
    assert stats.events_by_kind["mdns"] == is_read


def test_a_flood_is_bounded_and_counted() -> None:
    """First fragments go last: those whose first fragment did not come are evicted before them."""
    ip = HEADERS["IPv4"]
    kept = parts(ip, DATAGRAM, FIRST, number=1)
    flood = [fragment(ip, bytes(64), 65000, more=True, number=2 + number) for number in range(5000)]
    _, stats = rendered(kept[0], *flood, kept[1])
    assert stats.datagrams_reassembled == 1
    assert stats.datagrams_evicted == 5000 - LIMIT + 1
    assert len(state_after([kept[0], *flood])) - len(state_after(flood[:1])) < LIMIT * (64 << 10) + 50_000
    firsts = [fragment(ip, DATAGRAM[:64], 0, more=True, number=2 + number) for number in range(LIMIT)]
    assert counts(kept[0], *firsts, kept[1])[0] == 0


@BOTH
def test_parts_of_a_datagram_are_limited(ip: Ip) -> None:
    every_second = [fragment(ip, bytes(8), 16 * number, more=True) for number in range(1, LIMIT + 2)]
    assert counts(*every_second[:-1]) == (0, 0, 0, 0)
    assert counts(*every_second) == (0, 0, 0, 1)


@BOTH
def test_what_is_no_fragment_of_a_reader(ip: Ip) -> None:
    """First fragments for other ports, odd lengths, data past the end of any datagram; TCP."""
    others = {
        "other port": parts(ip, udp(9999, MESSAGE, sport=9999), FIRST)[0],
        "odd length": fragment(ip, DATAGRAM[:77], 0, more=True),
        "nothing": fragment(ip, b"", 8, more=True),
        "too long": fragment(ip, bytes(32), 65520, more=False),
        "tcp": fragment(replace(ip, protocol=6), packet(ip, Tcp(flags=ACK))[-20:], 0, more=True),
    }
    for name, data in others.items():
        _, stats = rendered(data)
        assert stats.analysed == 0, name
    _, stats = rendered(parts(ip, DATAGRAM, FIRST)[0][:-1])
    assert stats.drops["truncated"] == 1


def test_a_whole_datagram_behind_a_fragment_header() -> None:
    """RFC 6946: it is read at once, whatever else has its number."""
    ip = HEADERS["IPv6"]
    one, two = parts(ip, DATAGRAM, FIRST)
    atomic = fragment(ip, DATAGRAM, 0, more=False)
    assert len(read(one, atomic, two)) == 2
    assert counts(one, atomic, two) == (1, 0, 0, 0)


@BOTH
def test_a_false_udp_header(ip: Ip) -> None:
    for length in (7, len(DATAGRAM) + 1):
        false = udp(mdns.PORT, MESSAGE, sport=mdns.PORT, length=length)
        assert not read(*parts(ip, false, FIRST))
    shorter = udp(mdns.PORT, MESSAGE + bytes(16), sport=mdns.PORT, length=len(DATAGRAM))
    assert without_number(read(*parts(ip, shorter, FIRST))) == without_number(whole(ip))


@BOTH
@pytest.mark.parametrize("mode", ["allow", "deny"])
@pytest.mark.parametrize("port", [mdns.PORT, 80])
def test_filters_judge_the_whole_datagram(ip: Ip, mode: Literal["allow", "deny"], port: int) -> None:
    chosen = hg.FilterConfig(mode=mode, port=hg.PortFilter(any=port))
    with hg.Analyzer(None).with_filter(chosen) as analyzer:
        found = list(analyzer.analyze_pcap(capture(parts(ip, DATAGRAM, FIRST))))
    assert bool(found) is ((port == mdns.PORT) == (mode == "allow"))


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is absent")
@BOTH
def test_tshark_reassembles_the_same(ip: Ip, tmp_path: Path) -> None:
    random = Random(3)
    frames = []
    for number in range(40):
        cut = parts(ip, DATAGRAM, *sorted(random.sample(range(8, len(DATAGRAM) - 8, 8), 4)), number=number)
        random.shuffle(cut)
        frames += cut[: random.choice((4, 5, 5))]
    path = tmp_path / "fragments.pcap"
    path.write_bytes(capture(frames))
    command = ["tshark", "-n", "-r", str(path), "-Y", "mdns", "-T", "fields", "-e", "frame.number"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [one["packet_number"] for one in read(*frames)] == [int(line) for line in out.split()]

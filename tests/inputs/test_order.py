"""Several captures are read in the order of their first packets, and one that begins too early is named."""

from __future__ import annotations

import bz2
import gzip
import random
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.analyzer import captures_of
from huginn_cffi.sources.searching import find_captures
from tests.support.captures import enhanced, interface, pcap, section
from tests.support.core import SHARED
from tests.support.in_process import run_in_process_as_text
from tests.support.packets import Ip4, Tcp, ethernet, mss, packet

NAMES = {
    "numbered": [f"x.pcap{number or ''}" for number in range(12)],
    "dated": [f"{day:02}-{month:02}-2026.pcap" for month in (1, 2, 12) for day in (9, 30)],
    "odd": ["zulu", "Ä b.cap", "10.pcap", "9.pcap", "a/z.pcap", "-.pcap", ".hidden"],
}
CASE = SHARED / "cases" / "wrong" / "n2-tcpdump-C"


def content(second: float, last: float | None = None, kind: str = "pcap") -> bytes:
    """A capture that begins and ends at these seconds."""
    syn = packet(Ip4("192.0.2.1"), Tcp(options=mss(1460)))
    data = packet(Ip4("192.0.2.1"), Tcp(flags=0x10, payload=b"x"))
    times = (second, second + 0.5 if last is None else last)
    made = [(10**18 + int(time * 10**9), one) for time, one in zip(times, (syn, data), strict=True)]
    if kind == "pcapng":
        return section() + interface(tsresol=9) + b"".join(enhanced(one, time) for time, one in made)
    return pcap(made)


def written(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("kind", ["pcap", "pcapng", "gzip", "bz2"])
@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("seed", range(3))
def test_folders_and_files_by_hand(names: str, kind: str, seed: int, tmp_path: Path) -> None:
    """Times follow names, or any other order."""
    pack = {"gzip": gzip.compress, "bz2": bz2.compress}.get(kind, bytes)
    order = random.Random(seed).sample(NAMES[names], len(NAMES[names])) if seed else NAMES[names]
    paths = [written(tmp_path, name, pack(content(at, kind=kind))) for at, name in enumerate(order)]
    assert find_captures(tmp_path).captures == tuple(paths)
    shuffled = random.Random(7).sample(paths, len(paths))
    assert find_captures(shuffled).captures == tuple(paths)
    done = run_in_process_as_text("pcap", "--stats", *shuffled)
    assert "begins before" not in done.stderr
    assert [line.rpartition(" from ")[2] for line in done.stderr.splitlines() if "capture:" in line] == [
        hg.base.errors.named(path) for path in paths
    ]


def test_what_has_no_first_packet_keeps_its_place(tmp_path: Path) -> None:
    late, early = (written(tmp_path, name, content(at)) for name, at in (("a", 9), ("b", 1)))
    empty = written(tmp_path, "c", pcap([]))
    text = written(tmp_path, "d", b"no capture")
    given = [text, late, "-", empty, str(tmp_path / "absent"), early]
    assert find_captures(given).captures == (text, early, "-", empty, str(tmp_path / "absent"), late)


def test_equal_times_keep_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = [written(tmp_path, name, content(5)) for name in "cab"]
    assert find_captures(paths).captures == tuple(paths)


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(
    ("spans", "early"),
    [
        ([(0, 10), (10, 20), (20, 30)], []),
        ([(0, 10), (9, 20), (20, 30)], [1]),
        ([(0, 50), (10, 20), (30, 40)], [1]),
        ([(0, 10), (10, 20), (3, 30)], [2]),
    ],
)
def test_a_capture_that_begins_too_early(
    spans: list[tuple[int, int]], early: list[int], workers: int, tmp_path: Path
) -> None:
    """The order of a list in Python is kept."""
    paths = [written(tmp_path, str(at), content(*span)) for at, span in enumerate(spans)]
    analyzer = hg.Analyzer()
    assert len(list(analyzer.batches(paths, workers=workers))) > 0
    assert [at for at, one in enumerate(captures_of(analyzer)) if one.out_of_order] == early
    assert analyzer.stats.files_out_of_order == len(early)
    assert (analyzer.stats + analyzer.stats).files_out_of_order == 2 * len(early)


def test_the_command_says_it(tmp_path: Path) -> None:
    first, second = (written(tmp_path, name, content(*span)) for name, span in (("b", (0, 9)), ("a", (8, 9))))
    for command in (("pcap", "--stats"), ("hosts",), ("devices",)):
        done = run_in_process_as_text(*command, second, first)
        assert done.returncode == 0
        assert "1 file begins before the file read before ended" in done.stderr
    done = run_in_process_as_text("pcap", "--stats", second, first)
    assert f"from {second}, which begins before the capture before it ended" in done.stderr
    assert f"from {first}\n" in done.stderr


def test_times_of_packets_that_are_only_counted(tmp_path: Path) -> None:
    """Plain segments, which become no frame if only handshakes are read."""
    data = ethernet(packet(Ip4("192.0.2.1"), Tcp(flags=0x10, payload=b"x" * 100)))
    for name, seconds in (("a", range(40)), ("b", range(39, 50)), ("c", range(48, 60))):
        written(tmp_path, name, pcap([(10**18 + one * 10**9, data) for one in seconds], linktype=1))
    analyzer = hg.Analyzer(protocols=["tcp"], uptime=False)
    list(analyzer.batches(tmp_path))
    assert analyzer.stats.files_out_of_order == 1


@pytest.mark.skipif(not CASE.exists(), reason="needs the shared cases beside the checkout")
def test_a_capture_that_tcpdump_rotated() -> None:
    for source in ([CASE], sorted(CASE.iterdir())):
        done = run_in_process_as_text("pcap", "--events", "http_request", "--format", "json", *source)
        assert (done.stdout.count("\n"), done.stderr) == (1, "")
        assert "curl" in done.stdout

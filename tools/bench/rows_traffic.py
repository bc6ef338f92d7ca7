"""Rows of the report: packets a second through the whole path, beside the peers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from huginn_cffi import Analyzer
from tools.bench import traffic
from tools.bench.bench import Bench, BenchRow, duration, goal_cell
from tools.bench.inputs import CONCURRENT, BenchCapture
from tools.bench.measure import Comparison, Sampler, all_cores, timed
from tools.bench.peers import HuginnNet, HuginnNetTcp, P0f, Pyp0f, ScapyP0f
from tools.bench.subjects import columns, drain

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

CACHED_PACKETS = 200_000_000
"""What goes over packets in the cache again and again does so until it had so many."""


def of_tcp(bench: Bench, *, uptime: bool = True) -> Analyzer:
    """One beside peers that read no more of these packets. What all protocols cost is in `readers`."""
    return Analyzer(bench.database, uptime=uptime, protocols=("tcp",))


def packets(analyzer: Analyzer, source: Any, **options: Any) -> Sampler:
    """Packets a second of `batches`, all columns made, none read."""

    def job() -> float:
        columns(analyzer, source, **options)
        return analyzer.stats.packets

    return timed(job)


def besides(compared: Comparison) -> float:
    """Seconds that a packet takes more than its copy, the median of the rounds."""
    return median(
        1 / ours.rate - 1 / copy.rate for ours, copy in zip(compared.ours, compared.theirs, strict=True)
    )


def beside_copy(
    bench: Bench, what: str, ours: Sampler, capture: BenchCapture, goal: float
) -> Iterator[BenchRow]:
    """The floor, taken in turn with ours, and what is left above it; the goal is in seconds a packet."""

    def copy() -> float:
        drain(capture.path)
        return capture.packets

    compared = bench.alternate(ours, timed(copy))
    yield bench.compared(what, compared, "the floor, read(2) of the file alone")
    rest = besides(compared)
    cell = goal_cell("≤", duration(goal), rest <= goal)
    yield BenchRow("the same, a packet beside its copy", duration(rest), goal=cell)


def syns(bench: Bench) -> Iterator[BenchRow]:
    """All SYNs, each of which gets a name."""
    capture = bench.inputs.syns(bench.packets)
    ours = packets(of_tcp(bench), str(capture.path))
    file = "SYNs, file to columns"
    yield from bench.against(file, ours, P0f(), capture, goal=250)
    yield from bench.against(file, ours, HuginnNetTcp("pcap", "analyze_pcap"), capture, goal=20)
    yield from bench.against(file, ours, HuginnNetTcp("packets", "packets in memory"), capture)
    yield from bench.against(file, ours, Pyp0f(), capture, goal=5000)
    yield from bench.against(file, ours, ScapyP0f(), capture)
    in_memory = packets(of_tcp(bench), capture.path.read_bytes())
    yield bench.alone("SYNs, memory to columns", in_memory)
    as_shipped = packets(Analyzer(), str(capture.path))
    yield bench.alone("SYNs, file to columns, all protocols, default database", as_shipped)


def mixed(bench: Bench) -> Iterator[BenchRow]:
    """Conversations, with uptimes."""
    capture = bench.inputs.mixed(bench.packets)
    ours = packets(of_tcp(bench), str(capture.path))
    what = "mixed traffic, file to columns, uptimes on"
    yield bench.alone(what, ours, goal=25e6)
    yield from beside_copy(bench, what, ours, capture, goal=18e-9)
    yield from bench.against(what, ours, P0f(), capture)
    yield from bench.against(what, ours, HuginnNetTcp("pcap", "analyze_pcap"), capture)
    woven = bench.inputs.mixed(bench.packets, concurrent=CONCURRENT)
    yield bench.alone(
        f"the same, {CONCURRENT} conversations at a time",
        packets(of_tcp(bench), str(woven.path)),
    )


def readers(bench: Bench) -> Iterator[BenchRow]:
    """Conversations with all protocols on; p0f reads no TLS."""
    kinds = (
        ("TLS", "tls", bench.inputs.mixed(bench.packets, kind="sessions")),
        ("HTTP", "http", bench.inputs.mixed(bench.packets, kind="messages")),
        ("mixed traffic", "tls", bench.inputs.mixed(bench.packets)),
    )
    for name, counted, capture in kinds:
        ours, what = packets(Analyzer(), str(capture.path)), f"{name}, all protocols, file to columns"
        yield from bench.against(what, ours, HuginnNet("all", counted), capture, goal=20)
        if name != "mixed traffic":
            yield from bench.against(what, ours, HuginnNet(counted, counted), capture, goal=20)
        yield from bench.against(what, ours, P0f(), capture)


def layers(bench: Bench) -> Iterator[BenchRow]:
    """The same packets as IPv6, with a VLAN tag and in VXLAN, beside IPv4 in Ethernet alone."""
    count = bench.packets // 2
    for name, capture in (("SYNs", bench.inputs.syns(count)), ("mixed traffic", bench.inputs.mixed(count))):
        plainly = packets(Analyzer(), str(capture.path))
        for layer in traffic.LAYERS:
            encased = bench.inputs.encased(capture, layer)
            compared = bench.alternate(packets(Analyzer(), str(encased.path)), plainly)
            yield bench.compared(f"{name}, {layer}", compared, "IPv4 in Ethernet alone")
            bench.inputs.discard(encased)


def corpus(bench: Bench) -> Iterator[BenchRow]:
    """Captures of other projects' tests, all in one call; what is damaged ends early."""
    if not CORPUS.is_dir():
        bench.not_measured["the corpus"] = f"there is no folder {'/'.join(CORPUS.parts[-2:])} beside this one"
        return
    ours = packets(Analyzer(), str(CORPUS), on_error=lambda error: None)
    yield bench.alone("captures of other projects, all protocols, files to columns", ours)


def plain(bench: Bench) -> Iterator[BenchRow]:
    """Traffic without a SYN, and the decision alone."""
    capture = bench.inputs.plain(bench.packets)
    data = capture.path.read_bytes()
    ours = packets(of_tcp(bench, uptime=False), data)
    yield bench.alone("no SYNs, memory to columns, uptime=False", ours, goal=170e6)
    if bench.hotpath is None:
        return
    count = CACHED_PACKETS // (10 if bench.quick else 1)
    database = bench.inputs.folder / "small.hgdb"
    bench.database.save(database)
    core = bench.hotpath

    def detection() -> Any:
        return core.detect(database, capture.path, count)[0]

    what = "detection alone (C core, frames in the cache)"
    parsing = HuginnNetTcp("parse", "its parsing benchmark", count)
    yield from bench.against(what, detection, parsing, capture, goal=2)
    deciding = HuginnNetTcp("detect", "parsing, then: a SYN?", count)
    yield from bench.against(what, detection, deciding, capture)


def workers(bench: Bench) -> Iterator[BenchRow]:
    """Two workers beside one, on as many cores as there are."""
    if bench.processor:
        bench.not_measured["two workers"] = "they take less time, not less of the processor's"
        return
    kinds = (
        ("SYNs", bench.inputs.syns(bench.packets), 1.6, None),
        ("mixed traffic", bench.inputs.mixed(bench.packets), 1.8, 40e6),
    )
    with all_cores() as cores:
        if cores < 2:
            bench.not_measured["two workers"] = "there is only one core"
            return
        for name, capture, ratio, least in kinds:
            analyzer = of_tcp(bench)
            one, two = (packets(analyzer, str(capture.path), workers=number) for number in (1, 2))
            yield bench.compared(f"{name}, two workers", bench.alternate(two, one), "one worker", ratio)
            if least is not None:
                yield bench.alone(f"{name}, two workers, file to columns", two, goal=least)


def growth(bench: Bench) -> Iterator[BenchRow]:
    """Whether the last packets cost what the first ones did."""
    capture = bench.inputs.syns(bench.packets)
    short = bench.inputs.slice(capture, max(1000, capture.packets // 10))
    copies = 5 if bench.quick else 100
    analyzer = of_tcp(bench)
    many = packets(analyzer, [str(capture.path)] * copies)
    few = packets(analyzer, str(short.path))
    compared = bench.alternate(many, few)
    what = f"{capture.packets * copies:,} SYNs in one call (the capture {copies} times)"
    yield bench.compared(what, compared, f"{short.packets:,} SYNs a call", goal=0.9)

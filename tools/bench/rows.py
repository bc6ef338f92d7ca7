"""Rows of the report: packets per second beside the peers, results and texts, databases, memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from huginn_cffi import Analyzer, Database
from tests.support.core import ROOT
from tools.bench import subjects, traffic
from tools.bench.bench import Bench, BenchRow, both, duration, goal_cell, times
from tools.bench.inputs import CONCURRENT, DISTINCT, SYN_SEED, BenchCapture
from tools.bench.measure import Comparison, Sample, Sampler, all_cores, spent_by_children, timed
from tools.bench.peers import HuginnNet, HuginnNetTcp, P0f, Pyp0f, ScapyP0f
from tools.bench.signatures import tcp_signatures

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

CACHED_PACKETS = 200_000_000
"""Packets of a run that reads the same packets from the cache again and again."""


def of_tcp(bench: Bench, *, uptime: bool = True) -> Analyzer:
    """An analyzer for comparison with peers that read TCP only. `readers` measures all protocols."""
    return Analyzer(bench.database, uptime=uptime, protocols=("tcp",))


def packets(analyzer: Analyzer, source: Any, **options: Any) -> Sampler:
    """Packets per second of `batches`, with all columns filled and none read."""

    def job() -> float:
        subjects.columns(analyzer, source, **options)
        return analyzer.stats.packets

    return timed(job)


def besides(compared: Comparison) -> float:
    """Seconds per packet in addition to copying it, the median of the rounds."""
    return median(
        1 / ours.rate - 1 / copy.rate for ours, copy in zip(compared.ours, compared.theirs, strict=True)
    )


def beside_copy(
    bench: Bench, what: str, ours: Sampler, capture: BenchCapture, goal: float
) -> Iterator[BenchRow]:
    """Copying (the floor) and ours, timed in turn, and the difference; `goal` is in seconds per packet."""

    def copy() -> float:
        subjects.drain(capture.path)
        return capture.packets

    compared = bench.alternate(ours, timed(copy))
    yield bench.compared(what, compared, "the floor, read(2) of the file alone")
    rest = besides(compared)
    cell = goal_cell("≤", duration(goal), rest <= goal)
    yield BenchRow("the same, a packet beside its copy", duration(rest), goal=cell)


def syns(bench: Bench) -> Iterator[BenchRow]:
    """Only SYNs, each with a match."""
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
    """The same packets as IPv6, with a VLAN tag, and in VXLAN, beside plain IPv4 over Ethernet."""
    count = bench.packets // 2
    for name, capture in (("SYNs", bench.inputs.syns(count)), ("mixed traffic", bench.inputs.mixed(count))):
        plainly = packets(Analyzer(), str(capture.path))
        for layer in traffic.LAYERS:
            encased = bench.inputs.encased(capture, layer)
            compared = bench.alternate(packets(Analyzer(), str(encased.path)), plainly)
            yield bench.compared(f"{name}, {layer}", compared, "IPv4 in Ethernet alone")
            bench.inputs.discard(encased)


def corpus(bench: Bench) -> Iterator[BenchRow]:
    """Captures from other projects' tests, in one call; damaged ones end early."""
    if not CORPUS.is_dir():
        bench.not_measured["the corpus"] = f"there is no folder {'/'.join(CORPUS.parts[-2:])} beside this one"
        return
    ours = packets(Analyzer(), str(CORPUS), on_error=lambda error: None)
    yield bench.alone("captures of other projects, all protocols, files to columns", ours)


def plain(bench: Bench) -> Iterator[BenchRow]:
    """Traffic without a SYN; and the decision alone whether a frame is a handshake."""
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
    """Two workers beside one, on all cores."""
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
    """Whether the last packets cost the same as the first."""
    capture = bench.inputs.syns(bench.packets)
    short = bench.inputs.slice(capture, max(1000, capture.packets // 10))
    copies = 5 if bench.quick else 100
    analyzer = of_tcp(bench)
    many = packets(analyzer, [str(capture.path)] * copies)
    few = packets(analyzer, str(short.path))
    compared = bench.alternate(many, few)
    what = f"{capture.packets * copies:,} SYNs in one call (the capture {copies} times)"
    yield bench.compared(what, compared, f"{short.packets:,} SYNs a call", goal=0.9)


# ---- results as objects and as text -----------------------------------------------------------------

IMPORT = "import huginn_cffi; huginn_cffi.Database.load_default()"
IMPORT_GOAL = 0.050
CALLS = 1000


def results(bench: Bench) -> Iterator[BenchRow]:
    capture = bench.inputs.syns(min(bench.packets, 200_000))
    analyzer, path = Analyzer(bench.database), str(capture.path)
    parts = timed(lambda: subjects.five_parts(analyzer, path))
    yield bench.alone("results of `analyze_pcap`, five attributes of each read", parts, goal=1e6)
    names = timed(lambda: subjects.named(analyzer, path))
    yield bench.alone("the same; source, name, flavor and distance read", names)


def texts(bench: Bench) -> Iterator[BenchRow]:
    """The command line with its results in a file, including Python's start."""
    capture = bench.inputs.syns(bench.packets)
    output = bench.inputs.folder / "results"
    for form, goal in (("text", 5), ("json", 10), ("p0f", None)):

        def ours(form: str = form) -> Sample:
            began, cpu = perf_counter(), spent_by_children()
            subjects.command_line(capture.path, bench.inputs.small_database, form, output)
            seconds = perf_counter() - began
            return Sample(capture.packets, seconds, (spent_by_children() - cpu) / seconds)

        yield from bench.against(f"SYNs, command line, `--format {form}`", ours, P0f(), capture, goal)
    output.unlink(missing_ok=True)


def tables(bench: Bench) -> Iterator[BenchRow]:
    """Tables in memory and in files, beside analysis alone and pyarrow's part of the work."""
    talks, flood = bench.inputs.mixed(bench.packets), bench.inputs.syns(bench.packets // 2)
    analyzer, path = Analyzer(bench.database), str(talks.path)
    in_memory = bench.alternate(
        timed(lambda: subjects.tables_of(analyzer, path)), timed(lambda: subjects.columns(analyzer, path))
    )
    yield bench.compared(f"`to_arrow()` of {talks.what}", in_memory, "columns alone", goal=1 / 2)
    table = [subjects.one_table(analyzer, path)]
    in_file = bench.alternate(
        timed(lambda: subjects.parquet(analyzer, path)),
        timed(lambda: subjects.columns(analyzer, path) and subjects.encoded(table)),
    )
    yield bench.compared(
        "the same to Parquet", in_file, "columns alone, and their table written by pyarrow", goal=1.0
    )
    path, folder, other = str(flood.path), bench.inputs.folder / "tables", bench.inputs.folder / "peer"
    ready = subjects.kind_tables(analyzer, path)
    split = bench.alternate(
        timed(lambda: subjects.parquet(analyzer, path, folder)), timed(lambda: subjects.encoded(ready, other))
    )
    yield bench.compared(
        f"a folder of Parquet: {flood.what}", split, "its tables written by pyarrow", goal=1 / 1.4
    )


def single(bench: Bench) -> Iterator[BenchRow]:
    """`fingerprint` of single packets, one after the other."""
    signatures = tcp_signatures(paths=[str(bench.inputs.small_database)])
    syns = [frame[14:] for frame in traffic.syns(signatures, CALLS, distinct=DISTINCT, seed=SYN_SEED)]
    database = bench.database

    def job() -> float:
        subjects.fingerprints(syns, database)
        return len(syns)

    yield bench.alone("`fingerprint(packet)` and its name", timed(job))


def imports(bench: Bench) -> Iterator[BenchRow]:
    """The import with the default database, minus a Python that does nothing."""

    def spent(code: str) -> float:
        clock = spent_by_children if bench.processor else perf_counter
        began = clock()
        subjects.python(code)
        return clock() - began

    spent(IMPORT)
    extra = median(spent(IMPORT) - spent("pass") for _ in range(4 * bench.rounds))
    goal = goal_cell("≤", duration(IMPORT_GOAL), extra <= IMPORT_GOAL)
    yield BenchRow("import with the default database, over bare Python", duration(extra), goal=goal)


# ---- databases --------------------------------------------------------------------------------------

MANY, MANY_QUICK = 100_000, 10_000
COMPILE_GOAL, LOAD_GOAL = 0.100, 0.001
MANY_COMPILE_GOAL, MANY_LOAD_GOAL = 15.0, 0.005
COST_GOAL = 2.0

Clock = Callable[[], float]


def _median_time(job: Callable[[], object], rounds: int, clock: Clock) -> float:
    job()
    spent = []
    for _ in range(rounds):
        began = clock()
        job()
        spent.append(clock() - began)
    return median(spent)


def _row(what: str, seconds: float, goal: float) -> BenchRow:
    return BenchRow(what, duration(seconds), goal=goal_cell("≤", duration(goal), seconds <= goal))


def _load(path: Path, bench: Bench) -> float:
    return _median_time(lambda: Database.open(path), 20 * bench.rounds, bench.clock)


def small(bench: Bench) -> Iterator[BenchRow]:
    path = bench.inputs.small_database
    compiled = bench.inputs.folder / "small.hgdb"
    bench.database.save(compiled)
    seconds = _median_time(lambda: Database.compile(path), 2 * bench.rounds, bench.clock)
    yield _row(f"compile {path.name}, {len(bench.database)} signatures, once warm", seconds, COMPILE_GOAL)
    yield _row("load its .hgdb", _load(compiled, bench), LOAD_GOAL)


def many(bench: Bench) -> Iterator[BenchRow]:
    """100,000 signatures, and packets that match as many of them."""
    count = MANY_QUICK if bench.quick else MANY
    path = bench.inputs.signature_file(count)
    began = bench.clock()
    database = Database.compile(path)
    yield _row(f"compile {count:,} signatures", bench.clock() - began, MANY_COMPILE_GOAL)
    compiled = path.with_suffix(".hgdb")
    database.save(compiled)
    yield _row("load its .hgdb", _load(compiled, bench), MANY_LOAD_GOAL)
    yield _cost(bench, path, database, count)


def _cost(bench: Bench, path: Path, database: Database, count: int) -> BenchRow:
    varied = bench.inputs.syns(bench.packets, database=path, distinct=count)
    usual = bench.inputs.syns(bench.packets)
    compared = bench.alternate(
        packets(Analyzer(database), str(varied.path)),
        packets(Analyzer(bench.database), str(usual.path)),
    )
    cost = 1 / compared.ratio
    return BenchRow(
        f"{count:,} signatures, as many different SYNs",
        both(compared.ours),
        f"{len(bench.database)} signatures: {both(compared.theirs)}",
        f"{times(cost)} the cost",
        goal_cell("≤", times(COST_GOAL), cost <= COST_GOAL),
    )


# ---- memory -----------------------------------------------------------------------------------------

HOSTS, HOSTS_QUICK = 1_000_000, 100_000
FLOOD = 4
"""Number of observed hosts per host that can be remembered."""

FEW = 1000
"""Hosts of the run that shows the memory for everything else."""

MEGABYTE = 1_000_000
GOAL = 64 * MEGABYTE
FLAT = 0.01
"""Growth that counts as no growth, as a share of the memory in use."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Hosts at the end; growth of resident memory in bytes after a quarter, half and all of the packets."""

    packets: int
    hosts: int
    grown: list[int]

    @property
    def drift(self) -> float:
        """Relative growth from half of the capture to its end."""
        return self.grown[-1] / self.grown[-2] - 1


def measure(capture: BenchCapture, hosts: int) -> Memory:
    """Analyse the capture in a separate process that remembers at most `hosts` hosts."""
    command = [sys.executable, "-m", "tools.bench.memory", *map(str, (capture.path, hosts, capture.packets))]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=600)
    return Memory(**json.loads(done.stdout))


def of_hosts(capture: BenchCapture, hosts: int) -> tuple[Memory, int]:
    """The memory with `hosts` hosts, and how many bytes more it is than with almost none."""
    few, many = measure(capture, FEW), measure(capture, hosts)
    return many, many.grown[-1] - few.grown[-1]


def hosts(bench: Bench) -> Iterator[BenchRow]:
    """A flood of addresses, four times as many as are remembered."""
    count = HOSTS_QUICK if bench.quick else HOSTS
    capture = bench.inputs.clocks(FLOOD * count)
    found, used = of_hosts(capture, count)
    bench.inputs.discard(capture)
    what = f"memory of {found.hosts:,} hosts remembered, over {FEW}"
    yield BenchRow(what, f"{used / MEGABYTE:.1f} MB", goal=goal_cell("≤", "64 MB", used <= GOAL))
    flat = f"{found.drift:+.2%}"
    more = f"its growth while {capture.packets // 2:,} further new addresses come"
    yield BenchRow(more, flat, goal=goal_cell("≤", "1 %", found.drift <= FLAT))

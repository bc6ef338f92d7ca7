"""Rows of the report: results as objects and as text, single packets, the import."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from huginn_cffi import Analyzer
from tools.bench import traffic
from tools.bench.bench import Bench, BenchRow, duration, goal_cell
from tools.bench.inputs import DISTINCT, SYN_SEED
from tools.bench.measure import Sample, spent_by_children, timed
from tools.bench.peers import P0f
from tools.bench.signatures import tcp_signatures
from tools.bench.subjects import (
    columns,
    command_line,
    encoded,
    fingerprints,
    five_parts,
    kind_tables,
    named,
    one_table,
    parquet,
    python,
    tables_of,
)

IMPORT = "import huginn_cffi; huginn_cffi.Database.load_default()"
IMPORT_GOAL = 0.050
CALLS = 1000


def results(bench: Bench) -> Iterator[BenchRow]:
    """Results of SYNs as objects."""
    capture = bench.inputs.syns(min(bench.packets, 200_000))
    analyzer, path = Analyzer(bench.database), str(capture.path)
    parts = timed(lambda: five_parts(analyzer, path))
    yield bench.alone("results of `analyze_pcap`, five attributes of each read", parts, goal=1e6)
    names = timed(lambda: named(analyzer, path))
    yield bench.alone("the same; source, name, flavor and distance read", names)


def texts(bench: Bench) -> Iterator[BenchRow]:
    """The command line with its results in a file, Python's start included."""
    capture = bench.inputs.syns(bench.packets)
    output = bench.inputs.folder / "results"
    for form, goal in (("text", 5), ("json", 10), ("p0f", None)):

        def ours(form: str = form) -> Sample:
            began, cpu = perf_counter(), spent_by_children()
            command_line(capture.path, bench.inputs.small_database, form, output)
            seconds = perf_counter() - began
            return Sample(capture.packets, seconds, (spent_by_children() - cpu) / seconds)

        yield from bench.against(f"SYNs, command line, `--format {form}`", ours, P0f(), capture, goal)
    output.unlink(missing_ok=True)


def tables(bench: Bench) -> Iterator[BenchRow]:
    """Tables in memory and in files, beside analysis alone and pyarrow's part of it."""
    talks, flood = bench.inputs.mixed(bench.packets), bench.inputs.syns(bench.packets // 2)
    analyzer, path = Analyzer(bench.database), str(talks.path)
    in_memory = bench.alternate(
        timed(lambda: tables_of(analyzer, path)), timed(lambda: columns(analyzer, path))
    )
    yield bench.compared(f"`to_arrow()` of {talks.what}", in_memory, "columns alone", goal=1 / 2)
    table = [one_table(analyzer, path)]
    in_file = bench.alternate(
        timed(lambda: parquet(analyzer, path)), timed(lambda: columns(analyzer, path) and encoded(table))
    )
    yield bench.compared(
        "the same to Parquet", in_file, "columns alone, and their table written by pyarrow", goal=1.0
    )
    path, folder, other = str(flood.path), bench.inputs.folder / "tables", bench.inputs.folder / "peer"
    ready = kind_tables(analyzer, path)
    split = bench.alternate(
        timed(lambda: parquet(analyzer, path, folder)), timed(lambda: encoded(ready, other))
    )
    yield bench.compared(
        f"a folder of Parquet: {flood.what}", split, "its tables written by pyarrow", goal=1 / 1.4
    )


def single(bench: Bench) -> Iterator[BenchRow]:
    """`fingerprint` of one packet after the other."""
    signatures = tcp_signatures(paths=[str(bench.inputs.small_database)])
    syns = [frame[14:] for frame in traffic.syns(signatures, CALLS, distinct=DISTINCT, seed=SYN_SEED)]
    database = bench.database

    def job() -> float:
        fingerprints(syns, database)
        return len(syns)

    yield bench.alone("`fingerprint(packet)` and its name", timed(job))


def imports(bench: Bench) -> Iterator[BenchRow]:
    """The import with the default database, over a Python that does nothing."""

    def spent(code: str) -> float:
        clock = spent_by_children if bench.processor else perf_counter
        began = clock()
        python(code)
        return clock() - began

    spent(IMPORT)
    extra = median(spent(IMPORT) - spent("pass") for _ in range(4 * bench.rounds))
    goal = goal_cell("≤", duration(IMPORT_GOAL), extra <= IMPORT_GOAL)
    yield BenchRow("import with the default database, over bare Python", duration(extra), goal=goal)

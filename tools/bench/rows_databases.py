"""Rows of the report: compiling and loading databases, what their size costs a packet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from huginn_cffi import Analyzer, Database
from tools.bench.bench import Bench, BenchRow, both, duration, goal_cell, times
from tools.bench.rows_traffic import packets

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
    return _median_time(lambda: Database.load(path), 20 * bench.rounds, bench.clock)


def small(bench: Bench) -> Iterator[BenchRow]:
    """The stock p0f.fp."""
    path = bench.inputs.small_database
    compiled = bench.inputs.folder / "small.hgdb"
    bench.database.save(compiled)
    seconds = _median_time(lambda: Database.compile(path), 2 * bench.rounds, bench.clock)
    yield _row(f"compile {path.name}, {len(bench.database)} signatures, once warm", seconds, COMPILE_GOAL)
    yield _row("load its .hgdb", _load(compiled, bench), LOAD_GOAL)


def many(bench: Bench) -> Iterator[BenchRow]:
    """100,000 signatures, and packets that ask for as many."""
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

"""Compiling and loading databases of all sizes, and what their size costs a packet."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_cffi import Analyzer, Database
from huginn_cffi.base.names import NO_SIGNATURE
from tests.benchmarks.conftest import Clock
from tools.bench.inputs import STOCK_SIZE, Inputs
from tools.bench.subjects import columns

FEW, MANY, MILLION = 5_000, 100_000, 1_000_000


@pytest.fixture(scope="module")
def many(enabled: bool) -> int:
    """Signatures of the larger file."""
    return MANY if enabled else FEW


def test_compile_stock(clock: Clock, stock_path: Path) -> None:
    assert len(clock(lambda: Database.compile(stock_path), 1)) == STOCK_SIZE


def test_load_stock(clock: Clock, stock_path: Path, folder: Path) -> None:
    path = folder / "stock.hgdb"
    Database.compile(stock_path).save(path)
    assert len(clock(lambda: Database.open(path), 1)) == STOCK_SIZE


def test_compile_many(clock: Clock, inputs: Inputs, many: int) -> None:
    path = inputs.signature_file(many)
    database = clock(lambda: Database.compile(path), many)
    assert len(database) == many
    assert len(database.warnings) <= many // 1000  # of two that few packets tell apart


def test_load_many(clock: Clock, inputs: Inputs, many: int, folder: Path) -> None:
    path = folder / "many.hgdb"
    Database.compile(inputs.signature_file(many)).save(path)
    assert len(clock(lambda: Database.open(path), 1)) == many


def test_syns_that_fit_many_signatures(clock: Clock, inputs: Inputs, packets: int, many: int) -> None:
    """As many different packets as signatures, and nearly each signature is found."""
    path = inputs.signature_file(many)
    database, count = Database.compile(path), max(packets, 2 * many)
    capture = inputs.syns(count, database=path, distinct=many)
    analyzer = Analyzer(database)
    clock(lambda: columns(analyzer, str(capture.path)), count)
    found: set[int] = set()
    for batch in analyzer.batches(capture.path):
        found.update(batch.raw["match_index"].tolist())
    assert len(found - {NO_SIGNATURE}) > many * 0.6


def test_million_signatures(clock: Clock, large: None, inputs: Inputs, folder: Path) -> None:
    path = inputs.signature_file(MILLION)
    Database.compile(path).save(folder / "million.hgdb")
    database = Database.open(folder / "million.hgdb")
    capture = inputs.syns(MILLION, database=path, distinct=MILLION)
    analyzer = Analyzer(database)
    clock(lambda: columns(analyzer, str(capture.path)), MILLION)
    assert len(database) == MILLION
    assert analyzer.stats.events_by_kind["syn"] == MILLION

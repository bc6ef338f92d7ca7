"""Stores that somebody filled with far more than this package writes: what is read of them has limits."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from huginn_cffi.store.merging import merge
from huginn_cffi.store.opening import LONGEST
from huginn_cffi.store.reading import COLUMNS, LONGEST_LIST, Store
from huginn_cffi.store.writer import Writer
from tests.support.hosts import BEGAN, host, source_of

HOSTS = 500
LONG = f"printf('%.*c', {2 << 20}, 'x')"
"""2 MiB of SQL's making; once for each host it would be a gigabyte."""


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "hosts.sqlite")
    Writer(path, "gate", source_of(host(0x0A000000 + number) for number in range(HOSTS))).close()
    return path


def changed(path: str, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def values(store: Store, name: str) -> Sequence[str]:
    return [row[COLUMNS.index(name)] for row in store.rows()]


def test_long_names_are_cut_once_for_all_hosts(path: str, capfd: pytest.CaptureFixture[str]) -> None:
    changed(path, f"UPDATE label SET name = {LONG}", f"UPDATE sensor SET site = {LONG}")
    size = Path(path).stat().st_size
    with Store(path) as store:
        assert store.cut == 2
        assert {*values(store, "family"), *values(store, "site")} == {"x" * LONGEST}
        assert store.find("10.0.0.1")[0]["family"] == "x" * LONGEST
    assert main(["hosts", "--store", path, "--format", "csv"]) == 1
    printed = capfd.readouterr()
    assert printed.err == f"huginn: warning: {path}: cut 2 texts longer than any that huginn writes\n"
    assert len(printed.out) < 3 * HOSTS * LONGEST
    assert Path(path).stat().st_size == size


def test_long_names_are_merged_shortened(path: str, tmp_path: Path) -> None:
    changed(path, f"UPDATE label SET name = {LONG}", f"UPDATE sensor SET site = {LONG}")
    out = tmp_path / "out.sqlite"
    assert merge(str(out), [path]) == 1
    assert out.stat().st_size < 1 << 20
    with Store(out) as store:
        assert (len(store), store.cut) == (HOSTS, 0)


def test_a_long_text_of_one_host(path: str) -> None:
    changed(path, f"UPDATE host SET language = {LONG} WHERE addr = x'0A000001'")
    with Store(path) as store:
        assert sorted(len(text or "") for text in values(store, "language"))[-2:] == [0, LONGEST_LIST]
        assert store.cut == 1


def test_very_many_rows_of_one_host(path: str) -> None:
    numbers = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
    changed(
        path,
        f"{numbers} INSERT INTO label SELECT 1000 + i, 'tool', 'tool ' || i, '' FROM n",
        f"{numbers} INSERT INTO system SELECT 1, x'0A000001', 0, 1000 + i, 0, {BEGAN}, {BEGAN}, 1, 1 FROM n",
        f"{numbers} INSERT INTO port SELECT 1, x'0A000001', 0, 0, i, {BEGAN}, 1 FROM n",
    )
    with Store(path) as store:
        [found] = store.find("10.0.0.1")
    assert len(" | ".join(found["tools"])) <= LONGEST_LIST
    assert len(found["client_ports"]) <= 5000


def test_an_ordinary_store_is_read_as_it_is(path: str) -> None:
    with Store(path) as store:
        assert store.cut == 0
        assert {*values(store, "family")} == {"Linux"}
        assert not store._connection.execute("SELECT 1 FROM temp.sqlite_master").fetchone()

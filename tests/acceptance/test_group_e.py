"""Group E: uptime, by the capture's clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.acceptance.cases import AcceptanceCase, check, check_rows, load
from tests.acceptance.public import collect, run_command, run_packets

CASES = load("e")
FindDatabase = Callable[[AcceptanceCase], hg.Database]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_packets(case: AcceptanceCase, database_of: FindDatabase) -> None:
    check(case, run_packets(case, database_of(case)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_second_reading_gives_the_same(
    case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path
) -> None:
    path = tmp_path / "case.pcap"
    path.write_bytes(case.capture)
    with hg.Analyzer(database_of(case)) as analyzer:
        first = collect(analyzer, analyzer.analyze_pcap(path))
        second = collect(analyzer, analyzer.analyze_pcap(path))
    check(case, first)
    assert first == second


@pytest.mark.parametrize("case", CASES, ids=str)
def test_command_line(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    rows, done = run_command(case, database_of(case), tmp_path)
    check_rows(case, rows)
    assert done.returncode == 0


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_uptime_unless_wanted(case: AcceptanceCase, database_of: FindDatabase) -> None:
    with hg.Analyzer(database_of(case), uptime=False) as analyzer:
        results = list(analyzer.analyze_packets(case.packets))
    assert all(result.client_uptime is None and result.server_uptime is None for result in results)
    assert any(result.syn is not None for result in results)

"""Groups B, C and E: packets, link types and whole files, uptimes.

Each case is tested one way, through a file; five of them through every front door of the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.acceptance.cases import AcceptanceCase, check, check_rows, load
from tests.acceptance.public import part_rows, run_command, run_file, run_memory, run_packets

CASES = [case for group in ("b", "c", "e") for case in load(group)]
DAMAGED = [case for case in CASES if case.error is not None]
ALONE = [case for case in CASES if len(case.packets) == 1 and case.linktype == 101]
EVERY_WAY = ALONE[:: len(ALONE) // 4]
LINE = re.compile(
    r"\[1970/01/01 00:00:0[01]\] mod=(syn|syn\+ack|mtu)"
    r"\|cli=(192\.0\.2\.1|2001:db8:0:0:0:0:0:1)/40000"
    r"\|srv=(198\.51\.100\.2|2001:db8:0:0:0:0:0:2)/80"
    r"\|subj=(cli|srv)\|.*"
)
FindDatabase = Callable[[AcceptanceCase], hg.Database]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_file(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    outcome = run_file(case, database_of(case), tmp_path)
    check(case, outcome)
    if case.error is not None:
        assert outcome.damage is not None
        assert case.error.words in outcome.damage[2]
        assert str(tmp_path / "case.pcap") in outcome.damage[2]


@pytest.mark.parametrize("case", EVERY_WAY, ids=str)
def test_every_way(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    database = database_of(case)
    check(case, run_packets(case, database))
    check(case, run_memory(case, database))
    result = hg.fingerprint(case.packets[0][1], db=database)
    check_rows(case, [row for row, _ in part_rows(result)])
    assert result.drop == next(iter(case.drops), None)
    rows, done = run_command(case, database, tmp_path)
    check_rows(case, rows)
    assert done.returncode == 0
    assert all(LINE.fullmatch(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("case", DAMAGED, ids=str)
def test_the_command_tells_of_damage_once(
    case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path
) -> None:
    rows, done = run_command(case, database_of(case), tmp_path)
    check_rows(case, rows)
    assert "Traceback" not in done.stderr
    assert case.error is not None
    assert done.returncode == case.error.status
    (line,) = (line for line in done.stderr.splitlines() if "case.pcap" in line)
    assert case.error.words in line


@pytest.mark.parametrize("case", load("e"), ids=str)
def test_no_uptime_unless_wanted(case: AcceptanceCase, database_of: FindDatabase) -> None:
    with hg.Analyzer(database_of(case), uptime=False) as analyzer:
        results = list(analyzer.analyze_packets(case.packets))
        assert all(result.client_uptime is None and result.server_uptime is None for result in results)
        assert any(result.syn is not None for result in results)


def test_a_second_reading_gives_the_same(database_of: FindDatabase) -> None:
    case = load("e")[0]
    with hg.Analyzer(database_of(case)) as analyzer:
        first, second = ([*analyzer.analyze_pcap(case.capture)] for _ in range(2))
    assert first == second

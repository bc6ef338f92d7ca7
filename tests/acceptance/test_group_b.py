"""Group B: packets. Each case through every front door of the package."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.acceptance.cases import AcceptanceCase, check, check_rows, load
from tests.acceptance.public import part_rows, run_command, run_file, run_memory, run_packets

CASES = load("b")
LINE = re.compile(
    r"\[1970/01/01 00:00:0[01]\] mod=(syn|syn\+ack|mtu)"
    r"\|cli=(192\.0\.2\.1|2001:db8:0:0:0:0:0:1)/40000"
    r"\|srv=(198\.51\.100\.2|2001:db8:0:0:0:0:0:2)/80"
    r"\|subj=(cli|srv)\|.*"
)
FindDatabase = Callable[[AcceptanceCase], hg.Database]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_packets(case: AcceptanceCase, database_of: FindDatabase) -> None:
    check(case, run_packets(case, database_of(case)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_capture(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    database = database_of(case)
    check(case, run_file(case, database, tmp_path))
    check(case, run_memory(case, database))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_command_line(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    rows, done = run_command(case, database_of(case), tmp_path)
    check_rows(case, rows)
    assert done.returncode == 0
    assert all(LINE.fullmatch(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("case", [case for case in CASES if len(case.packets) == 1], ids=str)
def test_fingerprint_of_one_packet(case: AcceptanceCase, database_of: FindDatabase) -> None:
    result = hg.fingerprint(case.packets[0][1], db=database_of(case))
    check_rows(case, [row for row, _ in part_rows(result)])
    assert result.drop is None

"""Group C: link types, dropped packets and capture files, whole and damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.acceptance.cases import AcceptanceCase, check, check_rows, load
from tests.acceptance.public import part_rows, run_command, run_file, run_memory, run_packets

CASES = load("c")
FILES = [case for case in CASES if case.file is not None]
PACKETS = [case for case in CASES if case.file is None]
FindDatabase = Callable[[AcceptanceCase], hg.Database]


@pytest.mark.parametrize("case", PACKETS, ids=str)
def test_packets(case: AcceptanceCase, database_of: FindDatabase) -> None:
    check(case, run_packets(case, database_of(case)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_capture(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    database = database_of(case)
    check(case, run_file(case, database, tmp_path))
    check(case, run_memory(case, database))


@pytest.mark.parametrize("case", PACKETS, ids=str)
def test_command_line(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    rows, done = run_command(case, database_of(case), tmp_path)
    check_rows(case, rows)
    assert done.returncode == 0


@pytest.mark.parametrize("case", FILES, ids=str)
def test_command_line_on_whole_files(case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path) -> None:
    rows, done = run_command(case, database_of(case), tmp_path)
    check_rows(case, rows)
    assert "Traceback" not in done.stderr
    if case.error is None:
        assert done.returncode == 0
        return
    assert done.returncode == case.error.status
    lines = [line for line in done.stderr.splitlines() if "case.pcap" in line]
    assert len(lines) == 1
    assert case.error.words in lines[0]


@pytest.mark.parametrize("case", [case for case in FILES if case.error], ids=str)
def test_error_names_the_file_and_the_place(
    case: AcceptanceCase, database_of: FindDatabase, tmp_path: Path
) -> None:
    assert case.error is not None
    outcome = run_file(case, database_of(case), tmp_path)
    assert outcome.damage is not None
    assert case.error.words in outcome.damage[2]
    assert str(tmp_path / "case.pcap") in outcome.damage[2]


ONE_RAW_PACKET = [case for case in PACKETS if case.linktype == 101 and len(case.packets) == 1]


@pytest.mark.parametrize("case", ONE_RAW_PACKET, ids=str)
def test_fingerprint_of_one_packet(case: AcceptanceCase, database_of: FindDatabase) -> None:
    result = hg.fingerprint(case.packets[0][1], db=database_of(case))
    check_rows(case, [row for row, _ in part_rows(result)])
    assert result.drop == next(iter(case.drops), None)

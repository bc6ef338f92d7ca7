"""Group D: filters. Each case through the library and the command line."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.acceptance.cases import AcceptanceCase, check, check_rows, without_ends
from tests.acceptance.filtered import FilterCase, load_filtered
from tests.acceptance.public import collect, command
from tests.support import needs

FindDatabase = Callable[[AcceptanceCase], hg.Database]

CASES = load_filtered()
GOOD = [case for case in CASES if case.error is None]
BAD = [case for case in CASES if case.error is not None]


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_library(case: FilterCase, database_of: FindDatabase, tmp_path: Path) -> None:
    path = tmp_path / "case.pcap"
    path.write_bytes(case.case.capture)
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        analyzer = case.analyzer(database_of(case.case))
    assert len(given) == (0 if case.warning is None else 1)
    assert all(case.warning in str(one.message) for one in given if case.warning is not None)
    check(case.case, collect(analyzer, analyzer.analyze_pcap(path)))
    packets = analyzer.analyze_packets(case.case.packets, linktype=case.case.linktype)
    check(case.case, collect(analyzer, packets))


@pytest.mark.parametrize("case", BAD, ids=str)
def test_wrong_filter_raises_before_anything_is_read(case: FilterCase) -> None:
    _need_libpcap(case)
    with pytest.raises(hg.FilterError) as raised:
        case.analyzer(hg.Database.load_default())
    assert case.error is not None
    assert case.error in str(raised.value)
    assert isinstance(raised.value, ValueError)


def _need_libpcap(case: FilterCase) -> None:
    if "--bpf" in case.options:
        needs.libpcap()


def run(case: FilterCase, database: hg.Database, folder: Path) -> tuple[list[str], list[str], int]:
    capture, signatures = folder / "case.pcap", folder / "case.hgdb"
    capture.write_bytes(case.case.capture)
    database.save(signatures)
    done = command("pcap", capture, "--db", signatures, "--format", "p0f", *case.options)
    rows = [without_ends(line) for line in done.stdout.splitlines()]
    return rows, done.stderr.splitlines(), done.returncode


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_command_line(case: FilterCase, database_of: FindDatabase, tmp_path: Path) -> None:
    assert case.options
    rows, messages, status = run(case, database_of(case.case), tmp_path)
    check_rows(case.case, rows)
    assert status == 0
    if case.warning is None:
        assert messages == []
    else:
        assert len(messages) == 1
        assert case.warning in messages[0]


@pytest.mark.parametrize("case", [case for case in BAD if case.options], ids=str)
def test_command_line_refuses(case: FilterCase, tmp_path: Path) -> None:
    _need_libpcap(case)
    assert case.error is not None
    rows, messages, status = run(case, hg.Database.load_default(), tmp_path)
    assert (rows, status, len(messages)) == ([], 2, 1)
    assert case.options[0] in messages[0]
    assert case.error in messages[0]

"""Each rule on a capture made for it, and against p0f itself where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import huginn_cffi as hg
from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_text
from tests.parity.compare import RowComparison, readable_frames
from tests.parity.http import LONGEST_LINE
from tests.parity.package import package_rows
from tests.parity.rows import COMPARED, LogRow, parse_log_line
from tests.parity.rules import RULES, Situation
from tests.parity.scenarios import DATABASE, SCENARIOS, URL, Scenario, answer, client, raw, syn
from tests.parity.view import P0fView
from tests.support.packets import mss
from tests.support.tunnels import GRE, carried, gre

OURS = hg.Database.compile(text=DATABASE)


@pytest.fixture(scope="module")
def database() -> SignatureFile:
    parsed, diagnostics = parse_text(DATABASE, "scenario.fp")
    assert [found.severity for found in diagnostics if found.severity == "error"] == []
    return parsed


def situation(capture: bytes, database: SignatureFile, folder: Path) -> Situation:
    file = folder / "made.pcap"
    file.write_bytes(capture)
    return Situation(P0fView(readable_frames(capture), database.tcp), package_rows(OURS)(file))


def expected_rows(scenario: Scenario, ours: list[LogRow]) -> list[LogRow]:
    return [ours[place] for place in scenario.shared] + [parse_log_line(line) for line in scenario.added]


def p0f() -> str | None:
    return shutil.which("p0f") or shutil.which("p0f", path="/usr/sbin:/usr/local/sbin")


def rows_of_p0f(program: str, folder: Path) -> list[LogRow]:
    """What p0f logs for the capture that `situation` left in the folder."""
    (folder / "made.fp").write_text(DATABASE)
    log = folder / "log"
    subprocess.run(
        [program, "-f", folder / "made.fp", "-r", folder / "made.pcap", "-o", log],
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        check=True,
    )
    lines = log.read_text().splitlines() if log.exists() else []
    return [row for row in map(parse_log_line, lines) if row.get("mod") in COMPARED]


def names(scenario: Scenario) -> str:
    return scenario.rule


@pytest.mark.parametrize("scenario", SCENARIOS, ids=names)
def test_rule_explains_what_it_is_for(scenario: Scenario, database: SignatureFile, tmp_path: Path) -> None:
    case = situation(scenario.capture, database, tmp_path)
    comparison = RowComparison()
    comparison.add("made", case, expected_rows(scenario, list(case.ours)))
    assert comparison.unexplained == []
    assert comparison.contradicted == []
    assert dict(comparison.extra) == scenario.extra
    assert dict(comparison.missing) == scenario.missing


@pytest.mark.parametrize("scenario", SCENARIOS, ids=names)
def test_p0f_gives_the_rows_of_the_scenario(
    scenario: Scenario, database: SignatureFile, tmp_path: Path
) -> None:
    program = p0f()
    if program is None:
        pytest.skip("p0f is not installed")
    case = situation(scenario.capture, database, tmp_path)
    found = rows_of_p0f(program, tmp_path)
    wanted = expected_rows(scenario, list(case.ours))
    assert sorted(map(str, found)) == sorted(str(LogRow(row.second, row.fields)) for row in wanted)


def test_every_rule_has_a_scenario() -> None:
    assert {rule.name for rule in RULES} == {scenario.rule for scenario in SCENARIOS}


REQUESTS = {
    "a URL over two packets": (URL, True),
    "a URL over two packets, cut in its version": ((URL[0] + b" HT", b"TP/1.1\r\n"), True),
    "a URL without its end": ((URL[0],), True),
    "a URL over two packets, no version": ((URL[0], b"a\r\n"), False),
    "HTTP/2.0": ((URL[0], b" HTTP/2.0\r\n"), False),
    "a byte that no URL has": ((URL[0], b"\xff"), False),
    "a header over two packets": ((URL[0], b" HTTP/1.1\r\nHo", b"st: a\r\n\r\n"), True),
    "a header without a colon": ((URL[0], b" HTTP/1.1\r\nbad\r\n"), False),
    "the longest line": ((URL[0], b"a" * (LONGEST_LINE - len(URL[0]))), True),
    "a line too long": ((URL[0], b"a" * (LONGEST_LINE - len(URL[0]) + 1)), False),
    "what follows a request": ((*URL, b"anything\xff\n"), True),
    "not enough to judge": ((b"no HTTP",), True),
    "no request": ((b"no HTTP", b" at all"), True),
    "no request, enough to judge": ((b"no HTTP", b" at all!"), False),
}
"""Requests in pieces, and whether p0f keeps the flow."""


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_http_reader_is_that_of_p0f(request_: str, database: SignatureFile, tmp_path: Path) -> None:
    pieces, kept = REQUESTS[request_]
    frames, seq = [(0.0, syn()), (10.0, answer())], 1001
    for place, piece in enumerate(pieces):
        frames.append((20.0 + place, client(100_020, piece, seq=seq)))
        seq += len(piece)
    case = situation(raw(*frames, (1000, client(101_000, seq=seq))), database, tmp_path)
    assert (case.view.packets[-1].gone is None) == kept
    if (program := p0f()) is not None:
        rows = rows_of_p0f(program, tmp_path)
        assert ("uptime" in [row.get("mod") for row in rows]) == kept


def test_a_syn_repeated_very_often(database: SignatureFile, tmp_path: Path) -> None:
    case = situation(raw(*((ms, syn(options=mss(1460))) for ms in range(3000))), database, tmp_path)
    assert [case.kept(packet) for packet in case.view.packets] == [False] + [True] * 2999


PLAIN = raw((0, syn()), (10, answer()), (1000, client(101_000)))


def test_ordinary_capture_has_rows_of_every_kind(database: SignatureFile, tmp_path: Path) -> None:
    case = situation(PLAIN, database, tmp_path)
    assert [row.get("mod") for row in case.ours] == ["syn", "mtu", "syn+ack", "mtu", "uptime"]
    comparison = RowComparison()
    comparison.add("plain", case, case.ours)
    assert (comparison.identical, comparison.total) == (5, 5)
    assert comparison.unexplained == comparison.contradicted == []


@pytest.mark.parametrize("place", range(5))
def test_no_rule_excuses_a_row_of_ours(place: int, database: SignatureFile, tmp_path: Path) -> None:
    case = situation(PLAIN, database, tmp_path)
    comparison = RowComparison()
    comparison.add("plain", case, [row for number, row in enumerate(case.ours) if number != place])
    assert comparison.unexplained == [f"plain: only ours: {case.ours[place]}"]


# Without our SYN+ACK the server's uptime would be another one for a good reason.
@pytest.mark.parametrize("place", [0, 1, 3, 4])
def test_no_rule_excuses_the_lack_of_a_row(place: int, database: SignatureFile, tmp_path: Path) -> None:
    case = situation(PLAIN, database, tmp_path)
    fewer = [row for number, row in enumerate(case.ours) if number != place]
    comparison = RowComparison()
    comparison.add("plain", Situation(case.view, fewer), case.ours)
    assert comparison.unexplained == [f"plain: only p0f: {case.ours[place]}"]


def test_row_that_p0f_cannot_have_printed_contradicts_the_view(
    database: SignatureFile, tmp_path: Path
) -> None:
    case = situation(SCENARIOS[0].capture, database, tmp_path)
    comparison = RowComparison()
    comparison.add("tagged", case, case.ours)
    assert len(comparison.contradicted) == 2


def test_row_of_a_tunnel_without_a_copy_outside_contradicts_the_view(
    database: SignatureFile, tmp_path: Path
) -> None:
    case = situation(raw((0, carried(GRE, gre(syn(), 0x0800)))), database, tmp_path)
    comparison = RowComparison()
    comparison.add("tunnelled", case, case.ours)
    assert len(comparison.contradicted) == 2

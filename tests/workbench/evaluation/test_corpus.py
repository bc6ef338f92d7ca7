"""How accurate the default database is on labelled captures: the goals, leave-one-source-out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from huginn_cffi.database.compiling import DEFAULT_FILES, read_signatures
from huginn_cffi.database.database import Database
from huginn_workbench.evaluation import report, run
from huginn_workbench.evaluation.calibration import (
    Right,
    answered_hosts,
    calibration_error,
    right_family,
    right_version,
    tables,
    versioned_hosts,
    without_own_source,
)
from huginn_workbench.evaluation.judging import HostCounts, JudgedHost, tally
from huginn_workbench.evaluation.report import gains, text_report
from huginn_workbench.evaluation.run import Evaluation, EvaluationPlan, evaluate, without
from huginn_workbench.wording import family_text
from sigcompiler.model import SignatureFile
from sigcompiler.schema.hosts import NARROWING
from tests.support.core import CONFIDENCE
from tests.workbench.evaluation.steps import missed_steps

GOALS = {
    "request": {
        "right": (98, 100),
        "near": (0, 3),
        "wrong": (0, 2),
        "unknown": (0, 2),
        "generation_right": (88, 100),
        "generation_contradicted": (0, 4),
        "among": (97, 100),
    },
    "response": {
        "right": (97, 100),
        "near": (0, 3),
        "wrong": (0, 3),
        "unknown": (0, 2),
        "generation_right": (88, 100),
        "generation_contradicted": (0, 4),
        "among": (90, 100),
    },
}
"""Least and greatest share in percent."""

MAX_CALIBRATION_ERROR = 0.05
MANY, MAX_ERROR_OF_MANY = 100, 0.02
TABLE_TOLERANCE = 0.03


@cache
def evaluated(corpus: Path, leave_one_source_out: bool, signals: tuple[str, ...] | None) -> Evaluation:
    """Each evaluation once: they take seconds, and several tests look at the same."""
    plan = EvaluationPlan(corpus, corpus / "labels.csv", corpus / "oracle", (), leave_one_source_out, signals)
    with pytest.MonkeyPatch.context() as patch:  # signals change no database
        patch.setattr(run, "signatures_of", lambda _: default_signatures())
        patch.setattr(run, "without", lambda _, places: database_without(places))
        return evaluate(plan, lambda _: None)


@cache
def default_signatures() -> SignatureFile:
    return read_signatures(sorted(DEFAULT_FILES.glob("*.fp")), None)[0]


@cache
def database_without(places: frozenset[tuple[str, int]]) -> Database:
    return without(default_signatures(), places)


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "leave-one-source-out"])
def found(request: pytest.FixtureRequest, corpus: Path) -> Evaluation:
    return evaluated(corpus, request.param, None)


def of(hosts: list[JudgedHost], direction: str) -> HostCounts:
    return tally(host for host in hosts if host.packet.direction == direction)


@pytest.mark.parametrize("direction", GOALS)
def test_goals(found: Evaluation, direction: str) -> None:
    counts = of(found.hosts, direction)
    shares = {name: counts.share(name) for name in GOALS[direction]}
    missed = {
        name: share
        for name, share in shares.items()
        if share is None or not GOALS[direction][name][0] <= share <= GOALS[direction][name][1]
    }
    assert counts.hosts > 100
    assert missed == {}


@pytest.mark.parametrize("direction", GOALS)
def test_better_than_p0f_on_the_same_packets(found: Evaluation, direction: str) -> None:
    ours, theirs = of(found.hosts, direction), of(found.oracle_hosts, direction)
    assert ours.hosts == theirs.hosts
    assert ours.right > theirs.right
    assert ours.generation_right > theirs.generation_right
    assert ours.generation_contradicted < theirs.generation_contradicted


def test_calibration(found: Evaluation) -> None:
    assert calibration_error(found.points) <= MAX_CALIBRATION_ERROR
    assert calibration_error(found.version_points) <= MAX_CALIBRATION_ERROR
    large = [point for point in (*found.points, *found.version_points) if point.hosts >= MANY]
    assert len(large) == 2
    assert all(abs(point.right - point.confidence) <= MAX_ERROR_OF_MANY for point in large)


@pytest.mark.parametrize("signals", [None, NARROWING], ids=["packets", "hosts"])
@pytest.mark.parametrize("right", [right_family, right_version])
def test_each_step_of_confidence_is_met(corpus: Path, signals: tuple[str, ...] | None, right: Right) -> None:
    """With the confidences that other sources gave."""
    hosts = evaluated(corpus, True, signals).hosts
    claimed = without_own_source(hosts, right)
    named = answered_hosts(hosts if right is right_family else versioned_hosts(hosts))
    assert len(named) > 150
    assert missed_steps((claimed(host), right(host)) for host in named) == {}


def test_ios_is_never_certain_macos(found: Evaluation) -> None:
    answers = {family_text(host.answer.families) for host in found.hosts if host.packet.family == "iOS"}
    assert answers
    assert "macOS" not in answers


def test_hosts_are_counted_and_what_is_left_out_is_told(found: Evaluation) -> None:
    keys = [host.packet.host for host in found.hosts]
    assert len(keys) == len(set(keys))
    assert len(found.silent) <= 3
    assert sum(not one.counted for one in found.refuted) > 50
    assert all(one.reason for one in found.refuted)


def test_wrong_families_are_labels_that_the_packets_refute(found: Evaluation) -> None:
    refuted = {one.packet.host for one in found.refuted}
    wrong = {host.packet.host for host in found.hosts if host.judgement.family == "wrong"}
    assert wrong <= refuted


def test_the_table_of_confidences_is_that_of_today(corpus: Path) -> None:
    today = evaluated(corpus, True, None)
    stored = json.loads(CONFIDENCE.read_text(encoding="utf-8"))
    now = tables(today.hosts, today.oracle_hosts)
    stale = {
        (table, name)
        for table, cells in now.items()
        for name, share in cells.items()
        if abs(share - stored[table].get(name, 0.0)) > TABLE_TOLERANCE
    }
    assert stale == set(), "fit the table anew: docs/reference/accuracy.md has the command"


PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "accuracy.md"
PAGE_TOLERANCE = 2.0
"""Points by which a share of today may differ from that on the page."""


def test_the_page_shows_the_figures_of_hosts_as_a_whole(corpus: Path) -> None:
    """The benchmark has the figures of single packets."""
    today = [line.split() for line in text_report(evaluated(corpus, True, NARROWING)).splitlines()]
    _, _, page = PAGE.read_text(encoding="utf-8").partition("## Several packets of one host")
    shown = [row for row in (line.split() for line in page.splitlines()) if row[:1] == ["huginn"]]
    measured = [row for row in today if row[:1] == ["huginn"]]
    assert len(shown) == len(measured) == 2
    for left, right in zip(shown, measured, strict=True):
        pairs = zip(map(float, left[-10:]), map(float, right[-10:]), strict=True)
        assert max(abs(one - other) for one, other in pairs) <= PAGE_TOLERANCE, (left, right)


def test_every_signal_of_a_host_earns_its_place(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None changes an answer for the worse. The corpus has no client hints and no programs that tell more."""
    monkeypatch.setattr(report, "evaluate", lambda plan, _: evaluated(corpus, True, plan.signals))
    found = gains(EvaluationPlan(corpus, corpus / "labels.csv", None, (), True))
    together, *alone, everything = found
    assert [one.name for one in alone] == [f"and {source}" for source in NARROWING]
    assert {one.broken for one in found} == {0}
    assert together.versions + together.families >= 5
    better = {
        one.name for one in alone if one.versions + one.repaired > together.versions + together.repaired
    }
    assert better >= {
        "and port_range",
        "and clock",
        "and client_hello",
        "and user_agent",
        "and server_header",
    }
    assert all(one.changed >= together.changed for one in alone)
    assert everything.versions >= max(one.versions for one in alone)

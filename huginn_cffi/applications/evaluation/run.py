"""One evaluation from beginning to end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huginn_cffi.applications.evaluation.answers import Answered, OnError, answers
from huginn_cffi.applications.evaluation.calibration import (
    Point,
    Right,
    curve,
    package_table,
    right_family,
    right_version,
    versioned_hosts,
    without_own_source,
)
from huginn_cffi.applications.evaluation.judging import JudgedHost, judge_hosts
from huginn_cffi.applications.evaluation.labels import LabelError, LabelledPacket, read_labels
from huginn_cffi.applications.evaluation.oracle import oracle_answers
from huginn_cffi.applications.evaluation.refuting import Refuted, refuted
from huginn_cffi.applications.evaluation.sources import answers_without_own_evidence
from huginn_cffi.base.errors import named
from huginn_cffi.database.compiling import DEFAULT_FILES, read_signatures
from huginn_cffi.database.database import Database

if TYPE_CHECKING:
    from sigcompiler.model import SignatureFile


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """What is evaluated, and how. `signatures` are files, one after the other; none stand for the default."""

    corpus: Path
    labels: Path
    oracle: Path | None = None
    signatures: Sequence[str | Path] = ()
    leave_one_source_out: bool = False
    signals: tuple[str, ...] | None = None
    """Combine all packets of a host, with these of `hosts.inventory.SOURCES`; None: each packet alone."""
    traffic: Mapping[str, Any] | None = None
    """What `Analyzer` takes to analyse only some packets; labelled packets without an event do not
    count as silent then. Not with `leave_one_source_out`, for which all of them bear signatures out."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome: judged hosts, and all that was left out."""

    hosts: list[JudgedHost]
    oracle_hosts: list[JudgedHost]
    """The same hosts as p0f names them; none without its answers."""
    silent: list[LabelledPacket]
    """One packet of each host of which no labelled packet gave an event."""
    refuted: list[Refuted]
    left_out: dict[str, int]
    """Signatures not used, by the source whose captures are their only support."""
    points: list[Point]
    """The calibration curve of families."""
    version_points: list[Point]
    """That of versions, of hosts whose label and answer have one."""


def evaluate(plan: EvaluationPlan, on_error: OnError) -> Evaluation:
    """Evaluate. Captures that cannot be read, or not to their end, are reported to `on_error`.

    Raises `LabelError`, `SignatureError` or `DatabaseError` for what is wrong with the input.
    """
    if not plan.corpus.is_dir():
        raise LabelError(f"{named(str(plan.corpus))}: is not a folder of captures")
    rows = read_labels(plan.labels)
    packets = [row for row in rows if not row.suspect]
    answered, left_out = _answers(plan, packets, on_error)
    hosts, silent = judge_hosts(answered)
    compared: list[JudgedHost] = []
    if plan.oracle is not None:
        if not plan.oracle.is_dir():
            raise LabelError(f"{named(str(plan.oracle))}: is not a folder of p0f's answers")
        compared, _ = judge_hosts(oracle_answers(plan.oracle, answered))
    suspects = [row for row in rows if row.suspect]

    def points(some: list[JudgedHost], right: Right) -> list[Point]:
        alone = plan.leave_one_source_out
        return curve(some, without_own_source(hosts, right) if alone else package_table(right), right)

    return Evaluation(
        hosts=hosts,
        oracle_hosts=compared,
        silent=silent if plan.traffic is None else [],
        refuted=refuted(answered, suspects),
        left_out=left_out,
        points=points(hosts, right_family),
        version_points=points(versioned_hosts(hosts), right_version),
    )


def _answers(
    plan: EvaluationPlan, packets: list[LabelledPacket], on_error: OnError
) -> tuple[list[Answered], dict[str, int]]:
    if plan.leave_one_source_out:
        return answers_without_own_evidence(plan.corpus, packets, _signatures(plan), on_error, plan.signals)
    files = plan.signatures
    database = (
        Database.load_default()
        if not files
        else Database.open(files[0])
        if len(files) == 1
        else Database.compile(files)
    )
    return answers(plan.corpus, packets, database, on_error, plan.signals, plan.traffic), {}


def _signatures(plan: EvaluationPlan) -> SignatureFile:
    """The signature files, which must be text: single lines are to be left out."""
    if not plan.signatures:
        return read_signatures(sorted(DEFAULT_FILES.glob("*.fp")), None)[0]
    if Path(plan.signatures[0]).suffix == ".hgdb":
        raise LabelError(
            f"{named(str(plan.signatures[0]))}: to leave sources out, name the .fp file that it was made from"
        )
    return read_signatures(plan.signatures, None)[0]

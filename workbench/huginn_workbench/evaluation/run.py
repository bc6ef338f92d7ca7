"""Runs an evaluation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huginn_cffi import Database, SignatureError
from huginn_cffi.database.compiling import DEFAULT_FILES
from huginn_workbench.arguments import OnError
from huginn_workbench.core import database_of
from huginn_workbench.evaluation import calibration
from huginn_workbench.evaluation.answers import (
    Answered,
    PacketValues,
    SignaturePlace,
    answers,
    oracle_answers,
)
from huginn_workbench.evaluation.judging import JudgedHost, judge, judge_hosts
from huginn_workbench.evaluation.labels import (
    UNIX,
    LabelError,
    LabelledPacket,
    check_folder,
    read_labels,
    truth,
)
from huginn_workbench.wording import named
from sigcompiler.claims.versions import version_range
from sigcompiler.diagnostics import SignatureFileError
from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_files, without_errors

INDEPENDENT = re.compile(
    r"\b(p0f|nDPI|pf\.os|measured|source|sources|kernel|history|rule|order|defaults?|documentation"
    r"|settings|arithmetic)\b"
)
"""Words in a provenance that name evidence other than captures."""

CAPTURES = re.compile(r"\b(captures?|observed|seen)\b")


def rests_on_captures(provenance: str) -> bool:
    """Whether a provenance names only captures."""
    return CAPTURES.search(provenance) is not None and INDEPENDENT.search(provenance) is None


def _answers_without_own_evidence(
    plan: EvaluationPlan, packets: Sequence[LabelledPacket], on_error: OnError
) -> tuple[list[Answered], dict[str, int]]:
    """Answers, each from a database without signatures that only the packet's own source supports.

    Also returns the number of omitted signatures by source. The signature files are read once. If a source
    loses a signature, its captures are analysed again with a database that lacks it.
    """
    signatures = signatures_of(plan.signatures)
    by_source: dict[str, list[Answered]] = defaultdict(list)
    supporters: dict[SignaturePlace, set[str]] = defaultdict(set)
    """For each signature, the sources of the labelled packets that it names correctly."""
    for one in answers(plan.corpus, packets, without(signatures, frozenset()), on_error, plan.signals):
        by_source[one.packet.source].append(one)
        if one.answer and one.answer.signature and judge(one.packet, one.answer).family == "right":
            supporters[one.answer.signature].add(one.packet.source)
    removed: dict[str, int] = {}
    result: list[Answered] = []
    for source, own in by_source.items():

        def again(database: Database, own: list[Answered] = own) -> Iterator[SignaturePlace]:
            # Damaged captures were already reported when they were first read.
            own[:] = answers(
                plan.corpus, [one.packet for one in own], database, lambda error: None, plan.signals
            )
            return _places(own)

        if places := only_own(signatures, supporters, source, _places(own), again):
            removed[source] = len(places)
        result += own
    return result, removed


def _places(answered: Iterable[Answered]) -> Iterator[SignaturePlace]:
    return (place for one in answered if one.answer for place in one.answer.signatures)


def only_own(
    signatures: SignatureFile,
    supporters: Mapping[SignaturePlace, set[str]],
    source: str,
    used: Iterable[SignaturePlace],
    again: Callable[[Database], Iterable[SignaturePlace]],
) -> frozenset[SignaturePlace]:
    """The signatures used for a source that rest on captures and that no other source supports.

    `again` names the source's captures with a database that lacks them, and returns the signatures used then:
    the next one that fits may rest on the same source.
    """
    provenances = {(one.place.file, one.place.line): one.provenance for one in signatures.tcp}
    left_out: frozenset[SignaturePlace] = frozenset()
    while further := {
        place
        for place in used
        if not supporters.get(place, set()) - {source} and rests_on_captures(provenances[place])
    }:
        left_out |= further
        used = again(without(signatures, left_out))
    return left_out


def without(signatures: SignatureFile, places: frozenset[SignaturePlace]) -> Database:
    """A database without the TCP signatures at these places."""
    kept = [one for one in signatures.tcp if (one.place.file, one.place.line) not in places]
    return database_of(replace(signatures, tcp=kept))


SUSPICIONS = {
    "linux-syn-with-mac-user-agent": "a User-Agent of macOS on options in Linux's order",
    "no-tcp-options": "no TCP options, as no such system sends it",
    "proxy": "a proxy made the connection",
    "synthetic": "the capture was written by a program",
    "time-implausible": "the capture is older than the system",
    "ttl128-unix": "an initial TTL of 128, which no Unix has",
    "ttl255": "an initial TTL of 255, as packet makers have it",
    "ttl64-windows": "an initial TTL of 64, where Windows has 128",
    "tunnelled": "the packet came in a tunnel",
    "user-mode-nat": "the network of a virtual machine made the connection",
    "version-conflict": "one host shows two versions",
}

LINUX_ORDER = re.compile(r"mss,sok,ts,nop,ws|mss,nop,nop,sok,nop,ws$|mss,nop,nop,ts,nop,ws")
APPLE_ORDER = re.compile(r"mss,nop,ws,nop,nop,ts,sok,eol")

NOT_LINUX = frozenset(("Windows", "macOS", "iOS", "FreeBSD", "NetBSD", "OpenBSD"))
APPLE = frozenset(("macOS", "iOS"))

FULL_WINDOW = 65535
ETHERNET_MULTIPLES = range(44, 54)
"""floor(65535 / mss) for links with MTU 1280 to 1500."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """A label and the contradicting evidence; `counted` is False if the label is marked as suspect."""

    packet: LabelledPacket
    reason: str
    counted: bool


def refuted(answered: Iterable[Answered], suspects: Iterable[LabelledPacket]) -> list[Refuted]:
    """One entry per host and reason; labels marked as suspect come first."""
    found: dict[tuple[object, str], Refuted] = {}
    for packet in suspects:
        found.setdefault((packet.host, packet.suspect), Refuted(packet, suspicion(packet.suspect), False))
    for one in answered:
        if one.seen is not None:
            for reason in contradictions(one.packet, one.seen):
                found.setdefault((one.packet.host, reason), Refuted(one.packet, reason, True))
    return list(found.values())


def suspicion(marks: str) -> str:
    """The reasons for doubts about a label, in words."""
    return "; ".join(SUSPICIONS.get(mark.partition(":")[0], mark) for mark in marks.split("+"))


def contradictions(packet: LabelledPacket, seen: PacketValues) -> Iterator[str]:
    """Why a packet refutes its label, by rules that use no database."""
    family, is_syn = packet.family, packet.direction == "request"
    if family in NOT_LINUX and LINUX_ORDER.match(seen.olayout):
        yield f"options in Linux's order ({seen.olayout})"
    elif family in UNIX - APPLE and APPLE_ORDER.match(seen.olayout):
        yield f"options in Apple's order ({seen.olayout})"
    if seen.ip_version == 4:  # over IPv6, routers choose the hop limit
        if family == "Windows" and seen.ittl == 64:
            yield SUSPICIONS["ttl64-windows"]
        elif family in UNIX and is_syn and seen.ittl == 128:
            yield SUSPICIONS["ttl128-unix"]
    if family == "Windows" and is_syn and seen.wscale == 8:
        # Windows 10 1703 introduced scale 8 with a window that fills 64 KiB.
        times = seen.window_multiple if seen.window_kind == "mss" else None
        if (seen.wsize == FULL_WINDOW or times in ETHERNET_MULTIPLES) and _all_before(packet, "10"):
            yield "window and scale of Windows 10 1703 or newer"
        elif _all_before(packet, "Vista"):
            yield "a window scale, which came with Vista"
    if packet.evidence == "pcapng-capture-host" and seen.distance > 0:
        yield f"{seen.distance} hops away, which the host that captured cannot be"


def _all_before(packet: LabelledPacket, release: str) -> bool:
    """Whether the label has versions, and all are older than `release`."""
    named = truth(packet.family, packet.version).versions
    newer = version_range("Windows", release)
    assert newer is not None
    return bool(named) and all(one.last < newer.first for one in named)


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """The settings of an evaluation. `signatures` are files in order; empty means the default database."""

    corpus: Path
    labels: Path
    oracle: Path | None = None
    signatures: Sequence[str | Path] = ()
    leave_one_source_out: bool = False
    signals: tuple[str, ...] | None = None
    """Combine all packets of a host, with these of `NARROWING`; None: judge single packets."""
    traffic: Mapping[str, Any] | None = None
    """Arguments of `Analyzer` that select packets; then labelled packets without an event do not count
    as silent. Not allowed with `leave_one_source_out`, which needs all packets to confirm signatures."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result: judged hosts, and everything that was left out."""

    hosts: list[JudgedHost]
    oracle_hosts: list[JudgedHost]
    """The same hosts with p0f's answers; empty without these."""
    silent: list[LabelledPacket]
    """One packet of each host without any event for its labelled packets."""
    refuted: list[Refuted]
    left_out: dict[str, int]
    """Omitted signatures, by the source whose captures are their only support."""
    points: list[calibration.Point]
    """The calibration curve of families."""
    version_points: list[calibration.Point]
    """Points for versions: hosts whose label and answer both have one."""


def evaluate(plan: EvaluationPlan, on_error: OnError) -> Evaluation:
    """Run the evaluation. Captures that cannot be read completely are reported to `on_error`.

    Raises `LabelError`, `SignatureError` or `DatabaseError` for invalid input.
    """
    check_folder(plan.corpus, "captures")
    rows = read_labels(plan.labels)
    packets = [row for row in rows if not row.suspect]
    answered, left_out = _answers(plan, packets, on_error)
    hosts, silent = judge_hosts(answered)
    compared: list[JudgedHost] = []
    if plan.oracle is not None:
        check_folder(plan.oracle, "p0f's answers")
        compared, _ = judge_hosts(oracle_answers(plan.oracle, answered))
    suspects = [row for row in rows if row.suspect]

    def points(some: list[JudgedHost], right: calibration.Right) -> list[calibration.Point]:
        if plan.leave_one_source_out:
            return calibration.curve(some, calibration.without_own_source(hosts, right), right)
        return calibration.curve(some, calibration.looked_up(Database.load_default(), right), right)

    return Evaluation(
        hosts=hosts,
        oracle_hosts=compared,
        silent=silent if plan.traffic is None else [],
        refuted=refuted(answered, suspects),
        left_out=left_out,
        points=points(hosts, calibration.right_family),
        version_points=points(calibration.versioned_hosts(hosts), calibration.right_version),
    )


def _answers(
    plan: EvaluationPlan, packets: list[LabelledPacket], on_error: OnError
) -> tuple[list[Answered], dict[str, int]]:
    if plan.leave_one_source_out:
        return _answers_without_own_evidence(plan, packets, on_error)
    files = plan.signatures
    database = (
        Database.load_default()
        if not files
        else Database.open(files[0])
        if len(files) == 1
        else Database.compile(files)
    )
    return answers(plan.corpus, packets, database, on_error, plan.signals, plan.traffic), {}


def signatures_of(files: Sequence[str | Path]) -> SignatureFile:
    """The signatures of text files, so that single lines can be left out; without files the default ones."""
    if not files:
        return _parsed([str(path) for path in sorted(DEFAULT_FILES.glob("*.fp"))])
    if Path(files[0]).suffix == ".hgdb":
        raise LabelError(
            f"{named(str(files[0]))}: to leave sources out, name the .fp file that it was made from"
        )
    return _parsed(files)


def _parsed(files: Sequence[str | Path]) -> SignatureFile:
    try:
        return without_errors(parse_files([*files]))[0]
    except SignatureFileError as error:
        raise SignatureError(str(error), error.diagnostics) from None

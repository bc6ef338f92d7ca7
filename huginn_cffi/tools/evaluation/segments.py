"""How right the names are that rest on segments alone, on labelled hosts without their handshakes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from huginn_cffi.analyzer import Analyzer
from huginn_cffi.database import Database
from huginn_cffi.errors import CaptureError, named
from huginn_cffi.tools.evaluation.calibration import DIGITS
from huginn_cffi.tools.evaluation.labels import LabelError, LabelledPacket, read_labels
from huginn_cffi.tools.evaluation.segment_packets import SETTINGS, Segment, second_halves, segments_of
from huginn_cffi.tools.evaluation.truths import accepts, truth

ENOUGH = 5
"""Segments on which a name rests at least."""

Outcome = Literal["right", "wrong", "silent"]
Group = Literal["systems", "devices and BSD", "several systems"]
GROUPS: tuple[Group, ...] = ("systems", "devices and BSD", "several systems")
_OTHERS = frozenset(("device", "FreeBSD", "OpenBSD", "NetBSD", "DragonFly BSD"))


@dataclass(frozen=True, slots=True)
class SegmentHost:
    """A labelled address of a capture, and what its segments point to."""

    file: str
    ip: str
    labels: frozenset[tuple[str, str]]
    """Family and version of each label of the address."""
    segments: int
    family: str
    """Empty for none."""
    silence: str
    shows: str

    @property
    def source(self) -> str:
        """Who made the capture."""
        return self.file.partition("__")[0]

    @property
    def group(self) -> Group:
        """Several systems stand for a NAT."""
        if len({_stack(family, version) for family, version in self.labels}) > 1:
            return "several systems"
        return "devices and BSD" if any(family in _OTHERS for family, _ in self.labels) else "systems"

    @property
    def outcome(self) -> Outcome:
        """A family that shares its stack with that of a label is right; of several systems none is."""
        if not self.family:
            return "silent"
        if self.group == "several systems":
            return "wrong"
        return "right" if any(_is_right(self.family, *label) for label in self.labels) else "wrong"


def _stack(family: str, version: str) -> object:
    from sigcompiler.stacks import stacks_of

    return stacks_of(family) or family


def _is_right(answer: str, family: str, version: str) -> bool:
    known = truth(family, version)
    return any(
        accepts(family, known.families, name) or known.is_near(name) for name in answer.split(" or ")
    )


@dataclass(frozen=True, slots=True)
class SegmentEvaluation:
    """The same hosts with all their segments, and without the first half of them."""

    whole: list[SegmentHost]
    half: list[SegmentHost]


def evaluate_segments(
    corpus: Path,
    labels: Path,
    database: Database | None,
    on_error: Callable[[CaptureError], None],
) -> SegmentEvaluation:
    """Names of labelled hosts by their segments alone; `LabelError` as for other evaluations."""
    if not corpus.is_dir():
        raise LabelError(f"{named(str(corpus))}: is not a folder of captures")
    rows = [row for row in read_labels(labels) if not row.suspect]
    analyzer = Analyzer(
        Database.load_default() if database is None else database,
        protocols=SETTINGS.protocols,
        uptime=False,
        decapsulate=False,
        segments=True,
        hash_key=0,
    )
    found = SegmentEvaluation([], [])
    for file, own in groupby(sorted(rows, key=lambda row: row.file), key=lambda row: row.file):
        known = _labels_by_address(own)
        segments = segments_of(corpus / file, on_error)
        found.whole.extend(_hosts(analyzer, file, known, segments))
        found.half.extend(_hosts(analyzer, file, known, second_halves(segments)))
    return found


def _labels_by_address(rows: Iterable[LabelledPacket]) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        found[row.ip].add((row.family, row.version))
    return {ip: frozenset(some) for ip, some in found.items()}


def _hosts(
    analyzer: Analyzer,
    file: str,
    known: dict[str, frozenset[tuple[str, str]]],
    segments: Sequence[Segment],
) -> list[SegmentHost]:
    """The labelled hosts of a capture; those of IPv6 are left out."""
    counts = Counter(one.source for one in segments)
    told: dict[str, tuple[str, str, str]] = {}
    for linktype in dict.fromkeys(one.linktype for one in segments):
        packets = [(one.time_ns, one.data) for one in segments if one.linktype == linktype]
        for result in analyzer.analyze_packets(packets, linktype=linktype):
            if result.segments is not None:
                seen = result.segments
                told[seen.source.ip] = seen.family or "", seen.silence or "", seen.shows
    return [
        SegmentHost(file, ip, labels, counts[ip], *told.get(ip, ("", "", "")))
        for ip, labels in known.items()
        if ":" not in ip
    ]


def shares(hosts: Iterable[SegmentHost]) -> dict[str, float]:
    """How often a name is right, by family: drawn towards one half as if two hosts more had been seen."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for host in hosts:
        if host.family and host.segments >= ENOUGH:
            for family in host.family.split(" or "):
                seen[family].append(host.outcome == "right")
    return {
        family: round((sum(right) + 1) / (len(right) + 2), DIGITS) for family, right in sorted(seen.items())
    }

"""Measures the accuracy of names from segments alone, on labelled hosts without their handshakes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, get_args

from huginn_cffi import Analyzer, CaptureError, Database
from huginn_cffi.database.compiling import DEFAULT_FILES
from huginn_workbench.core import headers_of
from huginn_workbench.evaluation.calibration import DIGITS, drawn
from huginn_workbench.evaluation.labels import accepts, check_folder, read_labels, truth
from sigcompiler.claims.confidence import UNPROVEN, read_confidence
from sigcompiler.stacks import stacks_of

_TAGS = (b"\x81\x00", b"\x88\xa8", b"\x91\x00")
ETHERNET = 1
_IP4, _SYN = b"\x08\x00", 0x02

_BEFORE_IP = {0: 4, 12: 0, 14: 0, 101: 0, 108: 4, 113: 16, 228: 0, 276: 20}
"""Bytes before the IP header, by link type; Ethernet may add tags."""


class _Segment(NamedTuple):
    """A TCP packet over IPv4 without the SYN flag."""

    time_ns: int
    linktype: int
    source: str
    data: bytes


def _second_halves(segments: list[_Segment]) -> list[_Segment]:
    """The second half of each sender's segments."""
    counts = Counter(one.source for one in segments)
    seen: Counter[str] = Counter()
    kept = []
    for one in segments:
        seen[one.source] += 1
        if seen[one.source] > counts[one.source] // 2:
            kept.append(one)
    return kept


def _segments_of(path: Path) -> Iterator[_Segment]:
    """The IPv4 segments of a capture; `CaptureError` if it is damaged."""
    for one in headers_of(path):
        if source := _source(one.linktype, one.data):
            yield _Segment(one.time_ns, one.linktype, source, one.data)


def _source(linktype: int, data: bytes) -> str:
    """The sender of an IPv4 TCP packet without the SYN flag; empty for all other packets."""
    start = _BEFORE_IP.get(linktype, -1)
    if linktype == ETHERNET:
        start = 14
        while data[start - 2 : start] in _TAGS:
            start += 4
        if data[start - 2 : start] != _IP4:
            return ""
    header = data[start : start + 20] if start >= 0 else b""
    if len(header) < 20 or header[0] >> 4 != 4 or header[9] != 6:
        return ""
    flags = start + (header[0] & 15) * 4 + 13
    if flags >= len(data) or data[flags] & _SYN:
        return ""
    return ".".join(map(str, header[12:16]))


ENOUGH = 5
"""Least number of segments for a name."""

STARTS = {"Linux": 0.93, "Windows": 0.97, "iOS": 0.85, "macOS": 0.85}
"""Initial shares from a study of other hosts, lower for families with few hosts."""

Group = Literal["systems", "devices and BSD", "several systems"]
GROUPS = get_args(Group)
_OTHERS = frozenset(("device", "FreeBSD", "OpenBSD", "NetBSD", "DragonFly BSD"))


@dataclass(frozen=True, slots=True)
class SegmentHost:
    """A labelled address in a capture, and the family that its segments point to."""

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
        """The maker of the capture."""
        return self.file.partition("__")[0]

    @property
    def group(self) -> Group:
        """The group of the host; several systems at one address mean a NAT."""
        if len({_stack(family, version) for family, version in self.labels}) > 1:
            return "several systems"
        return "devices and BSD" if any(family in _OTHERS for family, _ in self.labels) else "systems"

    @property
    def outcome(self) -> Literal["right", "wrong", "silent"]:
        """Right: a family with the stack of a label's family. Wrong: several systems, or another family."""
        if not self.family:
            return "silent"
        if self.group == "several systems":
            return "wrong"
        for family, version in self.labels:
            known = truth(family, version)
            for name in self.family.split(" or "):
                if accepts(family, known.families, name) or known.is_near(name):
                    return "right"
        return "wrong"


def _stack(family: str, version: str) -> object:
    family = next(iter(truth(family, version).families)) if family == "unknown" else family
    return stacks_of(family) or family


@dataclass(frozen=True, slots=True)
class SegmentEvaluation:
    """The same hosts, named from all their segments and from the second half."""

    whole: list[SegmentHost]
    half: list[SegmentHost]


def evaluate_segments(
    corpus: Path,
    labels: Path,
    database: Database | None,
    on_error: Callable[[CaptureError], None],
) -> SegmentEvaluation:
    """Names of labelled hosts from their segments alone; `LabelError` as in other evaluations."""
    check_folder(corpus, "captures")
    rows = [row for row in read_labels(labels) if not row.suspect]
    analyzer = Analyzer(
        Database.load_default() if database is None else database,
        protocols=("tcp",),
        uptime=False,
        decapsulate=False,
        segments=True,
    )
    found = SegmentEvaluation([], [])
    for file, own in groupby(sorted(rows, key=lambda row: row.file), key=lambda row: row.file):
        known: _Labels = defaultdict(frozenset)
        for row in own:
            known[row.ip] |= {(row.family, row.version)}
        segments: list[_Segment] = []
        try:
            segments.extend(_segments_of(corpus / file))
        except CaptureError as error:
            on_error(error)
        found.whole.extend(_hosts(analyzer, file, known, segments))
        found.half.extend(_hosts(analyzer, file, known, _second_halves(segments)))
    return found


_Labels: TypeAlias = "dict[str, frozenset[tuple[str, str]]]"
"""By address."""


def _hosts(analyzer: Analyzer, file: str, known: _Labels, segments: Sequence[_Segment]) -> list[SegmentHost]:
    counts = Counter(one.source for one in segments)
    answers: dict[str, tuple[str, str, str]] = {}
    for linktype in dict.fromkeys(one.linktype for one in segments):
        packets = [(one.time_ns, one.data) for one in segments if one.linktype == linktype]
        for result in analyzer.analyze_packets(packets, linktype=linktype):
            if result.segments is not None:
                seen = result.segments
                answers[seen.source.ip] = seen.family or "", seen.silence or "", seen.shows
    return [
        SegmentHost(file, ip, labels, counts[ip], *answers.get(ip, ("", "", "")))
        for ip, labels in known.items()
        if ":" not in ip
    ]


def shares(hosts: Iterable[SegmentHost]) -> dict[str, float]:
    """Share of right names by family, drawn towards `STARTS` as if `PRIOR` more hosts had been seen."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for host in hosts:
        if host.family and host.segments >= ENOUGH:
            for family in host.family.split(" or "):
                seen[family].append(host.outcome == "right")
    return {family: round(drawn(seen[family], start), DIGITS) for family, start in STARTS.items()}


def calibration_error(hosts: Sequence[SegmentHost], *, leave_one_source_out: bool) -> float:
    """The distance between the claimed and the true share of right names over all named hosts.

    With `leave_one_source_out` hosts from other sources give the claimed share, otherwise the default tables.
    """
    named_hosts = [host for host in hosts if host.family and host.segments >= ENOUGH]
    if not named_hosts:
        return 0.0
    carried = dict(read_confidence(DEFAULT_FILES / "confidence.json").segments)
    sources = {host.source for host in hosts}
    tables = {
        source: shares(host for host in hosts if host.source != source) if leave_one_source_out else carried
        for source in sources
    }
    claimed = sum(
        min(tables[host.source].get(family, UNPROVEN) for family in host.family.split(" or "))
        for host in named_hosts
    )
    right = sum(host.outcome == "right" for host in named_hosts)
    return abs(claimed - right) / len(named_hosts)


def counted(hosts: Iterable[SegmentHost]) -> dict[str, dict[str, int]]:
    """Counts of hosts with enough segments, by group: all, named, right and wrong."""
    counts = {group: dict.fromkeys(("hosts", "named", "right", "wrong"), 0) for group in GROUPS}
    for host in hosts:
        if host.segments >= ENOUGH:
            for name in ("hosts", *(("named", host.outcome) if host.family else ())):
                counts[host.group][name] += 1
    return counts


def _silences(hosts: Iterable[SegmentHost]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for host in hosts:
        if not host.family:
            found["too_few" if host.segments < ENOUGH else host.silence or "no_rule"] += 1
    return dict(found.most_common())


def segments_text(found: SegmentEvaluation, *, leave_one_source_out: bool) -> str:
    """The report for people."""
    lines = [f"Names by segments alone, of labelled hosts with {ENOUGH} segments or more (IPv4)", ""]
    for title, hosts in (("all segments", found.whole), ("without the first half", found.half)):
        for group, row in counted(hosts).items():
            if row["hosts"]:
                parts = (
                    f"{100 * row[key] / row['hosts']:5.1f} % {key}" for key in ("named", "right", "wrong")
                )
                lines.append(f"  {title:24}{group:18}{row['hosts']:5} hosts  {'  '.join(parts)}")
    lines += [
        "",
        "  without a name           " + ", ".join(f"{k} {n}" for k, n in _silences(found.whole).items()),
    ]
    error = calibration_error(found.whole, leave_one_source_out=leave_one_source_out)
    lines.append(f"  confidence and share     {100 * error:.1f} points apart")
    wrong = [host for host in found.whole if host.outcome == "wrong" and host.segments >= ENOUGH]
    lines += ["", *(f"  wrong: {host.file}, {host.ip}: {host.family}, {host.shows}" for host in wrong)]
    return "\n".join(lines).rstrip() + "\n"


def segments_json(found: SegmentEvaluation, *, leave_one_source_out: bool) -> str:
    """The report for programs."""
    document = {
        "segments": {
            "least": ENOUGH,
            "whole": counted(found.whole),
            "half": counted(found.half),
            "silences": _silences(found.whole),
            "shares": shares(found.whole),
            "calibration_error": calibration_error(found.whole, leave_one_source_out=leave_one_source_out),
        }
    }
    return json.dumps(document, indent=2) + "\n"

"""An evaluation as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from huginn_cffi.applications.evaluation.calibration import Point, calibration_error
from huginn_cffi.applications.evaluation.judging import (
    HostCounts,
    JudgedHost,
    answer_signature,
    by,
    confusion,
    label_family,
    label_generation,
    label_year,
    tally,
)
from huginn_cffi.applications.evaluation.run import Evaluation, Refuted

DIRECTIONS = (("request", "SYN"), ("response", "SYN+ACK"))

_SHARES = (
    *("right", "near", "wrong", "unknown"),
    *("generation_right", "generation_contradicted", "generation_unnamed"),
)
_WIDTH = 9
_HEADINGS = ("hosts", "right", "near", "wrong", "unknown", "version", "right", "contrad.", "unnamed", "among")
_GROUPS: tuple[tuple[str, Callable[[JudgedHost], str]], ...] = (
    ("by family", label_family),
    ("by generation", label_generation),
    ("by year", label_year),
)


def text_report(found: Evaluation) -> str:
    """The whole report; lines of at most about 120 characters, but for signatures."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Evaluation) -> Iterator[str]:
    yield "Shares in percent of distinct hosts (a host counts once per capture and direction)."
    yield "The version stands for labels that have one; among: the truth is among the candidates."
    for direction, name in DIRECTIONS:
        hosts = [host for host in found.hosts if host.packet.direction == direction]
        compared = [host for host in found.oracle_hosts if host.packet.direction == direction]
        yield from _direction(name, hosts, compared)
    yield from _calibration("Calibration", found.points)
    yield from _calibration("Calibration of versions", found.version_points)
    yield from _left_out(found)
    yield from _refuted(found.refuted)


def _direction(name: str, hosts: list[JudgedHost], compared: list[JudgedHost]) -> Iterator[str]:
    totals = {"huginn": tally(hosts)}
    if compared:
        totals["p0f 3.09b"] = tally(compared)
    yield from _table(name, totals)
    for title, key in _GROUPS:
        yield from _table(f"{name} {title}", by(hosts, key))
        if compared and title == "by family":
            yield from _table(f"{name} {title}, p0f 3.09b", by(compared, key))
    yield from _confusion(f"{name}: label, and answers", confusion(hosts))
    yield from _signatures(f"{name} by signature: hosts, right, wrong, and how they were named", hosts)


def _table(title: str, rows: dict[str, HostCounts]) -> Iterator[str]:
    first = max([len(title), *map(len, rows)])
    yield ""
    yield title.ljust(first) + "".join(heading.rjust(_WIDTH + 1) for heading in _HEADINGS)
    for name, counts in rows.items():
        yield name.ljust(first) + "".join(cell.rjust(_WIDTH + 1) for cell in _cells(counts))


def _cells(counts: HostCounts) -> Iterator[str]:
    yield str(counts.hosts)
    for name in _SHARES:
        if name == "generation_right":
            yield str(counts.versioned)
        yield _percent(counts.share(name))
    yield _percent(counts.share("among"))


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1f}"


def _confusion(title: str, table: dict[str, dict[str, int]]) -> Iterator[str]:
    yield ""
    yield title
    for family, counts in table.items():
        yield f"  {family}: " + ", ".join(f"{answer} {count}" for answer, count in counts.items())


def _signatures(title: str, hosts: Sequence[JudgedHost]) -> Iterator[str]:
    yield ""
    yield title
    rows = by(hosts, answer_signature)
    for name, counts in sorted(rows.items(), key=lambda row: (-row[1].hosts, row[0])):
        yield f"{counts.hosts:6}{counts.right:6}{counts.wrong + counts.near:6}  {name}"


def _calibration(title: str, points: Sequence[Point]) -> Iterator[str]:
    yield ""
    error = 100 * calibration_error(points)
    yield f"{title}, error {error:.1f} points: confidence, hosts, claimed, right"
    for point in points:
        share = f"{100 * point.confidence:.1f}".rjust(8) + f"{100 * point.right:.1f}".rjust(8)
        yield f"  {point.low:.2f}-{point.high:.2f}{point.hosts:6}{share}"


def _left_out(found: Evaluation) -> Iterator[str]:
    if found.left_out:
        yield ""
        yield "Signatures not used because a source's own captures are their only support"
        yield from (f"  {source}: {count}" for source, count in found.left_out.items())
    if found.silent:
        yield ""
        yield "Labelled hosts without an event, not counted"
        yield from (f"  {packet}" for packet in found.silent)


def _refuted(entries: Sequence[Refuted]) -> Iterator[str]:
    counted = [one for one in entries if one.counted]
    yield ""
    yield f"Labels that the packets contradict (they count too): {len(counted)} hosts"
    yield from (f"  {one.packet}: {one.reason}" for one in counted)
    left_out = [one for one in entries if not one.counted]
    yield ""
    yield f"Labels left out as suspect: {len(left_out)} hosts; capture, hosts, and why"
    groups = Counter((one.packet.file, one.reason) for one in left_out)
    yield from (f"  {file}: {hosts}: {reason}" for (file, reason), hosts in groups.items())

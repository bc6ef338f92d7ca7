"""An evaluation as text, and as one JSON object."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from huginn_cffi.applications.evaluation.calibration import Point, calibration_error
from huginn_cffi.applications.evaluation.combining import Gain
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
from huginn_cffi.applications.evaluation.labels import LabelledPacket
from huginn_cffi.applications.evaluation.run import Evaluation

DIRECTIONS = (("request", "SYN"), ("response", "SYN+ACK"))

_SHARES = (
    *("right", "near", "wrong", "unknown"),
    *("generation_right", "generation_contradicted", "generation_unnamed"),
)
_WIDTH = 9
_HEADINGS = ("hosts", "right", "near", "wrong", "unknown", "version", "right", "contrad.", "unnamed", "among")
_GROUPS: dict[str, Callable[[JudgedHost], str]] = {
    "by_family": label_family,
    "by_generation": label_generation,
    "by_year": label_year,
    "by_signature": answer_signature,
}


def text_report(found: Evaluation) -> str:
    """The whole report; lines of at most about 120 characters, but for signatures."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Evaluation) -> Iterator[str]:
    yield "Shares in percent of distinct hosts (a host counts once per capture and direction)."
    yield "The version stands for labels that have one; among: the truth is among the candidates."
    for direction, name in DIRECTIONS:
        yield from _direction(name, *_of_direction(found, direction))
    yield from _calibration("Calibration", found.points)
    yield from _calibration("Calibration of versions", found.version_points)
    yield from _left_out(found)


def _of_direction(found: Evaluation, direction: str) -> list[list[JudgedHost]]:
    """The hosts, and as p0f names them."""
    return [
        [host for host in hosts if host.packet.direction == direction]
        for hosts in (found.hosts, found.oracle_hosts)
    ]


def _direction(name: str, hosts: list[JudgedHost], compared: list[JudgedHost]) -> Iterator[str]:
    totals = {"huginn": tally(hosts)}
    if compared:
        totals["p0f 3.09b"] = tally(compared)
    yield from _table(name, totals)
    for title, key in _GROUPS.items():
        if title == "by_signature":
            continue
        yield from _table(f"{name} {title.replace('_', ' ')}", by(hosts, key))
        if compared and title == "by_family":
            yield from _table(f"{name} by family, p0f 3.09b", by(compared, key))
    yield from ("", f"{name}: label, and answers")
    for family, counts in confusion(hosts).items():
        yield f"  {family}: " + ", ".join(f"{answer} {count}" for answer, count in counts.items())
    yield from ("", f"{name} by signature: hosts, right, wrong, and how they were named")
    rows = by(hosts, answer_signature)
    for rule, found in sorted(rows.items(), key=lambda row: (-row[1].hosts, row[0])):
        yield f"{found.hosts:6}{found.right:6}{found.wrong + found.near:6}  {rule}"


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


def _calibration(title: str, points: Sequence[Point]) -> Iterator[str]:
    error = 100 * calibration_error(points)
    yield from ("", f"{title}, error {error:.1f} points: confidence, hosts, claimed, right")
    for point in points:
        share = f"{100 * point.confidence:.1f}".rjust(8) + f"{100 * point.right:.1f}".rjust(8)
        yield f"  {point.low:.2f}-{point.high:.2f}{point.hosts:6}{share}"


def _left_out(found: Evaluation) -> Iterator[str]:
    if found.left_out:
        yield from ("", "Signatures not used because a source's own captures are their only support")
        yield from (f"  {source}: {count}" for source, count in found.left_out.items())
    if found.silent:
        yield from ("", "Labelled hosts without an event, not counted")
        yield from (f"  {packet}" for packet in found.silent)
    counted = [one for one in found.refuted if one.counted]
    yield from ("", f"Labels that the packets contradict (they count too): {len(counted)} hosts")
    yield from (f"  {one.packet}: {one.reason}" for one in counted)
    suspect = [one for one in found.refuted if not one.counted]
    yield from ("", f"Labels left out as suspect: {len(suspect)} hosts; capture, hosts, and why")
    groups = Counter((one.packet.file, one.reason) for one in suspect)
    yield from (f"  {file}: {hosts}: {reason}" for (file, reason), hosts in groups.items())


def json_report(found: Evaluation, gained: Sequence[Gain] = ()) -> str:
    """Counts of hosts, not shares; the keys ``syn`` and ``syn_ack`` hold the two directions.

    With `gained` there is ``together`` too: what combining the packets of a host gains.
    """
    content = {
        "syn": _direction_dict(*_of_direction(found, "request")),
        "syn_ack": _direction_dict(*_of_direction(found, "response")),
        "calibration": _calibration_dict(found.points),
        "version_calibration": _calibration_dict(found.version_points),
        "left_out": found.left_out,
        "silent": [_packet(packet) for packet in found.silent],
        "refuted": [
            {**_packet(one.packet), "reason": one.reason, "counted": one.counted} for one in found.refuted
        ],
        **({"together": [asdict(one) for one in gained]} if gained else {}),
    }
    return json.dumps(content, indent=2).replace("\x7f", "\\u007f") + "\n"


def _calibration_dict(points: Sequence[Point]) -> dict[str, Any]:
    return {"error": calibration_error(points), "curve": [asdict(point) for point in points]}


def _direction_dict(hosts: list[JudgedHost], compared: list[JudgedHost]) -> dict[str, Any]:
    parts: dict[str, Any] = {"total": asdict(tally(hosts)), "confusion": confusion(hosts)}
    for name, key in _GROUPS.items():
        parts[name] = {group: asdict(counts) for group, counts in by(hosts, key).items()}
    if compared:
        parts["p0f"] = {
            "total": asdict(tally(compared)),
            "by_family": {group: asdict(counts) for group, counts in by(compared, label_family).items()},
        }
    parts["mistakes"] = [
        {
            **_packet(host.packet),
            "answer": host.answer.text,
            "judged": {"family": host.judgement.family, "generation": host.judgement.generation},
        }
        for host in hosts
        if host.judgement.family != "right" or host.judgement.generation == "contradicted"
    ]
    return parts


def _packet(packet: LabelledPacket) -> dict[str, Any]:
    label = f"{packet.family} {packet.version}".strip()
    return {"file": packet.file, "packet": packet.frame, "ip": packet.ip, "label": label}

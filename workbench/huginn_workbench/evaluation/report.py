"""Writes an evaluation as text and as one JSON object."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from huginn_workbench.evaluation.calibration import Point, calibration_error
from huginn_workbench.evaluation.judging import HostCounts, JudgedHost, by, confusion, tally
from huginn_workbench.evaluation.labels import LabelledPacket, version_words
from huginn_workbench.evaluation.run import Evaluation, EvaluationPlan, evaluate
from sigcompiler.schema.hosts import NARROWING

ALONE, LABELS, ALL = "each packet alone", "signatures together", "all of them"


@dataclass(frozen=True, slots=True)
class Gain:
    """The effect of combining a host's packets in one way, compared with single packets."""

    name: str
    changed: int
    """Hosts with another answer."""
    families: int
    """Hosts with a right family, now one family instead of two."""
    versions: int
    """Hosts with a right answer whose versions changed and still do not contradict the label."""
    repaired: int
    """Hosts whose answer became right: now the family is right and the version is not contradicted."""
    broken: int
    """Hosts whose answer was right in this sense before, and is no longer."""


def gains(plan: EvaluationPlan) -> list[Gain]:
    """One row for signatures alone, one for each further signal, and one for all together."""
    alone = _hosts(replace(plan, signals=None))
    ways = {LABELS: (), **{f"and {name}": (name,) for name in NARROWING}, ALL: tuple(NARROWING)}
    return [_gain(name, alone, _hosts(replace(plan, signals=chosen))) for name, chosen in ways.items()]


def gains_text(found: Sequence[Gain]) -> str:
    """A table with a heading."""
    heading = ("Packets of a host together", "changed", "one family", "fewer versions", "repaired", "broken")
    rows = (
        name.ljust(28) + "".join(str(count).rjust(16) for count in counts)
        for name, *counts in (heading, *map(astuple, found))
    )
    return "\n".join(("", *rows, ""))


def _hosts(plan: EvaluationPlan) -> dict[object, JudgedHost]:
    # Damaged captures were reported by the evaluation itself.
    return {host.packet.host: host for host in evaluate(plan, lambda error: None).hosts}


def _gain(name: str, alone: dict[object, JudgedHost], together: dict[object, JudgedHost]) -> Gain:
    pairs = [(alone[key], together[key]) for key in alone if key in together]

    def count(holds: Callable[[JudgedHost, JudgedHost], bool]) -> int:
        return sum(holds(before, after) for before, after in pairs)

    return Gain(
        name,
        count(lambda before, after: before.answer.claims != after.answer.claims),
        count(
            lambda before, after: (
                _right(after) and len(after.answer.families) == 1 < len(before.answer.families)
            )
        ),
        count(_fewer_versions),
        count(lambda before, after: _right(after) and not _right(before)),
        count(lambda before, after: _right(before) and not _right(after)),
    )


def _right(host: JudgedHost) -> bool:
    return host.judgement.family == "right" and host.judgement.generation != "contradicted"


def _fewer_versions(before: JudgedHost, after: JudgedHost) -> bool:
    """Whether the versions of a family changed and still do not contradict the label."""
    if after.judgement.generation not in ("right", "unlabelled") or not _right(before):
        return False
    known = {claim.family: claim.versions for claim in before.answer.claims}
    return any(
        bool(claim.versions) and known.get(claim.family, claim.versions) != claim.versions
        for claim in after.answer.claims
    )


_SHARES = (
    *("right", "near", "wrong", "unknown"),
    *("generation_right", "generation_contradicted", "generation_unnamed"),
)
_WIDTH = 9
_HEADINGS = ("hosts", "right", "near", "wrong", "unknown", "version", "right", "contrad.", "unnamed", "among")


def _label_generation(host: JudgedHost) -> str:
    """Family and version of the label, in the grammar of flavors; empty without a version."""
    words = version_words(host.packet.family, host.packet.version)
    return f"{host.packet.family} {words}" if words else ""


def _signature(host: JudgedHost) -> str:
    return f"{host.answer.rule}  {host.answer.text}" if host.answer.rule else ""


_GROUPS: dict[str, Callable[[JudgedHost], str]] = {
    "by_family": lambda host: host.packet.family,
    "by_generation": _label_generation,
    "by_year": lambda host: host.packet.year,
    "by_signature": _signature,
}


def text_report(found: Evaluation) -> str:
    """The whole report; lines have at most about 120 characters, except for signatures."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Evaluation) -> Iterator[str]:
    yield "Shares in percent of distinct hosts (a host counts once per capture and direction)."
    yield "Version columns count only labels with a version; among: the candidates include the truth."
    for direction, name in (("request", "SYN"), ("response", "SYN+ACK")):
        yield from _direction(name, _of_direction(found, direction))
    yield from _calibration("Calibration", found.points)
    yield from _calibration("Calibration of versions", found.version_points)
    yield from _left_out(found)


def _of_direction(found: Evaluation, direction: str) -> list[JudgedHost]:
    return [host for host in found.hosts if host.packet.direction == direction]


def _direction(name: str, hosts: list[JudgedHost]) -> Iterator[str]:
    yield from _table(name, {"huginn": tally(hosts)})
    for title, key in _GROUPS.items():
        if title != "by_signature":
            yield from _table(f"{name} {title.replace('_', ' ')}", by(hosts, key))
    yield from ("", f"{name}: label, and answers")
    for family, counts in confusion(hosts).items():
        yield f"  {family}: " + ", ".join(f"{answer} {count}" for answer, count in counts.items())
    yield from ("", f"{name} by signature: hosts, right, wrong, and how they were named")
    rows = by(hosts, _signature)
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
    yield from ("", f"{title}, error {error:.1f} points: range, hosts, confidence, right")
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
    """Counts of hosts, not shares; the keys ``syn`` and ``syn_ack`` have the two directions.

    With `gained` there is also ``together``: the gain from combining the packets of a host.
    """
    content = {
        "syn": _direction_dict(_of_direction(found, "request")),
        "syn_ack": _direction_dict(_of_direction(found, "response")),
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


def _direction_dict(hosts: list[JudgedHost]) -> dict[str, Any]:
    parts: dict[str, Any] = {"total": asdict(tally(hosts)), "confusion": confusion(hosts)}
    parts |= {
        name: {group: asdict(counts) for group, counts in by(hosts, key).items()}
        for name, key in _GROUPS.items()
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

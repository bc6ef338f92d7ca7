"""An evaluation as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from huginn_cffi.applications.evaluation.calibration import Point, calibration_error
from huginn_cffi.applications.evaluation.combining import Gain
from huginn_cffi.applications.evaluation.judging import (
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

GROUPS = {
    "by_family": label_family,
    "by_generation": label_generation,
    "by_year": label_year,
    "by_signature": answer_signature,
}


def json_report(found: Evaluation, gained: Sequence[Gain] = ()) -> str:
    """Counts of hosts, not shares; the keys ``syn`` and ``syn_ack`` hold the two directions.

    With `gained` there is ``together`` too: what combining the packets of a host gains.
    """
    content = {
        "syn": _direction(found, "request"),
        "syn_ack": _direction(found, "response"),
        "calibration": _calibration(found.points),
        "version_calibration": _calibration(found.version_points),
        "left_out": found.left_out,
        "silent": [_packet(packet) for packet in found.silent],
        "refuted": [
            {**_packet(one.packet), "reason": one.reason, "counted": one.counted} for one in found.refuted
        ],
        **({"together": [asdict(one) for one in gained]} if gained else {}),
    }
    return json.dumps(content, indent=2).replace("\x7f", "\\u007f") + "\n"


def _calibration(points: Sequence[Point]) -> dict[str, Any]:
    return {"error": calibration_error(points), "curve": [asdict(point) for point in points]}


def _direction(found: Evaluation, direction: str) -> dict[str, Any]:
    hosts = [host for host in found.hosts if host.packet.direction == direction]
    compared = [host for host in found.oracle_hosts if host.packet.direction == direction]
    parts: dict[str, Any] = {"total": asdict(tally(hosts)), "confusion": confusion(hosts)}
    for name, key in GROUPS.items():
        parts[name] = {group: asdict(counts) for group, counts in by(hosts, key).items()}
    if compared:
        parts["p0f"] = {
            "total": asdict(tally(compared)),
            "by_family": {group: asdict(counts) for group, counts in by(compared, label_family).items()},
        }
    parts["mistakes"] = [_mistake(host) for host in hosts if _is_mistake(host)]
    return parts


def _is_mistake(host: JudgedHost) -> bool:
    return host.judgement.family != "right" or host.judgement.generation == "contradicted"


def _mistake(host: JudgedHost) -> dict[str, Any]:
    judged = {"family": host.judgement.family, "generation": host.judgement.generation}
    return {**_packet(host.packet), "answer": host.answer.text, "judged": judged}


def _packet(packet: LabelledPacket) -> dict[str, Any]:
    label = f"{packet.family} {packet.version}".strip()
    return {"file": packet.file, "packet": packet.frame, "ip": packet.ip, "label": label}

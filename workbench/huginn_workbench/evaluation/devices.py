"""Measures the accuracy of device names on labelled devices, and derives their confidence.

The share of a kind of announcement for a field (``dhcp-class model``) is the fraction of right values among
the values that this kind supports. It is drawn towards `START` times the field's share, as if `PRIOR` more
devices had been counted: the patterns were written from these same devices, so a kind that few of them
announce is less reliable for other devices.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from huginn_cffi import PROTOCOLS, Analyzer, CaptureError, Database
from huginn_cffi.database.compiling import DEFAULT_FILES
from huginn_workbench.arguments import OnError
from huginn_workbench.core import inventory_of, with_confidence
from huginn_workbench.evaluation.calibration import DIGITS, drawn
from huginn_workbench.evaluation.labels import LabelledDevice, check_folder, read_device_labels
from sigcompiler.claims.confidence import ANNOUNCED, read_confidence
from sigcompiler.model import DeviceValues
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS, RANKS, WITH_MODELS, AnnouncementKind, Rank

Grade = Literal["right", "near", "wrong"]
"""near: a related type, or a value less specific than the label."""

KIN = (
    frozenset(("computer", "server")),
    frozenset(("router", "access-point")),
    frozenset(("phone", "tablet")),
    frozenset(("media-player", "tv", "display")),
    frozenset(("camera", "doorbell", "camera-recorder")),
)
"""Groups of types that may all describe the same device."""

SAME_MAKER = (
    frozenset(("hp", "hewlett", "packard")),
    frozenset(("tp", "link", "kasa")),
    frozenset(("lg", "electronics")),
    frozenset(("western", "digital", "wd")),
)
LINUX = frozenset(
    (
        *("linux", "android", "chromecast", "tizen", "webos", "roku", "openwrt"),
        *("dsm", "busybox", "raspbian", "ubuntu", "debian", "fedora", "samba"),
    )
)
"""Systems with the Linux kernel."""

MOST_EXTRA_WORDS = 3
"""Limit of the words in an answer that the label lacks: a long list is no answer."""

_EMPTY_WORDS = frozenset(("inc", "corp", "co", "ltd", "the", "and", "or", "of"))


def judge_value(field: str, label: str, answer: str) -> Grade:
    """Compare the answer for a field with its label."""
    if field == "type":
        is_near = any({answer, label} <= one for one in KIN)
        return "right" if answer == label else "near" if is_near else "wrong"
    if field == "version":
        parts = (re.split(r"[.\s]", version.lower()) for version in (label, answer))
        labelled, answered = ([part for part in version if part not in ("", "x")] for version in parts)
        common = min(len(labelled), len(answered))
        if common == 0 or labelled[:common] != answered[:common]:
            return "wrong"
        return "right" if len(answered) >= len(labelled) else "near"
    label_words, answer_words = _words(label), _words(answer)
    if field == "system":
        options = [_words(one) for one in re.split(r" or | / ", answer)]
        is_kin = bool(label_words & LINUX) and any(one & LINUX for one in options)
        is_near = is_kin or any(label_words & one for one in options)
        return "right" if label_words in options else "near" if is_near else "wrong"
    if len(answer_words - label_words) > MOST_EXTRA_WORDS:
        return "wrong"
    if field == "manufacturer":
        is_same = any(label_words & one and answer_words & one for one in SAME_MAKER)
        return "right" if is_same or label_words & answer_words else "wrong"
    label_numbers, answer_numbers = (
        {word for word in words if re.search(r"\d", word)} for words in (label_words, answer_words)
    )
    if not label_words & answer_words or (
        label_numbers and answer_numbers and not label_numbers <= answer_numbers
    ):
        return "wrong"
    return "right" if label_words <= answer_words else "near"


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _EMPTY_WORDS}


NO_RANK = "none"

STEPS = 10
"""Number of steps of confidence in the report, from 0 to 1."""

START = 0.95
"""Factor for a field's share; kinds of announcements without labelled devices get the product."""


@dataclass(frozen=True, slots=True)
class JudgedValue:
    """The answer for one field of a device; `answer` is empty without one."""

    device: str
    field: str
    label: str
    answer: str
    grade: str
    """right, near, wrong or silent."""
    confidence: float
    kinds: tuple[str, ...]
    """Kinds of announcements that support it."""
    rank: str
    """The highest `Rank` of the announcements that support it; none without an answer."""


@dataclass(frozen=True, slots=True)
class DeviceEvaluation:
    """All labelled values, judged with the shares of the database and with shares from other sources.

    A source is the start of a capture's name, up to two underscores, as for other evaluations.
    """

    values: list[JudgedValue]
    held_out: list[JudgedValue]


def evaluate_devices(folder: Path, labels: Path, database: Database, on_error: OnError) -> DeviceEvaluation:
    """Judge the devices of the captures in a folder; `LabelError` as for other evaluations."""
    check_folder(folder, "captures")
    devices = read_device_labels(labels, folder)
    values = _judged(folder, devices, database, on_error)
    tables = read_confidence(DEFAULT_FILES / "confidence.json")
    held_out = []
    for source in sorted({one.source for one in devices}):
        some = [one for one in devices if one.source == source]
        own = {one.device for one in some}
        shares = fit_devices(value for value in values if value.device not in own)
        other = with_confidence(database, tables._replace(devices=shares)._asdict())
        held_out += _judged(folder, some, other, lambda error: None)
    return DeviceEvaluation(values, held_out)


def _judged(
    folder: Path, devices: Sequence[LabelledDevice], database: Database, on_error: OnError
) -> list[JudgedValue]:
    found = []
    for file, some in groupby(sorted(devices, key=lambda one: one.file), key=lambda one: one.file):
        hosts = _hosts(folder / file, database, on_error)
        for one in some:
            known = [host["device"] for host in hosts if host["device"] and host["mac"] == one.mac]
            known = known or [host["device"] for host in hosts if host["device"] and host["ip"] == one.ip]
            found += [_judge(one, field, label, known) for field, label in one.values.items()]
    return found


def _hosts(path: Path, database: Database, on_error: OnError) -> list[dict[str, Any]]:
    with Analyzer(database, protocols=PROTOCOLS) as analyzer:
        hosts = inventory_of()
        try:
            for batch in analyzer.batches([path], on_error=on_error):
                hosts.add(batch)
        except CaptureError as error:
            on_error(error)
        return [*hosts.values()]


def _judge(of: LabelledDevice, field: str, label: str, known: list[dict[str, Any]]) -> JudgedValue:
    device = next((one for one in known if one[field]), None)
    if device is None:
        return JudgedValue(of.device, field, label, "", "silent", 0.0, (), NO_RANK)
    answer: str = device[field]
    claims = [one for one in device["evidence"] if one[field] and one["relation"] == "agrees"]
    lowered = answer.lower()
    support = [
        one
        for one in claims
        if one[field].lower().startswith(lowered) or lowered.startswith(one[field].lower())
    ]
    kinds = {one["source"] for one in support}
    ranks = [_rank(ANNOUNCEMENT_WORDS[one["source"]], one["model"]) for one in support]
    rank = max(ranks).name.lower() if ranks else NO_RANK
    grade = judge_value(field, label, answer)
    sure: float = device["confidence"][field] or 0.0
    return JudgedValue(of.device, field, label, answer, grade, sure, tuple(sorted(kinds)), rank)


def _rank(kind: AnnouncementKind, model: str | None) -> Rank:
    return Rank.IDENTITY if model and kind in WITH_MODELS else RANKS[kind]


def fit_devices(values: Iterable[JudgedValue]) -> dict[str, float]:
    """The table `devices`: shares by kind of announcement and field."""
    fields: dict[str, list[bool]] = {field: [] for field in DeviceValues._fields}
    groups: dict[str, list[bool]] = defaultdict(list)
    for value in values:
        if value.answer:
            fields[value.field].append(value.grade == "right")
            for kind in value.kinds:
                groups[f"{kind} {value.field}"].append(value.grade == "right")
    rates = {field: (sum(seen) + 1) / (len(seen) + 2) for field, seen in fields.items()}
    return {name: round(drawn(groups[name], START * rates[name.split()[1]]), DIGITS) for name in ANNOUNCED}


def fitted_tables(path: Path, values: Sequence[JudgedValue]) -> str:
    """The confidence tables at `path`, or else the default ones, with shares for devices by these values."""
    measured = {f"{kind} {one.field}" for one in values if one.answer for kind in one.kinds}
    fitted = {
        "devices": fit_devices(values),
        "assumed": [name for name in ANNOUNCED if name not in measured],
    }
    source = path if path.exists() else DEFAULT_FILES / "confidence.json"
    read_confidence(source)
    document = json.loads(source.read_text("utf-8"))
    return json.dumps({**document, **fitted}, indent=2) + "\n"


# ---- reports ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """Counts for one field or all fields; `claimed` is the mean confidence of the answers, from 0 to 1."""

    labels: int
    right: int
    near: int
    wrong: int
    silent: int
    claimed: float
    share: float
    """The share of right answers."""


def counts(values: Sequence[JudgedValue]) -> FieldCounts:
    """Count the grades of values."""
    found = Counter(value.grade for value in values)
    given = [value for value in values if value.answer]
    return FieldCounts(
        labels=len(values),
        **{grade: found[grade] for grade in ("right", "near", "wrong", "silent")},
        claimed=sum(value.confidence for value in given) / max(1, len(given)),
        share=found["right"] / max(1, len(given)),
    )


def by_field(values: Sequence[JudgedValue]) -> dict[str, FieldCounts]:
    """The `counts` of each field, and of all fields together."""
    rows = {
        field: counts([value for value in values if value.field == field]) for field in DeviceValues._fields
    }
    return {**rows, "all": counts(values)}


def by_rank(values: Sequence[JudgedValue]) -> dict[str, FieldCounts]:
    """The `counts` of all values by the rank of the evidence that decided."""
    ranks = (*(one.name.lower() for one in sorted(Rank, reverse=True)), NO_RANK)
    return {rank: counts([value for value in values if value.rank == rank]) for rank in ranks}


def by_step(values: Sequence[JudgedValue]) -> dict[str, FieldCounts]:
    """The `counts` of the types in each step of confidence that has some."""
    groups: dict[int, list[JudgedValue]] = defaultdict(list)
    for value in values:
        if value.field == "type" and value.answer:
            groups[min(int(STEPS * value.confidence), STEPS - 1)].append(value)
    width = 100 // STEPS
    return {f"type {width * step}-{width * (step + 1)} %": counts(groups[step]) for step in sorted(groups)}


def devices_text(found: DeviceEvaluation) -> str:
    """The report as text."""
    lines = []
    for name, rows in (("Devices", by_field(found.values)), ("By rank", by_rank(found.values))):
        lines.append(f"{name:14}{'labels':>8}{'right':>8}{'near':>8}{'wrong':>8}{'silent':>8}")
        for key, row in rows.items():
            numbers = (row.labels, row.right, row.near, row.wrong, row.silent)
            lines.append(f"{key:14}" + "".join(f"{number:8}" for number in numbers))
        lines.append("")
    title = "Confidence in percent of stated values, measured on the other sources"
    lines += [title, f"{'':14}{'values':>8}{'claimed':>8}{'right':>8}"]
    for name, row in {**by_field(found.held_out), **by_step(found.held_out)}.items():
        stated = row.labels - row.silent
        lines.append(f"{name:14}{stated:8}{100 * row.claimed:8.1f}{100 * row.share:8.1f}")
    wrong = (value for value in found.values if value.grade == "wrong")
    lines += ["", *(f"wrong: {one.device}: {one.field} {one.answer}, not {one.label}" for one in wrong)]
    return "\n".join(lines).rstrip() + "\n"


def devices_json(found: DeviceEvaluation) -> str:
    """The report as JSON."""
    document = {
        "devices": {
            "fields": {field: asdict(row) for field, row in by_field(found.values).items()},
            "ranks": {rank: asdict(row) for rank, row in by_rank(found.values).items()},
            "held_out": {field: asdict(row) for field, row in by_field(found.held_out).items()},
            "steps": {step: asdict(row) for step, row in by_step(found.held_out).items()},
            "shares": fit_devices(found.values),
            "wrong": [
                {name: getattr(one, name) for name in ("device", "field", "answer", "label")}
                for one in found.values
                if one.grade == "wrong"
            ],
        }
    }
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f") + "\n"

"""The list of captures and the list of labels, beside this file, and the choice of labels that count."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from huginn_workbench.evaluation.labels import LabelError, LabelledPacket, capture_name, labelled_rows

HERE = Path(__file__).parent
SOURCES, LABELS = HERE / "sources.csv", HERE / "labels.csv"

FIELDS = ("family", "version", "type", "maker", "model")
CERTAINTIES = ("certain", "probable", "doubtful")


@dataclass(frozen=True, slots=True)
class CaptureSource:
    """A capture and its origin. `cut_sha256` belongs to a shortened copy, which counts as the capture."""

    capture: str
    repository: str
    commit: str
    """Empty: the default branch."""
    path: str
    """``A.zip!B`` is the file B in A.zip; a file that ends with ``.gz`` is unpacked."""
    sha256: str
    cut_sha256: str
    licence: str
    shows: str


@dataclass(frozen=True, slots=True)
class HostLabel:
    """A known value of a host. `host` is its address, or its MAC where the address is not its own alone."""

    capture: str
    host: str
    field: str
    value: str
    evidence: str
    certainty: str
    rules: str
    """Whether rules were written with captures of this repository: yes or no."""
    handshake: str
    """The host's labelled packets: SYN, SYN+ACK, both or none."""
    year: str


Row = TypeVar("Row", CaptureSource, HostLabel)


def read_sources(path: str | os.PathLike[str] = SOURCES) -> dict[str, CaptureSource]:
    """The captures by name. Raises `LabelError`, which names file and line, for invalid rows."""
    found: dict[str, CaptureSource] = {}
    for place, value in labelled_rows(path, [one.name for one in fields(CaptureSource)]):
        name = capture_name(value["capture"], place)
        if name in found or not name:
            raise LabelError(f"{place}: a second capture {name!r}" if name else f"{place}: no capture")
        found[name] = _made(CaptureSource, value)
    return found


def read_labels(
    sources: Mapping[str, CaptureSource], path: str | os.PathLike[str] = LABELS
) -> list[HostLabel]:
    """All labels. Raises `LabelError`, which names file and line, for invalid rows."""
    allowed = {"field": FIELDS, "certainty": CERTAINTIES, "rules": ("yes", "no"), "capture": tuple(sources)}
    found = []
    for place, value in labelled_rows(path, [one.name for one in fields(HostLabel)]):
        for name, words in allowed.items():
            if value[name] not in words:
                known = ", ".join(words) if len(words) < 9 else "one of the list of captures"
                raise LabelError(f"{place}: {name} must be {known}, not {value[name][:40]!r}")
        if not value["host"] or not value["value"]:
            raise LabelError(f"{place}: host and value must not be empty")
        found.append(_made(HostLabel, value))
    return found


def _made(kind: type[Row], value: Mapping[str, str]) -> Row:
    return kind(**{one.name: value[one.name] for one in fields(kind)})


@dataclass(frozen=True, slots=True)
class LabelledHost:
    """A host in one capture with its values by field. `first` has what all its labels share."""

    first: HostLabel
    values: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """Capture and host."""
        return self.first.capture, self.first.host

    def as_packet(self) -> LabelledPacket:
        """The label as `huginn evaluate` judges it."""
        family, version = self.values.get("family", "unknown"), self.values.get("version", "")
        return LabelledPacket(self.first.capture, 1, "request", self.first.host, family, version)


def hosts_of(
    sources: Mapping[str, CaptureSource], labels: Iterable[HostLabel]
) -> tuple[list[LabelledHost], list[str]]:
    """The hosts that count, and a sentence for each label that does not.

    A capture in two repositories has its hosts once. If two labels of a host have different values for a
    field, neither counts. A host is as doubtful as its most doubtful label.
    """
    first_copy: dict[str, str] = {}
    for one in sources.values():
        first_copy.setdefault(one.sha256, one.capture)
    groups: dict[tuple[str, str], dict[str, list[HostLabel]]] = defaultdict(lambda: defaultdict(list))
    problems = []
    for label in labels:
        capture = first_copy[sources[label.capture].sha256]
        if capture != label.capture:
            problems.append(f"{label.capture}: the same capture as {capture}; {label.host} counts once")
        groups[capture, label.host][label.field].append(label)
    found = []
    for (capture, host), by_field in groups.items():
        values, every = {}, [label for some in by_field.values() for label in some]
        for field, some in by_field.items():
            said = sorted({label.value for label in some})
            if len(said) == 1:
                values[field] = said[0]
            else:
                problems.append(f"{capture}: {host}: {field} is both {' and '.join(said)}; neither counts")
        worst = max(every, key=lambda label: CERTAINTIES.index(label.certainty))
        if values:
            found.append(LabelledHost(worst, values))
    return found, [*dict.fromkeys(problems)]

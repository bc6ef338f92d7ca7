"""Labelled devices: a CSV file with a header and these columns, in any order.

| column | holds |
|---|---|
| ``file`` | name of the capture in the folder |
| ``sha256`` | instead: its hash, with the first eight digits of which a name ends (``x__0123abcd.pcap``) |
| ``mac``, ``ip`` | of the device; one of them may be empty |
| ``manufacturer`` or ``maker`` | who made it; empty: not known |
| ``type``, ``model``, ``system``, ``version`` | the same of the others |
| ``device`` | what is one device in several captures; may be absent |

Of rows with one ``device`` the first counts. Other columns are ignored.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huginn_cffi.applications.evaluation.labels import LabelError, capture_name, labelled_rows
from huginn_cffi.hosts.device_text import DEVICE_VALUES

SHORT_HASH = 8
"""Digits of a hash with which the name of a capture ends."""

_OTHER_NAMES = {"maker": "manufacturer"}
_REQUIRED = ("mac", "ip", *DEVICE_VALUES)


@dataclass(frozen=True, slots=True)
class LabelledDevice:
    """One row; `values` by their names, without those that are not known."""

    file: str
    mac: str
    ip: str
    device: str
    values: Mapping[str, str]


def read_device_labels(path: str | os.PathLike[str], folder: Path) -> list[LabelledDevice]:
    """The first row of each device. Raises `LabelError`, which names file and line, for what is none."""
    captures = sorted(one.name for one in folder.iterdir())
    rows = labelled_rows(path, _REQUIRED, either=("file", "sha256"), renamed=_OTHER_NAMES)
    found = [_device(value, captures, place) for place, value in rows]
    return [*{one.device: one for one in reversed(found)}.values()][::-1]


def _device(value: Mapping[str, str], captures: list[str], place: str) -> LabelledDevice:
    if not value["mac"] and not value["ip"]:
        raise LabelError(f"{place}: mac and ip are both empty")
    file = value.get("file") or _file_of(value.get("sha256", ""), captures, place)
    return LabelledDevice(
        file=capture_name(file, place),
        mac=value["mac"].lower(),
        ip=value["ip"],
        device=value.get("device") or f"{file} {value['mac'] or value['ip']}",
        values={field: value[field] for field in DEVICE_VALUES if value[field]},
    )


def _file_of(digest: str, captures: list[str], place: str) -> str:
    if not re.fullmatch("[0-9a-f]{8,128}", digest):
        raise LabelError(f"{place}: neither file nor sha256")
    end = re.compile(rf"__{digest[:SHORT_HASH]}(\.[a-z]+)+")
    found = [name for name in captures if end.search(name)]
    if len(found) != 1:
        raise LabelError(f"{place}: {len(found)} captures in the folder end with {digest[:SHORT_HASH]}")
    return found[0]

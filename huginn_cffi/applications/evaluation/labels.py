"""Labelled packets: SYNs and SYN+ACKs whose sender's system is known from other evidence.

A CSV file with a header and these columns, in any order:

| column | holds |
|---|---|
| ``file`` | name of the capture in the corpus folder; what stands before ``__`` is its source |
| ``frame`` | number of the packet in that capture, counted from 1 |
| ``direction`` | ``request`` (SYN) or ``response`` (SYN+ACK) |
| ``ip`` | address of the sender |
| ``os_family`` | family, or ``Unix`` (any of them), ``device`` (any embedded system) |
| ``os_version`` | what is known of the version, in the words of the evidence; may be empty |
| ``evidence_kind``, ``year`` | where the label comes from; may be empty or absent |
| ``suspect`` | why the label should not be believed, as words with ``+`` between them; may be absent |

Other columns are ignored.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.hosts.record import DEVICE_VALUES
from huginn_cffi.signatures.signatures import Direction

REQUIRED = ("file", "frame", "direction", "ip", "os_family", "os_version")
SOURCE_END = "__"

_DIRECTIONS: dict[str, Direction] = {"request": "request", "response": "response"}

Label = TypeVar("Label")


class LabelError(HuginnError, ValueError):
    """A file of labels cannot be read, or says something that is not a label."""


@dataclass(frozen=True, slots=True)
class LabelledPacket:
    """One row; ``suspect`` is empty when nothing speaks against it."""

    file: str
    frame: int
    direction: Direction
    ip: str
    family: str
    version: str
    evidence: str = ""
    year: str = ""
    suspect: str = ""

    @property
    def source(self) -> str:
        """Who made the capture: what its name begins with."""
        return self.file.partition(SOURCE_END)[0]

    @property
    def host(self) -> tuple[str, str, Direction]:
        """What counts once: a host in a capture and a direction."""
        return (self.file, self.ip, self.direction)

    def __str__(self) -> str:
        """Where the packet is, and what the label says."""
        version = f" {self.version}" if self.version else ""
        return f"{self.file}, packet {self.frame}, {self.ip}: {self.family}{version}"


def read_labels(path: str | os.PathLike[str]) -> list[LabelledPacket]:
    """All rows of a file. Raises `LabelError`, which names file and line, for what is none."""
    return [_packet(value, place) for place, value in labelled_rows(path, REQUIRED)]


def check_folder(path: Path, what: str) -> None:
    """Raise `LabelError` for what is no folder."""
    if not path.is_dir():
        raise LabelError(f"{named(str(path))}: is not a folder of {what}")


def labelled_rows(
    path: str | os.PathLike[str],
    required: Sequence[str],
    *,
    either: Sequence[str] = (),
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[str, dict[str, str]]]:
    """The place and the values of each row of a CSV file. Raises `LabelError`, which names file and line.

    All `required` columns must be there, and one of `either`; `renamed` has other names of columns.
    """
    name = named(os.fspath(path))
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            rows.fieldnames = columns = [renamed.get(column, column) for column in rows.fieldnames or ()]
            missing = [column for column in required if column not in columns]
            missing += [] if not either or {*either} & {*columns} else either[:1]
            if missing:
                raise LabelError(f"{name}:1: no column {', '.join(missing)}; the first line names them")
            for row in rows:
                values = {key: (text or "").strip() for key, text in row.items() if isinstance(key, str)}
                yield f"{name}:{rows.line_num}", values
    except OSError as error:
        raise LabelError(f"{name}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise LabelError(f"{name}: is not a CSV file in UTF-8: {error}") from None


def labels_by_host(
    path: str | os.PathLike[str],
    columns: Sequence[str],
    host_of: Callable[[str], str],
    label_of: Callable[[dict[str, str]], Label],
) -> dict[tuple[str, str], Label]:
    """The labels of a CSV file by capture and host. Raises `LabelError` with file and line."""
    found = {}
    for place, value in labelled_rows(path, columns):
        try:
            found[value["file"], host_of(value["ip"])] = label_of(value)
        except ValueError as error:
            raise LabelError(f"{place}: {error}") from None
    return found


def label_kind(path: str | os.PathLike[str]) -> Literal["systems", "devices", "programs"]:
    """What the labels of a file are about, by its columns; "systems" if it cannot be read."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return "systems"  # reading the whole file reports the error
    if "os_family" not in names and "device" in names:
        return "devices"
    is_of_programs = "os_family" not in names and not {"client", "server"}.isdisjoint(names)
    return "programs" if is_of_programs else "systems"


def _packet(value: Mapping[str, str], place: str) -> LabelledPacket:
    if not re.fullmatch("[0-9]{1,18}", value["frame"]) or int(value["frame"]) == 0:
        raise LabelError(f"{place}: frame must be a number from 1 on, not {value['frame'][:40]!r}")
    if not value["os_family"] or not value["file"]:
        raise LabelError(f"{place}: file and os_family must not be empty")
    direction = _DIRECTIONS.get(value["direction"])
    if direction is None:
        raise LabelError(f"{place}: direction must be request or response, not {value['direction'][:40]!r}")
    return LabelledPacket(
        file=capture_name(value["file"], place),
        frame=int(value["frame"]),
        direction=direction,
        ip=value["ip"],
        family=value["os_family"],
        version=value["os_version"],
        evidence=value.get("evidence_kind", ""),
        year=value.get("year", ""),
        suspect=value.get("suspect", ""),
    )


def capture_name(text: str, place: str) -> str:
    """A name inside the corpus folder, never one that leads out of it."""
    if Path(text).name != text or "\0" in text:
        raise LabelError(f"{place}: file must be the name of a capture in the folder, not {text[:40]!r}")
    return text


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

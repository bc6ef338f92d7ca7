"""Reads labels: SYNs and SYN+ACKs whose sender's system is known from other evidence.

A CSV file with a header and these columns, in any order:

| column | holds |
|---|---|
| ``file`` | name of the capture in the corpus folder; the part before ``__`` is its source |
| ``frame`` | number of the packet in that capture, counted from 1 |
| ``direction`` | ``request`` (SYN) or ``response`` (SYN+ACK) |
| ``ip`` | address of the sender |
| ``os_family`` | family, or ``Unix`` (any of them), ``device`` (any embedded system) |
| ``os_version`` | the known part of the version, in the words of the evidence; may be empty |
| ``evidence_kind``, ``year`` | the origin of the label; may be empty or absent |
| ``suspect`` | reasons for doubts about the label, as words joined by ``+``; may be absent |

Other columns are ignored.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

from huginn_cffi import HuginnError
from huginn_workbench.arguments import Direction
from huginn_workbench.wording import named
from sigcompiler.claims.flavors import versions
from sigcompiler.claims.versions import Versions, version_range
from sigcompiler.csv_rows import rows_of
from sigcompiler.model import DeviceValues
from sigcompiler.stacks import stacks_of

REQUIRED = ("file", "frame", "direction", "ip", "os_family", "os_version")
SOURCE_END = "__"

_DIRECTIONS: dict[str, Direction] = {"request": "request", "response": "response"}

Label = TypeVar("Label")


class LabelError(HuginnError, ValueError):
    """A file of labels cannot be read, or has an invalid label."""


@dataclass(frozen=True, slots=True)
class LabelledPacket:
    """One row; ``suspect`` is empty if nothing contradicts the label."""

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
        """The maker of the capture: the start of its name."""
        return self.file.partition(SOURCE_END)[0]

    @property
    def host(self) -> tuple[str, str, Direction]:
        """The unit of counting: a host in one capture and direction."""
        return (self.file, self.ip, self.direction)

    def __str__(self) -> str:
        """The packet's place and its label."""
        version = f" {self.version}" if self.version else ""
        return f"{self.file}, packet {self.frame}, {self.ip}: {self.family}{version}"


def read_labels(path: str | os.PathLike[str]) -> list[LabelledPacket]:
    """All rows of a file. Raises `LabelError`, which names file and line, for invalid rows."""
    return [_packet(value, place) for place, value in labelled_rows(path, REQUIRED)]


def check_folder(path: Path, what: str) -> None:
    """Raise `LabelError` if the path is not a folder."""
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

    All `required` columns must exist, and one of `either`; `renamed` maps alternative column names.
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
    """The kind of labels in a file, by its columns; "systems" if it cannot be read."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return "systems"  # reading the file later reports the error
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
    """A file name within the corpus folder; a path out of the folder is refused."""
    if Path(text).name != text or "\0" in text:
        raise LabelError(f"{place}: file must be the name of a capture in the folder, not {text[:40]!r}")
    return text


SHORT_HASH = 8
"""Number of hash digits at the end of a capture's name."""

_OTHER_NAMES = {"maker": "manufacturer"}
_REQUIRED = ("mac", "ip", *DeviceValues._fields)


@dataclass(frozen=True, slots=True)
class LabelledDevice:
    """One row; `values` has the known values by name."""

    file: str
    mac: str
    ip: str
    device: str
    values: Mapping[str, str]

    @property
    def source(self) -> str:
        """As for `LabelledPacket`."""
        return self.file.partition(SOURCE_END)[0]


def read_device_labels(path: str | os.PathLike[str], folder: Path) -> list[LabelledDevice]:
    """The first row of each device. Raises `LabelError`, which names file and line, for invalid rows."""
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
        values={field: value[field] for field in DeviceValues._fields if value[field]},
    )


def _file_of(digest: str, captures: list[str], place: str) -> str:
    if not re.fullmatch("[0-9a-f]{8,128}", digest):
        raise LabelError(f"{place}: neither file nor sha256")
    end = re.compile(rf"__{digest[:SHORT_HASH]}(\.[a-z]+)+")
    found = [name for name in captures if end.search(name)]
    if len(found) != 1:
        raise LabelError(f"{place}: {len(found)} captures in the folder end with {digest[:SHORT_HASH]}")
    return found[0]


UNIX = frozenset(
    (
        *("Linux", "Android", "macOS", "iOS", "FreeBSD", "OpenBSD", "NetBSD", "DragonFly BSD"),
        *("Solaris", "HP-UX", "Tru64", "NeXTSTEP", "AIX", "IRIX", "SunOS"),
    )
)
DESKTOP = frozenset(("Windows", "macOS", "iOS", "Android"))
"""Systems that no appliance runs."""

KERNELS = {row["release"]: row["kernels"] for row in rows_of(Path(__file__).with_name("kernels.csv"))}

_OF_TEN, _OF_ELEVEN, _OF_YEARS = 4, 20, 25
"""macOS 10.N has Darwin N + 4; macOS 11 has Darwin 20, 12 has 21 and so on; macOS 26 has Darwin 25."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The true families and versions. Without `versions` the label leaves the version open."""

    families: frozenset[str]
    versions: tuple[Versions, ...] = ()

    def is_near(self, family: str) -> bool:
        """Whether this family shares its stack with a right family."""
        stacks = stacks_of(family)
        return any(stacks & stacks_of(one) for one in self.families)


@lru_cache(maxsize=1024)
def truth(family: str, version: str) -> Truth:
    """The truth that follows from the family and version of a label."""
    if family == "Unix":
        return Truth(UNIX)
    if family == "unknown":
        # The evidence named a system for which the maker of the label had no family.
        known = {name.lower(): name for name in UNIX}
        family, version = known.get(version.lower(), version or "unknown"), ""
    return Truth(frozenset((family,)), versions(family, version_words(family, version)))


def version_words(family: str, version: str) -> str:
    """The version of a label in the grammar of flavors: ``7 or 2008 R2``; empty without one."""
    return "" if family == "Unix" else _READERS.get(family, _plain)(version)


def accepts(label_family: str, families: frozenset[str], answer: str) -> bool:
    """Whether a family is right for a label. A device may run any system except desktop systems."""
    return answer not in DESKTOP if label_family == "device" else answer in families


def _plain(text: str) -> str:
    number = re.match(r"\d+(?:\.\d+)*", text)
    return number[0] if number else ""


def _windows(text: str) -> str:
    """Windows releases: ``10 1607/2016 (build 14393)`` is 10 and 2016, ``Vista+`` is Vista or newer."""
    if "Longhorn" in text:
        return "Vista"
    names = [_release(part) for part in without_remark(text).replace("Server ", "").split("/")]
    if text.endswith("+"):
        return f"{names[0]} or newer"
    return " or ".join(name for name in names if version_range("Windows", name))


def without_remark(text: str) -> str:
    """`text` without the part from its first to its last parenthesis."""
    first, last = text.find("("), text.rfind(")")
    return text[:first] + text[last + 1 :] if 0 <= first < last else text


def _release(text: str) -> str:
    """``10 1607`` is 10, ``2008R2`` 2008 R2, ``XP64`` XP."""
    first = text.strip().rstrip("+")
    if first.endswith("R2"):
        return f"{first.removesuffix('R2').strip()} R2"
    return first.partition(" ")[0].replace("XP64", "XP")


def _linux(text: str) -> str:
    kernel = re.match(r"kernel (\d+\.\d+(?:\.\d+)?)", text)
    return kernel[1] if kernel else KERNELS.get(text, "")


def _macos(text: str) -> str:
    darwin = re.match(r"Darwin (\d{1,9})\b", text)
    if darwin is None:
        return _plain(text)
    number = int(darwin[1])
    if number < _OF_ELEVEN:
        return f"10.{number - _OF_TEN}"
    return str(number - _OF_ELEVEN + 11 if number < _OF_YEARS else number + 1)


_READERS: dict[str, Callable[[str], str]] = {"Windows": _windows, "Linux": _linux, "macOS": _macos}

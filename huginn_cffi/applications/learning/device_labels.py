"""Which devices captures are of: by a file of labels, or by the contributor's word."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.applications.evaluation.labels import LabelError
from huginn_cffi.applications.learning.clients import signature_file
from huginn_cffi.applications.learning.evidence import network_of
from huginn_cffi.applications.learning.systems import LearningError
from huginn_cffi.base.errors import named
from sigcompiler.model import DeviceValues
from sigcompiler.reading.parser import parse_text

if TYPE_CHECKING:
    from huginn_cffi.applications.learning.evidence import Network
    from huginn_cffi.applications.learning.sightings import FilePath

SECTION = "device"

COLUMNS = ("file", "ip", "device")
"""Of a file of labels; ``ip`` may also be a MAC."""

_MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")
_HOSTS_NAMED = 5


class AnnouncingSender(NamedTuple):
    """Who announces: the MAC where it is known, and the address that was sent from."""

    file: str
    mac: str
    ip: str

    @property
    def device(self) -> str:
        """What counts as one device."""
        return self.mac or self.ip


def is_of_devices(labels: FilePath) -> bool:
    """Whether a file of labels is one of devices: with a column ``device``, and no system."""
    try:
        with Path(labels).open(encoding="utf-8", newline="") as file:
            names = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return False  # who reads all of it says what is wrong
    return "os_family" not in names and "device" in names


def device_label(text: str) -> DeviceValues:
    """The values of a label. Raises `LearningError` for what no file can hold."""
    words = [word.strip() for word in text.strip().removeprefix("s:").split(":")]
    found = DeviceValues(*words[:5], *[""] * (5 - len(words)))
    body = signature_file([(":".join(("s", *found)), "captures; low", ["dhcp-class x"])], SECTION)
    errors = [item for item in parse_text(body, "<label>")[1] if item.severity == "error"]
    if len(words) > len(found) or not text.isprintable():
        raise LearningError(f"{text!r} is not a label: TYPE:MANUFACTURER:MODEL:SYSTEM:VERSION")
    if errors:
        raise LearningError(f"{text!r} is not a label: {errors[0].message}; {errors[0].hint}")
    return found


def labels_of_hosts(
    label: DeviceValues, hosts: Sequence[str], senders: set[AnnouncingSender]
) -> dict[AnnouncingSender, DeviceValues]:
    """The label, for the chosen hosts. Raises `LearningError` where none is chosen and several announce."""
    macs = {mac for mac in map(_mac, hosts) if mac}
    networks = [network_of(text) for text in hosts if not _mac(text)]
    if not hosts:
        _refuse_several(senders)
        return dict.fromkeys(senders, label)
    ips = _addresses(senders)
    return {one: label for one in senders if one.mac in macs or _within(ips[one], networks)}


def _mac(text: str) -> str:
    """A MAC as results write it; empty for what is none."""
    found = text.lower().replace("-", ":")
    return found if _MAC.fullmatch(found) else ""


def _within(ips: set[str], networks: Sequence[Network]) -> bool:
    return any(ip_address(ip) in network for ip in ips for network in networks)


def _addresses(senders: set[AnnouncingSender]) -> dict[AnnouncingSender, set[str]]:
    """The address of each sender; for those without one yet, those of their MAC."""
    by_mac: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in senders:
        if one.mac and one.ip:
            by_mac[one.file, one.mac].add(one.ip)
    return {one: {one.ip} if one.ip else by_mac.get((one.file, one.mac), set()) for one in senders}


def _refuse_several(senders: set[AnnouncingSender]) -> None:
    devices = sorted({(one.file, one.device) for one in senders})
    for file, count in Counter(file for file, _ in devices).items():
        if count > 1:
            own = [device for name, device in devices if name == file]
            more = f" and {count - _HOSTS_NAMED} more" if count > _HOSTS_NAMED else ""
            shown = ", ".join(own[:_HOSTS_NAMED])
            message = f"{count} devices announce something: {shown}{more}; say with --host which one it is"
            raise LearningError(f"{named(file)}: {message}")


def labels_of_file(path: FilePath, senders: set[AnnouncingSender]) -> dict[AnnouncingSender, DeviceValues]:
    """The labels of a CSV file. Raises `LabelError` with file and line."""
    rows = dict(_rows(path))
    ips = _addresses(senders)
    found = {}
    for one in senders:
        file = Path(one.file).name
        for host in (one.mac, *sorted(ips[one])):
            if (file, host) in rows:
                found[one] = rows[file, host]
                break
    return found


def _rows(path: FilePath) -> Iterator[tuple[tuple[str, str], DeviceValues]]:
    name = named(os.fspath(path))
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                raise LabelError(f"{name}:1: no column {', '.join(missing)}; the first line names them")
            for row in rows:
                value = {column: (row[column] or "").strip() for column in COLUMNS}
                try:
                    host = _mac(value["ip"]) or str(ip_address(value["ip"]))
                    label = device_label(value["device"])
                except ValueError as error:
                    raise LabelError(f"{name}:{rows.line_num}: {error}") from None
                yield (value["file"], host), label
    except OSError as error:
        raise LabelError(f"{name}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise LabelError(f"{name}: is not a CSV file in UTF-8: {error}") from None

"""Which devices captures are of: by a file of labels, or by the contributor's word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.applications.learning.evidence import labels_by_host, network_of
from huginn_cffi.applications.learning.program_lines import line_errors
from huginn_cffi.applications.learning.systems import LearningError
from huginn_cffi.base.errors import named
from sigcompiler.model import DeviceValues

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


def device_label(text: str) -> DeviceValues:
    """The values of a label. Raises `LearningError` for what no file can hold."""
    words = [word.strip() for word in text.strip().removeprefix("s:").split(":")]
    found = DeviceValues(*words[:5], *[""] * (5 - len(words)))
    errors = line_errors(":".join(("s", *found)), "dhcp-class x", SECTION)
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


def _host(text: str) -> str:
    return _mac(text) or str(ip_address(text))


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
    rows = labels_by_host(path, COLUMNS, _host, lambda value: device_label(value["device"]))
    ips = _addresses(senders)
    found = {}
    for one in senders:
        file = Path(one.file).name
        for host in (one.mac, *sorted(ips[one])):
            if (file, host) in rows:
                found[one] = rows[file, host]
                break
    return found

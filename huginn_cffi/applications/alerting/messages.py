"""Messages for people, from events of a store."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from huginn_cffi.applications.alerting.known import KnownDevice
from huginn_cffi.store.news import News
from sigcompiler.csv_rows import rows_of

Event = Mapping[str, Any]

URGENT = frozenset(("address_moved", "address_conflict", "new_dhcp_server", "new_router", "finding"))
"""Kinds that are sent at once: somebody may be taking over the network."""

FIRST_SEEN = frozenset(("device_new", "new_dhcp_server", "new_router"))
"""Kinds that the time of ``--learn`` makes known."""

_ROWS = map(tuple, map(dict.values, rows_of(Path(__file__).with_name("titles.csv"))))
_TITLES = {kind: (title, one, several) for kind, title, one, several in _ROWS}
"""How titles begin, and the words for one and for several."""
_PARTS = ("device_manufacturer", "device_model")


class StoredDevice(NamedTuple):
    """What the store has of a device by now."""

    address: str | None = None
    values: Mapping[str, str] = {}
    """Its values under the names that events have, and `system`, `evidence` and `network_card`."""


class Message(NamedTuple):
    """A message; all channels send the same one."""

    id: str
    """Names it for receivers: they may get a message twice after a crash."""
    title: str
    text: str
    events: list[dict[str, Any]]


class Notice(NamedTuple):
    """An event and all that is known of its device."""

    news: News
    event: dict[str, Any]
    device: StoredDevice
    known: KnownDevice | None
    is_learned: bool = False
    """Whether it was seen first while known devices were learned."""

    @property
    def kind(self) -> str:
        """The kind of news, or ``finding``."""
        return str(self.event.get("change") or self.event["event"])

    @property
    def is_urgent(self) -> bool:
        """Whether it is sent at once."""
        return self.kind in URGENT and not self.is_learned

    @property
    def mac(self) -> str | None:
        """The device's MAC, or that of a finding's host."""
        return self.event.get("mac") or self.event.get("finding_mac")

    @property
    def address(self) -> str | None:
        """The device's address, or the host of a finding."""
        return self.event.get("device_ip") or self.event.get("src_ip") or self.device.address

    @property
    def name(self) -> str:
        """The most telling name of the device; how many events, if some were left out."""
        if self.kind == "news_left_out":
            return f"{self.event['change_count']} events in a flood"
        if self.known is not None and self.known.name:
            return self.known.name
        made = " ".join(filter(None, (self._value(part) for part in _PARTS)))
        others = ("device_type", "device_system", "system", "network_card")
        return made or next(filter(None, map(self._value, others)), "unknown device")

    def _value(self, name: str) -> str:
        return str(self.event.get(name) or self.device.values.get(name) or "")

    def fields(self) -> list[tuple[str, str]]:
        """Labels and values for the text of a message; values that are unknown are left out."""
        known = self.known or KnownDevice()
        system = " ".join(filter(None, map(self._value, ("device_system", "device_version"))))
        found = [
            ("Name", known.name),
            ("Owner", known.owner),
            ("Address", self.address or ""),
            ("MAC", self.mac or ""),
            ("Segment", str(self.event.get("segment") or "")),
            ("Card", self._value("network_card")),
            ("MAC before", str(self.event.get("previous_mac") or "")),
            ("Type", self._value("device_type")),
            ("Maker", self._value("device_manufacturer")),
            ("Model", self._value("device_model")),
            ("System", system or self._value("system")),
            ("Evidence", self._value("evidence")),
            ("Before", str(self.event.get("before") or "")),
            ("Now", str(self.event.get("after") or "")),
            ("Silent", _days(self.event) if self.kind == "listed_silent" else ""),
            ("Finding", str(self.event.get("reason") or "")),
            ("Seen by", self.news.sensor),
            ("Time", local_time(str(self.event["time"]))),
        ]
        return [(label, plain(value)) for label, value in found if value]


def _days(event: Event) -> str:
    return f"for {event['unseen_seconds'] // 86_400} days"


def local_time(text: str) -> str:
    """A time of JSON in this machine's zone, to the second."""
    moment = datetime.fromisoformat(text[:19] + "+00:00").astimezone()
    return f"{moment:%Y-%m-%d %H:%M:%S %Z}"


def plain(text: str) -> str:
    """A text without line ends and other control characters, which devices may have chosen."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)[:256]


def notice(news: News, device: StoredDevice, known: KnownDevice | None) -> Notice:
    """An event of the queue with what is known of its device."""
    return Notice(news, json.loads(news.record), device, known)


def message(found: Sequence[Notice], store: str, name: str, notes: Sequence[str] = ()) -> Message:
    """One message for these events; `name` names the store, `notes` end the text."""
    network = plain(found[0].news.sensor)
    if len(found) == 1:
        kind = _TITLES[found[0].kind][0]
        where = f", {found[0].address}" if found[0].address else ""
        title = f"{kind} on {network}: {plain(found[0].name)}{where}"
    else:
        kinds = Counter(one.kind for one in found)
        title = f"{', '.join(_counted(kind, number) for kind, number in kinds.items())} on {network}"
    parts = [_block(one, store) if len(found) == 1 else _line(one) for one in found]
    if len(found) > 1:
        parts.append(f"\nNext: huginn devices --store {shlex.quote(store)}")
    parts += [f"\n{note}" for note in notes]
    id = f"{name}.{found[0].news.id}-{found[-1].news.id}"
    return Message(id, title, "\n".join(parts) + "\n", [one.event for one in found])


def _counted(kind: str, number: int) -> str:
    return f"{number} {_TITLES[kind][1 if number == 1 else 2]}"


def _line(one: Notice) -> str:
    kind = _TITLES[one.kind][0]
    what = one.event.get("reason") or one.name
    parts = (local_time(str(one.event["time"])), f"{kind}: {what}", one.address, one.event.get("mac"))
    return plain(", ".join(str(part) for part in parts if part))


def _block(one: Notice, store: str) -> str:
    lines = [f"{label + ':':<12}{value}" for label, value in one.fields()]
    which = f" --ip {one.address}" if one.address else ""
    return "\n".join([*lines, "", f"Next: huginn hosts --store {shlex.quote(store)}{which}"])

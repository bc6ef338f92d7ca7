"""Messages for people, from events of a store."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from huginn_cffi.applications.alerting.forms import fitting, harmless, plain
from huginn_cffi.applications.alerting.known import KnownDevice
from huginn_cffi.hosts.lines import device_text
from huginn_cffi.store.news import News
from sigcompiler.csv_rows import rows_of

FIRST_SEEN = frozenset(("device_new", "new_dhcp_server", "new_router"))
"""Kinds that the time of ``--learn`` makes known."""

_KINDS = {row["kind"]: row for row in rows_of(Path(__file__).with_name("titles.csv"))}
_ANY = dict.fromkeys(("claim", "why", "do"), "")
_PARTS = ("type", "manufacturer", "model", "system", "version")
_COMPANY = re.compile(r"[,.]? +(?:Inc|Corp|Corporation|Co|Ltd|LLC|GmbH|AG)\b.*", re.IGNORECASE)
_OURS = frozenset(("Address", "MAC", "MAC before", "Seen by", "Time"))
"""Fields that no device can choose freely."""
_OUR_KEYS = (
    *("time", "event", "change", "finding", "mac", "previous_mac", "device_ip"),
    *("claimed_role", "src_ip", "finding_mac"),
)
"""Keys of events whose values no device can choose freely."""


class StoredDevice(NamedTuple):
    """What the store has of a device by now."""

    address: str | None = None
    values: Mapping[str, str] = {}
    """Its values under the names that events have, and `system`, `evidence` and `network_card`."""


class Message(NamedTuple):
    """A message in the form of a channel."""

    id: str
    """Names it for receivers: they may get a message twice after a crash."""
    title: str
    lines: list[str]
    end: list[str]
    """Lines that are kept whatever length the form allows."""
    events: list[dict[str, Any]]

    def text(self, form: str) -> str:
        """The text, cut to the size that the form takes; with the title where it is not sent beside it."""
        return fitting(self.title, self.lines, self.end, form)


class Notice(NamedTuple):
    """An event and all that is known of its device."""

    queue: str
    """The first letter of its queue."""
    news: News
    event: dict[str, Any]
    device: StoredDevice = StoredDevice()
    known: KnownDevice | None = None
    owner: StoredDevice = StoredDevice()
    """The device that had the address before."""
    owner_known: KnownDevice | None = None
    is_learned: bool = False
    """Whether it was seen first while known devices were learned."""

    @property
    def kind(self) -> str:
        """The kind of news, or ``finding``."""
        return str(self.event.get("change") or self.event["event"])

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
        if self.kind == "sign_of_life":
            return "{devices} devices, {packets_lost} packets lost, {news} news".format_map(self.event)
        if self.known is not None and self.known.name:
            return self.known.name
        return _described(
            {**self.device.values, **{key: value for key, value in self.event.items() if value}}
        )

    def _value(self, name: str) -> str:
        return str(self.event.get(name) or self.device.values.get(name) or "")

    @property
    def role(self) -> str:
        """What the address is for others, if its owner is no usual device."""
        role = self.event.get("claimed_role") or self.owner.values.get("role")
        return role if role in ("gateway", "DHCP server", "server") else ""

    def claim(self, clean: Callable[[str], str]) -> str:
        """What a takeover is in a sentence without its end; empty for other news."""
        before = str(self.event.get("previous_mac") or "")
        names = [self.owner_known.name if self.owner_known else "", _described(self.owner.values, "")]
        by = " ".join(filter(None, (names[1], before)))
        owner = ", ".join(filter(None, (names[0], by)))
        gateway = f"your {self.role} " if self.role else ""
        return (
            _words(self.kind)["claim"]
            .format(
                who=" ".join(filter(None, (clean(self.name), self.mac))),
                owner=f"{gateway}{self.address or 'a device'}{f' ({clean(owner)})' if owner else ''}",
                address=self.address or "without an address",
                before=clean(str(self.event.get("before") or "")),
                after=clean(str(self.event.get("after") or "")),
            )
            .removesuffix(", without an address")
        )

    def fields(self, clean: Callable[[str], str]) -> list[tuple[str, str]]:
        """Labels and values for the text of a message; values that are unknown are left out."""
        known = self.known or KnownDevice()
        system = " ".join(filter(None, map(self._value, ("device_system", "device_version"))))
        unseen = self.event.get("unseen_seconds") or 0
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
            ("Silent", f"for {unseen // 86_400} days" if self.kind == "listed_silent" else ""),
            ("Finding", str(self.event.get("reason") or "")),
            ("Seen by", plain(self.news.sensor)),
            ("Time", local_time(str(self.event["time"]))),
        ]
        return [(label, value if label in _OURS else clean(value)) for label, value in found if value]


def local_time(text: str) -> str:
    """A time of JSON in this machine's zone, to the second."""
    moment = datetime.fromisoformat(text[:19] + "+00:00").astimezone()
    return f"{moment:%Y-%m-%d %H:%M:%S %Z}"


def _described(values: Mapping[str, Any], else_: str = "unknown device") -> str:
    """A device in a few words: ``camera Axis M1065, Linux``; or the maker of its network card."""
    found = {name: values.get(f"device_{name}") or None for name in _PARTS}
    if found["system"] is None:
        found |= {"system": values.get("system") or None, "version": None}
    return device_text(**found) or _COMPANY.sub("", str(values.get("network_card") or "")) or else_


def message(
    found: Sequence[Notice],
    store: str,
    name: str,
    notes: Sequence[str] = (),
    *,
    form: str = "json",
    is_bare: bool = False,
) -> Message:
    """One message for these events; `name` names the store, `notes` end the text.

    A bare one has no texts of devices: a receiver refused it with them.
    """
    clean = partial(harmless, form=form)
    if is_bare:
        found = [_bare(one) for one in found]
    network = plain(found[0].news.sensor)
    first = sorted(found, key=lambda one: not one.role)  # a form may cut the others
    if len(found) == 1:
        title = f"{_words(found[0].kind)['title']} on {network}: {_headline(found[0], clean)}"
    else:
        kinds = Counter(one.kind for one in found)
        title = f"{', '.join(_counted(kind, number) for kind, number in kinds.items())} on {network}"
        title += f": {first[0].claim(clean)}" * bool(first[0].role)
    quoted = shlex.quote(store)
    if len(found) == 1:
        lines, which = _block(found[0], clean), f" --ip {found[0].address}" if found[0].address else ""
        end = ["", f"Next: huginn hosts --store {quoted}{which}"]
    else:
        lines, end = [_line(one, clean) for one in first], ["", f"Next: huginn devices --store {quoted}"]
    end += [part for note in notes for part in ("", note)]
    own = f"{name}.{found[0].queue}{found[0].news.id}-{found[-1].news.id}"  # the same for the same events
    return Message(own, title, lines, end, [one.event for one in found])


def named_event(one: Notice) -> str:
    """An event in a line without texts of devices."""
    parts = (_words(one.kind)["title"], one.event.get("finding"), one.mac, one.address)
    return ", ".join(str(part) for part in parts if part)


def _words(kind: str) -> Mapping[str, str]:
    """The words for a kind, also for one that `titles.csv` does not have."""
    name = kind.replace("_", " ")
    words = {"title": name.capitalize(), "one": name, "several": f"{name} (several)"}
    return _KINDS.get(kind) or _ANY | words


def _bare(one: Notice) -> Notice:
    event, role = {key: one.event[key] for key in _OUR_KEYS if key in one.event}, {"role": one.role}
    return Notice(one.queue, one.news, event, owner=StoredDevice(None, role))


def _counted(kind: str, number: int) -> str:
    return f"{number} {_words(kind)['one' if number == 1 else 'several']}"


def _headline(one: Notice, clean: Callable[[str], str]) -> str:
    what = f" {clean(str(one.event.get('reason') or ''))}" if one.kind == "finding" else ""
    return one.claim(clean) or (", ".join(filter(None, (clean(one.name), one.address))) + what).rstrip()


def _line(one: Notice, clean: Callable[[str], str]) -> str:
    title, reason = _words(one.kind)["title"], one.event.get("reason")
    parts = [local_time(str(one.event["time"]))]
    if claim := one.claim(clean):
        return f"{parts[0]}, {title}: {claim}"
    parts += [f"{title}: {clean(str(reason or one.name))}", one.address or "", one.event.get("mac") or ""]
    return ", ".join(filter(None, parts))


def _block(one: Notice, clean: Callable[[str], str]) -> list[str]:
    lines = [f"{label + ':':<12}{value}" for label, value in one.fields(clean)]
    if claim := one.claim(clean):
        words, clock = _words(one.kind), local_time(str(one.event["time"])).split()[1]
        do = words["do"].format(mac=one.mac)
        lines = [f"{claim} at {clock}.", f"Why: {words['why']}.", f"What to do: {do}.", "", *lines]
    return lines

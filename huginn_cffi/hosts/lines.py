"""Text and HTML of objects of host records; the build makes their classes (``objects.py``) from these."""

from __future__ import annotations

from typing import Any, TypeVar

from huginn_cffi.base.times import moment, moment_text
from huginn_cffi.base.unknown import Named
from huginn_cffi.run.views import Derived
from sigcompiler.schema.hosts import SOURCE_WORDS

DEVICE_VALUES = ("type", "manufacturer", "model", "system", "version")
"""The values of a device, in the order of `device_text`."""


def device_text(
    type: str | None, manufacturer: str | None, model: str | None, system: str | None, version: str | None
) -> str:
    """``phone Xiaomi M2101K6P, Android 13``, without unknown values; empty if all are unknown."""
    is_repeated = manufacturer and model and model.lower().startswith(f"{manufacturer} ".lower())
    parts = ((type, None if is_repeated else manufacturer, model), (system, version))
    return ", ".join(filter(None, (" ".join(filter(None, part)) for part in parts)))


def mac_text(mac: str) -> str:
    """A MAC, marked if it is local (made up by its device), as ``huginn hosts`` shows it."""
    return f"{mac} (local)" if is_local_mac(mac) else mac


def is_local_mac(mac: str) -> bool:
    """Whether a MAC is locally administered, not assigned by a manufacturer."""
    return mac[1:2] in {*"2367abef"}


At = TypeVar("At")


class Time(Derived[At]):
    """A point in time, in UTC, to the microsecond; the attribute `exact` has it in ns."""

    def __init__(self, exact: str, meaning: str) -> None:
        def get(one: Any) -> Any:
            exact_ns = getattr(one, exact)
            return None if exact_ns is None else moment(exact_ns)

        super().__init__(get, meaning)


class NotebookTable(Named):
    """In a notebook, a table of the values that are known."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from huginn_cffi.formats.html import table

        return table(
            "",
            ("field", "value"),
            [(name.removesuffix("_ns"), _text(name, one)) for name, one in self._known()],
        )

    def _known(self) -> list[tuple[str, Any]]:
        from dataclasses import fields

        values = ((one.name, getattr(self, one.name)) for one in fields(self))  # type: ignore[arg-type]
        return [(name, value) for name, value in values if value not in (None, (), False)]


def _text(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_text("", one) for one in value)
    if isinstance(value, NotebookTable) and type(value).__str__ is object.__str__:
        return " ".join(_text(*one) for one in value._known())
    if name.endswith("_ns"):
        return f"{moment_text(value)} UTC"
    return str(value)


class EvidenceLine(NotebookTable):
    """``SYN: Linux 4.19-6.15 (3 packets)``, as in ``huginn hosts``."""

    __slots__ = ()
    source: str
    name: str
    packets: int | None
    relation: str

    def __str__(self) -> str:
        if self.packets is None:
            return self.name
        unit, more = ("segment", " or more") if self.source == "segments" else ("packet", "")
        counted = f"{self.packets:,} {unit}{'' if self.packets == 1 else 's'}{more}"
        narrows = ", which narrows the versions" if self.relation == "narrows" else ""
        says = f"{SOURCE_WORDS[self.source]}: " if self.source in SOURCE_WORDS else ""
        return f"{says}{self.name} ({counted}){narrows}"


class EndedLine(NotebookTable):
    """``Windows XP since 2014-04-08``."""

    __slots__ = ()
    product: str
    ended: str

    def __str__(self) -> str:
        return f"{self.product} since {self.ended}"


class HostPeerLine(NotebookTable):
    """``to 192.0.2.1 port 443 (tls)``."""

    __slots__ = ()
    ip: str
    direction: str
    port: int
    protocol: str | None

    def __str__(self) -> str:
        protocol = "" if self.protocol is None else f" ({self.protocol})"
        return f"{self.direction} {self.ip} port {self.port}{protocol}"


class HostLoginsLine(NotebookTable):
    """``ftp port 21 (3 logins)``."""

    __slots__ = ()
    protocol: str
    port: int
    count: int

    def __str__(self) -> str:
        return f"{self.protocol} port {self.port} ({self.count:,} login{'' if self.count == 1 else 's'})"

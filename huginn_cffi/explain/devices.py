"""Explains which signature names a device announcement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import NO_SIGNATURE
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS, BANNERS, DeviceField

if TYPE_CHECKING:
    from huginn_cffi.signatures.opened import OpenDatabase
    from huginn_cffi.signatures.signatures import Signature
else:
    Signature = Any  # for typing.get_type_hints; the database imports this package


_VALUES = tuple(field.name.lower() for field in DeviceField)
_BANNER_VALUES = ("program", "program_version", "variant", *_VALUES[3:])


@dataclass(frozen=True, slots=True)
class DeviceExplanation:
    """The database's match for an announcement.

    ``announcement`` is its kind and ``text`` its content. ``match`` is the signature that names it, or
    ``None``. ``type``, ``manufacturer``, ``model``, ``system`` and ``version`` come from its label, with
    captured texts filled in; ``None`` if the label lacks the value. Banners have ``program``,
    ``program_version`` and ``variant`` in place of the first three.
    """

    announcement: str
    text: str
    match: Signature | None
    type: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    system: str | None = None
    version: str | None = None
    program: str | None = None
    program_version: str | None = None
    variant: str | None = None


def explain_device(database: OpenDatabase, announcement: str, text: str) -> DeviceExplanation:
    """See `Database.explain_device`."""
    if announcement not in ANNOUNCEMENT_WORDS:
        known = ", ".join(ANNOUNCEMENT_WORDS)
        raise ValueError(f"announcement must be one of {known}, not {announcement!r}")
    data = text.encode("utf-8", "surrogateescape")
    values = ffi.new("hg_device_values *")
    kind = ANNOUNCEMENT_WORDS[announcement]
    names = _BANNER_VALUES if kind in BANNERS else _VALUES
    number = lib.hg_database_match_device(database._handle, int(kind), data, len(data), values)
    if number == NO_SIGNATURE:
        return DeviceExplanation(announcement, text, None)
    found = {
        names[field]: ffi.buffer(values.values[field], values.lengths[field])[:].decode("utf-8", "replace")
        for field in DeviceField
        if values.lengths[field]
    }
    return DeviceExplanation(announcement, text, database._records.device[number], **found)

"""Heads of HTTP messages as the core takes them, and what fits them by the rules spelt out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huginn_cffi import Database
from huginn_cffi._native import ffi, lib
from sigcompiler.model import HttpSignature, Section

Field = tuple[str, str]
MOST = 4096


MOST_SEARCHED = 4096
"""Characters of a value in which texts are looked for."""


@dataclass(frozen=True)
class HeadFields:
    fields: Sequence[Field]
    version: int = 1
    response: bool = False

    def value(self, name: str) -> str:
        """Of the last header of this name that has one."""
        return next((v for n, v in reversed(self.fields) if n.lower() == name.lower() and v), "")


@dataclass(frozen=True)
class HeadMatch:
    number: int
    generic: bool
    dishonest: bool


def _named(match: object) -> HeadMatch | None:
    if match.signature == lib.HG_NO_SIGNATURE:  # type: ignore[attr-defined]
        return None
    return HeadMatch(match.signature, bool(match.generic), bool(match.dishonest))  # type: ignore[attr-defined]


def asked(database: Database, head: HeadFields) -> tuple[HeadMatch | None, list[HeadMatch | None]]:
    """What the table finds, and all that the plain walk does. The bytes end where their memory does."""
    texts = [text.encode("latin-1") for field in head.fields for text in field]
    places, at = [], 0
    for text in texts:
        places += [at, len(text)]
        at += len(text)
    bytes_ = ffi.new("uint8_t[]", b"".join(texts)) if at else ffi.new("uint8_t[1]")
    numbers = ffi.new("uint16_t[]", places)
    fields = ffi.new("hg_http_fields *", (bytes_, numbers, len(head.fields), head.response, head.version))
    out = ffi.new("hg_http_match[]", MOST)
    count = lib.hg_database_match_all_fields(database._handle, fields, out, MOST)
    return (
        _named(lib.hg_database_match_fields(database._handle, fields)),
        [_named(out[i]) for i in range(count)],
    )


def on_the_wire(text: str) -> str:
    """A text of a file, as the heads here have it: a character a byte."""
    return text.encode().decode("latin-1")


def fits(signature: HttpSignature, head: HeadFields) -> bool:
    """Headers in order, each the first of its name after the one before; optional ones there or nowhere."""
    names = [name.lower() for name, _ in head.fields]
    if signature.version not in (None, head.version):
        return False
    at = 0
    for header in signature.headers:
        name = header.name.lower()
        if name not in names[at:]:
            if header.optional and name not in names:
                continue
            return False
        found = names.index(name, at)
        if (
            header.value is not None
            and on_the_wire(header.value) not in head.fields[found][1][:MOST_SEARCHED]
        ):
            return False
        at = found + 1
    return not any(name.lower() in names for name in signature.absent)


def expected(signatures: Sequence[HttpSignature], head: HeadFields) -> list[HeadMatch]:
    """All that fit: specific ones, then generic ones, as written."""
    section = Section.HTTP_RESPONSE if head.response else Section.HTTP_REQUEST
    software = head.value("Server" if head.response else "User-Agent")
    found = [
        HeadMatch(
            number,
            one.label.generic,
            bool(software) and on_the_wire(one.software) not in software[:MOST_SEARCHED],
        )
        for number, one in enumerate(signatures)
        if one.label.section is section and fits(one, head)
    ]
    return sorted(found, key=lambda named: (named.generic, named.number))


def claimed(database: Database, text: str) -> str | None:
    """Name of the item of ``ua_os`` that a User-Agent or a platform stands for."""
    data = text.encode("latin-1")
    number = lib.hg_database_claims(database._handle, data, len(data))
    if number == lib.HG_NO_SIGNATURE:
        return None
    records = database._records
    offset, length, *_ = records.section("systems")[number]
    return records.section("strings").bytes(offset, length).decode()

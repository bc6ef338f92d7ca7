"""Explains why an HTTP message has its name, by comparing the nearest signatures header by header."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from typing import NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.explain.explanation import (
    Explanation,
    FieldComparison,
    NearSignature,
    near_signature,
    none_fits,
)
from huginn_cffi.run.opened import OpenDatabase
from huginn_cffi.run.signatures import Direction
from sigcompiler.model import HttpHeader, HttpSignature, Section

POINTS = {"version": 3, "missing": 6, "absent": 5, "order": 4, "value": 6, "other": 1}
"""Points for a difference; "other" means a header that the signature does not mention."""

THERE, NOT_THERE = "there", "not there"
_SECTIONS = {"request": Section.HTTP_REQUEST, "response": Section.HTTP_RESPONSE}
_SOFTWARE = {"request": "User-Agent", "response": "Server"}
_VERSIONS = ("1.0", "1.1", "2")
_MOST_FITTING = 4096

_BEFORE_SOFTWARE = re.compile(r"[^:]*:(?:=\[[^\]]*\]|[^:])*:[^:]*:")


class MessageHead(NamedTuple):
    """A message read from its raw signature: `headers` are names, each with its value if known.

    `direction` and HTTP `version` (0 or 1) are the signature's; `text` is its canonical form.
    """

    direction: Direction
    version: int
    headers: tuple[tuple[str, str], ...]
    text: str

    @classmethod
    def read(cls, text: str, direction: Direction) -> MessageHead:
        """The message that a raw signature describes. Raises `SignatureError` with position and hint."""
        start, software = cls.split(text.encode("utf-8", "replace").decode())
        signature = cls.parsed(start, direction)
        headers = tuple((header.name, _value(header, software, direction)) for header in signature.headers)
        version = 1 if signature.version is None else signature.version
        return cls(direction, version, headers, signature.text + software)

    @staticmethod
    def split(text: str) -> tuple[str, str]:
        """A raw signature up to the software field, and the software, which may itself contain colons."""
        found = _BEFORE_SOFTWARE.match(text)
        return (text, "") if found is None else (found.group(), text[found.end() :].rstrip())

    @staticmethod
    def parsed(text: str, direction: Direction) -> HttpSignature:
        """A signature as the compiler parses it. Raises `SignatureError` with position and hint."""
        from huginn_cffi.explain.reading import read_signature
        from sigcompiler.reading.signatures import build_http

        return read_signature(text, _SECTIONS[direction], build_http)


class Explainer:
    """Explains messages with one database, whose signatures it reads only once."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database
        self._wanted: dict[int, HttpSignature] = {}

    def explain(self, head: MessageHead, limit: int) -> Explanation[NearSignature]:
        """Explain the name of a message."""
        numbers, count = self._fitting(head)
        nearest = tuple(self._nearest(head, numbers, limit))
        match = self._near(head, numbers[0], fits=True) if numbers else None
        if match is None:
            count_of_kind = len(self._numbers(head))
            reason = none_fits(count_of_kind, f"HTTP {head.direction}s", self._nearest(head, [], 1))
        elif match.kind == "generic":
            reason = "no specific signature fits; the first generic one that does"
        else:
            reason = "the first specific signature that fits"
        if match is not None and _is_dishonest(self._wanted[numbers[0]], head):
            reason += f"; its {_SOFTWARE[head.direction]} names another program"
        if count > len(numbers):
            reason += f" ({count} signatures fit)"
        observed = {"direction": head.direction, "signature": head.text}
        return Explanation("message", observed, match, reason, nearest)

    def _fitting(self, head: MessageHead) -> tuple[list[int], int]:
        """The numbers of the first signatures that fit, and the count of all that fit, from the core."""
        texts = [text.encode("utf-8", "surrogateescape") for header in head.headers for text in header]
        places, at = [], 0
        for text in texts:
            places += [at, len(text)]
            at += len(text)
        data, numbers = ffi.new("uint8_t[]", b"".join(texts) + b"\0"), ffi.new("uint16_t[]", places)
        response = head.direction == "response"
        fields = ffi.new("hg_http_fields *", (data, numbers, len(head.headers), response, head.version))
        out = ffi.new("hg_http_match[]", _MOST_FITTING)
        count = lib.hg_database_match_all_fields(self._database._handle, fields, out, _MOST_FITTING)
        return [one.signature for one in out[0 : min(count, _MOST_FITTING)]], count

    def _numbers(self, head: MessageHead) -> list[int]:
        section = f"http:{head.direction}"
        records = self._database._records
        return [number for number in records.numbers("http") if records.http[number].section == section]

    def _wants(self, number: int) -> HttpSignature:
        if number not in self._wanted:
            record = self._database._records.http[number]
            assert record.direction is not None
            self._wanted[number] = MessageHead.parsed(record.text, record.direction)
        return self._wanted[number]

    def _nearest(self, head: MessageHead, fitting: list[int], limit: int) -> Iterator[NearSignature]:
        for number in fitting[:limit]:
            yield self._near(head, number, fits=True)
        known = set(fitting)
        wanted = ((number, self._wants(number)) for number in self._numbers(head) if number not in known)
        scored = ((_points(one, head), one.label.generic, number) for number, one in wanted)
        for _, _, number in heapq.nsmallest(
            limit - len(fitting), scored
        ):  # reads nothing for a limit below 1
            yield self._near(head, number, fits=False)

    def _near(self, head: MessageHead, number: int, *, fits: bool) -> NearSignature:
        wanted = self._wants(number)
        return near_signature(
            self._database._records.http[number],
            "exact" if fits else "no",
            0.0 if fits else float(_points(wanted, head)),
            (one for _, one in _compared(wanted, head)),
        )


def _value(header: HttpHeader, software: str, direction: Direction) -> str:
    if header.value is None and header.name.lower() == _SOFTWARE[direction].lower():
        return software
    return header.value or ""


def _is_dishonest(wanted: HttpSignature, head: MessageHead) -> bool:
    name = _SOFTWARE[head.direction].lower()
    shown = next((value for own, value in head.headers if own.lower() == name and value), "")
    return bool(shown) and wanted.software not in shown


def _compared(wanted: HttpSignature, head: MessageHead) -> Iterator[tuple[int, FieldComparison]]:
    version = "*" if wanted.version is None else _VERSIONS[wanted.version]
    own = _VERSIONS[head.version]
    same = version in ("*", own)
    comparison = FieldComparison("version", own, version, "exact" if same else "differs", "")
    yield (0 if same else POINTS["version"]), comparison
    names, at = [name.lower() for name, _ in head.headers], 0
    before = ""
    for header in wanted.headers:
        name = header.name.lower()
        asked = THERE if header.value is None else f"[{header.value}]"
        if name in names[at:]:
            found = names.index(name, at)
            at, value = found + 1, head.headers[found][1]
            before = header.name
            yield _value_compared(header, asked, value)
        elif name in names:
            comparison = FieldComparison(header.name, f"before {before}", f"after {before}", "differs", "")
            points, other = _value_compared(header, asked, head.headers[names.index(name)][1])
            yield POINTS["order"] + points, other if points else comparison
        elif not header.optional:
            yield POINTS["missing"], FieldComparison(header.name, NOT_THERE, asked, "differs", "")
    for absent in wanted.absent:
        if absent.lower() in names:
            yield POINTS["absent"], FieldComparison(absent, THERE, NOT_THERE, "differs", "")


def _value_compared(header: HttpHeader, asked: str, value: str) -> tuple[int, FieldComparison]:
    if header.value is None:
        return 0, FieldComparison(header.name, THERE, asked, "exact", "")
    if header.value in value:
        return 0, FieldComparison(header.name, f"[{value}]", asked, "exact", "")
    note = "" if value else "the signature does not show its value"
    shown = f"[{value}]" if value else THERE
    return POINTS["value"], FieldComparison(header.name, shown, asked, "differs", note)


def _points(wanted: HttpSignature, head: MessageHead) -> int:
    mentioned = {header.name.lower() for header in wanted.headers}
    others = sum(name.lower() not in mentioned for name, _ in head.headers)
    return sum(points for points, _ in _compared(wanted, head)) + POINTS["other"] * others

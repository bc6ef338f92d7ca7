"""Explains which signature names a host's segments, by the conditions of each signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.explain.explanation import Explained
from huginn_cffi.explain.raw_signature import refuse
from huginn_cffi.signatures.opened import OpenDatabase
from sigcompiler.diagnostics import Problem
from sigcompiler.reading.segments import read_condition
from sigcompiler.vocabulary import SegmentFeature

_START = re.compile(r"\s*(segments|ttl|df|id|low|high|window|ts|hz)=")


@dataclass(frozen=True, slots=True)
class SegmentsRule:
    """A segments signature, compared with the observed values."""

    name: str
    signature: str
    file: str
    line: int
    fits: bool
    unmet: tuple[str, ...]
    """Conditions that are not met."""


@dataclass(frozen=True, slots=True)
class SegmentsExplanation(Explained):
    """All segments signatures, compared with the observed values."""

    shows: str
    match: SegmentsRule | None
    """The first signature that fits."""
    rules: tuple[SegmentsRule, ...]

    def _lines(self) -> Iterator[str]:
        match = self.match
        yield f"segments: {self.shows}"
        if match is None:
            yield "no signature fits"
        else:
            yield f"named {match.name} by {match.file}:{match.line}, the first that fits"
        for rule in self.rules:
            yield from ("", f"{rule.name}  {rule.file}:{rule.line}", f"  {rule.signature}")
            yield "  fits" if rule.fits else f"  does not hold: {', '.join(rule.unmet)}"


def is_segments(text: str) -> bool:
    """Whether a text looks like the value ``shows`` of an event ``segments``."""
    return _START.match(text) is not None


def explain_segments(database: OpenDatabase, text: str) -> SegmentsExplanation:
    """Compare the ``shows`` value of an event ``segments`` with all signatures. Raises `SignatureError`."""
    values, frequent = _values(text)
    found = lib.hg_database_match_segments(database._handle, values, frequent)
    rules = tuple(
        _rule(database, number, values, frequent) for number in database._records.numbers("segments")
    )
    return SegmentsExplanation(text.strip(), None if found == NO_SIGNATURE else rules[found], rules)


def _rule(database: OpenDatabase, number: int, values: Any, frequent: int) -> SegmentsRule:
    signature = database._records.segments[number]
    unmet = lib.hg_database_unmet_segments(database._handle, number, values, frequent)
    conditions = re.split(r"\s*,\s*", signature.text)
    return SegmentsRule(
        name=str(signature.label),
        signature=signature.text,
        file=signature.file,
        line=signature.line,
        fits=not unmet,
        unmet=tuple(one for place, one in enumerate(conditions) if unmet >> place & 1),
    )


def _values(text: str) -> tuple[Any, int]:
    """The value of each feature, and the most frequent window; missing values are 0."""
    values = ffi.new("uint16_t[]", lib.HG_SEGMENT_VALUES)
    frequent, offset = 0, 0
    for part in text.split(","):
        found = read_condition(part.strip())
        if isinstance(found, Problem):
            refuse(text, [found._replace(offset=offset + len("sig="))])
        (one,) = found.values[:1]
        if found.negated or len(found.values) > 1 or one.first != one.last or one.multiple != 1:
            message = f"{found.feature.name.lower()} has one value"
            refuse(text, [Problem(offset + len("sig="), "E080", message, "write text as an event shows it")])
        if found.feature is SegmentFeature.WINDOW:
            frequent = one.first
        else:
            values[found.feature] = one.first
        offset += len(part) + 1
    values[SegmentFeature.WINDOW] = values[SegmentFeature.HIGH]
    return values, frequent

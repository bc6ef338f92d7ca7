"""Measurements: one record per packet, and the table of records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from huginn_cffi import Analyzer

DISTANCE = re.compile(r"(?<=^[46]:)\d+\+\d+(?=:)")
"""The TTL of a printed signature."""

FOLDER = Path(__file__).resolve().parent
TABLE = FOLDER / "measured.csv"
SUBJECTS = FOLDER / "subjects.csv"


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """A signature and where it was observed. Versions are separated by " ", settings by "; ".

    ``@384MB`` marks the version on a machine whose small memory affects the signature.
    """

    stack: str
    versions: str
    direction: str
    signature: str
    """As printed, except that the window is in bytes."""
    settings: str


@dataclass(frozen=True, slots=True)
class MeasuredSubject:
    stack: str
    version: str
    command: str
    date: str


def record(stack: str, version: str, direction: str, data: bytes, setting: str) -> SignatureRecord:
    """The record of a packet (from its IP header)."""
    found = _signature(data)
    if found is None:
        raise ValueError(f"{stack} {version}, {setting}: no SYN or SYN+ACK: {data.hex()}")
    return SignatureRecord(stack, version, direction, found, setting)


@cache
def _analyzer() -> Analyzer:
    return Analyzer(protocols=("tcp",))


def _signature(data: bytes) -> str | None:
    """The printed signature, with the window as sent; None: the packet opens no connection."""
    for result in _analyzer().analyze_packets([(0, data)]):
        if (part := result.syn or result.syn_ack) is not None:
            fields = str(part.signature).split(":")
            fields[4] = f"{part.wsize},{part.wscale}"
            return ":".join(fields)
    return None


def readable(
    stack: str, version: str, direction: str, data: bytes, setting: str
) -> Iterator[SignatureRecord]:
    """The record of a packet; none if it opens no connection (a fragment, a probe with RST)."""
    if (found := _signature(data)) is not None:
        yield SignatureRecord(stack, version, direction, found, setting)


def merged(records: Iterable[SignatureRecord]) -> list[SignatureRecord]:
    """One record per stack, direction and signature, with all versions and settings that gave it.

    A random TTL does not make a new signature: one of the records that differ only in the TTL is kept.
    """
    found: dict[tuple[str, str, str], SignatureRecord] = {}
    for one in records:
        key = (one.stack, one.direction, DISTANCE.sub("", one.signature))
        known = found.setdefault(key, one)
        versions = _joined(known.versions, one.versions, " ")
        settings = _joined(known.settings, one.settings, "; ")
        found[key] = replace(known, versions=versions, settings=settings)
    return [found[key] for key in sorted(found)]


def _joined(first: str, second: str, between: str) -> str:
    return between.join(dict.fromkeys([*first.split(between), *second.split(between)]))

"""Measurements: one record per packet, and the table of records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sigcompiler.vocabulary import MAX_DISTANCE, OPTION_WORDS, QUIRK_WORDS, OptionKind
from tests.reference.packet import ACK, SYN, Observation, read_frame

SENDSYN_MSS = 1331
"""p0f prints this MSS of a SYN+ACK as ``*``."""

DISTANCE = re.compile(r"(?<=^[46]:)\d+\+\d+(?=:)")
"""The TTL of a printed signature."""

FOLDER = Path(__file__).resolve().parent
TABLE = FOLDER / "measured.csv"
SUBJECTS = FOLDER / "subjects.csv"
RAW = 101
"""Link type of packets without a frame."""


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
    """The record of a packet (from its IP header), read by the plain reference."""
    seen = read_frame(RAW, data)
    if not isinstance(seen, Observation):
        raise ValueError(f"{stack} {version}, {setting}: {seen}: {data.hex()}")
    return SignatureRecord(stack, version, direction, _signature(seen), setting)


def _signature(seen: Observation) -> str:
    """p0f's signature text of a packet, with the window as sent."""
    hops = next(initial for initial in (32, 64, 128, 255) if seen.ttl <= initial) - seen.ttl
    hidden = seen.type == SYN | ACK and seen.mss == SENDSYN_MSS
    return ":".join(
        (
            str(seen.version),
            f"{seen.ttl}+{hops if hops <= MAX_DISTANCE else '?'}",
            *(str(seen.olen), "*" if hidden else str(seen.mss), f"{seen.window},{seen.wscale}"),
            ",".join(_option(kind, seen.eol_pad) for kind in seen.options),
            ",".join(word for quirk, word in QUIRK_WORDS.items() if quirk in seen.quirks),
            "+" if seen.payload else "0",
        )
    )


def _option(kind: int, eol_pad: int) -> str:
    if kind == OptionKind.EOL:
        return f"eol+{eol_pad}"
    return OPTION_WORDS[OptionKind(kind)] if kind in set(OptionKind) else f"?{kind}"


def readable(
    stack: str, version: str, direction: str, data: bytes, setting: str
) -> Iterator[SignatureRecord]:
    """The record of a packet; none if it opens no connection (a fragment, a probe with RST)."""
    if isinstance(read_frame(RAW, data), Observation):
        yield record(stack, version, direction, data, setting)


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

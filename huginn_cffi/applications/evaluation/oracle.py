"""What p0f 3.09b says about the same packets, for comparison.

A folder of files ``CAPTURE.jsonl``, one JSON object a line with the fields of p0f's log:
``ts`` (RFC 3339, seconds), ``mod`` ("syn", "syn+ack", others are ignored), ``cli`` and ``srv``
("address/port"), ``os`` or ``app``, ``params``. p0f's own words for versions are put into the
grammar of flavors.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from ipaddress import ip_address
from pathlib import Path

from huginn_cffi.applications.evaluation.answers import UNNAMED, Answered, Connection, PacketAnswer
from huginn_cffi.applications.evaluation.labels import LabelError
from huginn_cffi.applications.evaluation.truths import without_remark
from huginn_cffi.base.errors import named
from huginn_cffi.results.answers import Basis
from sigcompiler.claims.confidence import Manner
from sigcompiler.claims.flavors import claims

DIRECTIONS = {"syn": "request", "syn+ack": "response"}
NOTHING = "???"

_NAMES = {
    "Mac OS X": "macOS",
    "MacOS X": "macOS",
    "Linux": "Linux",
    "Windows": "Windows",
    "FreeBSD": "FreeBSD",
    "OpenBSD": "OpenBSD",
    "NetBSD": "NetBSD",
    "Solaris": "Solaris",
    "HP-UX": "HP-UX",
    "iOS": "iOS",
}
"""p0f's names that begin the text of its answers, and our names of the families."""

_WINDOWS = {"NT kernel 5.x": "2000, XP or 2003", "NT kernel 6.x": "Vista or newer", "NT kernel": ""}

NANOSECONDS = 10**9


_Answer = tuple[int, PacketAnswer]
"""With the second of the packet."""


def oracle_answers(folder: Path, packets: Iterable[Answered]) -> list[Answered]:
    """The packets with p0f's answers. Where p0f printed nothing, that is an unknown system."""
    by_file: dict[str, list[Answered]] = defaultdict(list)
    for packet in packets:
        by_file[packet.packet.file].append(packet)
    found: list[Answered] = []
    for file, wanted in by_file.items():
        rows = _read(folder / f"{file}.jsonl")
        found.extend(_answered(one, rows) for one in wanted)
    return found


def p0f_answer(text: str, params: str) -> PacketAnswer:
    """One of p0f's answers: ``Linux 2.2.x-3.x`` with the params ``generic fuzzy``."""
    if text == NOTHING:
        return UNNAMED
    theirs = next((one for one in _NAMES if text == one or text.startswith(f"{one} ")), "")
    name = _NAMES.get(theirs, text)
    # ``3.11 and newer``, ``2.2.x-3.x (no timestamps)``, ``NT kernel 5.x``
    plain = without_remark(text.removeprefix(theirs) if theirs else "").strip()
    known = _WINDOWS.get(plain) if name == "Windows" else None
    flavor = plain.replace(" and newer", " or newer").replace(".x", "") if known is None else known
    found = claims(name, flavor)
    marks = params.split()
    manner: Manner = "fuzzy" if "fuzzy" in marks else "generic" if "generic" in marks else "specific"
    return PacketAnswer(text, (name,), found, frozenset((name,)), Basis(manner, 1, "unstated"))


def _answered(one: Answered, rows: Mapping[Connection, list[_Answer]]) -> Answered:
    if one.answer is None or one.connection is None:
        return Answered(one.packet, None)
    direction, client, server = one.connection
    found = rows.get((direction, _end(client), _end(server)), [])
    second = one.time_ns // NANOSECONDS
    _, answer = min(found, key=lambda row: abs(row[0] - second), default=(0, UNNAMED))
    return Answered(one.packet, answer, one.seen, one.connection, one.time_ns)


def _read(path: Path) -> dict[Connection, list[_Answer]]:
    """The rows of a file by connection; a file that is absent has none."""
    found: dict[Connection, list[_Answer]] = defaultdict(list)
    if not path.is_file():
        return found
    for number, line in enumerate(_lines(path), 1):
        if not line:
            continue
        try:
            row = json.loads(line)
            direction = DIRECTIONS.get(row["mod"])
            if direction is not None:
                text = row.get("os") or row.get("app") or NOTHING
                key = (direction, _end(row["cli"]), _end(row["srv"]))
                found[key].append((_seconds(row["ts"]), p0f_answer(text, row["params"])))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            place = f"{named(str(path))}:{number}"
            raise LabelError(f"{place}: is not a row of p0f's answers: {repr(error)[:100]}") from None
    return found


def _lines(path: Path) -> list[str]:
    try:
        # Not splitlines(): JSON may hold characters at which that would break a line.
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise LabelError(f"{named(str(path))}: {reason}") from None


def _seconds(text: str) -> int:
    """Seconds since the epoch of a time that ends in Z."""
    moment = datetime.fromisoformat(text.removesuffix("Z"))
    return int(moment.replace(tzinfo=timezone.utc).timestamp())


def _end(text: str) -> str:
    """p0f writes every group of an IPv6 address; this is the short form."""
    address, _, port = text.rpartition("/")
    return f"{ip_address(address)}/{port}"

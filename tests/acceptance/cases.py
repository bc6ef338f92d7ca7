"""The cases: ``group_*.json`` beside this module, one list a group.

A case has ``packets`` (pairs of seconds and hex) of a ``linktype`` (default 101), or a whole
capture ``file`` in hex; a ``database`` as lines (default: p0f's own file). Of what is expected:
``rows`` are p0f's log lines without time, ``cli`` and ``srv``; ``raw_sig`` is the signature of
the first row, ``uptimes`` the uptime rows alone, ``drops`` the reasons counted; ``orphans`` the
SYN+ACKs without SYN, ``times`` the events' times in ns, ``client`` the first row's client
address, ``read`` the packets of a whole file. ``error`` tells where a file is damaged
(``record``, ``offset``), a part of the message (``words``) and the command's exit ``status``.

p0f drops the packets of dropped.6 and dropped.12, whose IP length is 0. Here the length of the frame
counts: network cards fill it in later, and packets above 64 KB (RFC 2675) have no other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.captures import pcap

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a capture is damaged."""

    record: int
    offset: int
    words: str
    status: int


@dataclass(frozen=True, slots=True)
class AcceptanceCase:
    """One input and what is expected of it; ``None`` means that it is not looked at."""

    case: str
    title: str
    linktype: int = 101
    packets: tuple[tuple[int, bytes], ...] = ()
    """Time in ns and bytes."""
    file: bytes | None = None
    database: str | None = None
    rows: tuple[str, ...] | None = None
    raw_sig: str | None = None
    uptimes: tuple[str, ...] | None = None
    drops: Mapping[str, int] = field(default_factory=dict)
    orphans: int | None = None
    times: tuple[int, ...] | None = None
    client: str | None = None
    read: int | None = None
    error: Damage | None = None

    @property
    def capture(self) -> bytes:
        """The case as a capture file."""
        return pcap(self.packets, self.linktype) if self.file is None else self.file

    def __str__(self) -> str:
        return f"{self.case} {self.title}"


@dataclass(slots=True)
class CaseOutcome:
    """What came of a case, whoever ran it. Rows are lines as in the cases."""

    rows: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    clients: list[str] = field(default_factory=list)
    packets: int = 0
    analysed: int = 0
    drops: dict[str, int] = field(default_factory=dict)
    orphans: int = 0
    damage: tuple[int, int, str] | None = None


def load(group: str) -> list[AcceptanceCase]:
    """The cases of a group in their order."""
    found = json.loads((FOLDER / f"group_{group}.json").read_text(encoding="utf-8"))
    return [_case(item) for item in found]


def _case(item: dict[str, Any]) -> AcceptanceCase:
    converters: dict[str, Any] = {
        "packets": lambda pairs: tuple(
            (int(Decimal(when) * 10**9), bytes.fromhex(data)) for when, data in pairs
        ),
        "file": bytes.fromhex,
        "database": lambda lines: "\n".join(lines) + "\n",
        "rows": tuple,
        "uptimes": tuple,
        "times": tuple,
        "error": lambda fields: Damage(**fields),
    }
    return AcceptanceCase(
        **{name: converters.get(name, lambda value: value)(value) for name, value in item.items()}
    )


def check(case: AcceptanceCase, outcome: CaseOutcome) -> None:
    """Compare everything that the case names."""
    check_rows(case, outcome.rows)
    assert outcome.drops == dict(case.drops)
    assert outcome.packets == outcome.analysed + sum(outcome.drops.values())
    assert outcome.packets == (len(case.packets) if case.read is None else case.read)
    if case.orphans is not None:
        assert outcome.orphans == case.orphans
    if case.times is not None:
        assert sorted(set(outcome.times)) == list(case.times)
    if case.client is not None:
        assert outcome.clients[0] == case.client
    place = None if case.error is None else (case.error.record, case.error.offset)
    assert (None if outcome.damage is None else outcome.damage[:2]) == place


def check_rows(case: AcceptanceCase, rows: list[str]) -> None:
    """Compare the rows alone."""
    if case.rows is not None:
        assert rows == list(case.rows)
    if case.raw_sig is not None:
        assert rows[0].partition("|raw_sig=")[2] == case.raw_sig
    if case.uptimes is not None:
        assert [row for row in rows if row.startswith("mod=uptime|")] == list(case.uptimes)


def without_ends(line: str) -> str:
    """A log line without time, ``cli`` and ``srv``."""
    fields = line.partition("] ")[2] if line.startswith("[") else line
    return "|".join(field for field in fields.split("|") if not field.startswith(("cli=", "srv=")))

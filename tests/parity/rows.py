"""Log rows of p0f and of the package, in one shape."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

COMPARED = ("syn", "syn+ack", "mtu", "uptime")


@dataclass(frozen=True, slots=True)
class LogRow:
    """One log line. ``packet`` is the number of the packet that told it, where known."""

    second: int
    fields: tuple[tuple[str, str], ...]
    packet: int | None = None

    @property
    def key(self) -> tuple[int, tuple[tuple[str, str], ...]]:
        """What is compared: the second (UTC) and every field in order."""
        return self.second, self.fields

    def get(self, name: str) -> str:
        """A field's value, empty when the row has no such field."""
        return dict(self.fields).get(name, "")

    def __str__(self) -> str:
        where = "" if self.packet is None else f" packet={self.packet}"
        return "|".join((str(self.second), *(f"{name}={value}" for name, value in self.fields))) + where


Producer = Callable[[Path], list[LogRow]]


def oracle_rows(file: Path) -> list[LogRow]:
    """What p0f printed for a capture; nothing for one that it refused."""
    answers = file.parent / "oracle" / f"{file.name}.jsonl"
    if not answers.is_file():
        return []
    rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    return [_oracle_row(row) for row in rows if row["mod"] in COMPARED]


def _oracle_row(row: dict[str, str]) -> LogRow:
    moment = datetime.strptime(row.pop("ts"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    return LogRow(int(moment.timestamp()), tuple(row.items()))


def parse_log_line(line: str, packet: int | None = None) -> LogRow:
    """A line of ``--format p0f``; its local time is taken for UTC."""
    stamp, _, rest = line.partition("] ")
    moment = time.strptime(stamp, "[%Y/%m/%d %H:%M:%S")
    second = int(datetime(*moment[:6], tzinfo=timezone.utc).timestamp())
    fields = tuple((name, value) for name, _, value in (part.partition("=") for part in rest.split("|")))
    return LogRow(second, fields, packet)


def captures(corpus: Path) -> list[Path]:
    """All files of the corpus that are offered as captures."""
    return sorted(path for path in corpus.iterdir() if path.is_file() and path.suffix != ".csv")

"""p0f's rows of changes beside those of our log, for the same packets and signatures."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import huginn_cffi as hg
from tests.support.captures import pcap

Packets = Sequence[tuple[int, bytes]]
COMPARED = 4
"""Changes of a host."""


class ReportedChange(NamedTuple):
    """A row of p0f's, or of our log."""

    time_s: int
    kind: str
    role: str
    reasons: str
    hits: str


def program() -> str | None:
    return shutil.which("p0f", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def by_p0f(packets: Packets, stock: Path, folder: Path) -> dict[str, list[ReportedChange]]:
    """What p0f tells of each address, in order."""
    capture = folder / "made.pcap"
    capture.write_bytes(pcap(packets, linktype=101))
    return log_of(capture, stock, folder)


def log_of(capture: Path, stock: Path, folder: Path) -> dict[str, list[ReportedChange]]:
    """The same of a capture; of one that p0f refuses nothing."""
    log = folder / "made.log"
    log.unlink(missing_ok=True)
    subprocess.run(
        [str(program()), "-f", stock, "-r", capture, "-o", log],
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        check=False,
    )
    return rows_of(log.read_text(errors="replace").splitlines() if log.exists() else [])


def rows_of(lines: Iterable[str]) -> dict[str, list[ReportedChange]]:
    """The changes among the lines of a log."""
    found: dict[str, list[ReportedChange]] = {}
    for line in lines:
        when, _, rest = line.partition("] ")
        if not rest.startswith(("mod=host change|", "mod=ip sharing|")):
            continue
        fields = dict(part.split("=", 1) for part in rest.split("|"))
        time = datetime.strptime(when, "[%Y/%m/%d %H:%M:%S").replace(tzinfo=timezone.utc)
        address = str(ip_address(fields[fields["subj"]].rpartition("/")[0]))
        found.setdefault(address, []).append(
            ReportedChange(
                int(time.timestamp()),
                fields["mod"].replace(" ", "_"),
                "client" if fields["subj"] == "cli" else "server",
                fields["reason"],
                fields["raw_hits"],
            )
        )
    return found


def in_our_log(capture: Path | bytes, database: hg.Database) -> dict[str, list[ReportedChange]]:
    """What our log of p0f's format tells of each address; of a damaged capture up to the damage."""
    lines: list[str] = []
    with patch.dict(os.environ, TZ="UTC"), suppress(hg.CaptureError):
        for batch in hg.Analyzer(database, changes=True).batches(capture):
            lines += batch.render("p0f").decode(errors="replace").splitlines()
    return rows_of(lines)


def latest(told: dict[str, list[ReportedChange]]) -> dict[str, list[ReportedChange]]:
    return {address: rows[-COMPARED:] for address, rows in told.items()}

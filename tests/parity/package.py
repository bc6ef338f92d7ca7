"""Rows of the package, as its command line prints them with ``--format p0f``."""

from __future__ import annotations

from pathlib import Path

import huginn_cffi as hg
from tests.parity.rows import LogRow, Producer, parse_log_line


def package_rows(database: hg.Database) -> Producer:
    """Rows of `huginn_cffi`; the process's time zone must be UTC."""

    def rows_of(file: Path) -> list[LogRow]:
        rows: list[LogRow] = []
        with hg.Analyzer(database, protocols=("tcp",)) as analyzer:
            try:
                for batch in analyzer.batches(file):
                    lines = batch.render("p0f").decode(errors="surrogateescape").splitlines()
                    numbers = batch["packet_number"].tolist()
                    rows += [parse_log_line(*pair) for pair in zip(lines, numbers, strict=True)]
            except hg.CaptureError:
                return rows
        return rows

    return rows_of

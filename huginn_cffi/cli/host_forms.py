"""Forms of ``huginn hosts``: tables, and what follows the records of all hosts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from huginn_cffi.base.interrupts import held
from huginn_cffi.cli.summary_text import answer_lines, finding_lines
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.rows import SCHEMA_VERSION
from sigcompiler.schema.summary import End

if TYPE_CHECKING:
    from huginn_cffi.cli.output.results import ResultOutput
    from sigcompiler.schema.objects import Key


def ending(
    found: dict[str, Any], format_: str, *, are_chosen: bool, new: Sequence[str] | None = None
) -> bytes:
    """The end of a summary document, as text or a line of JSON.

    `new` lists hosts that a store did not have. If the hosts were chosen, nothing is said about all of them.
    """
    if format_ == "text":
        answers = answer_lines(found["answers"] if found["hosts"] else ())
        lines = () if are_chosen else [*answers, *finding_lines(found["findings"])][1:]
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    end = {
        "event": End.event,
        "schema_version": SCHEMA_VERSION,
        **{name: found[name] for name in ("hosts", "left_out", "untracked")},
        **{name: None if are_chosen else found[name] for name in ("answers", "findings")},
        "new_hosts": new,
    }
    return f"{json.dumps(end, separators=(',', ':'))}\n".encode("ascii")


def write_table(
    pieces: Iterator[list[tuple[Any, ...]]], format_: str, out: ResultOutput, keys: Sequence[Key] = KEYS
) -> None:
    """Rows as CSV, which are texts, as Parquet or as Arrow."""
    from huginn_cffi.formats import hosts as tables

    try:
        with held():  # a table gets its end
            tables.write_table(format_, out, pieces, keys, stream=out.destination.path is None)
    except ModuleNotFoundError as error:
        raise click.ClickException(str(error)) from None

"""What commands that show hosts have in common: how captures become an output, tables, and the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from huginn_cffi.base.interrupts import held
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.results import ResultOutput, results_file
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import CaptureErrors, say_untracked, warn_of_drops, warn_of_inventory
from huginn_cffi.cli.status import DONE, INTERRUPTED, REFUSED
from huginn_cffi.cli.summary_text import answer_lines, finding_lines
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.rows import SCHEMA_VERSION
from sigcompiler.schema.summary import End

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.analysis.summary import Summary
    from huginn_cffi.cli.filter_options import TrafficOptions
    from huginn_cffi.cli.options import AnalysisArguments
    from huginn_cffi.hosts.inventory import Inventory
    from sigcompiler.schema.objects import Key

Found = TypeVar("Found", bound="Inventory | Summary")


def write_captured(
    captures: Sequence[str],
    analysis: AnalysisArguments,
    traffic: TrafficOptions,
    max_inventory: int,
    make: Callable[[Analyzer], Found],
    write: Callable[[Found, ResultOutput], None],
    kept: Callable[[Inventory], AbstractContextManager[None]] = lambda inventory: nullcontext(),
) -> int:
    """Read captures into what `make` makes, and write that; the exit status. `kept` lasts while it reads."""
    errors = CaptureErrors()

    def run(out: ResultOutput) -> int:
        with analysis.analyzer(traffic, shows_hosts=True) as analyzer:
            found = make(analyzer)
            inventory = cast("Inventory", getattr(found, "hosts", found))
            with kept(inventory), analysis.read(captures, analyzer, errors) as batches:
                for batch in batches:
                    found.add(batch)
                inventory.conclude()
            warn_of_drops(analyzer.stats)
        if errors.status(len(captures)) == REFUSED:
            out.keep()
            return REFUSED
        write(found, out)
        limited = warn_of_inventory(inventory.left_out, len(inventory), max_inventory)
        say_untracked(inventory.untracked)
        return errors.status(len(captures)) or limited

    return write_hosts(captures, analysis, run, lambda: errors.status(len(captures)))


def write_hosts(
    inputs: Sequence[str],
    analysis: AnalysisArguments,
    write: Callable[[ResultOutput], int],
    status: Callable[[], int] = lambda: DONE,
) -> int:
    """The exit status that `write` returns, or `status` if nobody reads the output any more."""
    with (
        interrupted_by_sigterm(),
        suppress(ReaderLeftError),
        results_file(analysis.output, [*inputs, *analysis.inputs]) as out,
    ):
        out.destination.refuse_binary(analysis.format_)
        try:
            return write(out)
        except KeyboardInterrupt:
            out.keep()
            return INTERRUPTED
    return status()


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

"""``huginn annotate``: copies captures with comments at packets."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.errors import CaptureError, named
from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, annotate_options
from huginn_cffi.cli.output.destination import ReaderLeftError
from huginn_cffi.cli.output.results import results_file
from huginn_cffi.cli.parameters import command
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import CaptureErrors, complain, counted, say, warn_of_drops, warn_of_limit
from huginn_cffi.cli.status import DAMAGED, DONE, INTERRUPTED, REFUSED

if TYPE_CHECKING:
    from huginn_cffi.applications.annotating import Annotated


@command()
def annotate(
    files: tuple[str, ...] = captures_argument("FILE..."),
    analysis: AnalysisArguments = annotate_options,
    traffic: TrafficOptions = traffic_options,
    max_inventory: int = max_inventory_option("Names and findings of at most N addresses"),
) -> int:
    """Copy captures to one pcapng file, with comments at packets that gave a result."""
    if analysis.output is None:
        raise click.UsageError("name the file to write with -o, such as -o annotated.pcapng")
    from huginn_cffi.applications.annotating import annotate as annotated

    errors = CaptureErrors()
    chosen = analysis._replace(format_="json").selected_fields()
    with interrupted_by_sigterm(), analysis.analyzer(traffic) as analyzer:
        progress = analysis.progress(files, analyzer)
        try:
            with results_file(analysis.output, [*files, *analysis.inputs]) as out, progress.running():
                if out.destination.is_terminal:
                    raise click.UsageError("pcapng is not for a terminal; name a file with -o, or use a pipe")
                found = annotated(
                    *(analyzer, progress.inputs, out),
                    workers=analysis.workers,
                    cancel=progress.cancel,
                    on_error=errors,
                    fields=None if chosen is None else [field.column for field in chosen],
                    max_inventory=max_inventory,
                )
        except ReaderLeftError:
            return DONE
        except KeyboardInterrupt:
            return INTERRUPTED
        except CaptureError:
            raise
        except OSError as error:  # of the draft; `out` has its own
            raise click.ClickException(_without_draft(error)) from None
        warn_of_drops(analyzer.stats)
    status = errors.status(len(files))
    if status != REFUSED:
        _report(out.destination.name, found)
    limited = warn_of_limit(found.beyond, "event", "addresses with names and findings", max_inventory)
    return status or limited or (DAMAGED if found.left_out else DONE)


def _without_draft(error: OSError) -> str:
    try:
        folder = tempfile.gettempdir()
    except OSError:  # `error`, again
        return "no folder for a draft of the copy can be written: set TMPDIR to one with room"
    return (
        f"{named(folder)}: a draft of the copy cannot be written: {error.strerror}; set TMPDIR to a folder "
        "with more room"
    )


def _report(name: str, found: Annotated) -> None:
    comments, packets = counted(found.comments, "comment"), counted(found.packets, "packet")
    findings = f", {counted(found.findings, 'finding')}" if found.findings else ""
    say(f"{name}: {comments} at {packets}{findings}, {counted(found.names, 'name')} of addresses")
    if found.left_out:
        complain(
            f"warning: left out {found.left_out} blocks of more than 16 MiB, or comments for which there was "
            "no place"
        )

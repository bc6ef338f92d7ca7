"""``huginn pcap``: captures to results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.ending import interrupted_by_sigterm
from huginn_cffi.cli.filter_options import Traffic, filter_options
from huginn_cffi.cli.options import Analysis, analysis_options
from huginn_cffi.cli.output import ReaderLeftError, results_file, writing
from huginn_cffi.cli.report import complain, warn_of_drops, write_stats
from huginn_cffi.cli.status import DAMAGED, DONE, INTERRUPTED, REFUSED
from huginn_cffi.errors import CaptureError

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database


@dataclass(slots=True)
class Trouble:
    """Captures that could not be read, or not to their end."""

    refused: int = 0
    damaged: int = 0
    named: list[str] = field(default_factory=list)

    def report(self, error: CaptureError) -> None:
        """Say it at once, and remember it for the exit status."""
        complain(str(error))
        if error.refused:
            self.refused += 1
        else:
            self.damaged += 1

    def status(self, files: int) -> int:
        """Refused when nothing could be read at all, damaged when something could not."""
        if self.refused == files:
            return REFUSED
        return DAMAGED if self.refused or self.damaged else DONE


@click.command(short_help="Fingerprint captures.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@analysis_options
@filter_options
def pcap(files: tuple[str, ...], analysis: Analysis, traffic: Traffic) -> int:
    """Fingerprint the packets of captures (pcap or pcapng), read as one stream.

    "-" is standard input. A damaged capture is reported and the next one read.

    \b
    Exit status: 0 done, 1 damaged input was reported, 2 refused, 130 interrupted.
    """  # noqa: D301 - click reads the backspace
    trouble = Trouble()
    with interrupted_by_sigterm(), analysis.analyzer(traffic) as analyzer:
        batches = analyzer.batches(files, workers=analysis.workers, on_error=trouble.report)
        status = _write(batches, analysis, analyzer.database, [*files, *analysis.inputs])
        warn_of_drops(analyzer.stats)
        if analysis.stats:
            write_stats(analyzer.stats)
    return status or trouble.status(len(files))


def _write(batches: Iterator[Batch], analysis: Analysis, database: Database | None, inputs: list[str]) -> int:
    """Write all results; an interrupt ends it with everything before kept."""
    try:
        with results_file(analysis.output, inputs) as out, writing(analysis.format_, out, database) as writer:
            for batch in batches:
                writer.write(batch)
                out.flush()
    except ReaderLeftError:
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE

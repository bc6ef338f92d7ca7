"""``huginn pcap``: fingerprints captures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import chain
from typing import NamedTuple

import click

from huginn_cffi.analysis.analyzer import Analyzer, captures_of, left_out
from huginn_cffi.base.interrupts import held
from huginn_cffi.cli import standard_error
from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument
from huginn_cffi.cli.options import (
    SUMMARY_FORMATS,
    AnalysisArguments,
    SummaryOptions,
    pcap_options,
)
from huginn_cffi.cli.output.destination import Destination, ReaderLeftError
from huginn_cffi.cli.output.results import ResultOutput, results_file, writing, writing_folder
from huginn_cffi.cli.parameters import command, group, option
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.status import DONE, INTERRUPTED, REFUSED
from huginn_cffi.formats.forms import RecordWriter, is_folder
from huginn_cffi.run.batch import Batch


@command()
def pcap(
    files: tuple[str, ...] = captures_argument("FILE..."),
    analysis: AnalysisArguments = pcap_options,
    traffic: TrafficOptions = traffic_options,
    summary: SummaryOptions = group(SummaryOptions),
    partition: str | None = option("--partition hour", type=click.Choice(["hour"])),
) -> int:
    """Fingerprint the packets of captures, read as one stream in the order given."""
    is_summed_up = summary.summary
    if is_summed_up and analysis.format_ not in SUMMARY_FORMATS:
        raise click.UsageError(
            f"--summary is written as {' or '.join(SUMMARY_FORMATS)}, not as {analysis.format_}"
        )
    if is_summed_up and analysis.events is not None:
        raise click.UsageError("--summary covers all events; leave out --events")
    if partition and (is_summed_up or analysis.format_ != "parquet" or analysis.fields is not None):
        raise click.UsageError("--partition is for --format parquet, without --fields and --summary")
    if partition and (analysis.output in (None, "-") or "-" in files):
        raise click.UsageError("--partition reads named captures and writes to a folder: name it with -o")
    analysis = analysis._replace(output=analysis.log_folder or analysis.output)
    errors = standard_error.CaptureErrors()
    with (
        interrupted_by_sigterm(),
        analysis.analyzer(traffic, changes=not is_summed_up, shows_hosts=is_summed_up) as analyzer,
    ):
        run = _Run(analysis, analyzer, files, errors)
        if partition:
            status = run.write_partitions()
        else:
            with analysis.read(files, analyzer, errors) as batches:
                status = run.summarize(batches, summary) if is_summed_up else run.write(batches)
        if left_out(analyzer):
            standard_error.warn_of_drops(analyzer.stats)
        if analysis.stats and run.something:
            standard_error.write_stats(analyzer.stats)
            if analysis.anonymize is None:
                standard_error.write_captures(captures_of(analyzer))
    return status or errors.status(len(files))


class _Run(NamedTuple):
    """Writes batches to an output; an interrupt ends the output, but keeps all results so far."""

    analysis: AnalysisArguments
    analyzer: Analyzer
    files: Sequence[str]
    errors: standard_error.CaptureErrors

    @property
    def something(self) -> bool:
        """Whether any capture could be opened, so that a summary makes sense."""
        return self.errors.status(len(self.files)) != REFUSED

    @property
    def inputs(self) -> list[str]:
        """Input files, to which results must not be written."""
        return [*self.files, *self.analysis.inputs]

    def write(self, batches: Iterator[Batch]) -> int:
        rows = 0
        try:
            with ExitStack() as stack:
                path = self.analysis.output
                out = None  # the output is a folder
                if path is None or not is_folder(path):
                    out = stack.enter_context(results_file(path, self.inputs, self.analysis.paints))
                first = next(batches, None)
                if first is None and not self.something:
                    if out is not None:
                        out.keep()
                    return DONE
                with held():  # so that the file is complete
                    writer = self._writer(stack, out)
                for batch in chain(() if first is None else (first,), batches):
                    if out is not None and out.destination.is_terminal:
                        standard_error.erase_line()
                    rows += len(batch)
                    with held():
                        writer.write(batch)
                        if out is not None:
                            out.flush()
        except ReaderLeftError:
            return DONE
        except KeyboardInterrupt:
            return INTERRUPTED
        if not rows and not self.analysis.stats and self.errors.status(len(self.files)) == DONE:
            standard_error.say_nothing_read(self.analyzer.stats)
        return DONE

    def write_partitions(self) -> int:
        """Write the captures that the folder does not have yet, one after the other."""
        from pathlib import Path

        from huginn_cffi.formats.partitions import Partitions

        folder = Path(self.analysis.output or "")
        try:
            with closing(Partitions(folder, self.files)) as partitions:
                for file in self.files:
                    if partitions.is_done(file):
                        continue
                    with self.analysis.read((file,), self.analyzer, self.errors) as batches:
                        made = partitions.write(file, batches)
                    if made.events or Path(file).exists() or "://" in file:
                        with held():
                            partitions.finish(made)
        except KeyboardInterrupt:
            return INTERRUPTED
        except OSError as error:
            Destination(Path(error.filename or folder)).failed(error)
        return DONE

    def _writer(self, stack: ExitStack, out: ResultOutput | None) -> RecordWriter:
        format_ = self.analysis.format_
        if out is not None:
            several = len(self.files) > 1
            chosen = self.analysis.selected_fields()
            return stack.enter_context(
                writing(format_, out, self.analyzer.database, chosen, captures=several)
            )
        if self.analysis.fields is not None:
            raise click.UsageError("--fields needs one output file; in a folder, each event has its table")
        assert self.analysis.output is not None
        return stack.enter_context(writing_folder(format_, self.analysis.output))

    def summarize(self, batches: Iterator[Batch], options: SummaryOptions) -> int:
        """Write a summary of all batches; after an interrupt, of the batches so far."""
        found = self.analysis.summary(self.analyzer, options.max_inventory, options.local)
        status = DONE
        try:
            with results_file(self.analysis.output, self.inputs) as out:
                try:
                    for batch in batches:
                        found.add(batch)
                except KeyboardInterrupt:
                    status = INTERRUPTED
                standard_error.erase_line()
                if not self.something:
                    out.keep()
                    return status
                if status == self.errors.status() == DONE:
                    standard_error.say_if_empty(self.analyzer.stats)
                captures = () if self.analysis.anonymize else captures_of(self.analyzer)
                if self.analysis.format_ == "json":
                    text = found.document(self.analyzer.stats, captures)
                else:
                    from huginn_cffi.cli.summary_text import summary_text

                    document = found.as_dict(self.analyzer.stats, captures, devices=False)
                    text = summary_text(document)
                out.write(f"{text}\n".encode("utf-8", "backslashreplace"))
        except ReaderLeftError:
            return DONE
        return status or standard_error.warn_of_inventory(
            found.left_out, len(found.hosts), options.max_inventory
        )

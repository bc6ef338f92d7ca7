"""``huginn capture``: an interface to results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from huginn_cffi.cli.ending import Ending
from huginn_cffi.cli.filter_options import Traffic, filter_options
from huginn_cffi.cli.options import Analysis, analysis_options
from huginn_cffi.cli.output import ReaderLeftError, Results, abandon_standard_output, results_file, writing
from huginn_cffi.cli.report import complain, say, warn_of_drops, write_stats
from huginn_cffi.cli.status import DAMAGED
from huginn_cffi.errors import CaptureError

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.formats import RecordWriter


def _positive(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """Refuse what is no length of time; "nan" passes click's own ranges."""
    if value is not None and not value > 0:
        raise click.BadParameter(f"{value:g} is not a number of seconds above 0.")
    return value


def _named(context: click.Context, argument: click.Parameter, value: str) -> str:
    """Refuse the empty name, as of a shell variable that was never set."""
    if not value:
        raise click.BadParameter("it is empty; huginn interfaces lists the names there are.")
    return value


@click.command(short_help="Fingerprint the traffic of an interface.")
@click.argument("interface", metavar="IFACE", callback=_named)
@analysis_options
@filter_options
@click.option("--count", metavar="N", type=click.IntRange(min=1), help="End after N results.")
@click.option("--duration", metavar="S", type=float, callback=_positive, help="End after S seconds.")
@click.option("--promiscuous", is_flag=True, help="Take packets for other hosts too.")
def capture(
    interface: str,
    count: int | None,
    duration: float | None,
    promiscuous: bool,
    analysis: Analysis,
    traffic: Traffic,
) -> int:
    """Fingerprint the TCP traffic of an interface, each result as it happens.

    On Linux "any" is all interfaces. Needs libpcap, and the capability CAP_NET_RAW (or root).
    Ends with Ctrl-C, SIGTERM, --count or --duration, and then prints its statistics to
    standard error.

    \b
    Exit status: 0 done (SIGTERM too), 1 the interface failed on the way, 2 refused,
    130 interrupted (Ctrl-C).
    """  # noqa: D301 - click reads the backspace
    analyzer = analysis.analyzer(traffic)
    ending = Ending(duration)
    with ending.on_signals(), analyzer:
        batches = analyzer.network_batches(
            interface, workers=analysis.workers, cancel=ending, promiscuous=promiscuous
        )
        with results_file(analysis.output, analysis.inputs) as out:
            say(f"listening on {interface}")
            try:
                with writing(analysis.format_, out, analyzer.database, interface) as writer:
                    _write(batches, writer, out, count)
            except CaptureError as error:
                complain(str(error))
                return DAMAGED
            finally:
                batches.close()
                warn_of_drops(analyzer.stats)
                write_stats(analyzer.stats)
    return ending.status


def _write(batches: Iterator[Batch], writer: RecordWriter, out: Results, count: int | None) -> None:
    """Write results until there are `count`, each batch at once."""
    left = count
    try:
        for batch in batches:
            rows = len(batch) if left is None else min(left, len(batch))
            writer.write(batch, rows)
            out.flush()
            if left is not None:
                left -= rows
                if left == 0:
                    return
    except ReaderLeftError:
        return
    except KeyboardInterrupt:
        abandon_standard_output()  # it was stuck, or somebody was impatient

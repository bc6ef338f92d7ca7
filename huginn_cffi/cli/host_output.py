"""Shared by commands that show hosts: selection of hosts, reading of captures, and output.

``--ip`` selects records here, not connections: all packets count for a record, so both ends
of a connection add to the records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click
from click.core import ParameterSource

from huginn_cffi.base.interrupts import held
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.cli.filter_options import TrafficOptions
from huginn_cffi.cli.output.destination import Destination, ReaderLeftError
from huginn_cffi.cli.output.results import ResultOutput, results_file
from huginn_cffi.cli.signals import interrupted_by_sigterm
from huginn_cffi.cli.standard_error import (
    CaptureErrors,
    say,
    say_if_empty,
    say_untracked,
    warn_of_drops,
    warn_of_inventory,
)
from huginn_cffi.cli.status import DONE, INTERRUPTED, REFUSED
from huginn_cffi.cli.summary_text import answer_lines, finding_lines

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.analysis.summary import Summary
    from huginn_cffi.applications.auditing.evaluating import RuleAnswers
    from huginn_cffi.base.times import Span
    from huginn_cffi.cli.options import AnalysisArguments
    from huginn_cffi.filters.conditions import Condition
    from huginn_cffi.formats.zeek import ZeekLogs
    from huginn_cffi.hosts import who
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.run.stats import Stats
    from huginn_cffi.sources.opening import Input
    from sigcompiler.schema.objects import Key
else:
    who = Later("huginn_cffi.hosts.who")


class Selection(NamedTuple):
    """Conditions on addresses, all of which a host must meet; without any, every host is chosen."""

    conditions: tuple[Condition, ...] = ()
    at: Span | None = None
    """Only hosts that had their addresses then."""

    def __bool__(self) -> bool:
        return bool(self.conditions) or self.at is not None

    def spans(self, inventory: Inventory) -> Iterator[tuple[int, int]]:
        """Yield the indices of the chosen hosts as runs: first index and end."""
        if not self:
            yield 0, len(inventory)
            return
        first, then = None, None if self.at is None else who.present(inventory.values(), self.at)
        for place, address in enumerate(inventory.addresses()):
            if self._is_chosen(inventory, place, address, then):
                first = place if first is None else first
            elif first is not None:
                yield first, place
                first = None
        if first is not None:
            yield first, len(inventory)

    def written(self, inventory: Inventory, format_: str) -> Iterator[bytes]:
        """The chosen records, in a format of `Inventory.written`."""
        for first, end in self.spans(inventory):
            yield from inventory.written(format_, first, end)

    def say_missing(self, where: str = "this capture") -> None:
        """Say that no host is chosen there."""
        networks = [str(network) for one in self.conditions for network in one.networks]
        names = ", ".join(re.sub("/(32|128)$", "", one) for one in networks)
        say(f"no host{' ' if names else ''}{names} in {where}{'' if self.at is None else ' at this time'}")

    def values(self, inventory: Inventory) -> Iterator[dict[str, Any]]:
        """The chosen records as plain values."""
        for first, end in self.spans(inventory):
            yield from inventory.values(first, end)

    def _is_chosen(
        self, inventory: Inventory, place: int, packed: bytes, then: set[tuple[Any, ...]] | None
    ) -> bool:
        if self.conditions and (len(packed) == MAC_BYTES or not self.meets(ip_address(packed))):
            return False  # conditions are on addresses
        if then is not None and not any(
            who.identity(one) in then for one in inventory.values(place, place + 1)
        ):
            return False
        return all(_is_at(one, inventory, place) for one in self.conditions)

    def chooses(self, text: str | None) -> bool:
        """Whether an address is chosen, whichever end of connections it was; None is an unknown address."""
        return not self.conditions or (text is not None and self.meets(ip_address(text)))

    def meets(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether an address meets all conditions."""
        return all(
            any(address.version == one.version and address in one for one in condition.networks)
            for condition in self.conditions
        )

    @property
    def asks_for_ends(self) -> bool:
        """Whether the conditions depend on the end of connections at which a host was seen."""
        from huginn_cffi.filters.conditions import Side

        return any(one.side is not Side.EITHER for one in self.conditions)


def _is_at(condition: Condition, inventory: Inventory, place: int) -> bool:
    """Whether the host was seen at the end of connections that the condition names."""
    from huginn_cffi.filters.conditions import Side

    if condition.side is Side.EITHER:
        return True
    [host] = inventory.values(place, place + 1)
    if condition.side is Side.SOURCE:
        return bool(host["connections"] > host["syn_acks"] or host["client_ports"] or host["clients"])
    return bool(host["syn_acks"] or host["server_ports"] or host["servers"])


def split_options(traffic: TrafficOptions, at: Span | None) -> tuple[TrafficOptions, Selection]:
    """Split the options: returns the traffic to read, and the selection of hosts to show."""
    if traffic.filter is None:
        return traffic, Selection(at=at)
    from huginn_cffi.filters.conditions import Condition, FilterConfig, PortFilter, conditions_of

    ports, conditions = None, list[Condition]()
    for one in traffic.filter.filters:
        if isinstance(one, PortFilter):
            ports = FilterConfig(port=one)
        else:
            conditions += conditions_of(one)
    return traffic._replace(filter=ports), Selection(tuple(conditions), at)


_OF_STORES = {
    *("format_", "output", "no_progress", "host_names", "anonymize", "is_long", "known"),
    *("ip", "src_only", "dst_only"),
    *("store", "sensor", "keep", "forget", "max_stored", "where", "summary", "at"),
}
"""Options that a store can honour, or that its command refuses with a reason of their own."""


def refuse_options_of_captures(*allowed: str) -> None:
    """Refuse options of the command line that a store cannot honour, except these."""
    context = click.get_current_context()
    for one in context.command.params:
        source = context.get_parameter_source(one.name or "")
        if one.name not in (*_OF_STORES, *allowed) and source is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{one.opts[-1]} applies to captures, not to a store")


Found = TypeVar("Found", bound="Inventory | Summary")


def write_captured(
    captures: Sequence[str],
    analysis: AnalysisArguments,
    traffic: TrafficOptions,
    max_inventory: int,
    make: Callable[[Analyzer], Found],
    write: Callable[[Found, Stats, ResultOutput], None],
    kept: Callable[[Inventory, list[Input]], AbstractContextManager[None]] = lambda *_: nullcontext(),
) -> int:
    """Read captures into the object from `make`, inside `kept`, then `write` it. Returns the exit status."""
    errors = CaptureErrors()

    def run(out: ResultOutput) -> int:
        from huginn_cffi.sources.searching import inputs_of

        with analysis.analyzer(traffic, shows_hosts=True) as analyzer:
            found = make(analyzer)
            inventory = cast("Inventory", getattr(found, "hosts", found))
            inputs = inputs_of(captures)
            with kept(inventory, inputs), analysis.read(inputs, analyzer, errors) as batches:
                for batch in batches:
                    found.add(batch)
                inventory.conclude()
            stats = analyzer.stats
            warn_of_drops(stats)
        if errors.status(len(captures)) == REFUSED:
            out.keep()
            return REFUSED
        if errors.status() == DONE:
            say_if_empty(stats)
        write(found, stats, out)
        limited = warn_of_inventory(inventory.left_out, len(inventory), max_inventory)
        say_untracked(inventory.untracked)
        return errors.status(len(captures)) or limited

    return write_hosts(captures, analysis, run, lambda: errors.status(len(captures)))


def add_packets(
    answers: Iterable[RuleAnswers],
    captures: Sequence[str],
    analysis: AnalysisArguments,
    traffic: TrafficOptions,
) -> None:
    """Add the packets behind answers, by a second reading; what can be read only once has none."""
    from pathlib import Path

    from huginn_cffi.applications.auditing.proving import prove

    if captures and all(one != "-" and not Path(one).is_fifo() for one in captures):
        with (
            analysis.analyzer(traffic, shows_hosts=True) as analyzer,
            analysis.read(captures, analyzer, lambda error: None) as batches,
        ):
            prove(answers, batches)


def write_hosts(
    inputs: Sequence[str],
    analysis: AnalysisArguments,
    write: Callable[[ResultOutput], int],
    status: Callable[[], int] = lambda: DONE,
) -> int:
    """Call `write` and return its exit status, or `status` if the reader of the output has left."""
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
    found: dict[str, Any],
    format_: str,
    *,
    are_chosen: bool,
    new: Sequence[str] | None = None,
    losses: Sequence[dict[str, Any]] | None = None,
) -> bytes:
    """The end of a summary document, as text or a line of JSON.

    `new` lists hosts that are new to a store, `losses` what a capture could not show. `are_chosen`, for
    selected hosts, omits findings and answers.
    """
    if format_ == "text":
        answers = answer_lines(found["answers"] if found["hosts"] else ())
        lines = () if are_chosen else [*finding_lines(found["findings"]), *answers][1:]
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")

    from sigcompiler.schema.rows import SCHEMA_VERSION
    from sigcompiler.schema.summary import EVENT

    end = {
        "event": EVENT,
        "schema_version": SCHEMA_VERSION,
        **{name: found[name] for name in ("hosts", "left_out", "untracked")},
        **{name: None if are_chosen else found[name] for name in ("answers", "findings")},
        "new_hosts": new,
        "losses": losses,
    }
    return f"{json.dumps(end, separators=(',', ':'))}\n".encode("ascii")


@contextmanager
def zeek_logs(folder: str, names: Sequence[str]) -> Iterator[ZeekLogs]:
    """Zeek's logs of these names in a folder; they are complete even if the user interrupts the command."""
    from pathlib import Path

    from huginn_cffi.formats.zeek import ZeekLogs

    try:
        with held(), closing(ZeekLogs(Path(folder), names)) as logs:
            yield logs
    except OSError as error:
        Destination(Path(error.filename or folder)).failed(error)


def write_table(
    pieces: Iterator[list[tuple[Any, ...]]], format_: str, out: ResultOutput, keys: Sequence[Key]
) -> None:
    """Write rows as CSV (rows of texts) or Parquet."""
    from huginn_cffi.formats import hosts as tables

    with held():  # so that the table is complete
        tables.write_table(format_, out, pieces, keys)

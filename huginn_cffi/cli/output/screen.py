"""The live screen of ``huginn capture``: a line for each new host, changed answer and finding."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.cli.standard_error import COLUMNS, counted
from huginn_cffi.hosts.record import DEVICE_VALUES, device_text
from sigcompiler.claims.flavors import label_text
from sigcompiler.diagnostics import visible, width

if TYPE_CHECKING:
    from huginn_cffi.cli.output.live import LiveOutput
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.hosts.record import HostRecord

PERIOD_S = 0.5
"""How long news is collected before it is shown, in seconds."""
MOST_READ = 250
"""Hosts read in a period, which takes up to 50 ms. The inventory keeps the others for the next period."""
MOST_SHOWN = 20
"""Hosts shown in a period, and as many findings; others are only counted."""
MOST_PROGRAMS = 3
"""Programs of a host that are named; others are only counted."""


class Screen:
    """Shows the hosts of an inventory that have news, and the findings of batches."""

    def __init__(self, inventory: Inventory) -> None:
        self.output: LiveOutput
        """The terminal, set before the first batch."""
        self.findings: int = 0
        """Number of findings so far."""
        self.inventory = inventory
        self._answers: OrderedDict[str, int] = OrderedDict()
        """The hash of each host's latest answer, for as many hosts as an inventory has."""
        self._found: list[Sequence[str]] = []
        """Findings of this period that will be shown."""
        self._counted = 0
        self._due = 0.0

    def write(self, batch: Batch, rows: int) -> None:
        """Take the findings of a batch without other events."""
        self.findings += rows
        records = batch.render("json").splitlines() if len(self._found) < MOST_SHOWN else []
        for record in islice(map(json.loads, records), MOST_SHOWN - len(self._found)):
            subject, other = record.get("src_ip"), record.get("dst_ip")
            to = f" (to {other})" if other not in (subject, None) else ""
            self._found.append((subject or record.get("finding_mac") or "unknown", record["reason"] + to))

    def give_up(self) -> None:
        """Give up the terminal: a write to it was stuck."""
        self.output.give_up()

    def do_due(self) -> None:
        """Show the news when the period is over."""
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + PERIOD_S
            self.show()

    def report_now(self) -> None:
        """Do nothing, as does `close`: everything is shown already."""

    close = report_now

    def show(self) -> None:
        """Show the news."""
        hosts = [*self._news()]
        shown = hosts[:MOST_SHOWN]
        if more := len(hosts) - len(shown):
            shown.append((f"… and {counted(more, 'more host')}",))
        shown += self._found
        if more := self.findings - self._counted - len(self._found):
            shown.append((f"… and {counted(more, 'more finding')}",))
        self._counted, self._found = self.findings, []
        columns = _columns()
        self.output.write_lines([line for fields in shown for line in _folded(fields, columns)])

    def _news(self) -> Iterator[Sequence[str]]:
        """The lines of hosts that are new, or whose answer has changed."""
        for host in islice(self.inventory.changed(), MOST_READ):
            fields, answer = _answer(host)
            if self._answers.get(host.name) != answer:
                yield fields
            self._answers[host.name] = answer
            self._answers.move_to_end(host.name)
            if len(self._answers) > MAX_INVENTORY:
                self._answers.popitem(last=False)


def _answer(host: HostRecord) -> tuple[Sequence[str], int]:
    """The fields of a host's line, and the hash of those that make it news."""
    system = label_text(host.family, host.flavor or "") if host.family else ""
    device = device_text(*(getattr(host.device, name) for name in DEVICE_VALUES)) if host.device else ""
    programs = [*dict.fromkeys((*host.tools, *host.clients, *host.servers))]
    more = len(programs) - MOST_PROGRAMS
    named = ", ".join(programs[:MOST_PROGRAMS]) + (f" and {more} more" if more > 0 else "")
    hops = counted(host.distance, "hop") if host.distance else ""
    known = [field for field in (system, device or host.network_card or "", named) if field] or ["unknown"]
    return [*filter(None, (host.name, *known, hops))], hash((system, device, *sorted(programs)))


def _folded(fields: Iterable[str], columns: int) -> Iterator[str]:
    """The fields in one line; in several, each cut at the width, if the terminal is too narrow."""
    line = ""
    for field in map(visible, fields):
        if line and width(line) + 2 + width(field) > columns:
            yield _cut(line, columns)
            line = f"  {field}"
        else:
            line = f"{line}  {field}" if line else field
    yield _cut(line, columns)


def _cut(line: str, columns: int) -> str:
    if width(line) <= columns:
        return line
    while width(line) >= columns:
        line = line[:-1]
    return f"{line}…"


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or COLUMNS
    except OSError:
        return COLUMNS

"""The live screen of ``huginn capture``: a line for each new host, changed answer and finding."""

from __future__ import annotations

import json
import sys
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.cli.standard_error import columns, counted
from huginn_cffi.database.database import Database
from huginn_cffi.hosts.lines import DEVICE_VALUES, device_text
from sigcompiler.claims.flavors import label_text
from sigcompiler.diagnostics import visible, width

if TYPE_CHECKING:
    from huginn_cffi.cli.output.live import LiveOutput
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.hosts.record import HostRecord
    from huginn_cffi.run.batch import Batch
    from huginn_cffi.run.opened import OpenDatabase

PERIOD_S = 0.5
"""How long news is collected before it is shown, in seconds. A finding then waits for others of its host."""
PAUSE_S = 10.0
"""How long changed answers of a host are collected after its last line, in seconds."""
FIRST_S = 20.0
"""How long a new host waits for its first answer, in seconds. Its ARP frame comes before its SYN; nmap waits
13 seconds in between for a DNS server that does not answer."""
MOST_READ = 250
"""Hosts read in a period, which takes up to 50 ms. The inventory keeps the others for the next period."""
MOST_SHOWN = 20
"""Hosts shown in a period, and as many findings; others are only counted."""
MOST_NAMES = 3
"""Programs of a host that are named, and systems of the user's own; others are only counted."""


class Answer(NamedTuple):
    """What is known of a host."""

    fields: Sequence[str]
    """The fields of its line."""
    system: int
    """A hash of system and device."""
    programs: int
    """A hash of its programs."""


UNKNOWN = hash(("", ""))
"""`Answer.system` of a host without system and device."""


class Last(NamedTuple):
    """The last line of a host; a finding is the first line of a host without a system."""

    system: int
    programs: int | None
    """None after a finding: the programs of a scanner are no news."""
    again: float
    """When another answer may be shown, by the monotonic clock."""


class Screen:
    """Shows the hosts of an inventory that have news, and the findings of batches."""

    def __init__(self, inventory: Inventory) -> None:
        self.output: LiveOutput
        """The terminal, set before the first batch."""
        self.findings: int = 0
        """Number of findings so far."""
        self.inventory = inventory
        self._own: tuple[OpenDatabase | None, Collection[str]] = (None, ())
        """A database, and the systems that it alone names: what the user's own signatures add."""
        self._last: OrderedDict[str, Last] = OrderedDict()
        """The last line of each host, for as many hosts as an inventory has."""
        self._waiting: dict[str, Answer] = {}
        """Answers that are not shown yet: of this period, or of hosts that have had a line just now."""
        self._found: dict[str, list[tuple[str, str]]] = {}
        """Findings by host, as reason and target: those that will be shown, each when a period has passed."""
        self._held: set[str] = set()
        """Hosts whose findings have waited for a period."""
        self._unknown: dict[str, float] = {}
        """New hosts without an answer, and until when each waits for one, by the monotonic clock."""
        self._counted = 0
        self._due = 0.0

    def write(self, batch: Batch, rows: int) -> None:
        """Take the findings of a batch without other events."""
        self.findings += rows
        room = MOST_SHOWN - sum(map(len, self._found.values()))
        records = batch.render("json").splitlines() if room > 0 else []
        for record in map(json.loads, records[:room]):
            subject, other = record.get("src_ip"), record.get("dst_ip")
            to = f" (to {other})" if other not in (subject, None) else ""
            name = subject or record.get("finding_mac") or "unknown"
            self._found.setdefault(name, []).append((record["reason"], to))
            self._counted += 1

    def give_up(self) -> None:
        """Give up the terminal: a write to it was stuck."""
        self.output.give_up()

    def do_due(self) -> None:
        """Show the news when the period is over."""
        now = time.monotonic()
        if now >= self._due:
            self._due = now + PERIOD_S
            self.show(now)

    def report_now(self) -> None:
        """Do nothing, as does `close`: everything is shown already."""

    close = report_now

    def show(self, now: float = inf) -> None:
        """Show the news that is due by the monotonic clock, by default all."""
        hosts = self._news(now)
        shown = hosts[:MOST_SHOWN]
        if more := len(hosts) - len(shown):
            shown.append((f"… and {counted(more, 'more host')}",))
        room = columns(sys.stdout)
        for name in [name for name in self._found if name in self._held or now == inf]:
            shown.append((name, _joined(self._found.pop(name), room - width(name) - 2)))
            last = self._last.get(name, Last(UNKNOWN, None, now + PAUSE_S))
            self._remember(name, last._replace(programs=None))
        self._held = {*self._found}
        if more := self.findings - self._counted:
            shown.append((f"… and {counted(more, 'more finding')}",))
        self._counted = self.findings
        self.output.write_lines([line for fields in shown for line in _folded(fields, room)])

    def _news(self, now: float) -> list[Sequence[str]]:
        """The lines of hosts that are new, or whose answer has changed."""
        for host in islice(self.inventory.changed(), MOST_READ):
            self._waiting[host.name] = _answer(host, self._own_systems())
        self._unknown = {
            name: self._unknown.get(name, now + FIRST_S)
            for name, answer in self._waiting.items()
            if name not in self._last and answer.system == UNKNOWN
        }
        due = [name for name in self._waiting if self._shown_from(name, now) <= now]
        return [fields for name in due if (fields := self._line(name, self._waiting.pop(name), now))]

    def _own_systems(self) -> Collection[str]:
        database, default = self.inventory.database, Database.load_default()
        if database is not None and database is not self._own[0]:
            is_built_in = database.source_hash == default.source_hash
            own = () if is_built_in else database._records.system_names() - default._records.system_names()
            self._own = database, own
        return self._own[1]

    def _shown_from(self, name: str, now: float) -> float:
        """When the answer of a host may be shown, by the monotonic clock."""
        last = self._last.get(name)
        return self._unknown.get(name, now) if last is None else last.again

    def _line(self, name: str, answer: Answer, now: float) -> Sequence[str] | None:
        """The line of a host; None if it says nothing new."""
        last, is_found = self._last.get(name), name in self._found
        if last is None:
            is_new, quiet = answer.system != UNKNOWN or not is_found, is_found
        else:
            is_new = last.system != answer.system or last.programs not in (None, answer.programs)
            quiet = is_found or last.programs is None
        if is_new:
            last = Last(answer.system, None if quiet else answer.programs, now + PAUSE_S)
        if last is not None:
            self._remember(name, last)
        return answer.fields if is_new else None

    def _remember(self, name: str, last: Last) -> None:
        """Keep the last line of a host, in place of the one not used for longest if there are too many."""
        self._last[name] = last
        self._last.move_to_end(name)
        if len(self._last) > MAX_INVENTORY:
            self._last.popitem(last=False)


def _answer(host: HostRecord, own: Collection[str]) -> Answer:
    """Of systems, a record has families and versions; names of the user's `own` signatures say more."""
    readings = (one for one in host.evidence if one.name in own and one.source in ("syn", "syn_ack"))
    named = _some([one.name for one in readings if one.relation not in ("contradicts", "earlier")])
    system = named or (label_text(host.family, host.flavor or "") if host.family else "")
    device = device_text(*(getattr(host.device, name) for name in DEVICE_VALUES)) if host.device else ""
    programs = {*host.tools, *host.clients, *host.servers}
    hops = counted(host.distance, "hop") if host.distance else ""
    shown = _some((*host.tools, *host.clients, *host.servers))
    known = [field for field in (system, device or host.network_card or "", shown) if field] or ["unknown"]
    fields = [*filter(None, (host.name, *known, hops))]
    return Answer(fields, hash((system, device)), hash(tuple(sorted(programs))))


def _some(names: Iterable[str]) -> str:
    """The first few different names, and how many others there are."""
    each = [*dict.fromkeys(names)]
    more = len(each) - MOST_NAMES
    return ", ".join(each[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _joined(findings: Sequence[tuple[str, str]], room: int) -> str:
    """Findings of a host; several without their targets, unless these fit."""
    whole = ", ".join(reason + target for reason, target in findings)
    fits = len(findings) == 1 or width(whole) <= room
    return whole if fits else ", ".join(dict(findings))


def _folded(fields: Iterable[str], room: int) -> Iterator[str]:
    """The fields in one line; in several, each cut at the width, if the terminal is too narrow."""
    line = ""
    for field in map(visible, fields):
        if line and width(line) + 2 + width(field) > room:
            yield _cut(line, room)
            line = f"  {field}"
        else:
            line = f"{line}  {field}" if line else field
    yield _cut(line, room)


def _cut(line: str, room: int) -> str:
    if width(line) <= room:
        return line
    while width(line) >= room:
        line = line[:-1]
    return f"{line}…"

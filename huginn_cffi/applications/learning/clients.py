"""TLS clients: hellos that no signature names, and lines for those that are labelled.

Here a hello is reduced to its JA4, its stable JA4 and the place where it was seen; TCP, QUIC and DTLS are
equal.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.applications.learning.counting import Counts, Support, place_of
from huginn_cffi.applications.learning.program_lines import SectionLines, line_errors, rivals_reason, template
from huginn_cffi.applications.learning.results import MOST_RELATIVES, UnknownRow
from huginn_cffi.applications.learning.systems import LearningError
from huginn_cffi.applications.learning.writing import UNNAMED
from huginn_cffi.base import arguments
from huginn_cffi.database.database import Database
from huginn_cffi.database.defaults import DEFAULT, Default, required
from huginn_cffi.engine.batch import Batch
from huginn_cffi.explain.clients import explain_client
from huginn_cffi.explain.explanation import NearSignature
from huginn_cffi.results.tls import ObservableTlsClient
from huginn_cffi.results.views import view

SECTION = "tls:client"


class SeenHello(NamedTuple):
    """One hello: ``host`` sent it in packet ``packet`` of ``file``. ``label`` is the client's, where known.

    A label is a name (``curl``), or all of a ``label`` line's value (``s:!:curl:with OpenSSL 3``).
    """

    ja4: str
    ja4_stable: str
    host: str
    file: str
    packet: int
    label: str = ""


def hello_rows(batch: Batch) -> Iterator[int]:
    """The ClientHellos that have a JA4."""
    cells = batch._cells
    is_hello = (row for row in batch.tls["row"] if cells.event[row] == lib.HG_EVENT_TLS_CLIENT)
    return (row for row in is_hello if not cells.ssl2[row])


def seen_hello(batch: Batch, row: int, label: str = "") -> SeenHello:
    """The hello of a row."""
    hello = view(ObservableTlsClient, batch, row)
    return SeenHello(hello.ja4 or "", hello.ja4_stable or "", *place_of(batch, row), label)


class HelloInventory(Counts[str]):
    """ClientHellos counted by stable JA4 and sender, up to a limit on both together.

    ClientHellos in the format of SSL 2.0 have no JA4 and are skipped.
    """

    def __init__(self, limit: int = sys.maxsize) -> None:
        super().__init__(limit)
        self._ja4: dict[str, Counter[str]] = {}

    def add(self, batch: Batch) -> None:
        """Count the ClientHellos in a batch."""
        for row in hello_rows(batch):
            self.add_hello(seen_hello(batch, row))

    def add_hello(self, seen: SeenHello) -> None:
        """Count one."""
        if self.count(seen.ja4_stable, (seen.file, seen.host), seen.packet) is not None:
            self._ja4.setdefault(seen.ja4_stable, Counter())[seen.ja4] += 1

    def usual(self, ja4_stable: str) -> str:
        """The JA4 that was seen most with this stable JA4."""
        seen = self._ja4[ja4_stable]
        return min(seen, key=lambda ja4: (-seen[ja4], ja4))


@dataclass(frozen=True, slots=True)
class UnknownClient(UnknownRow):
    """Hellos that nothing names. ``ja4`` is the one seen most of those with this stable JA4.

    ``answer`` is what the database says now: ``???``, or the generic name where weak ones were asked for.
    ``support.packets`` counts hellos. ``template`` is a signature file whose label is to be filled in.
    """

    ja4: str
    ja4_stable: str
    answer: str
    support: Support
    relatives: tuple[NearSignature, ...]
    template: str

    @property
    def _shown(self) -> tuple[str, str]:
        return "TLS client", self.ja4


def unknown_clients(
    seen: HelloInventory,
    *,
    database: Database | Default = DEFAULT,
    weak: bool = False,
    relatives: int = 3,
) -> list[UnknownClient]:
    """The hellos that `database` does not name, those of one stable JA4 together, by distinct hosts.

    A host counts once in each file. `weak` adds hellos that only a generic signature names. At most
    `relatives` (0 to 1000) nearest signatures are given for each. Raises `SignatureError` for what is no JA4.
    """
    chosen = required(database)
    relatives = arguments.whole("relatives", relatives, 0, MOST_RELATIVES)
    found = []
    for stable, count in seen.counts.items():
        usual = seen.usual(stable)
        explained = explain_client(chosen, usual, stable, relatives)
        match = explained.match
        if match is not None and not (weak and match.kind == "generic"):
            continue
        answer = UNNAMED if match is None else match.label
        lines = template(f"s:!:{UNNAMED}:", stable, SECTION)
        found.append(UnknownClient(usual, stable, answer, count.support, explained.nearest, lines))
    return sorted(found, key=lambda one: (-one.support.hosts, -one.support.packets, one.ja4_stable))


def learn_clients(
    labelled: Iterable[SeenHello], *, database: Database | Default = DEFAULT, source: str = "captures"
) -> SectionLines:
    """Lines for the labelled hellos that `database` does not name specifically; others are passed over.

    A line is refused when a specific one names the same hello otherwise, or when hosts with another label
    sent it, more than one for ten of its own. `source` is the lines' provenance. Raises
    `LearningError` for a label that no file can hold.
    """
    chosen = required(database)
    lines = SectionLines(SECTION, source)
    labels: dict[str, HelloInventory] = {}
    for seen in labelled:
        if seen.label:
            labels.setdefault(label_of(seen.label), HelloInventory()).add_hello(seen)
    senders: Counter[str] = Counter()
    for own in labels.values():
        senders.update({stable: count.hosts for stable, count in own.counts.items()})
    for label, own in labels.items():
        for stable, count in own.counts.items():
            match = explain_client(chosen, own.usual(stable), stable, 0).match
            if lines.is_named(label, stable, match):
                continue
            if reason := rivals_reason(senders[stable] - count.hosts, count.hosts):
                lines.refuse(label, stable, reason)
            else:
                lines.propose(label, stable, count.hosts)
    return lines


def label_of(text: str) -> str:
    """The value of a label line; a name alone is that of a program."""
    label = text.strip() if ":" in text else f"s:!:{text.strip()}:"
    errors = line_errors(label, "*_*_*", SECTION)
    if not label.isprintable():
        raise LearningError(f"{text!r} is not a label: it holds characters that do not print")
    if errors:
        raise LearningError(f"{text!r} is not a label: {errors[0].message}; {errors[0].hint}")
    return label

"""TLS clients: hellos that no signature names, and lines for those that are labelled.

Here a hello is reduced to its JA4, its stable JA4 and the place where it was seen; TCP, QUIC and DTLS are
equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.applications.learning.report import unknown_text
from huginn_cffi.applications.learning.results import MOST_RELATIVES, Support
from huginn_cffi.applications.learning.systems import LearningError
from huginn_cffi.applications.learning.writing import SEVERAL, UNNAMED
from huginn_cffi.base import arguments
from huginn_cffi.database.database import Database
from huginn_cffi.database.defaults import DEFAULT, Default, resolve
from huginn_cffi.explain.clients import explain_client, read_ja4
from huginn_cffi.explain.explanation import NearSignature
from huginn_cffi.results import tls_rows
from huginn_cffi.results.observables import endpoint
from sigcompiler.reading.parser import parse_text

if TYPE_CHECKING:
    from huginn_cffi.engine.batch import Batch

MOST_STRAY = 10
"""For each of this number of its hosts, a line may have one host with another label."""


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


@dataclass(slots=True)
class _HelloTally:
    """Hellos of one stable JA4."""

    ja4: dict[str, int] = field(default_factory=dict)
    senders: dict[tuple[str, str], int] = field(default_factory=dict)
    """The first packet of each host of each file."""
    hellos: int = 0

    def add(self, seen: SeenHello) -> None:
        self.ja4[seen.ja4] = self.ja4.get(seen.ja4, 0) + 1
        self.senders.setdefault((seen.file, seen.host), seen.packet)
        self.hellos += 1

    def usual(self) -> str:
        """The JA4 that was seen most."""
        return min(self.ja4, key=lambda ja4: (-self.ja4[ja4], ja4))

    def support(self) -> Support:
        file, host = min(self.senders, key=lambda sender: (sender[0], self.senders[sender]))
        return Support(len(self.senders), self.hellos, file, self.senders[file, host])


class HelloInventory:
    """ClientHellos from captures, counted by stable JA4 and sender, up to a limit on both together.

    Those that show something new, or come from a new sender, once the limit is reached are left out. Hellos
    in the format of SSL 2.0 have no JA4, and are not taken.
    """

    def __init__(self, limit: int) -> None:
        self.tallies: dict[str, _HelloTally] = {}
        self.left_out = 0
        """Hellos."""
        self._limit = limit
        self._kept = 0

    def add(self, batch: Batch) -> None:
        """Count the ClientHellos in a batch."""
        for row in batch.tls["row"]:
            if batch._cells.event[row] != lib.HG_EVENT_TLS_CLIENT or batch._cells.ssl2[row]:
                continue
            ja4, stable = (tls_rows.fingerprint(batch, row, name) or "" for name in ("ja4", "ja4_stable"))
            host = endpoint(batch, row, "src").ip
            packet = batch._cells.packet_number[row] - batch.packets_before
            self._add(SeenHello(ja4, stable, host, batch.capture, packet))

    def _add(self, seen: SeenHello) -> None:
        tally = self.tallies.get(seen.ja4_stable)
        if tally is None or (seen.file, seen.host) not in tally.senders:
            if self._kept >= self._limit:
                self.left_out += 1
                return
            self._kept += 1
        self.tallies.setdefault(seen.ja4_stable, _HelloTally()).add(seen)


@dataclass(frozen=True, slots=True)
class UnknownClient:
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

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        """A few lines: who sends it, the relatives and how they differ, and the template."""
        return unknown_text(
            "TLS client",
            f"{self.support.in_full}, now {self.answer}",
            self.ja4,
            self.relatives,
            self.template,
        )


@dataclass(frozen=True, slots=True)
class LearnedClients:
    """What labelled hellos gave.

    ``text`` is a signature file of the lines proposed, empty without any; ``proposals`` are their label
    and stable JA4. ``refusals`` and ``known`` are label, stable JA4 and the reason, or the line that names
    it already.
    """

    proposals: tuple[tuple[str, str], ...]
    refusals: tuple[tuple[str, str, str], ...]
    known: tuple[tuple[str, str, str], ...]
    text: str


def unknown_clients(
    seen: Iterable[SeenHello] | HelloInventory,
    *,
    database: Database | Default = DEFAULT,
    weak: bool = False,
    relatives: int = 3,
) -> list[UnknownClient]:
    """The hellos that `database` does not name, those of one stable JA4 together, by distinct hosts.

    A host counts once in each file. `weak` takes those in, too, that only a generic signature names. At
    most `relatives` (0 to 1000) nearest signatures are given for each. Raises `SignatureError` for what is
    no JA4.
    """
    chosen = _chosen(database)
    count = arguments.whole("relatives", relatives, 0, MOST_RELATIVES)
    found = []
    tallies = seen.tallies if isinstance(seen, HelloInventory) else _tallied(seen)
    for stable, tally in tallies.items():
        explained = explain_client(chosen, tally.usual(), stable, count)
        match = explained.match
        if match is not None and not (weak and match.kind == "generic"):
            continue
        answer = UNNAMED if match is None else match.label
        template = signature_file([(f"s:!:{UNNAMED}:", "captures; low", [stable])])
        item = UnknownClient(tally.usual(), stable, answer, tally.support(), explained.nearest, template)
        found.append(item)
    return sorted(found, key=lambda one: (-one.support.hosts, -one.support.packets, one.ja4_stable))


def learn_clients(
    labelled: Iterable[SeenHello], *, database: Database | Default = DEFAULT, source: str = "captures"
) -> LearnedClients:
    """Lines for the labelled hellos that `database` does not name specifically; others are passed over.

    A line is refused when a specific one names the same hello otherwise, or when hosts with another label
    sent it, more than one for ten of its own. `source` is the lines' provenance. Raises
    `LearningError` for a label that no file can hold.
    """
    chosen = _chosen(database)
    by_label: dict[str, list[SeenHello]] = {}
    for seen in labelled:
        if seen.label:
            by_label.setdefault(label_of(seen.label), []).append(seen)
    tallies = {label: _tallied(own) for label, own in by_label.items()}
    senders: Counter[str] = Counter()
    for own in tallies.values():
        senders.update({stable: len(tally.senders) for stable, tally in own.items()})
    proposals: list[tuple[str, str]] = []
    refusals: list[tuple[str, str, str]] = []
    known: list[tuple[str, str, str]] = []
    for label, own in tallies.items():
        for stable, tally in own.items():
            line = _specific(chosen, tally.usual(), stable)
            rivals = senders[stable] - len(tally.senders)
            if line is not None and line.name == label.split(":")[2]:
                known.append((label, stable, _place(line)))
            elif line is not None:
                refusals.append((label, stable, f"{_place(line)} names it {line.label}"))
            elif rivals * MOST_STRAY > len(tally.senders):
                refusals.append((label, stable, f"{hosts_text(rivals)} with another label sent the same"))
            else:
                proposals.append((label, stable))
    lines = [
        (label, labelled_provenance(source, len(tallies[label][stable].senders)), [stable])
        for label, stable in proposals
    ]
    return LearnedClients(
        tuple(proposals), tuple(refusals), tuple(known), signature_file(lines) if lines else ""
    )


def _chosen(database: Database | Default) -> Database:
    chosen = resolve(database)
    if chosen is None:
        raise TypeError("database must be a Database, not None")
    return chosen


def _tallied(every: Iterable[SeenHello]) -> dict[str, _HelloTally]:
    found: dict[str, _HelloTally] = {}
    for seen in every:
        found.setdefault(str(read_ja4(seen.ja4_stable)), _HelloTally()).add(seen)
    return found


def label_of(text: str) -> str:
    """The value of a label line; a name alone is that of a program."""
    label = text.strip() if ":" in text else f"s:!:{text.strip()}:"
    body = signature_file([(label, "captures; low", ["*_*_*"])])
    errors = [item for item in parse_text(body, "<label>")[1] if item.severity == "error"]
    if not label.isprintable():
        raise LearningError(f"{text!r} is not a label: it holds characters that do not print")
    if errors:
        raise LearningError(f"{text!r} is not a label: {errors[0].message}; {errors[0].hint}")
    return label


def _specific(database: Database, ja4: str, stable: str) -> NearSignature | None:
    match = explain_client(database, ja4, stable, 0).match
    return match if match is not None and match.kind == "specific" else None


def _place(line: NearSignature) -> str:
    return f"{line.file}:{line.line}"


def labelled_provenance(source: str, hosts: int) -> str:
    """``captures (3 labelled hosts); high``."""
    return f"{source} ({hosts_text(hosts, 'labelled ')}); {'high' if hosts >= SEVERAL else 'medium'}"


def hosts_text(count: int, kind: str = "") -> str:
    """``3 hosts``."""
    return f"{count} {kind}host{'' if count == 1 else 's'}"


def signature_file(lines: Iterable[tuple[str, str, list[str]]], section: str = "tls:client") -> str:
    """A signature file of a label, provenance and values each: labels in the order of their first line."""
    blocks: dict[str, list[str]] = {}
    for label, provenance, values in lines:
        own = blocks.setdefault(label, [])
        own += [f"; source: {provenance}", *(f"sig   = {value}" for value in values)]
    return "\n".join(["classes = win,unix,other", "", f"[{section}]", *_blocks(blocks)]) + "\n"


def _blocks(blocks: dict[str, list[str]]) -> Iterator[str]:
    for label, lines in blocks.items():
        yield from ("", f"label = {label}")
        if label.split(":")[1:2] == ["!"]:
            yield "sys   ="
        yield from lines

"""Proposes ``[tls:client]`` and HTTP signatures from labelled clients and servers.

The HTTP messages with one label and one HTTP version give one line, made from their common parts. A header
that only some messages have becomes optional, and a value that differs is left out. If the orders of headers
differ, or the line would take messages with other labels, each kind of message gets its own line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TypeAlias

from huginn_cffi import Analyzer, Database, SignatureError
from huginn_cffi.explain.clients import explain_client
from huginn_cffi.explain.messages import Explainer, MessageHead
from huginn_workbench.arguments import (
    DEFAULT,
    MAX_INVENTORY,
    MOST_INVENTORY,
    Direction,
    OnError,
    required,
    whole,
)
from huginn_workbench.core import RowViews
from huginn_workbench.evaluation.labels import labels_by_host
from huginn_workbench.learning import program_lines
from huginn_workbench.learning.counting import Count, Quota
from huginn_workbench.learning.evidence import LearningError, network_of, read_batches
from huginn_workbench.learning.inventories import (
    TLS_SECTION,
    HelloInventory,
    SeenHello,
    seen_hello,
)
from huginn_workbench.learning.program_lines import LearnedPrograms, SectionLines
from huginn_workbench.learning.sightings import FilePath
from sigcompiler.model import HttpHeader, HttpSignature
from sigcompiler.overlap import NameIndex, covers, needed_headers

_PRODUCT = re.compile(r"[^\s();,/]+/")


class SeenMessage(NamedTuple):
    """One message: ``host`` sent it in packet ``packet`` of ``file``; ``raw`` is its raw signature."""

    direction: Direction
    raw: str
    host: str
    file: str
    packet: int
    label: str


@dataclass(slots=True)
class _MessageGroup:
    """Messages with one label that differ only in their software."""

    text: str
    head: MessageHead
    signature: HttpSignature
    software: set[str] = field(default_factory=set)
    count: Count = field(default_factory=Count)

    @property
    def names(self) -> set[str]:
        return {header.name.lower() for header in self.signature.headers}


_Rivals: TypeAlias = "NameIndex[tuple[str, _MessageGroup]]"
"""All messages with their labels."""


@dataclass(slots=True)
class _Candidate:
    text: str
    members: list[_MessageGroup]

    @property
    def direction(self) -> Direction:
        return self.members[0].head.direction

    @property
    def senders(self) -> set[tuple[str, str]]:
        return set().union(*(member.count.senders for member in self.members))


class _Lines:
    """The specific HTTP lines of the database, and the proposed ones."""

    def __init__(self, database: Database, frequency: Mapping[str, int]) -> None:
        self._accepted: NameIndex[tuple[int, str, HttpSignature]] = NameIndex(frequency)
        self._count = 0
        self._known = [
            (f"{one.file}:{one.line} ({one.label})", MessageHead.parsed(one.text, one.direction))
            for one in database.signatures
            if one.section.startswith("http:") and one.kind == "specific" and one.direction
        ]

    def objection(self, line: HttpSignature, label: str) -> str:
        """A known line that `line` would hide, or a proposed one that conflicts, in words; else empty."""
        for place, other in self._known:
            if covers(line, other):
                return f"{place} describes some of the same messages"
        needs = needed_headers(line)
        found = [one for one in self._accepted.within(needs) if covers(one[2], line)]
        found += [one for one in self._accepted.having(needs) if one[1] != label and covers(line, one[2])]
        if found:
            return f"a line proposed for {min(found, key=itemgetter(0))[1]} describes the same messages"
        return ""

    def accept(self, line: HttpSignature, label: str) -> None:
        self._accepted.add(needed_headers(line), (self._count, label, line))
        self._count += 1


def learn_heads(seen: Iterable[SeenMessage], database: Database, source: str, section: str) -> SectionLines:
    """Lines for messages of one direction that `database` does not name specifically."""
    found = SectionLines(section, source)
    labels = _members(seen, found)
    explainer = Explainer(database)
    frequency = Counter(name for own in labels.values() for member in own for name in member.names)
    lines = _Lines(database, frequency)
    rivals: _Rivals = NameIndex(frequency)
    for label, own in labels.items():
        for member in own:
            rivals.add(member.names, (label, member))
    for label, own in labels.items():
        unnamed = [
            member
            for member in own
            if not found.is_named(label, member.text, explainer.explain(member.head, 0).match)
        ]
        for candidate in _candidates(label, unnamed):
            _judge(candidate, label, rivals, lines, found)
    return found


def _members(seen: Iterable[SeenMessage], found: SectionLines) -> dict[str, list[_MessageGroup]]:
    labels: dict[str, dict[str, _MessageGroup]] = {}
    unfit: dict[tuple[str, str], str] = {}
    for one in seen:
        start, software = MessageHead.split(one.raw)
        own = labels.setdefault(one.label, {})
        if start not in own:
            try:
                head = MessageHead.read(one.raw, one.direction)
                own[start] = _MessageGroup(start, head, MessageHead.parsed(start, one.direction))
            except SignatureError as error:
                unfit[one.label, start] = str(error).splitlines()[0]
                continue
        own[start].software.add(software)
        own[start].count.add((one.file, one.host), one.file, one.packet)
    for (label, start), reason in unfit.items():
        found.refuse(label, start, reason)
    return {label: list(own.values()) for label, own in labels.items()}


def _candidates(label: str, members: Sequence[_MessageGroup]) -> Iterator[_Candidate]:
    """One line for each HTTP version, or one per member if the orders of headers differ."""
    for version in (0, 1, 2):
        own = [member for member in members if member.head.version == version]
        if own:
            common = _common(label, own)
            yield from [_Candidate(common, own)] if common else (_single(label, one) for one in own)


def _single(label: str, member: _MessageGroup) -> _Candidate:
    return _Candidate(_common(label, [member]) or member.text, [member])


def _judge(candidate: _Candidate, label: str, rivals: _Rivals, lines: _Lines, found: SectionLines) -> None:
    reason = _objection(candidate, label, rivals, lines)
    if not reason:
        found.propose(label, candidate.text, len(candidate.senders))
        lines.accept(MessageHead.parsed(candidate.text, candidate.direction), label)
    elif len(candidate.members) > 1:
        for member in candidate.members:
            _judge(_single(label, member), label, rivals, lines, found)
    else:
        found.refuse(label, candidate.text, reason)


def _objection(candidate: _Candidate, label: str, rivals: _Rivals, lines: _Lines) -> str:
    if not candidate.text.isprintable():
        return "it holds characters that do not print"
    text = program_lines.template(label, candidate.text, f"http:{candidate.direction}")
    try:
        line = MessageHead.parsed(candidate.text, candidate.direction)
        alone = Explainer(Database.compile(text=text))
    except SignatureError as error:
        return str(error).splitlines()[0]
    reason = lines.objection(line, label)
    if reason:
        return reason
    if any(alone.explain(member.head, 0).match is None for member in candidate.members):
        return "no line fits these messages, as their headers repeat"
    near = (member for name, member in rivals.having(needed_headers(line)) if name != label)
    fitting = [member for member in near if alone.explain(member.head, 0).match is not None]
    senders = set().union(*(member.count.senders for member in fitting))
    return program_lines.rivals_reason(len(senders), len(candidate.senders))


def _common(label: str, members: Sequence[_MessageGroup]) -> str:
    """The line that fits all members, which have one HTTP version; empty if their orders contradict."""
    lists = [_first_of_each(member.signature.headers) for member in members]
    order = _order([list(own) for own in lists])
    if order is None:
        return ""
    headers = []
    for name in order:
        own = [headers_of[name] for headers_of in lists if name in headers_of]
        values = {header.value for header in own}
        optional = len(own) < len(lists) or any(header.optional for header in own)
        headers.append(replace(own[0], value=values.pop() if len(values) == 1 else None, optional=optional))
    absent = [
        name
        for name in members[0].signature.absent
        if name.lower() not in order
        and all(name.lower() in {one.lower() for one in member.signature.absent} for member in members)
    ]
    software = {text for member in members for text in member.software}
    texts = (
        f"{'?' * one.optional}{one.name}" + ("" if one.value is None else f"=[{one.value}]")
        for one in headers
    )
    version = str(members[0].head.version)
    return ":".join((version, ",".join(texts), ",".join(absent), _product(label, software)))


def _first_of_each(headers: Iterable[HttpHeader]) -> dict[str, HttpHeader]:
    found: dict[str, HttpHeader] = {}
    for header in headers:
        found.setdefault(header.name.lower(), header)
    return found


def _order(lists: Sequence[Sequence[str]]) -> list[str] | None:
    """An order that is compatible with all lists, or None."""
    before: dict[str, set[str]] = {name: set() for names in lists for name in names}
    for names in lists:
        for first, second in pairwise(names):
            before[second].add(first)
    found: list[str] = []
    while before:
        ready = next((name for name, needs in before.items() if needs.issubset(found)), None)
        if ready is None:
            return None
        found.append(ready)
        del before[ready]
    return found


def _product(label: str, software: set[str]) -> str:
    """The product that all messages name, preferably the label's product; empty without one."""
    products = [_PRODUCT.findall(text) for text in sorted(software)]
    shared: list[str] = (
        [one for one in products[0] if all(one in others for others in products)] if products else []
    )
    name = label.split(":")[2].lower()
    own = [one for one in shared if one[:-1].lower() in name]
    return (own or shared or [""])[0]


_LabelOf: TypeAlias = "Callable[[str, str], tuple[str, str]]"
"""Gives the client label and the server label of a host in a file; empty if unknown."""


def learn_programs(
    captures: FilePath | Sequence[FilePath],
    *,
    labels: FilePath | None = None,
    client: str = "",
    server: str = "",
    hosts: Sequence[str] = (),
    database: Database = DEFAULT,
    source: str = "captures",
    max_inventory: int = MAX_INVENTORY,
    on_error: OnError | None = None,
    analyzer: Analyzer | None = None,
) -> LearnedPrograms:
    """Propose signatures for the programs of labelled hellos and HTTP messages.

    `client` and `server` label the programs on all `hosts` (addresses or networks; empty: all hosts): a name,
    or the whole value of a ``label`` line. Alternatively, `labels` is a CSV file with the columns ``file``,
    ``ip``, ``client`` and ``server``. Clients give lines for ``[tls:client]`` and ``[http:request]``, servers
    for ``[http:response]``. Other arguments are as in `learn`.
    """
    chosen = required(database)
    quota = Quota(whole("max_inventory", max_inventory, 1, MOST_INVENTORY))
    if labels is not None and (client or server or hosts):
        raise LearningError(
            "a file of labels names the program of each host; give no client, server or host with it"
        )
    label_of = _of_file(labels) if labels is not None else _of_hosts(client, server, hosts)
    hellos: list[SeenHello] = []
    messages: dict[Direction, list[SeenMessage]] = {"request": [], "response": []}
    for batch in read_batches(captures, analyzer, on_error, protocols=("tls", "http")):
        rows = RowViews(batch)
        for row in rows.hellos():
            label, _ = label_of(batch.capture, rows.endpoint(row, "src").ip)
            if label and quota.take():
                hellos.append(seen_hello(rows, row, label))
        for row, direction in rows.messages():
            host, file, packet = rows.place(row)
            label = label_of(file, host)[direction == "response"]
            if label and quota.take():
                raw = rows.message(row)
                messages[direction].append(SeenMessage(direction, raw, host, file, packet, label))
    if not hellos and not any(messages.values()):
        raise LearningError("the labelled hosts sent no readable TLS hello and no readable HTTP message")
    sections = [learn_clients(hellos, chosen, source)]
    sections += [learn_heads(own, chosen, source, f"http:{direction}") for direction, own in messages.items()]
    return program_lines.learned(sections, quota.left_out)


def _of_hosts(client: str, server: str, hosts: Sequence[str]) -> _LabelOf:
    if not client and not server:
        raise LearningError("say which client or server the hosts run")
    networks = [network_of(text) for text in hosts]
    labels = (client and _label_of(client), server and _label_of(server))

    def of(_file: str, host: str) -> tuple[str, str]:
        fits = not networks or any(ip_address(host) in network for network in networks)
        return labels if fits else ("", "")

    return of


def _of_file(path: FilePath) -> _LabelOf:
    def labels(value: dict[str, str]) -> tuple[str, str]:
        client, server = (value[one] and _label_of(value[one]) for one in ("client", "server"))
        return client, server

    columns = ("file", "ip", "client", "server")
    found = labels_by_host(path, columns, lambda ip: str(ip_address(ip)), labels)
    return lambda file, host: found.get((Path(file).name, host), ("", ""))


def learn_clients(labelled: Iterable[SeenHello], database: Database, source: str) -> SectionLines:
    """Lines for labelled hellos that `database` does not name specifically; other hellos are skipped.

    A line is refused if a specific signature gives the hello another name, or if hosts with another label
    sent it, more than one per ten of its own hosts. `source` is the lines' provenance. Raises
    `LearningError` for an invalid label.
    """
    lines = SectionLines(TLS_SECTION, source)
    labels: dict[str, HelloInventory] = {}
    for seen in labelled:
        if seen.label:
            labels.setdefault(_label_of(seen.label), HelloInventory()).add_hello(seen)
    senders: Counter[str] = Counter()
    for own in labels.values():
        senders.update({stable: count.hosts for stable, count in own.counts.items()})
    for label, own in labels.items():
        for stable, count in own.counts.items():
            match = explain_client(database, own.usual(stable), stable, 0).match
            if lines.is_named(label, stable, match):
                continue
            if reason := program_lines.rivals_reason(senders[stable] - count.hosts, count.hosts):
                lines.refuse(label, stable, reason)
            else:
                lines.propose(label, stable, count.hosts)
    return lines


def _label_of(text: str) -> str:
    """The value of a label line; a name alone becomes the label of a program."""
    label = text.strip() if ":" in text else f"s:!:{text.strip()}:"
    errors = program_lines.line_errors(label, "*_*_*", TLS_SECTION)
    if not label.isprintable():
        raise LearningError(f"{text!r} is not a label: it holds characters that do not print")
    if errors:
        raise LearningError(f"{text!r} is not a label: {errors[0].message}; {errors[0].hint}")
    return label

"""Evaluates rules: SQLite judges each row of a view by all rules for it in one pass."""

from __future__ import annotations

import shlex
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from huginn_cffi.applications.auditing.policy import PolicyError, PolicyRule, sees_null
from huginn_cffi.applications.auditing.views import ALWAYS, VIEWS, prepare, table_of
from huginn_cffi.base.names import EXPLAINED
from huginn_cffi.base.times import rfc3339
from huginn_cffi.store.opening import SQL_ERRORS, in_memory, in_words
from huginn_cffi.store.reading import limit_time
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from huginn_cffi.store.writer import BATCH

if TYPE_CHECKING:
    from huginn_cffi.hosts.inventory import Inventory

MOST_ANSWERS = 1000
"""Most failures of a rule that are listed, and as many unknown rows; others are counted."""
_MOST_RULES, _MOST_CHARACTERS = 300, 200_000
"""Rules that one statement evaluates; SQLite limits its columns and its length."""

Verdict = Literal["fails", "cannot be told", "passes", "matched nothing"]
VERDICTS: tuple[Verdict, ...] = ("fails", "cannot be told", "passes", "matched nothing")
_EARLIER, _OTHER, _PASSES, _FAILS, _UNKNOWN, _ACCEPTED = range(6)
"""Of a row: seen only before the rule applies; not selected; the three answers; an accepted failure."""


class AuditPacket(NamedTuple):
    """A packet of a capture behind an answer: its number in the capture, and the kind of event it gave."""

    capture: str
    number: int
    event: str


class AuditAnswer(NamedTuple):
    """A row that fails, or about which it cannot be told."""

    site: str
    ip: str | None
    mac: str | None
    key: str
    """The values that tell it apart from other rows of the address, such as a port."""
    record: dict[str, Any]
    """The values that the rule read, and the evidence behind them."""
    command: str
    """A command that shows the evidence."""
    tunnel: str | None
    first_seen: str
    packets: list[AuditPacket]
    """Of captures, the packets behind the answer; a store keeps none."""

    @property
    def subject(self) -> str:
        """The address and MAC, so that a new holder of the address is another subject."""
        return " ".join(filter(None, (self.ip, self.mac, self.site and f"at {self.site}")))

    @property
    def explain(self) -> str | None:
        """The command that explains the first packet with a signature."""
        for one in self.packets:
            if one.event in EXPLAINED:
                return shlex.join(["huginn", "explain", "--packet", str(one.number), one.capture])
        return None

    @property
    def commands(self) -> str:
        """The commands, one after the other."""
        return "; ".join(filter(None, (self.command, self.explain)))


class Baseline(NamedTuple):
    """Failures that are accepted in rows last seen before `until`."""

    until: str
    accepted: Mapping[str, frozenset[tuple[str, str]]]
    """For each rule the subjects and keys of rows."""

    def accepts(self, rule: str, answer: AuditAnswer) -> bool:
        """Whether a failure is accepted."""
        return answer.record["last_seen"] < self.until and (answer.subject, answer.key) in self.accepted[rule]


NO_BASELINE = Baseline("", MappingProxyType({}))


@dataclass(slots=True)
class RuleAnswers:
    """All answers of a rule."""

    rule: PolicyRule
    rows: Counter[int] = field(default_factory=Counter)
    failures: list[AuditAnswer] = field(default_factory=list)
    unknown: list[AuditAnswer] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """The answer of the rule: the worst of its rows; without any row to judge, it cannot be told."""
        if self.rows[_FAILS]:
            return "fails"
        passed = self.rows[_PASSES] + self.rows[_ACCEPTED]
        if self.rows[_UNKNOWN] or not (passed or self.rows[_OTHER]):
            return "cannot be told"
        return "passes" if passed else "matched nothing"

    @property
    def counts(self) -> dict[str, int]:
        """Rows by answer."""
        numbers = {"fails": _FAILS, "unknown": _UNKNOWN, "passes": _PASSES, "accepted": _ACCEPTED}
        return {name: self.rows[number] for name, number in numbers.items()}


class AuditSource(NamedTuple):
    """A source of hosts, and the words that name it on a command line."""

    words: Sequence[str]
    is_store: bool

    @property
    def within(self) -> tuple[str, ...]:
        """Columns with which packets are found; a store keeps no packets."""
        return () if self.is_store else ("first_seen", "tunnel", "segment")

    def command(self, of: str, record: dict[str, Any]) -> str:
        """The command that shows the evidence of a row."""
        chosen = ["--ip", record["ip"]] if record["ip"] else []
        if self.is_store and record["mac"] and not chosen:
            return shlex.join(["huginn", "who", record["mac"], "--store", *self.words])
        if self.is_store:
            return shlex.join(["huginn", "hosts", "--store", *self.words, *chosen])
        port = ["--port", str(record["port"])] if record.get("port") is not None else []
        name = "crypto" if of == "cryptography" else "hosts" if chosen else "devices"
        peers = ["--peers"] if of == "peers" else []
        return shlex.join(["huginn", name, *self.words, *chosen, *port, *peers])


def store_of(inventory: Inventory) -> sqlite3.Connection:
    """A store in memory with the hosts of an inventory."""
    connection = in_memory()
    upserts = Upserts(connection, "", "")
    changed = inventory.changed()
    while batch := [one for _, one in zip(range(BATCH), changed, strict=False)]:
        upserts.write(in_order(batch))
    return connection


def end_of(connection: sqlite3.Connection) -> str:
    """When the last host was last seen, in the form of records."""
    return rfc3339(connection.execute("SELECT coalesce(max(last_seen), 0) FROM host").fetchone()[0])


def evaluate(
    connection: sqlite3.Connection,
    rules: Sequence[PolicyRule],
    source: AuditSource,
    since: str = "",
    baseline: Baseline = NO_BASELINE,
) -> list[RuleAnswers]:
    """The answers of all rules, in their order; rows last seen before `since` do not count.

    Raises `PolicyError` for conditions that take too long, `StoreError` for a damaged store.
    """
    answers = {rule.name: RuleAnswers(rule) for rule in rules}
    path = source.words[0] if source.words else ""
    try:
        prepare(connection, _read(rules, source.within))
        for some in _groups(rules):
            _Pass([answers[rule.name] for rule in some], source, since, baseline).run(connection)
    except SQL_ERRORS as error:
        if "interrupted" in str(error):
            longest = max(some, key=lambda rule: len(rule.where) + len(rule.require))
            raise PolicyError(
                f"the conditions take too long; the longest ones are of the rule {longest.name!r}"
            ) from None
        raise in_words(path, error) from None
    return [*answers.values()]


def _read(rules: Iterable[PolicyRule], others: Iterable[str]) -> dict[str, set[str]]:
    """The columns that rules read, by view, and others."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for rule in rules:
        found[rule.of] |= {*rule.reads_where, *rule.reads_require, *others}
    return found


def _groups(rules: Iterable[PolicyRule]) -> Iterator[list[PolicyRule]]:
    """Rules with the same view, `sure` and `claims`, as many as a statement may have."""

    def kind(rule: PolicyRule) -> tuple[str, float, bool]:
        return rule.of, rule.sure, rule.claims

    for _, same in groupby(sorted(rules, key=kind), kind):
        some, size = list[PolicyRule](), 0
        for rule in same:
            size += len(rule.where) + len(rule.require)
            if some and (len(some) == _MOST_RULES or size > _MOST_CHARACTERS):
                yield some
                some, size = [], len(rule.where) + len(rule.require)
            some.append(rule)
        yield some


class _Pass:
    """One pass over a view."""

    def __init__(
        self, answers: list[RuleAnswers], source: AuditSource, since: str, baseline: Baseline
    ) -> None:
        self._answers, self._source, self._baseline = answers, source, baseline
        self._of = answers[0].rule.of
        self._view = VIEWS[self._of]
        self._table = table_of(self._of)
        rules = [one.rule for one in answers]
        read = {name for rule in rules for name in rule.reads_where | rule.reads_require}
        needed = (*ALWAYS, *self._view.key, *self._view.shown, *sorted(read - {"addr"}))
        needed += tuple(name for name in source.within if name in self._view.columns)
        self._columns = tuple(dict.fromkeys(needed))
        share, claims = rules[0].sure / 100, int(rules[0].claims)
        is_sure = {
            name: self._view.sure[name].format(share, claims) for name in read & self._view.sure.keys()
        }
        # Without a confidence that suffices, a value is unknown: NULL.
        known = (
            f"CASE WHEN {is_sure[name]} THEN {name} END AS {name}" if name in is_sure else name
            for name in sorted({*read, "last_seen"})
        )
        flags = (f"{condition} AS sure_{name}" for name, condition in is_sure.items())
        verdicts = ",\n".join(_verdict(rule, max(rule.since, since)) for rule in rules)
        self._statement = (
            f"SELECT {verdicts},\nnumber\n"
            f"FROM (SELECT rowid AS number, {', '.join((*known, *flags))} FROM {self._table}) AS {self._of}"
        )

    def run(self, connection: sqlite3.Connection) -> None:
        tally: Counter[tuple[int, ...]] = Counter()
        listed: dict[tuple[int, ...], list[tuple[RuleAnswers, list[AuditAnswer]]]] = {}
        limit_time(connection)
        with closing(connection.execute(self._statement)) as rows:
            for row in rows:
                verdicts = row[:-1]
                tally[verdicts] += 1
                if verdicts not in listed:
                    listed[verdicts] = [*self._lists(verdicts)]
                for one, found in listed[verdicts]:
                    accepts = found is one.failures and one.rule.name in self._baseline.accepted
                    if len(found) < MOST_ANSWERS or accepts:
                        answer = self._answer(connection, row[-1], one.rule)
                        if accepts and self._baseline.accepts(one.rule.name, answer):
                            one.rows.update({_FAILS: -1, _ACCEPTED: 1})
                        elif len(found) < MOST_ANSWERS:
                            found.append(answer)
        connection.set_progress_handler(None, 0)
        for verdicts, count in tally.items():
            for one, verdict in zip(self._answers, verdicts, strict=True):
                one.rows[verdict] += count

    def _lists(self, verdicts: tuple[int, ...]) -> Iterator[tuple[RuleAnswers, list[AuditAnswer]]]:
        for one, verdict in zip(self._answers, verdicts, strict=True):
            if verdict in (_FAILS, _UNKNOWN):
                yield one, one.failures if verdict == _FAILS else one.unknown

    def _answer(self, connection: sqlite3.Connection, number: int, rule: PolicyRule) -> AuditAnswer:
        select = f"SELECT {', '.join(self._columns)} FROM {self._table} WHERE rowid = ?"
        record = dict(zip(self._columns, connection.execute(select, (number,)).fetchone(), strict=True))
        names = (rule.reads_where | rule.reads_require | {*self._view.shown}) - {"last_seen"}
        shown = {name: value for name, value in record.items() if name in names}
        shown["last_seen"] = record["last_seen"]
        key = " ".join(str(record[name]) for name in self._view.key)
        command = self._source.command(self._of, record)
        within = record.get("tunnel") or record.get("segment"), record.get("first_seen", "")
        return AuditAnswer(record["site"], record["ip"], record["mac"], key, shown, command, *within, [])


def _verdict(rule: PolicyRule, since: str) -> str:
    """SQL: the verdict of a rule about a row."""
    where, require = (f"(\n{one}\n)" for one in (rule.where, rule.require))
    selects, meets = (
        " OR ".join(f"sure_{name} IS NOT 1" for name in rule.uncertain(reads)) or "0"
        for reads in (rule.reads_where, rule.reads_require)
    )
    if sees_null(rule.where, rule.uncertain(rule.reads_where)):
        where = f"(CASE WHEN {selects} THEN NULL ELSE {where} END)"
    if sees_null(rule.require, rule.uncertain(rule.reads_require)):
        require = f"(CASE WHEN {meets} THEN NULL ELSE {require} END)"
    # NOT makes any value 0, 1 or NULL, and the condition stands once: each mention is evaluated.
    judged = f"CASE NOT {require} WHEN 0 THEN {_PASSES} WHEN 1 THEN {_FAILS} ELSE {_UNKNOWN} END"
    if rule.where != "1":
        other = f"CASE WHEN ({selects}) AND NOT coalesce({require}, 0) THEN {_UNKNOWN} ELSE {_OTHER} END"
        judged = f"CASE NOT {where} WHEN 0 THEN {judged} WHEN 1 THEN {_OTHER} ELSE {other} END"
    return f"CASE WHEN last_seen < '{since}' THEN {_EARLIER} ELSE {judged} END" if since else judged

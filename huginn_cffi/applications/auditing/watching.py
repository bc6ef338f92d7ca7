"""Rules of a policy that begin to fail while a store is written: news, for `huginn alert`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

from huginn_cffi.applications.auditing.evaluating import AuditSource, evaluate
from huginn_cffi.applications.auditing.output import values_text
from huginn_cffi.applications.auditing.policy import PolicyRule
from huginn_cffi.store.news import add_news
from huginn_cffi.store.opening import kept, open_for_marks, store_errors, transaction
from huginn_cffi.store.reading import Store

_KEY = "failing rules"
_ALL = ("", "")
"""In place of subject and key: the rule fails for more rows than are listed, and any of them may be."""
_Row = tuple[str, str, str]
"""Rule, subject and key of a row."""


def note_failures(store: str, rules: list[PolicyRule]) -> int:
    """Add news of each row that fails a rule and did not before; returns their number.

    What failed is kept in the store, so that no restart repeats news. Raises `StoreError`, and `PolicyError`
    for conditions that take too long.
    """
    with Store(store) as opened:
        failing = dict(_failing(store, opened, rules))
    with store_errors(store), closing(open_for_marks(store)) as connection, transaction(connection):
        ((sensor,),) = connection.execute("SELECT min(id) FROM sensor")
        before = {tuple(row) for row in json.loads(kept(connection, _KEY, "[]"))}
        new = [one for row, one in failing.items() if before.isdisjoint((row, (row[0], *_ALL)))]
        if failing.keys() != before:
            add_news(connection, sensor, map(json.dumps, new))
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, json.dumps([*failing])))
    return len(new)


def _failing(store: str, opened: Store, rules: list[PolicyRule]) -> Iterator[tuple[_Row, dict[str, object]]]:
    for one in evaluate(opened.connection, rules, AuditSource([store], True)):
        count = one.counts["fails"]
        if count > len(one.failures):
            seen = max(failure.record["last_seen"] for failure in one.failures)
            record = {"time": seen, "event": "device_change", "change": "rule_failed"}
            yield (one.rule.name, *_ALL), {**record, "reason": one.rule.name, "after": f"{count} rows fail"}
            continue
        for failure in one.failures:
            record = {"time": failure.record["last_seen"], "event": "device_change", "change": "rule_failed"}
            known = {"mac": failure.mac, "device_ip": failure.ip}
            said = {"reason": one.rule.name, "after": values_text(failure)}
            yield (one.rule.name, failure.subject, failure.key), {**record, **known, **said}

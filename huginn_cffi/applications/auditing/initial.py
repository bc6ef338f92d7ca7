"""Writes a first policy from a store: rules that its hosts keep today."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from huginn_cffi.applications.auditing.evaluating import AuditSource, evaluate
from huginn_cffi.applications.auditing.policy import rules_of
from huginn_cffi.applications.auditing.views import prepare, table_of
from huginn_cffi.hosts.lines import DEVICE_VALUES, device_text
from huginn_cffi.store.reading import LONGEST
from sigcompiler.csv_rows import rows_of
from sigcompiler.diagnostics import visible

_HEAD = """\
# The rules that the hosts of a store keep today, written by: huginn audit --init
# Each is an SQL condition on the rows of a view; docs/reference/auditing.md explains the fields.
# A rule that fails today is commented out. Change what does not fit your network.
"""
_MACS = (
    f"SELECT DISTINCT mac, {', '.join(DEVICE_VALUES)} FROM {table_of('devices')}"
    " WHERE local AND NOT mac_local ORDER BY mac"
)
_PORTS = "SELECT DISTINCT port FROM services WHERE local ORDER BY port"
_OTHERS = rows_of(Path(__file__).with_name("initial.csv"))


def initial_policy(connection: sqlite3.Connection, source: AuditSource) -> str:
    """The text of a policy. Raises `StoreError` and `sqlite3.Error`."""
    prepare(connection, {"devices": ("local", "mac_local", *DEVICE_VALUES)})
    rules = [*_known(connection), *(_rule(**row) for row in _OTHERS)]
    found = evaluate(connection, rules_of("the first policy", "\n".join(rules).encode()), source)
    texts = [_HEAD]
    for text, answers in zip(rules, found, strict=True):
        failed = answers.counts["fails"]
        comment = f"# fails today: {failed} of {answers.rule.of}\n# " + text.rstrip().replace("\n", "\n# ")
        texts.append(f"{comment}\n" if failed else text)
    return "\n".join(texts)


def _known(connection: sqlite3.Connection) -> Iterator[str]:
    found = [(mac, device_text(*values)) for mac, *values in connection.execute(_MACS)]
    if found:
        listed = ",\n".join(f"    '{mac}' /* {_comment(name)} */" for mac, name in found)
        require = f"mac IN (\n{listed}\n)"
        if len(require) <= LONGEST:
            where = "local AND NOT mac_local"
            yield _rule("Only known devices", "others were not there", "devices", where, require)
    if ports := [str(port) for (port,) in connection.execute(_PORTS)]:
        require = f"port IN ({', '.join(ports)})"
        yield _rule("Only known services", "others were not there", "services", "local", require)


def _comment(name: str) -> str:
    """A name without what ends a comment, or a text of TOML."""
    return re.sub(r"[\"'*]", "", visible(name)) or "unknown"


def _rule(name: str, reason: str, of: str, where: str, require: str) -> str:
    quotes = "'''" if "\n" in require else '"'
    lines = ("[[rule]]", f'name = "{name}"', f'reason = "{reason}"', f'of = "{of}"', f'where = "{where}"')
    return "\n".join((*lines, f"require = {quotes}{require}{quotes}", ""))

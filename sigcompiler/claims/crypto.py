"""Published rules about cryptographic algorithms, from ``crypto.csv``, and names of TLS values.

Both are compiled into the core, so that rows, hosts and findings follow the same rules as ``huginn crypto``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sigcompiler.csv_rows import csv_rows, rows_of

POST_QUANTUM, EXPERIMENTAL = "post-quantum", "experimental"
STATUSES = ("disallowed", "deprecated", "quantum-vulnerable", POST_QUANTUM, EXPERIMENTAL, "allowed")
"""The worst status first."""
WEAK = STATUSES[:2]
POLICIES = ("nist", "cnsa", "bsi")
"""Words for policies; the rules of the policy "" always hold."""
OFFERS = {"offered_key_exchange": "KEX", "offered_cipher": "CIPHERS"}
"""Kinds of names that SSH servers offer, and the core's name for the list."""
KINDS = (
    *("version", "group", "cipher_suite", "key_exchange", "cipher", "mac", "host_key", "key", "signature"),
    *OFFERS,
)

_FILE = Path(__file__).with_name("crypto.csv")
_PROPERTIES = Path(__file__).with_name("crypto_properties.csv")


class CryptoRule(NamedTuple):
    """A publication's rule for algorithms whose names match one of the patterns."""

    kind: str
    patterns: tuple[str, ...]
    status: str
    source: str
    policy: str = ""
    since: int | None = None
    """The first year of the rule; ``None`` if it holds now."""

    def breaks(self, year: int) -> bool:
        """Whether such an algorithm is deprecated or disallowed in this year."""
        return self.status in WEAK and (self.since or 0) <= year


def rules_of(lines: Iterable[str]) -> list[CryptoRule]:
    """Read the rules of a table; `ValueError` for an unknown kind or status, and for an empty cell."""
    found = []
    for row in csv_rows(lines):
        names, since = tuple(row["names"].split("|")), int(row["since"] or 0) or None
        rule = CryptoRule(row["kind"], names, row["status"], row["source"], row["policy"], since)
        is_known = rule.kind in KINDS and rule.status in STATUSES and rule.policy in ("", *POLICIES)
        if not is_known or not all((*rule.patterns, rule.source)):
            raise ValueError(f"{_FILE.name}: {','.join(map(str, row.values()))!r} is no rule")
        found.append(rule)
    return found


@lru_cache(maxsize=1)
def all_rules() -> list[CryptoRule]:
    """The rules of all policies."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return rules_of(lines)


@lru_cache(maxsize=4096)
def rule_for(kind: str, name: str, policy: str = "") -> CryptoRule | None:
    """The first rule of the policy that applies to this name; ``None`` if none does."""
    fitting = (rule for rule in all_rules() if (rule.kind, rule.policy) == (kind, policy))
    return next((one for one in fitting if any(fnmatchcase(name, p) for p in one.patterns)), None)


class CryptoPropertiesRow(NamedTuple):
    """What a bill of materials states about an algorithm; empty texts are unknown."""

    kind: str
    names: str
    algorithm: str
    primitive: str
    mode: str
    parameter_set: str
    curve: str
    bits: str
    level: str
    oid: str


@lru_cache(maxsize=1)
def _properties() -> list[CryptoPropertiesRow]:
    return [CryptoPropertiesRow(**row) for row in rows_of(_PROPERTIES)]


def properties_of(kind: str, name: str) -> CryptoPropertiesRow | None:
    """The row of ``crypto_properties.csv`` for an algorithm, with its number as parameter set."""
    for row in _properties():
        if row.kind == kind and any(fnmatchcase(name, pattern) for pattern in row.names.split("|")):
            digits = re.search(r"\d+", name)
            own = digits[0] if digits else ""
            return row._replace(
                algorithm=row.algorithm or name,
                parameter_set=own if row.parameter_set == "#" else row.parameter_set,
            )
    return None

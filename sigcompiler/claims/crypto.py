"""Published rules about cryptographic algorithms, from ``crypto.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

POST_QUANTUM = "post-quantum"
STATUSES = ("disallowed", "deprecated", "quantum-vulnerable", POST_QUANTUM)
"""The worst status first."""
KINDS = ("version", "group", "cipher_suite", "key_exchange", "cipher", "mac", "host_key", "key", "signature")

_FILE = Path(__file__).with_name("crypto.csv")


class CryptoRule(NamedTuple):
    """A publication's rule for algorithms whose names match one of the patterns."""

    kind: str
    patterns: tuple[str, ...]
    status: str
    source: str


def rules_of(lines: Iterable[str]) -> list[CryptoRule]:
    """Read the rules of a table; `ValueError` for an unknown kind or status, and for an empty cell."""
    found = []
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        rule = CryptoRule(row["kind"], tuple(row["names"].split("|")), row["status"], row["source"])
        if rule.kind not in KINDS or rule.status not in STATUSES or not all((*rule.patterns, rule.source)):
            raise ValueError(f"{_FILE.name}: {','.join(map(str, row.values()))!r} is no rule")
        found.append(rule)
    return found


@lru_cache(maxsize=1)
def _rules() -> list[CryptoRule]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return rules_of(lines)


@lru_cache(maxsize=4096)
def rule_for(kind: str, name: str) -> CryptoRule | None:
    """The first rule that applies to this name; ``None`` if none does."""
    fitting = (rule for rule in _rules() if rule.kind == kind)
    return next((one for one in fitting if any(fnmatchcase(name, p) for p in one.patterns)), None)

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

_FILE, _NAMES = Path(__file__).with_name("crypto.csv"), Path(__file__).with_name("tls_names.csv")
_PROPERTIES = Path(__file__).with_name("crypto_properties.csv")
_LEAST_RSA, _MOST_RSA = 100, 1 << 14
"""Sizes of RSA keys that the rules are tried with."""


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


def crypto_header(banner: str) -> str:
    """The content of ``hg_crypto.h``: names of TLS values with their rules, and rules for SSH."""
    names = rows_of(_NAMES)
    kinds = {"version": "VERSION", "group": "GROUP", "cipher_suite": "CIPHER"}
    rules = ", ".join(f"HG_RULE_{_word(status)}" for status in STATUSES)
    rsa = next(n for n in range(_LEAST_RSA, _MOST_RSA) if _status("key", f"rsa {n}") != "DISALLOWED")
    made = [banner, "#pragma once", "", f"enum hg_rule {{ HG_RULE_NONE, {rules} }};"]
    made.append(f"#define HG_LEAST_RSA {rsa} /* bits */")
    made.append("/* X(number, name, rule), by number. */")
    for kind, word in kinds.items():
        of = sorted((int(row["number"], 16), row["name"]) for row in names if row["kind"] == kind)
        prefix = "TLS_" * (kind == "cipher_suite")
        made.append(f"#define HG_TLS_{word}_NAMES(X) \\")
        made.append(
            " \\\n".join(
                f'    X({n:#06x}, "{name}", HG_RULE_{_status(kind, prefix + name)})' for n, name in of
            )
        )
    made.append(
        "/* X(part of the name of a key exchange), and X(list, part of the name of a weak algorithm). */"
    )
    quantum = (
        f'X("{part}")'
        for rule in all_rules()
        if (rule.kind, rule.policy) == ("key_exchange", "") and rule.status in (POST_QUANTUM, EXPERIMENTAL)
        for part in _parts(rule)
    )
    weak = (
        f'X({OFFERS[rule.kind]}, "{part}")'
        for rule in all_rules()
        if rule.kind in OFFERS
        for part in _parts(rule)
    )
    made.append(f"#define HG_POST_QUANTUM_SSH(X) {' '.join(quantum)}")
    made.append(f"#define HG_WEAK_SSH_OFFERS(X) {' '.join(weak)}")
    return "\n".join([*made, ""])


def _word(status: str) -> str:
    return status.upper().replace("-", "_")


def _status(kind: str, name: str) -> str:
    rule = rule_for(kind, name)
    return "NONE" if rule is None else _word(rule.status)


def _parts(rule: CryptoRule) -> list[str]:
    """The texts of patterns such as ``*sha1*``; the core searches names for them."""
    parts = [pattern.strip("*") for pattern in rule.patterns]
    if (
        [f"*{part}*" for part in parts] != [*rule.patterns]
        or not all(parts)
        or any(set(part) & set("*?[") for part in parts)
    ):
        raise ValueError(f"{_FILE.name}: patterns of {rule.kind} must have the form *TEXT*: {rule.patterns}")
    return parts

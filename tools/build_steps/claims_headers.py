"""Headers of the core from published rules about cryptography and from ends of support."""

from __future__ import annotations

from sigcompiler.claims.crypto import (
    EXPERIMENTAL,
    OFFERS,
    POST_QUANTUM,
    STATUSES,
    CryptoRule,
    all_rules,
    rule_for,
)
from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.sources import SUPPORT_LIST
from sigcompiler.claims.support import SUPPORTED, support_rows
from sigcompiler.csv_rows import rows_of

_NAMES = "claims/tls_names.csv"
_LEAST_RSA, _MOST_RSA = 100, 1 << 14
"""Sizes of RSA keys that the rules are tried with."""


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
        raise ValueError(f"crypto.csv: patterns of {rule.kind} must have the form *TEXT*: {rule.patterns}")
    return parts


def support_header(banner: str) -> str:
    """The content of ``hg_support.h``: the rows for C."""
    lines = [banner, "#ifndef HG_SUPPORT_H", "#define HG_SUPPORT_H", ""]
    lines += [f'#define HG_SUPPORT_LIST "{SUPPORT_LIST}"', f"#define HG_SUPPORTED {SUPPORTED}"]
    for name in ("Firefox", "Chrome", "Debian", "Ubuntu"):
        lines.append(f"#define HG_FAMILY_{name.upper()} UINT64_C({family_identity(name):#x})")
    lines.append("/* X(family, first version, day since 1970), by family and version. */")
    rows = [f"    X(UINT64_C({a:#x}), UINT64_C({b:#x}), {day})" for a, b, day in support_rows()]
    lines += [" \\\n".join(["#define HG_SUPPORT(X)", *rows]), "", "#endif", ""]
    return "\n".join(lines)

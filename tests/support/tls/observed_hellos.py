"""What client signatures say about hellos."""

from __future__ import annotations

from collections import Counter
from typing import Any

import huginn_cffi as hg
from huginn_cffi.run.signatures import Signature
from tests.support.tls.hello_cases import asked
from tests.support.tls.hello_model import Hello
from tests.support.tls.listed_hellos import of_lists


def stable(row: dict[str, Any]) -> str:
    return of_lists(row["ja4_r"]).ja4(stable=True)


def name_of(database: hg.Database, ja4: str, ja4_stable: str) -> Signature | None:
    found = asked(database, ja4, ja4_stable)
    return None if found is None else database._records.tls[found.number]


def is_open(signature: Signature) -> bool:
    return "*" in signature.text or "?" in signature.text


def both(found: list[tuple[str, Hello]]) -> set[str]:
    """All values that a line can have, of what was seen."""
    return {value for ja4, hello in found for value in (ja4, hello.ja4(stable=True))}


def counted(database: hg.Database, facts: list[dict[str, str]], found: list[dict[str, Any]]) -> Counter[str]:
    """Hellos by what names them: a line of the facts, of a measurement, or one with open places."""
    known = both([(row["ja4"], of_lists(row["ja4_r"])) for row in facts])
    counts: Counter[str] = Counter()
    for row in found:
        signature = name_of(database, row["ja4"], stable(row))
        if {row["ja4"], stable(row)} & known:
            counts["facts"] += 1
            assert signature is not None
        elif signature is None:
            counts["none"] += 1
        elif not is_open(signature):
            counts["measured"] += 1
        else:
            counts["open, specific" if signature.kind == "specific" else "open, generic"] += 1
    return counts

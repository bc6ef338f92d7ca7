"""Finds HTTP signatures that can never win, because a better one always fits too.

Heads that repeat a name are left out of account: of several headers of a name the first after the one
before counts, so nearly no signature would cover another one there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sigcompiler.model import HttpHeader, HttpSignature

MOST_COMPARED = 200
"""Signatures of a name that one is compared with: a file may have any number that look the same."""


def covered(signatures: Sequence[HttpSignature]) -> Iterator[tuple[int, int]]:
    """Pairs of a signature's number and that of the first better one which covers it."""
    order = sorted(range(len(signatures)), key=lambda number: (signatures[number].label.generic, number))
    needs = [_needed(signature) for signature in signatures]
    frequency = Counter(name for names in needs for name in names)
    filed: dict[str, list[int]] = {}
    for number in order:
        signature, names = signatures[number], needs[number]
        near = (earlier for name in ("", *names) for earlier in filed.get(name, ())[:MOST_COMPARED])
        found = [earlier for earlier in near if needs[earlier] <= names]
        found.sort(key=lambda earlier: (signatures[earlier].label.generic, earlier))
        better = (earlier for earlier in found if covers(signatures[earlier], signature))
        leader = next(better, None)
        if leader is not None:
            yield number, leader
        filed.setdefault(min(names, default="", key=lambda name: (frequency[name], name)), []).append(number)


def covers(one: HttpSignature, other: HttpSignature) -> bool:
    """Whether `one` fits all heads that `other` fits, as long as these repeat no name."""
    absent = {name.lower() for name in other.absent}
    if one.section is not other.section or one.version not in (None, other.version):
        return False
    if not {name.lower() for name in one.absent} <= absent:
        return False
    at = 0
    for header in one.headers:
        found = _find(other.headers, header.name, at)
        if found is None:
            if (
                header.optional
                and header.name.lower() in absent
                and _find(other.headers, header.name, 0) is None
            ):
                continue
            return False
        wanted = other.headers[found]
        if (wanted.optional and not header.optional) or (header.value or "") not in (wanted.value or ""):
            return False
        at = found + 1
    return True


def _needed(signature: HttpSignature) -> set[str]:
    return {header.name.lower() for header in signature.headers if not header.optional}


def _find(headers: Sequence[HttpHeader], name: str, at: int) -> int | None:
    lowered = name.lower()
    return next((i for i in range(at, len(headers)) if headers[i].name.lower() == lowered), None)

"""Builds TLS client signatures, and finds a JA4 that no hello can have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from lark import Token

from sigcompiler.diagnostics import Problem, quoted
from sigcompiler.model import SigFields, TlsSignature
from sigcompiler.reading.syntax import placed

START_LENGTH = 10
DIGEST_LENGTH = 12
NO_LIST = "0" * DIGEST_LENGTH
"""The digest of a list without entries."""

ELSEWHERE = ("0000", "0010")
"""Extensions that a JA4 shows only in its first part: server name and ALPN."""

MOST_OPTIONAL = 6
"""Limit of optional extensions in one line: n of them stand for 2**n digests."""

_TRANSPORTS = {"t": "TCP", "q": "QUIC", "d": "DTLS"}
_VERSIONS = {
    "t": ("13", "12", "11", "10", "s3", "s2", "00"),
    "q": ("13", "00"),
    "d": ("d3", "d2", "d1", "00"),
}
_ALL_VERSIONS = tuple(dict.fromkeys(code for codes in _VERSIONS.values() for code in codes))
_COMPARE = "compare it with a JA4 that was observed"


def build_tls(tokens: Sequence[Token], line: SigFields) -> tuple[list[TlsSignature], list[Problem]]:
    """Build the signatures of a line of ``[tls:client]``; the list is empty if any part is invalid.

    A line that gives extension lists instead of the last digest yields one signature per possible digest.
    """
    _, t_start, t_ciphers, t_extensions = tokens
    start = "?" * START_LENGTH if t_start.value == "*" else t_start.value
    problems = [placed(problem, t_start) for problem in _errors(start)]
    third = t_extensions.value[1:]
    has_lists = len(third) != DIGEST_LENGTH and third != "*"
    if has_lists:
        problems.extend(placed(problem, t_extensions) for problem in _list_errors(third))
    if problems:
        return [], problems
    ciphers = None if t_ciphers.value == "_*" else t_ciphers.value[1:]
    if not has_lists:
        extensions = None if third == "*" else third
        problems = [
            placed(problem, t_start) for problem in _impossible_combinations(start, ciphers, extensions)
        ]
        return [TlsSignature(**line, start=start, ciphers=ciphers, extensions=extensions)], problems
    before = f"{t_start.value}{t_ciphers.value}_"
    one = TlsSignature(**line, start=start, ciphers=ciphers, extensions=None)
    return [replace(one, extensions=digest, text=before + digest) for digest in _digests(third)], []


def _list_errors(text: str) -> Iterator[Problem]:
    """Errors in lists of extensions and signature algorithms; offsets count from the part's ``_``."""
    extensions = text.partition("_")[0].split(",")
    if sum(word.startswith("?") for word in extensions) > MOST_OPTIONAL:
        message = f"more than {MOST_OPTIONAL} extensions that may be missing"
        yield Problem(1, "E061", message, "write several lines")
    for code in ELSEWHERE:
        if code in (word.lstrip("?") for word in extensions):
            hint = "delete it: d or i and the last two characters of the first part imply it"
            yield Problem(1, "E061", f"extension {code} does not belong in the third part of a JA4", hint)


def _digests(text: str) -> Iterator[str]:
    """The third parts of a JA4 that a list stands for; ``?`` marks an optional extension."""
    extensions, _, algorithms = text.partition("_")
    words = [(word.lstrip("?"), word.startswith("?")) for word in extensions.split(",")]
    for choice in product(*(((code, "") if optional else (code,)) for code, optional in words)):
        listed = ",".join(sorted(filter(None, choice)))
        whole = f"{listed}_{algorithms}" if algorithms else listed
        yield hashlib.sha256(whole.encode("ascii")).hexdigest()[:DIGEST_LENGTH] if listed else NO_LIST


def _errors(start: str) -> Iterator[Problem]:
    if start[0] not in "?tqd":
        hint = "write t (TCP), q (QUIC), d (DTLS) or ?"
        yield Problem(0, "E060", f"there is no transport {quoted(start[0])}", hint)
    if not _fitting(start[1:3], _ALL_VERSIONS):
        hint = f"versions are {', '.join(_ALL_VERSIONS)}"
        yield Problem(1, "E060", f"there is no version {quoted(start[1:3])}", hint)
    if start[3] not in "?di":
        hint = "write d (the hello has a server name), i (it has none) or ?"
        yield Problem(3, "E060", f"{quoted(start[3])} does not say whether there is a server name", hint)
    for at, name in ((4, "ciphers"), (6, "extensions")):
        if not all(character in "?0123456789" for character in start[at : at + 2]):
            message = f"{quoted(start[at : at + 2])} is not a number of {name}"
            yield Problem(at, "E060", message, "write two digits, 99 for more than that")


def _fitting(pattern: str, codes: Sequence[str]) -> bool:
    """Whether a code fits the pattern, in which ``?`` is any character."""
    return any(
        all(wanted in ("?", found) for wanted, found in zip(pattern, code, strict=True)) for code in codes
    )


def _impossible_combinations(start: str, ciphers: str | None, extensions: str | None) -> Iterator[Problem]:
    transport, version = start[0], start[1:3]
    if transport != "?" and not _fitting(version, _VERSIONS[transport]):
        message = f"version {version} does not go over {_TRANSPORTS[transport]}"
        hint = f"versions there are {', '.join(_VERSIONS[transport])}"
        yield Problem(1, "W025", message, hint)
    known = ciphers is not None and "?" not in start[4:6]
    if known and (start[4:6] == "00") != (ciphers == NO_LIST):
        yield Problem(4, "W025", f"{start[4:6]} ciphers do not have the digest {ciphers}", _COMPARE)
    named = (start[3] == "d") + ("?" not in start[8:] and start[8:] != "00")
    if "?" in start[6:8]:
        return
    count = int(start[6:8])
    if count < named:
        message = f"{start[6:8]} extensions are less than the server name and the protocols take"
        yield Problem(6, "W025", message, _COMPARE)
    elif count == named and extensions not in (None, NO_LIST):
        message = f"with {start[6:8]} extensions none is left for the digest {extensions}"
        yield Problem(6, "W025", message, _COMPARE)

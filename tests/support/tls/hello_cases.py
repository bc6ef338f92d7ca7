"""Client signatures and the hellos that they fit."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib


@dataclass(frozen=True)
class HelloMatch:
    """A signature's number and how it fits."""

    number: int
    stable: bool
    wildcard: bool


def named(match: object) -> HelloMatch | None:
    if match.signature == lib.HG_NO_SIGNATURE:  # type: ignore[attr-defined]
        return None
    return HelloMatch(match.signature, bool(match.stable), bool(match.wildcard))  # type: ignore[attr-defined]


def text_of(ja4: str | None) -> object:
    """A JA4 in memory of just its length and a zero."""
    return ffi.NULL if ja4 is None else ffi.new("char[]", ja4.encode())


def asked(database: hg.Database, ja4: str | None, stable: str | None) -> HelloMatch | None:
    return named(lib.hg_database_match_tls(database._handle, text_of(ja4), text_of(stable)))


def fits(signature: str, ja4: str) -> bool:
    """The rule: each part is `*` or the same text, in which `?` is any character."""
    return all(
        wanted == "*"
        or (len(wanted) == len(found) and all(a in ("?", b) for a, b in zip(wanted, found, strict=True)))
        for wanted, found in zip(signature.split("_"), ja4.split("_"), strict=True)
    )


def expected(lines: list[tuple[str, bool]], ja4: str, stable: str) -> list[HelloMatch]:
    """All that fit: specific, then generic; exact, then open; the JA4, then the stable one; as written."""
    found = []
    for number, (text, generic) in enumerate(lines):
        by_stable = not fits(text, ja4)
        if by_stable and not fits(text, stable):
            continue
        wildcard = "*" in text or "?" in text
        found.append(((generic, wildcard, by_stable, number), HelloMatch(number, by_stable, wildcard)))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


STARTS = ("t13d1516h2", "t13d1517h2", "q13d0312h3")
DIGESTS = ("8daaf6152771", "d8a2da3f94cd")


def patterns() -> st.SearchStrategy[str]:
    start = st.one_of(
        st.sampled_from((*STARTS, "*")),
        st.tuples(st.sampled_from(STARTS), st.sets(st.integers(0, 9), max_size=2)).map(
            lambda pair: "".join("?" if at in pair[1] else one for at, one in enumerate(pair[0]))
        ),
    )
    digest = st.sampled_from((*DIGESTS, "*"))
    return st.tuples(start, digest, digest).map("_".join)


def hellos() -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(STARTS), *(st.sampled_from(DIGESTS),) * 2).map("_".join)


def file_of(lines: list[tuple[str, bool]]) -> str:
    """One label a line."""
    out = ["[tls:client]"]
    for number, (text, generic) in enumerate(lines):
        out += [f"label = {'g' if generic else 's'}:!:Client {number}:", "sys =", f"sig = {text}"]
    return "\n".join(out)

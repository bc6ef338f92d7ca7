"""HTTP signatures and the heads that they fit."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from tests.support.heads import HeadFields

NAMES = ("Host", "User-Agent", "Accept", "Cookie", "X-A")
LETTERS = "aAb\u00e9\u00e8"
"""In UTF-8 the last two begin with the same byte."""
HEADER = re.compile(r"\??([\w-]+)(?:=\[([^]]*)\])?,?")


def file_of(lines: list[tuple[str, str, bool]]) -> str:
    """One label a line: direction, signature, whether it is generic."""
    out = []
    for number, (direction, text, generic) in enumerate(lines):
        out += [
            f"[http:{direction}]",
            f"label = {'sg'[generic]}:!:Client {number}:",
            "sys =",
            f"sig = {text}",
        ]
    return "\n".join(out)


def texts() -> st.SearchStrategy[str]:
    """Many are parts of others, and some are others in another case."""
    return st.text(LETTERS, min_size=1, max_size=4)


def headers() -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(("", "", "?")), st.sampled_from(NAMES), st.just("") | texts()).map(
        lambda part: f"{part[0]}{part[1]}{f'=[{part[2]}]' if part[2] else ''}"
    )


def signatures() -> st.SearchStrategy[str]:
    return st.tuples(
        st.sampled_from("012**"),
        st.lists(headers(), max_size=4).map(",".join),
        st.lists(st.sampled_from(NAMES), max_size=2).map(",".join),
        st.just("") | texts(),
    ).map(":".join)


def lines() -> st.SearchStrategy[list[tuple[str, str, bool]]]:
    line = st.tuples(st.sampled_from(("request", "response")), signatures(), st.booleans())
    return st.lists(line, max_size=14)


def head_of(row: dict[str, str]) -> HeadFields:
    """The head that p0f's raw signature tells of; values that it hides are empty."""
    response, at = row["mod"] == "http response", 2
    fields = []
    while (found := HEADER.match(row["raw_sig"], at)) is not None:
        fields.append((found[1], found[2] or ""))
        at = found.end()
    software = row["raw_sig"][at + 1 :].partition(":")[2]
    name = "Server" if response else "User-Agent"
    fields = [(one, software if one == name else value) for one, value in fields]
    return HeadFields(fields, int(row["raw_sig"][0]), response)

"""Option layouts: how far apart, and in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huginn_cffi.explain.fields import edit_words, edits, edits_apart
from sigcompiler.reading.signatures import read_options

MEANT = "mss,sok,ts,nop,ws"
layouts = st.binary(max_size=10)


def kinds(text: str) -> bytes:
    return bytes(read_options(f":{text}")[0][0]) if text else b""


@pytest.mark.parametrize(
    ("seen", "apart", "words"),
    [
        (MEANT, 0, ""),
        ("mss,sok,ts,ws", 0.5, "nop missing at 4"),
        ("mss,sok,nop,ws", 1, "ts missing at 3"),
        ("mss,sok,ts,nop,ws,eol+2", 1, "eol added at 6"),
        ("mss,sok,?30,nop,ws", 1, "?30 in place of ts at 3"),
        ("mss,sok,ts,nop,nop,nop,ws", 1, "2 nop added at 4"),
        ("", 4.5, "mss missing at 1, sok missing at 1, ts missing at 1, nop missing at 1, 1 more"),
        ("ts,mss,sok,nop,ws", 2, "ts added at 1, ts missing at 4"),
        ("mss,sack,sack,nop,ws", 2, "sack in place of sok at 2, sack in place of ts at 3"),
    ],
)
def test_differences(seen: str, apart: float, words: str) -> None:
    assert edits_apart(kinds(MEANT), kinds(seen)) == apart
    assert edit_words(kinds(MEANT), kinds(seen)) == words


@given(layouts, layouts)
def test_edits_turn_one_layout_into_the_other(wanted: bytes, seen: bytes) -> None:
    """Undone from behind, they leave the signature's layout."""
    found = edits(wanted, seen)
    built = list(seen)
    for edit in reversed(found):
        at = edit.place - 1
        if edit.seen is not None:
            assert built.pop(at) == edit.seen
        if edit.wanted is not None:
            built.insert(at, edit.wanted)
    assert bytes(built) == wanted
    costs = [0.5 if {edit.wanted, edit.seen} <= {1, None} else 1 for edit in found]
    assert sum(costs) == edits_apart(wanted, seen)


@given(layouts, layouts, layouts)
def test_it_is_a_distance(one: bytes, two: bytes, three: bytes) -> None:
    assert (edits_apart(one, two) == 0) == (one == two)
    assert edits_apart(one, two) == edits_apart(two, one)
    assert edits_apart(one, three) <= edits_apart(one, two) + edits_apart(two, three)

"""What the compiler says of labels and patterns of ``[device]``."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

import huginn_cffi as hg
from sigcompiler.reading.parser import parse_text

LABEL = "label = s:plug:Maker:<model>::"


def _codes(*lines: str) -> list[str]:
    _, found = parse_text("\n".join(["[device]", *lines]))
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((LABEL.replace("plug", "plugg"), "sig = name a<model>"), "E070"),
        (("label = s:::::", "sig = name abc"), "E070"),
        (("label = s:plug:<maker>:::", "sig = name abc"), "E070"),
        (("label = s:plug:" + "m" * 80 + ":::", "sig = name abc"), "E070"),
        ((LABEL, "sig = dhcpclass a<model>"), "E071"),
        ((LABEL, "sig = name a<modl>"), "E072"),
        ((LABEL, "sig = name a<model"), "E072"),
        ((LABEL, "sig = name <model> <model>"), "E072"),
        ((LABEL, "sig = name <model><version>"), "E072"),
        ((LABEL, "sig = name a*?<model>"), "E072"),
        ((LABEL, "sig = name **<model>"), "E072"),
        ((LABEL, "sig = name *ab<model>"), "E072"),
        ((LABEL, r"sig = name a\b<model>"), "E072"),
        ((LABEL, "sig = name " + "a" * 300 + "<model>"), "E072"),
        ((LABEL, "sig = name " + "?-" * 20 + "<model>"), "E072"),
        ((LABEL, "sig = name abc"), "E073"),
        (("label = s:plug:Maker", "sig = name abc"), "E021"),
        ((LABEL, "sig = name"), "E040"),
        (("label = s:plug::::", "sig = name abc", "sig = name ABC"), "W039"),
        (("label = g:plug::::", "sig = name abc*", "label = s:plug::::", "sig = name a*"), "W040"),
        (("label = g:plug::::", "sig = calls *.b.c.d", "label = s:plug::::", "sig = calls *.c.d"), "W040"),
        (("label = s:plug::::", *(f"sig = name abc*{i:03}" for i in range(97))), "E074"),
    ],
)
def test_codes(lines: tuple[str, ...], code: str) -> None:
    assert code in _codes(*lines)


def test_a_pattern_with_more_text_is_not_covered() -> None:
    assert not _codes("label = s:plug::::", "sig = name a*", "sig = name abc*", "sig = name *bcd*")


def test_places_of_faults() -> None:
    _, found = parse_text("[device]\nlabel = s:plug::::\nsig   = name  ab<x>c")
    assert [(one.line, one.column) for one in found] == [(3, 17)]


def test_makers_have_one_spelling() -> None:
    """Makers that differ in case, blanks or signs only."""
    spellings = defaultdict(set)
    for path in (Path(hg.__file__).parent / "data").glob("9[78]-*.fp"):
        for maker in re.findall(r"^label = [gs]:[a-z-]*:([^:\n]+):", path.read_text("utf-8"), re.M):
            spellings[re.sub(r"[^a-z0-9]", "", maker.casefold())].add(maker)
    assert [found for found in spellings.values() if len(found) > 1] == []

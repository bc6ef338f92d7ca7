"""The section ``[segments]`` of signature files: what it holds, and what is refused."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from sigcompiler.reading.parser import parse_text
from sigcompiler.table.build import build_table
from sigcompiler.table.layout import TableLimitError
from tests.support.segments import LINUX, WINDOWS, segments

HEAD = "classes = win,unix\n[segments]\nlabel = s:unix:Test:\n"


def codes(lines: str) -> list[str]:
    return [one.code for one in parse_text(HEAD + lines)[1]]


def test_conditions() -> None:
    model, problems = parse_text(HEAD + "sig = ttl=64,df=1,id=zero|rises,high!=%1460:1-15999,hz=-4,low=5-\n")
    assert problems == []
    (signature,) = model.segments
    found = [(one.feature.name, one.negated, one.values) for one in signature.conditions]
    values = [[(part.first, part.last, part.multiple) for part in own] for _, _, own in found]
    assert values == [
        [(64, 64, 1)],
        [(1, 1, 1)],
        [(1, 1, 1), (2, 2, 1)],
        [(1, 15999, 1460)],
        [(0, 4, 1)],
        [(5, 65535, 1)],
    ]
    assert [one[:2] for one in found][3] == ("HIGH", True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("sig = ttl\n", "E080"),
        ("sig = tll=64\n", "E080"),
        ("sig = ttl=256\n", "E080"),
        ("sig = low=9-3\n", "E080"),
        ("sig = low=x\n", "E080"),
        ("sig = low=%0:1-2\n", "E080"),
        ("sig = id=sometimes\n", "E080"),
        ("sig = ttl=64,ttl=128\n", "E081"),
        ("sig = low=" + "|".join(map(str, range(17))) + "\n", "E081"),
        ("sig = ttl=64\nsig = ttl=64,df=1\n", "W041"),
        ("sig = low=0-99\nsig = low=5-9\n", "W041"),
    ],
)
def test_what_is_wrong_is_said(line: str, code: str) -> None:
    assert codes(line) == [code]


def test_rules_that_differ_do_not_cover_each_other() -> None:
    assert codes("sig = low=5-9\nsig = low=0-99\nsig = low!=5-9,ttl=64\nsig = low=6|200\n") == []


def test_the_number_of_rules_is_limited() -> None:
    model, _ = parse_text(HEAD + "".join(f"sig = low={i}\n" for i in range(257)))
    with pytest.raises(TableLimitError, match="at most 256"):
        build_table(model)


def test_a_database_of_ones_own() -> None:
    database = hg.Database.compile(text=HEAD + "sig = ttl=128\n")
    analyzer = hg.Analyzer(database, segments=True)
    (found,) = analyzer.analyze_packets([*segments(6, WINDOWS), *segments(6, LINUX, "198.51.100.8")])
    assert found.segments is not None
    assert (found.segments.family, found.segments.confidence) == ("Test", 0.5)


def test_the_default_rules_have_no_faults() -> None:
    from huginn_cffi.database.compiling import DEFAULT_FILES

    model, problems = parse_text((DEFAULT_FILES / "87-segments.fp").read_text())
    assert problems == []
    assert {one.label.name for one in model.segments} == {"Windows", "Linux", "macOS or iOS"}

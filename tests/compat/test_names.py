"""A public name that came, went or takes other parameters since the version before is in the changelog."""

from __future__ import annotations

import re

import pytest

from tests.compat.surface import KEPT, ROOT, as_text, from_text, public_names

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
UNRELEASED = re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1]
"""The newest section."""
BEFORE = from_text((KEPT / "names.txt").read_text(encoding="utf-8"))
NOW = public_names()


def says(text: str, name: str) -> bool:
    """Whether a changelog has the last word of a name."""
    return re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", text) is not None


def changed(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """What must be announced: names, paths that moved, and parameters of names that both have."""
    paths = moves(before, now)
    before = {moved_name(name, paths): parameters for name, parameters in before.items()}
    other = before.keys() ^ now.keys()
    found = [*sorted(paths), *sorted(name for name in other if name.rpartition(".")[0] not in other)]
    for name in sorted(before.keys() & now.keys()):
        if before[name] != now[name]:
            found += [f"{name}({word})" for word in differing(before[name], now[name])] or [name]
    return found


def moves(before: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    """Names of classes and functions that have another path now."""
    last = {name.rpartition(".")[2]: name for name in now.keys() - before.keys() if is_top(name, now)}
    gone = [name for name in before.keys() - now.keys() if is_top(name, before)]
    return {name: last[word] for name in gone if (word := name.rpartition(".")[2]) in last}


def is_top(name: str, names: dict[str, str]) -> bool:
    """Whether it is no member of a class."""
    return name.rpartition(".")[0] not in names


def moved_name(name: str, paths: dict[str, str]) -> str:
    """The name, or that of the member, at its new path."""
    above, _, member = name.rpartition(".")
    return paths.get(name) or (f"{paths[above]}.{member}" if above in paths else name)


def differing(before: str, now: str) -> list[str]:
    """Names of parameters that only one of both has, or that have another default."""
    one, other = (set(re.findall(r"\w[^,()]*(?:\([^)]*\))?", text)) for text in (before, now))
    return sorted({item.partition("=")[0] for item in one ^ other})


def test_the_text_of_names_is_read_as_it_was_written() -> None:
    assert from_text(as_text(NOW)) == NOW
    assert len(NOW) > 400


def test_changes_are_in_the_changelog() -> None:
    missing = [
        item for item in changed(BEFORE, NOW) if not says(UNRELEASED, item.rstrip(")").replace("(", "."))
    ]
    assert missing == [], "the changelog's newest section does not name these"


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({"a": "(x)"}, {"a": "(x)"}, []),
        ({"a": "(x)", "b": ""}, {"a": "(x)"}, ["b"]),
        ({"a": "(x)", "a.c": ""}, {"b.a": "(x)", "b.a.c": ""}, ["a"]),
        ({"a": "(x)", "a.c": ""}, {"b.a": "(y)", "b.a.d": ""}, ["a", "b.a.c", "b.a.d", "b.a(x)", "b.a(y)"]),
        ({"a": "(x)"}, {"a": "(x)", "a.c": ""}, ["a.c"]),
        ({"a": "(x)", "b": "", "b.c": ""}, {"a": "(x)"}, ["b"]),
        ({"a": "(x)"}, {"a": "(x, *, y=1)"}, ["a(y)"]),
        ({"a": "(x, y=1, z=('p', 'q'))"}, {"a": "(x, y=2, z=('p', 'q'))"}, ["a(y)"]),
        ({"a": "(x, y)"}, {"a": "(x)"}, ["a(y)"]),
        ({"a": "(x, y)"}, {"a": "(x, *, y)"}, ["a"]),
    ],
)
def test_what_counts_as_a_change(before: dict[str, str], now: dict[str, str], told: list[str]) -> None:
    assert changed(before, now) == told


def test_the_word_of_a_name_is_looked_for() -> None:
    assert says("- `Analyzer.host_table` in Python", "huginn_cffi.Analyzer.host_table")
    assert not says("- host_tables", "huginn_cffi.Analyzer.host_table")

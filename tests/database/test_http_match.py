"""What a database says of heads of HTTP: the core's table and its plain walk against the rules spelt out."""

from __future__ import annotations

import json
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from sigcompiler.reading.parser import parse_text
from tests.support.heads import Field, HeadFields, HeadMatch, asked, claimed, expected, on_the_wire
from tests.support.http_cases import LETTERS, NAMES, file_of, head_of, lines, texts


def values() -> st.SearchStrategy[str]:
    """Texts and parts of them, a character a byte."""
    parts = st.one_of(texts().map(on_the_wire), st.text(on_the_wire(LETTERS), max_size=2))
    return st.lists(parts, max_size=6).map("".join)


def heads() -> st.SearchStrategy[HeadFields]:
    name = st.sampled_from((*NAMES, *map(str.lower, NAMES), "Server", "Unknown"))
    return st.builds(
        HeadFields, st.lists(st.tuples(name, values()), max_size=8), st.sampled_from((0, 1, 2)), st.booleans()
    )


@given(lines(), st.lists(heads(), max_size=6))
def test_as_the_rules_say(lines: list[tuple[str, str, bool]], heads: list[HeadFields]) -> None:
    text = file_of(lines)
    model, _ = parse_text(text)
    database = hg.Database.compile(text=text)
    for head in heads:
        wanted = expected(model.http, head)
        assert asked(database, head) == (wanted[0] if wanted else None, wanted)


@given(lines(), st.lists(heads(), max_size=12))
def test_lint_reports_only_those_that_never_lead(
    lines: list[tuple[str, str, bool]], heads: list[HeadFields]
) -> None:
    """In heads that repeat no name; a line is where its signature stands."""
    model, diagnostics = parse_text(file_of(lines))
    reported = {(item.line, item.code) for item in diagnostics if item.code in ("W034", "W038")}
    for head in heads:
        names = [name.lower() for name, _ in head.fields]
        found = expected(model.http, head) if len(names) == len(set(names)) else []
        assert not any(model.http[one.number].place.line == line for one in found[:1] for line, _ in reported)


def test_of_two_that_are_the_same_the_specific_one_leads() -> None:
    model, diagnostics = parse_text(file_of([("request", "*:Host::", True), ("request", "*:Host::", False)]))
    (found,) = (item for item in diagnostics if item.code == "W034")
    generic, specific = (signature.place.line for signature in model.http)
    assert found.line == generic
    assert found.message == f"the same signature as line {specific}, which is specific and so leads"


def test_first_of_a_name_after_the_one_before() -> None:
    database = hg.Database.compile(text=file_of([("request", "*:Host,Accept=[b]:Via:", False)]))
    one = HeadMatch(0, generic=False, dishonest=False)
    assert asked(database, HeadFields([("Accept", "b"), ("Host", ""), ("Accept", "ab")])) == (one, [one])
    assert asked(database, HeadFields([("Host", ""), ("Accept", "a"), ("Accept", "b")])) == (None, [])
    assert asked(database, HeadFields([("HOST", ""), ("accept", "b")])) == (one, [one])
    assert asked(database, HeadFields([("Host", ""), ("Accept", "b"), ("via", "")])) == (None, [])


def test_dishonest_by_the_last_software_that_is_told() -> None:
    database = hg.Database.compile(text=file_of([("request", "*:Host::curl/", False)]))
    for agents, dishonest in (
        ([], False),
        (["curl/8"], False),
        (["wget"], True),
        (["wget", "curl/8", ""], False),
    ):
        found, _ = asked(database, HeadFields([("Host", "x"), *(("user-agent", agent) for agent in agents)]))
        assert found == HeadMatch(0, generic=False, dishonest=dishonest)


def test_more_texts_than_are_kept() -> None:
    """Of several hundred texts of one value each counts."""
    texts = [f"{number:03}" for number in range(600)]
    lines = [("request", f"*:A=[{text}],B=[x]::", False) for text in texts]
    database = hg.Database.compile(text=file_of([*lines, ("request", "*:A=[599]::", False)]))
    found, every = asked(database, HeadFields([("a", "".join(texts)), ("b", "y")]))
    assert found == HeadMatch(600, generic=False, dishonest=False)
    assert every == [found]


def test_many_signatures() -> None:
    """Each of them is found among all: orders, texts and names that differ."""
    chance = random.Random(1)
    names = [f"X-{number}" for number in range(12)]
    made: dict[str, list[Field]] = {}
    while len(made) < 3000:
        order = chance.sample(names, 8)
        fields = [(name, f"v{chance.randrange(40)}" if name == "X-3" else "") for name in order]
        made[",".join(f"{name}=[{value}.]" if value else name for name, value in fields)] = [
            (name, f"<{value}.>") for name, value in fields
        ]
    database = hg.Database.compile(text=file_of([("request", f"1:{text}::", False) for text in made]))
    for number, fields in enumerate(made.values()):
        assert asked(database, HeadFields(fields)) == (
            HeadMatch(number, False, False),
            [HeadMatch(number, False, False)],
        )


def test_names_of_p0f(corpus: Path, stock_path: Path) -> None:
    """With p0f's own signatures, all heads as p0f did; but it takes names in another case for other names."""
    database = hg.Database.compile(stock_path)
    lines = (corpus.parent / "http-tls/oracle/http.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if "raw_sig" in row]
    different = []
    for row in rows:
        found, _ = asked(database, head_of(row))
        label = database._records.http[found.number].label if found else "???"
        dishonest = found is not None and found.dishonest
        if (label, dishonest) != (row.get("app", row.get("os")), "dishonest" in row["params"]):
            different.append((row["raw_sig"], label, dishonest, row))
    assert len(rows) > 1000
    assert ["Accept-ranges" in one[0] or "server=" in one[0] for one in different] == [True, True]


@given(st.lists(texts(), min_size=1, max_size=12), st.lists(values(), max_size=12))
def test_claims_the_first_item_whose_text_occurs(wanted: list[str], values: list[str]) -> None:
    items = ",".join(f"{number}=[{text}]" for number, text in enumerate(wanted))
    database = hg.Database.compile(text=f"[http:request]\nua_os = {items}\n")
    for value in values:
        found = next((str(number) for number, text in enumerate(wanted) if on_the_wire(text) in value), None)
        assert claimed(database, value) == found


def test_claims() -> None:
    text = "[http:request]\nua_os = Windows Phone,Android,iOS=[iPhone],Windows,macOS=[Mac OS X],Linux\n"
    database = hg.Database.compile(text=text)
    assert claimed(database, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)") == "iOS"
    assert claimed(database, "Mozilla/5.0 (Linux; Android 10; K)") == "Android"
    assert claimed(database, "(Mobile; Windows Phone 8.1; Android 4.0; like iPhone)") == "Windows Phone"
    assert claimed(database, "Macintosh; Intel Mac OS X 10_15_7") == "macOS"
    assert claimed(database, "curl/8.0") is None
    assert claimed(database, "") is None


def test_texts_are_looked_for_at_the_beginning_of_long_values() -> None:
    """4,096 bytes: strangers choose how long a value is."""
    text = file_of([("request", "*:User-Agent=[known]::known", False)])
    database = hg.Database.compile(text=text)
    for place, found in ((4096 - 5, True), (4096 - 4, False)):
        head = HeadFields([("User-Agent", "x" * place + "known")], 1, False)
        leading, fitting = asked(database, head)
        assert (leading is not None, len(fitting)) == (found, int(found))

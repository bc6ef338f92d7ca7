"""Answers to rows, against the rules in plain Python (`answers`)."""

from __future__ import annotations

import json
from itertools import pairwise
from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigcompiler.claims.flavors import MAX_FAMILIES
from tests.render.answers import expected_answer
from tests.render.databases import RenderedSignature, open_database
from tests.support.rendered_rows import (
    ECS,
    EVE,
    JSON,
    MTU,
    NONE,
    SYN,
    SYN_ACK,
    TEXT,
    EventRow,
    RowBatch,
    ffi,
    lib,
    render,
    render_text,
)

SEVERAL = [
    RenderedSignature("Linux", "3.11-4.9", provenance="own lab; high"),
    RenderedSignature("Linux", "3.11-4.9", generic=True, provenance="own lab; medium"),
    RenderedSignature("Android", provenance="own lab; high"),
    RenderedSignature("Linux", provenance="own lab; high"),
    RenderedSignature("macOS or iOS", "10.14 or newer / 13 or newer", provenance="somebody"),
    RenderedSignature("macOS or iOS", "macOS 12 / iOS 15", generic=True),
    RenderedSignature("NMap", "SYN scan", userland=True, provenance="own lab; low"),
    RenderedSignature("A router", "1", unreliable_ttl=True, provenance="mails; low"),
    RenderedSignature("FREEBSD", "9.x", generic=True, provenance="p0f 3.09b; unstated"),
]
OPTIONS = [*[(2,)] * 8, (1,) * 10, (2, *(1,) * 12), (1,) * 9, ()]
FITTING = {
    "event": st.sampled_from([SYN, SYN, SYN, SYN_ACK]),
    "source": st.sampled_from(["1.2.3.4", "1.2.3.4", "2001:db8::1"]),
    "ttl": st.sampled_from([64, 64, 29, 28, 65, 0, 255]),
    "quirks": st.sampled_from([3, 3, 0, *range(16)]),
    "options": st.sampled_from(OPTIONS),
    "fuzzy": st.integers(0, 1),
    "signature": st.sampled_from([NONE, *range(len(SEVERAL))]),
}
fitting = st.fixed_dictionaries(FITTING).map(lambda columns: EventRow(**columns))


@st.composite
def databases(draw: st.DrawFn) -> tuple[list[RenderedSignature], list[EventRow]]:
    """Some of the signatures, in any order, and rows that they name."""
    named = draw(st.permutations(SEVERAL))[: draw(st.integers(1, len(SEVERAL)))]
    made = draw(st.lists(fitting, min_size=1, max_size=8))
    return named, [row for row in made if row.signature == NONE or row.signature < len(named)]


@given(databases())
def test_records_say_what_the_rules_say(case: tuple[list[RenderedSignature], list[EventRow]]) -> None:
    named, rows = case
    for line, row in zip(render(rows, JSON, open_database(named)).splitlines(), rows, strict=True):
        match = json.loads(line)["match"] or {}
        wanted = expected_answer(row, named)
        assert {name: match[name] for name in wanted} == wanted
        assert bool(match) == bool(wanted)


def ask(batch: RowBatch, database: Any, row: int, capacity: int = 1 << 16) -> tuple[int, Any, bytes, int]:
    """Status, answer, texts as far as there is room, and the length that ``hg_row_answer`` gives."""
    answer, length, texts = ffi.new("hg_answer *"), ffi.new("size_t *"), ffi.new("char[]", capacity)
    status = lib.hg_row_answer(batch.batch, database, row, answer, texts, capacity, length, ffi.NULL)
    return status, answer, bytes(ffi.buffer(texts, capacity))[: length[0]], length[0]


def answer_of(batch: RowBatch, database: Any, row: int) -> dict[str, Any]:
    """The answer as records have it; empty where there is none."""
    status, answer, texts, length = ask(batch, database, row)
    assert status == 0
    if not length:
        return {}
    pieces = [texts[start:end].decode() for start, end in pairwise([0, *answer.ends])]
    assert answer.ends[3] == length
    assert all(piece == "" or piece.endswith("\n") for piece in pieces)
    family, families, candidates, evidence = (piece.splitlines() for piece in pieces)
    assert family == ([" or ".join(families)] if len(families) <= MAX_FAMILIES else [])
    versions = answer.version_confidence
    return {
        "family": family[0] if family else None,
        "confidence": answer.confidence,
        "version_confidence": None if isnan(versions) else versions,
        "candidates": candidates,
        "evidence": evidence,
    }


@pytest.mark.parametrize(
    ("names", "family"),
    [
        (["Linux"], "Linux"),
        (["Linux", "Android"], "Linux or Android"),
        (["Linux", "Android", "macOS"], None),
    ],
)
def test_no_family_where_several_fit(names: list[str], family: str | None) -> None:
    database, row = open_database([*map(RenderedSignature, names)]), EventRow(signature=0, quirks=3)
    assert json.loads(render_text(row, JSON, database))["match"]["family"] == family
    assert json.loads(render_text(row, EVE, database))["fingerprint"]["match"]["family"] == family
    assert json.loads(render_text(row, ECS, database))["huginn"]["match"]["family"] == family


@given(databases(), st.integers(0, 3000))
def test_callers_get_the_same(case: tuple[list[RenderedSignature], list[EventRow]], capacity: int) -> None:
    named, rows = case
    batch, database = RowBatch(rows), open_database(named)
    for number, row in enumerate(rows):
        assert answer_of(batch, database, number) == expected_answer(row, named)
        _, _, whole, length = ask(batch, database, number)
        status, _, part, needed = ask(batch, database, number, capacity)
        assert (status, needed) == (0, length)
        assert part == (whole if length <= capacity else bytes(min(capacity, length)))


@given(databases())
def test_comments_say_how_sure_the_answers_are(case: tuple[list[RenderedSignature], list[EventRow]]) -> None:
    named, rows = case
    rows = [EventRow(event=MTU), *rows]
    batch, database, size = RowBatch(rows), open_database(named), ffi.new("size_t *")
    text = render(rows, TEXT, database)
    out = ffi.new("char[]", len(text) + len(rows) * lib.HG_COMMENT_BYTES)
    for by, answers in (
        (database, [expected_answer(row, named) for row in rows]),
        (ffi.NULL, [{}] * len(rows)),
    ):
        written = (out, len(out), size, ffi.NULL)
        assert lib.hg_comments_of_text(batch.batch, by, text, len(text), *written) == 0
        lines = bytes(ffi.buffer(out, size[0])).decode().splitlines()
        found = [line.partition(" | Sure: ")[2].partition(" | ")[0] for line in lines]
        assert found == [_sure(answer) for answer in answers]


@pytest.mark.parametrize(
    "row", [EventRow(event=MTU), EventRow(signature=len(SEVERAL)), EventRow(signature=0, options=(1,) * 25)]
)
def test_rows_that_have_no_answer_are_refused(row: EventRow) -> None:
    batch, database = RowBatch([EventRow(signature=0), row]), open_database(SEVERAL)
    assert [ask(batch, database, number)[0] for number in (0, 1, 2)] == [0, *[lib.HG_E_ARGUMENT] * 2]


def test_names_need_a_database() -> None:
    assert answer_of(RowBatch([EventRow()]), ffi.NULL, 0) == {}
    assert ask(RowBatch([EventRow(signature=0)]), ffi.NULL, 0)[0] == lib.HG_E_ARGUMENT


def test_equal_words_of_different_labels_have_their_own_answers() -> None:
    """Versions are named by one of them, and the other is a tool."""
    named = [
        RenderedSignature("Linux", "4.x"),
        RenderedSignature("Linux"),
        RenderedSignature("Linux", "4.x", userland=True, provenance="a; low"),
    ]
    named += [RenderedSignature("Linux", "4.x", provenance="a; low"), RenderedSignature("Linux", "5.x")]
    rows = [EventRow(signature=number) for number in range(len(named))]
    batch, database = RowBatch(rows), open_database(named)
    found = [answer_of(batch, database, number) for number in range(len(rows))]
    assert found == [expected_answer(row, named) for row in rows]


def _sure(answer: dict[str, Any]) -> str:
    """How sure an answer is, as ``hg_put_confidence`` puts it."""
    share, versions = answer.get("confidence"), answer.get("version_confidence")
    if not share:
        return ""
    words = _percent(share)
    if " or " in answer["family"]:
        return f"{words} that it is one of these two; the packets do not show which"
    return f"{words}, versions {_percent(versions)}" if versions else words


def _percent(share: float) -> str:
    nearest = int(100 * share + 0.5)
    return f"{nearest if share in (0, 1) else min(max(nearest, 1), 99)} %"

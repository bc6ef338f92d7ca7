"""What a database says of hellos: the core's table and its plain walk against the rule spelt out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from sigcompiler.reading.parser import parse_text
from tests.support.tls.hello_cases import (
    DIGESTS,
    STARTS,
    HelloMatch,
    asked,
    expected,
    file_of,
    hellos,
    named,
    patterns,
    text_of,
)
from tests.support.tls.hello_model import Hello

MOST = 64


def all_asked(database: hg.Database, ja4: str, stable: str) -> list[HelloMatch | None]:
    out = ffi.new("hg_tls_match[]", MOST)
    count = lib.hg_database_match_all_tls(database._handle, text_of(ja4), text_of(stable), out, MOST)
    return [named(out[i]) for i in range(count)]


@given(
    st.lists(st.tuples(patterns(), st.booleans()), max_size=12),
    st.lists(st.tuples(hellos(), hellos()), max_size=6),
)
def test_as_the_rule_says(lines: list[tuple[str, bool]], seen: list[tuple[str, str]]) -> None:
    database = hg.Database.compile(text=file_of(lines))
    for ja4, stable in seen:
        wanted = expected(lines, ja4, stable)
        assert asked(database, ja4, stable) == (wanted[0] if wanted else None)
        assert all_asked(database, ja4, stable) == wanted


@given(st.lists(st.tuples(patterns(), st.booleans()), max_size=8))
def test_lint_reports_those_that_never_lead(lines: list[tuple[str, bool]]) -> None:
    """And no other that some JA4 could show: all characters that count are tried."""
    _, diagnostics = parse_text(file_of(lines))
    reported = {(item.line - 4) // 3 for item in diagnostics if item.code in ("W036", "W037")}
    places = [
        f"{start}_{ciphers}_{rest}"
        for start in (*STARTS, "zzzzzzzzzz", *(mixed(start, seed) for start in STARTS for seed in range(10)))
        for ciphers in (*DIGESTS, "0" * 11 + "1")
        for rest in (*DIGESTS, "0" * 11 + "1")
    ]
    leaders = {found[0].number for ja4 in places if (found := expected(lines, ja4, ja4))}
    assert not reported & leaders


def mixed(start: str, place: int) -> str:
    """The start with a character that no signature has."""
    return f"{start[:place]}z{start[place + 1 :]}"


EXACT = "t13d1516h2_8daaf6152771_d8a2da3f94cd"
DATABASE = file_of([(EXACT, False)])


@pytest.mark.parametrize(
    "ja4",
    [
        None,
        "",
        "t13d1516h2",
        "t13d1516h2_",
        EXACT[:-1],
        EXACT[:-1] + "D",
        "t13d1516h2x8daaf6152771_d8a2da3f94cd",
    ],
)
def test_what_is_no_ja4_fits_nothing(ja4: str | None) -> None:
    assert asked(hg.Database.compile(text=DATABASE), ja4, ja4) is None


def test_the_stable_one_alone() -> None:
    database = hg.Database.compile(text=DATABASE)
    assert asked(database, None, EXACT) == HelloMatch(0, stable=True, wildcard=False)
    assert asked(database, EXACT.replace("16h2", "17h2"), EXACT) == HelloMatch(0, stable=True, wildcard=False)
    assert asked(database, EXACT, None) == HelloMatch(0, stable=False, wildcard=False)


def test_a_damaged_ja4_does_not_hide_the_stable_one() -> None:
    text = "t13d1516h2_8daaf6152771_0000000000d8"
    database = hg.Database.compile(text=file_of([(text, False)]))
    assert asked(database, "t13d1516h2_8daaf6152771_d8", text) == HelloMatch(0, stable=True, wildcard=False)


def test_lists_stand_for_the_digest_of_each_choice() -> None:
    """As an independent JA4 of such hellos has it, without one extension and with one that no line has."""
    database = hg.Database.compile(text=file_of([("*_*_?0005,000a,000d,?0017_0403,0804", False)]))
    asked_for = {(10, 13), (5, 10, 13), (10, 13, 23), (5, 10, 13, 23), (10, 13, 22), (5, 13, 23)}
    named_by_it = set()
    for kinds in asked_for:
        hello = Hello(0x0303, (0x1301,), (0, *kinds), algorithms=(0x0403, 0x0804), sni=b"x")
        if asked(database, hello.ja4(), hello.ja4(stable=True)) is not None:
            named_by_it.add(kinds)
    assert named_by_it == asked_for - {(10, 13, 22), (5, 13, 23)}
    assert {one.line for one in database.signatures} == {database.signatures[0].line}


def test_records_and_files(tmp_path: Path) -> None:
    text = "[tls:client]\nlabel = g:!:curl:8\nsys = \n; source: measured\nsig = *_8daaf6152771_*\n"
    made = hg.Database.compile(text=text)
    made.save(tmp_path / "made.hgdb")
    for database in (made, hg.Database.open(tmp_path / "made.hgdb")):
        [signature] = database.signatures
        assert signature == database._records.tls[0]
        assert (signature.section, signature.direction) == ("tls:client", "request")
        assert (signature.text, signature.provenance) == ("*_8daaf6152771_*", "measured")
        assert (signature.label, signature.kind, signature.line) == ("curl 8", "generic", 5)
        assert asked(database, EXACT, EXACT) == HelloMatch(0, stable=False, wildcard=True)


def test_many_signatures() -> None:
    """Each of them is found among all."""
    chance = random.Random(1)
    texts = [f"t13d1516h2_{chance.getrandbits(48):012x}_{chance.getrandbits(48):012x}" for _ in range(5000)]
    texts += [f"t13d1?16h2_{chance.getrandbits(48):012x}_*" for _ in range(5000)]
    database = hg.Database.compile(text=file_of([(text, False) for text in texts]))
    for number, text in enumerate(texts):
        ja4 = text.replace("?", "7").replace("*", "0123456789ab")
        assert asked(database, ja4, None) == HelloMatch(number, stable=False, wildcard=number >= 5000)

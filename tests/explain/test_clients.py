"""Explanations of TLS clients: the answer is the core's, and the nearest come first."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from tests.support.explained import of_client
from tests.support.tls.hello_cases import asked, expected, file_of, hellos, patterns

TEXT = """\
[tls:client]
label = s:!:Browser:2
sys =
sig = t13d1516h2_8daaf6152771_d8a2da3f94cd
label = g:!:Browser:
sys =
sig = *_8daaf6152771_*
label = s:!:Library:
sys =
sig = t13?0304??_111111111111_222222222222
"""
JA4 = "t13d1516h2_8daaf6152771_d8a2da3f94cd"


@pytest.fixture(scope="module")
def database() -> hg.Database:
    return hg.Database.compile(text=TEXT)


def test_the_signature_itself(database: hg.Database) -> None:
    found = of_client(database, JA4)
    assert found.match is not None
    assert (found.match.label, found.match.line, found.match.fit) == ("Browser 2", 4, "exact")
    assert found.reason == "the first specific signature of this JA4"
    assert [near.label for near in found.nearest] == ["Browser 2", "Browser", "Library"]
    assert [near.fit for near in found.nearest] == ["exact", "exact", "no"]


def test_the_stable_one(database: hg.Database) -> None:
    found = of_client(database, "t13d1517h2_8daaf6152771_000000000001", JA4)
    assert found.match is not None
    assert found.match.label == "Browser 2"
    assert found.reason == "the first specific signature of this stable JA4"
    assert f"Stable:  {JA4}" in str(found)
    assert repr(found) == "<Explanation of t13d1517h2_8daaf6152771_000000000001: 'Browser 2', 3 nearest>"
    assert "<code>t13d1517h2_8daaf6152771_000000000001</code><br><b>Browser 2</b>" in found._repr_html_()


def test_which_part_differs(database: hg.Database) -> None:
    found = of_client(database, "q13i0404h3_111111111111_222222222222")
    assert found.match is None
    assert "3 signatures" in found.reason
    library = next(near for near in found.nearest if near.name == "Library")
    assert {item.field: (item.packet, item.signature) for item in library.of("differs")} == {
        "proto": ("q", "t"),
        "ciphers": ("04 111111111111", "03 111111111111"),
    }
    assert "the hello came over QUIC" in str(found)


def test_only_the_open_one_fits(database: hg.Database) -> None:
    found = of_client(database, "t12i150100_8daaf6152771_000000000001", limit=1)
    assert found.match is not None
    assert found.match.kind == "generic"
    assert "with wildcards" in found.reason
    assert len(found.nearest) == 1
    assert json.loads(json.dumps(found.as_dict()))["match"]["signature"] == "*_8daaf6152771_*"


def test_without_signatures() -> None:
    found = of_client(hg.Database.compile(text="[tls:client]\n"), JA4)
    assert (found.match, found.nearest) == (None, ())
    assert found.reason == "the database has no signatures of TLS clients"


@given(st.lists(st.tuples(patterns(), st.booleans()), max_size=10), hellos(), hellos(), st.integers(0, 12))
def test_as_the_core_says(lines: list[tuple[str, bool]], ja4: str, stable: str, limit: int) -> None:
    database = hg.Database.compile(text=file_of(lines))
    found = of_client(database, ja4, stable, limit=limit)
    named = asked(database, ja4, stable)
    assert (found.match is None) == (named is None)
    if found.match is not None and named is not None:
        assert found.match.line == 4 + 3 * named.number
        assert found.match.distance == 0
    fitting = expected(lines, ja4, stable)
    own = [near for near in found.nearest if near.fit == "exact"]
    assert [near.line for near in own] == [4 + 3 * one.number for one in fitting][:limit]
    assert len(found.nearest) == min(limit, len(lines))
    rest = [near.distance for near in found.nearest[len(own) :]]
    assert rest == sorted(rest)
    assert 0 not in rest

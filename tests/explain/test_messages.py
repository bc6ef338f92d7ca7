"""Explanations of HTTP: the answer is the core's, and the nearest come first."""

from __future__ import annotations

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from tests.support.explained import of_message
from tests.support.heads import HeadFields, asked, on_the_wire
from tests.support.http_cases import file_of, headers, lines

TEXT = """\
[http:request]
label = s:!:Browser:2
sys =
sig = 1:Host,User-Agent,Accept=[text/html],?Cookie:X-Bot:Browser
label = g:!:Browser:
sys =
sig = *:Host,User-Agent:X-Bot:Browser
label = s:!:Bot:
sys =
sig = 0:User-Agent,Host,X-Bot::Bot
[http:response]
label = s:!:Server:
sys =
sig = 1:Server,Date::Server/
"""


@pytest.fixture(scope="module")
def database() -> hg.Database:
    return hg.Database.compile(text=TEXT)


def test_the_signature_itself(database: hg.Database) -> None:
    found = of_message(database, "1:Host,User-Agent,Accept=[text/html,*/*],?Cookie::Browser/2")
    assert found.match is not None
    assert (found.match.label, found.match.line, found.match.fit) == ("Browser 2", 4, "exact")
    assert found.reason == "the first specific signature that fits"
    assert repr(found).endswith("::Browser/2 (request): 'Browser 2', 3 nearest>")
    assert [near.label for near in found.nearest] == ["Browser 2", "Browser", "Bot"]
    assert [near.fit for near in found.nearest] == ["exact", "exact", "no"]


def test_which_header_differs(database: hg.Database) -> None:
    found = of_message(database, "1:User-Agent,Host,Accept,X-Bot::Browser/2", limit=3)
    assert found.match is None
    assert found.reason.startswith(
        "none of the 3 signatures of HTTP requests fits; the nearest differs in version"
    )
    differs = {
        near.label: [(i.field, i.packet, i.signature) for i in near.of("differs")] for near in found.nearest
    }
    assert differs == {
        "Bot": [("version", "1.1", "1.0")],
        "Browser": [("User-Agent", "before Host", "after Host"), ("X-Bot", "there", "not there")],
        "Browser 2": [
            ("User-Agent", "before Host", "after Host"),
            ("Accept", "there", "[text/html]"),
            ("X-Bot", "there", "not there"),
        ],
    }
    shown = str(found)
    assert "differs    User-Agent before Host, wants after Host" in shown
    assert "differs    Accept  there, wants [text/html]: the signature does not show its value" in shown


def test_a_header_elsewhere_with_another_value(database: hg.Database) -> None:
    text = "[http:request]\nlabel = s:!:A:\nsys =\nsig = 1:Host,Accept=[text/html]::\n"
    (near,) = of_message(hg.Database.compile(text=text), "1:Accept=[*/*],Host::").nearest
    assert [(i.field, i.packet, i.signature) for i in near.of("differs")] == [
        ("Accept", "[*/*]", "[text/html]")
    ]
    assert near.distance == 4 + 6


def test_another_program_with_the_same_headers(database: hg.Database) -> None:
    found = of_message(database, "1:Host,User-Agent::curl/8.5.0")
    assert found.reason == (
        "no specific signature fits; the first generic one that does; its User-Agent names another program"
    )


def test_software_may_have_colons() -> None:
    text = "1:Host,Accept=[a:b],User-Agent::Mozilla/5.0 (compatible; Bot/2; +http://example.com/:bot)"
    database = hg.Database.compile(
        text="[http:request]\nlabel = s:!:A:\nsys =\nsig = *:User-Agent=[/:bot)]::\n"
    )
    found = of_message(database, text)
    assert found.match is not None
    assert found.observed["signature"] == text


def test_responses(database: hg.Database) -> None:
    found = of_message(database, "1:Server,Date:Connection:Server/1", "response")
    assert found.match is not None
    assert (found.match.label, len(found.nearest)) == ("Server", 1)
    empty = of_message(hg.Database.compile(text="[http:request]\n"), "1:Server::", "response")
    assert (empty.match, empty.nearest) == (None, ())
    assert empty.reason == "the database has no signatures of HTTP responses"


@pytest.mark.parametrize("text", ["", "1:Host", "7:Host::", "1:Ho st::", f"1:{','.join(ascii_letters)}::"])
def test_what_is_no_signature(database: hg.Database, text: str) -> None:
    with pytest.raises(hg.SignatureError, match="<signature>"):
        of_message(database, text)


@given(lines(), st.sampled_from("012"), st.lists(headers(), max_size=5), st.booleans())
def test_what_fits_is_what_the_core_says(
    signatures: list[tuple[str, str, bool]], version: str, own: list[str], response: bool
) -> None:
    """Fields differ exactly where the core says that a signature does not fit."""
    database = hg.Database.compile(text=file_of(signatures))
    direction: hg.Direction = "response" if response else "request"
    found = of_message(database, f"{version}:{','.join(own)}::", direction, limit=100)
    values = [on_the_wire(one.partition("[")[2].strip("]")) for one in own]
    fields = [(one.strip("?").partition("=")[0], value) for one, value in zip(own, values, strict=True)]
    best, every = asked(database, HeadFields(fields, int(version), response))
    assert [near.fit for near in found.nearest].count("exact") == len(every)
    assert (found.match is None) == (best is None)
    for near in found.nearest:
        assert bool(near.of("differs")) == (near.fit == "no")
        assert (near.distance > 0) == (near.fit == "no")
    if best is not None and found.match is not None:
        assert database._records.http[best.number].line == found.match.line

"""`Database.explain`: fields, words, notes, errors."""

from __future__ import annotations

import json
import time

import pytest

import huginn_cffi as hg
from huginn_cffi.explain import Explanation, NearSignature
from huginn_cffi.run.observations import Match
from tests.support import samples
from tests.support.explained import of_packet

SIGNATURES = """\
classes = unix
[tcp:request]
label = s:unix:Linux:3.x
; source: measured; high
sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+,flow:0
label = s:unix:Twin:
sig = *:64:0:*:29200,*:mss,sok,ts,nop,ws:df,id+:0
label = g:unix:Family:
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
label = s:!:Tool:x
sys = @unix
sig = 6:255-:0:1440:%8192,*:mss:flow:+
[tcp:response]
label = s:unix:Server:
sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df:0
"""
LINUX = "4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"


@pytest.fixture(scope="module")
def database() -> hg.Database:
    return hg.Database.compile(text=SIGNATURES)


def field(near: NearSignature, name: str) -> tuple[str, str, str, str]:
    (found,) = (item for item in near.fields if item.field == name)
    return found.packet, found.signature, found.outcome, found.note


def near(found: Explanation[Match], name: str) -> NearSignature:
    return next(item for item in found.nearest if item.name == name)


def test_the_example_of_the_design() -> None:
    signature = "4:64:0:1460:mss*10,7:mss,sok,ts,nop,ws:df,id+:0"
    found = of_packet(hg.Database.load_default(), signature, direction="request")
    assert found.match is not None
    assert len(found.nearest) == 5
    assert found.nearest[0].signature == "*:64:0:*:mss*10,7:mss,sok,ts,nop,ws:df,id+:0"
    assert found.nearest[0].fit == "exact"


def test_everything_about_the_match(database: hg.Database) -> None:
    found = of_packet(database, LINUX)
    match, first = found.match, found.nearest[0]
    assert match is not None
    assert (str(match), match.signature, match.file, match.line) == (
        "Linux 3.x",
        "*:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+,flow:0",
        "<text>",
        5,
    )
    assert match.candidates == ("Twin",)
    assert found.reason == "the first specific signature that fits exactly"
    assert (first.name, first.flavor, first.label, first.kind) == ("Linux", "3.x", "Linux 3.x", "specific")
    assert (first.userland, first.fit, first.distance) == (False, "exact", 0)
    assert (first.signature, first.file, first.line) == (match.signature, match.file, match.line)
    assert first.provenance == "measured; high"
    assert [item.name for item in found.nearest] == ["Linux", "Twin", "Family", "Tool"]
    assert [item.field for item in first.fields] == [
        *("version", "ittl", "olen", "mss", "window", "wscale", "olayout", "quirks", "pclass")
    ]
    assert field(first, "window") == ("mss*20 (29200)", "mss*20", "exact", "")
    assert field(first, "quirks") == ("df,id+", "df,id+,flow", "exact", "")


def test_reasons(database: hg.Database) -> None:
    generic = of_packet(database, "4:57+7:0:1460:5,7:mss,sok,ts,nop,ws:df,id+:0")
    assert str(generic.match) == "Family"
    assert generic.reason == "no specific signature fits exactly; the first generic one that does"
    fuzzy = of_packet(database, "4:120+8:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+,ecn:0")
    assert fuzzy.match is not None
    assert fuzzy.match.fuzzy
    assert fuzzy.reason == (
        "no signature fits exactly; the first that fits but for a tolerated difference in ittl and quirks"
    )
    unknown = of_packet(database, "4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+,seq-:0", limit=0)
    assert unknown.reason == (
        "of the 3 SYN signatures with this option layout none fits; the nearest of all differs in quirks"
    )
    assert unknown.nearest == ()
    single = of_packet(database, "6:57+7:0:1460:5,0:mss:bad:0", limit=1)
    assert single.reason == (
        "the one SYN signature with this option layout does not fit; the nearest of all differs in "
        "mss, window, quirks and pclass"
    )
    layout = of_packet(database, "4:57+7:0:1460:5,0:mss,nop:df,id+:0")
    assert (layout.match, layout.reason) == (None, "none of the 4 SYN signatures has this option layout")
    empty = of_packet(hg.Database.compile(text="classes = unix\n"), LINUX, "response")
    assert (empty.reason, empty.nearest) == ("the database has no SYN+ACK signatures", ())


def test_a_tool_that_would_fit_fuzzily() -> None:
    text = "classes = a\n[tcp:request]\nlabel = s:!:T:\nsys = @a\nsig = 4:64:0:*:*,0:mss:df,id+:0\n"
    found = of_packet(hg.Database.compile(text=text), "4:64+0:0:1460:5,0:mss:df,id+,ecn:0")
    assert found.match is None
    assert found.reason == "only a tool's signature would fit, and not exactly; tools are never named so"
    assert found.nearest[0].fit == "no"
    assert "T (specific, tool): does not fit, distance 1 (tools are named by exact fits alone)" in str(found)


@pytest.mark.parametrize(
    ("packet", "name", "of", "expected"),
    [
        (LINUX, "Tool", "version", ("4", "6", "differs", "the packet is IPv4, the signature for IPv6 only")),
        ("4:120+8:0:1460:1,7:mss:df:0", "Linux", "ittl",
         ("120+8", "64", "tolerated", "TTL 120 is above the initial 64")),
        ("4:10+22:0:1460:1,7:mss:df:0", "Linux", "ittl", ("10+22", "64", "tolerated", "54 hops, beyond 35")),
        ("4:50+14:0:1460:1,7:mss:df:0", "Linux", "ittl", ("50+14", "64", "exact", "")),
        ("6:200+?:0:1440:1,7:mss::0", "Tool", "ittl", ("200+?", "255-", "exact", "at most 55 hops")),
        ("4:64+0:8:1460:1,7:mss:df:0", "Linux", "olen", ("8", "0", "differs", "")),
        ("4:64+0:0:1460:1,7:mss:df:0", "Tool", "mss", ("1460", "1440", "differs", "")),
        ("4:64+0:0:0:1,7:nop:df:0", "Tool", "mss", ("0", "1440", "differs", "there is no MSS option")),
        ("4:64+0:0:1460:1,7:mss:df:0", "Tool", "window",
         ("1", "%8192", "differs", "1 is no multiple of 8192")),
        ("4:64+0:0:1460:16384,7:mss:df:0", "Tool", "window", ("16384", "%8192", "exact", "")),
        ("4:64+0:0:1460:1,7:mss:df:0", "Linux", "window",
         ("1", "mss*20", "differs", "1 counts as no multiple of the MSS")),
        ("4:64+0:0:1460:mss*4,7:mss:df:0", "Linux", "window",
         ("mss*4 (5840)", "mss*20", "differs", "")),
        ("4:64+0:0:1460:1,0:mss:df:0", "Linux", "wscale",
         ("0", "7", "differs", "there is no window scale option")),
        ("4:64+0:0:1460:1,0:mss,ws:df:0", "Linux", "wscale", ("0", "7", "differs", "")),
        ("4:64+0:0:1460:1,0:mss,ts:df,id+:0", "Tool", "olayout",
         ("mss,ts", "mss", "differs", "ts added at 2")),
        ("4:64+0:0:1460:1,0:mss:df,ecn,seq-:0", "Linux", "quirks",
         ("df,ecn,seq-", "df,id+,flow", "differs", "id+ missing; ecn, seq- added")),
        ("4:64+0:0:1460:1,0:mss:df,ecn:0", "Linux", "quirks",
         ("df,ecn", "df,id+,flow", "tolerated", "id+ missing; ecn added")),
        ("4:64+0:0:1460:1,0:mss:df:0", "Tool", "pclass", ("0", "+", "differs", "the packet carries no data")),
        ("4:64+0:0:1460:1,0:mss:df:+", "Linux", "pclass", ("+", "0", "differs", "the packet carries data")),
    ],
)  # fmt: skip
def test_fields_in_words(
    database: hg.Database, packet: str, name: str, of: str, expected: tuple[str, str, str, str]
) -> None:
    assert field(near(of_packet(database, packet), name), of) == expected


def test_bytes_behind_eol_in_words() -> None:
    text = "classes = a\n[tcp:request]\nlabel = s:a:T:\nsig = 4:64:0:*:*,0:mss,eol+3:df,id+:0\n"
    found = of_packet(hg.Database.compile(text=text), "4:64+0:0:1460:5,0:mss,eol+7:df,id+:0")
    assert field(found.nearest[0], "olayout") == (
        "mss,eol+7", "mss,eol+3", "differs", "7 bytes after eol, not 3",
    )  # fmt: skip


def test_directions(database: hg.Database) -> None:
    answer = "4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df:0"
    assert str(of_packet(database, answer, "response").match) == "Server"
    assert (
        str(of_packet(database, answer, "request").match)
        == str(of_packet(database, answer).match)
        == "Linux 3.x"
    )
    assert of_packet(database, answer).observed["direction"] == "request"
    assert [item.name for item in of_packet(database, answer, "response").nearest] == ["Server"]


def test_an_observation_explains_itself(database: hg.Database) -> None:
    syn = hg.fingerprint(samples.SYN_PACKET, db=None).syn
    assert syn is not None
    found = database.explain(syn)
    assert str(found.observed["signature"]) == LINUX
    assert str(found.match) == "Linux 3.x"


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("4:64", 5, "the signature ends too early", "write VERSION:ITTL"),
        ("5:64:0:0:0,0:::0", 1, "bad IP version at '5'", "write 4, 6 or *"),
        ("4:0:0:0:0,0:::0", 3, "initial TTL 0 is out of range", "write a number from 1 to 255"),
        ("4:64:0:0:0,0:::0:", 17, "':' after the payload class", "write 0, + or *"),
        ("4:64:0:0:0,0:::0\n4:64", 17, r"'\x0a4:64' after", "write 0, + or *"),
        ("", 1, "the signature ends too early", "write VERSION"),
        ("x" * 20000, 1, "20000 characters; at most 16384 are read", ""),
    ],
)
def test_errors_have_a_place_and_a_hint(
    database: hg.Database, text: str, column: int, message: str, hint: str
) -> None:
    with pytest.raises(hg.SignatureError) as caught:
        of_packet(database, text)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.file, diagnostic.line, diagnostic.column) == ("<signature>", 1, column)
    assert diagnostic.message.startswith(message)
    assert diagnostic.hint.startswith(hint)
    assert str(caught.value) == str(diagnostic)


def test_wrong_arguments(database: hg.Database) -> None:
    syn = hg.fingerprint(samples.SYN_PACKET, db=None).syn
    assert syn is not None
    with pytest.raises(TypeError, match="not str"):
        database.explain(LINUX)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="limit must be 0 to"):
        database.explain(syn, limit=-1)
    with pytest.raises(TypeError, match="limit must be an int"):
        database.explain(syn, limit=1.5)  # type: ignore[arg-type]


def test_repr_and_plain_values(database: hg.Database) -> None:
    found = of_packet(database, LINUX, limit=2)
    assert repr(found) == f"<Explanation of {LINUX} (request): 'Linux 3.x', 2 nearest>"
    values = json.loads(json.dumps(found.as_dict()))
    assert values["match"]["candidates"] == ["Twin"]
    assert values["nearest"][1]["fields"][5] == {
        "field": "wscale", "packet": "7", "signature": "*", "outcome": "exact", "note": "",
    }  # fmt: skip
    assert found == of_packet(database, LINUX, limit=2)
    with pytest.raises(AttributeError):
        found.reason = ""  # type: ignore[misc]


def test_as_text(database: hg.Database) -> None:
    text = str(of_packet(database, "4:57+7:0:1460:mss*20,8:mss,sok,ts,nop,ws:df,id+,ecn:0", limit=2))
    assert (
        text
        == """\
Packet:  SYN
Sig:     4:57+7:0:1460:mss*20,8:mss,sok,ts,nop,ws:df,id+,ecn:0
Match:   Twin (fuzzy, specific, quality 0.5)
Why:     no signature fits exactly; the first that fits but for a tolerated difference in quirks
As well: Family

1. Twin (specific): fits fuzzily
   *:64:0:*:29200,*:mss,sok,ts,nop,ws:df,id+:0
   <text>:7
   tolerated  quirks  df,id+,ecn, wants df,id+: ecn added
   exact      version 4 (*), ittl 57+7 (64), olen 0, mss 1460 (*), window mss*20 (29200) (29200),
              wscale 8 (*), olayout mss,sok,ts,nop,ws, pclass 0

2. Family (generic): fits fuzzily
   *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
   <text>:9
   tolerated  quirks  df,id+,ecn, wants df,id+: ecn added
   exact      version 4 (*), ittl 57+7 (64), olen 0, mss 1460 (*), window mss*20 (29200) (*),
              wscale 8 (*), olayout mss,sok,ts,nop,ws, pclass 0"""
    )


def test_text_stays_within_100_columns_and_shows_control_characters() -> None:
    layout = ",".join(["?111"] * 12 + ["nop"] * 12)
    text = (
        f"classes = unix\n[tcp:request]\nlabel = s:unix:{'Long ' * 40}:\x1b[31m\x85\n"
        f"; source: {'x' * 300}\nsig = 4:64:0:*:*,0:{layout}:df,id+:0\n"
    )
    found = of_packet(hg.Database.compile(text=text), f"4:64+0:0:0:5,0:{layout}:df,id+,ecn,seq-:0")
    for shown in (str(found), str(found.nearest[0])):
        assert max(map(len, shown.splitlines())) <= 100
        assert shown.replace("\n", "").isprintable()
        assert r"\x1b[31m\x85" in shown


def test_940_signatures_take_less_than_50_ms() -> None:
    database = hg.Database.load_default()

    def once() -> float:
        began = time.process_time()
        of_packet(database, "4:57+7:0:1452:mss*13,9:mss,nop,ws,nop,nop,sok,ts:ecn:0")
        return time.process_time() - began

    assert min(once() for _ in range(5)) < 0.050

"""Rules beyond p0f's, which hold where a signature file asks for them: erased options, and exact TTLs."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_workbench.learning import unknown
from tests.support.captures import pcap
from tests.support.spelled import spelled

NOPS = ",".join(["nop"] * 10)
RULES = "; rules: beyond p0f"


def named(
    direction: str, text: str, db: hg.Database | None = None
) -> hg.SynObservation | hg.SynAckObservation:
    result = hg.fingerprint(spelled(direction, text), db or hg.Database.load_default())
    part = result.syn or result.syn_ack
    assert part is not None
    return part


ERASED = [
    # A timestamp, in the order of each system.
    ("request", f"4:60:0:1460:64240,7:mss,sok,{NOPS},nop,ws:df,id+:0", "Linux 4.19-6.15"),
    ("request", f"6:60:0:1440:64800,7:mss,sok,{NOPS},nop,ws:flow:0", "Linux 4.19-6.15"),
    ("request", f"4:120:0:1460:64240,8:mss,nop,ws,sok,{NOPS}:df,id+:0", "Windows 10, 11, 2019, 2022 or 2025"),
    (
        "request",
        f"4:60:0:1460:65535,6:mss,nop,ws,nop,nop,{NOPS},sok,eol+1:df:0",
        "macOS 10.14 or newer / iOS 13 or newer",
    ),
    # A timestamp and the scale behind it.
    ("request", f"4:60:0:1460:64240,0:mss,sok,{NOPS},nop,nop,nop,nop:df,id+:0", "Linux 4.19 or newer"),
    ("response", f"4:54:0:1460:29200,7:mss,sok,{NOPS},nop,ws:df:0", "Linux 3.11-4.19"),
    # The window is a multiple of the MSS less the timestamp.
    ("response", f"4:54:0:1300:25760,7:mss,sok,{NOPS},nop,ws:df:0", "Linux 3.11-4.19"),
    # A scale, SACK, both; with the IP ID 0. Padding; Multipath TCP.
    ("request", "4:120:0:1260:64800,0:mss,nop,nop,nop,nop,nop,nop,sok:df,id+:0", "Windows"),
    ("request", "4:120:0:1260:64800,0:mss,nop,nop,nop,nop,nop,nop,sok:df:0", "Windows"),
    ("request", "4:120:0:1260:64800,8:mss,nop,ws,nop,nop,nop,nop:df,id+:0", "Windows Vista or newer"),
    (
        "request",
        "4:60:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,nop,nop:df:0",
        "macOS 10.14 or newer / iOS 13 or newer",
    ),
    (
        "request",
        f"4:60:0:1260:65535,3:mss,nop,ws,nop,nop,{NOPS},nop,nop,ts,sok,eol+1:df,id+:0",
        "macOS or iOS",
    ),
]


@pytest.mark.parametrize(("direction", "text", "label"), ERASED)
def test_options_that_became_nops_are_put_back(direction: str, text: str, label: str) -> None:
    seen = named(direction, text)
    assert seen.match is not None
    assert str(seen.match) == label
    assert seen.match.fuzzy
    assert {"fuzzy", "erased_options"} <= set(seen.params)
    assert seen.match.family is not None
    assert "options were overwritten with NOPs on the way" in seen.match.evidence
    assert seen.signature.olayout == text.split(":")[5]


@pytest.mark.parametrize(
    "layout",
    [
        "mss,nop,sok,nop,nop,nop,nop,nop,nop,nop,nop,nop,ws,nop",  # nine NOPs are no timestamp
        "mss,nop,nop,nop,nop,nop,sok,nop",  # nor are five a scale with its padding, where SACK has moved
        "nop,nop,mss,nop,nop,nop,nop,sok",  # the MSS has moved
        "mss,nop,nop,nop,nop,nop,nop,nop,nop",  # too little is left for a guess
        f"mss,sok,ts,{NOPS},ws,nop,nop,nop",  # there is a timestamp
        f"sok,ws,{NOPS},mss,nop",  # nobody's order
    ],
)
def test_other_padding_stands_for_nothing(layout: str) -> None:
    assert named("request", f"4:60:0:1460:64240,7:{layout}:df,id+:0").match is None


LINES = """classes = unix
[tcp:request]
label = s:unix:A:1
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
label = s:unix:B:1
sig = *:64:0:*:8192,0:mss:df,id+:0
sig = *:64:0:*:8192,0:mss,nop,nop,nop,nop:df,id+:0
sig = *:64:0:*:8192,0:mss,nop,nop,sok:df,id+:0
"""


def test_nothing_is_put_back_at_another_ttl() -> None:
    """A signature of TTL 128 explains no packet of 255 that was changed besides, nor one of 64."""
    for ttl in (64, 255):
        assert named("request", f"4:{ttl}:0:1260:64800,8:mss,nop,ws,nop,nop,nop,nop:df,id+:0").match is None


def test_all_layouts_that_may_have_been_there_are_candidates() -> None:
    """Three NOPs may have been a scale, two of them SACK."""
    db = hg.Database.compile(
        text=f"""{RULES}
classes = unix
[tcp:request]
label = s:unix:A:1
sig = *:64:0:*:*,*:mss,nop,ws,ts,nop,nop:df,id+:0
label = s:unix:B:1
sig = *:64:0:*:*,*:mss,sok,nop,nop,ts,nop,nop:df,id+:0
label = s:unix:C:1
sig = *:128:0:*:*,*:mss,sok,nop,nop,ts,sok:df,id+:0
"""
    )
    match = named("request", "4:60:0:1460:64240,0:mss,nop,nop,nop,nop,ts,nop,nop:df,id+:0", db).match
    assert match is not None
    assert (match.family, [str(one) for one in match.candidates]) == ("A or B", ["B 1"])


def test_a_fuzzy_match_is_not_doubted_for_signatures_of_another_ttl() -> None:
    """Windows with the IP ID 0 has the options of FreeBSD, but not its TTL."""
    match = named("request", "4:128:0:1260:64240,8:mss,nop,ws,sok,ts:df:0").match
    assert match is not None
    assert (match.fuzzy, match.family) == (True, "Windows")


@pytest.mark.parametrize("text", [LINES, f"{RULES}\n{LINES}"], ids=["p0f", "beyond"])
def test_files_that_do_not_ask_have_the_rules_of_p0f(text: str) -> None:
    db = hg.Database.compile(text=text)
    beyond = text.startswith(RULES)
    erased = named("request", f"4:60:0:1460:64240,7:mss,sok,{NOPS},nop,ws:df,id+:0", db)
    assert (erased.match is not None) is beyond
    for layout in ("mss", "mss,nop,nop,nop,nop"):
        far = named("request", f"4:20:0:1460:8192,0:{layout}:df,id+:0", db)
        above = named("request", f"4:100:0:1460:8192,0:{layout}:df,id+:0", db)
        assert [one.match is None for one in (far, above)] == [beyond, beyond]
        no_df = named("request", f"4:60:0:1460:8192,0:{layout}::0", db)
        assert no_df.match is not None
        assert no_df.match.fuzzy
    more = named("request", "4:100:0:1460:8192,0:mss,nop,nop,sok:df,id+:0", db)
    assert more.match is not None
    assert more.match.fuzzy


def test_what_is_put_back_has_a_name_wherever_names_are_asked_for(tmp_path: Path) -> None:
    """`unknown` asks the database on its own: there must be no packet that only one of them names."""
    nobody = spelled("request", "4:60:0:1460:777,3:ws,mss,eol+0:df:0")
    packets = [spelled(direction, text) for direction, text, _ in ERASED]
    for number, data in enumerate((*packets, nobody)):
        (tmp_path / f"{number}.pcap").write_bytes(pcap([(0, data)]))
    assert [one.raw.split(":")[4] for one in unknown(tmp_path)] == ["777,3"]


def test_the_default_database_asks() -> None:
    assert named("request", "4:129:0:1460:8192,0:mss:df,id+:0").match is None

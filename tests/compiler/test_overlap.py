"""Whether two signatures can match one packet: against packets, and by examples."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huginn_workbench.overlap import COMMON_MSS, USUAL_HOPS, overlap
from sigcompiler.model import TcpSignature, Window
from sigcompiler.reading.parser import parse_text
from sigcompiler.shadowing import certain_multiple
from sigcompiler.vocabulary import WindowKind
from tests.compiler.strategies import similar_signatures
from tests.compiler.test_lint_property import packet_of
from tests.reference.matcher import Fit, fit


def read(text: str) -> TcpSignature:
    model, _ = parse_text(f"classes = x\n[tcp:request]\nlabel = s:x:A:\nsig = {text}\n")
    return model.tcp[0]


@settings(max_examples=300, deadline=None)
@given(similar_signatures(), similar_signatures(), st.data())
def test_signatures_that_match_one_packet_overlap(
    one: TcpSignature, other: TcpSignature, data: st.DataObject
) -> None:
    other = replace(
        other, options=one.options, quirks=one.quirks, direction=one.direction, version=one.version
    )
    assert overlap(one, other) == overlap(other, one)
    packet = packet_of(one, data)
    both = fit(one, packet) is fit(other, packet) is Fit.EXACT
    near = all(item.unreliable_ttl or item.ittl - packet.ttl <= USUAL_HOPS for item in (one, other))
    literal = Window(WindowKind.LITERAL, packet.window)
    certain = certain_multiple(replace(one, mss=packet.mss, window=literal), packet.version)
    if both and near and certain is not None and packet.mss in COMMON_MSS:
        assert overlap(one, other)


LINUX = "*:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (LINUX, LINUX, True),
        (LINUX, "4:64:0:1460:64240,7:mss,sok,ts,nop,ws:df,id+:0", True),
        (LINUX, "4:64:0:*:64240,*:mss,sok,ts,nop,ws:df,id+:*", True),
        (LINUX, "6:64:0:*:*,7:mss,sok,ts,nop,ws:flow:0", True),
        (LINUX, "*:60:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0", True),
        (LINUX, "*:96:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0", False),
        (LINUX, "*:96-:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0", True),
        (LINUX, "*:64:0:*:65535,7:mss,sok,ts,nop,ws:df,id+,flow:0", False),
        (LINUX, "*:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,id+,flow:0", False),
        (LINUX, "*:64:0:*:mtu*44,7:mss,sok,ts,nop,ws:df,id+,flow:0", False),
        (LINUX, "*:64:0:*:mss*44,8:mss,sok,ts,nop,ws:df,id+,flow:0", False),
        (LINUX, "*:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:+", False),
        (LINUX, "*:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,ecn,flow:0", False),
        (LINUX, "*:64:4:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0", False),
        (LINUX, "*:64:0:*:mss*44,7:mss,sok,ts,nop,nop,ws:df,id+,flow:0", False),
        ("4:64:0:*:*,*:mss:df:0", "6:64:0:*:*,*:mss::0", False),
        ("*:64:0:*:*,*:mss:df:0", "6:64:0:*:*,*:mss::0", True),
        ("4:64:0:1460:*,0:mss::0", "4:64:0:1400:*,0:mss::0", False),
        ("4:64:0:*:%8192,0:mss::0", "4:64:0:*:16384,0:mss::0", True),
        ("4:64:0:*:%8192,0:mss::0", "4:64:0:*:16385,0:mss::0", False),
        ("4:64:0:*:%8192,0:mss::0", "4:64:0:*:%1000,0:mss::0", True),
    ],
)
def test_examples(one: str, other: str, expected: bool) -> None:
    assert overlap(read(one), read(other)) is expected
    assert overlap(read(other), read(one)) is expected

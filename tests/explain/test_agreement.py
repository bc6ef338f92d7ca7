"""Random packets and signatures: explanations against the match and against the plain reference."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi.explain import Explanation, NearSignature
from huginn_cffi.run.observations import Match
from sigcompiler.model import TcpSignature
from sigcompiler.reading.parser import parse_text
from tests.reference.matcher import Fit, _fit_quirks, _fit_ttl, _fit_window, fit
from tests.reference.packet import Observation, read_frame
from tests.support.explained import of_packet
from tests.support.traffic import random_packet

ALL = 1000
OUTCOMES = {"exact": Fit.EXACT, "tolerated": Fit.FUZZY, "differs": Fit.NO}
FITS = {"exact": Fit.EXACT, "fuzzy": Fit.FUZZY, "no": Fit.NO}
Part = hg.SynObservation | hg.SynAckObservation


class RandomHandshakes:
    """Random handshake packets and signatures near them, as both implementations read them."""

    def __init__(self, random: Random) -> None:
        packets = [random_packet(random) for _ in range(12)]
        printed = {"request": ["4:64:0:*:*,*:mss::0"], "response": ["4:64:0:*:*,*:mss::0"]}
        for alone in (hg.fingerprint(data, None) for data in packets):
            if alone.syn is not None:
                printed["request"].append(str(alone.syn.signature))
            if alone.syn_ack is not None:
                printed["response"].append(str(alone.syn_ack.signature))
        text = signatures_near(random, printed)
        self.database = hg.Database.compile(text=text)
        self.signatures = {item.place.line: item for item in parse_text(text)[0].tcp}
        self.packets: list[tuple[Part, Observation]] = []
        for data in packets:
            result = hg.fingerprint(data, self.database)
            part = result.syn or result.syn_ack
            seen = read_frame(101, data)
            if part is not None and isinstance(seen, Observation):
                self.packets.append((part, seen))


def signatures_near(random: Random, printed: dict[str, list[str]]) -> str:
    """A database of packets' own signatures, each with a few fields changed."""
    lines = ["classes = unix"]
    for direction, known in printed.items():
        lines.append(f"[tcp:{direction}]")
        for number in range(12):
            kind = random.choice(("s:unix", "s:unix", "g:unix", "s:!"))
            lines.append(f"label = {kind}:{direction} {number}:")
            lines += ["sys = @unix"] if kind == "s:!" else []
            lines.append(f"sig = {changed(random, random.choice(known))}")
    return "\n".join(lines) + "\n"


def changed(random: Random, printed: str) -> str:
    version, ttl, olen, mss, window, layout, quirks, payload = printed.split(":")
    _, wscale = window.split(",")
    own = set(quirks.split(",")) - {""}
    for quirk in random.choice(((), (), ("id+",), ("ecn",), ("seq-",), ("df", "id+"))):
        own ^= {quirk} if version == "4" or quirk in ("ecn", "seq-") else set()
    return ":".join(
        (
            random.choice((version, version, "*")),
            random.choice((ttl.replace("+?", ""), ttl.replace("+?", ""), "64", "255-", "30")),
            random.choice((olen, olen, olen, "4" if version == "4" else "0")),
            random.choice((mss, "*", "1460")),
            random.choice((window, f"*,{wscale}", "*,*", "%8192,*", "29200,*", "mss*4,7")),
            random.choice((layout, layout, layout, "mss", "mss,nop")),
            ",".join(sorted(own)),
            random.choice((payload, "*")),
        )
    )


def outcome(near: NearSignature, field: str) -> Fit:
    return OUTCOMES[next(item.outcome for item in near.fields if item.field == field)]


def as_fits(found: bool) -> Fit:
    return Fit.EXACT if found else Fit.NO


def worst(near: NearSignature) -> Fit:
    return min((OUTCOMES[item.outcome] for item in near.fields), key=lambda how: how.value)


def expected_fit(signature: TcpSignature, seen: Observation) -> Fit:
    """A tool's signature never matches fuzzily."""
    how = fit(signature, seen)
    return Fit.NO if how == Fit.FUZZY and signature.label.userland else how


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_answer_is_the_match_and_the_first_of_the_ranking(random: Random) -> None:
    case = RandomHandshakes(random)
    for part, _ in case.packets:
        found = case.database.explain(part, limit=3)
        assert found.match == part.match
        assert str(found.observed["signature"]) == str(part.signature)
        first = found.nearest[0]
        if part.match is None:
            assert {near.fit for near in found.nearest} == {"no"}
            assert found.reason.startswith(("of the ", "the one ", "none of the ", "only a tool"))
        else:
            assert (first.file, first.line) == (part.match.file, part.match.line)
            assert first.fit == ("fuzzy" if part.match.fuzzy else "exact")


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_outcomes_are_those_of_the_plain_matcher(random: Random) -> None:
    case = RandomHandshakes(random)
    for part, seen in case.packets:
        found = case.database.explain(part, limit=ALL)
        of_direction = [item for item in case.signatures.values() if item.direction == seen.direction]
        assert sorted(near.line for near in found.nearest) == [item.place.line for item in of_direction]
        for near in found.nearest:
            signature = case.signatures[near.line]
            assert near.signature == signature.text
            assert FITS[near.fit] == expected_fit(signature, seen)
            assert worst(near) == fit(signature, seen)
            assert outcome(near, "quirks") == _fit_quirks(signature, seen)
            assert outcome(near, "ittl") == _fit_ttl(signature, seen)
            assert outcome(near, "window") == as_fits(_fit_window(signature, seen, 0))
            assert outcome(near, "version") == as_fits(signature.version in (None, seen.version))
            assert outcome(near, "olen") == as_fits(signature.olen == seen.olen)
            assert outcome(near, "mss") == as_fits(signature.mss in (None, seen.mss))
            assert outcome(near, "wscale") == as_fits(signature.wscale in (None, seen.wscale))
            layout = (signature.options, signature.eol_pad) == (seen.options, seen.eol_pad)
            assert outcome(near, "olayout") == as_fits(layout)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_the_ranking(random: Random) -> None:
    """Exact specific, exact generic, fuzzy, each by line; then by distance, specific first, by line."""
    case = RandomHandshakes(random)
    for part, _ in case.packets:
        found = case.database.explain(part, limit=ALL)
        assert [near.line for near in found.nearest] == [
            near.line for near in sorted(found.nearest, key=place_in_ranking)
        ]
        assert found == case.database.explain(part, limit=ALL)
        assert found.nearest[:4] == case.database.explain(part, limit=4).nearest


def place_in_ranking(near: NearSignature) -> tuple[float | int, ...]:
    if near.fit == "exact":
        return (0, near.kind == "generic", near.line)
    if near.fit == "fuzzy":
        return (1, near.line)
    return (2, near.distance, near.kind == "generic", near.line)


def test_random_cases_meet_every_kind_of_fit() -> None:
    """The tests above would pass on cases that never match."""
    cases = [RandomHandshakes(Random(seed)) for seed in range(30)]
    found = [case.database.explain(part, limit=ALL) for case in cases for part, _ in case.packets]
    assert {near.fit for item in found for near in item.nearest} == {"exact", "fuzzy", "no"}
    assert {item.observed["direction"] for item in found} == {"request", "response"}
    assert any(near.fit == "no" and worst(near) == Fit.FUZZY for item in found for near in item.nearest)


def explain(signatures: str, packet: str) -> Explanation[Match]:
    text = f"classes = unix\n[tcp:request]\nlabel = s:unix:A:1\n{signatures}"
    return of_packet(hg.Database.compile(text=text), packet)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("4:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,ts1-:0", "4:64:0:*:*,*:mss,sok,nop,ws:df,id+:0"),
        ("4:64:0:*:*,*:mss,sok,ts,ws:df,id+:0", "4:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,seq-:0"),
        ("4:64:0:*:mss*21,7:mss,sok,ts,nop,ws:df,id+:0", "4:64:0:*:mss*40,7:mss,sok,ts,nop,ws:df,id+:0"),
        ("4:64:0:*:*,8:mss,sok,ts,nop,ws:df,id+:0", "4:64:0:*:*,2:mss,sok,ts,nop,ws:df,id+:0"),
        ("4:64:0:1452:*,*:mss,sok,ts,nop,ws:df,id+:0", "4:64:0:536:*,*:mss,sok,ts,nop,ws:df,id+:0"),
        ("4:64:0:*:*,*:mss,sok,ts,nop,nop,ws:df,id+:0", "4:64:0:*:*,*:mss,sok,nop,ws:df,id+:0"),
        ("4:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,ts1-:0", "4:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,ts1-,seq-:0"),
    ],
)
def test_an_analyst_would_call_it_nearer(nearer: str, farther: str) -> None:
    packet = "4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
    found = explain(f"sig = {farther}\nsig = {nearer}\n", packet)
    assert [near.signature for near in found.nearest] == [nearer, farther]
    assert found.nearest[0].distance < found.nearest[1].distance

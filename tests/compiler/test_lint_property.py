"""What lint says of random signatures, against packets and against the definition spelt out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Address

from hypothesis import given, settings
from hypothesis import strategies as st

from sigcompiler.collector import Collector
from sigcompiler.lint import lint
from sigcompiler.model import SignatureFile, TcpSignature
from sigcompiler.vocabulary import (
    IPV4_ONLY_QUIRKS,
    IPV6_ONLY_QUIRKS,
    Direction,
    OptionKind,
    PayloadClass,
    Quirk,
    WindowKind,
)
from tests.compiler.strategies import LAYOUTS, numbered, similar_signatures
from tests.reference.matcher import find_match
from tests.reference.packet import Observation
from tests.support.signatures import BASE

COVERED = {"W030", "W031", "W033"}


def findings(signatures: list[TcpSignature]) -> dict[int, tuple[str, str]]:
    """Code and message by line."""
    collector = Collector()
    lint(SignatureFile(tcp=signatures), collector)
    found = collector.finish()
    assert len({item.line for item in found}) == len(found)
    return {item.line: (item.code, item.message) for item in found}


EMPTY = Observation(
    version=4,
    source=IPv4Address("1.2.3.4"),
    destination=IPv4Address("4.3.2.1"),
    sport=1,
    dport=2,
    ttl=64,
    tos=0,
    olen=0,
    flags=0x02,
    seq=1,
    ack=0,
    window=0,
    mss=0,
    wscale=0,
    ts1=0,
    ts2=0,
    options=(),
    eol_pad=0,
    quirks=Quirk(0),
    payload=0,
    headers=40,
)


def packet_of(signature: TcpSignature, data: st.DataObject) -> Observation:
    """A packet that the signature mostly matches."""

    def choose(*values: int) -> int:
        return data.draw(st.sampled_from(values))

    version = signature.version or choose(4, 6)
    quirks = signature.quirks & ~(IPV6_ONLY_QUIRKS if version == 4 else IPV4_ONLY_QUIRKS)
    mss = choose(99, 1400, 1428, 1460) if signature.mss is None else signature.mss
    lowest = 0 if signature.unreliable_ttl else max(0, signature.ittl - 35)
    payloads = {PayloadClass.NONE: (0,), PayloadClass.SOME: (9,), PayloadClass.ANY: (0, 9)}
    return replace(
        EMPTY,
        version=version,
        ttl=choose(lowest, signature.ittl, (lowest + signature.ittl) // 2, signature.ittl + 1),
        flags=0x12 if signature.direction == Direction.RESPONSE else 0x02,
        window=window_of(signature, mss, choose) % 65536,
        mss=mss,
        wscale=choose(0, 7) if signature.wscale is None else signature.wscale,
        ts1=7 if OptionKind.TS in signature.options and not quirks & Quirk.TS1_MINUS else 0,
        options=signature.options,
        quirks=quirks ^ Quirk(choose(0, 0, Quirk.ECN)),
        payload=choose(*payloads[signature.payload]),
        headers=(40 if version == 4 else 60) + LAYOUTS[signature.options],
    )


def window_of(signature: TcpSignature, mss: int, choose: Callable[..., int]) -> int:
    value = signature.window.value
    if signature.window.kind == WindowKind.ANY:
        return choose(0, 3000, 5760, 5792, 5840, 8192, 12345, 13880)
    if signature.window.kind == WindowKind.MSS:
        return value * mss
    if signature.window.kind == WindowKind.MTU:
        return value * (mss + 40)
    return value * choose(0, 1, 2) if signature.window.kind == WindowKind.MODULO else value


@settings(max_examples=600, deadline=None)
@given(st.lists(similar_signatures(), min_size=2, max_size=8), st.data())
def test_a_covered_signature_never_wins(signatures: list[TcpSignature], data: st.DataObject) -> None:
    signatures = numbered(signatures)
    found = findings(signatures)
    for line, (code, message) in found.items():
        seen = packet_of(signatures[line - 1], data)
        match = find_match(signatures, seen, data.draw(st.sampled_from((0, 1400))))
        if code in COVERED and match is not None and match.signature.place.line == line:
            assert match.fuzzy
            assert "fuzzily" in message


def covers(earlier: TcpSignature, later: TcpSignature, version: int) -> bool:
    """Whether ``earlier`` exactly matches all that ``later`` does over one IP version.

    Multiples of the MSS that a literal window amounts to are left out.
    """
    hidden = IPV6_ONLY_QUIRKS if version == 4 else IPV4_ONLY_QUIRKS
    own, other = earlier.window, later.window
    modulo = own.kind == WindowKind.MODULO and other.kind in (WindowKind.LITERAL, WindowKind.MODULO)
    low = [0 if item.unreliable_ttl else max(0, item.ittl - 35) for item in (earlier, later)]
    return (
        earlier.version in (None, version)
        and earlier.direction == later.direction
        and (earlier.options, earlier.eol_pad, earlier.olen) == (later.options, later.eol_pad, later.olen)
        and earlier.quirks & ~hidden == later.quirks & ~hidden
        and earlier.mss in (None, later.mss)
        and earlier.wscale in (None, later.wscale)
        and earlier.payload in (PayloadClass.ANY, later.payload)
        and (own.kind == WindowKind.ANY or own == other or (modulo and other.value % own.value == 0))
        and low[0] <= low[1]
        and later.ittl <= earlier.ittl
    )


@settings(max_examples=600, deadline=None)
@given(st.lists(similar_signatures(), min_size=2, max_size=8))
def test_every_covered_signature_is_reported(signatures: list[TcpSignature]) -> None:
    signatures = numbered(signatures)
    found = findings(signatures)
    for index, later in enumerate(signatures):
        rivals = [
            earlier
            for position, earlier in enumerate(signatures)
            if (position < index or (later.label.generic and not earlier.label.generic))
            and (later.label.generic or not earlier.label.generic)
            and position != index
        ]
        versions = (4, 6) if later.version is None else (later.version,)
        if all(any(covers(rival, later, version) for rival in rivals) for version in versions):
            earlier_ones = [rival for rival in rivals if rival.place.line < later.place.line]
            wholly = all(any(covers(rival, later, v) for rival in earlier_ones) for v in versions)
            specific = all(
                any(covers(rival, later, v) for rival in rivals if not rival.label.generic) for v in versions
            )
            if wholly or specific:
                assert found[index + 1][0] in COVERED


@given(similar_signatures(), st.integers(2, 30))
def test_each_repetition_is_reported_once(signature: TcpSignature, count: int) -> None:
    found = findings(numbered([signature] * count))
    assert set(found) == set(range(2, count + 1))
    assert {code for code, _ in found.values()} == {"W031"}


def test_places_of_other_files_are_named() -> None:
    first, second = numbered([BASE, BASE])
    second = replace(second, place=replace(second.place, file="other.fp"))
    [(_, message)] = findings([first, second]).values()
    assert "covered by made.fp:1" in message

"""Family, confidence and evidence of a match."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

import huginn_cffi as hg
from huginn_cffi.run.answers import Basis
from huginn_cffi.run.results import Match
from huginn_workbench.core import confidence_of, with_confidence
from huginn_workbench.evaluation.answers import Answered, PacketAnswer
from huginn_workbench.evaluation.calibration import (
    calibration_error,
    curve,
    fit,
    looked_up,
    standing,
    table_text,
    without_own_source,
)
from huginn_workbench.evaluation.judging import JudgedHost, judge_hosts
from huginn_workbench.evaluation.labels import LabelledPacket
from sigcompiler.claims.confidence import BASES, NEW_FAMILY, Confidence
from sigcompiler.claims.sources import Weight, is_last_resort, weight
from tests.support.core import CONFIDENCE
from tests.support.packets import Ip4, Ip6, Tcp, packet
from tests.workbench.evaluation.build import APPLE, LINUX, SERVER, WINDOWS
from tests.workbench.evaluation.steps import missed_steps, wilson

DEFAULT = hg.Database.load_default()
IP = Ip4(source="10.0.0.1", destination=SERVER, ttl=60)


def match(tcp: Tcp, ip: Ip4 | Ip6 = IP, db: hg.Database | None = None) -> Match:
    syn = hg.fingerprint(packet(ip, tcp), db=db or hg.Database.load_default()).syn
    assert syn is not None
    assert syn.match is not None
    return syn.match


def confidence(found: Basis) -> float:
    return confidence_of(found, DEFAULT)[0]


def version_confidence(found: Basis) -> float | None:
    return confidence_of(found, DEFAULT)[1]


def signatures(*lines: str) -> hg.Database:
    return hg.Database.compile(text="\n".join(("classes = unix,win", "[tcp:request]", *lines, "")))


def test_an_exact_match() -> None:
    found = match(LINUX)
    assert found.family == "Linux"
    assert found.confidence == confidence(Basis("specific", 1, "high"))
    first, last = found.evidence
    assert first == "exact match of a specific signature"
    assert last.startswith("signature from kernel source and Linux 5.10 to 6.12 measured")


def test_two_families_are_both_named() -> None:
    found = match(APPLE, replace(IP, identification=0))
    assert found.family == "macOS or iOS"
    assert "macOS and iOS send the same" in found.evidence
    assert found.confidence == confidence(Basis("specific", 2, "high"))


def test_a_fuzzy_match_says_what_differs() -> None:
    no_df = match(WINDOWS, replace(IP, ttl=120, fragment=0))
    assert no_df.fuzzy
    assert no_df.evidence[:2] == ("fuzzy match of a specific signature", "DF is missing")
    zero = match(WINDOWS, replace(IP, ttl=120, identification=0))
    assert zero.evidence[1] == "the IP id is 0"
    far = match(WINDOWS, replace(IP, ttl=80))
    assert far.evidence[1] == "the TTL 80 is more than 35 hops below the initial 128"
    above = match(LINUX, replace(IP, ttl=120))
    assert above.evidence[1] == "the TTL 120 is above the initial 64"
    assert above.confidence == confidence(Basis("fuzzy", 1, "high")) < match(LINUX).confidence


def test_soft_quirks_that_are_more() -> None:
    database = signatures("label = s:unix:Linux:", "sig = *:54+10:0:*:*,*:mss,sok,ts,nop,ws:flow:0")
    ecn = match(LINUX, Ip6(source="2001:db8::1", destination="2001:db8::2", tos=2, flow_label=1), database)
    assert ecn.evidence == ("fuzzy match of a specific signature", "ECN is asked for", "no source is stated")
    # DF is nothing that IPv4 may add; an id of 0 without it is.
    zero = match(LINUX, replace(IP, fragment=0, identification=0), database)
    assert zero.evidence[1] == "the IP id is 0 without DF"


SAME = "sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0"
WIDE = "sig = *:64:0:*:*,7:mss,sok,ts,nop,ws:df,id+:0"
NARROW = "sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+:0"


def test_candidates_widen_the_family_and_three_name_none() -> None:
    two = signatures("label = s:unix:A:", NARROW, "label = s:unix:B:", WIDE)
    found = match(LINUX, db=two)
    assert (found.name, found.family) == ("A", "A or B")
    assert found.confidence == confidence(Basis("specific", 2, "unstated"))
    three = signatures("label = s:unix:A:", NARROW, "label = s:unix:B:", WIDE, "label = s:unix:C:", SAME)
    found = match(LINUX, db=three)
    assert (found.name, found.family, found.confidence) == ("A", None, 0.0)
    assert found.candidates == ("B", "C")
    assert "3 families fit as well: A, B, C" in found.evidence


def test_candidates_of_a_lesser_kind_do_not_widen() -> None:
    database = signatures("label = s:unix:A:", NARROW, "label = g:unix:B:", WIDE)
    assert match(LINUX, db=database).family == "A"


@pytest.mark.parametrize(
    ("provenance", "word"),
    [
        ("kernel source; high", "high"),
        ("a; b; medium", "medium"),
        ("seen once; low", "low"),
        ("highly doubtful", "unstated"),
        ("", "unstated"),
    ],
)
def test_weight(provenance: str, word: Weight) -> None:
    assert weight(provenance) == word
    named = signatures("label = g:unix:Linux:", f"; source: {provenance}", NARROW)
    assert match(LINUX, db=named)._answer().basis[:3] == ("generic", 1, word)
    fuzzy = match(LINUX, replace(IP, ttl=120), db=named)
    assert fuzzy._answer().basis[:3] == ("fuzzy", 1, word)


@pytest.mark.parametrize(
    ("provenance", "expected"),
    [("MSS fixed by a program; high", True), ("retransmission", True), ("prefixed; low", False), ("", False)],
)
def test_versions_as_a_last_resort(provenance: str, expected: bool) -> None:
    assert is_last_resort(provenance) == expected
    (one,) = signatures("label = s:unix:Linux:4", f"; source: {provenance}", NARROW).signatures
    assert one.last_resort == expected


def test_a_family_that_no_labelled_host_has_borne_out_claims_less() -> None:
    [proven, rare] = [Basis("specific", 1, "high", (name,)) for name in ("Linux", "Tru64")]
    assert confidence(proven) == confidence(Basis("specific", 1, "high"))
    assert confidence(rare) == pytest.approx(confidence(proven) * NEW_FAMILY)
    assert version_confidence(rare) == pytest.approx((version_confidence(proven) or 0) * NEW_FAMILY)
    both = Basis("specific", 2, "high", ("Linux", "gVisor"))
    assert confidence(both) == confidence(Basis("specific", 2, "high"))
    for line, source, names in (
        ("label = s:unix:Tru64:", "; source: pf.os; high", ("Tru64",)),
        ("label = s:!:NMap:", "; source: pf.os; high", ()),
        ("label = s:unix:Tru64:", "", ()),
    ):
        tools = ["sys = @unix"] if "!" in line else []
        found = match(LINUX, db=signatures(line, *tools, source, NARROW))
        assert found._answer().basis.names == names
    assert standing([*hosts("a", 3, 2), *hosts("b", 5, 5)]) == {"Linux": round(12 / 13, 3)}
    assert standing(hosts("a", 10, 10)) == {"Linux": 1.0}


def test_versions_have_a_confidence_of_their_own() -> None:
    found = match(LINUX)
    assert found.version_confidence == version_confidence(Basis("specific", 1, "high"))
    assert found.version_confidence != found.confidence
    assert version_confidence(Basis("specific", 3, "high")) is None
    unversioned = match(LINUX, db=signatures("label = s:unix:Linux:", "; source: lab; high", NARROW))
    assert unversioned.version_confidence is None
    assert unversioned._answer().version_share == version_confidence(Basis("specific", 1, "high"))


def every_basis() -> Iterator[Basis]:
    for manner in ("specific", "generic", "fuzzy"):
        for families in (1, 2):
            for word in ("unstated", "low", "medium", "high"):
                yield Basis(manner, families, word)  # type: ignore[arg-type]


def test_the_table_of_the_package_has_every_basis_and_its_command() -> None:
    content = json.loads(CONFIDENCE.read_text(encoding="utf-8"))
    assert content["command"].startswith("python -m huginn_cffi evaluate ")
    assert set(content["confidence"]) == {str(one) for one in every_basis()}
    assert all(0.5 < confidence(one) < 1 for one in every_basis())
    for one in every_basis():
        strong, weak = one._replace(weight="high"), one._replace(weight="low")
        assert confidence(weak) <= confidence(one) <= confidence(strong)
    assert confidence(Basis("specific", 3, "high")) == 0.0


def hosts(
    source: str, count: int, right: int, word: str = "high", manner: str = "specific"
) -> list[JudgedHost]:
    packets = [
        LabelledPacket(f"{source}__{number}.pcap", 1, "request", "10.0.0.1", "Linux", "")
        for number in range(count)
    ]
    found = Basis(manner, 1, word)  # type: ignore[arg-type]
    names = ("Linux" if number < right else "Windows" for number in range(count))
    answers = [PacketAnswer(name, (name,), (), frozenset((name,)), found) for name in names]
    return judge_hosts(map(Answered, packets, answers))[0]


def test_fit() -> None:
    cells = fit(hosts("a", 98, 89), hosts("b", 30, 30, "unstated"))
    # 89 of 98, and the manner: (89 + 1) / (98 + 2) = 0.9, counted like ten hosts.
    assert cells["specific 1 high"] == round((89 + 9) / 108, 3) == 0.907
    # Nothing seen: the manner's rate, less a twentieth for the medium weight.
    assert cells["specific 1 medium"] == 0.855
    # Thirty of thirty elsewhere, but never more than the strong weight claims.
    assert cells["specific 1 unstated"] == 0.907
    # A manner that was never seen begins at one half.
    assert cells["fuzzy 1 high"] == 0.5
    assert json.loads(table_text({"confidence": cells}, "command", 98)) == {
        "command": "command",
        "hosts": 98,
        "confidence": cells,
    }


def test_curve_and_error() -> None:
    cells = {**dict.fromkeys(BASES, 0.0), "specific 1 high": 0.9, "generic 1 high": 0.75}
    database = with_confidence(DEFAULT, Confidence(cells, {}, {})._asdict())
    found = [*hosts("a", 20, 19), *hosts("b", 10, 6, manner="generic")]
    points = curve(found, looked_up(database))
    assert [(point.low, point.high, point.hosts) for point in points] == [(0.7, 0.8, 10), (0.9, 0.95, 20)]
    assert [round(point.right, 2) for point in points] == [0.6, 0.95]
    assert calibration_error(points) == pytest.approx((10 * 0.15 + 20 * 0.05) / 30)
    assert calibration_error([]) == 0.0


def test_a_source_has_no_part_in_its_own_confidence() -> None:
    found = [*hosts("a", 20, 0), *hosts("b", 20, 20)]
    claimed = without_own_source(found)
    assert claimed(found[0]) == fit(hosts("b", 20, 20))["specific 1 high"] > 0.95
    assert claimed(found[-1]) == fit(hosts("a", 20, 0))["specific 1 high"] < 0.05


def test_steps() -> None:
    # Wilson's interval of 13 of 13 begins at 13 / (13 + 1.96²).
    assert abs(wilson(13, 13)[0] - 0.7719) < 1e-4
    assert missed_steps([(0.77, True)] * 13) == {70: (13, pytest.approx(0.77), 1.0)}
    assert missed_steps([(0.78, True)] * 13) == {}
    assert missed_steps([(0.96, True)] * 180 + [(0.96, False)] * 20) == {90: (200, pytest.approx(0.96), 0.9)}

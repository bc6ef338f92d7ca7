"""Answers against labels, on a corpus made for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huginn_cffi import Database
from huginn_workbench.evaluation.answers import Answered, PacketAnswer, answers, p0f_answer
from huginn_workbench.evaluation.judging import confusion, judge, judge_hosts, tally
from huginn_workbench.evaluation.labels import LabelledPacket, read_labels
from huginn_workbench.evaluation.run import Evaluation, EvaluationPlan, evaluate, rests_on_captures
from sigcompiler.claims.flavors import claims
from tests.workbench.evaluation.build import ROWS, capture, windows, write_corpus

MACOS = LabelledPacket("a__b.pcap", 1, "request", "10.0.0.1", "macOS", "10.15")


def refuse(error: Exception) -> None:
    raise error


def run(folder: Path, *, leave_out: bool = False) -> Evaluation:
    plan = EvaluationPlan(folder, folder / "labels.csv", folder / "oracle", [folder / "own.fp"], leave_out)
    return evaluate(plan, refuse)


def named(name: str, flavor: str, *candidates: str) -> PacketAnswer:
    families = tuple(name.split(" or "))
    return PacketAnswer(
        f"{name} {flavor}", families, claims(name, flavor), frozenset((*families, *candidates))
    )


@pytest.mark.parametrize(
    ("answer", "family", "generation", "among"),
    [
        (named("macOS", "10.14 or newer"), "right", "right", True),
        (named("macOS or iOS", "macOS 10.14 or newer / iOS 13 or newer"), "right", "right", True),
        (named("macOS or iOS", "macOS 10.4-10.6 / iOS 13 or newer"), "right", "contradicted", True),
        (named("macOS", ""), "right", "unnamed", True),
        (named("iOS", "13"), "near", "unnamed", False),
        (named("iOS", "13", "macOS"), "near", "unnamed", True),
        (named("Linux", "4.19 or newer"), "wrong", "contradicted", False),
        (named("FreeBSD", "", "macOS"), "wrong", "contradicted", True),
        (PacketAnswer("???"), "unknown", "unnamed", False),
        (PacketAnswer("Linux", (), (), frozenset(("Linux", "macOS", "iOS"))), "unknown", "unnamed", True),
    ],
)
def test_grades(answer: PacketAnswer, family: str, generation: str, among: bool) -> None:
    judged = judge(MACOS, answer)
    assert (judged.family, judged.generation, judged.among) == (family, generation, among)


def test_a_label_without_a_version_says_nothing_of_generations() -> None:
    judged = judge(replace(MACOS, version=""), named("Linux", "2.6"))
    assert (judged.family, judged.generation) == ("wrong", "unlabelled")


def test_a_host_counts_once_by_most_of_its_packets_and_the_worse_on_a_tie() -> None:
    right, wrong = named("macOS", "10.15"), named("Linux", "")

    def grades(*found: PacketAnswer | None) -> tuple[list[str], int]:
        packets = [Answered(replace(MACOS, frame=number), one) for number, one in enumerate(found, 1)]
        hosts, silent = judge_hosts(packets)
        return [host.judgement.family for host in hosts], len(silent)

    assert grades(right, right, wrong) == (["right"], 0)
    assert grades(right, wrong, wrong) == (["wrong"], 0)
    assert grades(right, wrong) == (["wrong"], 0)
    assert grades(right, None, None) == (["right"], 0)
    assert grades(None, None) == ([], 1)


def test_directions_and_captures_are_hosts_of_their_own() -> None:
    other = replace(MACOS, direction="response")
    third = replace(MACOS, file="a__c.pcap")
    hosts, _ = judge_hosts(Answered(packet, named("macOS", "")) for packet in (MACOS, other, third, MACOS))
    assert sorted(host.packets for host in hosts) == [1, 1, 2]


def test_answers_come_from_the_packets(made: Path) -> None:
    packets = [row for row in read_labels(made / "labels.csv") if not row.suspect]
    found = answers(made, packets, Database.compile(made / "own.fp"), refuse)
    assert [one.answer and one.answer.text for one in found] == [
        *("Linux 4.19 or newer", "Windows 7 or 8", "macOS 10.14 or newer", "???", "Linux 4.19 or newer"),
        *("Linux 3.11-4.19", None),
    ]
    first = found[0].answer
    assert first is not None
    assert str(first.basis) == "specific 1 high"
    assert first.rule == "*:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0  own.fp:6"


def test_whole_evaluation(made: Path) -> None:
    found = run(made)
    syn = tally(host for host in found.hosts if host.packet.direction == "request")
    assert (syn.hosts, syn.right, syn.near, syn.wrong, syn.unknown) == (5, 2, 1, 1, 1)
    assert (syn.versioned, syn.generation_right, syn.generation_contradicted) == (4, 2, 1)
    assert (syn.generation_unnamed, syn.among) == (1, 2)
    assert syn.share("right") == 40.0
    assert syn.share("generation_right") == 50.0
    answer = tally(host for host in found.hosts if host.packet.direction == "response")
    assert (answer.hosts, answer.right, answer.versioned, answer.generation_contradicted) == (1, 1, 1, 1)
    assert [str(packet) for packet in found.silent] == ["beta__two.pcap, packet 9, 10.0.0.9: Linux"]
    assert found.left_out == {}
    assert confusion(host for host in found.hosts if host.packet.family == "iOS") == {"iOS": {"macOS": 1}}


def test_refuted_labels_are_listed_with_the_reason(made: Path) -> None:
    found = {str(one.packet): (one.reason, one.counted) for one in run(made).refuted}
    assert found == {
        "beta__two.pcap, packet 1, 10.0.0.1: Windows 10/11": (
            "no TCP options, as no such system sends it; the capture was written by a program",
            False,
        ),
        "alpha__one.pcap, packet 5, 10.0.0.5: macOS 10.7": (
            "options in Linux's order (mss,sok,ts,nop,ws)",
            True,
        ),
    }


def test_p0f_beside_it(made: Path) -> None:
    hosts = run(made).oracle_hosts
    assert [(host.packet.ip, host.answer.text, host.judgement.family) for host in hosts] == [
        ("10.0.0.1", "Linux 2.2.x-3.x", "right"),
        ("10.0.0.2", "Windows 7 or 8", "right"),
        ("10.0.0.3", "Mac OS X", "near"),
        ("10.0.0.4", "???", "unknown"),
        ("10.0.0.5", "???", "unknown"),
        ("198.51.100.2", "???", "unknown"),
    ]
    assert [host.judgement.generation for host in hosts[:2]] == ["contradicted", "right"]


@pytest.mark.parametrize(
    ("text", "params", "claimed", "basis"),
    [
        ("Linux 3.11 and newer", "none", claims("Linux", "3.11 or newer"), "specific 1 unstated"),
        ("Linux 2.2.x-3.x (no timestamps)", "generic", claims("Linux", "2.2-3"), "generic 1 unstated"),
        ("Windows NT kernel 5.x", "generic fuzzy", claims("Windows", "2000, XP or 2003"), "fuzzy 1 unstated"),
        ("Windows NT kernel", "generic", claims("Windows", ""), "generic 1 unstated"),
        (
            "MacOS X 10.9 or newer (sometimes iPhone or iPad)",
            "tos:0x04",
            claims("macOS", "10.9 or newer"),
            "specific 1 unstated",
        ),
        ("NMap SYN scan", "random_ttl", claims("NMap SYN scan", ""), "specific 1 unstated"),
    ],
)
def test_words_of_p0f(text: str, params: str, claimed: object, basis: str) -> None:
    answer = p0f_answer(text, params)
    assert answer.claims == claimed
    assert str(answer.basis) == basis


def test_a_source_does_not_support_itself(made: Path) -> None:
    # Only alpha's host bears out the first Windows line; the second one, which then names it,
    # has no other witness either. The rule of the family stays, and says nothing of versions.
    found = run(made, leave_out=True)
    assert found.left_out == {"alpha": 2}
    by_ip = {host.packet.ip: host for host in found.hosts}
    assert by_ip["10.0.0.2"].answer.text == "Windows"
    assert by_ip["10.0.0.2"].judgement.generation == "unnamed"
    assert by_ip["10.0.0.1"].answer.text == "Linux 4.19 or newer"


def test_another_source_supports_it(tmp_path: Path) -> None:
    second = "beta__two.pcap,2,request,10.0.0.7,,,Windows,8/2012,,,2022,"
    found = run(write_corpus(tmp_path, (*ROWS, second)), leave_out=True)
    assert found.left_out == {}
    assert {host.answer.text for host in found.hosts if host.packet.family == "Windows"} == {"Windows 7 or 8"}


def test_a_wrongly_named_host_is_no_support(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, (*ROWS, "beta__two.pcap,2,request,10.0.0.7,,,Linux,,,,2022,"))
    assert run(folder, leave_out=True).left_out == {"alpha": 2}


@pytest.mark.parametrize(
    ("provenance", "alone"),
    [
        ("public captures 2020-2026, builds 15063 to 26200 (80 labelled hosts); high", True),
        ("loopback, public captures 2024 (1 labelled host); medium", True),
        ("seen from a cloud of MTU 9001; medium", True),
        ("stock p0f database 3.09b; public captures 2009-2011 (7 labelled hosts); high", False),
        ("kernel source and Linux 6.18 measured; public captures 2019-2026 (44 labelled hosts); high", False),
        ("option order of the family; medium", False),
        ("", False),
    ],
)
def test_what_rests_on_captures(provenance: str, alone: bool) -> None:
    assert rests_on_captures(provenance) is alone


def test_a_damaged_capture_is_told_and_what_precedes_counts(made: Path) -> None:
    (made / "beta__two.pcap").write_bytes(capture(windows(7), windows(8))[:-5])
    rows = [
        LabelledPacket("beta__two.pcap", frame, "request", f"10.0.0.{frame + 6}", "Windows", "")
        for frame in (1, 2)
    ]
    told: list[Exception] = []
    found = answers(made, rows, Database.compile(made / "own.fp"), told.append)
    assert [one.answer is not None for one in found] == [True, False]
    assert len(told) == 1
    assert "beta__two.pcap: truncated at record 2" in str(told[0])


def test_an_answer_has_what_its_packet_shows(tmp_path: Path) -> None:
    made = write_corpus(tmp_path)
    rows = read_labels(made / "labels.csv")
    found = [one for one in answers(made, rows, Database.compile(made / "own.fp"), refuse) if one.seen]
    assert len(found) == 7
    for one in found:
        assert one.connection is not None
        assert one.connection[1 + (one.packet.direction == "response")].startswith(f"{one.packet.ip}/")
        assert one.seen is not None
        assert (one.seen.ip_version, one.seen.distance) == (4, 0)
    assert {one.seen.ittl for one in found if one.seen is not None} == {64, 128}

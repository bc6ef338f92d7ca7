"""What counts in the benchmark: hosts, labels, grades."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from huginn_workbench.benchmark.adapters.huginn_net import read_output
from huginn_workbench.benchmark.adapters.p0f import read_log
from huginn_workbench.benchmark.captures import found_in
from huginn_workbench.benchmark.lists import (
    CaptureSource,
    HostLabel,
    LabelledHost,
    hosts_of,
    read_labels,
    read_sources,
)
from huginn_workbench.benchmark.run import AnswerRow, read_answers, write_answers
from huginn_workbench.benchmark.score import calibration, grade, graded, scores, wilson
from huginn_workbench.benchmark.tools import ToolAnswer, ToolMissingError, adapter_of
from huginn_workbench.evaluation.labels import LabelError


def source(capture: str = "a.pcap", digest: str = "1" * 64, repository: str = "org/one") -> CaptureSource:
    return CaptureSource(capture, repository, "", "a.pcap", digest, "", "MIT", "handshakes")


def label(host: str, field: str, value: str, capture: str = "a.pcap", **fields: str) -> HostLabel:
    settings = {
        "evidence": "banner",
        "certainty": "certain",
        "rules": "no",
        "handshake": "SYN",
        "year": "2020",
    }
    return HostLabel(capture, host, field, value, **(settings | fields))


def labelled(*labels: HostLabel) -> list[LabelledHost]:
    return hosts_of({"a.pcap": source()}, labels)[0]


def said(tool: str, *answers: ToolAnswer) -> list[AnswerRow]:
    return [AnswerRow(tool, "1", "a.pcap", answer) for answer in answers]


def grades(hosts: list[LabelledHost], rows: list[AnswerRow], view: str = "handshake") -> Iterator[str]:
    return (one.grade for one in graded(hosts, rows) if one.view == view)


HOST = "192.0.2.1"


@pytest.mark.parametrize(
    ("family", "version", "answer", "grades"),
    [
        ("Windows", "10/11", ("Windows", "10, 11, 2019, 2022 or 2025"), ("right", "right")),
        ("Windows", "7/2008R2", ("Windows", "10"), ("right", "wrong")),
        ("Windows", "7/2008R2", ("Windows", ""), ("right", "silent")),
        ("Windows", "7/2008R2", ("Linux", "3.11"), ("wrong", "wrong")),
        ("Windows", "7/2008R2", ("", ""), ("silent", "silent")),
        ("iOS", "12.1", ("macOS or iOS", "macOS 10.14 / iOS 12"), ("right", "right")),
        ("iOS", "12.1", ("macOS", "10.14"), ("near", "silent")),
        ("Android", "9", ("Linux", "4.9"), ("near", "silent")),
        ("Unix", "", ("Samba", "4.0"), ("right",)),  # runs on Unix alone
        ("Linux", "", ("Ubuntu", "20.04"), ("right",)),  # a distribution
        ("Linux", "", ("Android", "9"), ("near",)),
        ("device", "", ("Linux", "2.6"), ("right",)),
        ("device", "", ("Windows", "7"), ("wrong",)),
        ("RouterOS", "6.49", ("RouterOS", "6.49.2"), ("right", "right")),
        ("RouterOS", "6.49", ("RouterOS", "7.1"), ("right", "wrong")),
    ],
)
def test_grades_of_systems(
    family: str, version: str, answer: tuple[str, str], grades: tuple[str, ...]
) -> None:
    values = {"family": family} | ({"version": version} if version else {})
    host = LabelledHost(label(HOST, "family", family), values)
    given = ToolAnswer(HOST, "syn", *answer)
    assert tuple(grade(host, field, given) for field in values) == grades


def test_hosts_count_and_not_packets() -> None:
    """A thousand right answers about one host weigh as much as one wrong answer about another."""
    hosts = labelled(label(HOST, "family", "Linux"), label("192.0.2.2", "family", "Linux"))
    right, wrong = ToolAnswer(HOST, "syn", "Linux"), ToolAnswer("192.0.2.2", "syn", "Windows")
    rows = scores([*graded(hosts, said("x", *[right] * 1000, wrong))], {"a.pcap": source()})
    total = next(row for row in rows if (row.table, row.view) == ("total", "handshake"))
    assert (total.hosts, total.right, total.wrong) == (2, 1, 1)


def test_the_most_frequent_answer_counts_and_in_a_tie_the_worse_one() -> None:
    hosts = labelled(label(HOST, "family", "Linux"))
    right, wrong, nothing = (ToolAnswer(HOST, "syn", name) for name in ("Linux", "Windows", ""))
    assert [*grades(hosts, said("x", wrong, right, right))] == ["right"]
    assert [*grades(hosts, said("x", right, wrong))] == ["wrong"]
    assert [*grades(hosts, said("x", nothing, nothing, right))] == ["right"]
    assert [*grades(hosts, said("x", nothing))] == ["silent"]


def test_a_tool_that_names_everything_linux_gains_nothing_elsewhere() -> None:
    families = ("Linux", "Windows", "macOS", "iOS", "FreeBSD", "Android", "Cisco IOS")
    hosts = labelled(*(label(f"192.0.2.{n}", "family", name) for n, name in enumerate(families)))
    answers = [ToolAnswer(host.first.host, "syn", "Linux") for host in hosts]
    expected = ["right", "wrong", "wrong", "wrong", "wrong", "near", "wrong"]
    assert [*grades(hosts, said("x", *answers))] == expected


def test_a_tool_that_says_nothing_is_silent_for_each_host() -> None:
    hosts = labelled(label(HOST, "family", "Linux"), label(HOST, "version", "3.11"))
    assert [*grades(hosts, said("x", ToolAnswer("192.0.2.99", "syn")))] == ["silent", "silent"]


def test_contradicting_labels_do_not_count() -> None:
    found, problems = hosts_of(
        {"a.pcap": source()},
        [
            label(HOST, "family", "Linux"),
            label(HOST, "family", "Windows"),
            label("192.0.2.2", "family", "iOS"),
        ],
    )
    assert [one.first.host for one in found] == ["192.0.2.2"]
    assert problems == [f"a.pcap: {HOST}: family is both Linux and Windows; neither counts"]


def test_an_address_that_two_devices_had() -> None:
    """The MAC says which one is meant; by the address alone, the two labels contradict each other."""
    one, two = "00:00:5e:00:53:01", "00:00:5e:00:53:02"
    answers = said(
        "x",
        ToolAnswer(HOST, "host", type="printer", mac=one),
        ToolAnswer(HOST, "host", type="phone", mac=two),
    )
    both = labelled(label(one, "type", "printer"), label(two, "type", "phone"))
    assert [*grades(both, answers, "host")] == ["right", "right"]
    assert labelled(label(HOST, "type", "printer"), label(HOST, "type", "phone")) == []


def test_other_addresses_of_a_mac_belong_to_the_host() -> None:
    mac = "00:00:5e:00:53:01"
    answers = said(
        "x", ToolAnswer(HOST, "host", mac=mac), ToolAnswer("2001:db8::1", "host", type="printer", mac=mac)
    )
    assert [*grades(labelled(label(HOST, "type", "printer")), answers, "host")] == ["right"]


def test_a_capture_in_two_repositories_counts_once() -> None:
    both = {one.capture: one for one in (source(), source("b.pcap", repository="org/two"))}
    found, problems = hosts_of(
        both, [label(HOST, "family", "Linux"), label(HOST, "family", "Linux", capture="b.pcap")]
    )
    assert [one.key for one in found] == [("a.pcap", HOST)]
    assert problems == [f"b.pcap: the same capture as a.pcap; {HOST} counts once"]


def test_doubtful_labels_count_only_in_their_own_table() -> None:
    hosts = labelled(label(HOST, "family", "Linux", certainty="doubtful"))
    found = [*graded(hosts, said("x", ToolAnswer(HOST, "syn", "Linux", confidence="0.9")))]
    tables = {row.table for row in scores(found, {"a.pcap": source()})}
    assert tables == {"doubtful labels too", "certainty of the label"}
    assert [*calibration(found)] == []


def test_calibration_compares_stated_and_right_shares() -> None:
    hosts = labelled(*(label(f"192.0.2.{n}", "family", "Linux") for n in range(4)))
    answers = [
        ToolAnswer(f"192.0.2.{n}", "syn", "Linux" if n else "Windows", confidence="0.96") for n in range(4)
    ]
    (band,) = (one for one in calibration([*graded(hosts, said("x", *answers))]) if one.view == "handshake")
    assert (band.low, band.high, band.hosts, band.stated, band.right) == (0.95, 1.0, 4, 0.96, 0.75)


def test_the_interval_of_wilson() -> None:
    """Values of Newcombe 1998 (Statistics in Medicine 17, table I, method 3): 81 of 263, 0 of 20, 1 of 29."""
    for hits, of, low, high in ((81, 263, 25.53, 36.62), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)):
        assert wilson(hits, of) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))


def test_a_file_with_another_checksum_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pcap").write_bytes(b"other")
    wanted = source(digest=sha256(b"content").hexdigest())
    found, problems = found_in(tmp_path, [wanted, source("gone.pcap")])
    assert found == {}
    assert sha256(b"other").hexdigest() in problems[0]
    assert wanted.sha256 in problems[0]
    assert problems[1].startswith("gone.pcap: is not in ")
    (tmp_path / "a.pcap").write_bytes(b"content")
    assert found_in(tmp_path, [wanted])[0] == {"a.pcap": tmp_path / "a.pcap"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("a.pcap,192.0.2.1,colour,red,x,certain,no,,", "field must be family"),
        ("a.pcap,192.0.2.1,family,Linux,x,sure,no,,", "certainty must be certain"),
        ("b.pcap,192.0.2.1,family,Linux,x,certain,no,,", "capture must be"),
        ("a.pcap,192.0.2.1,family,,x,certain,no,,", "must not be empty"),
    ],
)
def test_bad_labels_are_refused_with_their_place(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(f"capture,host,field,value,evidence,certainty,rules,handshake,year\n{line}\n")
    with pytest.raises(LabelError, match=problem) as raised:
        read_labels({"a.pcap": source()}, path)
    assert f"{path}:2" in str(raised.value)


def test_the_lists_of_the_package() -> None:
    sources = read_sources()
    hosts, problems = hosts_of(sources, read_labels(sources))
    assert problems == []
    assert sum(host.first.certainty != "doubtful" for host in hosts) >= 600
    assert sum("type" in host.values for host in hosts) == 149
    assert {host.first.capture for host in hosts} == set(sources)


def test_answers_survive_the_file(tmp_path: Path) -> None:
    rows = said("x", ToolAnswer(HOST, "syn", "Linux", "3.11, or newer", confidence="0.9", mac="-"))
    write_answers(tmp_path / "answers.csv", rows)
    assert read_answers(tmp_path / "answers.csv") == rows


P0F_LOG = """\
[2026/11/29 12:00:00] mod=syn|cli=192.0.2.1/33416|srv=192.0.2.2/80|subj=cli|os=Windows NT kernel 6.x|dist=0
[2026/11/29 12:00:00] mod=mtu|cli=192.0.2.1/33416|srv=192.0.2.2/80|subj=cli|link=Ethernet|raw_mtu=1500
[2026/11/29 12:00:00] mod=syn+ack|cli=192.0.2.1/33416|srv=2001:db8:0:0:0:0:0:2/80|subj=srv|os=???|dist=0
[2026/11/29 12:00:00] mod=syn|cli=192.0.2.1/33417|srv=192.0.2.2/80|subj=cli|os=Linux 3.11 and newer|dist=0
"""

HUGINN_NET_OUTPUT = """\
[TCP SYN] 192.0.2.1:33416 → 192.0.2.2:80
OS:     Mac OS X/unix/10.9 or newer (sometimes iPhone or iPad)
Dist:   0

[TCP SYN+ACK] 2001:db8::2:80 → 192.0.2.1:33416
OS:     ???
Dist:   0

[TCP SYN] 192.0.2.1:33418 → 192.0.2.2:80
OS:     iOS/macOS/unix/??
Dist:   0

[TCP SYN] 192.0.2.1:33419 → 192.0.2.2:80
OS:     Linux/unix/Android
Dist:   0
"""


def test_recorded_output_of_the_tools() -> None:
    assert [answer[:4] for answer in read_log(P0F_LOG)] == [
        ("192.0.2.1", "syn", "Windows", "Vista or newer"),
        ("2001:db8::2", "syn+ack", "", ""),
        ("192.0.2.1", "syn", "Linux", "3.11 or newer"),
    ]
    assert [answer[:4] for answer in read_output(HUGINN_NET_OUTPUT)] == [
        ("192.0.2.1", "syn", "macOS", "10.9 or newer"),
        ("2001:db8::2", "syn+ack", "", ""),
        ("192.0.2.1", "syn", "macOS or iOS", ""),
        ("192.0.2.1", "syn", "Android", ""),
    ]


def test_an_unknown_tool_is_named() -> None:
    with pytest.raises(ToolMissingError, match="nonsense"):
        adapter_of("nonsense")

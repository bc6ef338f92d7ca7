"""Which names are of one stack, and what a label says about it."""

from __future__ import annotations

import pytest

from sigcompiler.reading.parser import parse_text
from sigcompiler.stacks import STACKS, class_stacks, label_stacks, stacks_of
from sigcompiler.table.build import build_table
from sigcompiler.table.layout import SECTION_BY_NAME


def agree(one: str, other: str) -> bool:
    return bool(stacks_of(one) & stacks_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Android", "Linux"),
        ("ChromeOS", "Linux"),
        ("Chrome OS", "Android or Linux"),
        ("iOS", "macOS"),
        ("iPadOS", "Mac OS X"),
        ("MacOS X", "macOS or iOS"),
        ("Xbox", "Windows"),
        ("Windows", "windows"),
        ("FreeBSD or macOS", "iOS"),
    ],
)
def test_systems_of_one_stack_agree(one: str, other: str) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Windows", "Linux"),
        ("iOS", "Android"),
        ("macOS", "FreeBSD"),
        ("OpenBSD", "NetBSD"),
        ("Linux", "BeOS"),
    ],
)
def test_others_do_not(one: str, other: str) -> None:
    assert not agree(one, other)


@pytest.mark.parametrize("name", ["", "my own box", "VMware NAT", "Linux or my own box", "lwIP"])
def test_a_name_of_no_known_stack_says_nothing(name: str) -> None:
    assert stacks_of(name) == 0


def test_stacks_fit_a_field_of_32_bits_and_share_no_name() -> None:
    names = [name.lower() for names in STACKS for name in names]
    assert len(names) == len(set(names))
    assert len(STACKS) <= 32


TEXT = """classes = win,unix,other
[tcp:request]
label = s:unix:Linux:3
sig = 4:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
label = s:!:Nmap:
sys = Linux
sig = 4:64:0:1460:1024,0:mss::0
label = s:unix:FreeBSD:
sig = 4:64:0:*:mss*21,7:mss,sok,ts,nop,ws:df,id+:0
label = s:unix:own:
sig = 4:64:0:*:mss*22,7:mss,sok,ts,nop,ws:df,id+:0
[http:request]
label = s:!:Internet Explorer:
sys = Windows
sig = 1:Host::MSIE
label = s:!:Firefox:
sys = @win,@unix
sig = 1:Host,Accept::Firefox
label = s:!:Gopher:
sys = @other,Windows
sig = 1:Accept::Gopher
[tls:client]
label = s:!:Safari:18
sys = macOS or iOS
sig = t13d2014h2_a09f3c656075_e42f34c56612
label = s:win:Windows:10
sig = t12d190800_d83cc789557e_7af1ed941c26
label = s:!:curl:
sys =
sig = t13d1516h2_8daaf6152771_d8a2da3f94cd
"""


def test_a_label_says_the_stack_of_its_sender() -> None:
    model, problems = parse_text(TEXT)
    assert not [problem for problem in problems if problem.severity == "error"]
    classes = class_stacks(model.labels)
    assert classes == {"@win": stacks_of("Windows"), "@unix": stacks_of("Linux or FreeBSD")}
    found = {label.name: label_stacks(label, classes) for label in model.labels}
    assert found == {
        "Linux": stacks_of("Linux"),
        "Nmap": 0,
        "Internet Explorer": stacks_of("Windows"),
        "FreeBSD": stacks_of("FreeBSD"),
        "own": 0,
        "Firefox": stacks_of("Windows or Linux or FreeBSD"),
        "Gopher": 0,
        "Safari": stacks_of("iOS"),
        "Windows": stacks_of("Windows"),
        "curl": 0,
    }
    records = build_table(model).records
    claim, stacks = (
        [field.name for field in SECTION_BY_NAME[section].fields].index(name)
        for section, name in (("labels", "claim"), ("claims", "stacks"))
    )
    assert [records["claims"][one[claim]][stacks] for one in records["labels"]] == list(found.values())

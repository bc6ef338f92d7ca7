"""Names of systems, and several versions as one flavor."""

from __future__ import annotations

import pytest

from huginn_workbench.learning.evidence import LabelledSystem, joined, labelled_system, system_of


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("Windows 11", LabelledSystem("Windows", "11")),
        ("Windows XP", LabelledSystem("Windows", "XP")),
        ("Windows 2008 R2", LabelledSystem("Windows", "2008 R2")),
        (" Linux  6.1-6.12 ", LabelledSystem("Linux", "6.1-6.12")),
        ("Linux", LabelledSystem("Linux")),
        ("FreeBSD 14 or newer", LabelledSystem("FreeBSD", "14 or newer")),
        ("DragonFly BSD 6.4", LabelledSystem("DragonFly BSD", "6.4")),
        ("s:unix:Linux:6.18", LabelledSystem("Linux", "6.18", "unix")),
        ("s:other:Nintendo 3DS:", LabelledSystem("Nintendo 3DS", "", "other")),
        (
            "s:unix:macOS or iOS:macOS 11 / iOS 14",
            LabelledSystem("macOS or iOS", "macOS 11 / iOS 14", "unix"),
        ),
    ],
)
def test_as_a_contributor_gives_them(text: str, system: LabelledSystem) -> None:
    assert system_of(text) == system


@pytest.mark.parametrize(
    ("family", "version", "system"),
    [
        ("Windows", "7/2008R2 (build 7601)", LabelledSystem("Windows", "7 or 2008 R2")),
        ("Linux", "kernel 6.8.0-41-generic", LabelledSystem("Linux", "6.8")),
        ("Linux", "Ubuntu 22.04", LabelledSystem("Linux", "5.15-6.8")),
        ("macOS", "Darwin 19", LabelledSystem("macOS", "10.15")),
        ("FreeBSD", "", LabelledSystem("FreeBSD")),
        ("Unix", "5.4", None),
        ("device", "", None),
        ("unknown", "beos", None),
        ("Fr\u00e9e", "1", None),
    ],
)
def test_as_labels_have_them(family: str, version: str, system: LabelledSystem | None) -> None:
    assert labelled_system(family, version) == system


@pytest.mark.parametrize(
    ("family", "flavors", "flavor"),
    [
        ("Linux", ["5.4", "", "6.1", "5.10"], "5.4-6.1"),
        ("Linux", ["5.4", "5.4"], "5.4"),
        ("Linux", ["", ""], ""),
        ("Windows", ["7 or 2008 R2", "10", "2016", "XP"], "XP, 7, 10, 2008 R2 or 2016"),
        ("Linux", ["5.15-6.8", "4.4-4.15"], "4.4-6.8"),
        ("macOS", ["10.15 or newer", "10.11"], "10.11 or newer"),
        ("macOS", ["10.11", "10.4 or older"], "10.11 or older"),
        ("Windows", ["11"], "11"),
        ("Windows", ["10 or newer", "10 or newer"], "10 or newer"),
        ("Pump", ["series B", "series A"], "series B or series A"),
    ],
)
def test_one_flavor_for_several(family: str, flavors: list[str], flavor: str) -> None:
    assert joined(family, flavors) == flavor

"""Reading labels: families, and the versions that a flavor names."""

from __future__ import annotations

import pytest

from huginn_cffi import Database
from huginn_workbench.wording import family_text
from sigcompiler.claims.flavors import claims, versions
from sigcompiler.claims.versions import NEWEST, version_range


def named(family: str, flavor: str, version: str) -> bool:
    found = version_range(family, version)
    assert found is not None
    return any(one.overlaps(found) for one in versions(family, flavor))


@pytest.mark.parametrize(
    ("family", "flavor", "inside", "outside"),
    [
        ("Linux", "3.11-4.19", ("3.11", "3.16.4", "4.9", "4.19.184", "4"), ("3.10", "4.20", "5.4", "2.6")),
        ("Linux", "2.6", ("2.6", "2.6.32", "2.6.38.8"), ("2.4", "3.0", "2.60")),
        ("Linux", "6.16 or newer", ("6.16", "6.18.44", "7.0"), ("6.15.9", "5.19")),
        ("Linux", "4.19 or newer with larger buffers, or 6.16 or newer", ("4.19", "7.0"), ("4.18", "3")),
        ("iOS", "10 or older", ("10", "10.2", "6"), ("11", "18.1")),
        ("macOS", "10.14 or newer", ("10.14", "10.15.7", "11", "26"), ("10.13.6",)),
        ("Windows", "11", ("11",), ("10", "2022")),
        ("Windows", "Vista, 7, 8, 2008, 2008 R2 or 2012", ("Vista", "2008 R2", "2012"), ("XP", "10")),
        ("Windows", "7 or newer", ("7", "2008 R2", "11", "2025"), ("2008", "Vista", "XP")),
        ("Windows", "XP-7", ("XP", "2003", "Vista", "2008", "7"), ("2000", "2008 R2")),
    ],
)
def test_versions(family: str, flavor: str, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    assert [version for version in inside if not named(family, flavor, version)] == []
    assert [version for version in outside if named(family, flavor, version)] == []


def test_claims_of_two_families() -> None:
    found = claims("macOS or iOS", "macOS 10.14 or newer / iOS 13 or newer")
    macos, ios = version_range("macOS", "10.14"), version_range("iOS", "13")
    assert macos is not None
    assert ios is not None
    assert found == (("macOS", ((macos.first, NEWEST),)), ("iOS", ((ios.first, NEWEST),)))
    assert claims("macOS or iOS", "") == (("macOS", ()), ("iOS", ()))


@pytest.mark.parametrize("flavor", ["3.x", "3.11 and newer", "NT kernel", "iPhone or iPad"])
def test_words_say_nothing_about_versions(flavor: str) -> None:
    assert claims("Linux", flavor) == (("Linux", ()),)


CONSOLES = {"PlayStation 4", "PlayStation 5"}
"""A model is a name and has no versions."""


def test_every_flavor_of_the_default_database_is_understood() -> None:
    labels = [one for one in Database.load_default().signatures if one.section.startswith("tcp")]
    silent = [
        label.label
        for label in labels
        if label.flavor and not label.userland
        if not all(one.versions or one.family in CONSOLES for one in claims(label.name, label.flavor))
    ]
    assert len(labels) > 50
    assert silent == []


def test_family_of_several_labels() -> None:
    assert family_text(("macOS",)) == "macOS"
    assert family_text(("macOS", "iOS")) == "macOS or iOS"
    assert family_text(("FreeBSD", "macOS", "iOS")) == "unknown"
    assert family_text(()) == "unknown"

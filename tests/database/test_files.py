"""What every file of the default database keeps to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import huginn_cffi as hg
from sigcompiler.model import Section, SignatureFile
from sigcompiler.reading.parser import parse_files
from tests.database.flavors import is_flavor
from tests.support.core import SIGNATURES

CONFIDENCE = re.compile(r".+; (high|medium|low)")


def test_files_are_found() -> None:
    assert [path.name for path in SIGNATURES] == [
        "10-windows.fp",
        "20-android.fp",
        "30-linux.fp",
        "40-apple.fp",
        "50-bsd.fp",
        "60-other-unix.fp",
        "70-devices.fp",
        "80-tools.fp",
        "85-families.fp",
        "87-segments.fp",
        "90-mtu.fp",
        "92-tls-clients.fp",
        "93-http-robots.fp",
        "94-http-clients.fp",
        "96-http-servers.fp",
        "97-calls.fp",
        "97-cards.fp",
        "97-devices.fp",
        "97-industrial.fp",
        "97-vendors.fp",
        "98-recog.fp",
        "99-banners.fp",
    ]


def test_no_diagnostics() -> None:
    _, found = parse_files(SIGNATURES)
    assert [str(diagnostic) for diagnostic in found] == []


@pytest.mark.parametrize("path", SIGNATURES, ids=lambda path: path.name)
def test_each_file_stands_alone(path: Path) -> None:
    model, found = parse_files([path])
    assert [str(diagnostic) for diagnostic in found] == []
    assert model.classes == ["win", "unix", "other"]


def test_every_signature_has_provenance(database: SignatureFile) -> None:
    sources = [(line.place, line.provenance) for line in database.tcp]
    sources += [(line.place, line.provenance) for line in database.mtu]
    sources += [(line.place, line.provenance) for line in database.tls]
    sources += [(line.place, line.provenance) for line in database.http]
    sources += [(line.place, line.provenance) for line in database.device]
    assert [str(place) for place, source in sources if not CONFIDENCE.fullmatch(source)] == []


def test_flavors_hold_versions_only(database: SignatureFile) -> None:
    systems = [label for label in database.labels if not label.userland]
    assert [label for label in systems if not is_flavor(label.name, label.flavor)] == []
    tools = [label for label in database.labels if label.userland and label.section < Section.HTTP_REQUEST]
    assert [label for label in tools if re.search(r"\d", label.flavor)] == []


def test_at_most_two_families_in_a_name(database: SignatureFile) -> None:
    assert [label for label in database.labels if label.name.count(" or ") > 1 and label.os_class] == []


def test_a_system_without_a_version_is_generic(database: SignatureFile) -> None:
    specific = [label for label in database.labels if label.os_class and not label.generic]
    systems = {"Windows", "Linux", "Android", "FreeBSD", "NetBSD", "Solaris", "macOS", "iOS"}
    assert {label.name for label in specific if not label.flavor} & systems == set()


def test_an_mtu_has_one_name(database: SignatureFile) -> None:
    values = [line.mtu for line in database.mtu]
    assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("name", "flavor", "expected"),
    [
        ("Windows", "", True),
        ("Windows", "10", True),
        ("Windows", "10 or 11", True),
        ("Windows", "7, 8 or 2008 R2", True),
        ("Windows", "Vista or newer", True),
        ("Linux", "3.11-4.19", True),
        ("Linux", "6.16 or newer", True),
        ("Linux", "4.19 or newer with larger buffers, or 6.16 or newer", True),
        ("FreeBSD or PlayStation 5", "FreeBSD 11 or newer / PlayStation 5", True),
        ("macOS or iOS", "macOS 10.14 or newer / iOS 13 or newer", True),
        ("macOS or iOS", "macOS 10.4-10.12 / iOS 10 or older", True),
        ("macOS or iOS", "10.14 or newer", False),
        ("macOS or iOS", "iOS 13 or newer / macOS 10.14 or newer", False),
        ("Windows", "7, 8", False),
        ("Windows", "10 / 11", False),
        ("Linux", "3.x", False),
        ("Linux", "4.20 (loopback)", False),
        ("Linux", "MTU 1500", False),
    ],
)
def test_grammar_of_flavors(name: str, flavor: str, expected: bool) -> None:
    assert is_flavor(name, flavor) is expected


def test_stated_sources_without_making_signatures() -> None:
    default = hg.Database.load_default()
    assert {*default._records.provenances(), ""} == {one.provenance for one in default.signatures} | {""}

"""The core names announcements as the meaning of patterns says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_workbench.core import explain_device
from sigcompiler.model import SignatureFile
from sigcompiler.patterns import PartKind, Pattern
from sigcompiler.reading.parser import parse_files, parse_text
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS, AnnouncementKind, DeviceField
from tests.devices.model import captured, leader

DEFAULT = Path(hg.__file__).parent / "data" / "97-devices.fp"
_PIECES = st.sampled_from(
    ["abc", "abd", "ABC", "x", "-", " ", "*", "?", "<model>", "<version>", "1.2", "abcdefgh", "é", "\\*"]
)
_TEXTS = st.lists(
    st.sampled_from(["abc", "abd", "ABC", "x", "-", " ", "1.2", "7", "abcdefgh", "é", "*", "/", "1.2."]),
    max_size=10,
).map("".join)


def compiled(*lines: str) -> tuple[hg.Database, SignatureFile]:
    """A database of these lines of ``[device]``."""
    text = "\n".join(["[device]", *lines])
    model, found = parse_text(text)
    assert not [one for one in found if one.severity == "error"], found
    return hg.Database.compile(text=text), model


def named(database: hg.Database, kind: AnnouncementKind, text: bytes) -> tuple[int, dict[DeviceField, bytes]]:
    """Number of the signature and values of the label."""
    values = ffi.new("hg_device_values *")
    number = lib.hg_database_match_device(database._handle, int(kind), text, len(text), values)
    read = {
        field: ffi.buffer(values.values[field], values.lengths[field])[:]
        for field in DeviceField
        if values.lengths[field]
    }
    return number, read


def _samples(pattern: Pattern) -> Iterator[bytes]:
    for hole in (b"7.1x", b"ab 12", b"", b"q/r"):
        yield b"".join(
            part.text
            if part.kind is PartKind.LITERAL
            else b"a" * part.number or hole
            if part.kind is PartKind.CHARACTERS
            else hole
            for part in pattern.parts
        )


@settings(max_examples=300)
@given(st.lists(st.lists(_PIECES, min_size=1, max_size=6).map("".join), min_size=1, max_size=12), _TEXTS)
def test_any_patterns(patterns: list[str], text: str) -> None:
    assume(not re.search("([0-9a-fA-F][^0-9a-zA-Z]*){12}", text))  # values end before what may be a MAC
    lines = []
    for number, pattern in enumerate(patterns):
        label = f"label = {'sg'[number % 3 == 0]}:plug:M{number}:::"
        _, found = parse_text(f"[device]\n{label}\nsig = name {pattern}")
        if not any(one.severity == "error" for one in found):
            lines += [label, f"sig = name {pattern}"]
    if not lines:
        return
    database, model = compiled(*lines)
    expected = leader(model, AnnouncementKind.NAME, text.encode())
    number, values = named(database, AnnouncementKind.NAME, text.encode())
    if expected is None:
        assert number == NO_SIGNATURE
        return
    assert number == expected[0]
    found = captured(expected[1].pattern, text.encode())
    assert found is not None
    assert values.get(DeviceField.MODEL) == found.get(DeviceField.MODEL)
    assert values.get(DeviceField.VERSION) == found.get(DeviceField.VERSION)
    assert values[DeviceField.TYPE] == b"plug"


def test_default_patterns_lead_for_their_own_texts() -> None:
    """Every pattern of the default database, with its wildcards filled in several ways."""
    model, _ = parse_files([str(DEFAULT)])
    database = hg.Database.compile(DEFAULT)
    for signature in model.device:
        for text in _samples(signature.pattern):
            expected = leader(model, signature.announcement, text)
            number, _ = named(database, signature.announcement, text)
            assert number == (NO_SIGNATURE if expected is None else expected[0]), (signature.text, text)


def test_values() -> None:
    database, _ = compiled(
        "label = s:voip-phone:Cisco:SPA<model>::",
        "; source: test; high",
        "sig = dhcp-class Cisco SPA<model>-<version>*",
    )
    found = explain_device(database, "dhcp-class", "CISCO spa504G-7.5. (x)")
    assert (found.type, found.manufacturer, found.model, found.version) == (
        "voip-phone",
        "Cisco",
        "SPA504G",
        "7.5",
    )
    assert found.system is None
    assert found.match is not None
    assert found.match.section == "device"
    assert found.match.provenance == "test; high"


def test_a_suffix_becomes_part_of_a_value() -> None:
    database, _ = compiled(
        "label = s:router:Maker:<model> v<suffix>:<system>-<suffix>:",
        "sig = server <system>/<version> UPnP/1.0 <model>/<suffix>.0",
    )
    found = explain_device(database, "server", "os/7.0 UPnP/1.0 TL-W8/12.0")
    assert (found.model, found.system, found.version) == ("TL-W8 v12", "os-12", "7.0")


def test_values_have_room_for_96_bytes() -> None:
    """One more, and there is no value."""
    database, _ = compiled("label = s:plug::<model>/<suffix>::", "sig = name a<model>-<suffix>")
    for length, expected in ((87, 96), (88, None)):
        found = explain_device(database, "name", "a" + "m" * length + "-" + "s" * 8).model
        assert (found and len(found)) == expected


def test_a_version_is_a_word() -> None:
    """What stands behind it does not count, wherever the next literal text is."""
    database, _ = compiled("label = s::Maker:::", "sig = description Version <version>by *")
    for text, expected in (("12.1(20)E [user] ", "12.1(20)E"), ("5.20, Release ", "5.20"), ("7;", "7")):
        assert explain_device(database, "description", f"Version {text}by X").version == expected
    assert explain_device(database, "description", "Version , by X").match is None


def test_a_captured_type_is_one_of_the_list() -> None:
    database, _ = compiled("label = s::eWeLink:::", "sig = mdns _ewelink._tcp type=<type>")
    assert explain_device(database, "mdns", "_ewelink._tcp type=plug").type == "plug"
    assert explain_device(database, "mdns", "_ewelink._tcp type=th_plug").type is None


def test_bytes_after_the_first_255_do_not_count() -> None:
    database, _ = compiled("label = s:plug::<model>::", "sig = name abc<model>")
    assert named(database, AnnouncementKind.NAME, b"abc" + b"y" * 40 + b"z" * 300)[0] == 0
    database, _ = compiled("label = s:plug:::: ", "sig = name abc*z")
    assert named(database, AnnouncementKind.NAME, b"abc" + b"z" * 252 + b"!")[0] == 0


def test_kinds_that_do_not_exist() -> None:
    database, _ = compiled("label = s:plug::::", "sig = name abc")
    values = ffi.new("hg_device_values *")
    for kind in (len(AnnouncementKind), 64, 255, 256, 1 << 31):
        assert lib.hg_database_match_device(database._handle, kind, b"abc", 3, values) == NO_SIGNATURE
    assert (
        lib.hg_database_match_device(database._handle, int(AnnouncementKind.MDNS), b"abc", 3, values)
        == NO_SIGNATURE
    )
    with pytest.raises(ValueError, match="announcement must be one of"):
        explain_device(database, "dhcp", "abc")


def test_cost_does_not_grow_with_the_number_of_patterns() -> None:
    """More patterns with other beginnings change neither what is looked at nor what is found."""
    lines = ["label = s:plug::<model>::", "sig = name abc <model>", "label = s:plug::::"]
    for number in range(2000):
        lines += [f"sig = name device{number:05}*", f"sig = name *th{number:05}*"]
    database, model = compiled(*lines)
    assert len(model.device) == 4001
    assert named(database, AnnouncementKind.NAME, b"abc 7")[0] == 0
    assert named(database, AnnouncementKind.NAME, b"a th01999 here")[0] == 4000


def test_words_of_announcements_are_those_of_the_core() -> None:
    assert list(ANNOUNCEMENT_WORDS.values()) == list(AnnouncementKind)


@pytest.mark.parametrize(
    ("kind", "text", "maker"),
    [
        ("mdns", "_airplay._tcp manufacturer=Apple Inc.", "Apple"),
        ("mdns", "_airplay._tcp manufacturer=Sonos, Inc.", "Sonos"),
        ("mdns", "_airplay._tcp manufacturer=Bang & Olufsen", "Bang & Olufsen"),
        ("mdns", "_airplay._tcp manufacturer=Inca Audio", "Inca Audio"),
        ("industrial", "bacnet vendor 683 instance 5", "Knuerr (Emerson Network Power)"),
        ("industrial", "bacnet vendor 1188 instance 5", "KTC Goeteborg"),
    ],
)
def test_makers_have_all_letters_of_their_names_and_no_legal_form(kind: str, text: str, maker: str) -> None:
    """By ASHRAE's list: Knürr GmbH (Emerson Network Power), KTC Göteborg AB."""
    assert explain_device(hg.Database.load_default(), kind, text).manufacturer == maker

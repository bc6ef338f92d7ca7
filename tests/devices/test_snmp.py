"""SNMP's answers. Expected values follow from RFC 1157, RFC 3416 and RFC 3418."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from tests.support.devices import snmp
from tests.support.devices.made import MAC, capture, rendered
from tests.support.devices.made import read as read_frames
from tests.support.devices.requests import hosts
from tests.support.devices.snmp import ber, message, named, number, sent, system, text, variable

CISCO = b"Cisco IOS Software, C2960 Software, Version 15.0(2)SE"
SAYS = [
    "description Cisco IOS Software, C2960 Software, Version 15.0(2)SE",
    "snmp-object 1.3.6.1.4.1.9.1.516",
]


def said(data: bytes, **ports: int) -> list[str]:
    """What the only event says; nothing where there is none."""
    records = read_frames(sent(data, **ports), protocols=("snmp",))
    return [one for record in records for one in record.get("announced", ())]


def test_an_answer() -> None:
    (found,) = read_frames(sent(system(CISCO)), protocols=("snmp",))
    assert (found["event"], found["mac"], found["from_server"], found["announced"]) == (
        "snmp",
        MAC,
        True,
        SAYS,
    )
    assert said(message(text(snmp.DESCRIPTION, CISCO), version=number(0))) == SAYS[:1]


def test_only_answers_of_agents_are_read() -> None:
    assert said(system(CISCO), sport=40000, dport=161) == []
    assert said(message(variable(snmp.DESCRIPTION, ber(snmp.NULL, b"")), kind=snmp.GET)) == []
    assert said(message(text(snmp.DESCRIPTION, CISCO), kind=0xA7)) == []
    assert said(message(text(snmp.DESCRIPTION, CISCO), error=2)) == []
    assert said(message(variable(snmp.DESCRIPTION, ber(0x80, b"")))) == []  # noSuchObject
    assert said(message(text("1.3.6.1.2.1.1.1.1", CISCO))) == []


@pytest.mark.parametrize("is_measured", [False, True])
def test_a_confidence_that_was_not_measured_is_null(is_measured: bool) -> None:
    """No labelled device sends objects of SNMP; descriptions were measured."""
    switch = b"Cisco IOS Software, C3560E Software (C3560E-UNIVERSALK9-M), "
    switch += b"Version 15.2(4)E8, RELEASE SOFTWARE (fc3)"
    said = (text(snmp.DESCRIPTION, switch),) * is_measured
    frames = sent(message(*said, variable(snmp.OBJECT_ID, named(snmp.SWITCH))))
    (found,) = [one.device for one in hosts(frames) if one.device]
    assert found.manufacturer == "Cisco"
    assert (found.confidence.manufacturer is not None) == is_measured


@pytest.mark.parametrize("host_names", [False, True])
def test_names_places_and_communities_are_never_shown(host_names: bool) -> None:
    private = [text(one, b"a secret") for one in (snmp.CONTACT, snmp.NAME, snmp.LOCATION)]
    for data in (system(CISCO, others=private), system(b"Linux secret 4.19.0-8-amd64 #1 SMP")):
        shown, _ = rendered(sent(data), protocols=("snmp",), host_names=host_names)
        assert "snmp-object" in shown
        assert "secret" not in shown


@pytest.mark.parametrize(
    ("described", "shown"),
    [
        (b"Linux anna 4.19.0", "Linux - 4.19.0"),
        (b"FreeBSD anna", "FreeBSD -"),
        (b"Linux 2.6.18-53", "Linux 2.6.18-53"),
        (b"Linux 7up 2.6", "Linux - 2.6"),
        (b"Linux", "Linux"),
        (b"LinuxOS anna 1", "LinuxOS anna 1"),
        (b"Hardware: x86 - Software: Windows Version 6.1", "Hardware: x86 - Software: Windows Version 6.1"),
    ],
)
def test_the_name_of_a_unix_host(described: bytes, shown: str) -> None:
    assert said(message(text(snmp.DESCRIPTION, described))) == [f"description {shown}"]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_lengths_may_have_zeros_before_them(size: int) -> None:
    inside = message(text(snmp.DESCRIPTION, CISCO))[2:]
    inside = inside if inside[0] == snmp.INTEGER else inside[1:]
    assert said(ber(snmp.SEQUENCE, inside, length_bytes=size)) == SAYS[:1]


def _with_value(value: bytes, name: str = snmp.DESCRIPTION) -> bytes:
    return message(variable(name, value))


GOOD = message(text(snmp.DESCRIPTION, CISCO))
MALFORMED = {
    "nothing": b"",
    "another protocol": b"HTTP/1.1 200 OK",
    "cut": GOOD[:-1],
    "bytes behind it": GOOD + b"\0",
    "an integer of 2^31": message(request=number(2**31)),
    "an integer of no bytes": message(request=ber(snmp.INTEGER, b"")),
    "a version of five bytes": message(version=ber(snmp.INTEGER, bytes(5))),
    "an unknown kind of message": message(kind=0xA9),
    "an indefinite length": b"\x30\x80" + GOOD[2:] + b"\0\0",
    "a length of five bytes": ber(snmp.SEQUENCE, GOOD[3:], length_bytes=5),
    "a length of 2^32 - 1": b"\x30\x84\xff\xff\xff\xff" + GOOD[3:],
    "a tag of several bytes": b"\x3f\x30" + GOOD,
    "1,000 levels": b"\x30\x82\x0f\xa0" * 1000,
    "a value behind the value": message(ber(snmp.SEQUENCE, named(snmp.NAME) + number(1) + number(2))),
    "no value": message(ber(snmp.SEQUENCE, named(snmp.NAME))),
    "a name that does not end": message(ber(snmp.SEQUENCE, ber(snmp.OBJECT, b"\x2b\x86") + number(1))),
    "a name of no bytes": message(ber(snmp.SEQUENCE, ber(snmp.OBJECT, b"") + number(1))),
    "an object of 33 bits": _with_value(ber(snmp.OBJECT, b"\x2b\x9f\xff\xff\xff\x7f"), snmp.OBJECT_ID),
    "an object with zeros before it": _with_value(ber(snmp.OBJECT, b"\x2b\x80\x01"), snmp.OBJECT_ID),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_messages_are_counted(name: str) -> None:
    shown, stats = rendered(sent(MALFORMED[name]), protocols=("snmp",))
    assert (shown, stats.snmp_malformed, stats.analysed) == ("", 1, 1)


def test_every_cut_is_refused() -> None:
    whole = system(CISCO)
    shown, stats = rendered(*(sent(whole[:end]) for end in range(len(whole))), protocols=("snmp",))
    assert (shown, stats.snmp_malformed) == ("", len(whole))


def test_version_3_is_skipped() -> None:
    shown, stats = rendered(
        sent(ber(snmp.SEQUENCE, number(3) + ber(snmp.SEQUENCE, b"?"))), protocols=("snmp",)
    )
    assert (shown, stats.snmp_malformed) == ("", 0)


def test_objects_of_32_bits_and_of_other_trees() -> None:
    largest = "1.3.6.1.4.1.4294967295"
    assert said(_with_value(named(largest), snmp.OBJECT_ID)) == [f"snmp-object {largest}"]
    assert said(_with_value(named("0.0"), snmp.OBJECT_ID)) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (system(b"RouterOS RB750Gr3", "1.3.6.1.4.1.14988.1"), ("router", "MikroTik")),
        (message(variable(snmp.OBJECT_ID, named("1.3.6.1.4.1.6574.1"))), (None, "Synology")),
        (message(variable(snmp.OBJECT_ID, named("1.3.6.1.4.1.65740.1"))), None),
        (message(variable(snmp.OBJECT_ID, named("1.3.6.1.4.1.8072.3.2.255"))), None),
    ],
)
def test_a_device_by_its_answer(answer: bytes, expected: tuple[str | None, str] | None) -> None:
    (host,) = hg.Analyzer(protocols=PROTOCOLS).read(capture([sent(answer)])).hosts
    found = host.device
    assert (found and (found.type, found.manufacturer)) == expected

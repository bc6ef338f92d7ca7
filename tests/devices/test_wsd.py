"""WS-Discovery (2005/04 and OASIS 1.1). Expected values follow from them and ONVIF Core."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from tests.support.devices.made import capture, datagram, rendered
from tests.support.devices.made import read as read_frames
from tests.support.devices.wsd import DISCOVERY, NETWORK, OASIS, PORT, PRINT, PUB, match, message

CAMERA = [
    f"device-type {NETWORK} NetworkVideoTransmitter",
    "device-type onvif://www.onvif.org/hardware/DS-2CD2032-I",
]


def sent(data: bytes, sport: int = PORT, dport: int = 40000) -> bytes:
    return datagram(data, sport, dport)


def said(data: bytes) -> list[str]:
    records = read_frames(sent(data), protocols=("ssdp",))
    return [one for record in records for one in record["announced"]]


def test_an_answer() -> None:
    (found,) = read_frames(sent(message(match())), protocols=("ssdp",))
    assert (found["event"], found["from_server"], found["announced"]) == ("ssdp", True, CAMERA)


def test_hello_and_the_later_version() -> None:
    hello = message(
        "<d:Hello><d:Types>\tpub:Computer\n w:PrintDeviceType</d:Types></d:Hello>", action=OASIS + "/Hello"
    )
    assert said(hello) == [f"device-type {PUB} Computer", f"device-type {PRINT} PrintDeviceType"]
    assert said(message(match(), action=OASIS + "/ResolveMatches")) == CAMERA


@pytest.mark.parametrize("action", ["Probe", "Bye", "Resolve", "Hello2"])
def test_other_messages_say_nothing_of_their_sender(action: str) -> None:
    shown, stats = rendered(sent(message(match(), action=f"{DISCOVERY}/{action}")), protocols=("ssdp",))
    assert (shown, stats.ssdp_malformed) == ("", 0)


def test_a_proxy_speaks_of_others() -> None:
    assert said(message(match(), match("pub:Computer"))) == []


@pytest.mark.parametrize("host_names", [False, True])
def test_names_and_places_are_never_shown(host_names: bool) -> None:
    shown, _ = rendered(sent(message(match())), protocols=("ssdp",), host_names=host_names)
    assert "hardware" in shown
    assert "anna" not in shown
    assert "bedroom" not in shown


def test_a_usual_prefix_without_a_namespace() -> None:
    assert said(message(match("wprt:PrintDeviceType", ""))) == [f"device-type {PRINT} PrintDeviceType"]
    assert said(message(match("wprint:PrintDeviceType", ""))) == []


def test_a_prefix_without_a_namespace() -> None:
    assert said(message(match("no:NetworkVideoTransmitter NetworkVideoTransmitter", ""))) == []
    other = message(match(scopes=""), spaces='xmlns:dn="http://example.com"')
    assert said(other) == ["device-type http://example.com NetworkVideoTransmitter"]


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<" * 500, b"<a>" * 400, b"<Action></Action>", b"<Action x='>"]
)
def test_malformed_messages_are_counted(data: bytes) -> None:
    shown, stats = rendered(sent(data), protocols=("ssdp",))
    assert (shown, stats.ssdp_malformed) == ("", 1)


def test_every_cut_is_read_without_harm() -> None:
    whole = message(match())
    shown, stats = rendered(*(sent(whole[:end]) for end in range(len(whole))), protocols=("ssdp",))
    assert stats.ssdp_malformed > 0
    assert "anna" not in shown


def test_the_number_of_namespaces_and_types_is_bounded() -> None:
    spaces = " ".join(f'xmlns:p{number}="u{number}"' for number in range(40))
    types = " ".join(f"p{number}:T" for number in range(40))
    assert 0 < len(said(message(match(types, ""), spaces=spaces))) <= 32


@pytest.mark.parametrize(
    ("types", "hardware", "expected"),
    [
        ("dn:NetworkVideoTransmitter", "X-100", "camera"),
        ("w:PrintDeviceType", "X-100", "printer"),
        ("pub:Computer", "X-100", "computer"),
        ("d:Device", "X-100", None),
        ("d:Device", "DS-2CD2032-I", "camera"),
        ("dn:NetworkVideoTransmitter", "DS-7608NI-K2", "camera-recorder"),
    ],
)
def test_a_device(types: str, hardware: str, expected: str | None) -> None:
    """A maker's name of a model tells cameras from recorders, which transmit video, too."""
    scopes = f"onvif://www.onvif.org/hardware/{hardware}"
    (host,) = hg.Analyzer(protocols=PROTOCOLS).read(capture([sent(message(match(types, scopes)))])).hosts
    assert host.device is not None
    assert (host.device.type, host.device.model) == (expected, hardware)


@pytest.mark.parametrize(
    ("scope", "expected"), [("manufacturer", "HeroSpeed"), ("name", None), ("location", None)]
)
def test_a_manufacturer(scope: str, expected: str | None) -> None:
    """Some makers add a scope for themselves; a name is the owner's."""
    scopes = f"onvif://www.onvif.org/{scope}/HeroSpeed"
    sent_one = sent(message(match("dn:NetworkVideoTransmitter", scopes)))
    (host,) = hg.Analyzer(protocols=PROTOCOLS).read(capture([sent_one])).hosts
    assert host.device is not None
    assert host.device.manufacturer == expected

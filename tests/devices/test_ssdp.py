"""SSDP. Expected values follow from UPnP Device Architecture 2.0."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from tests.support.devices import ssdp
from tests.support.devices.made import MAC, capture, read, rendered
from tests.support.devices.ssdp import SOURCE, alive, answered, message, sent

TYPE = "urn:Belkin:device:insight:1"
SERVER = "SERVER: Unspecified, UPnP/1.0, Unspecified"
ROKU = ("ST: roku:ecp", "USN: uuid:roku:ecp:X0", "Server: Roku/9.1 UPnP/1.0 Roku/9.1")


def said(*frames: bytes) -> list[str]:
    """All that the only event says; nothing where there is none."""
    records = read(*frames)
    assert len(records) <= 1
    return [text for one in records for text in one["announced"]]


def test_an_announcement() -> None:
    (found,) = read(sent(alive(f"NT: {TYPE}", f"USN: uuid:Insight-1_0-1::{TYPE}", SERVER)))
    assert (found["event"], found["mac"], found["device_ip"]) == ("ssdp", MAC, SOURCE)
    assert found["from_server"] is False
    assert found["announced"] == [f"device-type {TYPE}", "server Unspecified, UPnP/1.0, Unspecified"]


def test_an_answer_from_any_port_to_any_port() -> None:
    for sport, dport in ((1900, 50000), (40000, 50000)):
        (found,) = read(answered(message(ssdp.FOUND, "EXT:", *ROKU), sport=sport, dport=dport))
        assert found["from_server"] is True
        assert found["announced"] == ["device-type roku:ecp", "server Roku/9.1 UPnP/1.0 Roku/9.1"]


def test_a_searcher() -> None:
    agent = "Google Chrome/120.0 Windows"
    searched = message(ssdp.SEARCH, 'MAN: "ssdp:discover"', f"ST: {TYPE}", f"USER-AGENT: {agent}")
    assert said(sent(searched)) == [f"ssdp-agent {agent}"]
    assert said(sent(message(ssdp.SEARCH, "SERVER: Linux/5 UPnP/1.0 x/1"))) == [
        "ssdp-agent Linux/5 UPnP/1.0 x/1"
    ]
    assert said(sent(message(ssdp.SEARCH, f"ST: {TYPE}"))) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("NT: uuid:1", "USN: uuid:1"), []),
        (("NT: upnp:rootdevice", f"USN: uuid:1::{TYPE}"), ["upnp:rootdevice", TYPE]),
        ((f"NT: {TYPE}", "USN: uuid:1::uuid:2"), [TYPE]),
        (("USN: uuid:1::",), []),
        (("NT:a", "nt: b", "nT:c"), ["a"]),
        (("  NT\t: \ta\t ",), ["a"]),
        (("NT:", "NT: a"), []),
    ],
)
def test_types(lines: tuple[str, ...], expected: list[str]) -> None:
    assert said(sent(alive(*lines))) == [f"device-type {one}" for one in expected]


def test_goodbyes_say_nothing() -> None:
    assert said(sent(alive(f"NT: {TYPE}", SERVER, nts="ssdp:byebye"))) == []
    assert said(sent(alive(f"NT: {TYPE}", nts="ssdp:update"))) == [f"device-type {TYPE}"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_ends_of_lines(end: bytes) -> None:
    made = message(ssdp.NOTIFY, "NT: a", "SERVER: b", end=end)
    for whole in (made, made.rstrip(), made + b"NT: behind\r\n"):
        assert said(sent(whole)) == ["device-type a", "server b"]


def test_over_ipv6() -> None:
    assert said(sent(alive(f"NT: {TYPE}"), source="fe80::7")) == [f"device-type {TYPE}"]


@pytest.mark.parametrize(
    ("made", "malformed"),
    [
        (b"", 1),
        (b"\0" * 40, 1),
        (b"GET / HTTP/1.1\r\n\r\n", 1),
        (message("HTTP/1.1 404 Not Found", *ROKU), 1),
        (message(ssdp.NOTIFY, "no header"), 1),
        (message(ssdp.NOTIFY), 0),
        (message(ssdp.FOUND, "Server: web"), 0),
    ],
)
def test_what_says_nothing(made: bytes, malformed: int) -> None:
    text, stats = rendered(sent(made))
    assert (text, stats.ssdp_malformed, stats.analysed) == ("", malformed, 1)


def test_what_stands_beside_the_damage_counts() -> None:
    text, stats = rendered(sent(message(ssdp.NOTIFY, "NT: a", "damage", "SERVER: b")))
    assert '"device-type a","server b"' in text
    assert stats.ssdp_malformed == 1


def test_texts_of_strangers_are_cut_and_escaped() -> None:
    frame = sent(message(ssdp.NOTIFY, b"NT: \x1b[31m\xff", "SERVER: " + "x" * 400))
    text, stats = rendered(frame)
    assert "x" * 255 in text
    assert "x" * 256 not in text
    assert "\x1b" not in text + rendered(frame, form="text")[0]
    assert stats.announcements_cut == 1


def test_a_host_is_named() -> None:
    [one] = hg.Analyzer().read(capture([sent(alive(f"NT: {TYPE}", SERVER))])).hosts
    assert one.device is not None
    assert (one.device.type, one.device.manufacturer) == ("plug", "Belkin")


def test_protocols_choose() -> None:
    frames = (sent(alive(f"NT: {TYPE}")), answered(message(ssdp.FOUND, *ROKU), sport=40000))
    assert len(read(*frames, protocols=("ssdp",))) == 2
    assert read(*frames, protocols=("tcp", "tls", "mdns")) == []

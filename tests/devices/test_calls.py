"""Services that devices call: their patterns name the device, and no other name is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli import main
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.hosts import HostRecord
from sigcompiler.reading.parser import parse_text
from tests.support.captures import pcap
from tests.support.devices import mdns
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.calls import DEVICE, asked, browsed, hello, question, sent
from tests.support.devices.dhcp import option
from tests.support.devices.made import capture
from tests.support.devices.mdns import name, pointer
from tests.support.devices.requests import ANDROID, AXIS, WINDOWS, request
from tests.support.local_hosts import saved
from tests.support.tunnels import vxlan

CAMERA, SCALE, SECRET = "command-u011.amcrestcloud.com", "scalews.withings.net", "private-clinic.example"
HOUR = 3600 * 10**9


def events(*frames: bytes, form: str = "json", database: hg.Database | None = None) -> tuple[str, hg.Stats]:
    """All events of questions, and the counters."""
    with (
        hg.Analyzer(database, protocols=("dns", "mdns"))
        if database
        else hg.Analyzer(protocols=("dns", "mdns")) as analyzer
    ):
        text = b"".join(
            piece
            for batch in analyzer.batches(capture(frames))
            for piece in Renderer(form, analyzer.database).pieces(batch, 0, len(batch))
        )
        return text.decode(), analyzer.stats


def hosts(*frames: bytes, apart_ns: int = 10**6) -> dict[str | None, HostRecord]:
    made = pcap([(10**18 + number * apart_ns, data) for number, data in enumerate(frames)], 1)
    return {one.ip: one for one in hg.Analyzer(protocols=PROTOCOLS).read(made).hosts}


def device(*frames: bytes, apart_ns: int = 10**6) -> tuple[str | None, str | None] | None:
    """Type and manufacturer of the device."""
    found = hosts(*frames, apart_ns=apart_ns)[DEVICE].device
    return found and (found.type, found.manufacturer)


# ---- events -------------------------------------------------------------------------------------------


def test_an_event_has_the_pattern_instead_of_the_name() -> None:
    text, _ = events(asked(CAMERA.upper()))
    one = json.loads(text)
    assert (one["event"], one["src_ip"], one["announced"]) == (
        "dns",
        DEVICE,
        ["calls *.amcrestcloud.com"],
    )
    assert "u011" not in text.lower()


def test_questions_without_a_pattern_are_no_events() -> None:
    assert events(asked(SECRET))[0] == ""
    assert events(asked("amcrestcloud.com"))[0] == "", "the domain itself is a page"
    assert events(asked(CAMERA + ".example"), asked("x" + SCALE.replace(".net", ".org")))[0] == ""


def test_answers_and_other_kinds_of_messages_are_not_read() -> None:
    made = name(SCALE)
    assert events(sent(question(made, flags=0x8180)), sent(question(made, flags=0x2800)))[0] == ""
    assert events(sent(question(made), sport=53, dport=40000))[0] == ""


def test_single_packets_are_shown_only_if_dns_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, asked(SCALE))
    assert main(["pcap", path]) == 0
    assert capsys.readouterr().out == ""
    assert main(["pcap", "--protocols", "dns", path]) == 0
    assert "[DNS] 192.168.7.7:40000 → 192.168.7.1:53" in capsys.readouterr().out


# ---- hostile names ----------------------------------------------------------------------------------

LOOP = b"\x01a" + pointer(12)


@pytest.mark.parametrize(
    ("wire", "is_malformed"),
    [
        (LOOP, True),
        (pointer(12), True),
        (pointer(400), True),
        (b"\x01a" * 255 + b"\0", True),
        (b"\x40" + bytes(64) + b"\0", True),
        (name("a" * 63, "b" * 63, "c" * 63, SCALE), False),
        (b"\x0escalews.within" + b"\x07gs\0.net\0", False),
        (b"\x14scalews.withings.net\0", False),
        (name(b"scale\x1b[31mws", "withings.net"), False),
        (name(b"scalews ", "withings.net"), False),
        (b"\0", False),
    ],
)
def test_names_that_are_none(wire: bytes, is_malformed: bool) -> None:
    text, stats = events(sent(question(wire)))
    assert (stats.dns_malformed > 0) is is_malformed
    assert "scalews" not in text


def test_cut_questions() -> None:
    whole = question(name(SCALE))
    for length in range(len(whole)):
        text, stats = events(sent(whole[:length]))
        assert (text, stats.dns_malformed) == ("", 1)


def test_a_header_may_count_what_is_not_there() -> None:
    text, stats = events(sent(question(name(SCALE), count=65535)))
    assert ("scalews" in text, stats.dns_malformed) == (True, 0), (
        "of a resolver's message the first one counts"
    )
    text, stats = events(mdns.sent(question(name("_rdlink._tcp.local"), count=65535, flags=0, kind=12)))
    assert ("_rdlink" in text, stats.dns_malformed) == (True, 1)


# ---- hosts ------------------------------------------------------------------------------------------


THING = request(option(12, b"GainSpan0a1b2c"), ip=DEVICE)
"""Shows a radio module, with which many things are built, but no laptop. Beside it, calls count."""


@pytest.mark.parametrize("call", [[asked(CAMERA)], hello(CAMERA)], ids=["dns", "tls"])
def test_calls_name_a_device(call: list[bytes]) -> None:
    frames = [THING, *call]
    assert device(*frames) == ("camera", "Amcrest")
    [said] = [one for one in hosts(*frames)[DEVICE].device.evidence if one.source == "calls"]  # type: ignore[union-attr]
    assert (said.type, said.relation) == ("camera", "agrees")


@pytest.mark.parametrize(
    ("called", "expected"),
    [
        ("devs.tplinkcloud.com", ("plug", "TP-Link")),
        ("wap.tplinkcloud.com", None),
        ("www.fitbit.com", ("scale", "Fitbit")),
        ("www.myedimax.com", ("plug", "Edimax")),
        ("cam.myedimax.com", None),
        ("v-u001.immedia-semi.com", ("camera", "Blink")),
        ("rest-u001.immedia-semi.com", None),
        ("cs-u001.immedia-semi.com", ("hub", "Blink")),
    ],
)
def test_the_type_is_that_of_most_devices_that_call(called: str, expected: tuple[str, str] | None) -> None:
    """Where it was counted; names that other devices of the maker call say no type."""
    assert (device(THING, asked(called)) or None) == expected


@pytest.mark.parametrize("called", ["p2p.reolink.com", "rest-prod.immedia-semi.com", "mesu.apple.com"])
@pytest.mark.parametrize(
    "other", [[arp(DEVICE)], [request(option(60, b"udhcp 1.24.1"), ip=DEVICE)], browsed()]
)
def test_calls_alone_give_no_type_and_no_maker(called: str, other: list[bytes]) -> None:
    """A web page decides what its visitor calls, even hours long."""
    for apart_ns in (10**6, HOUR):
        shown = device(*other, apart_ns=apart_ns) or (None, None)
        for calls in ([asked(called)] * 8, hello(called), [asked(called), *hello(called)]):
            assert (device(*other, *calls, apart_ns=apart_ns) or (None, None)) == shown


def test_calls_count_beside_the_card_of_their_maker() -> None:
    assert device(asked("p2p.reolink.com", mac="ec71db000007")) == ("camera", "Reolink")
    assert device(asked("p2p.reolink.com", mac="b827eb000007"))[1] != "Reolink"  # type: ignore[index]


def test_only_local_hosts_have_called_devices() -> None:
    assert hosts(asked(CAMERA, source="203.0.113.9")) == {}
    assert hosts(*hello(CAMERA, source="203.0.113.9"))["203.0.113.9"].device is None
    own = arp("203.0.113.9", operation=REPLY), asked("mesu.apple.com", source="203.0.113.9")
    assert hosts(*own)["203.0.113.9"].device.evidence[-1].source == "calls"  # type: ignore[union-attr]


def test_announcements_come_before_calls() -> None:
    """Of a device that the calls do not fit, the calls say nothing."""
    said = request(AXIS, ip=DEVICE)
    assert device(said, asked(SCALE)) == ("camera", "Axis")


def test_a_question_by_mdns() -> None:
    made = question(name("_rdlink._tcp.local"), flags=0, kind=12)
    assert device(mdns.sent(made, source=DEVICE)) == (None, "Apple")
    shared = question(name("_googlecast._tcp.local"), name("Ann._rdlink._tcp.local"), flags=0, kind=12)
    assert DEVICE not in hosts(mdns.sent(shared, source=DEVICE))


def test_a_computer_that_opens_a_page_is_not_the_device() -> None:
    page = [asked(CAMERA), asked(CAMERA), *hello(CAMERA)]
    assert device(*page, *browsed()) in (None, (None, None))
    known = request(WINDOWS, option(55, bytes((1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 121))), ip=DEVICE)
    assert device(known, *page) == ("computer", None)
    shown = hosts(known, *page)[DEVICE].device
    assert "calls" not in {one.source for one in shown.evidence}, "nor shown as such"  # type: ignore[union-attr]


def test_a_browser_says_more_than_calls() -> None:
    assert device(*browsed(), *[asked(CAMERA)] * 8, apart_ns=HOUR) == ("computer", None)


def test_a_resolver_that_asks_for_others_is_none_of_them() -> None:
    assert device(asked(CAMERA), asked("bridge.meethue.com")) in (None, (None, None))
    mixed = asked("www.msftconnecttest.com"), asked("time-macos.apple.com")
    assert device(mixed[0]) == (None, None)
    assert device(*mixed) in (None, (None, None))


def test_a_system_is_named_beside_a_browser() -> None:
    found = hosts(asked("connectivity-check.ubuntu.com"), *browsed())[DEVICE].device
    assert found is not None
    assert found.system == "Ubuntu"
    phone = request(ANDROID, ip=DEVICE)
    assert device(phone, asked("time.android.com"), asked("bridge.meethue.com")) == (None, None)
    assert hosts(*hello("www.msftconnecttest.com"))[DEVICE].device.system == "Windows"  # type: ignore[union-attr]
    assert device(request(WINDOWS, ip=DEVICE), asked("product.furbo.co")) == ("computer", None), "an app"


def test_tunnels_and_routers_say_nothing() -> None:
    assert DEVICE not in hosts(asked(CAMERA, ttl=61))
    assert DEVICE not in hosts(vxlan(asked(CAMERA)))


# ---- privacy ----------------------------------------------------------------------------------------


def test_no_name_without_a_pattern_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In no output, store or state."""
    frames = [asked(SECRET), asked(CAMERA), sent(question(name("u." + SECRET), name(SCALE)))]
    frames += [mdns.sent(question(name(SECRET + ".local"), name("_rdlink._tcp.local"), flags=0, kind=12))]
    path, store = saved(tmp_path, *frames), tmp_path / "some.store"
    shown = ""
    for command in ("hosts", "devices", "pcap"):
        for form in ("text", "json", "ecs"):
            main(
                [command, "--format", form, *(["--protocols", "dns,mdns"] if command == "pcap" else []), path]
            )
            shown += capsys.readouterr().out
    main(["hosts", "--store", str(store), path])
    with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
        for batch in analyzer.batches(capture(frames)):
            for piece in Renderer("json", analyzer.database).pieces(batch, 0, len(batch)):
                shown += piece.decode()
    assert "amcrestcloud" in shown
    assert "clinic" not in shown
    assert "u011" not in shown
    assert b"clinic" not in store.read_bytes()
    assert b"amcrest" not in store.read_bytes()


# ---- patterns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern", ["*.example.com", "a.example.com", "a-*.b_c.example", "a*.b*.c.example", "_x._tcp.local"]
)
def test_patterns_fit_themselves(pattern: str) -> None:
    """As events have the pattern."""
    database = hg.Database.compile(text=f"[device]\nlabel = s:camera:A:::\nsig = calls {pattern}\n")
    found = pattern.replace("*", "x7")
    text, _ = events(asked(found), database=database)
    assert json.loads(text)["announced"] == [f"calls {pattern}"]


@pytest.mark.parametrize(
    "pattern",
    [
        "*example.com",
        "*",
        "a?.example.com",
        "<model>.example.com",
        "a b.example",
        "a\\*b",
        "*.*.a",
        "a.b*",
        "a*b.example",
        "a.b*.example",
    ],
)
def test_other_patterns_are_errors(pattern: str) -> None:
    _, found = parse_text(f"[device]\nlabel = s:camera:A:::\nsig = calls {pattern}\n")
    assert "E072" in {one.code for one in found}

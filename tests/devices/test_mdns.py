"""Answers of mDNS. Expected values follow from RFC 6762 and 6763, and on captures from tshark."""

from __future__ import annotations

from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.run.results import AnnouncementObservation
from tests.support.devices import mdns
from tests.support.devices.made import MAC, OTHER_MAC, capture, read, rendered
from tests.support.devices.mdns import (
    SOURCE,
    SOURCE6,
    address,
    instance,
    message,
    name,
    pointer,
    points,
    record,
    sent,
)
from tests.support.devices.mdns import server as srv
from tests.support.devices.mdns import text as txt

INFO = txt("Anna", "_device-info._tcp", b"model=MacBookPro18,3", b"osxvers=22")
WHOLE = (
    points("_airplay._tcp", "Anna"),
    srv("Anna", "_airplay._tcp", "Annas-Mac"),
    txt("Anna", "_airplay._tcp", b"Model=Mac14,2", b"deviceid=00:00:5E:00:53:01"),
    INFO,
    address("Annas-Mac"),
    address("Annas-Mac", SOURCE6),
)


def said(*frames: bytes, names: bool = True, **options: Any) -> list[str]:
    """All that the only event says; nothing where there is none."""
    records = read(*frames, host_names=names, **options)
    assert len(records) <= 1
    return [text for one in records for text in one["announced"]]


def test_what_a_host_says_of_itself() -> None:
    (found,) = read(sent(message(*WHOLE)), host_names=True)
    assert found["event"] == "mdns"
    assert (found["mac"], found["device_ip"], found["host_name"]) == (MAC, SOURCE, "Annas-Mac")
    assert found["from_server"] is False
    assert found["announced"] == [
        "mdns _airplay._tcp",
        "name Annas-Mac",
        "mdns _device-info._tcp",
        "mdns _airplay._tcp model=Mac14,2",
        "mdns _device-info._tcp model=MacBookPro18,3",
        "mdns _device-info._tcp osxvers=22",
        "mdns _airplay._tcp name=Anna",
        "mdns _device-info._tcp name=Anna",
        "mdns _airplay._tcp deviceid=00:00:5E:00:53:01",
    ]


def test_names_and_keys_that_may_be_personal_only_on_request() -> None:
    frame = sent(message(*WHOLE, txt("Anna", "_http._tcp", b"fn=Anna", b"Anna", b"VENDOR=Maker")))
    shown = said(frame, names=False)
    assert shown == [
        "mdns _airplay._tcp",
        "mdns _device-info._tcp",
        "mdns _http._tcp",
        "mdns _airplay._tcp model=Mac14,2",
        "mdns _device-info._tcp model=MacBookPro18,3",
        "mdns _device-info._tcp osxvers=22",
        "mdns _http._tcp vendor=Maker",
    ]
    for form in ("json", "eve", "ecs", "text"):
        assert "Anna" not in rendered(frame, form=form)[0]
        assert "Anna" in rendered(frame, form=form, host_names=True)[0]
        assert MAC not in rendered(frame, form=form, host_names=True, hides_private=True)[0].lower()


def test_pairs_of_a_text() -> None:
    long = b"ty=" + b"x" * 252
    pairs = (b"", b"=none", b"KEY=a=b", b"key=second", b"flag", b"empty=", long)
    found = said(sent(message(txt("x", "_IPP._tcp", *pairs))))
    assert found == [
        "mdns _ipp._tcp",
        "mdns _ipp._tcp ty=" + "x" * (255 - len("_ipp._tcp ty=")),
        "mdns _ipp._tcp name=x",
        "mdns _ipp._tcp key=a=b",
        "mdns _ipp._tcp flag",
        "mdns _ipp._tcp empty=",
    ]


def test_names_may_hold_anything() -> None:
    odd = b'{"nm":"Redmi 9"}.\x1b'
    frame = sent(message(txt(odd, "_mi-connect._udp", b"nm=\xff")))
    assert 'mdns _mi-connect._udp name={"nm":"Redmi 9"}.' in said(frame)
    assert "\x1b" not in rendered(frame, form="text", host_names=True)[0]


def test_subtypes_and_lists_of_services() -> None:
    subtype = record(name("_color._sub._ipp._tcp.local"), mdns.PTR, instance("P", "_ipp._tcp"))
    listed = record(name("_services._dns-sd._udp.local"), mdns.PTR, name("_dosvc._tcp.local"))
    assert said(sent(message(subtype, listed))) == [
        "mdns _ipp._tcp",
        "mdns _dosvc._tcp",
        "mdns _ipp._tcp name=P",
    ]
    itself = record(name("_services._dns-sd._udp.local"), mdns.PTR, name("_color._sub._ipp._tcp.local"))
    assert said(sent(message(itself))) == ["mdns _ipp._tcp"]


def test_system_of_old_hosts() -> None:
    made = record(name("pc.local"), mdns.HINFO, b"\x04I686\x05LINUX")
    assert said(sent(message(made))) == ["mdns hinfo I686 LINUX"]
    for data in (b"", b"\x05I686", b"\x01a", b"\x01a\x09b"):
        assert said(sent(message(record(name("pc.local"), mdns.HINFO, data)))) == []


def test_compressed_names() -> None:
    # at 12: the owner; "local" of it stands at 12 + 5 + 5
    first = record(name("Anna._ipp._tcp.local"), mdns.TXT, b"\x04ty=a")
    second = record(b"\x01B" + pointer(12 + 5), mdns.TXT, b"\x04ty=b")
    third = record(pointer(12 + 5), mdns.PTR, pointer(12 + len(first)))
    assert said(sent(message(first, second, third))) == [
        "mdns _ipp._tcp",
        "mdns _ipp._tcp ty=a",
        "mdns _ipp._tcp ty=b",
        "mdns _ipp._tcp name=Anna",
        "mdns _ipp._tcp name=B",
    ]


def long_name(labels: int) -> bytes:
    return b"".join(bytes((63,)) + b"a" * 63 for _ in range(labels)) + name("_a._tcp.local")


@pytest.mark.parametrize(
    "damaged",
    [
        b"\0" * 11,
        message(record(pointer(12), mdns.TXT, b"")),  # itself
        message(record(pointer(40), mdns.TXT, b"\0" * 60)),  # ahead
        message(record(b"\x40a", mdns.TXT, b"")),
        message(record(b"\x80a", mdns.TXT, b"")),
        message(record(long_name(4), mdns.TXT, b"\x01a")),
        message(record(b"\x01a" * 40 + name("_a._tcp.local"), mdns.TXT, b"\x01a")),
        message(record(name("a._a._tcp.local"), mdns.TXT, b"\x01a")[:-1]),
        message(record(name("a._a._tcp.local"), mdns.TXT, b"")[:-3]),
        message(count=65535),
        message(questions=(b"\x05a",)),
        message(record(name("a._a._tcp.local"), mdns.SRV, bytes(6) + pointer(200))),
    ],
)
def test_what_is_malformed_is_counted(damaged: bytes) -> None:
    text, stats = rendered(sent(damaged))
    assert (text, stats.mdns_malformed, stats.analysed) == ("", 1, 1)


def test_what_stands_before_the_damage_counts() -> None:
    text, stats = rendered(sent(message(INFO, INFO[:-4])))
    assert "model=MacBookPro18,3" in text
    assert stats.mdns_malformed == 1
    assert stats.analysed == 1


def test_chains_of_pointers_have_an_end() -> None:
    def chain(jumps: int) -> bytes:
        first = record(
            name("_a._tcp.local"),
            mdns.NSEC,
            b"".join(pointer(12 if i == 0 else at(i - 1)) for i in range(jumps)),
        )
        return message(first, record(pointer(at(jumps - 1)), mdns.PTR, pointer(at(jumps - 1))))

    def at(number: int) -> int:
        return 12 + len(name("_a._tcp.local")) + 10 + 2 * number

    assert said(sent(chain(15))) == ["mdns _a._tcp"]
    text, stats = rendered(sent(chain(16)))
    assert (text, stats.mdns_malformed) == ("", 1)


def test_goodbyes_and_other_classes_say_nothing() -> None:
    gone = txt("Anna", "_http._tcp", b"model=x", ttl=0)
    chaos = record(instance("Anna", "_http._tcp"), mdns.TXT, b"\x07model=x", klass=3)
    assert rendered(sent(message(gone, chaos)))[0] == ""
    assert said(sent(message(gone, INFO))) == said(sent(message(INFO)))


def test_a_service_of_xiaomi_is_announced_with_a_ttl_of_0() -> None:
    phone, other = (
        txt("a", service, b"nm=Redmi Note 9", ttl=0) for service in ("_mi-connect._udp", "_x._udp")
    )
    assert said(sent(message(phone, other))) == said(sent(message(phone))) != []


@pytest.mark.parametrize(
    ("options", "flags", "is_read"),
    [
        ({}, mdns.ANSWER, True),
        ({"ttl": 1}, mdns.ANSWER, True),
        ({}, 0, False),  # a query with known answers
        ({}, 0xA400, False),  # another operation
        ({"sport": 40000}, mdns.ANSWER, False),
        ({"dport": 40000, "to": "192.0.2.9"}, mdns.ANSWER, True),
        ({"to": "192.0.2.9", "ttl": 64}, mdns.ANSWER, True),
        ({"source": SOURCE6}, mdns.ANSWER, True),
        ({"source": SOURCE6, "to": "fe80::9", "ttl": 64}, mdns.ANSWER, True),
    ],
)
def test_which_messages_are_read(options: dict[str, Any], flags: int, is_read: bool) -> None:
    text, stats = rendered(sent(message(INFO, flags=flags), **options))
    assert bool(text) == is_read
    assert (stats.mdns_malformed, stats.analysed) == (0, 1)


def test_answers_to_old_askers_repeat_the_question() -> None:
    made = message(INFO, questions=(name("_device-info._tcp.local"), pointer(12)))
    assert said(sent(made, to="192.0.2.9", dport=40000)) == said(sent(message(INFO)))


def test_what_belongs_to_other_hosts_is_left_out() -> None:
    others = (
        srv("Other", "_http._tcp", "other"),
        txt("Other", "_http._tcp", b"model=x"),
        txt("Other", "_device-info._tcp", b"model=y"),
        points("_http._tcp", "Other"),
        record(name("other.local"), mdns.HINFO, b"\x01a\x01b"),
        address("other", "192.0.2.99"),
    )
    assert rendered(sent(message(*others)))[0] == ""  # a reflector
    assert said(sent(message(*others, *WHOLE))) == said(sent(message(*WHOLE)))  # a sleep proxy


@pytest.mark.parametrize(
    ("source", "addresses", "is_own"),
    [
        (SOURCE, [SOURCE], True),
        (SOURCE, ["192.0.2.99"], False),
        (SOURCE, ["192.0.2.99", SOURCE], True),
        (SOURCE, [], True),
        (SOURCE, ["fe80::99"], True),  # of the other version: not known
        (SOURCE6, ["fe80::99"], False),
        (SOURCE6, ["2001:db8::9"], True),
        (SOURCE6, ["2001:db8::9", SOURCE6], True),
        (SOURCE6, ["192.0.2.99"], True),
        ("2001:db8::7", ["2001:db8::9"], False),
    ],
)
def test_own_by_address(source: str, addresses: list[str], is_own: bool) -> None:
    made = message(srv("A", "_http._tcp", "a"), *(address("a", one) for one in addresses))
    assert bool(said(sent(made, source=source))) == is_own


def test_a_shared_printer_is_not_the_computer() -> None:
    shared = "HP LaserJet @ Anna"
    made = (points("_ipp._tcp", shared), srv(shared, "_ipp._tcp", "a"), txt(shared, "_ipp._tcp", b"ty=HP"))
    assert rendered(sent(message(*made)))[0] == ""
    assert "mdns _http._tcp name=HP LaserJet @ Anna" in said(sent(message(points("_http._tcp", shared))))


def test_models_and_services_come_before_what_has_no_room() -> None:
    many = [txt("P", "_ipp._tcp", *(b"k%d=%d" % (number, number) for number in range(60)))]
    frame = sent(message(*many, txt("P", "_scanner._tcp", b"a=1", b"b=2", b"mdl=Laser")))
    text, stats = rendered(frame, host_names=True)
    assert "mdns _scanner._tcp mdl=Laser" in text
    assert stats.announcements_cut == 1
    text, stats = rendered(sent(message(*[address("a")] * 300)))
    assert text.count('"mdns"') == 1
    assert stats.announcements_cut == 1


def test_typed_results_and_hosts() -> None:
    (result,) = hg.Analyzer(None).analyze_pcap(capture([sent(message(*WHOLE))]))
    found = result.announcement
    assert isinstance(found, AnnouncementObservation)
    assert (found.kind, found.mac, found.host_name) == ("mdns", MAC, None)
    assert "mdns _airplay._tcp model=Mac14,2" in found.announced


def test_a_host_is_named() -> None:
    first, second = (
        hg.Analyzer()
        .read(
            capture(
                [
                    sent(message(*WHOLE)),
                    sent(message(points("_ewelink._tcp", "x")), mac=OTHER_MAC, source="192.0.2.8"),
                ]
            )
        )
        .hosts
    )
    assert first.device is not None
    assert (first.device.type, first.device.manufacturer, first.device.system) == (
        "computer",
        "Apple",
        "macOS",
    )
    assert (second.mac, second.device and second.device.type) == (OTHER_MAC, "iot-module")


def test_protocols_choose() -> None:
    assert len(read(sent(message(INFO)), protocols=("mdns",))) == 1
    assert read(sent(message(INFO)), protocols=("tcp", "dhcp")) == []


TELEVISION = (points("_hap._tcp", "Den"), txt("Den", "_hap._tcp", b"ci=31"))


@pytest.mark.parametrize("more", [(), TELEVISION], ids=["alone", "a television's"])
def test_airplay_names_no_maker(more: tuple[bytes, ...]) -> None:
    """Televisions, speakers and free programs offer it; the model that they state names the maker."""
    [host] = hg.Analyzer().read(capture([sent(message(points("_airplay._tcp", "Den"), *more))])).hosts
    assert (host.device and host.device.manufacturer) is None

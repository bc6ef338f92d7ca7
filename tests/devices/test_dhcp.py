"""DHCP of IPv4. Expected values follow from RFC 2131, 2132, 3004, 3396, 3925, 4702 and 8520."""

from __future__ import annotations

import struct
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.run.observations import DhcpObservation
from tests.support.devices import dhcp
from tests.support.devices.dhcp import from_client, from_server, message, option
from tests.support.devices.made import MAC, OTHER_MAC, Record, capture, datagram, read, rendered

CLASS = option(60, b"android-dhcp-13")
PARAMETERS = option(55, bytes((1, 3, 6, 15, 26, 28, 51, 58, 59, 43, 114, 108)))


def one(*frames: bytes, **options: Any) -> Record:
    (record,) = read(*frames, **options)
    return record


def test_what_a_client_says() -> None:
    found = one(
        from_client(
            message(option(12, b"Anna"), option(57, b"\x05\xdc"), CLASS, PARAMETERS, option(61, b"\x01\x02")),
        )
    )
    assert found["event"] == "dhcp"
    assert found["dhcp_message"] == "discover"
    assert found["mac"] == found["source_mac"] == MAC
    assert found["vendor_class"] == "android-dhcp-13"
    assert found["parameters"] == [1, 3, 6, 15, 26, 28, 51, 58, 59, 43, 114, 108]
    assert found["dhcp_options"] == [53, 12, 57, 60, 55, 61]
    assert found["max_message_size"] == 1500
    assert found["forwarded"] is False
    assert (found["src_ip"], found["src_port"]) == ("0.0.0.0", 68)
    assert "device_ip" not in found


@pytest.mark.parametrize(("kind", "seconds"), [(dhcp.ACK, 86_400), (dhcp.OFFER, 0)])
def test_how_long_an_acknowledged_lease_holds(kind: int, seconds: int) -> None:
    time = option(51, struct.pack("!I", 86_400))
    assert one(from_server(message(time, kind=kind, op=2, yiaddr="192.0.2.7")))["lease_seconds"] == seconds
    cut = option(51, b"\0\1\x51")
    assert one(from_server(message(cut, kind=kind, op=2, yiaddr="192.0.2.7")))["lease_seconds"] == 0


def test_names_and_identifiers_only_on_request() -> None:
    private = from_client(
        message(option(12, b"Anna"), option(81, b"\0\0\0annas-pc.example"), option(61, b"\x01\xab"))
    )
    plain, asked = one(private), one(private, host_names=True)
    assert {"host_name", "fqdn", "client_id"} & set(plain) == set()
    assert (asked["host_name"], asked["fqdn"], asked["client_id"]) == ("Anna", "annas-pc.example", "01ab")
    for form in ("json", "eve", "ecs", "text"):
        assert "Anna" not in rendered(private, form=form)[0]
        assert "Anna" in rendered(private, form=form, host_names=True)[0]
        assert MAC not in rendered(private, form=form, host_names=True, hides_private=True)[0].lower()


@pytest.mark.parametrize(
    ("fields", "options", "reply", "expected"),
    [
        ({"kind": dhcp.REQUEST}, [option(50, b"\xc0\0\2\x63")], False, "192.0.2.99"),
        ({"kind": dhcp.REQUEST, "ciaddr": "192.0.2.5"}, [option(50, b"\xc0\0\2\x63")], False, "192.0.2.5"),
        ({"kind": dhcp.INFORM, "ciaddr": "192.0.2.5"}, [], False, "192.0.2.5"),
        ({"kind": dhcp.DISCOVER}, [option(50, b"\xc0\0\2\x63")], False, None),
        ({"kind": dhcp.REQUEST}, [option(50, b"\xc0\0\2")], False, None),
        ({"kind": dhcp.DECLINE, "ciaddr": "192.0.2.5"}, [], False, None),
        ({"kind": dhcp.ACK, "yiaddr": "192.0.2.8"}, [], True, "192.0.2.8"),
        ({"kind": dhcp.ACK, "ciaddr": "192.0.2.9"}, [], True, "192.0.2.9"),
        ({"kind": dhcp.OFFER, "yiaddr": "192.0.2.8"}, [], True, None),
        ({"kind": dhcp.NAK}, [], True, None),
    ],
)
def test_the_address_of_the_client(
    fields: dict[str, Any], options: list[bytes], reply: bool, expected: str | None
) -> None:
    made = message(*options, op=2 if reply else 1, **fields)
    found = one(from_server(made) if reply else from_client(made))
    assert found.get("device_ip") == expected
    assert found["from_server"] is reply
    assert found["mac"] == MAC


def test_a_reply_says_nothing_of_the_client_but_its_addresses() -> None:
    found = one(from_server(message(CLASS, option(12, b"name"), kind=dhcp.ACK, op=2), mac=OTHER_MAC))
    assert "vendor_class" not in found
    assert found["parameters"] == []
    assert (found["mac"], found["source_mac"]) == (MAC, OTHER_MAC)


def test_behind_a_relay_the_client_is_in_the_message() -> None:
    relayed = datagram(message(CLASS, giaddr="192.0.2.1"), 67, 67, source="192.0.2.1", mac=OTHER_MAC)
    found = one(relayed)
    assert (found["mac"], found["source_mac"], found["forwarded"]) == (MAC, OTHER_MAC, True)
    without = datagram(message(CLASS, giaddr="192.0.2.1", hlen=0), 67, 67, source="192.0.2.1", mac=OTHER_MAC)
    assert "mac" not in one(without)
    assert one(from_client(message(CLASS, htype=32, hlen=0)))["mac"] == MAC  # of the frame


def test_a_value_in_several_options_is_one() -> None:
    split = (option(60, b"android-"), PARAMETERS, option(60, b"dhcp-13"))
    assert one(from_client(message(*split)))["vendor_class"] == "android-dhcp-13"


@pytest.mark.parametrize(("overload", "expected"), [(1, "ab"), (2, "ac"), (3, "abc"), (0, "a")])
def test_options_in_the_fields_of_file_and_server(overload: int, expected: str) -> None:
    made = message(
        option(60, b"a"),
        option(52, bytes((overload,))),
        file=option(60, b"b") + b"\xff",
        sname=option(60, b"c") + b"\xff",
    )
    assert one(from_client(made))["vendor_class"] == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (option(124, struct.pack("!IB", 4491, 9) + b"docsis3.0"), ["4491 docsis3.0"]),
        (option(124, struct.pack("!IB", 9, 1) + b"a" + struct.pack("!IB", 10, 0)), ["9 a", "10"]),
        (
            option(
                125,
                struct.pack("!IB", 3561, 19) + option(1, b"00005E") + option(2, b"S123") + option(3, b"HG8"),
            ),
            ["3561 HG8"],
        ),
        (option(125, struct.pack("!IB", 3561, 4) + option(6, b"VX")), ["3561 VX"]),
        (option(77, b"\x03abc\x02de"), ["user-class abc", "user-class de"]),
        (option(77, b"RRAS.Microsoft"), ["user-class RRAS.Microsoft"]),
        (option(77, b"iPXE"), ["user-class iPXE"]),
        (option(161, b"https://maker.example/lamp"), ["mud https://maker.example/lamp"]),
    ],
)
def test_vendors_user_classes_and_mud(given: bytes, expected: list[str]) -> None:
    assert one(from_client(message(given)))["vendor_data"] == expected


@pytest.mark.parametrize(
    ("value", "name", "host"),
    [
        (b"\x04\0\0\x03pc7\x07example\0", "pc7.example", "pc7"),
        (b"\x04\0\0\x03pc7", "pc7", "pc7"),
        (b"\0\0\0pc7.example", "pc7.example", "pc7"),
        (b"\x04\0\0\x40pc7", None, None),
        (b"\x04\0\0\x09pc7", None, None),
        (b"\0\0\0", None, None),
    ],
)
def test_full_names(value: bytes, name: str | None, host: str | None) -> None:
    found = one(from_client(message(option(81, value))), host_names=True)
    assert (found.get("fqdn"), found.get("host_name")) == (name, host)


@pytest.mark.parametrize(
    ("made", "is_read"),
    [
        (message()[:200], False),
        (message(cookie=b"BOOT"), False),
        (message(op=7), False),
        (message(CLASS, b"\x0c\x20ab", end=b""), True),
        (message(CLASS, b"\x0c", end=b""), True),
        (message(option(124, b"\0\0\0\1\x09abc")), True),
    ],
)
def test_what_is_malformed_is_counted(made: bytes, is_read: bool) -> None:
    text, stats = rendered(from_client(made))
    assert stats.dhcp_malformed == 1
    assert stats.analysed == 1
    assert bool(text) == is_read


def test_end_and_padding_may_be_anything() -> None:
    for end in (b"", b"\xff", b"\xff" + bytes(40), bytes(40), b"\xff\x0c\xff"):
        text, stats = rendered(from_client(message(CLASS, end=end)))
        assert "android-dhcp-13" in text
        assert stats.dhcp_malformed == 0
    assert "dhcp_message" not in one(from_client(message(CLASS, kind=None)))  # BOOTP


def test_long_and_many_texts_are_cut_and_counted() -> None:
    many = [struct.pack("!IB", number, 0) for number in range(70)]
    text, stats = rendered(from_client(message(*(option(124, one) for one in many))))
    assert text.count('"dhcp"') == 1
    assert stats.announcements_cut == 1


def test_all_formats_have_it() -> None:
    sent = from_client(message(option(12, b"Anna"), CLASS, PARAMETERS, kind=dhcp.REQUEST))
    (eve,) = read(sent, form="eve", host_names=True)
    assert (eve["event_type"], eve["proto"]) == ("dhcp", "UDP")
    assert eve["dhcp"] == {
        "type": "request",
        "dhcp_type": "request",
        "client_mac": MAC,
        "hostname": "Anna",
        "vendor_class_identifier": "android-dhcp-13",
    }
    assert eve["fingerprint"]["parameters"][:3] == [1, 3, 6]
    (ecs,) = read(sent, form="ecs", host_names=True)
    assert ecs["network"]["protocol"] == "dhcp"
    assert ecs["network"]["transport"] == "udp"
    assert ecs["host"] == {"mac": ["00-00-5E-00-53-01"], "hostname": "Anna"}
    assert rendered(sent, form="text")[0] == (
        "[DHCP] 0.0.0.0:68 → 192.0.2.255:67\n"
        f"  MAC:     {MAC}\n"
        "  Message: request\n"
        "  Class:   android-dhcp-13\n"
        "  Asks:    1,3,6,15,26,28,51,58,59,43,114,108\n\n"
    )
    assert rendered(sent, form="p0f")[0] == ""


def test_typed_results() -> None:
    (result,) = hg.Analyzer(None).analyze_pcap(capture([from_client(message(CLASS, PARAMETERS))]))
    found = result.announcement
    assert isinstance(found, DhcpObservation)
    assert (found.kind, found.mac, found.vendor_class, found.host_name) == (
        "dhcp",
        MAC,
        "android-dhcp-13",
        None,
    )
    assert found.parameters[:3] == (1, 3, 6)
    assert result.parts == (found,)


def test_protocols_choose() -> None:
    sent = from_client(message(CLASS))
    assert len(read(sent, protocols=("dhcp",))) == 1
    for others in (("tcp",), ("tcp", "tls", "http")):
        text, stats = rendered(sent, protocols=others)
        assert text == ""
        assert stats.drops["not_tcp"] == 1


def test_text_of_strangers_is_escaped() -> None:
    sent = from_client(message(option(60, b'a\x1b[31m\xff"\\')))
    assert one(sent)["vendor_class"] == 'a\x1b[31m�"\\'
    assert "\x1b" not in rendered(sent)[0]
    assert "\x1b" not in rendered(sent, form="text")[0]

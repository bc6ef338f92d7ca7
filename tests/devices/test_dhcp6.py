"""DHCPv6. Expected values follow from RFC 8415, 4704, 6939 and 8520."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from tests.support.devices import dhcp6
from tests.support.devices.dhcp6 import (
    LINK_LOCAL,
    duid,
    from_client,
    from_server,
    message,
    option,
    relayed,
    texts,
)
from tests.support.devices.made import MAC, OTHER_MAC, Record, datagram, read, rendered
from tests.support.packets import Ip6

WINDOWS = texts(16, struct.pack("!I", 311), b"MSFT 5.0")
ORO = option(6, struct.pack("!4H", 17, 23, 24, 39))


def one(*frames: bytes, **options: Any) -> Record:
    (record,) = read(*frames, **options)
    return record


def test_what_a_client_says() -> None:
    found = one(from_client(message(duid(), option(39, b"\0\x03pc7\x07example\0"), WINDOWS, ORO)))
    assert (found["event"], found["dhcp_message"], found["from_server"]) == ("dhcp", "solicit", False)
    assert (found["mac"], found["device_ip"], found["forwarded"]) == (MAC, LINK_LOCAL, False)
    assert found["vendor_class"] == "MSFT 5.0"
    assert found["vendor_data"] == ["311", "311 MSFT 5.0"]
    assert found["parameters"] == [17, 23, 24, 39]
    assert found["dhcp_options"] == [1, 39, 16, 6]
    assert {"host_name", "fqdn", "client_id"} & set(found) == set()


def test_names_only_on_request() -> None:
    sent = from_client(message(duid(), option(39, b"\0\x03pc7\x07example\0")))
    found = one(sent, host_names=True)
    assert (found["host_name"], found["fqdn"]) == ("pc7", "pc7.example")
    assert found["client_id"] == "000100012a00000100005e005301"


def test_other_options() -> None:
    given = (
        texts(15, b"", b"abc", b"", b"de"),
        option(17, struct.pack("!IHH", 4491, 1, 2) + b"SN"),
        option(112, b"https://maker.example/lamp"),
    )
    assert one(from_client(message(*given)))["vendor_data"] == [
        *("user-class abc", "user-class de", "4491", "mud https://maker.example/lamp"),
    ]


def test_of_a_relayed_message_the_client_counts() -> None:
    made = relayed(message(duid(OTHER_MAC), WINDOWS))
    for _ in range(7):
        made = relayed(made, peer="2001:db8::77")
    found = one(datagram(made, 547, 547, source="2001:db8::1", mac="00:00:5e:00:53:aa"))
    assert (found["mac"], found["device_ip"], found["forwarded"]) == (OTHER_MAC, LINK_LOCAL, True)
    assert found["vendor_class"] == "MSFT 5.0"


@pytest.mark.parametrize(
    ("given", "outer", "expected"),
    [
        (duid(OTHER_MAC, kind=3), b"", OTHER_MAC),
        (duid(OTHER_MAC, hardware=6), b"", None),
        (option(1, b"\0\2\0\0\0\x09abcdef"), b"", None),
        (duid(), option(79, b"\0\1" + bytes.fromhex(OTHER_MAC.replace(":", ""))), OTHER_MAC),
        (option(1, b""), option(79, b"\0\6" + bytes(6)), None),
    ],
)
def test_the_mac_behind_a_relay(given: bytes, outer: bytes, expected: str | None) -> None:
    sent = datagram(relayed(message(given), outer), 547, 547, source="2001:db8::1", mac="00:00:5e:00:53:aa")
    assert one(sent).get("mac") == expected


def test_a_reply_says_only_the_addresses_of_the_client() -> None:
    found = one(from_server(message(duid(OTHER_MAC), WINDOWS, kind=dhcp6.REPLY)))
    assert (found["from_server"], found["dhcp_message"]) == (True, "reply")
    assert (found["mac"], found.get("device_ip")) == (OTHER_MAC, None)  # it was sent to many
    unicast = datagram(
        message(duid(OTHER_MAC), kind=dhcp6.REPLY),
        *(547, 546),
        ip=Ip6(source="fe80::1", destination=LINK_LOCAL, protocol=17),
    )
    assert one(unicast)["device_ip"] == LINK_LOCAL
    assert "vendor_class" not in found
    assert "device_ip" not in one(from_client(message(), source="::"))
    back = relayed(message(duid(OTHER_MAC), kind=dhcp6.ADVERTISE), kind=dhcp6.RELAY_REPLY)
    found = one(from_server(back, port=547))
    assert (found["mac"], found["device_ip"], found["forwarded"]) == (OTHER_MAC, LINK_LOCAL, True)


def nested(times: int) -> bytes:
    made = message(WINDOWS)
    for _ in range(times):
        made = relayed(made)
    return made


@pytest.mark.parametrize(
    ("made", "is_read"),
    [
        (b"\1\2\3", False),
        (message(kind=0), False),
        (message(kind=37), False),
        (nested(9), False),
        (nested(1)[:36], False),
        (nested(1)[:-1], False),
        (relayed(b"\1"), False),
        (bytes((12, 0)) + bytes(32), False),
        (message(WINDOWS, b"\0\6\0\4\0"), True),
        (message(WINDOWS, b"\0\6"), True),
        (message(option(16, b"\0\0")), True),
        (message(option(15, b"\0\5abc")), True),
    ],
)
def test_what_is_malformed_is_counted(made: bytes, is_read: bool) -> None:
    text, stats = rendered(from_client(made))
    assert stats.dhcp_malformed == 1
    assert stats.analysed == 1
    assert bool(text) == is_read


@pytest.mark.parametrize("made", [message(WINDOWS, kind=14), relayed(message(WINDOWS, kind=36))])
def test_what_servers_say_to_one_another_is_passed_over(made: bytes) -> None:
    """Leasequery (RFC 5007), Contact (RFC 8156)."""
    text, stats = rendered(from_client(made))
    assert (text, stats.dhcp_malformed, stats.analysed) == ("", 0, 1)


def test_formats() -> None:
    (eve,) = read(from_client(message(duid(), WINDOWS)), form="eve")
    assert eve["dhcp"]["dhcp_type"] == "solicit"
    assert "  Asks:    17,23,24,39\n" in rendered(from_client(message(ORO)), form="text")[0]

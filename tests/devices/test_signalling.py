"""Messages of signalling: a MAC in a name, and TLS behind words of other protocols."""

from __future__ import annotations

import struct

import pytest

from tests.support.devices.made import datagram, read, rendered
from tests.support.golden import GoldenFlow, Message
from tests.support.tls.conversation import client_hello, record

PHONE = "Yealink SIP-T46S 66.85.0.5"


@pytest.mark.parametrize("mac", ["001565010203", "00:15:65:01:02:03"])
def test_a_mac_in_the_text_is_not_shown(mac: str) -> None:
    lines = (
        "REGISTER sip:192.0.2.1 SIP/2.0",
        "Via: SIP/2.0/UDP 192.0.2.7",
        f"User-Agent: {PHONE} {mac}",
        "",
        "",
    )
    sent = datagram("\r\n".join(lines).encode(), 5060, 5060)
    text, _ = rendered(sent, protocols=("signalling",), hides_private=True)
    assert PHONE in text
    assert "01:02:03" not in text
    assert mac not in text.replace("00:00:5e", "")


@pytest.mark.parametrize(("fields", "expected"), [(62, 1), (63, 0)])
def test_a_head_has_at_most_64_fields(fields: int, expected: int) -> None:
    lines = ("REGISTER sip:192.0.2.1 SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7", *["a:"] * fields)
    head = "\r\n".join((*lines, f"User-Agent: {PHONE}", "", ""))
    sent = datagram(head.encode(), 5060, 5060)
    assert sum(len(one["announced"]) for one in read(sent, protocols=("signalling",))) == expected


def connection(*sent: Message) -> list[bytes]:
    return [*GoldenFlow("tcp 192.168.7.7:40000 > 198.51.100.2:554", [*sent]).frames()]


@pytest.mark.parametrize(
    "before",
    [
        struct.pack("<IIIB23x", 0x01000020, 0x0AAA, 1 << 24, 33),  # MySQL's request for TLS
        b"A001 STARTTLS\r\n",
        b"AUTH TLS\r\n",
        b"STLS\r\n",
        b"STARTTLS\r\n",
        b"OPTIONS\r\n",
    ],
)
def test_tls_after_words_of_other_protocols(before: bytes) -> None:
    """They begin as messages of signalling do, and are none."""
    hello = record(client_hello())
    for frames in (
        connection((False, before), (False, hello)),
        connection((True, b"220 ready\r\n"), (False, before), (True, b"234 go on\r\n"), (False, hello)),
    ):
        assert [one["event"] for one in read(*frames, protocols=("tls", "signalling"))] == ["tls_client"]

"""SIP (RFC 3261), RTSP (RFC 2326) and SCCP: what telephones, cameras and servers say of themselves."""

from __future__ import annotations

import struct

import pytest

from tests.devices.calls import DEVICE, SERVER
from tests.devices.made import datagram, frame, read, rendered
from tests.devices.test_hosts import hosts
from tests.support.packets import ACK, PSH, SYN, Ip4, Tcp, packet
from tests.tls.conversation import client_hello, record

PHONE = "Yealink SIP-T46S 66.85.0.5"
VIA = "Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK1"


def head(first: str, *fields: str) -> bytes:
    return "\r\n".join((first, *fields, "", "")).encode()


def request(*fields: str, method: str = "REGISTER") -> bytes:
    return head(f"{method} sip:192.0.2.1 SIP/2.0", *(fields or (VIA, f"User-Agent: {PHONE}")))


def sip(data: bytes) -> bytes:
    return datagram(data, 5060, 5060)


def said(*frames: bytes) -> list[str]:
    return [one for record in read(*frames, protocols=("signalling",)) for one in record["announced"]]


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (PHONE, ("voip-phone", "Yealink", "SIP-T46S", "66.85.0.5")),
        (f"{PHONE} 001565010203", ("voip-phone", "Yealink", "SIP-T46S", "66.85.0.5")),
        ("Grandstream GXP1625 1.0.4.128", ("voip-phone", "Grandstream", "GXP1625", "1.0.4.128")),
        ("Cisco-CP7841-3PCC/11.0", ("voip-phone", "Cisco", "CP-7841", "11.0")),
        ("PolycomVVX-VVX_501-UA/5.5.0.23866", ("voip-phone", "Polycom", "501", "5.5.0.23866")),
        ("Asterisk PBX 16.2.1", ("server", None, None, None)),
        ("MicroSIP/3.20.5", ("computer", None, None, None)),
        ("Linphone/3.6.1 (eXosip2/4.1.0)", None),
        ("friendly-scanner", None),
    ],
)
def test_telephones_and_servers(agent: str, expected: tuple[str | None, ...] | None) -> None:
    message = sip(request(VIA, f"user-agent :  {agent}"))
    assert len(said(message)) == 1
    [one] = hosts(message)
    found = one.device
    assert (found and (found.type, found.manufacturer, found.model, found.version)) == expected


def answer(method: str) -> bytes:
    return head("SIP/2.0 200 OK", VIA, f"CSeq: 1 {method}", "Server: FreeSWITCH")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (answer("REGISTER"), ["signalling sip FreeSWITCH"]),
        (answer("INVITE"), []),  # the called telephone's own words, which the proxy passes on
        (request(VIA, VIA, f"User-Agent: {PHONE}"), []),  # passed on by a proxy
        (request(f"{VIA}, SIP/2.0/UDP 192.0.2.9", f"User-Agent: {PHONE}"), []),
        (request(f"v: {VIA}", f"User-Agent: {PHONE}"), [f"signalling sip {PHONE}"]),
        (request(VIA, "Content-Length: 40", "", f"User-Agent: {PHONE}"), []),  # in the body
        (request(VIA), []),
        (b"\r\n\r\n", []),
        (b"GET / HTTP/1.1\r\nUser-Agent: " + PHONE.encode() + b"\r\n\r\n", []),
    ],
)
def test_only_what_the_sender_says_of_itself(data: bytes, expected: list[str]) -> None:
    assert said(sip(data)) == expected


def test_lines_without_a_colon_are_counted_and_continued_lines_are_not() -> None:
    _, stats = rendered(
        sip(request(VIA, "nothing", " continued", f"User-Agent: {PHONE}")), protocols=("signalling",)
    )
    assert stats.signalling_malformed == 1


def test_a_mac_in_the_text_is_not_shown() -> None:
    for mac in ("001565010203", "00:15:65:01:02:03"):
        text, _ = rendered(
            sip(request(VIA, f"User-Agent: {PHONE} {mac}")), protocols=("signalling",), hides_private=True
        )
        assert PHONE in text
        assert "01:02:03" not in text
        assert mac not in text.replace("00:00:5e", "")


CAMERA = head("RTSP/1.0 200 OK", "CSeq: 2", "Server: Dahua Rtsp Server")
SILENT = head("RTSP/1.0 200 OK", "CSeq: 1", "Public: OPTIONS, DESCRIBE")
ASKED = head("OPTIONS rtsp://192.0.2.7/ RTSP/1.0", "CSeq: 1", "User-Agent: LibVLC/3.0.16")


def registration(kind: int, name: bytes = b"SEP001122334455", before: bytes = b"") -> bytes:
    body = struct.pack("<I16sIIII", 1, name, 0, 0, 0, kind)
    return before + struct.pack("<II", len(body), 0) + body


ALARM = struct.pack("<III", 96, 0, 0x20) + bytes(92)


def connection(*sent: tuple[bool, bytes], port: int = 554) -> list[bytes]:
    """A connection from a device; each piece is from its server or not."""
    client, server = Ip4(DEVICE, SERVER), Ip4(SERVER, DEVICE)
    made = [
        packet(client, Tcp(40000, port, seq=1, flags=SYN)),
        packet(server, Tcp(port, 40000, seq=5, ack=2, flags=SYN | ACK)),
        packet(client, Tcp(40000, port, seq=2, ack=6, flags=ACK)),
    ]
    at = [2, 6]
    for from_server, data in sent:
        ports = (port, 40000) if from_server else (40000, port)
        segment = Tcp(*ports, seq=at[from_server], ack=at[not from_server], flags=ACK | PSH, payload=data)
        made.append(packet(server if from_server else client, segment))
        at[from_server] += len(data)
    return [frame(one, 0x0800) for one in made]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([(True, CAMERA)], ["rtsp Dahua Rtsp Server"]),
        ([(False, ASKED), (True, SILENT + CAMERA)], ["rtsp-agent LibVLC/3.0.16", "rtsp Dahua Rtsp Server"]),
        ([(True, SILENT[:30]), (True, SILENT[30:]), (True, CAMERA)], ["rtsp Dahua Rtsp Server"]),
        ([(False, request())], [f"sip {PHONE}"]),
        ([(False, request()[:60]), (False, request()[60:])], [f"sip {PHONE}"]),
        ([(True, SILENT[:-2] + b"Content-Length: 9\r\n\r\n123456789" + CAMERA)], []),
        ([(True, b"RTSP/1.0 200 OK\r\nVia: 1.0 proxy\r\nServer: x\r\n\r\n")], []),
        ([(False, b"OPTIONS / HTTP/1.1\r\nUser-Agent: x\r\n\r\n")], []),
    ],
)
def test_heads_over_tcp(pieces: list[tuple[bool, bytes]], expected: list[str]) -> None:
    frames = connection(*pieces)
    assert said(*frames) == [f"signalling {one}" for one in expected]
    if len(pieces) == 1 and expected:
        assert said(frames[-1]) == [f"signalling {one}" for one in expected]  # without its handshake


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


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (registration(115), ["sccp SEP 115"]),
        (registration(115, before=ALARM), ["sccp SEP 115"]),
        (registration(52, b"NONAME"), ["sccp NON 52"]),  # a conference bridge
        (registration(115)[:-1], []),
        (struct.pack("<III", 4, 0, 0), []),
    ],
)
def test_registrations_of_sccp(data: bytes, expected: list[str]) -> None:
    assert said(*connection((False, data), port=2000)) == [f"signalling {one}" for one in expected]
    assert said(*connection((False, data), port=2001)) == []


def test_a_registration_names_the_telephone() -> None:
    for kind, expected in ((115, "7941"), (437, "7975"), (9999, None)):
        one = {host.ip: host.device for host in hosts(*connection((False, registration(kind)), port=2000))}[
            DEVICE
        ]
        assert one is not None
        assert (one.type, one.manufacturer, one.model) == ("voip-phone", "Cisco", expected)
    bridge = {h.ip: h.device for h in hosts(*connection((False, registration(52, b"CFB1")), port=2000))}[
        DEVICE
    ]
    assert bridge is None or bridge.type is None

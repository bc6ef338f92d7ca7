"""NTLM where it is sent as text or by SQL Server (RFC 4559, [MS-SMTPNTLM], [MS-TDS])."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import pytest

from tests.devices.test_smb import BOTH2, VERSION, said
from tests.support.devices import smb
from tests.support.devices.requests import hosts
from tests.support.devices.smb import authenticate, challenge, negotiate
from tests.support.tls.conversation import Conversation

Turn = tuple[str, bytes]
FIRST, SECOND, THIRD = (b64encode(one) for one in (negotiate(), challenge(), authenticate()))
SERVER_ONLY = [(True, [f"{VERSION} server", "name SRV"])]
LAST_ONLY = [(False, [f"{VERSION} client", "name PC"])]
ORDERED = [BOTH2[0], BOTH2[2], BOTH2[1]]


def talk(*turns: Turn, port: int = 80) -> list[bytes]:
    """A connection in which client (c) and server (s) take turns."""
    made, at = Conversation(40000, port).handshake(), {"c": 0, "s": 0}
    for who, data in turns:
        if who == "c":
            made.client(at["c"], data)
        else:
            made.server(at["s"], data, acked=at["c"])
        at[who] += len(data)
    return smb.framed_packets(made.packets)


def asks(header: bytes = b"", target: bytes = b"/", more: bytes = b"") -> Turn:
    return "c", b"GET %s HTTP/1.1\r\nHost: a.example\r\n%s%s\r\n" % (
        target,
        header and header + b"\r\n",
        more,
    )


def answers(header: bytes, status: int = 401, more: bytes = b"") -> Turn:
    return "s", b"HTTP/1.1 %d No\r\n%s\r\n%sContent-Length: 0\r\n\r\n" % (status, header, more)


def http(way: bytes = b"NTLM", side: bytes = b"WWW-Authenticate", **options: Any) -> list[Turn]:
    """A login after a refusal."""
    own = b"Proxy-Authorization: " if side.startswith(b"Proxy") else b"Authorization: "
    status = 407 if side.startswith(b"Proxy") else 401
    return [
        asks(**options),
        answers(side + b": " + way, status),
        asks(own + way + b" " + FIRST, **options),
        answers(side + b": " + way + b" " + SECOND, status),
        asks(own + way + b" " + THIRD, **options),
        answers(b"Server: IIS", 200),
    ]


def mail(greeting: bytes, asked: bytes, first: bytes, goes_on: bytes, ends: bytes) -> list[Turn]:
    lines = [greeting, asked, first, goes_on + SECOND, THIRD, ends]
    return [("sc"[at % 2], line + b"\r\n") for at, line in enumerate(lines)]


SMTP = [
    ("s", b"220 mail.example.org ESMTP\r\n"),
    ("c", b"EHLO a.example\r\n"),
    ("s", b"250 AUTH NTLM\r\n"),
    ("c", b"AUTH NTLM\r\n"),
    ("s", b"334 NTLM supported\r\n"),
    ("c", FIRST + b"\r\n"),
    ("s", b"334 " + SECOND + b"\r\n"),
    ("c", THIRD + b"\r\n"),
    ("s", b"235 2.7.0 ok\r\n"),
]
SMTP_AT_ONCE = [*SMTP[:3], ("c", b"AUTH NTLM " + FIRST + b"\r\n"), *SMTP[6:]]
POP3 = [
    ("s", b"+OK ready\r\n"),
    ("c", b"AUTH NTLM\r\n"),
    ("s", b"+ \r\n"),
    ("c", FIRST + b"\r\n"),
    ("s", b"+ " + SECOND + b"\r\n"),
    ("c", THIRD + b"\r\n"),
    ("s", b"+OK\r\n"),
]
IMAP = [("s", b"* OK [CAPABILITY IMAP4rev1] ready\r\n"), ("c", b"a1 AUTHENTICATE NTLM\r\n"), *POP3[2:6]]


def tds(kind: int, content: bytes) -> bytes:
    return struct.pack("!BBHHBB", kind, 1, 8 + len(content), 0, 1, 0) + content


SQL = [
    ("c", tds(0x10, bytes(86) + negotiate())),
    ("s", tds(4, b"\xed" + struct.pack("<H", len(challenge())) + challenge())),
    ("c", tds(0x11, authenticate())),
]
PRELOGIN = b"\0\0\6\0\6\xff\x0f\0\7\xd0\0\0"


@pytest.mark.parametrize(
    ("turns", "port"),
    [
        (http(), 80),
        (http(b"Negotiate"), 5985),
        (http(b"ntlm", b"www-authenticate"), 80),
        (http(side=b"Proxy-Authenticate", target=b"http://b.example/"), 3128),
        (SMTP, 25),
        (SMTP_AT_ONCE, 587),
        (POP3, 110),
        (IMAP, 143),
        (SQL, 1433),
        ([("c", tds(0x12, PRELOGIN)), ("s", tds(4, PRELOGIN)), *SQL], 49172),
    ],
)
def test_ntlm_as_text(turns: Sequence[Turn], port: int) -> None:
    assert said(talk(*turns, port=port)) == ORDERED
    assert said(talk(*turns, port=port), workers=3) == ORDERED
    assert said(talk(*turns, port=port), protocols=("http", "greetings")) == []


def test_a_client_that_begins_with_ntlm() -> None:
    assert said(talk(*http()[2:])) == [ORDERED[1], ORDERED[2]]


def test_no_login_and_no_name_is_shown() -> None:
    frames = [*talk(*SMTP, port=25), *talk(*http())]
    found = hosts(*frames)
    assert any(one.device for one in found)
    assert [one for one in found if one.logins] == []


def changed(turns: Sequence[Turn], old: bytes, new: bytes) -> list[Turn]:
    return [(who, data.replace(old, new)) for who, data in turns]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (http(target=b"http://b.example/"), [BOTH2[0]]),  # a proxy passes the challenge of another host
        (http(more=b"Via: 1.1 proxy\r\n"), []),
        ([*http()[:3], answers(b"WWW-Authenticate: NTLM " + SECOND, more=b"Via: 1.1 a\r\n")], [BOTH2[0]]),
        (changed(http(), SECOND, THIRD), [BOTH2[0]]),  # a server that sends a client's message
        (changed(http(), THIRD, SECOND), ORDERED[:2]),
        (changed(http(), b" NTLM ", b" Bearer "), []),
        (changed(http(), SECOND, b64encode(b"no message of NTLM, but long enough to be one")), [BOTH2[0]]),
        (changed(http(), SECOND, b"TlRMTVNTUAAC"), [BOTH2[0]]),
        (changed(http(), SECOND, SECOND[:60]), [BOTH2[0]]),  # cut before its version
        (changed(http(), SECOND, b"!" + SECOND), [BOTH2[0]]),
        (changed(http(), b"Authenticate", b"X-Note"), [BOTH2[0]]),
        (changed(SMTP, b"AUTH NTLM", b"AUTH XNTLM"), []),
        ([*SMTP[:3], ("c", b"DATA\r\n"), ("s", b"354 go\r\n"), ("c", FIRST + b"\r\n"), SMTP[6]], []),
        ([*SMTP[:5], ("c", b"*\r\n"), ("s", b"501 no\r\n"), ("c", FIRST + b"\r\n"), SMTP[6]], []),
        ([SQL[0], ("s", tds(4, b"\xd1" + challenge()))], [BOTH2[0]]),  # a row of a table
        ([("c", tds(1, negotiate()))], []),  # a query
        ([("c", b"\x10\x7d\0\4MQTT" + negotiate())], []),
    ],
)
def test_what_only_looks_like_it(turns: Sequence[Turn], expected: list[Any]) -> None:
    assert said(talk(*turns)) == expected


@pytest.mark.parametrize(
    ("build", "result", "interface", "expected"),
    [
        (17763, 0, smb.DRSUAPI, ("server", "2019")),
        (26100, 0, smb.DRSUAPI, ("server", "2025")),
        (17763, 2, smb.DRSUAPI, (None, "10 or 2019")),  # refused
        (17763, 0, bytes(16), (None, "10 or 2019")),
    ],
)
def test_a_directory_is_a_servers(
    build: int, result: int, interface: bytes, expected: tuple[str | None, str]
) -> None:
    version = bytes((10, 0)) + struct.pack("<H", build) + b"\0\0\0\x0f"
    for address in (b"", b"49685\0", b"\\pipe\\x\0"):
        frames = talk(
            ("c", smb.rpc(negotiate(None), offers=interface)),
            ("s", smb.rpc(challenge(version), 12, address=address, result=result)),
            port=49685,
        )
        (found,) = [one.device for one in hosts(*frames[3:]) if one.device]  # without Linux's handshake
        assert (found.type, found.version) == expected

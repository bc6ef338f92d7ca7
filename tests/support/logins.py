"""Logins to servers, and guesses."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from tests.support.captures import pcap
from tests.support.conversations import handshake, segment

NAME, SECRET = b"alice-4711", b"hunter2-4711"
PLAIN = base64.b64encode(b"\0" + NAME + b"\0" + SECRET)
BASIC = base64.b64encode(NAME + b":" + SECRET)
Turn = tuple[str, bytes]


def frames(*turns: Turn, port: int = 40000) -> list[bytes]:
    """A connection: what the client (c) and the server (s) send, one segment for each turn."""
    made, at = [*handshake(port), segment(port, 0)], {"c": 0, "s": 0}
    for who, data in turns:
        made.append(segment(port, at[who], data, server=who == "s"))
        at[who] += len(data)
    return made


def lines(greeting: bytes, *pairs: tuple[bytes, bytes]) -> list[Turn]:
    turns = [("s", greeting + b"\r\n")]
    for command, reply in pairs:
        turns += [("c", command + b"\r\n"), ("s", reply + b"\r\n")]
    return turns


def ber(tag: int, content: bytes) -> bytes:
    return bytes((tag, len(content))) + content


def bind(secret: bytes = SECRET, name: bytes = NAME, how: int = 0x80, number: int = 1) -> bytes:
    """A bind of LDAP, RFC 4511 section 4.2."""
    body = ber(0x02, b"\3") + ber(0x04, name) + ber(how, secret)
    return ber(0x30, ber(0x02, bytes((number,))) + ber(0x60, body))


def bound(code: int = 0, number: int = 1) -> bytes:
    return ber(
        0x30, ber(0x02, bytes((number,))) + ber(0x61, ber(0x0A, bytes((code,))) + ber(4, b"") + ber(4, b""))
    )


def http(header: bytes, status: bytes = b"200 OK") -> list[Turn]:
    request = b"GET / HTTP/1.1\r\nHost: a.example\r\n" + header + b"\r\n\r\n"
    return [("c", request), ("s", b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")]


FTP, SMTP = b"220 (vsFTPd 3.0.3)", b"220 mail.example.org ESMTP Postfix"
POP3, IMAP = b"+OK Dovecot ready.", b"* OK [CAPABILITY IMAP4rev1] Dovecot ready."
EHLO = (b"EHLO a.example", b"250-mail.example.org\r\n250 AUTH PLAIN LOGIN")
USER = (b"USER " + NAME, b"331 Please specify the password.")
TELNET = b"\xff\xfd\x18\xff\xfb\x01"
PROMPTS = [("s", TELNET), ("c", b"\xff\xfb\x18"), ("s", b"\r\nhost login: "), ("c", NAME + b"\r")]
LOGINS: dict[str, tuple[Sequence[Turn], list[tuple[str, str]]]] = {
    "ftp": (lines(FTP, USER, (b"PASS " + SECRET, b"230 Login successful.")), [("ftp", "accepted")]),
    "ftp refused": (lines(FTP, USER, (b"PASS " + SECRET, b"530 Login incorrect.")), [("ftp", "refused")]),
    "ftp without a name": (
        lines(b"220 ready", USER, (b"PASS " + SECRET, b"230-a\r\n230 b")),
        [("ftp", "accepted")],
    ),
    "ftp, tls refused": (
        lines(FTP, (b"AUTH TLS", b"502 no"), USER, (b"PASS " + SECRET, b"230 ok")),
        [("ftp", "accepted")],
    ),
    "smtp plain": (lines(SMTP, EHLO, (b"AUTH PLAIN " + PLAIN, b"235 2.7.0 ok")), [("smtp", "accepted")]),
    "smtp login": (
        lines(
            b"220 ready",
            EHLO,
            (b"AUTH LOGIN", b"334 VXNlcm5hbWU6"),
            (base64.b64encode(NAME), b"334 UGFzc3dvcmQ6"),
            (base64.b64encode(SECRET), b"535 5.7.8 no"),
        ),
        [("smtp", "refused")],
    ),
    "pop3": (
        lines(
            POP3, (b"USER " + NAME, b"+OK"), (b"PASS " + SECRET, b"-ERR no"), (b"PASS " + SECRET, b"+OK yes")
        ),
        [("pop3", "refused"), ("pop3", "accepted")],
    ),
    "imap": (
        lines(IMAP, (b"a1 LOGIN " + NAME + b" " + SECRET, b"* CAPABILITY x\r\na1 OK yes")),
        [("imap", "accepted")],
    ),
    "imap literals": (
        lines(
            IMAP,
            (b"a1 login {%d}" % len(NAME), b"+ go"),
            (NAME + b" {%d}" % len(SECRET), b"+ go"),
            (SECRET, b"a1 NO no"),
        ),
        [("imap", "refused")],
    ),
    "ldap": ([("c", bind()), ("s", bound())], [("ldap", "accepted")]),
    "ldap refused": (
        [("c", bind(name=b"", secret=b"")), ("s", bound()), ("c", bind(number=2)), ("s", bound(49, 2))],
        [("ldap", "refused")],
    ),
    "telnet": (
        [*PROMPTS, ("s", b"\r\nPassword: "), ("c", SECRET + b"\r"), ("s", b"\r\n"), ("s", b"Last login: x")],
        [("telnet", "accepted")],
    ),
    "telnet refused": (
        [
            *(*PROMPTS, ("s", b"Password: ")),
            *(("c", bytes((one,))) for one in SECRET + b"\r"),
            ("s", b"\r\nLogin incorrect\r\nhost login: "),
        ],
        [("telnet", "refused")],
    ),
    "http": (http(b"Authorization: Basic " + BASIC), [("http", "accepted")]),
    "http refused": (http(b"authorization: basic " + BASIC, b"401 Unauthorized"), [("http", "refused")]),
}


def guesses(count: int, every_s: float, turns: Sequence[Turn]) -> bytes:
    """Connections of a client, each with these turns."""
    packets = []
    for number in range(count):
        start = 1_700_000_000_000_000_000 + round(number * every_s * 10**9)
        for at, data in enumerate(frames(*turns, port=20000 + number)):
            packets.append((start + at * 1_000_000, data))
    return pcap(sorted(packets), linktype=101)


REFUSED = LOGINS["ftp refused"][0]

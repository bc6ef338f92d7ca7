"""Greetings of servers, SSH and SIP: texts that resemble patterns, endless lines and lists."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.ssh_model import CLIENT_ID, SERVER_ID, binary_packet, kexinit, lists_of, reply
from tests.support.ssh_model import host_key as key
from tools.bench.adversarial.model import (
    MTU_DATA,
    CostlyInput,
    FrameTalk,
    FrameTraffic,
    costly,
    of_talks,
    talks,
)
from tools.bench.hotpath import ALL_PROTOCOLS

GREETING, SSH, SIP = "greeting", "SSH key exchange", "SIP request"
LINE = 510
"""Bytes of a greeting that are compared with patterns."""


def said(
    data: bytes, *, port: int = 25, size: int = MTU_DATA, count: int = 100
) -> Callable[[], FrameTraffic]:
    """The server speaks first."""
    return lambda: of_talks(talks(count, port), lambda talk: talk.send(1, data, size))


def line(text: bytes, status: bytes = b"220 ", room: int = LINE) -> bytes:
    """A greeting that repeats the text."""
    return (status + text * room)[:room] + b"\r\n"


def exchange(
    client: bytes, server: bytes, size: int = MTU_DATA, count: int = 50
) -> Callable[[], FrameTraffic]:
    def costly(talk: FrameTalk) -> list[bytes]:
        return [*talk.send(1, server, size), *talk.send(0, client, size)]

    return lambda: of_talks(talks(count, 22), costly)


WORDS = (
    b"microsoft",
    b"exchange",
    b"postfix",
    b"sendmail",
    b"exim",
    b"filezilla",
    b"serv-u",
    b"proftpd",
    b"vsftpd",
)
ORDINARY = (CLIENT_ID + binary_packet(kexinit(lists_of())), SERVER_ID + binary_packet(kexinit(lists_of())))
LONG_LISTS = lists_of(",".join(f"kex{number}" for number in range(1500)))


def sip(headers: bytes, size: int = MTU_DATA, count: int = 50) -> Callable[[], FrameTraffic]:
    """A request of a telephone."""
    head = (
        b"REGISTER sip:192.0.2.1 SIP/2.0\r\n" + headers + b"User-Agent: Yealink SIP-T46S 66.86.0.15\r\n\r\n"
    )
    return lambda: of_talks(talks(count, 5060), lambda talk: talk.send(0, head, size))


BASELINES = (
    CostlyInput(
        GREETING, GREETING, said(b"220 mail.example.org ESMTP Postfix (Debian/GNU)\r\n"), ALL_PROTOCOLS
    ),
    CostlyInput(SSH, SSH, exchange(*ORDINARY), ALL_PROTOCOLS),
    CostlyInput(SIP, SIP, sip(b"Via: SIP/2.0/TCP 192.0.2.7\r\nCSeq: 1 REGISTER\r\n"), ALL_PROTOCOLS),
)

ENTRIES = (
    *costly(
        GREETING,
        {
            "greeting: the beginning of a pattern": said(line(b"Microso ")),
            "greeting: the beginning of a pattern, 1 KB": said(line(b"Microso ", room=1020)),
            "greeting: patterns": said(line(b"Microsoft ")),
            "greeting: patterns of one word": said(line(b"smtp.")),
            "greeting: FTP": said(line(b"ftpd "), port=21),
            "greeting: POP3": said(line(b"pop3 server", b"+OK "), port=110),
            "greeting: IMAP": said(line(b"imap4 server", b"* OK "), port=143),
            "greeting: letters": said(line(b"s")),
            "greeting: different words": said(line(b"".join(WORDS))),
            "greeting: byte by byte": said(line(b"Microso "), size=1, count=2),
        },
        ALL_PROTOCOLS,
    ),
    *costly(
        SSH,
        {
            "SSH: byte by byte": exchange(*ORDINARY, size=1, count=4),
            "SSH: lines before the identification": exchange(CLIENT_ID, b"\n" * 14_000 + SERVER_ID, count=10),
            "SSH: beginnings of an identification": exchange(
                CLIENT_ID, b"SSH\n" * 3500 + SERVER_ID, count=10
            ),
            "SSH: empty messages": exchange(CLIENT_ID + binary_packet(b"\2") * 1500, SERVER_ID, count=10),
            "SSH: long lists": exchange(
                CLIENT_ID + binary_packet(kexinit(LONG_LISTS)),
                SERVER_ID + binary_packet(kexinit(LONG_LISTS)),
                count=10,
            ),
            "SSH: a long host key": exchange(
                ORDINARY[0], ORDINARY[1] + binary_packet(reply(key(key=bytes(20_000)))), count=10
            ),
        },
        ALL_PROTOCOLS,
    ),
    *costly(
        SIP,
        {
            "SIP: empty headers": sip(b"a:\r\n" * 300),
            "SIP: byte by byte": sip(b"a:\r\n" * 100, size=1, count=2),
            "SIP: one long header": sip(b"a: " + b"b" * 1200 + b"\r\n"),
            "SIP: no end": sip(b"User-Agen: x\r\n" * 4000, count=5),
        },
        ALL_PROTOCOLS,
    ),
)

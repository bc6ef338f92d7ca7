"""Greetings of servers."""

from __future__ import annotations

import struct

from tests.support.conversations import handshake, segment

LINUX, WINDOWS = "Linux", "Windows"


def mysql(version: bytes, number: int = 0, protocol: int = 10, zero: int = 0) -> bytes:
    """The first packet of a server of MySQL, as its documentation describes protocol 10."""
    body = bytes((protocol,)) + version + b"\0" + bytes(4) + b"A" * 8 + bytes((zero,))
    body += b"\xff\xf7\x08\x02\x00\xff\x81\x15" + bytes(10) + b"B" * 12 + b"\0mysql_native_password\0"
    return struct.pack("<I", len(body))[:3] + bytes((number,)) + body


def sent(server: bytes, client: bytes = b"", *, step: int = 1400, port: int = 40000) -> list[bytes]:
    """A connection: the server's bytes in segments, then the client's."""
    frames = handshake(port)
    for data, is_server in ((server, True), (client, False)):
        frames += [
            segment(port, at, data[at : at + step], server=is_server) for at in range(0, len(data), step)
        ]
    return frames


VSFTPD = b"220 (vsFTPd 3.0.3)\r\n"
POSTFIX = b"220 mail.example.org ESMTP Postfix (Debian/GNU)\r\n"
IMAP = b"* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] Dovecot (Debian) ready.\r\n"
MARIADB = mysql(b"5.5.5-10.11.6-MariaDB-0+deb12u1")
GREETINGS = [
    (VSFTPD, ("ftp", "vsftpd", "3.0.3")),
    (b"220-FileZilla Server 0.9.60 beta\r\n220 hi\r\n", ("ftp", "FileZilla Server", "0.9.60", WINDOWS)),
    (b"220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n220-a\r\n", ("ftp", "Pure-FTPd")),
    (POSTFIX, ("smtp", "Postfix", "Debian", LINUX)),
    (b"220-h.example ESMTP Exim 4.96 #2 Mon, 1 Jan 2024\r\n220 x\r\n", ("smtp", "Exim", "4.96")),
    (b"+OK Dovecot ready.\r\n", ("pop3", "Dovecot")),
    (IMAP, ("imap", "Dovecot", "Debian", LINUX)),
    (b"* PREAUTH mail Cyrus IMAP4 v2.3.7 server ready\r\n", ("imap", "Cyrus IMAP", "2.3.7")),
    (MARIADB, ("mysql", "MariaDB", "10.11.6", "Debian 12", "Linux 6.1 or newer")),
    (mysql(b"8.0.36"), ("mysql", "MySQL", "8.0")),
    (b"220 ready, my FTP server\r\n", ("ftp",)),
    (b"220 ftp.example.org ESMTP\r\n", ("smtp",)),
    (b"+OK hi\n", ("pop3",)),
    (b"* OK hi\r\n", ("imap",)),
    (mysql(b"5.7.25-TiDB-v7.1.0"), ("mysql",)),
]

"""The reader of greetings: what servers say first, the patterns for it, hosts, and what is no greeting."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from huginn_workbench.core import explain_device
from tests.support import saved_states
from tests.support.conversations import ANSWER, CLIENT, SERVER, START, capture, handshake, segment
from tests.support.greetings import GREETINGS, LINUX, MARIADB, POSTFIX, VSFTPD, WINDOWS, mysql, sent
from tests.support.packets import ACK, Ip4, Tcp, packet
from tests.support.tls.conversation import HELLO_EXTENSIONS, client_hello, record, server_hello

Row = dict[str, Any]
KEYS = ("program", "program_version", "program_variant", "stated_system", "greeting_text")


def acknowledging(acked: int, data: bytes = b"", *, server: bool = False, at: int = 0) -> bytes:
    """A segment at `at` that acknowledges `acked` bytes."""
    ends, ports = ((SERVER, CLIENT), (22, 40000)) if server else ((CLIENT, SERVER), (40000, 22))
    own, other = (ANSWER, START) if server else (START, ANSWER)
    numbers = (own + 1 + at) % 2**32, (other + 1 + acked) % 2**32
    return packet(Ip4(*ends), Tcp(*ports, *numbers, flags=ACK, payload=data))


def events(*frames: bytes, workers: int = 1, **options: Any) -> list[Row]:
    out = BytesIO()
    with hg.Analyzer(**options) as analyzer:
        for batch in analyzer.batches(capture(*frames), workers=workers):
            for piece in Renderer("json", analyzer.database).pieces(batch, 0, len(batch)):
                out.write(piece)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def rows(*frames: bytes, **options: Any) -> list[tuple[str, ...]]:
    """Protocol and what the pattern says, of each greeting."""
    return [
        (one["greeting_protocol"], *(one[key] for key in KEYS if key in one))
        for one in events(*frames, **options)
        if one["event"] == "greeting"
    ]


def test_results_have_greetings() -> None:
    frames = [*sent(VSFTPD), *sent(POSTFIX, port=40001)]
    found = [one.greeting for one in hg.Analyzer().analyze_pcap(capture(*frames)) if one.greeting]
    assert [(one.greeting_protocol, one.program, one.greeting_text) for one in found] == [
        ("ftp", "vsftpd", None),
        ("smtp", "Postfix", None),
    ]
    assert found[0].source.ip == SERVER


@pytest.mark.parametrize("step", [1400, 7, 1])
@pytest.mark.parametrize(("server", "expected"), GREETINGS)
def test_greetings_in_segments_of_any_size(server: bytes, expected: tuple[str, ...], step: int) -> None:
    assert rows(*sent(server, step=step)) == [expected]


@pytest.mark.parametrize(
    "server",
    [
        b"220 files.example.org\r\n",
        b"220 ftp.example.org ready\r\n",
        b"220 smtp-gate ready\r\n",
        b"220 \r\n",
        b"220 x ESMTP Postfix",
        b"220 x ESMTP \1\r\n",
        b"221 x ESMTP Postfix\r\n",
        b"+OK\r\n",
        b"+OK \r\n",
        b"-ERR Dovecot ready.\r\n",
        b"* BYE Dovecot ready.\r\n",
        b"200 news ready\r\n",
        b"220 " + b"x" * 1020 + b" ESMTP Postfix\r\n",
        mysql(b"8.0.36", number=1),
        mysql(b"8.0.36", protocol=9),
        mysql(b"8.0.36", zero=1),
        mysql(b"x8.0.36"),
        mysql(b"8.0.\x01"),
        mysql(b"8.0.36" + b"x" * 129),
        mysql(b"8.0.36")[:-1],
        b"\x45\0\0\0\xff\x6a\x04Too many connections" + bytes(60),
        b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
    ],
)
def test_what_is_no_greeting(server: bytes) -> None:
    assert rows(*sent(server)) == rows(*sent(server, step=1)) == []


STARTUP = bytes.fromhex("00000017 00030000") + b"user\0postgres\0\0"
SSL_REQUEST = bytes.fromhex("00000008 04d2162f")


def postgres(*parameters: bytes, refused: bytes = b"") -> bytes:
    """What a server sends after its client's startup message: authentication, and parameters."""

    def message(kind: bytes, content: bytes) -> bytes:
        return kind + (4 + len(content)).to_bytes(4, "big") + content

    told = b"".join(message(b"S", one) for one in parameters)
    return refused + message(b"R", b"\0\0\0\x0aSCRAM-SHA-256\0\0") + message(b"R", bytes(4)) + told


def asked(startup: bytes, server: bytes, step: int = 1400) -> list[bytes]:
    """A connection: the client's first message, then the server's bytes in segments."""
    rest = [segment(40000, at, server[at : at + step], server=True) for at in range(0, len(server), step)]
    return [*handshake(40000), segment(40000, 0, startup), *rest]


CLIENT_ENCODING = b"client_encoding\0UTF8\0"
VERSION = b"server_version\x0016.2 (Debian 16.2-1.pgdg120+2)\0"


@pytest.mark.parametrize("step", [1400, 7, 1])
def test_postgresql(step: int) -> None:
    """The version is among the first messages of a server; a client asks first."""
    found = ("postgresql", "PostgreSQL", "16.2", "Debian 12", LINUX)
    assert rows(*asked(STARTUP, postgres(CLIENT_ENCODING, VERSION), step)) == [found]
    assert rows(*asked(SSL_REQUEST, postgres(VERSION, refused=b"N"), step)) == [found]
    for text, expected in (
        (b"17.0", ("17.0",)),
        (b"14.11 (Ubuntu 14.11-0ubuntu0.22.04.1)", ("14.11", "Ubuntu 22.04", LINUX)),
        (b"15.6 (Homebrew)", ("15.6",)),
    ):
        server = postgres(b"server_version\0" + text + b"\0")
        assert rows(*asked(STARTUP, server, step)) == [("postgresql", "PostgreSQL", *expected)]
    shown = rows(*asked(STARTUP, postgres(VERSION)), host_names=True)
    assert shown[0][-1] == "16.2 (Debian 16.2-1.pgdg120+2)"


@pytest.mark.parametrize(
    ("startup", "server"),
    [
        (STARTUP, postgres(CLIENT_ENCODING)),  # no version
        (STARTUP, postgres(b"server_version_num\x00160002\0")),
        (STARTUP, postgres(b"server_version\0\0")),
        (STARTUP, postgres(b"server_version\x0016.2")),  # without its end
        (STARTUP, postgres(b"server_version\x001\x016\0")),
        (STARTUP, postgres(b"a" * 1019, VERSION)),  # beyond the bytes that are examined
        (STARTUP, b"E" + postgres(VERSION)[1:]),
        (STARTUP, b"R\0\0\0\3" + postgres(VERSION)),
        (STARTUP, b"S" + postgres(VERSION)),
        (STARTUP[:4] + b"\0\2" + STARTUP[6:], postgres(VERSION)),  # version 2
        (b"\0\0\0\7" + STARTUP[4:], postgres(VERSION)),
        (b"GET / HTTP/1.1\r\n\r\n", postgres(VERSION)),
        (b"", postgres(VERSION)),
    ],
)
def test_what_is_not_postgresql(startup: bytes, server: bytes) -> None:
    assert rows(*asked(startup, server)) == rows(*asked(startup, server, 1)) == []


def test_at_most_1024_bytes_are_examined() -> None:
    line = b"220 " + b"x" * 1003 + b" ESMTP Postfix\r\n"
    assert len(line) == 1023
    assert rows(*sent(line, step=1)) == [("smtp",)]
    assert rows(*sent(b"220 xx" + line[4:])) == []


@pytest.mark.parametrize(("greeting", "_"), GREETINGS)
def test_a_client_never_greets(greeting: bytes, _: tuple[str, ...]) -> None:
    assert rows(*sent(b"", greeting)) == []
    frames = [*handshake(40000), segment(40000, 0, greeting), segment(40000, 0, greeting, server=True)]
    assert rows(*frames) == []


@pytest.mark.parametrize(("greeting", "expected"), GREETINGS)
def test_a_connection_without_its_handshake(greeting: bytes, expected: tuple[str, ...]) -> None:
    """Servers send the status with any text later, too."""
    is_plain = b"OK hi" not in greeting
    assert rows(*sent(greeting)[2:]) == ([expected] if is_plain else [])


@pytest.mark.parametrize(("greeting", "expected"), GREETINGS)
@pytest.mark.parametrize("step", [6, 14])
def test_a_greeting_in_pieces_without_its_handshake(
    step: int, greeting: bytes, expected: tuple[str, ...]
) -> None:
    """Only the end of a line of POP3 and IMAP shows that it greets."""
    assert rows(*sent(greeting, step=step)[2:]) == ([] if greeting[:1] in b"+*" else [expected])


@pytest.mark.parametrize("step", [6, 14])
def test_an_answer_in_pieces_without_the_handshake_is_no_greeting(step: int) -> None:
    for answer in (b"220 2.0.0 SMTP server ready\r\n", b"250 Postfix\r\n", mysql(b"8.0.36", number=1)):
        assert rows(*sent(answer, step=step)[2:]) == []


@pytest.mark.parametrize(
    "answer",
    [
        b"220 2.0.0 SMTP server ready\r\n",
        b"220 go ahead\r\n",
        b"+OK 2 messages\r\n",
        b"+OK dewey POP3 server signing off\r\n",
        b"* OK [UNSEEN 12] Message 12 is first unseen\r\n",
        b"* OK Still here\r\n",
        b"+OK\r\n",
        mysql(b"8.0.36", number=1),
    ],
)
def test_an_answer_without_the_handshake_is_no_greeting(answer: bytes) -> None:
    """Answers to STARTTLS, STAT, QUIT, SELECT, IDLE, a command of Redis."""
    assert rows(*sent(answer)[2:]) == []


@pytest.mark.parametrize(("greeting", "_"), GREETINGS)
def test_an_end_with_the_higher_port_greets_nobody(greeting: bytes, _: tuple[str, ...]) -> None:
    assert rows(segment(40000, 0, greeting)) == []


@pytest.mark.parametrize(("is_first", "expected"), [(True, [("smtp",)]), (False, [])])
def test_a_greeting_with_a_wrong_checksum(is_first: bool, expected: list[tuple[str, ...]]) -> None:
    """The client's words are acknowledged before the greeting. Not: an answer to words."""
    said, words = b"220 a ESMTP\r\n", b"EHLO a\r\n"
    first = acknowledging(0 if is_first else len(words), said, server=True)
    second = acknowledging(len(said) if is_first else 0, words)
    cut = [one[:36] + bytes((one[36] ^ 0x55,)) + one[37:] for one in (first, second)]
    ends = [acknowledging(len(words), server=True, at=len(said)), acknowledging(len(said), at=len(words))]
    assert rows(*handshake(40000), *(cut if is_first else cut[::-1]), *ends) == expected


@pytest.mark.parametrize("acked", [100_000, -(10**8)])
def test_a_greeting_that_acknowledges_what_was_not_sent(acked: int) -> None:
    """Its receiver drops it, and takes the one that follows."""
    false, real = b"220 a ESMTP Exim 4.96 #2 xxxx\r\n", b"220 a ESMTP Postfix (Debian)\r\n"
    frames = [acknowledging(acked, false, server=True), acknowledging(0, real, server=True)]
    end = acknowledging(len(real), b"EHLO a\r\n")
    assert rows(*handshake(40000), *frames, end) == rows(*handshake(40000), frames[1], end)
    assert [one[1] for one in rows(*handshake(40000), *frames, end)] == ["Postfix"]


def test_http_on_the_port_of_ssh() -> None:
    request, answer = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"
    frames = [*handshake(40000), segment(40000, 0, request), segment(40000, 0, answer, server=True)]
    found = [one["event"] for one in events(*frames)]
    assert "http_request" in found
    assert "http_response" in found
    assert "greeting" not in found


@pytest.mark.parametrize("step", [1400, 9])
def test_hellos_behind_a_greeting_are_still_found(step: int) -> None:
    hello, answer = record(client_hello(HELLO_EXTENSIONS)), record(server_hello())
    lines = [
        (POSTFIX, b"EHLO a\r\n"),
        (b"250-x\r\n250 STARTTLS\r\n", b"STARTTLS\r\n"),
        (b"220 go\r\n", hello),
    ]
    frames, at = handshake(40000), [0, 0]
    for server, client in (*lines, (answer, b"")):
        for side, data in ((True, server), (False, client)):
            size = step if data == POSTFIX else 1400
            for begin in range(0, len(data), size):
                part = data[begin : begin + size]
                frames.append(segment(40000, at[side], part, server=side))
                at[side] += len(part)
    found = [one["event"] for one in events(*frames)]
    without = [one["event"] for one in events(*frames, protocols=("tcp", "tls"))]
    assert found.count("greeting") == 1
    assert [one for one in found if one != "greeting"] == without
    assert "tls_client" in found


def test_the_text_is_shown_with_host_names_only() -> None:
    greeting = b"220 secret-host.example ESMTP Postfix\r\n"
    assert b"secret" not in json.dumps(events(*sent(greeting))).encode()
    assert rows(*sent(greeting), host_names=True) == [
        ("smtp", "Postfix", "secret-host.example ESMTP Postfix")
    ]
    for data in (b"220 secret ESMTP (secret)\r\n", b"220 secret ESMTP Postfix (secret)\r\n"):
        assert "secret" not in json.dumps(events(*sent(data)))
        assert "secret" not in repr(host(*sent(data)))


def test_without_a_database_and_without_the_protocol() -> None:
    assert rows(*sent(VSFTPD), database=None) == [("ftp",)]
    assert rows(*sent(VSFTPD), protocols=("tcp", "tls", "http")) == []
    assert rows(*sent(VSFTPD), protocols=("greetings",)) == [("ftp", "vsftpd", "3.0.3")]


def test_any_number_of_workers() -> None:
    frames = [
        frame
        for number in range(300)
        for frame in sent(GREETINGS[number % len(GREETINGS)][0], step=40, port=40000 + number)
    ]
    expected = rows(*frames)
    assert len(expected) == 300
    assert rows(*frames, workers=2) == expected


@pytest.mark.parametrize("length", [1, 3])
def test_archives_in_pieces(length: int) -> None:
    """A capture may end within a greeting."""
    database = hg.Database.load_default()
    frames = [*sent(POSTFIX, step=9), *sent(MARIADB, step=30, port=40001)]
    parts = (capture(*part) for part in saved_states.pieces(frames, length))
    found = saved_states.compared(capture(*frames), parts, saved_states.settings(1000, 10_000), database)
    for name in (
        "event",
        "greeting_protocol",
        "greeting_signature",
        "program_length",
        "stated_system_length",
    ):
        one, other = found[name]
        assert one == other, name
    assert any(found["greeting_protocol"][0])


# ---- hosts


def host(*frames: bytes) -> HostRecord:
    with hg.Analyzer() as analyzer:
        inventory = Inventory(analyzer.database)
        for batch in analyzer.batches(capture(*frames)):
            inventory.add(batch)
        found = inventory.find(SERVER)
    assert found is not None
    return found


def said(of: HostRecord) -> list[tuple[str, int | None, str]]:
    return [(one.name, one.packets, one.relation) for one in of.evidence if one.source == "greeting"]


def test_a_host_shows_programs_and_its_system_is_narrowed() -> None:
    frames = [*sent(MARIADB), *sent(VSFTPD, port=40001), *sent(b"+OK Dovecot ready.\r\n", port=40002)]
    found = host(*frames)
    assert set(found.servers) == {"MariaDB 10.11.6 (Debian 12)", "vsftpd 3.0.3", "Dovecot"}
    assert (found.family, found.flavor) == (LINUX, "6.1 or newer")
    assert said(found) == [("Linux 6.1 or newer", 1, "narrows")]


def test_a_program_never_overrides_the_stack() -> None:
    found = host(*sent(b"220 a Microsoft ESMTP MAIL Service ready at Mon\r\n"))
    assert (found.family, found.servers) == (LINUX, ("Microsoft Exchange",))
    assert said(found) == [(WINDOWS, 1, "contradicts")]


def test_text_and_columns() -> None:
    with hg.Analyzer() as analyzer:
        (batch,) = analyzer.batches(capture(*sent(MARIADB)))
        text = b"".join(Renderer("text", analyzer.database).pieces(batch, 0, len(batch))).decode()
        assert [*batch.greetings["greeting_protocol"]] == [4]
    assert "[Greeting] 198.51.100.2:22" in text
    assert "  Speaks:  mysql\n  Program: MariaDB\n  Version: 10.11.6\n  Variant: Debian 12\n" in text
    assert "  System:  Linux 6.1 or newer\n" in text


# ---- patterns

# Texts of recog's own examples (BSD-2-Clause), with the values that these state there.
DATE = "Thu, 30 Nov 2017 10:33:05 +0100"
RECOG = [
    ("ftp", "(vsFTPd 1.1.3) host", "vsftpd", "1.1.3", None, None),
    ("ftp", "(vsFTPd 2.0.5)", "vsftpd", "2.0.5", None, None),
    ("ftp", "ready, dude (vsFTPd 1.1.0: beat me, break me)", "vsftpd", "1.1.0", None, None),
    ("ftp", "ProFTPD 1.3.0rc2 Server (Debian) [host]", "ProFTPD", "1.3.0rc2", "Debian", LINUX),
    ("ftp", "ProFTPD 1.2.10 Server (Main FTP Server) [host]", "ProFTPD", "1.2.10", None, None),
    (
        "ftp",
        "ProFTPD 1.2.10rc3 Server (ProFTPD Default Installation) [h]",
        "ProFTPD",
        "1.2.10rc3",
        None,
        None,
    ),
    ("ftp", "ProFTPD 1.3.0rc2 Server ready.", "ProFTPD", "1.3.0rc2", None, None),
    ("ftp", "ProFTPD FTP Server ready.", "ProFTPD", None, None, None),
    ("ftp", "ProFTPD Server ready.", "ProFTPD", None, None, None),
    ("ftp", "ProFTPD Server (ProFTPD) [::ffff:192.168.1.1]", "ProFTPD", None, None, None),
    ("ftp", "ProFTPD Server (pair Networks, Inc FTP server) [1.2.3.4]", "ProFTPD", None, None, None),
    ("ftp", "ProFTPD Server", "ProFTPD", None, None, None),
    ("ftp", "ProFTPD", "ProFTPD", None, None, None),
    ("ftp", "ProFTPD 1.3.0 Server (svrname.hosting.com) [10.10.10.", "ProFTPD", "1.3.0", None, None),
    ("ftp", "ProFTPD 1.3.2d Server localhost", "ProFTPD", "1.3.2d", None, None),
    (
        "ftp",
        "NASFTPD Turbo station 1.3.5a Server (ProFTPD) [192.168.1.100]",
        "ProFTPD",
        "1.3.5a",
        "QNAP",
        None,
    ),
    ("ftp", "NASFTPD Turbo station 2.x 1.3.1rc2 Server (ProFTPD) [::1]", "ProFTPD", "1.3.1rc2", "QNAP", None),
    ("ftp", "=(<*>)=-.:. (( Welcome to Pure-FTPd 1.0.11 )) .:.-=(<*>)=-", "Pure-FTPd", "1.0.11", None, None),
    ("ftp", "=(<*>)=-.:. (( Welcome to PureFTPd 1.1.0 )) .:.-=(<*>)=-", "Pure-FTPd", "1.1.0", None, None),
    ("ftp", "---------- Welcome to Pure-FTPd ----------", "Pure-FTPd", None, None, None),
    ("ftp", "--------- Bienvenido a Pure-FTPd [privsep] [TLS] ----------", "Pure-FTPd", None, None, None),
    ("ftp", "---------  Pure-FTPd [privsep] ----------", "Pure-FTPd", None, None, None),
    ("ftp", "Welcome to Pure-FTPd", "Pure-FTPd", None, None, None),
    ("ftp", "Pure-FTPd.", "Pure-FTPd", None, None, None),
    ("ftp", "FileZilla Server version 0.9.13a beta", "FileZilla Server", "0.9.13a", None, WINDOWS),
    ("ftp", "FileZilla Server v0.9.33 beta", "FileZilla Server", "0.9.33", None, WINDOWS),
    ("ftp", "foo.bar Microsoft FTP Service (Version 5.0).", "Microsoft FTP Service", None, None, WINDOWS),
    ("smtp", "foo.bar ESMTP Postfix (3.1.4)", "Postfix", "3.1.4", None, None),
    ("smtp", "foo.bar ESMTP Postfix 2.7.1", "Postfix", "2.7.1", None, None),
    ("smtp", "foo.bar ESMTP Postfix (2.8-20100306)", "Postfix", "2.8", None, None),
    ("smtp", "foo.bar ESMTP Postfix (Ubuntu)", "Postfix", None, "Ubuntu", LINUX),
    ("smtp", "foo.bar ESMTP Postfix (Debian/GNU)", "Postfix", None, "Debian", LINUX),
    (
        *("smtp", "foo.bar ESMTP Hi, I'm a Mail-in-a-Box (Ubuntu/Postfix; see https://mailinabox.email/)"),
        *("Postfix", None, "Ubuntu", LINUX),
    ),
    ("smtp", "foo.bar ESMTP Postfix (lol)", "Postfix", None, None, None),
    ("smtp", "foo.bar ESMTP Postfix", "Postfix", None, None, None),
    ("smtp", "foo.bar SMTP Postfix", "Postfix", None, None, None),
    ("smtp", "ESMTP Postfix", "Postfix", None, None, None),
    ("smtp", "ESMTP Exim", "Exim", None, None, None),
    ("smtp", "foo.bar ESMTP Exim", "Exim", None, None, None),
    ("smtp", 'foo.bar ESMTP Exim 4.89 "', "Exim", "4.89", None, None),
    ("smtp", "foo.bar, ESMTP EXIM 4.83", "Exim", "4.83", None, None),
    ("smtp", f"foo.bar ESMTP Exim 4.90_RC3 {DATE}", "Exim", "4.90_RC3", None, None),
    ("smtp", f"foo.bar ESMTP (Exim 4.87) {DATE}", "Exim", "4.87", None, None),
    ("smtp", f"foo.bar ESMTP Exim 3.12 #1 {DATE}", "Exim", "3.12", None, None),
    ("smtp", f"foo.bar ESMTP Exim 4.82 Ubuntu {DATE}", "Exim", "4.82", "Ubuntu", LINUX),
    ("smtp", f"ESMTP Exim 4.82 {DATE}", "Exim", "4.82", None, None),
    ("smtp", "Sendmail ESMTP ready", "Sendmail", None, None, None),
    ("smtp", f"foo.bar ESMTP Sendmail 8.10.2/8.10.3; {DATE}", "Sendmail", "8.10.2", None, None),
    ("smtp", "foo.bar ESMTP Sendmail 8.12.10/8.12.10;", "Sendmail", "8.12.10", None, None),
    ("smtp", f"ESMTP Sendmail  8.13.1/8.13.1; {DATE}", "Sendmail", "8.13.1", None, None),
    ("smtp", f"foo.bar ESMTP Sendmail 8.9.3+Sun/8.9.1; {DATE}", "Sendmail", "8.9.3", None, "Solaris"),
    (
        *("smtp", f"foo.bar ESMTP Sendmail 8.9.3/8.9.3/SuSE Linux 8.9.3-0.1; {DATE}"),
        *("Sendmail", "8.9.3", "SuSE", LINUX),
    ),
    (
        *("smtp", f"foo.bar ESMTP Sendmail 8.11.0/8.9.3/Debian 8.9.3-21; {DATE}"),
        *("Sendmail", "8.11.0", "Debian", LINUX),
    ),
    (
        *("smtp", f"foo.bar ESMTP Sendmail 8.14.4/8.14.4/Debian-4+deb7u1; {DATE}; (No UCE/UBE)"),
        *("Sendmail", "8.14.4", "Debian 7", LINUX),
    ),
    (
        *("smtp", f"foo.bar ESMTP Sendmail 8.14.4/8.14.4/Debian-8+deb8u2; {DATE}; (No UCE/UBE)"),
        *("Sendmail", "8.14.4", "Debian 8", LINUX),
    ),
    (
        *("smtp", f"foo.bar ESMTP Sendmail 8.14.4/8.14.4/Debian-4.1ubuntu1; {DATE}; (No UCE/UBE)"),
        *("Sendmail", "8.14.4", "Ubuntu", LINUX),
    ),
    (
        *("smtp", f"foo.bar ESMTP Sendmail 8.15.2/8.15.2/Debian-3; {DATE}; (No UCE/UBE)"),
        *("Sendmail", "8.15.2", "Debian", LINUX),
    ),
    ("smtp", f"foo.bar ESMTP Sendmail; {DATE}", "Sendmail", None, None, None),
    ("smtp", "foo.bar ESMTP Sendmail ready", "Sendmail", None, None, None),
    ("smtp", "foo.bar ESMTP Sendmail", "Sendmail", None, None, None),
    (
        *("smtp", f"foo.bar Microsoft ESMTP MAIL Service ready at {DATE}"),
        *("Microsoft Exchange", None, None, WINDOWS),
    ),
    (
        *("smtp", f"foo Microsoft ESMTP MAIL Service, Version: 6.0.3790.4675 ready at {DATE}"),
        *("Microsoft SMTP Service", "6.0.3790.4675", None, WINDOWS),
    ),
    (
        *("smtp", "foo.bar ESMTP Server (Microsoft Exchange Internet Mail Service 5.5.2653.13) ready"),
        *("Microsoft Exchange", "5.5.2653.13", None, WINDOWS),
    ),
    ("pop3", "foo Cyrus POP3 v2.3", "Cyrus IMAP", "2.3", None, None),
    ("pop3", "foo Cyrus POP3 v2.3.14 server ready <1.2@foo>", "Cyrus IMAP", "2.3.14", None, None),
    (
        *("pop3", "8.8.8.8 Cyrus POP3 v2.3.8-OS X Server 10.5: 9A562 server ready <1.2@8.8.8.8>"),
        *("Cyrus IMAP", "2.3.8", None, "macOS"),
    ),
    ("pop3", "Hello there.", "Courier", None, None, None),
    ("pop3", "The Microsoft Exchange POP3 service is ready.", "Microsoft Exchange", None, None, WINDOWS),
    (
        *("pop3", "Microsoft Exchange Server 2003 POP3 server version 6.5.6944.0 (host) ready."),
        *("Microsoft Exchange", "6.5.6944.0", None, WINDOWS),
    ),
    ("imap", "The Microsoft Exchange IMAP4 service is ready.", "Microsoft Exchange", None, None, WINDOWS),
    (
        *("imap", "Courier-IMAP ready. Copyright 1998-2002 Double Precision, Inc. See COPYING"),
        *("Courier", None, None, None),
    ),
    ("imap", "example.com Cyrus IMAP4 v2.3.7 server ready", "Cyrus IMAP", "2.3.7", None, None),
    ("imap", "a Cyrus IMAP Murder v2.4.8-Invoca-RPM-2.4.8-1 server ready", "Cyrus IMAP", "2.4.8", None, None),
    ("imap", "a Cyrus IMAP4 v2.2.12-OS X 10.4.0 server ready", "Cyrus IMAP", "2.2.12", None, "macOS"),
    ("mysql", "4.1.20", "MySQL", "4.1", None, None),
    ("mysql", "5.1.65-log", "MySQL", "5.1", None, None),
    ("mysql", "5.0.95-community-log", "MySQL", "5.0", None, None),
    ("mysql", "5.1.66-0ubuntu0.10.04.3-log", "MySQL", "5.1.66", "Ubuntu 10.04", LINUX),
    ("mysql", "5.5.28-0ubuntu0.12.04.3-log", "MySQL", "5.5.28", "Ubuntu 12.04", LINUX),
    ("mysql", "5.5.34-MariaDB-cll-lve", "MariaDB", "5.5.34", None, None),
    ("mysql", "5.5.5-10.0.15-MariaDB-cll-lve", "MariaDB", "10.0.15", None, None),
    ("mysql", "5.5.5-10.0.14-MariaDB-1~jessie-log", "MariaDB", "10.0.14", "Debian 8", LINUX),
    ("mysql", "10.0.11-MariaDB-1~wheezy-log", "MariaDB", "10.0.11", "Debian 7", LINUX),
    ("mysql", "5.5.31-MariaDB-1~squeeze-log", "MariaDB", "5.5.31", "Debian 6", LINUX),
    ("mysql", "5.5.5-10.1.23-MariaDB-1~xenial", "MariaDB", "10.1.23", "Ubuntu 16.04", LINUX),
    ("mysql", "5.5.5-10.3.20-MariaDB-1:10.3.20+maria~buster-log", "MariaDB", "10.3.20", "Debian 10", LINUX),
]
OWN = [
    ("smtp", "mx.example.org ESMTP Exim 4.97 Ubuntu Mon, 01 Jan 2024", "Exim", "4.97", "Ubuntu", LINUX),
    ("pop3", "Dovecot (Ubuntu) ready. <1.2.3@mail>", "Dovecot", None, "Ubuntu", LINUX),
    ("imap", "mail Cyrus IMAP 3.2.6-Debian-3.2.6-2+deb11u2 server ready", "Cyrus IMAP", "3.2.6", None, None),
    ("mysql", "8.0.36-0ubuntu0.22.04.1", "MySQL", "8.0.36", "Ubuntu 22.04", LINUX),
    ("mysql", "5.5.5-10.6.16-MariaDB-0ubuntu0.22.04.1", "MariaDB", "10.6.16", "Ubuntu 22.04", LINUX),
    ("mysql", "11.8.3-MariaDB-0+deb13u1 from Debian", "MariaDB", "11.8.3", "Debian 13", LINUX),
    ("mysql", "5.5.5-10.1.48-MariaDB-0+deb9u2", "MariaDB", "10.1.48", "Debian 9", LINUX),
    ("mysql", "5.5.5-10.3.39-MariaDB-0+deb10u2", "MariaDB", "10.3.39", "Debian 10", LINUX),
    ("mysql", "5.5.5-10.1.48-MariaDB-0ubuntu0.18.04.1", "MariaDB", "10.1.48", "Ubuntu 18.04", LINUX),
    ("ftp", "ProFTPD Server (Debian) [::ffff:192.0.2.1]", "ProFTPD", None, "Debian", LINUX),
    ("ftp", "ProFTPD Server (Debianized) [::ffff:192.0.2.1]", "ProFTPD", None, None, None),
]


@pytest.fixture(scope="module")
def database() -> hg.Database:
    return hg.Database.load_default()


@pytest.mark.parametrize(("kind", "text", "program", "version", "variant", "system"), [*RECOG, *OWN])
def test_what_a_greeting_states(
    database: hg.Database,
    kind: str,
    text: str,
    program: str,
    version: str | None,
    variant: str | None,
    system: str | None,
) -> None:
    found = explain_device(database, kind, text)
    assert (found.program, found.program_version, found.variant, found.system) == (
        *(program, version, variant),
        system,
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ftp", "(vsFTPd secret)"),
        ("smtp", "Postfix.example.org ESMTP ready"),
        ("smtp", "x ESMTP Eximious 4"),
        ("pop3", "Hello there. <1@x>"),
        ("imap", "Dovecotte ready."),
        ("mysql", "8.0.35-27"),
        ("mysql", "5.7.25-TiDB-v7.1.0"),
        ("ssh", "Dovecot ready."),
        ("smtp", "(vsFTPd 3.0.3)"),
    ],
)
def test_what_states_nothing(database: hg.Database, kind: str, text: str) -> None:
    assert explain_device(database, kind, text).match is None

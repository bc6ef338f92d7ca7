"""Logins in clear text: events, findings, and what only looks like them. No name or password is shown."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from tests.readers.test_preambles import HELLO
from tests.support import ssh_model
from tests.support.conversations import CLIENT, SERVER, capture
from tests.support.devices.made import read as announced
from tests.support.devices.requests import hosts
from tests.support.devices.snmp import message, number, sent, text
from tests.support.in_process import run_in_process_as_text
from tests.support.logins import (
    BASIC,
    EHLO,
    FTP,
    IMAP,
    LOGINS,
    NAME,
    PLAIN,
    POP3,
    PROMPTS,
    REFUSED,
    SECRET,
    SMTP,
    USER,
    Turn,
    ber,
    bind,
    bound,
    frames,
    guesses,
    http,
    lines,
)


def events(*packets: bytes, workers: int = 1, **options: Any) -> list[dict[str, Any]]:
    with hg.Analyzer(findings=True, protocols=hg.PROTOCOLS, **options) as analyzer:
        batches = analyzer.batches(capture(*packets), workers=workers)
        return [json.loads(line) for batch in batches for line in batch.render("json").splitlines()]


def logins(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = [one for one in rows if one["event"] == "login"]
    assert {(one["src_ip"], one["dst_ip"], one["from_server"]) for one in found} <= {(SERVER, CLIENT, True)}
    return [(one["login_protocol"], one["login_answer"]) for one in found]


def findings(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["finding"], one["src_ip"]) for one in rows if one["event"] == "finding"]


@pytest.mark.parametrize("name", LOGINS)
def test_a_login_in_clear_text(name: str) -> None:
    turns, expected = LOGINS[name]
    rows = events(*frames(*turns))
    assert logins(rows) == expected
    assert findings(rows) == [("cleartext_login", SERVER)]
    assert rows == events(*frames(*turns), workers=3)
    (record,) = (one for one in records(*frames(*turns)) if one["ip"] == SERVER)
    refused = sum(answer == "refused" for _, answer in expected)
    assert record["logins"] == [
        {"protocol": expected[0][0], "port": 22, "count": len(expected), "refused": refused}
    ]


def test_hosts_with_logins_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "in.pcap"
    path.write_bytes(capture(*frames(*LOGINS["ftp"][0])))
    done = run_in_process_as_text("hosts", "--format", "csv", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    server = next(one for one in csv.DictReader(io.StringIO(done.stdout)) if one["ip"] == SERVER)
    assert server["logins"] == f"ftp port 22 ({len(LOGINS['ftp'][1])} login)"


def records(*packets: bytes) -> list[dict[str, Any]]:
    inventory = Inventory(None)
    for batch in hg.Analyzer(protocols=hg.PROTOCOLS).batches(capture(*packets)):
        inventory.add(batch)
    return [json.loads(one) for one in b"".join(inventory.written("json")).splitlines()]


def bytewise(turns: Sequence[Turn]) -> list[Turn]:
    return [(who, bytes((one,))) for who, data in turns for one in data]


@pytest.mark.parametrize("name", ["ftp", "smtp login", "pop3", "imap"])
def test_cut_into_bytes(name: str) -> None:
    turns, expected = LOGINS[name]
    assert [one[0] for one in logins(events(*frames(*bytewise(turns))))] == [one[0] for one in expected]


def test_lines_are_not_read_again_while_another_reader_waits() -> None:
    """Fox begins with the same word, and its message never ends."""
    unknown = b"500 unknown"
    asked = (
        (b"fox a 1 -1", unknown),
        USER,
        (b"PASS " + SECRET, b"530 no"),
        (b"SYST", unknown),
        (b"NOOP", unknown),
    )
    assert logins(events(*frames(*lines(FTP, *asked)))) == [("ftp", "refused")]


ANONYMOUS = lines(FTP, (b"USER anonymous", b"331 ok"), (b"PASS a@b.example", b"230 ok"))
LIKE: dict[str, Sequence[Turn]] = {
    "anonymous ftp": ANONYMOUS,
    "ftp without a password": lines(FTP, (b"USER " + NAME, b"230 ok")),
    "ftp after tls": lines(FTP, (b"AUTH TLS", b"234 ok"), USER, (b"PASS " + SECRET, b"230 ok")),
    "smtp after tls": lines(SMTP, EHLO, (b"STARTTLS", b"220 go"), (b"AUTH PLAIN " + PLAIN, b"235 ok")),
    "smtp cram": lines(SMTP, EHLO, (b"AUTH CRAM-MD5", b"334 PDE=="), (PLAIN, b"235 ok")),
    "smtp ntlm": lines(SMTP, EHLO, (b"AUTH NTLM", b"334 "), (PLAIN, b"235 ok")),
    "smtp refused at once": lines(SMTP, EHLO, (b"AUTH LOGIN", b"503 not here")),
    "smtp given up": lines(SMTP, EHLO, (b"AUTH LOGIN", b"334 VXNl"), (b"*", b"501 given up")),
    "smtp without login": lines(SMTP, EHLO, (b"MAIL FROM:<a@b.example>", b"250 ok")),
    "pop3 after tls": lines(POP3, (b"STLS", b"+OK"), (b"PASS " + SECRET, b"+OK")),
    "apop": lines(POP3, (b"APOP alice c4c9334bac560ecc979e58001b3e22fb", b"+OK")),
    "imap after tls": lines(IMAP, (b"a STARTTLS", b"a OK"), (b"b LOGIN a b", b"b OK")),
    "imap gssapi": lines(IMAP, (b"a AUTHENTICATE GSSAPI", b"+ "), (PLAIN, b"a OK")),
    "another answer of imap": lines(IMAP, (b"a LOGIN a b", b"x OK")),
    "ldap without a name": [("c", bind(name=b"", secret=b"")), ("s", bound())],
    "ldap without a password": [("c", bind(secret=b"")), ("s", bound())],
    "ldap sasl": [("c", bind(how=0xA3, secret=ber(4, b"GSSAPI") + ber(4, b"x"))), ("s", bound())],
    "another answer of ldap": [("c", bind()), ("s", bound(number=9))],
    "telnet without a password": [*PROMPTS, ("s", b"Last login: x\r\n$ "), ("c", b"ls\r"), ("s", b"a\r\n")],
    "telnet, nothing typed": [*PROMPTS, ("s", b"Password: "), ("c", b"\r"), ("s", b"\r\nlogin: ")],
    "http digest": http(b'Authorization: Digest username="a"'),
    "http ntlm": http(b"Authorization: NTLM TlRMTVNTUAAB"),
    "http bearer": http(b"Authorization: Bearer abc"),
    "http asked for a password": [*(asked := http(b"Accept: */*", b"401 Unauthorized")), *asked],
    "http digest after 401": [*asked, *http(b"Authorization: Digest username=a")],
    "http given up": [*asked, ("c", b"\x16\x03\x01"), ("s", b"HTTP/1.1 200 OK\r\n\r\n")],
    "nobody answers": LOGINS["ftp"][0][:-1],
}


ASKED = http(b"Accept: */*", b"401 Unauthorized")
OWN, PROXY = b"Authorization: Basic " + BASIC, b"Proxy-Authorization: Basic " + BASIC
POST = b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9\r\n\r\n"
CONNECT = b"CONNECT a.example:443 HTTP/1.1\r\n"


@pytest.mark.parametrize("read", ["first", "all"])
@pytest.mark.parametrize(
    "between",
    [
        [],
        http(b"Accept: */*", b"404 Not Found"),
        [("c", POST), ("c", b"GET=POST!"), ("s", b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")],
        http(b"Authorization: Digest username=a", b"401 Unauthorized"),
    ],
    ids=["at once", "after another page", "after a body", "after another method"],
)
def test_a_login_in_a_later_request(between: list[Turn], read: str) -> None:
    """As browsers send it: after a response 401 to their first request of the connection."""
    packets = frames(*ASKED, *between, *http(OWN, b"401 Unauthorized"), *http(OWN))
    rows = events(*packets, http=read)
    assert logins(rows) == [("http", "refused"), ("http", "accepted")]
    assert findings(rows) == [("cleartext_login", SERVER)]
    assert rows == events(*packets, http=read, workers=3)
    heads = [one["event"] for one in rows if one["event"].startswith("http_")]
    assert read == "all" or heads == ["http_request", "http_response"]


def test_a_login_at_a_proxy() -> None:
    """The tunnel after it is read, too."""
    refused = ("s", b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")
    granted = ("s", b"HTTP/1.1 200 Connected\r\n\r\n")
    for header, expected in ((PROXY, [("http", "accepted")]), (b"Proxy-Authorization: NTLM AAAA", [])):
        asked = [
            ("c", CONNECT + b"\r\n"),
            refused,
            ("c", CONNECT + header + b"\r\n\r\n"),
            granted,
            ("c", HELLO),
        ]
        rows = events(*frames(*asked))
        assert logins(rows) == expected
        assert [one["event"] for one in rows].count("tls_client") == 1


@pytest.mark.parametrize("name", LIKE)
def test_what_is_no_login_in_clear_text(name: str) -> None:
    rows = events(*frames(*LIKE[name]))
    assert (logins(rows), findings(rows)) == ([], [])


def test_an_answer_to_a_community_is_a_finding_and_no_login() -> None:
    """Only a well formed answer of version 1 or 2c counts, and a request alone does not."""
    name = text("1.3.6.1.2.1.1.5.0", b"x")
    for version in (0, 1):
        answer = sent(message(name, version=number(version)))
        (found,) = announced(answer, protocols=("snmp",))
        assert (found["event"], found["from_server"], found["src_port"]) == ("snmp", True, 161)
        (agent,) = [one for one in hosts(answer) if one.findings]
        assert (agent.findings, agent.logins) == (("cleartext_login",), ())
    for frame in (
        sent(message(name)[:-1]),
        sent(message(name), sport=40000, dport=161),
        sent(message(name, version=number(3))),
    ):
        assert announced(frame, protocols=("snmp",)) == []
        assert [one for one in hosts(frame) if one.findings] == []


def test_no_name_and_no_password_anywhere(tmp_path: Path) -> None:
    talks = [turns for turns, _ in LOGINS.values()]
    packets = [one for number, turns in enumerate(talks) for one in frames(*turns, port=40000 + number)]
    source, store, outputs = tmp_path / "a.pcap", tmp_path / "a.store", list[str]()
    source.write_bytes(capture(*packets))
    common = ("--protocols", ",".join(hg.PROTOCOLS))
    forms = (("--format", form) for form in ("json", "eve", "ecs", "text"))
    for options in (*forms, ("--summary", "--format", "json")):
        outputs.append(run_in_process_as_text("pcap", source, *options, *common).stdout)
    outputs.append(run_in_process_as_text("hosts", source, "--store", store, *common).stdout)
    secrets = (NAME, SECRET, PLAIN, BASIC, base64.b64encode(NAME), base64.b64encode(SECRET))
    everything = store.read_bytes() + "".join(outputs).encode()
    assert "clear text" in outputs[-2]
    assert "  Clear:  ftp port 22 " in outputs[-1]
    assert [one for one in secrets if one in everything] == []


def found_in(source: bytes, workers: int = 1) -> list[tuple[str, str]]:
    with hg.Analyzer(findings=True) as analyzer:
        batches = analyzer.batches(source, workers=workers)
        return findings([json.loads(line) for batch in batches for line in batch.render("json").splitlines()])


def ssh(after: int) -> list[Turn]:
    """A session; `after` bytes come from the server after the key exchange."""
    client = ssh_model.CLIENT_SAYS
    server = ssh_model.SERVER_SAYS.removesuffix(bytes(range(256)) * 8)
    return [("c", client), ("s", server), *[("s", bytes(100))] * (after // 100)]


GUESSING = ("password_guessing", CLIENT)


@pytest.mark.parametrize("workers", [1, 3])
def test_guessing_passwords(workers: int) -> None:
    """Thirty logins that fail in five minutes, by FTP in clear text and by SSH; the finding comes once."""
    assert found_in(guesses(60, 5, REFUSED), workers).count(GUESSING) == 1
    assert found_in(guesses(60, 5, ssh(800)), workers) == [GUESSING]
    assert GUESSING not in found_in(guesses(29, 5, REFUSED))


def test_logins_that_a_web_page_can_cause(tmp_path: Path) -> None:
    """At a web server on the internet they are no guessing; at a local one they are."""
    turns = http(b"Authorization: Basic " + BASIC, b"401 Unauthorized")
    path = tmp_path / "a.pcap"
    path.write_bytes(guesses(60, 5, turns))
    for local, expected in (("10.0.0.0/8", "refused_web_logins"), (f"{SERVER}/32", "password_guessing")):
        text = run_in_process_as_text("hosts", "--format", "json", "--local", local, path).stdout
        [client] = [one for one in map(json.loads, text.splitlines()) if one.get("ip") == CLIENT]
        assert client["findings"] == [expected]
    found = found_in(guesses(60, 5, turns))
    assert [kind for kind, _ in found if kind != "cleartext_login"] == ["refused_web_logins"]
    assert [kind for kind, _ in found_in(guesses(29, 5, turns)) if kind != "cleartext_login"] == []


@pytest.mark.parametrize(
    "source",
    [
        guesses(100, 2, LOGINS["ftp"][0]),
        guesses(100, 2, ssh(4000)),
        guesses(100, 60, REFUSED),
        guesses(100, 60, ssh(800)),
        guesses(100, 2, http(b"Accept: */*", b"401 Unauthorized")),
        guesses(100, 2, ANONYMOUS),
    ],
    ids=[
        *("backups by FTP", "administration by SSH, with sessions that go on"),
        *("a client with an old password, once a minute", "checks by SSH once a minute"),
        *("a crawler at a page with a password", "mirrors by anonymous FTP"),
    ],
)
def test_what_is_no_guessing(source: bytes) -> None:
    assert GUESSING not in found_in(source)

"""A connection as a whole: verdicts in the words of captures, and its records."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi import server
from huginn_cffi.server import systems
from huginn_cffi.server.connections import client_check, json_records, verdict
from huginn_cffi.server.log import MOST, Log
from tests.server.test_hellos import HELLO
from tests.server.test_systems import LINUX, WINDOWS
from tests.support import packets
from tests.support.packets import ACK, PSH, Ip4, Ip6, Tcp

OWN = """\
classes = unix,win
[tcp:request]
label = s:unix:Linux:mine
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
label = s:win:Windows:mine
sig = *:128:0:*:*,*:mss,nop,ws,nop,nop,sok:df,id+:0
[tls:client]
label = s:!:Schannel:mine
sys = Windows
sig = JA4
"""


@pytest.fixture(scope="module")
def database() -> hg.Database:
    """Two systems, and a client that runs on one of them."""
    hello = server.read_hello(HELLO)
    assert hello is not None
    assert hello.ja4 is not None
    return hg.Database.compile(text=OWN.replace("JA4", hello.ja4))


@pytest.mark.parametrize(
    ("syn", "said"),
    [(LINUX, "contradicts"), (WINDOWS, "consistent"), (None, "not_checked")],
    ids=["another", "the same", "none"],
)
def test_verdicts(database: hg.Database, syn: bytes | None, said: str) -> None:
    client = None if syn is None else systems.system(syn, database)
    found = verdict(client, server.read_hello(HELLO, database))
    assert found.verdict == said
    assert str(found) == f"{said.replace('_', ' ')} ({found.why})"
    if syn is not None:
        assert "Windows" in found.why


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"User-Agent": FIREFOX}, "consistent (Linux)"),
        ({"user-agent": EDGE}, "contradicts (SYN: Linux, User-Agent: Windows)"),
        ({"User-Agent": EDGE, "sec-ch-ua-platform": '"Linux"'}, "consistent (Linux)"),
        (
            {"User-Agent": EDGE + "\r\n\r\nX: " + "y" * 70_000},
            "contradicts (SYN: Linux, User-Agent: Windows)",
        ),
        ({"User-Agent": "curl/8.5.0"}, "not checked (the client names no system that is known)"),
        ({"User-Agent": "\u4e2d"}, "not checked (the client names no system that is known)"),
        ({}, "not checked (the client names no system that is known)"),
    ],
)
def test_headers_of_a_request(headers: dict[str, str], said: str) -> None:
    assert str(verdict(systems.system(LINUX), None, headers)) == said


CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36"
)
BROWSER = [
    *(("host", "x"), ("connection", "keep-alive"), ("user-agent", CHROME), ("accept", "*/*")),
    *(("accept-encoding", "gzip"), ("accept-language", "en")),
]


def test_the_client_of_a_request(database: hg.Database) -> None:
    assert str(client_check(BROWSER)) == "consistent (User-Agent and headers: Chrome)"
    assert client_check([(n.encode(), v.encode()) for n, v in BROWSER]).client_check == "consistent"
    assert client_check(reversed(BROWSER)).client_check == "mismatch"
    assert client_check(dict(reversed(BROWSER))).client_check == "consistent"
    assert client_check(BROWSER[2:], version="2").client_check == "consistent"
    assert client_check(BROWSER[2:], version="3").client_check == "consistent"
    assert client_check({"User-Agent": CHROME}).client_why.startswith(
        "User-Agent: Chrome, headers: no Accept-Enc"
    )
    assert client_check({}).client_why == "no User-Agent"
    assert client_check([("User-Agent", CHROME), *[("X", "y" * 70_000)] * 200]).client_check == "mismatch"
    hello = server.read_hello(HELLO, database)
    assert client_check(BROWSER, hello).client_why.startswith("User-Agent: Chrome, ClientHello: Schannel")


def test_what_contradicts_comes_first(database: hg.Database) -> None:
    """The default database knows User-Agents, that of this module the hello alone."""
    hello = server.read_hello(HELLO, database)
    found = verdict(systems.system(LINUX, database), hello, {"User-Agent": FIREFOX})
    assert found.verdict == "contradicts"
    assert "hello: Windows" in found.why
    assert verdict(None, None, {"User-Agent": FIREFOX}).why == "no SYN is known of this connection"


def test_without_a_hello() -> None:
    assert str(verdict(systems.system(LINUX), None)) == "not checked (no hello was seen)"


@pytest.mark.parametrize("version", [4, 6])
def test_records_are_those_of_a_capture(version: int, database: hg.Database) -> None:
    """The packets themselves, in an analyzer, give the same lines."""
    ip = Ip4(ttl=60) if version == 4 else Ip6(ttl=60)
    first = Tcp(seq=2**32 - 1)
    syn = packets.packet(ip, first)
    data = packets.packet(ip, Tcp(seq=0, ack=1, flags=PSH | ACK, options=b"", payload=HELLO))
    captured = hg.Analyzer(database, uptime=False).analyze_packets([(5, syn), (5, data)])
    expected = [json.loads(part_line) for result in captured for part_line in lines(result)]
    hello = server.read_hello(HELLO, database)
    found = [
        json.loads(line)
        for line in json_records(systems.system(syn, database), hello, time_ns=5).splitlines()
    ]
    assert [one["event"] for one in found] == ["syn", "mtu", "tls_client"]
    for one in (*found, *expected):
        one.pop("capture", None)
    assert found == expected


def lines(result: hg.AnalysisResult) -> list[bytes]:
    batch = result._batch
    rendered: list[bytes] = batch.render("json").splitlines()
    return rendered[result._first : result._first + len(result.parts)]


def test_what_cannot_be_read_has_no_records() -> None:
    hello = server.read_hello(HELLO)
    for raw in (b"", b"x", LINUX[:30], bytes(60)):
        assert json_records(systems.system(raw), hello) == b""
        assert verdict(systems.system(raw), hello).verdict == "not_checked"
    extended = packets.packet(Ip6(extensions=((60, bytes((0,)) + bytes(6)),)), Tcp())
    assert b'"syn"' in json_records(systems.system(extended), hello)


def test_a_log_has_each_connection_once() -> None:
    file = io.BytesIO()
    log = Log(file)
    for syn in (LINUX, LINUX, WINDOWS, LINUX, None):
        log.write(None if syn is None else systems.system(syn))
    events = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [one["event"] for one in events] == ["syn", "mtu"] * 2
    for window in range(MOST + 1):
        log._written[b"%d" % window] = None
    log.write(systems.system(WINDOWS))
    assert len(log._written) > 0


def test_a_log_of_an_application() -> None:
    file = io.BytesIO()
    log = Log(file)
    seen: list[Any] = []

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    for kind in ("lifespan", "http", "http"):
        state = {} if kind == "lifespan" else {"state": {"huginn.client": systems.system(LINUX)}}
        asyncio.run(log.asgi(app)({"type": kind, **state}, None, None))
    assert log.wsgi(lambda environ, _: [b"x"])({"huginn.client": systems.system(WINDOWS)}, None) == [b"x"]
    assert seen == ["lifespan", "http", "http"]
    assert file.getvalue().count(b'"event":"syn"') == 2

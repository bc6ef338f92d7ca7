"""Questions as proxies write them, and addresses to listen on."""

from __future__ import annotations

import socket

import pytest

from huginn_cffi import Database, HuginnError
from huginn_cffi.cli.sockets import Listen, ListenOptions
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.sockets.addresses import is_allowed, read_networks, read_where
from huginn_cffi.sockets.questions import (
    MOST_TEXT,
    MalformedError,
    read_address,
    read_client,
    read_end,
    read_question,
)


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("192.0.2.1:443", "192.0.2.1", 443),
        ("[2001:db8::1]:65535", "2001:db8::1", 65535),
        ("2001:db8::1:443", "2001:db8::1", 443),
        ("::1:1", "::1", 1),
        ("[::ffff:192.0.2.1]:80", "::ffff:192.0.2.1", 80),
    ],
)
def test_ends(text: str, address: str, port: int) -> None:
    found = read_end("client", text)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    assert (found.address, found.port) == (socket.inet_pton(family, address), port)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            ":",
            "192.0.2.1",
            "192.0.2.1:",
            "192.0.2.1:0",
            "192.0.2.1:65536",
            "192.0.2.1:+1",
            "192.0.2.1:1 ",
        ),
        *(
            "192.0.2.1:\u0661",
            "[192.0.2.1]:80",
            "192.0.2:80",
            "[2001:db8::1:80",
            "2001:db8::1]:80",
            "[::1%lo]:80",
        ),
        *("localhost:80", "unix:", "\0:80", "192.0.2.1\0:80", "1" * 5000 + ":80", "é:1"),
    ],
)
def test_what_is_no_end(text: str) -> None:
    with pytest.raises(MalformedError, match="client is not"):
        read_end("client", text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[::ffff:192.0.2.1]", "::ffff:192.0.2.1"),
    ],
)
def test_an_address_alone(text: str, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    assert read_client(text) == (socket.inet_pton(family, address), 0)
    assert read_client(f"{text}:80") == read_end("client", f"{text}:80")


@pytest.mark.parametrize("text", ["", "[]", "192.0.2", "[192.0.2.1", "[::1%lo]", "2001:db8::1", "unix:", "é"])
def test_what_is_no_client(text: str) -> None:
    with pytest.raises(MalformedError, match="client is not"):
        read_client(text)


@pytest.mark.parametrize(
    ("value", "address", "port"),
    [
        ("192.0.2.1", "192.0.2.1", 0),
        ("192.0.2.1:443", "192.0.2.1", 443),
        ("2001:db8::1:443", "2001:db8::1:443", 0),
        ("[2001:db8::1]:443", "2001:db8::1", 443),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1", 0),
    ],
)
def test_a_client_in_a_header(value: str, address: str, port: int) -> None:
    asked, _ = read_question({"client_header": "X-Peer"}, {"X-Peer": value})
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    assert asked.client == (socket.inet_pton(family, address), port)


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "client_header names is missing"),
        ({"X-Peer": "192.0.2.1, 192.0.2.2"}, "several addresses"),
        ({"X-Peer": "unknown"}, "client is not"),
        ({"X-Peer": "1:2:3"}, "client is not"),
        ({"X-Peer": ""}, "client is not"),
    ],
)
def test_no_client_in_a_header(headers: dict[str, str], why: str) -> None:
    with pytest.raises(MalformedError, match=why):
        read_question({"client_header": "X-Peer"}, headers)


def test_a_question() -> None:
    query = {"client": "192.0.2.1:1000", "server": "[::1]:443", "wait": "200"}
    headers = {"User-Agent": "a", "Huginn-User-Agent": "b", "Sec-CH-UA-Platform": '"Linux"', "Sec-CH-UA": "c"}
    question, wait_s = read_question(query, headers)
    assert wait_s == 0.2
    assert (question.user_agent, question.platform, question.brands) == (b"b", b'"Linux"', b"c")
    assert question.server is not None
    assert question.server.port == 443
    assert question.transport is None
    question, _ = read_question({**query, "transport": "quic"}, {})
    assert question.transport == "quic"
    for unknown in ("", "0.0.0.0:443", "[::]:443"):
        assert read_question({**query, "server": unknown}, {})[0].server is None
    question, wait_s = read_question({"client": "192.0.2.1:1000"}, {"User-Agent": "x" * 10000})
    assert (wait_s, question.server, len(question.user_agent)) == (0.0, None, MOST_TEXT)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({}, "give either client=ADDRESS:PORT or"),
        ({"client": "192.0.2.1:1", "client_header": "X-Peer"}, "give either client=ADDRESS:PORT or"),
        ({"client": "192.0.2.1:1", "sever": "x"}, "no parameter 'sever'"),
        ({"client": "192.0.2.1:1", "server": "x"}, "server is not"),
        ({"client": "192.0.2.1:1", "transport": "udp"}, "transport is none of tcp, quic, dtls, openvpn"),
        ({"client": "192.0.2.1:1", "transport": ""}, "transport is none of tcp, quic, dtls, openvpn"),
        ({"client": "192.0.2.1:1", "wait": "-1"}, "wait is not"),
        ({"client": "192.0.2.1:1", "wait": "5001"}, "wait is not"),
        ({"client": "192.0.2.1:1", "wait": "1e3"}, "wait is not"),
        ({"client": "192.0.2.1:1", "wait": ""}, "wait is not"),
    ],
)
def test_what_is_no_question(query: dict[str, str], why: str) -> None:
    with pytest.raises(MalformedError, match=why):
        read_question(query, {})


def test_addresses_of_hosts() -> None:
    assert read_address("[::1]") == read_address("::1") == bytes(15) + b"\1"
    assert read_address("192.0.2.1") == b"\xc0\0\2\1"
    with pytest.raises(MalformedError):
        read_address("192.0.2.1:80")


@pytest.mark.parametrize(
    ("text", "shown", "loopback"),
    [
        ("127.0.0.1:8089", "127.0.0.1:8089", True),
        ("[::1]:8089", "[::1]:8089", True),
        ("0.0.0.0:1", "0.0.0.0:1", False),
        ("unix:/run/x", "unix:/run/x", None),
        ("/run/x", "unix:/run/x", None),
        ("unix:x", "unix:x", None),
    ],
)
def test_where_to_listen(text: str, shown: str, loopback: bool | None) -> None:
    found = read_where(text)
    assert str(found) == shown
    assert (None if found.address is None else found.address.is_loopback) == loopback


@pytest.mark.parametrize(
    "text", ["", "8089", "localhost:1", "::1:80", "127.0.0.1", "127.0.0.1:x", "[127.0.0.1]:1"]
)
def test_where_nobody_can_listen(text: str) -> None:
    with pytest.raises(ValueError, match="is not ADDRESS:PORT"):
        read_where(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[fe80::1%nonexist]:8089", "Name or service not known"),
        ("192.0.2.1:8089", "Cannot assign requested address"),
    ],
)
def test_an_address_that_this_machine_lacks(text: str, reason: str) -> None:
    inventory = Inventory(Database.load_default())
    with pytest.raises(HuginnError) as found:
        Listen(inventory, options=ListenOptions(listen=read_where(text)), group=None, database=None)
    assert str(found.value) == f"{text}: {reason}"


def test_who_may_ask() -> None:
    networks = read_networks(["192.0.2.0/24", "2001:db8::1"])
    peers = ("192.0.2.9", "192.0.3.1", "::ffff:192.0.2.9", "2001:db8::1", "2001:db8::2", "", "fe80::1%eth0")
    assert [is_allowed(networks, peer) for peer in peers] == [True, False, True, True, False, False, False]
    with pytest.raises(ValueError, match="is not a network"):
        read_networks(["192.0.2.1/24"])


def test_a_header_that_occurs_twice_is_not_compared() -> None:
    """Applications differ in which of the values they read."""
    multidict = pytest.importorskip("multidict", reason="aiohttp is not installed")
    for headers in ([("User-Agent", "a"), ("user-agent", "a")], [("Huginn-User-Agent", "a")] * 2):
        given = multidict.CIMultiDictProxy(multidict.CIMultiDict(headers))
        assert read_question({"client": "192.0.2.1:1000"}, given)[0].user_agent == b"\n"

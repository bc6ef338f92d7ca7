"""What the first byte of a direction decides: which readers are not called, and that they miss nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.readers.test_greetings import Row, events
from tests.support.conversations import handshake, segment
from tests.support.greetings import mysql
from tests.support.tls.conversation import client_hello, record

HELLO = record(client_hello())
SSH = b"SSH-2.0-OpenSSH_9.6\r\n"
FTP = b"220 (vsFTPd 3.0.3)\r\n"
RESPONSE = b"HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n"
REQUEST = b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
FIRST_PORT = 40_000
BYTES = range(256)

Conversation = Callable[[int, bytes], list[bytes]]


def found(event: str, conversation: Conversation) -> set[int]:
    """The first bytes for which a connection has the event; each first byte has a connection."""
    frames = [frame for one in BYTES for frame in conversation(FIRST_PORT + one, bytes((one, 0, 0, 0, 0)))]
    rows: list[Row] = [one for one in events(*frames) if one["event"] == event]
    ports = [one["src_port"] if event.endswith("client") else one["dst_port"] for one in rows]
    assert len(ports) == len(set(ports))
    return {port - FIRST_PORT for port in ports}


def answered(answer: bytes) -> Conversation:
    """The client begins with the bytes, and the server answers."""
    return lambda port, first: [
        *handshake(port),
        segment(port, 0, first),
        segment(port, 0, answer, server=True),
    ]


def test_a_hello_begins_with_any_later_segment() -> None:
    def later(port: int, first: bytes) -> list[bytes]:
        return [*handshake(port), segment(port, 0, first), segment(port, 5, HELLO)]

    sessions = range(0x81, 0x86)  # control messages of NetBIOS, of which the next one is not complete
    assert found("tls_client", later) == set(BYTES) - set(sessions)


@pytest.mark.parametrize(("before", "is_found"), [(4095, True), (4096, False)])
def test_a_hello_begins_within_the_first_four_kilobytes(before: int, is_found: bool) -> None:
    def far(port: int, first: bytes) -> list[bytes]:
        data = (first + bytes(before))[:before]
        parts = [segment(port, at, data[at : at + 1000]) for at in range(0, before, 1000)]
        return [*handshake(port), *parts, segment(port, before, HELLO)]

    assert found("tls_client", far) == (set(BYTES) if is_found else set())


def test_a_server_of_ssh_is_found_after_any_client() -> None:
    assert found("ssh_server", answered(SSH)) == set(BYTES)


def test_text_before_an_identification_counts_unless_the_client_speaks_another_protocol() -> None:
    assert found("ssh_server", answered(b"Welcome\r\n" + SSH)) == set()
    assert found("ssh_server", answered(b"Sorry\r\n" + SSH)) == set()
    silent = [*handshake(FIRST_PORT), segment(FIRST_PORT, 0, b"Sorry\r\n" + SSH, server=True)]
    assert [one["event"] for one in events(*silent)].count("ssh_server") == 1


def test_a_greeting_begins_with_its_length() -> None:
    """MySQL's versions of 1 to 128 characters, so that the first byte takes as many values."""
    versions = [b"8." + b"3" * length for length in range(1, 127)]
    flows = [
        [*handshake(FIRST_PORT + at), segment(FIRST_PORT + at, 0, mysql(version), server=True)]
        for at, version in enumerate(versions)
    ]
    rows = [one for one in events(*(frame for flow in flows for frame in flow)) if one["event"] == "greeting"]
    assert len(rows) == len({mysql(version)[0] for version in versions}) == 126


def test_an_answer_is_no_greeting() -> None:
    assert found("greeting", answered(FTP)) == set()
    silent = [*handshake(FIRST_PORT), segment(FIRST_PORT, 0, FTP, server=True)]
    assert [one["event"] for one in events(*silent)].count("greeting") == 1


def test_a_greeting_in_two_segments_ends_when_the_client_speaks() -> None:
    def interrupted(port: int, first: bytes) -> list[bytes]:
        parts = [segment(port, at, FTP[at : at + 10], server=True) for at in (0, 10)]
        return [*handshake(port), parts[0], segment(port, 0, first), parts[1]]

    assert found("greeting", interrupted) == set()


def test_a_response_needs_a_client_that_may_have_asked() -> None:
    ports = found("http_response", answered(RESPONSE))
    assert ports == set()
    asked = [
        *handshake(FIRST_PORT),
        segment(FIRST_PORT, 0, REQUEST),
        segment(FIRST_PORT, 0, RESPONSE, server=True),
    ]
    assert [one["event"] for one in events(*asked)].count("http_response") == 1


def test_bytes_that_replace_doubtful_ones_are_looked_at_again() -> None:
    """A decoy with a wrong checksum begins with another byte than the request that follows."""
    decoy = bytearray(segment(FIRST_PORT, 0, b"\x01" + REQUEST[1:]))
    decoy[36] ^= 0xFF
    frames = [
        *handshake(FIRST_PORT),
        bytes(decoy),
        segment(FIRST_PORT, 0, REQUEST),
        segment(FIRST_PORT, 0, RESPONSE, server=True),
    ]
    found = [one["event"] for one in events(*frames)]
    assert found.count("http_request") == found.count("http_response") == 1

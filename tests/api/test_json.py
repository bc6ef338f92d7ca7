"""Queries as lines of JSON: what is refused, and in which words."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.sockets.p0f_api import TOO_LONG, answer_line
from tests.support.api_hosts import ANSWER_BYTES, KNOWN, client, fields, received, serving


def nobody() -> Inventory:
    return Inventory(None)


def asked(line: bytes) -> dict[str, Any]:
    answer = answer_line(line, nobody().find)
    assert answer.endswith(b"\n")
    assert answer.count(b"\n") == 1
    found: dict[str, Any] = json.loads(answer)
    return found


@pytest.mark.parametrize(
    ("address", "ip"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
    ],
)
def test_an_unknown_host(address: str, ip: str) -> None:
    assert asked(json.dumps({"ip": address}).encode()) == {"event": "host", "ip": ip, "known": False}


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"{}",
        b'{"ip": 1}',
        b'{"ip": null}',
        b'{"ip": ["192.0.2.1"]}',
        b'{"ip": "192.0.2.1", "more": 1}',
        b'{"ip": "192.0.2.1"} {}',
        b"{" * 255,
        b'{"ip": "\xff"}',
        b'{"a":' * 51,
    ],
)
def test_what_is_no_query(line: bytes) -> None:
    assert asked(line)["error"].startswith('not understood; a query is a line {"ip": "192.0.2.10"}')


@pytest.mark.parametrize("address", ["", "1", "example.org", "192.0.2.0/24", "192.0.2.1\n"])
def test_what_is_no_address(address: str) -> None:
    assert "error" in asked(json.dumps({"ip": address}).encode())


def test_a_line_in_pieces_and_several_in_one(tmp_path: Path) -> None:
    with serving(tmp_path / "s", nobody()) as server, client(tmp_path / "s") as talk:
        line = b'{"ip": "192.0.2.1"}\r\n'
        talk.sendall(line[:9])
        talk.sendall(line[9:] + line)
        answer = b'{"event":"host","ip":"192.0.2.1","known":false}\n'
        assert received(talk, 2 * len(answer)) == 2 * answer
    assert server.answered == 2


def test_a_line_without_its_end_is_a_query_at_the_end(tmp_path: Path) -> None:
    with serving(tmp_path / "s", nobody()), client(tmp_path / "s") as talk:
        talk.sendall(b'{"ip": "192.0.2.1"}')
        talk.shutdown(socket.SHUT_WR)
        assert received(talk, 1000) == b'{"event":"host","ip":"192.0.2.1","known":false}\n'


def test_a_line_that_does_not_end_is_the_last(tmp_path: Path) -> None:
    with serving(tmp_path / "s", nobody()), client(tmp_path / "s") as talk:
        talk.sendall(b"{" + b" " * 256)
        assert received(talk, 1000) == TOO_LONG
        assert json.loads(TOO_LONG)["error"].startswith("a query of more than 256 bytes")


@pytest.mark.parametrize("spaces", [235, 236])
def test_the_longest_line(tmp_path: Path, spaces: int) -> None:
    line = b'{"ip": "192.0.2.10"}' + b" " * spaces
    with serving(tmp_path / "s", nobody()), client(tmp_path / "s") as talk:
        talk.sendall(line + b"\n")
        assert b'"known":false' in received(talk, 49)


def test_an_error_leaves_the_connection_usable(tmp_path: Path) -> None:
    with serving(tmp_path / "s"), client(tmp_path / "s") as talk:
        talk.sendall(b"{}\n" + KNOWN)
        end = b""
        while not end.endswith(b"\n"):
            end += received(talk, 1)
        assert fields(received(talk, ANSWER_BYTES))[12] == "Linux"

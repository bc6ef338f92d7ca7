"""Clients and servers of HTTP that no signature names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.learning.inventories import MessageInventory, unknown_messages
from sigcompiler.reading.parser import parse_text
from tests.support.captures import pcap
from tests.support.explained import of_message
from tests.support.tls.conversation import Conversation

RESPONSE = b"HTTP/1.1 200 OK\r\nServer: Acme/7\r\nDate: x\r\n\r\n"
TEXT = """\
[http:request]
label = s:!:Known:
sys =
sig = 1:Host,User-Agent=[Known/]::
label = g:!:Weak:
sys =
sig = *:Weak::
"""


def talk(port: int, *lines: str) -> list[bytes]:
    head = "\r\n".join(("GET / HTTP/1.1", "Host: example.com", *lines, "", ""))
    own = Conversation(port, server_port=80).handshake().client(0, head.encode()).server(0, RESPONSE)
    return own.packets


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """A client that is known, one known generically, three that are not: two of them are one program."""
    packets = [
        *talk(40000, "User-Agent: Known/1"),
        *talk(40001, "Weak: 1"),
        *talk(40002, "Odd: 1", "User-Agent: Odd/1 (+http://a)"),
        *talk(40003, "Odd: 1", "User-Agent: Odd/2"),
        *talk(40004, *(f"Many-{number}: 1" for number in range(40))),
    ]
    path = tmp_path / "http.pcap"
    path.write_bytes(pcap([(10**18 + at * 10**6, data) for at, data in enumerate(packets)]))
    return path


def seen(path: Path, limit: int = 100, *, weak: bool = False) -> tuple[MessageInventory, hg.Database]:
    database = hg.Database.compile(text=TEXT)
    inventory = MessageInventory(database, limit, weak=weak)
    for batch in hg.Analyzer(None).batches(path):
        inventory.add(batch)
    return inventory, database


def test_unknown_by_hosts(capture: Path) -> None:
    found = unknown_messages(*seen(capture), relatives=1, most=10)
    assert [(one.direction, one.support.packets) for one in found] == [
        *(("response", 5), ("request", 2), ("request", 1)),
    ]
    response, odd, many = found
    assert odd.signature.startswith("1:Host,Odd,User-Agent:")
    assert odd.raw.endswith(":Odd/1 (+http://a)")
    assert (odd.support.hosts, odd.answer) == (1, "???")
    assert [near.name for near in odd.relatives] == ["Known"]
    assert parse_text(odd.template)[1] == []
    for one in (response, odd):
        named = of_message(hg.Database.compile(text=one.template), one.raw, one.direction)
        assert named.match is not None
    assert "Many-39" in many.raw
    assert (many.relatives, many.template) == ((), ""), "no signature has so many headers"


def test_weak_names(capture: Path) -> None:
    found = unknown_messages(*seen(capture, weak=True), most=10)
    assert sorted(one.answer for one in found) == ["???", "???", "???", "Weak"]


def test_the_limit_is_counted(capture: Path) -> None:
    inventory, database = seen(capture, limit=1)
    (only,) = unknown_messages(inventory, database, most=10)
    assert only.direction == "response"
    assert inventory.left_out == 3


def test_command(capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signatures = tmp_path / "own.fp"
    signatures.write_text(TEXT)
    command = ["unknown", "--db", str(signatures), "--limit", "2", str(capture)]
    assert main([*command, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["message_count"] == 3
    response, request = found["unknown_messages"]
    assert (response["direction"], request["support"]["packets"]) == ("response", 2)
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "3 signatures of HTTP without a name, by hosts\n\n1. HTTP response: " in shown
    signatures.write_text(request["template"].replace("???", "Odd"))
    assert main(["pcap", "--db", str(signatures), str(capture)]) == 0
    assert capsys.readouterr().out.count("Odd\n") == 2

"""First messages in segments of a few bytes: each reader finds what it finds in whole ones.

What a reader waits for hides nothing from the others.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence

import pytest

import huginn_cffi as hg
from tests.readers import test_logins as logins
from tests.readers import test_preambles as before
from tests.readers.test_greetings import SSL_REQUEST, STARTUP, VERSION, postgres
from tests.readers.test_logins import Turn
from tests.support.captures import pcap
from tests.support.devices import industrial as made
from tests.support.tls.conversation import Conversation

OPENVPN: list[Turn] = [
    (side, len(data).to_bytes(2, "big") + data) for side, data in before.openvpn_turns(before.PROOFS["sha1"])
]
CONNECT = bytes.fromhex("10 0c 0004 4d515454 04 02 003c 0000")
REGISTER = struct.pack("<III16sIII", 36, 0, 1, b"SEP001122334455", 0, 1, 0) + struct.pack("<I", 115)
TPKT_OPEN = bytes.fromhex("03000016 11e00000000100c1020100c2020102c0010a")
TPKT_OPENED = bytes.fromhex("03000016 11d00001000200c1020100c2020102c0010a")
TALKS: dict[str, tuple[Sequence[Turn], set[str]]] = {
    "modbus": ([("c", made.modbus(b"\3\0\0\0\1")), ("s", made.modbus(b"\3\2\0\7"))], {"modbus server"}),
    "dnp3": (
        [
            ("c", made.dnp3(True, bytes.fromhex("c0c1013c0106"))),
            ("s", made.dnp3(False, b"\xc0\xc1\x81\0\0\0")),
        ],
        {"dnp3 server"},
    ),
    "iec104": (
        [("c", bytes.fromhex("680407000000")), ("s", bytes.fromhex("68040b000000"))],
        {"iec104 server"},
    ),
    "enip": (
        [("c", made.enip(0x65, b"\1\0\0\0")), ("s", made.enip(0x65, b"\1\0\0\0", session=5))],
        {"enip server"},
    ),
    "mqtt": ([("c", CONNECT), ("s", bytes.fromhex("20020000"))], {"mqtt server"}),
    "s7": (
        [
            *(("c", TPKT_OPEN), ("s", TPKT_OPENED)),
            *(("c", made.s7(1, b"\4\1" + bytes(12))), ("s", made.s7(3, b"\4\1", b"\xff\4\0\x08\0"))),
        ],
        {"s7 server"},
    ),
    "sccp": ([("c", REGISTER)], {"sccp SEP 115"}),
    "ldap": (logins.LOGINS["ldap"][0], {"ldap accepted"}),
    "telnet": (logins.LOGINS["telnet"][0], {"telnet accepted"}),
    "postgresql": ([("c", STARTUP), ("s", postgres(VERSION))], {"postgresql"}),
    "postgresql, refused tls": ([("c", SSL_REQUEST), ("s", postgres(VERSION, refused=b"N"))], {"postgresql"}),
    "postgresql, tls": (
        [("c", SSL_REQUEST), ("s", b"S"), ("c", before.HELLO), ("s", before.ANSWER)],
        {"tls_client", "tls_server"},
    ),
    "tds": (
        [*before.LOGIN, ("c", before.tds("12", before.HELLO)), ("s", before.tds("12", before.ANSWER))],
        {"tds", "tls_client", "tls_server"},
    ),
    "openvpn": (OPENVPN, {"tls_client", "tls_server"}),
    "socks 5": (
        [*before.SOCKS["socks 5"], ("c", before.REQUEST), ("s", before.RESPONSE)],
        {"http_request", "http_response"},
    ),
    "proxy": ([*before.PROXIES["v2"], ("c", before.HELLO)], {"proxied", "tls_client"}),
}
PORTS = {"sccp": 2000}


def found(turns: Sequence[Turn], server_port: int = 9999) -> set[str]:
    """Statements, protocols or events of a connection, TCP's aside."""
    made, at = Conversation(server_port=server_port).handshake(), {"c": 0, "s": 0}
    for side, data in turns:
        (made.client if side == "c" else made.server)(at[side], data)
        at[side] += len(data)
    with hg.Analyzer(protocols=hg.PROTOCOLS, max_connections=9, max_hosts=9) as analyzer:
        batches = analyzer.batches(pcap(made.timed(), linktype=101))
        rows = [json.loads(line) for batch in batches for line in batch.render("json").splitlines()]
    said: set[str] = set()
    for row in rows:
        if "announced" in row:
            said |= {text.split(" ", 1)[1] for text in row["announced"]}
        elif row["event"] == "login":
            said.add(f"{row['login_protocol']} {row['login_answer']}")
        elif row["event"] not in before.TCP:
            said.add(row.get("greeting_protocol", row["event"]))
    return said


def cut(turns: Sequence[Turn], sizes: Sequence[int]) -> list[Turn]:
    """Each message in segments of these sizes, the last one for the rest."""
    parts = []
    for who, data in turns:
        at = 0
        for size in [*sizes, len(data)]:
            parts += [(who, data[at : at + size])] if data[at : at + size] else []
            at += size
    return parts


@pytest.mark.parametrize("name", TALKS)
def test_first_messages_in_tiny_segments(name: str) -> None:
    turns, expected = TALKS[name]
    port = PORTS.get(name, 9999)
    assert found(turns, port) == expected
    for sizes in ([1] * 600, [1], [2], [3] * 200, [5, 1], [9], [7] * 99, [2, 1, 300]):
        assert found(cut(turns, sizes), port) == expected, sizes[:3]


@pytest.mark.parametrize(
    "first", [b"\x00\x01", b"\x05\x64", b"h", b"\x12\x01\x00", b"0\x84", b"\x00\x40\x38"]
)
def test_what_only_begins_like_one_hides_no_hello(first: bytes) -> None:
    assert "tls_client" in found([("c", first), ("c", before.HELLO)])

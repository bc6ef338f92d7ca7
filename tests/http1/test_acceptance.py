"""Requests and responses of made connections against what p0f and an independent reader say of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.core import SHARED, STOCK
from tests.support.packets import NOP, Tcp, mss, packet
from tests.support.tls.conversation import CLIENT, CLIENT_START, Conversation

CASES = SHARED / "http-tls" / "acceptance-http-tls.jsonl"
ABSENT = "Accept-Encoding,Accept-Language,Accept-Charset,Keep-Alive"
CURL = (
    f"http request: app=curl|params=none|raw_sig=1:User-Agent,Host,Accept=[*/*]:Connection,{ABSENT}:curl/7.1"
)
BARE = "http request: app=???|params=anonymous|raw_sig=1:{}:Host,User-Agent,Connection,Accept," + ABSENT + ":"
HOST = f"http request: app=???|params=anonymous|raw_sig=1:Host:User-Agent,Connection,Accept,{ABSENT}:"

DIFFERENT = {  # why, and our rows
    14: ("heads have up to 100 headers", [BARE.format(",".join(f"X-{n}=[1]" for n in range(33)))]),
    15: ("the first 100 of more headers are a row", [BARE.format(",".join(["A=[1]"] * 100))]),
    18: ("lines are as long as heads", [HOST]),
    19: ("lines are as long as heads, of a value the log has 200 bytes", [BARE.format(f"Xa=[{'v' * 200}]")]),
    23: (
        "bars are escaped in the log",
        [
            "http request: app=???|params=none|raw_sig=1:Host,X-A=[a\\x7csrv=9.9.9.9/1\\x7capp=forged],"
            f"User-Agent:Connection,Accept,{ABSENT}:x\\x7cos=y"
        ],
    ),
    25: (
        "names compare without case, and cookies are not shown",
        [
            "http request: app=curl|params=none|raw_sig=1:user-agent,host,?cookie,accept=[*/*]:"
            f"Connection,{ABSENT}:curl/7.1"
        ],
    ),
    28: ("requests of any method are rows", [CURL]),
    29: ("the request goes on after an answer that came too early", [CURL]),
}
LANGUAGES = {31: "English"}


def connection(case: dict[str, Any]) -> Conversation:
    """A handshake, then the segments of a case."""
    first = bytes.fromhex(case["syn_payload"] or "")
    found = Conversation(server_port=80).handshake(first)
    syn = Tcp(40000, 80, CLIENT_START, payload=first)
    unknown = replace(syn, window=1234, options=mss(547) + 4 * NOP)
    found.packets[0] = packet(CLIENT, syn if case["stack"] == "linux" else unknown)
    ends = {"C": len(first), "S": 0}
    for side, offset, flags, content in case["segments"]:
        data = bytes.fromhex(content)
        place = ends[side] if offset is None else offset
        ends[side] = max(ends[side], place + len(data))
        (found.client if side == "C" else found.server)(place, data, int(flags, 16))
    return found


def row_of(line: str) -> str:
    """A line of the log as the cases have it."""
    row = dict(part.split("=", 1) for part in line.split("] ", 1)[1].split("|"))
    return f"{row['mod']}: " + "|".join(f"{field}={row[field]}" for field in FIELDS)


FIELDS = ("app", "lang", "params", "raw_sig")


def test_rows_are_the_expected_ones_but_where_a_reason_stands() -> None:
    if not CASES.is_file() or not STOCK.is_file():
        pytest.skip(f"{CASES} or {STOCK} is absent")
    cases = [one for one in map(json.loads, CASES.read_text().splitlines()) if one["kind"] == "http"]
    assert len(cases) == 32
    database = hg.Database.compile(str(STOCK))
    for case in cases:
        batches = hg.Analyzer(database).batches(pcap(connection(case).timed(), nanoseconds=True))
        lines = [line for batch in batches for line in batch.render("p0f").decode().splitlines()]
        found = [row_of(line) for line in lines if "] mod=http " in line]
        _, expected = DIFFERENT.get(case["id"], ("", case["expected"]))
        lang = f"|lang={LANGUAGES.get(case['id'], 'none')}|params"
        assert found == [row.replace("|params", lang) for row in expected], case["id"]
        assert (case["id"] in DIFFERENT) == (expected != case["expected"]), case["id"]


def test_windows_that_shows_linux_contradicts() -> None:
    """Cases 30 to 32: by the default signatures, and with a stack that none names."""
    if not CASES.is_file():
        pytest.skip(f"{CASES} is absent")
    cases = {one["id"]: one for one in map(json.loads, CASES.read_text().splitlines())}
    found = {}
    for number in (30, 31, 32):
        results = hg.Analyzer().analyze_packets(connection(cases[number]).timed())
        (found[number],) = [one.http_request.verdict for one in results if one.http_request]
    assert found == {30: "contradicts", 31: "contradicts", 32: "not_checked"}

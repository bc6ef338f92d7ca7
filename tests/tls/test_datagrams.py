"""QUIC and DTLS up to the hello: inputs with known answers, one connection each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.tls.hello_model import NotAHelloError, read_hello
from tests.tls.datagrams import CLIENT, Datagrams, build, command

Case = Mapping[str, Any]


@pytest.fixture(scope="module")
def datagrams(tmp_path_factory: pytest.TempPathFactory) -> Datagrams:
    return build(tmp_path_factory.mktemp("hellos"))


@pytest.fixture(scope="module")
def cases(answers: Path) -> list[Case]:
    lines = (answers / "acceptance-quic-dtls.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def commands(case: Case) -> list[str]:
    return [command(1, one["side"] == "S", bytes.fromhex(one["hex"])) for one in case["packets"]]


def rows(datagrams: Datagrams, lines: list[str]) -> list[tuple[int, str, str, str, int]]:
    """Packet, JA4, its lists, in order too, and length of each ClientHello that can be read."""
    found = []
    for message in datagrams.ask(lines)[0]:
        if message.kind != CLIENT:
            continue
        try:
            hello = read_hello(message.whole, message.transport)
        except NotAHelloError:
            continue
        length = len(message.whole) - (4 if message.transport == "dtls" else 0)
        found.append((message.datagram, hello.ja4(), hello.ja4_r(), hello.ja4(in_order=True), length))
    return found


def expected(case: Case) -> list[tuple[int, str, str, str]]:
    """Of a connection the first hello alone is a row."""
    first = [row for row in case["expected"] if row.get("n", 1) == 1]
    return [(row["packet"], row["ja4"], row["ja4_r"], row["ja4_o"]) for row in first]


def test_every_case(datagrams: Datagrams, cases: list[Case]) -> None:
    assert len(cases) == 94
    wrong = {}
    for case in cases:
        found = [row[:4] for row in rows(datagrams, commands(case))]
        if found != expected(case):
            wrong[case["id"], case["name"]] = found
    assert wrong == {}


def test_saved_after_every_packet(datagrams: Datagrams, cases: list[Case]) -> None:
    wrong = []
    for case in cases:
        lines = [line for one in commands(case) for line in (one, "again")]
        if [row[:4] for row in rows(datagrams, lines)] != expected(case):
            wrong.append(case["id"])
    assert wrong == []

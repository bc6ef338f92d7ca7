"""QUIC and DTLS of captures: the ClientHellos that an independent reader and tshark found, and no others."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.tls.hello_model import read_hello
from tests.tls.captured import udp_datagrams
from tests.tls.datagrams import CLIENT, SERVER, Datagrams, HandshakeMessage, build, command

Row = tuple[int, str, str, str]

SILENT = 8
"""Captures without a row: a server alone, half a hello, Google's QUIC, damaged packets."""

IN_TUNNELS = frozenset({("nDPI__dtls.pcap", 3), ("nDPI__dtls.pcap", 5)})
"""Rows of packets in GTP-U, which the walk through a file does not open."""


@pytest.fixture(scope="module")
def datagrams(tmp_path_factory: pytest.TempPathFactory) -> Datagrams:
    return build(tmp_path_factory.mktemp("hellos"))


def asked(datagrams: Datagrams, path: Path) -> list[tuple[int, HandshakeMessage]]:
    """Messages of a capture, each with the frame that ended it."""
    flows: dict[frozenset[tuple[str, int]], tuple[int, tuple[str, int]]] = {}
    frames, lines = [0], []
    for one in udp_datagrams(path):
        flow, first = flows.setdefault(frozenset((one.source, one.destination)), (len(flows) + 1, one.source))
        frames.append(one.frame)
        lines.append(command(flow, one.source != first, one.data))
    return [(frames[message.datagram], message) for message in datagrams.ask(lines)[0]]


def rows(messages: Iterable[tuple[int, HandshakeMessage]]) -> list[Row]:
    found = []
    for frame, message in messages:
        if message.kind == CLIENT:
            hello = read_hello(message.whole, message.transport)
            found.append((frame, hello.ja4(), hello.ja4_r(), hello.ja4(in_order=True)))
    return found


def oracle(path: Path) -> dict[str, list[Row]]:
    """By file: the first hello of each connection."""
    found: dict[str, list[Row]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["n"] == 1 and (row["file"], row["frame"]) not in IN_TUNNELS:
            found[row["file"]].append((row["frame"], row["ja4"], row["ja4_r"], row["ja4_o"]))
    return {name: sorted(one) for name, one in found.items()}


def test_captures(datagrams: Datagrams, answers: Path) -> None:
    expected = oracle(answers / "oracle" / "quic-dtls-captures.jsonl")
    paths = sorted((answers / "captures").glob("*.pcap*"))
    assert len(paths) == len(expected) + SILENT
    wrong = {}
    for path in paths:
        found = sorted(rows(asked(datagrams, path)))
        if found != expected.get(path.name, []):
            wrong[path.name] = (found, expected.get(path.name))
    assert wrong == {}


def test_corpus(datagrams: Datagrams, answers: Path, corpus: Path) -> None:
    expected = oracle(answers / "oracle" / "quic-dtls.jsonl")
    wrong = {}
    for name, answer in expected.items():
        found = sorted(rows(asked(datagrams, corpus / name)))
        if found != answer:
            wrong[name] = (found, answer)
    assert wrong == {}


GOOGLE_SERVER = ("nfstream__quic_t50.pcap", 2)
"""After Google's own kind of ACK, which is not read."""

SHOWN_BY_TSHARK = Path(__file__).with_name("hellos_of_servers.tsv")
"""Capture and frame number of each ServerHello that tshark 4.0.17 shows in the captures, by the filter
``(quic && tls.handshake.type == 2) || dtls.handshake.type == 2``."""


def test_hellos_of_servers(datagrams: Datagrams, answers: Path) -> None:
    shown = [line.split("\t") for line in SHOWN_BY_TSHARK.read_text("utf-8").splitlines()]
    found = [
        (path.name, frame)
        for path in sorted((answers / "captures").glob("*.pcap*"))
        for frame, message in asked(datagrams, path)
        if message.kind == SERVER
    ]
    assert len(found) == 50
    assert sorted([*found, GOOGLE_SERVER]) == sorted((name, int(frame)) for name, frame in shown)

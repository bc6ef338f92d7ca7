"""QUIC and DTLS through the analyzer: what independent programs found, and cases made for it."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.libraries.libcrypto import load_crypto
from tests.support.captures import pcap
from tests.support.tls.udp import packet_of

Row = tuple[int, str | None, str | None, str | None, str]
Case = dict[str, Any]

pytestmark = pytest.mark.skipif(not load_crypto().name, reason=f"no ciphers: {load_crypto().why}")


def rows(source: Any, **options: Any) -> list[Row]:
    """Packet, JA4, its lists, in order too, and transport of the ClientHellos over UDP."""
    found = []
    for batch in hg.Analyzer(None, max_connections=10_000).batches(
        source, on_error=lambda error: None, **options
    ):
        for result in batch.results():
            if result.tls_client is None or result.tls_client.signature.transport == "tcp":
                continue
            seen = result.tls_client.signature
            found.append((result.packet_number, seen.ja4, seen.ja4_r, seen.ja4_o, seen.transport))
    return found


def oracle(path: Path) -> dict[str, list[Row]]:
    """By file: the first hello of each connection."""
    found: dict[str, list[Row]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["n"] == 1:
            found[row["file"]].append(
                (row["frame"], row["ja4"], row["ja4_r"], row["ja4_o"], row["transport"])
            )
    return {name: sorted(one) for name, one in found.items()}


@pytest.mark.parametrize("workers", [1, 3])
def test_captures(answers: Path, workers: int) -> None:
    expected = oracle(answers / "oracle" / "quic-dtls-captures.jsonl")
    paths = sorted((answers / "captures").glob("*.pcap*"))
    assert len(paths) > len(expected) > 50
    found = {path.name: rows(path, workers=workers) for path in paths}
    wrong = {name: one for name, one in found.items() if one != expected.get(name, [])}
    assert wrong == {}


@pytest.mark.parametrize("workers", [1, 3])
def test_corpus(answers: Path, corpus: Path, workers: int) -> None:
    expected = oracle(answers / "oracle" / "quic-dtls.jsonl")
    assert {name: rows(corpus / name, workers=workers) for name in expected} == expected


def cases(answers: Path) -> list[Case]:
    lines = (answers / "acceptance-quic-dtls.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def packets_of(case: Case) -> list[tuple[int, bytes]]:
    return [
        (
            10**18 + round(one["t"] * 1e9),
            packet_of(bytes.fromhex(one["hex"]), server=one["side"] == "S"),
        )
        for one in case["packets"]
    ]


def expected_of(case: Case) -> list[Row]:
    """Of a connection the first hello alone is a row."""
    first = [row for row in case["expected"] if row.get("n", 1) == 1]
    kind = case["kind"]
    return [(row["packet"], row["ja4"], row["ja4_r"], row["ja4_o"], kind) for row in first]


def test_every_case(answers: Path) -> None:
    every = cases(answers)
    assert len(every) == 94
    found = {one["id"]: rows(pcap(packets_of(one), nanoseconds=True)) for one in every}
    assert found == {one["id"]: expected_of(one) for one in every}


def test_what_else_the_cases_say(answers: Path) -> None:
    wrong = []
    for case in cases(answers):
        analyzer = hg.Analyzer(None)
        results = [one.tls_client for one in analyzer.analyze_packets(packets_of(case)) if one.tls_client]
        for row, one in zip((row for row in case["expected"] if row.get("n", 1) == 1), results, strict=True):
            seen = one.signature
            found = {"sni": seen.sni, "post_quantum": seen.post_quantum}
            version = int(row["quic_version"], 16) if row.get("quic_version") else None
            names = {1: "1", 0x6B3343CF: "2"}
            if found != {name: row[name] for name in found} or (
                version in names and seen.quic_version != names[version]
            ):
                wrong.append((case["id"], found, seen.quic_version))
    assert wrong == []


@pytest.mark.skipif(importlib.util.find_spec("cryptography") is None, reason="cryptography is not installed")
def test_user_agents_of_captures(answers: Path) -> None:
    path = answers / "captures" / "nfstream__quic-27.pcap"
    (result,) = (one for one in hg.Analyzer().analyze_pcap(str(path)) if one.tls_client)
    assert (
        result.tls_client.signature.quic_user_agent == "beta Chrome/84.0.4147.45 Windows NT 10.0; Win64; x64"
    )
    assert result.tls_client.signature.quic_version == "draft-27"
    assert str(result.tls_client.match) == "Chrome 84-86"

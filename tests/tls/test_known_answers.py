"""Hellos over TCP against answers of independent programs, where they are there."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.support.core import SHARED
from tests.support.packets import Tcp, packet
from tests.support.tls.conversation import CLIENT, CLIENT_START, SERVER, SERVER_START


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def connection(case: dict[str, Any]) -> list[tuple[int, bytes]]:
    """The packets of a case: a handshake, then its segments."""
    first = bytes.fromhex(case["syn_payload"] or "")
    packets = [
        packet(CLIENT, Tcp(40000, 443, CLIENT_START, flags=2, payload=first)),
        packet(SERVER, Tcp(443, 40000, SERVER_START, CLIENT_START + 1 + len(first), flags=0x12)),
    ]
    ends = {"C": len(first), "S": 0}
    for side, offset, flags, content in case["segments"]:
        data = bytes.fromhex(content)
        place = ends[side] if offset is None else offset
        ends[side] = max(ends[side], place + len(data))
        if side == "C":
            tcp = Tcp(
                40000, 443, CLIENT_START + 1 + place, SERVER_START + 1, flags=int(flags, 16), payload=data
            )
            packets.append(packet(CLIENT, tcp))
        else:
            tcp = Tcp(
                443, 40000, SERVER_START + 1 + place, CLIENT_START + 1, flags=int(flags, 16), payload=data
            )
            packets.append(packet(SERVER, tcp))
    return [(10**18 + number * 10**6, data) for number, data in enumerate(packets)]


def shown(observed: hg.TlsClientObservation) -> dict[str, Any]:
    """The values that the cases speak of."""
    seen = observed.signature
    return {
        **{name: getattr(seen, name) for name in ("ja4", "ja4_r", "ja4_o", "sni", "malformed")},
        "bytes": seen.hello_bytes,
    }


def test_acceptance_cases(answers: Path) -> None:
    cases = [one for one in lines(answers / "acceptance-http-tls.jsonl") if one["kind"] == "tls"]
    assert len(cases) > 40
    for case in cases:
        results = hg.Analyzer(None).analyze_packets(connection(case))
        found = [shown(one.tls_client) for one in results if one.tls_client and one.tls_client.signature.ja4]
        # Of two hellos the first is the row, the second is counted.
        (expected,) = case["expected"][:1] or (None,)
        if expected is None:
            assert found == [], case["id"]
        elif "either" not in expected:
            (seen,) = found
            start, cut, _ = expected["ja4_r"].partition("…")
            assert seen["ja4_r"].startswith(start), case["id"]
            assert cut or seen["ja4_r"] == start, case["id"]
            assert {**seen, "ja4_r": expected["ja4_r"]} == expected, case["id"]


def corpus_rows(answers: Path) -> dict[str, list[dict[str, Any]]]:
    """The first hellos of connections, by file."""
    rows = defaultdict(list)
    for row in lines(answers / "oracle" / "ja4.jsonl"):
        if row["n"] == 1:
            rows[row["file"]].append(row)
    return rows


LATE = (
    "PcapPlusPlus__PcapExamples__pcapng-example.pcapng",
    "mercury__imap2.pcap",
    "nDPI__tls_invalid_reads.pcap",
    "suricata-verify__sample_10.62.112.41_62227.pcap",
)
"""Captures with wrong checksums or missing packets."""


OPENVPN = 1194
"""The port of OpenVPN, whose control channel carries hellos that the other programs do not read."""


def test_corpus(answers: Path) -> None:
    corpus = SHARED / "corpus"
    if not corpus.is_dir():
        pytest.skip(f"{corpus} is absent")
    beyond = []
    for file, rows in corpus_rows(answers).items():
        analyzer = hg.Analyzer(None, max_connections=100_000)
        found = {}
        for result in analyzer.analyze_pcap(corpus / file, on_error=lambda error: None):
            if result.tls_client is not None and result.tls_client.signature.transport == "tcp":
                found[result.packet_number, result.tls_client.source.port] = result
        for row in rows:
            # such bytes are read when the next packet acknowledges them
            assert (row["frame"], row["sport"]) in found or file in LATE
            number = next(at for at in (row["frame"], row["frame"] + 1) if (at, row["sport"]) in found)
            result = found.pop((number, row["sport"]))
            seen = result.tls_client.signature
            assert result.tls_client.source.ip == row["src"], row
            wanted = {name: row[name] for name in ("ja4", "ja4_r", "ja4_o", "hello_bytes")}
            assert {name: getattr(seen, name) for name in wanted} == wanted, row
            assert seen.malformed == bool(row.get("malformed_tail")), row
            assert (seen.sni or "") == (row["sni"] or ""), row
        beyond += found.values()
    # More than the other programs find only in tunnels, in SSL 2.0's format and in OpenVPN.
    assert all(
        one.tunnel or one.tls_client.signature.ja4 is None or one.tls_client.destination.port == OPENVPN
        for one in beyond
    )

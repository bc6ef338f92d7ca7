"""What hellos show together: in summaries and in the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.cli import main
from tests.support.captures import pcap
from tests.support.tls.conversation import (
    HELLO_EXTENSIONS,
    Conversation,
    client_hello,
    extension,
    listed,
    numbers,
    record,
    server_hello,
    server_name,
)

SHARE = listed(numbers((0x11EC,)) + listed(bytes(16)))
HYBRID = (
    server_name(b"secret.example.org") + extension(43, listed(numbers((0x0304,)), 1)) + extension(51, SHARE)
)


def talk(port: int, hello: bytes, answer: bytes) -> list[bytes]:
    own = Conversation(port).handshake().client(0, record(hello)).server(0, record(answer))
    return own.packets


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Five connections: two of TLS 1.3, of which one is post-quantum, and one each of 1.2, 1.1 and 1.0."""
    modern = server_hello(extension(43, numbers((0x0304,))))
    packets = [
        *talk(40000, client_hello(HELLO_EXTENSIONS), modern),
        *talk(40001, client_hello(HYBRID), modern),
        *talk(40002, client_hello(None), server_hello()),
        *talk(40003, client_hello(None, version=0x0302), server_hello(version=0x0302)),
        *talk(40004, client_hello(HELLO_EXTENSIONS), server_hello(version=0x0301)),
    ]
    path = tmp_path / "tls.pcap"
    path.write_bytes(pcap([(10**18 + at * 10**6, data) for at, data in enumerate(packets)]))
    return path


def totals(path: Path, database: hg.Database | None = None) -> dict[str, Any]:
    with hg.Analyzer(database) as analyzer:
        found = Summary(analyzer.database)
        for batch in analyzer.batches(path):
            found.add(batch)
        assert found.left_out == 0
        tls: dict[str, Any] = found.as_dict(analyzer.stats)["tls"]
        return tls


def test_counts_are_those_of_the_results(capture: Path) -> None:
    found = totals(capture)
    results = list(hg.Analyzer(None).analyze_pcap(capture))
    clients = [result.tls_client.signature for result in results if result.tls_client]
    servers = [result.tls_server for result in results if result.tls_server]
    assert found["hellos"] == {"client": len(clients), "server": len(servers)} == {"client": 5, "server": 5}
    assert found["post_quantum"]["client"] == sum(one.post_quantum for one in clients) == 1
    versions = {(row["role"], row["version"]): row["hellos"] for row in found["versions"]}
    assert versions == {
        ("client", "TLS 1.3"): 3,
        ("client", "TLS 1.2"): 1,
        ("client", "TLS 1.1"): 1,
        ("server", "TLS 1.3"): 2,
        ("server", "TLS 1.2"): 1,
        ("server", "TLS 1.1"): 1,
        ("server", "TLS 1.0"): 1,
    }
    assert {(row["role"], row["version"]) for row in found["old"]} == {
        ("client", "TLS 1.1"),
        ("server", "TLS 1.1"),
        ("server", "TLS 1.0"),
    }
    assert {row["ja4"]: row["hellos"] for row in found["clients"]} == {
        ja4: [one.ja4 for one in clients].count(ja4) for ja4 in {one.ja4 for one in clients}
    }


def test_clients_of_one_name_are_one_row(capture: Path) -> None:
    first, second = (row["ja4"] for row in totals(capture)["clients"][:2])
    lines = f"[tls:client]\nlabel = s:!:Acme:7\nsys =\nsig = {first}\nsig = {second}\n"
    before = {row["ja4"]: row["hellos"] for row in totals(capture)["clients"]}
    named, *others = totals(capture, hg.Database.compile(text=lines))["clients"]
    assert (named["name"], named["flavor"], named["ja4"]) == ("Acme", "7", None)
    assert (named["hosts"], named["hellos"]) == (1, before.pop(first) + before.pop(second))
    assert {row["ja4"]: row["hellos"] for row in others} == before


def test_summary(capture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pcap", "--summary", str(capture)]) == 0
    shown = capsys.readouterr().out
    for line in ("TLS clients", "TLS versions", "Post-quantum key shares", "Before TLS 1.2, or weak"):
        assert f"\n{line}\n" in shown
    assert "       1   5  client\n" in shown, "post-quantum, of clients"
    assert "  server  TLS 1.0  198.51.100.2\n" in shown
    assert "secret.example.org" not in shown, "the name of a server proves nothing"
    assert main(["pcap", "--summary", "--format", "json", str(capture)]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["tls"]["hellos"] == {"client": 5, "server": 5}


def test_a_capture_without_hellos_has_no_such_part(capture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pcap", "--summary", "--protocols", "tcp", str(capture)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert not [line for line in lines if line.startswith("TLS")]


def test_report(capture: Path) -> None:
    from huginn_cffi.applications.reporting import report_page

    assert b"secret.example.org" not in report_page(hg.Analyzer(), [capture])

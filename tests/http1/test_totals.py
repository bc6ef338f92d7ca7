"""What messages of HTTP show together, and verdicts: in summaries, findings and the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.cli import main
from tests.support.captures import pcap
from tests.support.tls.conversation import Conversation

RESPONSE = b"HTTP/1.1 200 OK\r\nServer: Acme/7\r\nContent-Type: text/html\r\n\r\n"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WHY = "SYN: Linux, User-Agent: Windows"

SIGNATURES = """classes = win,unix,other
[http:request]
ua_os = Linux,Windows
label = s:!:Browser:1
sys = @unix,@win
sig = 1:Host,User-Agent,Accept:X-Never:
label = s:!:Browser:1
sys = @unix,@win
sig = 1:Host,User-Agent,X-Other:X-Never:
[http:response]
label = s:!:Acme:7
sys = @unix
sig = 1:Server,Content-Type:X-Never:Acme/
"""


def talk(port: int, agent: str, *lines: str) -> list[bytes]:
    head = "\r\n".join(("GET /secret HTTP/1.1", "Host: example.com", f"User-Agent: {agent}", *lines, "", ""))
    own = Conversation(port, server_port=80).handshake().client(0, head.encode()).server(0, RESPONSE)
    return own.packets


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Four requests: two of a client that is known, of which one says Windows; two of others."""
    packets = [
        *talk(40000, LINUX, "Accept: */*"),
        *talk(40001, WINDOWS, "X-Other: 1"),
        *talk(40002, "tool/1", "Strange: 1"),
        *talk(40003, LINUX, "Stranger: 1"),
    ]
    path = tmp_path / "http.pcap"
    path.write_bytes(pcap([(10**18 + at * 10**6, data) for at, data in enumerate(packets)]))
    return path


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A database that knows the SYN of the conversations, a client and a server."""
    path = tmp_path / "names.fp"
    path.write_text(f"{SIGNATURES}[tcp:request]\nlabel = s:unix:Linux:\nsig = *:64-:0:*:*,*:*:*:*\n")
    return path


@pytest.fixture
def database(capture: Path, names: Path) -> hg.Database:
    """Compiled, with the SYN as it is in the capture."""
    (syn, *_) = (one.syn for one in hg.Analyzer(None).analyze_pcap(capture) if one.syn)
    fields = str(syn.signature).split(":")
    fields[1] = fields[1].partition("+")[0]
    text = names.read_text().replace("*:64-:0:*:*,*:*:*:*", ":".join(fields))
    names.write_text(text)
    return hg.Database.compile(text=text)


def totals(path: Path, database: hg.Database) -> dict[str, Any]:
    with hg.Analyzer(database) as analyzer:
        found = Summary(database)
        for batch in analyzer.batches(path):
            found.add(batch)
        return found.as_dict(analyzer.stats)


def test_counts(capture: Path, database: hg.Database) -> None:
    summary = totals(capture, database)
    found, judged = summary["http"], summary["verdicts"]
    assert found["messages"] == {"request": 4, "response": 4}
    assert found["clients"] == [
        {"name": "Browser", "flavor": "1", "hosts": 1, "messages": 2},
        {"name": None, "flavor": "", "hosts": 1, "messages": 2},
    ]
    assert found["servers"] == [{"name": "Acme", "flavor": "7", "hosts": 1, "messages": 4}]
    assert {row["system"]: row["messages"] for row in found["claims"]} == {"Linux": 2, "Windows": 1, None: 1}
    assert judged["counts"]["requests"] == {"consistent": 2, "contradicts": 1, "not_checked": 1}
    assert judged["contradictions"] == [{"of": "requests", "host": "192.0.2.1", "why": WHY, "events": 1}]
    assert summary["left_out"] == 0


@pytest.mark.usefixtures("database")
def test_summary(capture: Path, names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["pcap", "--summary", "--db", str(names), str(capture)]
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "\nHTTP clients\n  hosts  requests  client\n      1         2  Browser 1\n" in shown
    assert "\nHTTP servers\n  hosts  responses  server\n      1          4  Acme 7\n" in shown
    assert "\nVerdicts\n  events  of        verdict\n       2  requests  consistent\n" in shown
    assert f"       1  requests  192.0.2.1  {WHY}\n" in shown
    assert "192.0.2.1 is Linux, but its browser says " in shown
    assert "secret" not in shown
    assert main([*command, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["http"]["messages"] == {"request": 4, "response": 4}
    (finding,) = (one for one in found["findings"] if one["kind"] == "contradicts")
    assert finding["hosts"] == ["192.0.2.1"]
    assert finding["text"] == (
        "192.0.2.1 is Linux, but its browser says Windows, as a proxy, the exit of a VPN or a container does"
    )


def test_a_capture_without_messages_has_no_such_part(
    capture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pcap", "--summary", "--protocols", "tcp", str(capture)]) == 0
    shown = capsys.readouterr().out
    assert "\nHTTP" not in shown
    assert "Verdicts" not in shown


def test_report(capture: Path, database: hg.Database) -> None:
    from huginn_cffi.applications.reporting import report_page

    assert b"secret" not in report_page(hg.Analyzer(database), [capture])

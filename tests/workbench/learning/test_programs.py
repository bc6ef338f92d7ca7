"""Lines that are proposed for labelled clients and servers, from captures to named messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.evaluation.labels import LabelError
from huginn_workbench.learning.evidence import LearningError
from huginn_workbench.learning.program_lines import LearnedPrograms
from huginn_workbench.learning.programs import SeenMessage, learn_heads, learn_programs
from sigcompiler.reading.parser import parse_text
from tests.support.captures import pcap
from tests.support.tls.conversation import HELLO_EXTENSIONS, Conversation, client_hello, extension, record

SERVER = b"HTTP/1.1 200 OK\r\nServer: Acme/7\r\nDate: x\r\n\r\n"
TEXT = """\
[http:request]
label = s:!:Known:
sys =
sig = 1:Host,Kn::
"""


def talk(port: int, *lines: str) -> list[bytes]:
    head = "\r\n".join(("GET / HTTP/1.1", "Host: example.com", *lines, "", ""))
    own = Conversation(port, server_port=80).handshake().client(0, head.encode()).server(0, SERVER)
    return own.packets


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """One client, three requests, of which one has a header more, and a hello."""
    hello = client_hello(HELLO_EXTENSIONS + extension(0x1234))
    packets = [
        *talk(40000, "User-Agent: Acme-Fetch/1 lib/2", "Accept: */*"),
        *talk(40001, "User-Agent: Acme-Fetch/2 lib/2", "X-Odd: 1", "Accept: */*"),
        *talk(40002, "User-Agent: Acme-Fetch/2 lib/2", "Accept: */*"),
        *Conversation(40003).handshake().client(0, record(hello)).packets,
    ]
    path = tmp_path / "talk.pcap"
    path.write_bytes(pcap([(10**18 + at * 10**6, data) for at, data in enumerate(packets)]))
    return path


def lines(found: LearnedPrograms) -> list[tuple[str, str]]:
    return [(one.section, one.text) for one in found.proposals]


def names(capture: Path, text: str) -> list[str | None]:
    """What a database says of the hello, the requests and the responses."""
    results = list(hg.Analyzer(hg.Database.compile(text=text)).analyze_pcap(capture))
    rows = [one.tls_client or one.http_request or one.http_response for one in results]
    return [row.match.name if row.match else None for row in rows if row]


def test_one_line_for_all_messages_of_a_client(capture: Path) -> None:
    database = hg.Database.compile(text=TEXT)
    found = learn_programs(capture, client="Acme Fetch", server="Acme", database=database, source="own 2026")
    (_, hello), request, response = lines(found)
    assert request[1].startswith("1:Host,User-Agent,?X-Odd,Accept=[*/*]:")
    assert request[1].endswith(":Acme-Fetch/")
    assert response[1].startswith("1:Server,Date:")
    assert response[1].endswith(":Acme/")
    assert hello.startswith("t13")
    assert "; source: own 2026 (1 labelled host); medium" in found.text
    assert parse_text(found.text)[1] == []
    named = names(capture, found.text)
    assert named.count("Acme Fetch") == 4
    assert named.count("Acme") == 3
    again = learn_programs(
        capture, client="Acme Fetch", server="Acme", database=hg.Database.compile(text=found.text)
    )
    assert (again.proposals, again.refusals, again.text) == ((), (), "")
    assert {one.section for one in again.known} == {"tls:client", "http:request", "http:response"}
    assert str(again).endswith(f"0 proposed, 0 refused, {len(again.known)} known")


def test_only_the_chosen_hosts(capture: Path) -> None:
    with pytest.raises(LearningError, match="no readable TLS hello"):
        learn_programs(capture, client="Acme Fetch", hosts=["203.0.113.0/24"])
    with pytest.raises(LearningError, match="which client or server"):
        learn_programs(capture)


def test_the_limit_is_counted(capture: Path) -> None:
    found = learn_programs(capture, client="Acme Fetch", max_inventory=1)
    assert (len(found.proposals), found.left_out) == (1, 3)


def message(raw: str, host: str = "a", label: str = "s:!:One:") -> SeenMessage:
    return SeenMessage("request", raw, host, "1.pcap", 1, label)


def learned(*seen: SeenMessage, text: str = TEXT) -> tuple[list[str], list[str]]:
    found = learn_heads(seen, hg.Database.compile(text=text), "x", "http:request")
    return [line.text for line in found.proposals], [line.reason for line in found.refusals]


def test_other_orders_and_versions_have_lines_of_their_own() -> None:
    both = learned(message("1:Host,A,B::x/1"), message("1:Host,B,A::x/1"), message("0:Host,A::x/1"))
    assert both == (["0:Host,A::x/", "1:Host,A,B::x/", "1:Host,B,A::x/"], [])


def test_a_value_that_differs_is_left_out() -> None:
    assert learned(message("1:A=[1],B=[2]::"), message("1:A=[1],B=[3]::")) == (["1:A=[1],B::"], [])


def test_collisions() -> None:
    assert learned(message("1:Host,Kn::"))[1] == ["<text>:4 names it Known"]
    wide = learned(message("1:Host::"))
    assert wide == ([], ["<text>:4 (Known) describes some of the same messages"])
    rivals = learned(message("1:A,B::"), message("1:A,B::", "b", "s:!:Two:"))
    assert rivals == ([], ["1 host with another label sent the same"] * 2)


def test_a_line_too_wide_is_narrowed() -> None:
    """A common line of the first label would take the message of the second one."""
    seen = [message("1:A,B,C::"), message("1:A,C::"), message("1:A,D,C::", "b", "s:!:Two:")]
    proposed, refused = learned(*seen)
    assert proposed == ["1:A,B,C::", "1:A,D,C::"]
    assert refused == ["1 host with another label sent the same"]


def test_a_line_that_another_one_of_the_label_covers_is_not_proposed() -> None:
    seen = [message("1:A,B::"), message("1:B,A::"), message("1:B,A,Z::")]
    proposed, refused = learned(*seen)
    assert proposed == ["1:A,B::", "1:B,A::"]
    assert refused == ["a line proposed for s:!:One: describes the same messages"]


def test_command_with_a_file_of_labels(
    capture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text(
        "file,ip,client,server\ntalk.pcap,192.0.2.1,Acme Fetch,\ntalk.pcap,198.51.100.2,,Acme\n"
    )
    command = ["learn", "--labels", str(labels), str(capture)]
    assert main([*command, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"proposals", "refusals", "known", "text", "left_out"}
    assert main(command) == 0
    out, err = capsys.readouterr()
    assert out == found["text"]
    assert "proposed: s:!:Acme Fetch:, tls:client" in err
    assert main([*command, "--max-inventory", "1"]) == 1
    assert main([*command, "--client", "x"]) == 2
    assert main(["learn", "--client", "x", "--as", "Linux", str(capture)]) == 2
    assert main(["learn", "--client", "Käse", str(capture)]) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,ip,client\n", ":1: no column server"),
        ("file,ip,client,server\na.pcap,x,A,\n", ":2: 'x' does not appear to be"),
        ("file,ip,client,server\na.pcap,192.0.2.1,A:b,\n", ":2: 'A:b' is not a label"),
    ],
)
def test_bad_files_of_labels(capture: Path, tmp_path: Path, text: str, message: str) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text(text)
    with pytest.raises(LabelError, match=message):
        learn_programs(capture, labels=labels)

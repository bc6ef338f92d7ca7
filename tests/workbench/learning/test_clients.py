"""TLS clients that no signature names, and lines that are proposed for labelled ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.learning.evidence import LearningError
from huginn_workbench.learning.inventories import HelloInventory, SeenHello, unknown_clients
from huginn_workbench.learning.program_lines import ProgramLine
from huginn_workbench.learning.programs import learn_clients
from sigcompiler.reading.parser import parse_text
from tests.support.captures import pcap
from tests.support.explained import of_client
from tests.support.tls.conversation import HELLO_EXTENSIONS, Conversation, client_hello, extension, record

TEXT = """\
[tls:client]
label = s:!:Browser:2
sys =
sig = t13d1516h2_8daaf6152771_d8a2da3f94cd
label = g:!:Browser:
sys =
sig = *_8daaf6152771_*
"""
NAMED = "t13d1516h2_8daaf6152771_d8a2da3f94cd"
WEAK = "t13d1515h2_8daaf6152771_000000000001"
STABLE, OTHER = "t13d0306h2_111111111111_222222222222", "t13d0306h2_111111111111_333333333333"
FIRST, SECOND = "t13d0307h2_111111111111_444444444444", "t13d0308h2_111111111111_555555555555"


def hello(ja4: str, stable: str, host: str = "a", label: str = "", file: str = "1.pcap") -> SeenHello:
    return SeenHello(ja4, stable, host, file, 7, label)


def inventory(*hellos: SeenHello) -> HelloInventory:
    found = HelloInventory()
    for one in hellos:
        found.add_hello(one)
    return found


def words(lines: list[ProgramLine]) -> list[tuple[str, ...]]:
    return [(one.label, one.text, one.reason) for one in lines]


@pytest.fixture(scope="module")
def database() -> hg.Database:
    return hg.Database.compile(text=TEXT)


def test_unknown_by_hosts(database: hg.Database) -> None:
    hellos = [
        hello(NAMED, NAMED),
        hello(WEAK, WEAK),
        hello(OTHER, OTHER),
        hello(FIRST, STABLE),
        hello(SECOND, STABLE),
        hello(SECOND, STABLE),
        hello(SECOND, STABLE, "a", file="2.pcap"),
    ]
    seen = inventory(*hellos)
    first, second = unknown_clients(seen, database, relatives=2)
    assert (first.ja4, first.ja4_stable, first.answer) == (SECOND, STABLE, "???")
    assert (first.support.hosts, first.support.packets, first.support.example) == (2, 4, "1.pcap, packet 7")
    assert [near.name for near in first.relatives] == ["Browser", "Browser"]
    assert second.ja4_stable == OTHER
    assert parse_text(first.template)[1] == []
    assert of_client(hg.Database.compile(text=first.template), SECOND, STABLE).match is not None
    assert first.as_dict()["support"]["hosts"] == 2
    weak = unknown_clients(seen, database, weak=True)
    assert {one.answer for one in weak} == {"???", "Browser"}
    assert len(weak) == 3


def test_learned_lines_name_what_was_labelled(database: hg.Database) -> None:
    hellos = [hello(FIRST, STABLE, str(n), "s:!:Library:3") for n in range(3)]
    hellos += [hello(OTHER, OTHER, "b", "Tool")]
    found = learn_clients(hellos, database, source="own captures 2026")
    assert words(found.proposals) == [("s:!:Library:3", STABLE, ""), ("s:!:Tool:", OTHER, "")]
    assert (found.refusals, found.known) == ([], [])
    assert "; source: own captures 2026 (3 labelled hosts); high" in found.text
    assert "; source: own captures 2026 (1 labelled host); medium" in found.text
    assert parse_text(found.text)[1] == []
    match = of_client(hg.Database.compile(text=found.text), SECOND, STABLE).match
    assert match is not None
    assert match.label == "Library 3"


def test_known_and_refused(database: hg.Database) -> None:
    hellos = [
        hello(NAMED, NAMED, "a", "Browser"),
        hello(NAMED, NAMED, "b", "Fox"),
        hello(STABLE, STABLE, "a", "Fox"),
        hello(STABLE, STABLE, "b", "Dog"),
        hello(WEAK, WEAK, "c", "Cat"),
    ]
    found = learn_clients(hellos, database, "captures")
    assert words(found.known) == [("s:!:Browser:", NAMED, "<text>:4")]
    assert [(label, why) for label, _, why in words(found.refusals)] == [
        ("s:!:Fox:", "<text>:4 names it Browser 2"),
        ("s:!:Fox:", "1 host with another label sent the same"),
        ("s:!:Dog:", "1 host with another label sent the same"),
    ]
    assert words(found.proposals) == [("s:!:Cat:", WEAK, "")]


def test_nothing_labelled(database: hg.Database) -> None:
    assert learn_clients([hello(OTHER, OTHER)], database, "captures").text == ""


@pytest.mark.parametrize(
    "label", ["Käse", "s:!:x", "s:nowhere:A:1", "s:!:A\nsig = x:", "s:!:A:\nsys =\nsig = *_*_*"]
)
def test_bad_labels(database: hg.Database, label: str) -> None:
    with pytest.raises(LearningError, match="is not a label"):
        learn_clients([hello(OTHER, OTHER, label=label)], database, "captures")


def test_the_command_reads_captures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two clients, of which the database names one; the other is ready to be named."""
    named, other = client_hello(), client_hello(HELLO_EXTENSIONS + extension(0x1234))
    packets = [
        *Conversation(40000).handshake().client(0, record(named)).packets,
        *Conversation(40001).handshake().client(0, record(other)).packets,
        *Conversation(40002).handshake().client(0, record(other)).packets,
    ]
    path = tmp_path / "tls.pcap"
    path.write_bytes(pcap([(10**18 + at * 10**6, data) for at, data in enumerate(packets)]))
    ja4 = [
        result.tls_client.signature.ja4
        for result in hg.Analyzer(None).analyze_pcap(path)
        if result.tls_client is not None
    ]
    signatures = tmp_path / "own.fp"
    signatures.write_text(f"[tls:client]\nlabel = s:!:Acme:7\nsys =\nsig = {ja4[0]}\n")
    command = ["unknown", "--db", str(signatures), str(path)]
    assert main([*command, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (client,) = found["unknown_clients"]
    assert found["client_count"] == 1
    assert client["ja4"] == ja4[1]
    assert (client["support"]["hosts"], client["support"]["packets"], client["answer"]) == (1, 2, "???")
    assert client["relatives"][0]["name"] == "Acme"
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "1 TLS client without a name, by hosts\n\n1. TLS client: " in shown
    assert f"sig   = {client['ja4_stable']}" in shown
    assert main([*command, "--ip", "192.0.2.99"]) == 2, "filters hold for hellos too"
    capsys.readouterr()
    text = client["template"].replace("???", "Other")
    signatures.write_text(text)
    assert main(["pcap", "--db", str(signatures), str(path)]) == 0
    assert capsys.readouterr().out.count("Client:  Other") == 2


def test_the_limit_holds_for_hellos(tmp_path: Path) -> None:
    packets = [
        data
        for port in range(5)
        for data in Conversation(40000 + port)
        .handshake()
        .client(0, record(client_hello(HELLO_EXTENSIONS + extension(0x1234 + port))))
        .packets
    ]
    path = tmp_path / "many.pcap"
    path.write_bytes(pcap([(10**18 + at * 10**6, data) for at, data in enumerate(packets)]))
    found = HelloInventory(3)
    for batch in hg.Analyzer().batches(path):
        found.add(batch)
    assert (len(found.counts), found.left_out) == (3, 2)

"""Packet N of a capture: what is explained, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.explain.packet import explain_packet
from tests.support import samples
from tests.support.captures import pcap
from tests.support.core import ROOT
from tests.support.packets import Ip4, Tcp, mss, packet, reply
from tests.support.tls.conversation import Conversation, client_hello, record, server_hello

PEER = Tcp(options=mss(700), window=1000)
ANSWER = {"options": mss(1300), "window": 700 * 20}
SIGNATURES = """\
classes = unix
[tcp:request]
label = s:unix:Client:
sig = *:64:0:*:*,*:mss:df,id+:0
[tcp:response]
label = s:unix:Server:1
; source: made for the test; low
sig = *:64:0:*:mss*20,*:mss:df,id+:0
"""


@pytest.fixture
def database() -> hg.Database:
    return hg.Database.compile(text=SIGNATURES)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A SYN, its SYN+ACK, both once more, an ACK, a fragment; then the record of a packet is cut."""
    ip, start = Ip4(), samples.START
    data = (
        *(packet(ip, PEER), reply(ip, PEER, **ANSWER), packet(ip, PEER), reply(ip, PEER, **ANSWER)),
        *(packet(ip, Tcp(flags=0x10)), packet(Ip4(fragment=1), PEER), packet(ip, PEER)),
    )
    path = tmp_path / "talk.pcap"
    path.write_bytes(pcap([(start + number, item) for number, item in enumerate(data)])[:-1])
    return path


def test_a_syn_ack_is_seen_with_its_syn(database: hg.Database, talk: Path) -> None:
    """14000 is 20 times the client's MSS, and no multiple of the server's own."""
    found = explain_packet(database, talk, 2)
    with hg.Analyzer(database) as analyzer:
        by_analysis = analyzer.analyze_pcap(talk)
        next(by_analysis)
        part = next(by_analysis).syn_ack
    assert part is not None
    assert (found.part, found.result.packet_number) == (part, 2)
    assert found.explanation.match == part.match
    assert str(part.match) == "Server 1"
    assert found.explanation.nearest[0].fields[4].packet == "mss*20 (14000)"
    alone = hg.fingerprint(reply(Ip4(), PEER, **ANSWER), database).syn_ack
    assert alone is not None
    assert alone.match is None


def test_the_first_packet_and_any_source(database: hg.Database, talk: Path) -> None:
    assert str(explain_packet(database, talk.read_bytes(), 1).explanation.match) == "Client"
    assert len(explain_packet(database, str(talk), 1, limit=0).explanation.nearest) == 0


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (3, "packet 3 is not a SYN or SYN+ACK: it repeats one that came before in its connection"),
        (4, "packet 4 is not a SYN or SYN+ACK: it repeats one that came before in its connection"),
        (5, "packet 5 is not a SYN or SYN+ACK: it is another packet (ACK, FIN, RST, or a part of"),
        (6, "packet 6 is not a SYN or SYN+ACK: it is not analysed (fragment)"),
        (7, "truncated at record 7, byte offset "),
    ],
)
def test_refused(database: hg.Database, talk: Path, number: int, message: str) -> None:
    with pytest.raises(hg.HuginnError) as caught:
        explain_packet(database, talk, number)
    assert str(caught.value).startswith(f"{talk}: {message}")


def test_an_uptime_is_no_handshake(database: hg.Database) -> None:
    with pytest.raises(hg.HuginnError, match=r"packet 3 is not a SYN or SYN\+ACK: it only showed an uptime"):
        explain_packet(database, pcap(samples.conversation()), 3)


def test_an_event_of_another_kind_is_named(database: hg.Database) -> None:
    with pytest.raises(hg.HuginnError, match=r"packet 1 is not a SYN or SYN\+ACK: it gave the event dhcp,"):
        explain_packet(database, ROOT / "examples" / "devices.pcap", 1)


def test_hellos_and_messages() -> None:
    """Each where it ends; the hello of a server has no name."""
    hello = record(client_hello())
    tls = (
        Conversation()
        .handshake()
        .client(0, hello[:90])
        .client(90, hello[90:])
        .server(0, record(server_hello()))
    )
    talks = pcap(tls.timed(), nanoseconds=True)
    default = hg.Database.load_default()
    (client,) = (one.tls_client for one in hg.Analyzer().analyze_pcap(talks) if one.tls_client)
    found = explain_packet(default, talks, 5)
    assert found.part == client
    assert found.explanation == default.explain(client)
    with pytest.raises(hg.HuginnError, match="a part of what a later one completes"):
        explain_packet(default, talks, 4)
    with pytest.raises(hg.HuginnError, match="the hello of a TLS server, which no signature names"):
        explain_packet(default, talks, 6)
    request, response = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"HTTP/1.1 200 OK\r\nServer: b\r\n\r\n"
    http = pcap(Conversation().handshake().client(0, request).server(0, response).timed(), nanoseconds=True)
    asked, answered = (explain_packet(default, http, number) for number in (4, 5))
    for one, direction in ((asked, "request"), (answered, "response")):
        assert one.explanation.observed == {"direction": direction, "signature": str(one.part.signature)}
        assert one.explanation == default.explain(one.part)


def test_beyond_the_end(database: hg.Database) -> None:
    with pytest.raises(hg.HuginnError, match="in memory: there is no packet 4; the capture has 3 packets"):
        explain_packet(database, samples.capture(3), 4)
    with pytest.raises(hg.HuginnError, match=r"there is no packet 9000000000; the capture has 1 packet$"):
        explain_packet(database, samples.capture(1), 9_000_000_000)
    with pytest.raises(ValueError, match="number must be 1 to"):
        explain_packet(database, samples.capture(1), 0)


@pytest.mark.parametrize("number", [1, 4097, 5000])
def test_far_into_a_capture(database: hg.Database, number: int) -> None:
    """More events come before it than a batch has rows for."""
    found = explain_packet(database, samples.capture(5000), number)
    assert found.result.packet_number == number
    assert str(found.part.source) == f"10.1.{number - 1 >> 8}.{number - 1 & 255}:40000"


Run = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> object:
    def command(*arguments: object) -> Run:
        status = main(["explain", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err

    return command


def test_command_with_a_packet(run, talk: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "small.fp"
    path.write_text(SIGNATURES)
    found = explain_packet(hg.Database.compile(path), talk, 2)
    arguments = ("--packet", 2, talk, "--db", path)
    assert run(*arguments) == (0, f"{found.explanation}\n", "")
    status, out, _ = run(*arguments, "--format", "json")
    values = json.loads(out)
    result = values.pop("result")
    assert (status, result["event"], result["packet_number"], result["src_port"]) == (0, "syn_ack", 2, 80)
    assert values == json.loads(json.dumps(found.explanation.as_dict()))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("x",), "Missing option '--packet'"),
        (("--packet", "1"), "Missing argument 'FILE'"),
        (("--packet", "0", "x"), "Invalid value for '--packet'"),
        (("--packet", "1", "nosuch.pcap"), "nosuch.pcap: No such file or directory"),
        (("--packet", "1", "x", "--limit", "-1"), "Invalid value for '--limit'"),
        (("--packet", "1", "x", "--db", "nosuch.fp"), "nosuch.fp: No such file or directory"),
    ],
)
def test_refusals_are_one_line(run, arguments: tuple[str, ...], message: str) -> None:  # type: ignore[no-untyped-def]
    status, out, err = run(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"huginn: {message}")

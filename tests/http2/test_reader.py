"""HTTP/2 in TCP connections: which messages are events, and what they show."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from tests.http2.test_messages import CAPTURED, CLIENTS, GET, captured, packed, request, response
from tests.support import http2_frames as frames
from tests.support.captures import pcap
from tests.support.http2_frames import header_frames
from tests.support.http_conversations import conversation, results
from tests.support.http_runs import saved_run
from tests.support.keys import keyed

OK = ((b":status", b"200"), (b"server", b"s"))


def both(client: bytes, server: bytes) -> list[hg.AnalysisResult]:
    """Results of a connection with these bytes."""
    return results(conversation().handshake().client(0, client).server(0, server))


@pytest.mark.parametrize("name", CLIENTS)
def test_captured_connections(name: str) -> None:
    client, server = (captured(name, side) for side in ("client", "server"))
    first, second = both(client, server)
    asked, answered = first.http_request, second.http_response
    assert asked is not None
    assert answered is not None
    fields = CLIENTS[name][1]
    assert (asked.method, asked.http_host, asked.path) == ("GET", "127.0.0.1:18081", None)
    assert asked.user_agent == fields[b"user-agent"].decode()
    assert asked.signature.headers == tuple(key.decode() for key in fields)
    assert (asked.signature.http_version, str(asked.signature)[:2]) == ("2", "2:")
    assert (answered.status, answered.signature.http_version) == (200, "2")
    assert answered.server_header in ("huginn-test", "huginn-go")


def test_bytes_one_by_one() -> None:
    found = conversation().handshake()
    client, server = request(*GET, (b"user-agent", b"a")), response(*OK)
    for place in range(len(server)):
        found.server(place, server[place : place + 1])
        if place == 4:
            for other in range(len(client)):
                found.client(other, client[other : other + 1])
    made = results(found)
    assert [one.http_request is not None for one in made] == [True, False]


@pytest.mark.parametrize("http", ["first", "all"])
@pytest.mark.parametrize("cut", [1, 2, 7])
def test_saved_states_change_nothing(http: str, cut: int) -> None:
    """Also between blocks that refer to one another, and within them."""
    server = captured("go", "server")
    client = request(*GET, (b"user-agent", b"a"))
    found = conversation().handshake()
    for data, say in ((client, found.client), (server, found.server)):
        for place in range(0, len(data), 3):
            say(place, data[place : place + 3])
    packets = list(found.timed())
    analyzer = keyed(7, None, http=http)
    alone = b"".join(batch.render("text") for batch in analyzer.batches(pcap(packets, nanoseconds=True)))
    assert (alone.count(b"[HTTP Request]"), alone.count(b"[HTTP Response]")) == (1, 1)
    assert saved_run(packets, cut, http) == alone


def test_upgrade() -> None:
    """The request and the 101 of HTTP/1 are events, and so are the first ones of HTTP/2."""
    client, server = (bytes.fromhex(CAPTURED["java"][side]) for side in ("client", "server"))
    cuts = [data.index(b"\r\n\r\n") + 4 for data in (client, server)]
    found = conversation().handshake().client(0, client[: cuts[0]]).server(0, server[: cuts[1]])
    found.client(cuts[0], client[cuts[0] :]).server(cuts[1], server[cuts[1] :])
    made = results(found)
    versions = [(one.http_request or one.http_response).signature.http_version for one in made]  # type: ignore[union-attr]
    assert versions == ["1.1", "1.1", "2", "2"]
    assert made[2].http_request is not None
    assert made[2].http_request.user_agent == "Java-http-client/17.0.15"


def test_refused_upgrade() -> None:
    asked = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    made = both(asked, b"HTTP/1.1 200 OK\r\nServer: s\r\n\r\n")
    assert len(made) == 2
    assert made[1].http_response is not None
    assert made[1].http_response.status == 200


def test_what_breaks_a_rule_gives_nothing() -> None:
    assert both(request(*GET, (b"A", b"b")), response(*OK)) == []


def test_an_end_that_acknowledges_first() -> None:
    """Some ends answer the other's SETTINGS before they send their own."""
    acknowledged = frames.frame(frames.SETTINGS, flags=frames.ACK)
    made = both(request(*GET), acknowledged + response(*OK))
    assert [one.http_response.status for one in made if one.http_response] == [200]
    usual = request(*GET)
    early = frames.PREFACE + acknowledged + usual.removeprefix(frames.PREFACE)
    (one,), (other,) = both(usual, b""), both(early, b"")
    assert other.http_request is not None
    assert other.http_request == one.http_request
    assert len(both(request(*GET), frames.frame(frames.WINDOW_UPDATE, bytes(4)) + response(*OK))) == 1


def test_without_a_handshake() -> None:
    made = results(conversation().client(0, request(*GET)).server(0, response(*OK)))
    assert len(made) == 2


@pytest.mark.parametrize("name", CLIENTS)
def test_what_a_client_says_of_itself(name: str) -> None:
    made = both(captured(name, "client"), captured(name, "server"))
    (found,) = [one.http_request.signature for one in made if one.http_request]
    akamai = CLIENTS[name][0]
    digest = hashlib.md5(akamai.encode()).hexdigest()
    assert (found.akamai, found.akamai_md5) == (akamai, digest)
    assert made[1].http_response is not None


def test_http_1_and_huge_settings_have_none() -> None:
    huge = frames.PREFACE + frames.settings(*[(1, 2**32 - 1)] * 99) + header_frames(packed(*GET))
    for head in (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", huge):
        (made,) = both(head, b"\r\n")
        assert made.http_request is not None
        assert made.http_request.signature.akamai is None
        assert made.http_request.signature.akamai_md5 is None


@pytest.mark.parametrize("format", ["text", "json", "eve", "ecs"])
def test_records(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = conversation().handshake().client(0, captured("go", "client")).server(0, captured("go", "server"))
    path = tmp_path / "made.pcap"
    path.write_bytes(pcap(sent.timed(), 101))
    assert main(["pcap", str(path), "--format", format]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "1073741824" in line]
    akamai = "2:0;4:4194304;5:16384;6:10485760|1073741824|0|a,m,p,s"
    if format == "text":
        assert lines == [f"  HTTP/2:  {akamai}"]
    else:
        (record,) = map(json.loads, lines)
        own = record.get("fingerprint", record.get("huginn", record))
        assert own["akamai"] == akamai
        assert own["akamai_md5"] == hashlib.md5(akamai.encode()).hexdigest()

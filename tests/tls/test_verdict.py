"""Whether the hello and the SYN of a connection can be of one system, and what is said of it."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.run.settings import Settings
from tests.support.captures import pcap
from tests.support.core import CONFIDENCE
from tests.support.saved_states import continued
from tests.support.tls.conversation import Conversation, client_hello, record
from tests.support.tls.hello_model import read_hello

HELLO = client_hello()
STREAM = record(HELLO)
JA4 = read_hello(HELLO).ja4()
TALK = Conversation().handshake().client(0, STREAM)


def observed_signature() -> str:
    """What the SYN of the conversations here shows, as a signature."""
    (syn, *_) = hg.Analyzer(None).analyze_packets(TALK.timed())
    assert syn.syn is not None
    version, ttl, *rest = str(syn.syn.signature).split(":")
    return ":".join((version, ttl.split("+")[0], *rest))


SYN = observed_signature()


def database(system: str, client: str) -> hg.Database:
    """Names the SYN and the hello of the conversations here; each is a label, with its ``sys`` line."""
    text = "classes = win,unix,other\n"
    if system:
        text += f"[tcp:request]\nlabel = {system}\nsig = {SYN}\n"
    if client:
        text += f"[tls:client]\nlabel = {client}\nsig = {JA4}\n"
    return hg.Database.compile(text=text)


def judged(names: hg.Database | None, talk: Conversation = TALK) -> tuple[str, str]:
    """The verdict of the one hello, and the reason."""
    found = hg.Analyzer(names).analyze_packets(talk.timed())
    (hello,) = (one.tls_client for one in found if one.tls_client)
    return hello.verdict, hello.why


LINUX, WINDOWS = "s:unix:Linux:6", "s:win:Windows:10"
SAFARI = "s:!:Safari:18\nsys = macOS or iOS"


@pytest.mark.parametrize(
    ("system", "client", "verdict", "why"),
    [
        (LINUX, "s:unix:Android:", "consistent", "SYN: Linux, hello: Android"),
        (WINDOWS, "s:win:Windows:11", "contradicts", "SYN: Windows 10, hello: Windows 11"),
        ("s:unix:iOS:17", SAFARI, "consistent", "SYN: iOS, hello: macOS or iOS (Safari)"),
        (
            "s:unix:FreeBSD or macOS:",
            SAFARI,
            "consistent",
            "SYN: FreeBSD or macOS, hello: macOS or iOS (Safari)",
        ),
        (LINUX, SAFARI, "contradicts", "SYN: Linux, hello: macOS or iOS (Safari)"),
        (LINUX, WINDOWS, "contradicts", "SYN: Linux, hello: Windows"),
        (LINUX, "", "not_checked", "no signature fits the hello"),
        (LINUX, "s:!:curl:\nsys =", "not_checked", "the client runs on several systems"),
        (LINUX, "s:!:curl:\nsys = @unix", "consistent", "SYN: Linux, hello: @unix (curl)"),
        (WINDOWS, "s:!:curl:\nsys = @unix", "not_checked", "the client runs on several systems"),
        ("", SAFARI, "not_checked", "no signature fits the SYN"),
        ("s:!:ZMap:\nsys = @unix", SAFARI, "not_checked", "a tool made the SYN"),
        ("s:other:my own box:", SAFARI, "not_checked", "the SYN's name names no system"),
    ],
)
def test_verdict(system: str, client: str, verdict: str, why: str) -> None:
    assert judged(database(system, client)) == (verdict, why)


def test_without_a_database_nothing_is_known() -> None:
    assert judged(None) == ("not_checked", "no signature fits the hello")


def test_a_syn_that_was_not_captured() -> None:
    names = database(LINUX, WINDOWS)
    for packets in (TALK.packets[1:], TALK.packets[2:]):
        later = Conversation(packets=list(packets))
        assert judged(names, later) == ("not_checked", "no SYN is known of this connection")


def test_the_first_syn_counts_and_another_connection_begins_anew() -> None:
    names = database(LINUX, WINDOWS)
    again = Conversation(packets=[TALK.packets[0], *TALK.packets])
    assert judged(names, again)[0] == "contradicts"
    in_syn = Conversation().handshake(STREAM).server(0, b"", acked=len(STREAM))
    assert judged(names, in_syn)[1] == "no signature fits the SYN", "its SYN carries data"


def test_all_formats_say_the_same() -> None:
    names = database(LINUX, SAFARI)
    why = "SYN: Linux, hello: macOS or iOS (Safari)"
    (batch,) = hg.Analyzer(names).batches(pcap(TALK.timed()))
    assert f"\n  TLS/OS:  contradicts ({why})\n".encode() in batch.render("text")
    for name, inside in (("json", ""), ("eve", "fingerprint"), ("ecs", "huginn")):
        last = json.loads(batch.render(name).splitlines()[-1])
        place = last[inside] if inside else last
        assert (place["verdict"], place["why"]) == ("contradicts", why)
    (result,) = (one for one in batch.results() if one.tls_client)
    copy = pickle.loads(pickle.dumps(result))
    assert (copy.tls_client.verdict, copy.tls_client.why) == ("contradicts", why)


def test_tables_have_both_columns() -> None:
    pytest.importorskip("pyarrow")
    names = database(LINUX, SAFARI)
    (batch,) = hg.Analyzer(names).batches(pcap(TALK.timed()))
    rows = batch.to_arrow().to_pylist()
    assert [row["verdict"] for row in rows if row["event"] == "tls_client"] == ["contradicts"]
    assert [row["why"] for row in rows] == [
        "SYN: Linux, hello: macOS or iOS (Safari)" if row["event"] == "tls_client" else None for row in rows
    ]


def test_long_names_are_cut() -> None:
    names = database(LINUX, f"s:!:{'A' * 200}:\nsys = macOS")
    assert judged(names)[1] == f"SYN: Linux, hello: macOS ({'A' * 64})"


def test_workers_change_nothing() -> None:
    names = database(LINUX, SAFARI)
    talks = [Conversation(port=number).handshake().client(0, STREAM) for number in range(2000, 2400)]
    packets = [item for talk in zip(*(one.timed() for one in talks), strict=True) for item in talk]
    capture = pcap(packets)
    seen = {
        workers: b"".join(one.render("json") for one in hg.Analyzer(names).batches(capture, workers=workers))
        for workers in (1, 3)
    }
    assert seen[1] == seen[3]
    assert seen[1].count(b'"verdict":"contradicts"') == 400


@pytest.mark.parametrize("cut", range(1, len(TALK.packets)))
def test_an_engine_that_goes_on_where_another_was_saved(cut: int) -> None:
    parts = (pcap(part, nanoseconds=True) for part in (TALK.timed()[:cut], TALK.timed()[cut:]))
    found = continued(parts, Settings(hash_key=1), database(LINUX, SAFARI))
    verdicts = [one.tls_client.verdict for batch in found for one in batch.results() if one.tls_client]
    assert verdicts == ["contradicts"]


def request(agent: str, *hints: str) -> bytes:
    """A request of a browser."""
    lines = ("GET / HTTP/1.1", "Host: example.com", *([f"User-Agent: {agent}"] if agent else []), *hints)
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode()


def judged_request(names: hg.Database | None, data: bytes) -> tuple[str | None, str, str]:
    """What the request claims, the verdict, and the reason."""
    talk = Conversation(server_port=80).handshake().client(0, data)
    (found,) = (
        one.http_request for one in hg.Analyzer(names).analyze_packets(talk.timed()) if one.http_request
    )
    return found.claims, found.verdict, found.why


AGENTS = "[http:request]\nua_os = Android,Linux,Windows,iOS=[iPhone],Mac OS X,My System\n"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (request(FIREFOX), ("Linux", "consistent", "Linux")),
        (
            request("Mozilla/5.0 (Linux; Android 10; K)"),
            ("Android", "consistent", "SYN: Linux, User-Agent: Android"),
        ),
        (request(EDGE), ("Windows", "contradicts", "SYN: Linux, User-Agent: Windows")),
        (
            request(EDGE, 'Sec-CH-UA-Platform: "Android"'),
            ("Android", "consistent", "SYN: Linux, client hint: Android"),
        ),
        (
            request(FIREFOX, 'Sec-CH-UA-Platform: "Else"'),
            ("Linux", "consistent", "Linux"),
        ),
        (request("curl/8.5.0"), (None, "not_checked", "the client names no system that is known")),
        (request(""), (None, "not_checked", "the client names no system that is known")),
        (request("My System"), ("My System", "not_checked", "the client names no system that is known")),
    ],
)
def test_request(data: bytes, expected: tuple[str | None, str, str]) -> None:
    text = f"classes = win,unix,other\n{AGENTS}[tcp:request]\nlabel = {LINUX}\nsig = {SYN}\n"
    assert judged_request(hg.Database.compile(text=text), data) == expected


def test_request_without_a_name_of_the_syn_or_a_database() -> None:
    names = hg.Database.compile(text=f"classes = win,unix,other\n{AGENTS}")
    assert judged_request(names, request(FIREFOX)) == ("Linux", "not_checked", "no signature fits the SYN")
    assert judged_request(None, request(FIREFOX))[0] is None


def test_formats_have_the_verdict_of_a_request() -> None:
    text = f"classes = win,unix,other\n{AGENTS}[tcp:request]\nlabel = {LINUX}\nsig = {SYN}\n"
    talk = Conversation(server_port=80).handshake().client(0, request(EDGE))
    (batch,) = hg.Analyzer(hg.Database.compile(text=text)).batches(pcap(talk.timed()))
    why = "SYN: Linux, User-Agent: Windows"
    assert f"\n  UA/OS:   contradicts ({why})\n".encode() in batch.render("text")
    for name, inside in (("json", ""), ("eve", "fingerprint"), ("ecs", "huginn")):
        last = json.loads(batch.render(name).splitlines()[-1])
        place = last[inside] if inside else last
        assert (place["claims"], place["verdict"], place["why"]) == ("Windows", "contradicts", why)
    pytest.importorskip("pyarrow")
    *_, row = batch.to_arrow().to_pylist()
    assert (row["claims"], row["verdict"], row["why"]) == ("Windows", "contradicts", why)


def test_confidence_of_a_client(tmp_path: Path) -> None:
    """As the tables have it for the label; None where they do not have it."""
    tables = json.loads(CONFIDENCE.read_text(encoding="utf-8"))
    path = tmp_path / "tables.json"
    text = f"classes = win,unix,other\n[tls:client]\nlabel = {SAFARI}\nsig = {JA4}\n"
    for clients, expected in (({"Safari 18": 0.75}, 0.75), ({"Safari": 0.5}, None), (None, None)):
        tables["clients"] = clients
        path.write_text(json.dumps({key: value for key, value in tables.items() if value is not None}))
        names = hg.Database.compile(text=text, confidence=path)
        found = hg.Analyzer(names).analyze_packets(TALK.timed())
        (match,) = (one.tls_client.match for one in found if one.tls_client)
        assert match is not None
        assert match.confidence == expected


def test_contradictions_of_the_corpus(corpus: Path) -> None:
    """All are of one capture, in which a program on Linux replays the hellos of other systems' clients."""
    verdicts: Counter[str] = Counter()
    contradictions: set[tuple[str, str]] = set()
    analyzer = hg.Analyzer(protocols=("tls",))
    captures = sorted(path for path in corpus.iterdir() if path.suffix in (".pcap", ".pcapng", ".cap"))
    for capture in captures:  # each for itself: in one stream, time would go back and forth
        for result in analyzer.analyze_pcap(capture, on_error=lambda error: None):
            if hello := result.tls_client:
                verdicts[hello.verdict] += 1
                if hello.verdict == "contradicts":
                    contradictions.add((capture.name, hello.why))
    assert contradictions == {
        ("mercury__top_100_fingerprints.pcap", f"SYN: Linux, hello: {system}")
        for system in ("Windows", "macOS or iOS", "macOS or iOS (Safari)")
    }
    assert verdicts["contradicts"] == 40
    assert verdicts["consistent"] >= 84


def test_contradictions_of_requests_in_the_corpus(corpus: Path) -> None:
    """Two connections, in several captures: none is two names of one family."""
    verdicts: Counter[str] = Counter()
    contradictions: Counter[str] = Counter()
    analyzer = hg.Analyzer(protocols=("http",))
    captures = sorted(path for path in corpus.iterdir() if path.suffix in (".pcap", ".pcapng", ".cap"))
    for result in analyzer.analyze_pcap(captures, on_error=lambda error: None):
        if request := result.http_request:
            verdicts[request.verdict] += 1
            if request.verdict == "contradicts":
                contradictions[request.why] += 1
    assert contradictions == {"SYN: Linux, User-Agent: macOS": 8, "SYN: Linux, User-Agent: Windows": 1}
    assert verdicts["consistent"] >= 270

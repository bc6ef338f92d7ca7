"""Every request and response of a keep-alive connection: ``http="all"``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings
from tests.http1.talks import CONTENT, HttpTalk, talks
from tests.support.captures import pcap
from tests.support.http_runs import ROWS, batches, saved_run
from tests.support.keys import keyed
from tests.support.tls.conversation import Conversation

PACKETS_BEFORE = 4
"""A piece's packet is the handshake's three and its index."""


GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
BARE = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

Rows = list[tuple[int, str]]


def rows_of(results: Iterable[hg.AnalysisResult]) -> Rows:
    """Packets, and methods or statuses."""
    rows = []
    for one in results:
        if one.http_request:
            rows.append((one.packet_number, one.http_request.method))
        if one.http_response:
            rows.append((one.packet_number, str(one.http_response.status)))
    return rows


def rows(found: Conversation, **options: object) -> Rows:
    analyzer = hg.Analyzer(None, **{"http": "all", **options})  # type: ignore[arg-type]
    return rows_of(analyzer.analyze_packets(found.timed()))


def firsts(found: Conversation, **options: object) -> list[str]:
    return [first for _, first in rows(found, **options)]


def conversation() -> Conversation:
    return Conversation(server_port=80).handshake()


# ---- against what is known by construction ---------------------------------------------------


@settings(max_examples=100)
@given(talks(loses=False))
def test_each_message_is_a_row_at_the_packet_that_ends_its_head(talk: HttpTalk) -> None:
    assert rows(talk.conversation()) == [(at + PACKETS_BEFORE, first) for at, first in talk.rows]


@settings(max_examples=100)
@given(talks(loses=True))
def test_bodies_may_be_lost(talk: HttpTalk) -> None:
    """Where nobody else looks at their bytes."""
    wanted = [(at + PACKETS_BEFORE, first) for at, first in talk.rows]
    assert rows(talk.conversation(), protocols=("http",)) == wanted


@settings(max_examples=50)
@given(talks(loses=False))
def test_by_default_the_first_of_each_are_rows(talk: HttpTalk) -> None:
    every = rows(talk.conversation())
    asked = [row for row in every if not row[1].isdigit()][:1]
    answered = [row for row in every if row[1].isdigit()][:1]
    assert rows(talk.conversation(), http="first") == sorted(asked + answered)


@settings(max_examples=25)
@given(st.lists(talks(loses=False), min_size=1, max_size=4), st.integers(1, 9))
def test_workers_and_saved_states_change_nothing(many: list[HttpTalk], cut: int) -> None:
    packets = [item for number, talk in enumerate(many) for item in talk.conversation(40000 + number).timed()]
    timed = [(10**18 + at, data) for at, (_, data) in enumerate(sorted(packets))]
    capture = pcap(timed, nanoseconds=True)
    analyzer = keyed(7, None, http="all")
    alone = b"".join(batch.render("text") for batch in analyzer.batches(capture))
    assert b"".join(batch.render("text") for batch in analyzer.batches(capture, workers=3)) == alone
    assert saved_run(timed, cut) == alone


# ---- one thing at a time ----------------------------------------------------------------------


def test_many_in_one_packet_need_no_room_at_once() -> None:
    """More than a block, and than a batch, has room for."""
    count = 3000
    asked = b"GET / HTTP/1.1\r\n\r\n" * count
    found = conversation().client(0, asked).server(0, BARE)
    assert firsts(found) == [*["GET"] * count, "200"]
    sizes = [len(batch) for batch in batches(Run(Settings(http="all"), None), list(found.timed()))]
    assert max(sizes) <= ROWS
    assert sum(sizes) == count + 1 + 4


@pytest.mark.parametrize(("acked", "expected"), [(len(GET * 3), ["GET"] * 3), (0, [])])
def test_many_in_a_syn_and_in_a_fin(acked: int, expected: list[str]) -> None:
    """Data of a SYN that the server does not acknowledge are not read."""
    found = Conversation(server_port=80).handshake(GET * 3, acked)
    found.server(0, BARE * 3, flags=1, acked=acked)
    assert firsts(found) == [*expected, *["200"] * 3]


def test_gigabytes_of_a_body_are_passed_over() -> None:
    """Sequence numbers wrap around more than once."""
    size = 5 * 2**30 + 1
    found = conversation().client(0, GET * 2)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size
    found.server(0, head)
    passed = 2**30  # at once, so that numbers can still be compared
    for at in range(passed, size, passed + 1000):
        found.server((len(head) + at) % 2**32, b"x" * 1000)
    found.server((len(head) + size) % 2**32, BARE)
    assert firsts(found, protocols=("http",)) == ["GET", "GET", "200", "200"]


def test_what_is_held_is_bounded_and_what_was_read_is_not() -> None:
    """A megabyte of messages in each direction, none of which ends where a packet does."""
    asked, answered = GET * 40_000, ANSWER * 25_000
    found = conversation()
    for place in range(0, len(asked), 1400):
        found.client(place, asked[place : place + 1400])
    for place in range(0, len(answered), 1400):
        found.server(place, answered[place : place + 1400])
    analyzer = hg.Analyzer(None, http="all", max_stream_bytes=8192)
    made = rows_of(analyzer.analyze_packets(found.timed()))
    assert len(made) == 65_000
    assert (analyzer.stats.streams_too_long, analyzer.stats.streams_evicted) == (0, 0)


def test_the_head_of_a_later_message_is_bounded_too() -> None:
    found = conversation().client(0, GET)
    late = b"GET / HTTP/1.1\r\nA: " + 20_000 * b"a"
    for place in range(0, len(late), 1000):
        found.client(len(GET) + place, late[place : place + 1000])
    analyzer = hg.Analyzer(None, http="all")
    assert len(rows_of(analyzer.analyze_packets(found.timed()))) == 1
    assert analyzer.stats.http_too_long == 1


@pytest.mark.parametrize(
    "body",
    [
        b"5;" + b"x" * 9000 + b"\r\nhello\r\n0\r\n\r\n",
        b"0\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"1234567890abcdef0\r\n",
        b"5\r\nhelloworld\r\n0\r\n\r\n",
        b"\r\n5\r\nhello\r\n0\r\n\r\n",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_chunks_that_break_the_rules_end_the_reading(body: bytes) -> None:
    asked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + body + GET
    found = conversation()
    for place in range(0, len(asked), 1000):
        found.client(place, asked[place : place + 1000])
    analyzer = hg.Analyzer(None, http="all")
    assert [first for _, first in rows_of(analyzer.analyze_packets(found.timed()))] == ["POST"]
    assert analyzer.stats.http_broken_bodies == 1


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", False),  # chunks decide: `{"a"}` is no size
        (b"Content-Length: 5\r\nContent-Length: 5\r\n", True),
        (b"Content-Length: 5, 5\r\n", True),
        (b"Content-Length: 5\r\nContent-Length: 6\r\n", False),
        (b"Content-Length: +5\r\n", False),
        (b"Content-Length: 0x5\r\n", False),
        (b"Content-Length: 5 5\r\n", False),
        (b"Content-Length: 99999999999999999999\r\n", False),
        (b"Transfer-Encoding: xchunked\r\n", False),
        (b"Transfer-Encoding: chunked, identity\r\n", False),
        (b"Transfer-Encoding: identity\r\nContent-Length: 5\r\n", False),
        (b"content_length: 5\r\n", False),  # no header of this name: `{"a"}` is no method
    ],
)
def test_lengths_as_smugglers_write_them(lines: bytes, known: bool) -> None:
    asked = b"POST / HTTP/1.1\r\n" + lines + b'\r\n{"a"}' + GET
    analyzer = hg.Analyzer(None, http="all")
    made = rows_of(analyzer.analyze_packets(conversation().client(0, asked).timed()))
    assert [first for _, first in made] == ["POST", *["GET"] * known]
    assert analyzer.stats.http_broken_bodies + analyzer.stats.http_other == (not known)


@pytest.mark.parametrize(
    ("head", "broken"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", 0),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", 0),
        (b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 1),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 1),
    ],
)
def test_responses_up_to_the_end_of_the_connection_are_no_loss(head: bytes, broken: int) -> None:
    analyzer = hg.Analyzer(None, http="all")
    found = conversation().client(0, GET).server(0, head + CONTENT)
    assert [first for _, first in rows_of(analyzer.analyze_packets(found.timed()))] == ["GET", "200"]
    assert analyzer.stats.http_broken_bodies == broken


def test_where_headers_are_left_out_the_end_of_the_body_is_not_known() -> None:
    """Content-Length may be among them."""
    asked = b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100 + b"Content-Length: 28\r\n\r\n"
    analyzer = hg.Analyzer(None, http="all")
    made = rows_of(analyzer.analyze_packets(conversation().client(0, asked + GET + GET).timed()))
    assert [first for _, first in made] == ["GET"]
    assert (analyzer.stats.http_cut, analyzer.stats.http_broken_bodies) == (1, 1)


def test_more_requests_of_unusual_methods_than_are_remembered_are_still_rows() -> None:
    asked = b"HEAD / HTTP/1.1\r\n\r\n" * 40
    assert firsts(conversation().client(0, asked)) == ["HEAD"] * 40


def test_a_client_that_was_not_seen_is_taken_to_use_get() -> None:
    found = Conversation(server_port=80).server(0, ANSWER + ANSWER)
    assert firsts(found) == ["200", "200"]


def test_a_response_that_nobody_waits_for_is_a_row() -> None:
    """As after a request that timed out."""
    late = b"HTTP/1.1 408 x\r\nContent-Length: 0\r\n\r\n"
    assert firsts(conversation().client(0, GET).server(0, ANSWER).server(len(ANSWER), late)) == [
        "GET",
        "200",
        "408",
    ]


def test_http2_after_an_upgrade_and_http1_where_the_server_goes_on_with_it() -> None:
    offer = GET.replace(b"Host", b"Upgrade: h2c\r\nHost")
    found = conversation().client(0, offer).server(0, ANSWER).client(len(offer), GET)
    assert firsts(found) == ["GET", "200", "GET"]
    switched = b"HTTP/1.1 101 x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
    settings = bytes.fromhex("000000040000000000")
    headers = bytes.fromhex("00000101040000000188")  # ":status 200"
    found = conversation().client(0, offer).server(0, switched + settings + headers)
    assert firsts(found) == ["GET", "101", "200"]


def test_verdicts_and_paths_are_those_of_each_request() -> None:
    asked = GET.replace(b"/ ", b"/one ") + GET.replace(b"/ ", b"/two ")
    analyzer = hg.Analyzer(None, http="all", http_paths=True)
    found = [one.http_request for one in analyzer.analyze_packets(conversation().client(0, asked).timed())]
    assert [one.path for one in found if one] == ["/one", "/two"]


def test_the_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.pcap"
    talk = conversation().client(0, GET * 2).server(0, ANSWER * 2)
    path.write_bytes(pcap(talk.timed(), nanoseconds=True))
    for words, count in (([], 1), (["--http", "first"], 1), (["--http", "all"], 2)):
        assert main(["pcap", "--format", "p0f", *words, str(path)]) == 0
        shown = capsys.readouterr().out
        assert (shown.count("mod=http request"), shown.count("mod=http response")) == (count, count)
    assert main(["pcap", "--http", "al", str(path)]) == 2
    assert "'first', 'all'" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["every", "ALL", ""])
def test_other_words_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="http must be 'first' or 'all'"):
        hg.Analyzer(None, http=wrong)
    with pytest.raises(TypeError, match="http must be a str"):
        hg.Analyzer(None, http=True)  # type: ignore[arg-type]


def test_content_that_looks_like_messages_is_none() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(CONTENT) + CONTENT
    assert firsts(conversation().client(0, GET * 2).server(0, answer + answer)) == [
        "GET",
        "GET",
        "200",
        "200",
    ]

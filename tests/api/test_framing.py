"""Queries in any pieces, answers in one piece each, and clients that behave in every way."""

from __future__ import annotations

import socket
import sys
import threading
import time
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.api_hosts import (
    ANSWER_BYTES,
    HOST,
    KNOWN,
    TIMEOUT_S,
    UNKNOWN,
    client,
    fields,
    is_silent,
    one_host,
    query,
    received,
    serving,
)
from tests.support.api_vectors import NEW_LINUX, syns
from tests.support.captures import pcap

FOUND, NOT_FOUND = 0x10, 0x20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s"


def statuses(answers: bytes) -> list[int]:
    assert len(answers) % ANSWER_BYTES == 0
    starts = range(0, len(answers), ANSWER_BYTES)
    return [int.from_bytes(answers[at + 4 : at + 8], sys.byteorder) for at in starts]


def test_a_query_in_two_pieces(path: Path) -> None:
    with serving(path), client(path) as talk:
        talk.sendall(KNOWN[:10])
        assert is_silent(talk)
        talk.sendall(KNOWN[10:])
        assert statuses(received(talk, ANSWER_BYTES)) == [FOUND]
        assert is_silent(talk)


def test_a_query_byte_by_byte(path: Path) -> None:
    with serving(path), client(path) as talk:
        for byte in KNOWN + UNKNOWN:
            talk.sendall(bytes([byte]))
            time.sleep(0.002)
        assert statuses(received(talk, 2 * ANSWER_BYTES)) == [FOUND, NOT_FOUND]


@pytest.mark.parametrize("count", [2, 16, 17, 100, 1000])
def test_many_queries_in_one_write(path: Path, count: int) -> None:
    """Answers come in the order of the queries."""
    wanted = [FOUND, NOT_FOUND, NOT_FOUND]
    with serving(path) as server, client(path) as talk:
        talk.sendall(b"".join(KNOWN if number % 3 == 0 else UNKNOWN for number in range(count)))
        found = statuses(received(talk, count * ANSWER_BYTES))
        assert found == [wanted[number % 3] for number in range(count)]
    assert server.answered == count


def test_each_answer_is_sent_in_one_piece(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One read of a client that asks once gives the whole answer, however much room it has."""
    with serving(path), client(path) as talk:
        for size in (1024, 8192):
            talk.sendall(KNOWN)
            assert len(talk.recv(size)) == ANSWER_BYTES


def test_what_was_asked_before_the_end_is_answered_and_then_closed(path: Path) -> None:
    with serving(path), client(path) as talk:
        talk.sendall(3 * KNOWN + KNOWN[:11])
        talk.shutdown(socket.SHUT_WR)
        assert statuses(received(talk, 100_000)) == [FOUND] * 3


def test_half_closed_clients_take_no_processor(path: Path) -> None:
    """With their last answer they are gone, also if it was asked for long before."""
    with serving(path) as server, client(path) as talk:
        talk.sendall(KNOWN)
        assert len(received(talk, ANSWER_BYTES)) == ANSWER_BYTES
        talk.shutdown(socket.SHUT_WR)
        assert received(talk, 1) == b""
        assert server.clients == 0


def test_bad_queries_leave_the_connection_usable(path: Path) -> None:
    bad = query(HOST, magic=0x50304602)
    with serving(path), client(path) as talk:
        for asked, wanted in ((bad, 0), (KNOWN, FOUND), (query(HOST, version=5), 0), (KNOWN, FOUND)):
            talk.sendall(asked)
            assert statuses(received(talk, ANSWER_BYTES)) == [wanted]


def test_a_client_that_never_reads_is_not_read_further(path: Path) -> None:
    """Its own writes block once the buffers are full; others are answered, and it gets all answers."""
    with serving(path) as server, client(path) as greedy, client(path) as other:
        greedy.setblocking(False)
        asked, rest = 0, b""
        deadline = time.monotonic() + TIMEOUT_S
        blocked_since = None
        while blocked_since is None or time.monotonic() < blocked_since + 0.3:
            assert time.monotonic() < deadline
            try:
                sent = greedy.send(rest or KNOWN * 20)
                asked += sent
                rest, blocked_since = (rest or KNOWN * 20)[sent:], None
            except BlockingIOError:
                blocked_since = blocked_since or time.monotonic()
                time.sleep(0.01)
        other.sendall(KNOWN)
        assert statuses(received(other, ANSWER_BYTES)) == [FOUND]
        assert server.answered < 5000
        greedy.setblocking(True)
        greedy.settimeout(TIMEOUT_S)
        greedy.shutdown(socket.SHUT_WR)
        assert statuses(received(greedy, 1 << 30)) == [FOUND] * (asked // len(KNOWN))


def test_clients_that_vanish(path: Path) -> None:
    """In the middle of a query, or with answers that they never read; all their places are free again."""
    with serving(path, most_clients=40) as server, client(path) as stays:
        for number in range(200):
            with client(path) as talk:
                talk.sendall(KNOWN[:7] if number % 2 else 50 * KNOWN)
        stays.sendall(KNOWN)
        assert statuses(received(stays, ANSWER_BYTES)) == [FOUND]
        deadline = time.monotonic() + TIMEOUT_S
        while server.clients > 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.clients == 1


def test_further_clients_are_closed_at_once(path: Path) -> None:
    with (
        serving(path, most_clients=3) as server,
        client(path) as one,
        client(path) as two,
        client(path) as three,
        client(path) as four,
    ):
        for talk in (one, two, three):
            talk.sendall(KNOWN)
            assert len(received(talk, ANSWER_BYTES)) == ANSWER_BYTES
        assert received(four, 1) == b""
        assert server.turned_away == 1
        one.shutdown(socket.SHUT_RDWR)
        two.sendall(KNOWN)
        received(two, ANSWER_BYTES)
        deadline = time.monotonic() + TIMEOUT_S
        while server.clients > 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        with client(path) as five:
            five.sendall(KNOWN)
            assert len(received(five, ANSWER_BYTES)) == ANSWER_BYTES


def test_the_end_closes_all_connections(path: Path) -> None:
    with serving(path), client(path) as talk:
        talk.sendall(KNOWN)
        received(talk, ANSWER_BYTES)
        stopping = talk.dup()
    with stopping:
        assert stopping.recv(1) == b""


def test_answers_beside_an_inventory_that_grows(path: Path) -> None:
    """Each answer is one of a moment: as many connections as SYNs were taken, and never fewer than before."""
    hosts = one_host()
    again = [*syns(1_800_000_000 * 10**9, HOST, *[NEW_LINUX] * 50)]
    more = [*again, *(syn for number in range(200) for syn in syns(0, f"10.1.0.{number}", NEW_LINUX))]
    batches = list(hg.Analyzer().batches(pcap(more, linktype=101)))
    with serving(path, hosts), client(path) as talk:
        growing = threading.Thread(target=lambda: [hosts.add(batch) for _ in range(40) for batch in batches])
        growing.start()
        found = []
        while growing.is_alive() or len(found) < 2:
            talk.sendall(KNOWN)
            found.append(fields(received(talk, ANSWER_BYTES)))
        growing.join()
        talk.sendall(KNOWN)
        last = fields(received(talk, ANSWER_BYTES))
    counts = [one[4] for one in found]
    assert counts == sorted(counts)
    assert {one[12:14] for one in found} == {("Linux", "3.11-4.19")}
    assert last[4] == 1 + 40 * 50

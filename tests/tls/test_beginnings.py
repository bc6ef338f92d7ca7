"""Where the data of each direction begin: what the handshake said holds, whatever comes first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.packets import FIN, SYN
from tests.support.tls.conversation import Conversation, client_hello, record, server_hello

HELLO, ANSWER = record(client_hello()), record(server_hello())
DATA = 100
"""Bytes that a snap length cuts off."""


def events(capture: bytes, **options: object) -> list[str]:
    """The kinds of hellos that a capture holds."""
    analyzer = hg.Analyzer(None, protocols=("tls",), **options)  # type: ignore[arg-type]
    return [str(part).split("]")[0] for result in analyzer.analyze_pcap(capture) for part in result.parts]


def turned_answer(talk: Conversation) -> Conversation:
    """The server's hello, its second half first."""
    return talk.server(30, ANSWER[30:]).server(0, ANSWER[:30])


def fast_open() -> Conversation:
    """The server's handshake comes after data of the client."""
    return turned_answer(Conversation().handshake(HELLO[:50]))


def without_syn() -> Conversation:
    talk = Conversation().handshake()
    del talk.packets[0]
    return turned_answer(talk)


def after_a_repeated_handshake() -> Conversation:
    talk = Conversation().handshake()
    talk.packets += talk.packets[:2]
    return turned_answer(talk)


def after_a_fin() -> Conversation:
    """Of the client, who has sent nothing."""
    return turned_answer(Conversation().handshake().client(0, b"", FIN))


def test_a_client_s_data_begin_after_its_own_syn_ack() -> None:
    """Both ends opened the connection, and their SYNs were not captured."""
    talk = Conversation().server(-1, b"", SYN).client(-1, b"", SYN)
    talk.client(50, HELLO[50:]).client(0, HELLO[:50])
    assert events(pcap(talk.timed())) == ["[TLS Client"]


def test_a_server_s_data_without_its_handshake_begin_with_the_first_captured() -> None:
    """Also after the client's FIN."""
    talk = Conversation().handshake()
    del talk.packets[1:]
    talk.client(0, b"", FIN).server(50, ANSWER)
    assert events(pcap(talk.timed())) == ["[TLS Server"]


@pytest.mark.parametrize("talk", [fast_open, without_syn, after_a_repeated_handshake, after_a_fin])
def test_a_server_s_data_begin_after_its_handshake(talk: Callable[[], Conversation]) -> None:
    assert events(pcap(talk().timed())) == ["[TLS Server"]


@pytest.mark.parametrize("from_server", [False, True])
def test_data_that_the_snap_length_cut_are_missed(from_server: bool) -> None:
    """What follows them is not taken for the first of its direction."""
    talk = Conversation().handshake()
    send, hello = (talk.server, ANSWER) if from_server else (talk.client, HELLO)
    send(0, bytes(DATA))
    send(DATA, hello)
    packets = talk.timed()
    assert len(events(pcap(packets))) == 1
    time, whole = packets[3]
    packets[3:4] = [(time, whole[:-DATA], len(whole))]  # type: ignore[list-item]
    assert events(pcap(packets)) == []


def test_a_record_that_is_used_again_begins_anew() -> None:
    """There is room for one connection."""
    talks = Conversation().handshake().client(10, HELLO[10:]), turned_answer(Conversation(40001).handshake())
    (time, _), *_ = reversed(talks[0].timed())
    packets = [*talks[0].timed(), *((time + at, data) for at, (_, data) in enumerate(talks[1].timed(), 1))]
    assert events(pcap(packets, nanoseconds=True), max_connections=1) == ["[TLS Server"]


MYSQL = bytes.fromhex("20000001 85aeff20 00000001 21") + bytes(23)
"""A client's request for TLS, as MySQL's documentation describes it. No answer follows."""


@pytest.mark.parametrize(
    ("asked", "found"),
    [(MYSQL, ["[TLS Client"]), (b"\x20\0\0\2" + MYSQL[4:], []), (MYSQL + b"\0", [])],
    ids=["a request", "another number", "more bytes"],
)
def test_a_hello_right_behind_mysql_s_request(asked: bytes, found: list[str]) -> None:
    one, swapped = Conversation(server_port=3306).handshake(), Conversation(server_port=3306).handshake()
    one.client(0, asked + HELLO)
    swapped.client(len(asked), HELLO).client(0, asked)
    assert events(pcap(one.timed())) == events(pcap(swapped.timed())) == found

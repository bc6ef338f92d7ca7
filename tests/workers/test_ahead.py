"""Workers examine messages of one or two segments before these are in order; events are the same."""

from __future__ import annotations

from itertools import zip_longest
from random import Random

import pytest

from tests.support.captures import pcap
from tests.support.keys import keyed
from tests.support.tls.conversation import (
    Conversation,
    client_hello,
    record,
    records,
    server_hello,
    server_name,
)
from tests.workers.test_workers import digest

AGENTS = [b"curl/8.5.0", b"Wget/1.21", b"Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Firefox/115.0"]
SERVED = b"HTTP/1.1 %d OK\r\nServer: nginx/%d\r\nContent-Length: 0\r\n\r\n"


def asks(number: int, method: bytes = b"GET", more: bytes = b"") -> bytes:
    agent = AGENTS[number % len(AGENTS)]
    return b"%b /%d HTTP/1.1\r\nHost: h%d\r\nUser-Agent: %b\r\nAccept: */*\r\n%b\r\n" % (
        *(method, number, number, agent),
        more,
    )


def hello(number: int) -> bytes:
    return client_hello(extensions=server_name(b"host%d.example" % number))


def whole(made: Conversation, n: int) -> None:
    made.client(0, asks(n)).server(0, SERVED % (200, n), acked=len(asks(n)))


def in_pieces(made: Conversation, n: int) -> None:
    for place in range(0, len(asks(n)), 40):
        made.client(place, asks(n)[place : place + 40])
    made.server(0, b"HTTP/1.1 200 OK\r\n").server(17, b"Server: late\r\n\r\n")


def out_of_order(made: Conversation, n: int) -> None:
    made.client(30, asks(n)[30:]).client(0, asks(n)[:30]).server(20, SERVED % (200, 1)).server(0, b"HTTP")


def repeated_otherwise(made: Conversation, n: int) -> None:
    made.client(0, asks(n)[:9]).client(0, asks(n + 1)).client(0, asks(n)).server(0, SERVED % (404, n))


def kept_alive(made: Conversation, n: int) -> None:
    asked = answered = 0
    for number in range(n, n + 4):
        made.client(asked, asks(number)).server(answered, SERVED % (200, n))
        asked, answered = asked + len(asks(number)), answered + len(SERVED % (200, n))


def pipelined(made: Conversation, n: int) -> None:
    made.client(0, b"\r\n" + asks(n)).client(2 + len(asks(n)), asks(n + 1) + asks(n + 2))
    made.server(0, b"HTTP/1.1 100 Continue\r\n\r\n" + SERVED % (200, n) + SERVED % (500, n))


def logs_in(made: Conversation, n: int) -> None:
    again = asks(n, more=b"Authorization: Basic dTpw\r\n")
    made.client(0, asks(n)).server(0, SERVED % (401, n), acked=len(asks(n)))
    made.client(len(asks(n)), again).server(len(SERVED % (401, n)), SERVED % (200, n))


def through_a_proxy(made: Conversation, n: int) -> None:
    asked = b"CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n"
    made.client(0, asked).server(0, b"HTTP/1.1 200 Established\r\n\r\n", acked=len(asked))
    made.client(len(asked), record(hello(n)))


def upgrades(made: Conversation, n: int) -> None:
    made.client(0, asks(n, more=b"Upgrade: h2c\r\n")).server(0, SERVED % (101, n))


def damaged(made: Conversation, n: int) -> None:
    made.client(0, asks(n, more=b"X: a\0b\r\n")).server(0, b"HTTP/1.1 200 OK\r\nno header\r\n\r\n")


def before_its_ack(made: Conversation, n: int) -> None:
    made.server(0, SERVED % (200, n)).client(0, asks(n, b"POST", b"Cookie: secret=1\r\n"))


def in_tls(made: Conversation, n: int) -> None:
    made.client(0, record(hello(n))).server(0, record(server_hello()), acked=len(record(hello(n))))


def in_tls_records(made: Conversation, n: int) -> None:
    made.client(0, records(hello(n), [7, 20])).server(0, record(b"\1\0", 21) + record(server_hello()))


def in_tls_twice(made: Conversation, n: int) -> None:
    made.client(0, record(hello(n))[:50]).client(0, record(hello(n + 1))).client(0, record(hello(n)))


def in_two_tls_segments(made: Conversation, n: int) -> None:
    asked, answered = record(hello(n)), record(server_hello())
    made.client(0, asked[:50]).client(50, asked[50:])
    made.server(0, answered[:20], acked=len(asked)).server(20, answered[20:], acked=len(asked))


def with_another_first_segment(made: Conversation, n: int) -> None:
    """The receiver has the first copy of the beginning, so the second one goes on nowhere."""
    first, again = (
        record(client_hello(ciphers=(0x1301, 0xC02F))),
        record(client_hello(ciphers=(0x1302, 0xC030))),
    )
    made.client(0, first[:50]).client(0, again[:50]).client(50, again[50:])


def in_overlapping_tls_segments(made: Conversation, n: int) -> None:
    asked = record(hello(n))
    made.client(0, asked[:50]).client(40, asked[40:60]).client(50, asked[50:70]).client(70, asked[70:])


KINDS = [
    *(whole, in_pieces, out_of_order, repeated_otherwise, kept_alive, pipelined, logs_in, through_a_proxy),
    *(upgrades, damaged, before_its_ack, in_tls, in_tls_records, in_tls_twice, in_two_tls_segments),
    *(with_another_first_segment, in_overlapping_tls_segments),
]


@pytest.fixture(scope="module")
def capture() -> bytes:
    """3,000 conversations, 40 at a time."""
    random = Random(1)
    packets: list[bytes] = []
    for first in range(0, 3000, 40):
        group = []
        for n in range(first, first + 40):
            made = Conversation(port=2000 + n, server_port=80).handshake()
            random.choice(KINDS)(made, n)
            group.append(made.packets)
        packets += [one for step in zip_longest(*group) for one in step if one is not None]
    return pcap([(10**18 + number * 10**6, data) for number, data in enumerate(packets)], 101)


def found(source: bytes, workers: int, **options: object) -> list[bytes]:
    """Events with all texts."""
    with keyed(1, **options) as analyzer:
        batches = analyzer.batches(source, workers=workers)
        return [line for batch in batches for line in batch.render("json").splitlines()]


@pytest.mark.parametrize("workers", [2, 5])
@pytest.mark.parametrize("http", ["first", "all"])
def test_messages_are_those_of_one_worker(capture: bytes, workers: int, http: str) -> None:
    options = {"http": http, "http_paths": True, "http_values": True, "max_connections": 400}
    alone = found(capture, 1, **options)
    assert len(alone) > 6000
    assert found(capture, workers, **options) == alone


def test_counters_are_those_of_one_worker(capture: bytes) -> None:
    assert digest(capture, 3)[1:] == digest(capture, 1)[1:]


def test_memory_that_is_too_small_for_all_messages(capture: bytes) -> None:
    """A block of heads that fill their memory."""
    long = b"X-Long: " + b"a" * 15_000 + b"\r\n"
    packets = []
    for n in range(300):
        made = Conversation(port=2000 + n, server_port=80).handshake()
        packets += made.client(0, asks(n, more=long)).packets
    source = pcap([(10**18 + number * 10**6, data) for number, data in enumerate(packets)], 101)
    alone = found(source, 1, http_values=True)
    assert len(alone) > 600
    assert found(source, 2, http_values=True) == alone

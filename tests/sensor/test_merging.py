"""The core's sensor on captures that are shared out as the kernel shares out packets.

Their sources end, so that no interface is needed and the outcome does not depend on speed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from huginn_cffi import Analyzer, Database
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import CaptureError, check
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.settings import Settings, engine_config
from huginn_cffi.run.stats import Stats, stats_of
from huginn_cffi.sources.opening import FIRST_PACKETS
from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, NOP, Ip4, Tcp, packet, reply, timestamps
from tests.support.tls.conversation import Conversation

RAW, BLOCK = 101, 512
Timed = tuple[int, bytes]


def conversations(count: int, seed: int) -> list[tuple[int, Timed]]:
    """Packets with the number of their conversation: handshake, two segments, a FIN; few hosts."""
    random = Random(seed)
    found: list[tuple[int, Timed]] = []
    for number in range(count):
        host = number % 7 + 1
        ip = Ip4(source=f"192.0.2.{host}", destination="198.51.100.1")
        began = 10**18 + random.randrange(10**10)

        def at(after_ms: int, host: int = host, began: int = began) -> bytes:
            return NOP * 2 + timestamps(host * 10**6 + (began - 10**18) // 10**6 + after_ms)

        syn = Tcp(sport=1000 + number, options=Tcp().options[:4] + at(0))
        after = Tcp(sport=syn.sport, seq=syn.seq + 1, ack=5001, flags=ACK)
        packets = [
            (0, packet(ip, syn)),
            (3, reply(ip, syn)),
            (400, packet(ip, Tcp(**{**_fields(after), "options": at(400)}))),
            (800, packet(ip, Tcp(**{**_fields(after), "options": at(800), "flags": FIN | ACK}))),
        ]
        found += [(number, (began + ms * 10**6, data)) for ms, data in packets]
    return sorted(found, key=lambda item: item[1][0])


def _fields(tcp: Tcp) -> dict[str, object]:
    return {name: getattr(tcp, name) for name in ("sport", "seq", "ack", "flags")}


def new_sensor(workers: int, **settings: Any) -> Any:
    """An ``hg_sensor *`` without sources."""
    error, out = ffi.new("hg_error *"), ffi.new("hg_sensor **")
    check(lib.hg_sensor_new(engine_config(Settings(**settings), workers), ffi.NULL, out, error), error)
    return ffi.gc(out[0], lib.hg_sensor_free)


def run_sensor(
    captures: Sequence[bytes],
    workers: int,
    rows: int = 64,
    before: Callable[[Callable[[], int]], None] = lambda lost: None,
) -> tuple[str, list[Stats], list[int]]:
    """The events of the captures, the counters of each worker, and what found their rings full."""
    error = ffi.new("hg_error *")
    sensor = new_sensor(workers)
    sources = [_opened(capture) for capture in captures]
    check(lib.hg_sensor_open(sensor, ffi.new("hg_source *[]", sources), len(sources), error), error)
    text, status = b"", lib.HG_OK
    native = [ffi.new("hg_stats *") for _ in range(workers)]

    def lost() -> list[int]:
        return [lib.hg_sensor_stats(sensor, number, native[number]) for number in range(workers)]

    before(lambda: sum(lost()))
    try:
        while status == lib.HG_OK:
            batch = Batch(rows, None, "capture in memory")
            status = lib.hg_sensor_run(sensor, batch._native, error)
            batch._written()
            text += batch.render("json")
        check(status, error, subject="sensor")
    except CaptureError as failure:
        text += str(failure).encode()
    lib.hg_sensor_close(sensor)
    found = lost()
    return text.decode(), [stats_of(item) for item in native], found


def _opened(capture: bytes) -> object:
    out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    memory = ffi.from_buffer("uint8_t[]", capture)
    check(lib.hg_source_open_memory(memory, len(memory), out, error), error)
    source = ffi.gc(out[0], lib.hg_source_free)
    _kept[source] = memory
    return source


_kept: dict[object, object] = {}


def shared_out(packets: Sequence[tuple[int, Timed]], parts: int) -> list[bytes]:
    """A capture a worker, each with whole conversations."""
    return [
        pcap([timed for number, timed in packets if number % parts == part], RAW, nanoseconds=True)
        for part in range(parts)
    ]


def expected(packets: Sequence[tuple[int, Timed]]) -> str:
    """The events of an engine that reads everything in order."""
    whole = pcap([timed for _, timed in packets], RAW, nanoseconds=True)
    return b"".join(batch.render("json") for batch in Analyzer(None).batches(whole)).decode()


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_packets_of_several_sources_are_taken_in_order_of_time(workers: int) -> None:
    packets = conversations(500, seed=workers)
    text, stats, lost = run_sensor(shared_out(packets, workers), workers)
    assert text == expected(packets)
    assert text.count("client_uptime") > 50
    assert sum(lost) == 0
    assert [item.packets for item in stats] == [
        sum(number % workers == part for number, _ in packets) for part in range(workers)
    ]
    assert sum(item.events for item in stats) == text.count("\n")


def test_one_reader_feeds_all_workers_in_order() -> None:
    packets = conversations(300, seed=4)
    text, stats, lost = run_sensor(shared_out(packets, 1), 3)
    assert sum(lost) == 0, "the rings hold all of it"
    assert text == expected(packets)
    assert sum(item.packets for item in stats) == len(packets)
    assert all(item.packets for item in stats[:2])


def talks(count: int, *, cut: int = 20) -> list[tuple[int, Timed]]:
    """The same with a request and a response, whose heads take two packets each, or one without a `cut`."""
    ask, answer = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"HTTP/1.1 200 OK\r\nServer: a\r\n\r\n"
    found = []
    for number in range(count):
        talk = Conversation(1000 + number, server_port=80).handshake()
        if cut:
            talk.client(0, ask[:cut]).client(cut, ask[cut:]).server(0, answer[:cut]).server(cut, answer[cut:])
        else:
            talk.client(0, ask).server(0, answer, acked=len(ask))
        found += [(number, (10**18 + 10**6 * at + number, data)) for at, data in enumerate(talk.packets)]
    return sorted(found, key=lambda item: item[1][0])


@pytest.mark.parametrize("cut", [0, 20])
@pytest.mark.parametrize("workers", [1, 3])
def test_messages_of_http_that_go_on_at_a_time(workers: int, cut: int) -> None:
    packets = talks(50, cut=cut)
    text, _, lost = run_sensor(shared_out(packets, workers), workers)
    assert sum(lost) == 0
    assert text == expected(packets)
    assert (text.count('"http_request"'), text.count('"http_response"')) == (50, 50)


def test_messages_that_found_no_room_are_gone_with_their_source() -> None:
    """The next source's packets lie where theirs did."""
    ask = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    first = Conversation(1000, server_port=80).handshake().client(0, 45 * ask)
    second = [Conversation(2000 + number).handshake().timed()[0] for number in range(3)]
    second += Conversation(3000, server_port=80).client(0, ask).timed()
    error = ffi.new("hg_error *")
    sensor = new_sensor(1, http="all")
    texts = []
    for packets, calls in ((first.timed(), 1), (second, 2)):
        check(lib.hg_sensor_open(sensor, ffi.new("hg_source *[]", [_opened(pcap(packets))]), 1, error), error)
        for _ in range(calls):
            batch = Batch(16, None, "capture in memory")
            check(lib.hg_sensor_run(sensor, batch._native, error), error)
            batch._written()
            texts.append(batch.render("json").decode())
        lib.hg_sensor_close(sensor)
    assert 0 < texts[0].count('"http_request"') < 45
    assert "".join(texts[1:]).count('"http_request"') == 1


def test_what_finds_its_ring_full_is_counted() -> None:
    """Nothing is taken until the reader is through; 16 blocks a worker have room. The first one is short."""
    room, more = (2 * 16 - 1) * BLOCK + FIRST_PACKETS, 5 * BLOCK
    syn = packet(Ip4(), Tcp())
    many = pcap([(10**18 + number, syn) for number in range(room + more)], RAW, nanoseconds=True)

    def wait_for_losses(lost: Callable[[], int]) -> None:
        deadline = time.monotonic() + 60
        while lost() < more and time.monotonic() < deadline:
            time.sleep(0.01)

    text, stats, lost = run_sensor([many], 2, rows=16, before=wait_for_losses)
    assert sum(lost) == more
    assert sum(item.packets for item in stats) == room
    assert text.count("\n") == 2


def test_an_error_of_one_source_comes_after_everything_before_it() -> None:
    packets = conversations(200, seed=5)
    first, second = shared_out(packets, 2)
    text, stats, _ = run_sensor([first, second[:-7]], 2)
    *lines, last = text.splitlines()
    assert last.startswith("sensor: ")
    assert lines == expected([item for item in packets if item != _last_of(packets, 1)]).splitlines()
    assert sum(item.packets for item in stats) == len(packets) - 1


def _last_of(packets: Sequence[tuple[int, Timed]], part: int) -> tuple[int, Timed]:
    return [item for item in packets if item[0] % 2 == part][-1]


def test_the_database_can_be_exchanged_between_sources() -> None:
    """Flows go on: the answers that come afterwards belong to the SYNs before."""
    syns = [(10**18 + number, packet(Ip4(), Tcp(sport=2000 + number))) for number in range(3)]
    answers = [(10**18 + 99, reply(Ip4(), Tcp(sport=2000 + number))) for number in range(3)]
    error = ffi.new("hg_error *")
    sensor = new_sensor(2)
    signature = "*:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
    label = f"classes = unix\n[tcp:response]\nlabel = s:unix:Mine:1\nsig = {signature}\n"
    other = Database.compile(text=label)
    text = b""
    for packets, database in ((syns, None), (answers, other)):
        handle = ffi.NULL if database is None else database._handle
        check(lib.hg_sensor_use(sensor, handle, error), error)
        source = _opened(pcap(packets, RAW, nanoseconds=True))
        check(lib.hg_sensor_open(sensor, ffi.new("hg_source *[]", [source]), 1, error), error)
        status = lib.HG_OK
        while status == lib.HG_OK:
            batch = Batch(64, database)
            status = lib.hg_sensor_run(sensor, batch._native, error)
            batch._written()
            text += batch.render("p0f")
    lines = [line for line in text.decode().splitlines() if "mod=syn" in line]
    assert ["os=Mine 1" in line for line in lines] == [False] * 3 + [True] * 3
    native = ffi.new("hg_stats *")
    lib.hg_sensor_stats(sensor, 0, native)
    assert stats_of(native).syn_acks_without_syn == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_what_follows_has_names_of_the_new_database(workers: int) -> None:
    """Also requests that are the same as before, whichever worker reads them."""
    request = b"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\n\r\n"
    error = ffi.new("hg_error *")
    sensor = new_sensor(workers)
    text = b""
    old = "[http:request]\nlabel = s:!:Old:\nsys =\nsig = *:Host::"
    new = old.replace("Host", "Host,Via") + "\nlabel = s:!:New:\nsys =\nsig = *:Host::"
    for number, signatures in enumerate((old, old, new, new)):
        database = Database.compile(text=signatures)
        check(lib.hg_sensor_use(sensor, database._handle, error), error)
        flow = Conversation(port=2000 + number, server_port=80).handshake().client(0, request)
        source = _opened(pcap(flow.timed(), nanoseconds=True))
        check(lib.hg_sensor_open(sensor, ffi.new("hg_source *[]", [source]), 1, error), error)
        batch = Batch(64, database)
        while lib.hg_sensor_run(sensor, batch._native, error) == lib.HG_OK:
            batch._written()
            text += batch.render("p0f")
        batch._written()
        text += batch.render("p0f")
    lines = [line for line in text.decode().splitlines() if "mod=http request" in line]
    assert ["app=New" in line for line in lines] == [False, False, True, True]


@pytest.mark.parametrize(("sources", "workers"), [(2, 1), (2, 3), (3, 2)])
def test_a_wrong_number_of_sources_is_refused(sources: int, workers: int) -> None:
    with pytest.raises(ValueError, match=f"{sources} sources for {workers} workers"):
        run_sensor(shared_out(conversations(2, seed=1), sources), workers)

"""The analyzer: inputs, errors, cancelling, closing, counting."""

from __future__ import annotations

import io
import mmap
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from sigcompiler.schema.rows import DEVICES, SSH
from tests.support import samples
from tests.support.captures import pcap
from tests.support.descriptors import open_files
from tests.support.packets import Ip4, Tcp, packet, reply


def numbers(results: Iterator[hg.AnalysisResult]) -> list[int]:
    return [result.packet_number for result in results]


@pytest.fixture
def analyzer(database: hg.Database) -> hg.Analyzer:
    return hg.Analyzer(database)


def test_paths(analyzer: hg.Analyzer, capture_path: Path) -> None:
    assert numbers(analyzer.analyze_pcap(capture_path)) == [1, 2, 3]
    assert numbers(analyzer.analyze_pcap(str(capture_path))) == [1, 2, 3]


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_memory(analyzer: hg.Analyzer, kind: type) -> None:
    assert numbers(analyzer.analyze_pcap(kind(samples.capture(3)))) == [1, 2, 3]


def test_mapping_can_be_closed_afterwards(analyzer: hg.Analyzer, capture_path: Path) -> None:
    with capture_path.open("rb") as file:
        mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    assert numbers(analyzer.analyze_pcap(mapping)) == [1, 2, 3]
    mapping.close()


def test_standard_input(analyzer: hg.Analyzer, capture_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = os.dup(0)
    with capture_path.open("rb") as file:
        os.dup2(file.fileno(), 0)
    try:
        assert numbers(analyzer.analyze_pcap("-")) == [1, 2, 3]
    finally:
        os.dup2(saved, 0)
        os.close(saved)


def test_a_signal_before_the_first_byte_is_no_error(analyzer: hg.Analyzer) -> None:
    read_end, write_end = os.pipe()
    signals: list[int] = []

    def write() -> None:
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(samples.capture(3))

    before = signal.signal(signal.SIGALRM, lambda number, _: signals.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    writer = threading.Timer(0.4, write)
    writer.start()
    try:
        assert numbers(analyzer.analyze_pcap(f"/dev/fd/{read_end}")) == [1, 2, 3]
    finally:
        signal.signal(signal.SIGALRM, before)
        writer.join()
        os.close(read_end)
    assert signals == [signal.SIGALRM]


def test_several_captures_are_one_stream(analyzer: hg.Analyzer, tmp_path: Path) -> None:
    packets = samples.conversation()
    paths = [tmp_path / f"{number}.pcap" for number in range(3)]
    for path, item in zip(paths, packets, strict=True):
        path.write_bytes(pcap([item]))
    results = list(analyzer.analyze_pcap(paths))
    assert [result.packet_number for result in results] == [1, 2, 3]
    assert results[1].syn_ack is not None
    assert results[1].syn_ack.syn_seen
    assert results[2].client_uptime is not None
    assert analyzer.stats.packets == 3


def test_any_iterable_of_captures(analyzer: hg.Analyzer, capture_path: Path) -> None:
    assert numbers(analyzer.analyze_pcap(path for path in (capture_path, samples.capture(1)))) == [1, 2, 3]
    assert analyzer.stats.retransmissions == 1


@pytest.mark.parametrize("source", [None, 5, 1.5, io.BytesIO(b"").fileno, io.StringIO("a\nb"), [5], [None]])
def test_wrong_sources_name_the_argument(analyzer: hg.Analyzer, source: object) -> None:
    with pytest.raises(TypeError, match=r"^source must be "):
        analyzer.analyze_pcap(source)


def test_an_open_file_is_read_from_where_it_stands(analyzer: hg.Analyzer, tmp_path: Path) -> None:
    data = samples.capture(1)
    path = tmp_path / "after-a-line.pcap"
    path.write_bytes(b"a line\n" + data)
    with path.open("rb") as file:
        assert file.readline() == b"a line\n"
        assert numbers(analyzer.analyze_pcap(file)) == numbers(analyzer.analyze_pcap(data))
        assert not file.closed
    with (
        path.open("wb+") as file,
        pytest.raises(hg.CaptureError, match=r"after-a-line\.pcap: empty capture file"),
    ):
        numbers(analyzer.analyze_pcap([file]))
    with path.open() as text, pytest.raises(TypeError, match=r"not TextIOWrapper"):
        analyzer.analyze_pcap(text)


def test_no_source_at_all(analyzer: hg.Analyzer) -> None:
    with pytest.raises(ValueError, match="source names no capture"):
        analyzer.analyze_pcap([])


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nosuch.pcap", "No such file or directory"), (".", "Is a directory")],
)
def test_captures_that_cannot_be_opened(
    analyzer: hg.Analyzer, tmp_path: Path, name: str, reason: str
) -> None:
    path = str(tmp_path / name)
    with pytest.raises(hg.CaptureError, match=reason) as caught:
        list(analyzer.analyze_pcap(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.refused
    assert caught.value.errno is not None


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty capture file"), (b"hello world, \1", "not a pcap or pcapng file")],
)
def test_what_is_no_capture(analyzer: hg.Analyzer, data: bytes, reason: str) -> None:
    with pytest.raises(hg.CaptureError, match=f"^capture in memory: {reason}") as caught:
        list(analyzer.batches(data))
    assert caught.value.refused


def test_everything_before_the_damage_is_given(analyzer: hg.Analyzer, damaged_path: Path) -> None:
    results = analyzer.analyze_pcap(damaged_path)
    assert next(results).packet_number == 1
    with pytest.raises(hg.CaptureError) as caught:
        next(results)
    # 24 bytes of file header, 16 of record header, 60 of packet.
    assert (caught.value.record, caught.value.offset) == (2, 100)
    assert caught.value.filename == str(damaged_path)
    assert not caught.value.refused
    assert analyzer.stats.packets == 1


def test_on_error_is_checked_at_once() -> None:
    analyzer = hg.Analyzer()
    for call in (analyzer.analyze_pcap, analyzer.batches, analyzer.read):
        with pytest.raises(TypeError, match="on_error must be a function that gets the error, not str"):
            call("missing.pcap", on_error="skip")  # type: ignore[operator]


def test_on_error_goes_on_with_the_next(
    analyzer: hg.Analyzer, damaged_path: Path, capture_path: Path
) -> None:
    errors: list[hg.CaptureError] = []
    paths = [damaged_path, "nosuch.pcap", capture_path]
    found = numbers(analyzer.analyze_pcap(paths, on_error=errors.append))
    # The first SYN of both captures is the same one.
    assert found == [1, 3, 4]
    assert [error.filename for error in errors] == [str(damaged_path), "nosuch.pcap"]
    assert [error.refused for error in errors] == [False, True]


def test_batches_are_bounded_and_complete(analyzer: hg.Analyzer) -> None:
    batches = list(analyzer.batches(samples.capture(20000)))
    assert len(batches) > 1
    assert sum(map(len, batches)) == 40000
    assert max(map(len, batches)) <= 16384
    together = [number for batch in batches for number in batch["packet_number"].tolist()]
    assert together == [number for number in range(1, 20001) for _ in range(2)]


def test_results_across_batches(analyzer: hg.Analyzer) -> None:
    found = list(analyzer.analyze_pcap(samples.capture(10000)))
    assert [result.packet_number for result in found] == list(range(1, 10001))
    assert all(result.syn and result.mtu for result in found)


def test_stats_add_up(analyzer: hg.Analyzer) -> None:
    assert analyzer.stats == hg.Stats()
    packets = [*samples.conversation(), (samples.START, b"\x45"), (samples.START, b"\x60" + bytes(50))]
    list(analyzer.analyze_packets(packets))
    stats = analyzer.stats
    assert (stats.packets, stats.analysed) == (5, 3)
    assert stats.packets == stats.analysed + sum(stats.drops.values())
    assert stats.drops["truncated"] == 1
    assert stats.events_by_kind == {
        "syn": 1,
        "syn_ack": 1,
        "mtu": 2,
        "client_uptime": 1,
        "server_uptime": 0,
        "tls_client": 0,
        "tls_server": 0,
        "http_request": 0,
        "http_response": 0,
        "host_change": 0,
        "ip_sharing": 0,
        "segments": 0,
        **dict.fromkeys((*DEVICES, *SSH, "greeting", "certificate", "finding", "login", "proxied"), 0),
    }
    assert stats.events == 5
    assert stats.bytes == sum(len(data) for _, data in packets)


def test_stats_speak_of_the_last_call(analyzer: hg.Analyzer) -> None:
    list(analyzer.batches(samples.capture(3)))
    list(analyzer.batches(samples.capture(2)))
    assert analyzer.stats.packets == 2


def test_evictions_are_counted(database: hg.Database) -> None:
    analyzer = hg.Analyzer(database, max_connections=2, max_hosts=2)
    list(analyzer.batches(samples.capture(5)))
    stats = analyzer.stats
    assert stats.flows == 5
    assert stats.flows_evicted_half_open == 3
    assert stats.evictions == 3 + stats.hosts_evicted


@pytest.mark.parametrize(("uptime", "unseen"), [(True, 1), (False, 0)])
def test_without_uptimes_an_answered_flow_makes_room_first(uptime: bool, unseen: int) -> None:
    """Then the kernel's filter keeps away what ends flows, and the table is full of answered ones."""
    old, new, newest = (Tcp(sport=port) for port in (1001, 1002, 1003))
    asked = [packet(Ip4(), syn) for syn in (old, new, newest)]
    packets = [asked[0], reply(Ip4(), old), asked[1], asked[2], reply(Ip4(), new)]
    analyzer = hg.Analyzer(None, max_connections=2, uptime=uptime, protocols=("tcp",))
    list(analyzer.analyze_packets([(at * 10**9, data) for at, data in enumerate(packets, 1)]))
    assert analyzer.stats.syn_acks_without_syn == unseen
    assert analyzer.stats.flows_evicted_half_open == 1 + unseen


def test_each_call_starts_anew(analyzer: hg.Analyzer) -> None:
    assert numbers(analyzer.analyze_pcap(samples.capture(2))) == [1, 2]
    assert numbers(analyzer.analyze_pcap(samples.capture(2))) == [1, 2]
    assert analyzer.stats.retransmissions == 0


def test_uptime_can_be_left_out(database: hg.Database) -> None:
    analyzer = hg.Analyzer(database, uptime=False)
    list(analyzer.analyze_packets(samples.conversation()))
    assert analyzer.stats.events_by_kind["client_uptime"] == 0
    assert analyzer.stats.events == 4


def test_default_database() -> None:
    analyzer = hg.Analyzer()
    assert analyzer.database is not None
    assert analyzer.database.source_hash == hg.Database.load_default().source_hash


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"max_connections": 0}, ValueError, "max_connections must be 1 to 4294967295, not 0"),
        ({"max_hosts": -1}, ValueError, "max_hosts must be 1 to 4294967295, not -1"),
        ({"max_hosts": 1 << 32}, ValueError, "max_hosts must be 1 to 4294967295"),
        ({"max_hosts": "5"}, TypeError, "max_hosts must be an int, not str"),
        ({"max_connections": 1.5}, TypeError, "max_connections must be an int, not float"),
        ({"database": "p0f.fp"}, TypeError, r"not a path; open it: Database\.open\('p0f\.fp'\)"),
        ({"filter": "tcp"}, TypeError, "filter"),
        ({"uptime": "no"}, TypeError, "uptime must be True or False, not str"),
        ({"decapsulate": 0}, TypeError, "decapsulate must be True or False, not int"),
    ],
)
def test_wrong_settings(options: dict[str, object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        hg.Analyzer(**options)  # type: ignore[arg-type]


class CancelAfter:
    """Is set from the n-th time on that it is asked."""

    def __init__(self, times: int) -> None:
        self.times = times

    def is_set(self) -> bool:
        self.times -= 1
        return self.times < 0


def test_cancel_ends_the_iteration(analyzer: hg.Analyzer) -> None:
    event = threading.Event()
    found = []
    for result in analyzer.analyze_pcap(samples.capture(20000), cancel=event):
        found.append(result.packet_number)
        event.set()
    # What was read before the event was set is still given: one batch.
    assert found == list(range(1, len(found) + 1))
    assert len(found) < 20000


def test_cancelled_before_the_start(analyzer: hg.Analyzer) -> None:
    assert list(analyzer.batches(samples.capture(3), cancel=CancelAfter(0))) == []
    assert analyzer.stats.packets == 0


def test_cancel_ends_endless_packets(analyzer: hg.Analyzer) -> None:
    def endless() -> Iterator[tuple[int, bytes]]:
        while True:
            yield samples.START, samples.SYN_PACKET

    assert len(list(analyzer.analyze_packets(endless(), cancel=CancelAfter(20)))) == 1


def test_wrong_cancel(analyzer: hg.Analyzer) -> None:
    with pytest.raises(TypeError, match=r"cancel must have is_set\(\)"):
        analyzer.batches(samples.capture(1), cancel=True)  # type: ignore[arg-type]


def test_close_twice_and_use_afterwards(database: hg.Database, capture_path: Path) -> None:
    with hg.Analyzer(database) as analyzer:
        running = analyzer.analyze_pcap(capture_path)
    analyzer.close()
    with pytest.raises(hg.HuginnError, match="the analyzer is closed"):
        analyzer.analyze_pcap(capture_path)
    with pytest.raises(hg.HuginnError, match="the analyzer is closed"):
        next(running)
    with pytest.raises(hg.HuginnError, match="the analyzer is closed"):
        analyzer.__enter__()
    assert analyzer.stats.packets == 0


def test_close_ends_what_runs(database: hg.Database, capture_path: Path) -> None:
    analyzer = hg.Analyzer(database)
    packets = [(samples.START, samples.SYN_PACKET), (samples.START, samples.SYN_PACKET)]
    running = [analyzer.analyze_pcap(capture_path), analyzer.analyze_packets(packets)]
    for iterator in running:
        assert next(iterator).packet_number == 1
    analyzer.close()
    for iterator in running:
        with pytest.raises(hg.HuginnError, match="the analyzer is closed"):
            next(iterator)


def test_threads_do_not_disturb_each_other(analyzer: hg.Analyzer) -> None:
    capture = samples.capture(5000)
    found: dict[int, list[int]] = {}

    def work(name: int) -> None:
        found[name] = numbers(analyzer.analyze_pcap(capture))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: list(range(1, 5001)) for name in range(4)}


def test_calls_may_overlap(analyzer: hg.Analyzer, capture_path: Path) -> None:
    first, second = analyzer.analyze_pcap(capture_path), analyzer.analyze_pcap(capture_path)
    pairs = [(a.packet_number, b.packet_number) for a, b in zip(first, second, strict=True)]
    assert pairs == [(1, 1), (2, 2), (3, 3)]


def test_descriptors_are_closed(analyzer: hg.Analyzer, capture_path: Path, damaged_path: Path) -> None:
    list(analyzer.analyze_pcap(capture_path))
    begun = analyzer.analyze_pcap(capture_path)
    next(begun)
    assert len(open_files(capture_path.parent)) == 1
    del begun
    with pytest.raises(hg.CaptureError):
        list(analyzer.analyze_pcap(damaged_path))
    assert open_files(capture_path.parent) | open_files(damaged_path.parent) == set()


def test_a_call_keeps_its_run_when_another_thread_calls_at_once() -> None:
    class Overtaken(hg.Analyzer):
        @property  # type: ignore[override]
        def _latest(self) -> None:
            """The call of the other thread."""

        @_latest.setter
        def _latest(self, run: object) -> None:
            pass

    assert len(list(Overtaken(None).analyze_pcap(samples.capture(3)))) == 3

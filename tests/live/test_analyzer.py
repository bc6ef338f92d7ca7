"""`Analyzer.analyze_network` in this process, on loopback."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from huginn_cffi import Analyzer, CaptureError, FilterConfig, HuginnError, IpFilter, LibpcapError
from huginn_cffi.libraries import libpcap
from huginn_cffi.run.observations import AnalysisResult
from huginn_cffi.run.stats import INTERFACE_COUNTERS
from huginn_cffi.sources.interfaces import list_interfaces
from tests.support import needs
from tests.support.descriptors import packet_sockets
from tests.support.network import TIMEOUT_S, ip, unique

HOST = f"127.90.{os.getpid() >> 8 & 0xFF}.{os.getpid() & 0xFF}"
"""An address of loopback that no other process uses."""
TICK_NS = 10**7
"""A clock that is read without asking the hardware may be so old."""


@pytest.fixture
def analyzer() -> Iterator[Analyzer]:
    """Sees nothing but the connections to `HOST`."""
    needs.root()
    with Analyzer(filter=FilterConfig(ip=IpFilter(any=HOST))) as made:
        yield made


def connect(times: int = 1) -> None:
    """Connections that are refused: a SYN and a RST each."""
    for _ in range(times):
        with socket.socket() as one:
            assert one.connect_ex((HOST, 9)) == errno.ECONNREFUSED


@contextmanager
def cancelled_after(seconds: float) -> Iterator[threading.Event]:
    cancel = threading.Event()
    timer = threading.Timer(seconds, cancel.set)
    timer.start()
    try:
        yield cancel
    finally:
        timer.cancel()
        timer.join()


def test_a_connection_is_seen_from_the_call_on(analyzer: Analyzer) -> None:
    with cancelled_after(TIMEOUT_S) as cancel:
        results = analyzer.analyze_network("lo", cancel=cancel)
        before_ns = time.time_ns()
        connect()
        after_ns = time.time_ns()
        result = next(results)
        cancel.set()
        assert list(results) == []
    assert result.packet_number == 1
    assert before_ns - TICK_NS <= result.time_ns <= after_ns + TICK_NS
    assert result.syn is not None
    assert result.syn.destination.ip == HOST
    assert result.syn.signature.mss == 65495
    assert result.mtu is not None
    assert result.mtu.observed.mtu == 65535
    assert result.syn_ack is None


def test_cancel_is_seen_on_an_idle_interface(analyzer: Analyzer) -> None:
    with cancelled_after(0.2) as cancel:
        assert list(analyzer.analyze_network("lo", cancel=cancel)) == []
        assert cancel.is_set()


def test_cancel_that_is_set_already_ends_it_at_once(analyzer: Analyzer) -> None:
    cancel = threading.Event()
    cancel.set()
    results = analyzer.analyze_network("lo", cancel=cancel)
    connect()
    assert list(results) == []


def test_many_connections_are_all_seen_in_order(analyzer: Analyzer) -> None:
    with cancelled_after(TIMEOUT_S) as cancel:
        results = analyzer.analyze_network("lo", cancel=cancel)
        connect(500)
        found: list[AnalysisResult] = [next(results) for _ in range(500)]
    assert all(result.syn for result in found)
    assert [result.time_ns for result in found] == sorted(result.time_ns for result in found)
    assert analyzer.stats.interface
    assert analyzer.stats.interface["dropped_by_kernel"] == 0
    assert analyzer.stats.events_by_kind["syn"] == 500


@pytest.mark.parametrize("workers", [1, 3])
def test_statistics_of_the_kernel(workers: int, analyzer: Analyzer) -> None:
    """On loopback each packet goes out and comes in; only the latter is taken."""
    with cancelled_after(TIMEOUT_S) as cancel:
        results = analyzer.analyze_network("lo", workers=workers, cancel=cancel)
        connect(3)
        assert [next(results).syn is not None for _ in range(3)] == [True] * 3
        cancel.set()
        assert list(results) == []
    stats = analyzer.stats
    assert stats.interface == {**dict.fromkeys(INTERFACE_COUNTERS, 0), "received": 6}
    assert stats.packets == stats.analysed == 6
    list(analyzer.analyze_packets([]))
    assert not analyzer.stats.interface


def test_the_kernel_keeps_away_what_the_filter_refuses(analyzer: Analyzer) -> None:
    other = HOST.replace("127.90.", "127.91.")
    with cancelled_after(TIMEOUT_S) as cancel:
        results = analyzer.analyze_network("lo", cancel=cancel)
        with socket.socket() as one:
            one.connect_ex((other, 9))
        connect()
        assert next(results).syn is not None
        cancel.set()
        assert list(results) == []
    assert analyzer.stats.packets == 2
    assert analyzer.stats.drops["filtered"] == 0


def test_the_libpcap_expression_is_applied() -> None:
    needs.root()
    with cancelled_after(TIMEOUT_S) as cancel:
        results = Analyzer(bpf=f"dst host {HOST} and port 9").analyze_network("lo", cancel=cancel)
        connect()
        assert next(results).syn is not None
        cancel.set()
        assert list(results) == []


def test_everything_is_closed_however_it_ends(analyzer: Analyzer) -> None:
    before = packet_sockets()
    never_begun = analyzer.analyze_network("lo")
    assert packet_sockets() - before
    del never_begun
    assert not packet_sockets() - before
    with cancelled_after(0) as cancel:
        list(analyzer.analyze_network("lo", cancel=cancel))
    given_up = analyzer.analyze_network("lo").batches()
    connect()
    next(given_up)
    assert packet_sockets() - before
    given_up.close()
    assert not packet_sockets() - before
    with pytest.raises(CaptureError):
        analyzer.analyze_network("nosuch0")
    assert not packet_sockets() - before


def test_a_closed_analyzer_ends_its_captures(analyzer: Analyzer) -> None:
    results = analyzer.analyze_network("lo")
    analyzer.close()
    with pytest.raises(HuginnError, match="closed"):
        next(results)
    with pytest.raises(HuginnError, match="closed"):
        analyzer.analyze_network("lo")


def test_an_unknown_interface_is_refused_by_the_call_itself(analyzer: Analyzer) -> None:
    with pytest.raises(CaptureError, match=r"^nosuch0: no such device \(there are: ") as caught:
        analyzer.analyze_network("nosuch0")
    assert caught.value.errno == errno.ENODEV
    assert caught.value.filename == "nosuch0"
    assert caught.value.refused


@pytest.mark.parametrize("workers", [0, 65, -1])
def test_a_number_of_workers_out_of_range_is_refused(workers: int, analyzer: Analyzer) -> None:
    with pytest.raises(ValueError, match=f"^workers must be 1 to 64, not {workers}$"):
        analyzer.analyze_network("lo", workers=workers)


@pytest.mark.parametrize("name", ["", "lo\0"])
def test_what_is_no_name_is_refused(name: str, analyzer: Analyzer) -> None:
    with pytest.raises(ValueError, match=r"^interface must be a name such as 'eth0', not "):
        analyzer.analyze_network(name)


def test_wrong_types_are_refused(analyzer: Analyzer) -> None:
    with pytest.raises(TypeError, match=r"^interface must be a name"):
        analyzer.analyze_network(1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^cancel must have is_set"):
        analyzer.analyze_network("lo", cancel=1)  # type: ignore[arg-type]


def test_a_missing_libpcap_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libpcap, "NAMES", ("libpcap-absent.so.1",))
    for use in (lambda: Analyzer().analyze_network("lo"), list_interfaces):
        with pytest.raises(LibpcapError, match=r"^libpcap is not installed .*apt install libpcap0.8"):
            use()


def test_a_libpcap_that_cannot_be_loaded_is_told_from_a_missing_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libpcap, "NAMES", ("libpcap-absent.so.1", "/dev/null"))
    with pytest.raises(LibpcapError, match=r"^libpcap cannot be loaded: .*/dev/null"):
        list_interfaces()


def test_interfaces_have_names_states_and_addresses() -> None:
    needs.root()
    (loopback,) = [item for item in list_interfaces() if item.name == "lo"]
    assert loopback.state == "running"
    assert "127.0.0.1" in loopback.addresses


@pytest.fixture
def interface() -> Iterator[str]:
    """An interface of this process alone, up, with nothing at its other end."""
    needs.root()
    name = f"hg{unique()}"
    ip("link", "add", name, "type", "veth", "peer", "name", f"{name}p")
    try:
        ip("link", "set", name, "up")
        yield name
    finally:
        with suppress(OSError):  # the test removed it
            ip("link", "del", name)


@pytest.mark.parametrize(
    ("change", "message"),
    [(("set", "NAME", "down"), "interface went down"), (("del", "NAME"), "interface is gone")],
)
def test_an_interface_that_goes_away_is_an_error(
    change: tuple[str, ...], message: str, interface: str
) -> None:
    words = [interface if word == "NAME" else word for word in change]
    with Analyzer() as analyzer, cancelled_after(TIMEOUT_S) as cancel:
        results = analyzer.analyze_network(interface, cancel=cancel)
        ip("link", *words)
        with pytest.raises(CaptureError, match=message):
            list(results)

"""Interrupts at any moment: no traceback, no half of a record, and always the status 130."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from tests.support.captures import pcap
from tests.support.command import ENVIRONMENT, HUGINN
from tests.support.packets import Ip4, Tcp, packet

SYN = packet(Ip4(), Tcp())
PACKETS = 30_000


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("interrupts") / "many.pcap"
    path.write_bytes(pcap([(0, SYN[:12] + n.to_bytes(4, "big") + SYN[16:]) for n in range(PACKETS)]))
    return str(path)


class InterruptedProgram(subprocess.Popen[bytes]):
    """Killed where a test fails: a program that hangs would be waited for without end."""

    def __exit__(self, kind: Any, *more: Any) -> None:
        if kind is not None:
            self.kill()
        super().__exit__(kind, *more)


def started(*words: str, **options: Any) -> InterruptedProgram:
    return InterruptedProgram([*HUGINN, *words], stderr=subprocess.PIPE, env=ENVIRONMENT, **options)


def test_a_program_that_hangs_fails_a_test() -> None:
    with pytest.raises(subprocess.TimeoutExpired), InterruptedProgram(["sleep", "600"]) as running:
        running.wait(0.1)
    assert running.returncode == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_no_record_is_cut_on_a_pipe(capture: str, number: signal.Signals) -> None:
    """A reader who is slower than several workers are, so that a write is always under way."""
    for attempt in range(4):
        words = ("pcap", "--workers", "3", "--format", "json", capture)
        with started(*words, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            read = [os.read(running.stdout.fileno(), 1 << 14) for _ in range(1 + 5 * attempt)]
            running.send_signal(number)
            while piece := os.read(running.stdout.fileno(), 1 << 14):
                read.append(piece)
                time.sleep(0.0005)
            said = running.stderr.read()
        assert running.returncode == (130 if number == signal.SIGINT else -number)
        lines = b"".join(read).split(b"\n")
        assert (lines[-1], said) == (b"", b"")
        assert len(lines) - 1 < 2 * PACKETS, "it was interrupted"
        assert all("event" in json.loads(line) for line in lines[:-1])


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_reader_who_takes_nothing_is_not_waited_for(
    capture: str, number: signal.Signals, status: int
) -> None:
    with started("pcap", "--format", "json", capture, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        os.read(running.stdout.fileno(), 1)
        time.sleep(0.3)  # the pipe is full now
        running.send_signal(number)
        assert running.wait(60) == status
        assert running.stderr is not None
        assert running.stderr.read() == b""


@pytest.mark.parametrize("wait_s", [0.02, 0.3, 0.6, 1.0])
def test_parquet_can_be_read_after_an_interrupt(capture: str, tmp_path: Path, wait_s: float) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "out"
    with (
        out.open("wb"),
        started("pcap", "--format", "parquet", "-o", str(out), "-", stdin=subprocess.PIPE) as run,
    ):
        assert run.stdin is not None
        data = memoryview(Path(capture).read_bytes())
        end = time.monotonic() + wait_s
        run.stdin.write(data[: len(data) // 2])
        run.stdin.flush()
        time.sleep(max(0, end - time.monotonic()))
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 130
        assert run.stderr is not None
        assert run.stderr.read() == b""
        run.stdin = io.BytesIO()  # whose reader has left
    if out.stat().st_size:
        assert parquet.read_table(out).num_rows <= 2 * PACKETS


@pytest.mark.parametrize("wait_ms", range(30, 300, 30))
def test_an_interrupt_while_modules_are_imported(capture: str, wait_ms: int) -> None:
    """Before its handler is installed the interpreter itself starts, which nobody can answer for."""
    program = """
import signal, sys, huginn_cffi.cli
install = signal.signal
def told(number, handler):
    before = install(number, handler)
    if number == signal.SIGINT and signal.signal is told:
        signal.signal = install
        print(1, flush=True)
    return before
signal.signal = told
sys.exit(huginn_cffi.cli.main())
"""
    words = [HUGINN[0], "-c", program, "pcap", "--summary", capture]
    with InterruptedProgram(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(2) == b"1\n"
        time.sleep(0.001 + wait_ms / 1000)
        running.send_signal(signal.SIGINT)
        status = running.wait(60)
        was_over = status == -signal.SIGINT and b"could not show" in running.stdout.read()
        assert running.stderr.read().strip() == b""
        assert was_over or status in (0, 130), "at the end, too, nobody can answer for the interpreter"


@pytest.mark.parametrize(("cause", "status"), [(KeyboardInterrupt(), 130), (ValueError(), None)])
def test_an_interrupt_while_a_class_is_made_ends_the_run(
    monkeypatch: pytest.MonkeyPatch, cause: BaseException, status: int | None
) -> None:
    """Python up to 3.11 makes a `RuntimeError` of it in `__set_name__`, which dataclasses have."""

    class Interrupting:
        def __set_name__(self, owner: type, name: str) -> None:
            raise cause

    def run(arguments: object) -> int:
        type("Made", (), {"role": Interrupting()})
        return 0

    monkeypatch.setattr("huginn_cffi.cli.app.run", run)
    if status is not None:
        assert main([]) == status
        return
    with pytest.raises((RuntimeError, ValueError)):
        main([])


def test_an_interrupt_in_a_callback_is_not_lost() -> None:
    """Python passes on no exception of a callback of a weak reference, as the locks of imports have."""
    program = """
import os, signal, time, weakref
from huginn_cffi.base.interrupts import answered
class Lock: pass
lock = Lock()
watched = weakref.ref(lock, lambda _: os.kill(os.getpid(), signal.SIGINT) or time.sleep(0.01))
with answered(to_the_end=True) as interrupts:
    interrupts.allow()
    del lock
    time.sleep(600)
"""
    done = subprocess.run([HUGINN[0], "-c", program], capture_output=True, env=ENVIRONMENT, timeout=120)
    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 130)


class Stalling(BaseHTTPRequestHandler):
    """Sends the head of a capture, and then nothing until the test ends."""

    reached = threading.Event()
    over = threading.Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(pcap([]))
        self.wfile.flush()
        self.reached.set()
        self.over.wait(120)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_server_that_sends_no_more_is_not_waited_for(number: signal.Signals, status: int) -> None:
    pytest.importorskip("fsspec")
    pytest.importorskip("aiohttp")
    Stalling.reached.clear()
    Stalling.over.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Stalling) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            address = f"http://127.0.0.1:{server.server_port}/slow.pcap"
            with started("pcap", address, stdout=subprocess.PIPE) as running:
                assert Stalling.reached.wait(60)
                time.sleep(0.3)  # the core waits for the next packet
                running.send_signal(number)
                assert running.wait(30) == status
                assert running.stderr is not None
                assert running.stderr.read() == b""
        finally:
            Stalling.over.set()
            server.shutdown()

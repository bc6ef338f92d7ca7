"""The capture command and tcpdump, run beside the traffic."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import needs
from tests.support.network import inside

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 60
Event = dict[str, Any]


@dataclass(slots=True)
class Finished:
    """How a command ended."""

    status: int
    output: str
    errors: str

    @property
    def events(self) -> list[Event]:
        """The JSON lines it wrote."""
        return [json.loads(line) for line in self.output.splitlines()]

    def stat(self, title: str) -> str:
        """One line of the statistics."""
        lines = [line for line in self.errors.splitlines() if line.startswith(f"{title}:")]
        assert len(lines) == 1, self.errors
        return lines[0].partition(":")[2].strip()


def huginn(*words: str) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "huginn_cffi", *words]


def run(command: Sequence[str], **options: Any) -> Finished:
    """Run a command that ends by itself."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_S, **options)
    return Finished(done.returncode, done.stdout, done.stderr)


class CaptureProcess:
    """A running ``huginn capture``, listening already."""

    def __init__(
        self, namespace: str, words: Sequence[str], folder: Path, prepare: Callable[[], object] | None = None
    ) -> None:
        self._output, self._errors = folder / "capture.out", folder / "capture.err"
        self.errors_path = self._errors
        with self._output.open("w") as output, self._errors.open("w") as errors:
            self.process = subprocess.Popen(
                inside(namespace, huginn("capture", *words)),
                cwd=ROOT,
                stdout=output,
                stderr=errors,
                preexec_fn=prepare,
            )
        self.wait_for(lambda: "listening on" in self._errors.read_text(), "the capture to begin")

    def lines(self) -> list[str]:
        """Whole lines written so far."""
        return self._output.read_text().splitlines(keepends=False)

    def wait_for(self, condition: Callable[[], bool], what: str) -> float:
        """Wait until something holds, and return how long it took."""
        began = time.monotonic()
        while not condition():
            if time.monotonic() > began + TIMEOUT_S or self.process.poll() is not None:
                raise AssertionError(f"waited for {what} in vain: {self._errors.read_text()}")
            time.sleep(0.01)
        return time.monotonic() - began

    def stop(self, number: int = signal.SIGINT) -> Finished:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> Finished:
        """Wait for the end."""
        status = self.process.wait(TIMEOUT_S)
        return Finished(status, self._output.read_text(), self._errors.read_text())


@contextmanager
def capturing(
    namespace: str, *words: str, folder: Path, prepare: Callable[[], object] | None = None
) -> Iterator[CaptureProcess]:
    """A capture that is gone afterwards, whatever happened."""
    capture = CaptureProcess(namespace, words, folder, prepare)
    try:
        yield capture
    finally:
        capture.process.kill()
        capture.process.wait(TIMEOUT_S)


def wait_for_writer(process: subprocess.Popen[bytes]) -> None:
    """Wait until a thread of the process waits for room in a pipe."""
    began = time.monotonic()
    threads = Path(f"/proc/{process.pid}/task")
    while not any("pipe_write" in (one / "wchan").read_text() for one in threads.iterdir()):
        assert time.monotonic() < began + TIMEOUT_S
        time.sleep(0.01)


@contextmanager
def saving(namespace: str, interface: str, path: Path) -> Iterator[None]:
    """Save all packets of an interface with tcpdump; the file is complete afterwards."""
    options = ["-i", interface, "-w", str(path), "-U", "-s", "0", "--time-stamp-precision=nano"]
    command = inside(namespace, [needs.program("tcpdump", "tcpdump"), *options, "--immediate-mode"])
    errors = path.with_suffix(".err")
    with errors.open("wb") as file:
        process = subprocess.Popen(command, stderr=file, preexec_fn=_answer_interrupts)
    try:
        _wait_for_words(lambda: b"listening on" in errors.read_bytes(), errors)
        yield
        _wait_for_words(lambda: _has_written_all(process, errors), errors)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(TIMEOUT_S)


def _wait_for_words(condition: Callable[[], bool], errors: Path) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline, errors.read_bytes()
        time.sleep(0.01)


_COUNTS = re.compile(
    rb"(\d+) packets? captured, (\d+) packets? received by filter, (\d+) packets? dropped by kernel"
)


def _has_written_all(process: subprocess.Popen[bytes], errors: Path) -> bool:
    """By the counts that tcpdump prints when it is asked: each packet was written or dropped."""
    process.send_signal(signal.SIGUSR1)
    counts = [[int(count) for count in found] for found in _COUNTS.findall(errors.read_bytes())]
    return bool(counts) and counts[-1][1] == counts[-1][0] + counts[-1][2]


def _answer_interrupts() -> None:
    """It may have been inherited as ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)

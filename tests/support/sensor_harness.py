"""Runs the C harness ``frames.c``, which prints what the capture sources read."""

from __future__ import annotations

import subprocess
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS

SOURCES = (
    "base/buffer",
    "base/error",
    "source/capture_file",
    "source/packets",
    "source/pcap",
    "source/pcapng",
    "source/timescale",
    "source/window",
)
THREAD_SANITIZER = ("-fsanitize=thread",)
WRAPPED = "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=read"

OK, END = 0, 1
MEMORY, IO, FORMAT, TRUNCATED, ARGUMENT, UNSUPPORTED = -1, -2, -3, -4, -6, -7


@dataclass(frozen=True, slots=True)
class CapturedFrame:
    """One frame as it was read; ``adler32`` of its captured bytes."""

    time_ns: int
    captured: int
    wire: int
    linktype: int
    adler32: int


def frame(data: bytes, time_ns: int, linktype: int, wire: int | None = None) -> CapturedFrame:
    """The frame that ``data`` must be read as."""
    return CapturedFrame(
        time_ns, len(data), len(data) if wire is None else wire, linktype, zlib.adler32(data)
    )


@dataclass(slots=True)
class Reading:
    """All that was read from one input. ``peak_kib`` is the peak memory of the process so far."""

    frames: list[CapturedFrame] = field(default_factory=list)
    status: int = OK
    system: int = 0
    record: int = 0
    offset: int = 0
    peak_kib: int = 0
    message: str = ""

    @property
    def verdict(self) -> tuple[list[CapturedFrame], int, int, int, str]:
        """Everything that must not depend on how the input is read."""
        return self.frames, self.status, self.record, self.offset, self.message


@dataclass(frozen=True, slots=True)
class Harness:
    """The compiled harness."""

    program: Path
    folder: Path

    def read(self, capture: bytes, mode: str = "memory", capacity: int = 64) -> Reading:
        """What the sources read from ``capture``; ``mode`` is one that `frames.c` tells of."""
        if mode.startswith("pipe"):
            return parse(self.run(mode, capacity, ["-"], capture))[0]
        path = self.folder / "capture"
        path.write_bytes(capture)
        return parse(self.run(mode, capacity, [path]))[0]

    def read_files(self, paths: Sequence[Path], mode: str = "file", capacity: int = 64) -> list[Reading]:
        """What the sources read from each file, one process for all."""
        return parse(self.run(mode, capacity, paths))

    def run(self, mode: str, capacity: int, paths: Sequence[Path | str], stdin: bytes = b"") -> str:
        """The harness's output; a sanitizer's report or a broken contract fails the test."""
        command = [str(self.program), mode, str(capacity), *map(str, paths)]
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        assert done.stderr == b""
        return done.stdout.decode()


def parse(output: str) -> list[Reading]:
    """The readings that the harness printed."""
    readings: list[Reading] = []
    for line in output.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "file":
            readings.append(Reading())
        elif kind == "frame":
            readings[-1].frames.append(CapturedFrame(*map(int, rest.split())))
        elif kind == "end":
            last = readings[-1]
            *numbers, last.message = rest.split(" ", 5)
            last.status, last.system, last.record, last.offset, last.peak_kib = map(int, numbers)
    return readings


def is_built_with(flags: Sequence[str], folder: Path) -> bool:
    """Whether a program with these flags can be built, and runs."""
    source = folder / "nothing.c"
    source.write_text("int main(void) { return 0; }\n")
    try:
        program = builds.program(folder / "nothing", [source], flags)
    except subprocess.CalledProcessError:
        return False
    return subprocess.run([program], capture_output=True).returncode == 0


def build(folder: Path, *, window: int | None = None, sanitizers: Sequence[str] = SANITIZERS) -> Harness:
    """Compiles the harness with read windows of ``window`` bytes."""
    flags = [*builds.FLAGS, "-pthread", *sanitizers, *([f"-DHG_WINDOW_BYTES={window}u"] if window else [])]
    builds.write_headers(folder)
    files = [Path(__file__).parents[1] / "capture" / "frames.c", *sources(*SOURCES)]
    return Harness(builds.program(folder / "frames", files, flags, [WRAPPED]), folder)

"""Build core and C program for other processors and run them.

    python -m tools.release.cross [CAPTURE ...]

Every warning is an error. The program runs under qemu-user or wine, and must print what it prints here.
Neither has libcrypto, so both count QUIC as not decrypted. Needs, from Debian: qemu-user-static,
gcc-aarch64-linux-gnu, gcc-arm-linux-gnueabihf, gcc-riscv64-linux-gnu and gcc-s390x-linux-gnu, each with
its libc6-dev-*-cross; for Windows gcc-mingw-w64-x86-64, wine and wine64.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support import builds
from tools.build_steps.c_headers import write_headers

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "c" / "events.c"
SAMPLE = ROOT / "examples" / "sample.pcap"
CORPUS = ROOT.parent / "shared" / "corpus"
LARGEST = 300_000
"""Limit of a capture in bytes; larger ones take long under emulation."""
FLAGS = ("-std=c11", "-O1", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-D_FILE_OFFSET_BITS=64")


class CrossTarget(NamedTuple):
    """The names of the programs that build for another system and run the result."""

    compiler: str
    runner: str
    left_out: tuple[str, ...] = ()

    def found(self) -> tuple[str | None, str | None]:
        """The paths of compiler and runner; None if not installed."""
        return shutil.which(self.compiler), shutil.which(self.runner)


TARGETS = {
    "aarch64": CrossTarget("aarch64-linux-gnu-gcc", "qemu-aarch64-static"),
    "arm": CrossTarget("arm-linux-gnueabihf-gcc", "qemu-arm-static"),
    "riscv64": CrossTarget("riscv64-linux-gnu-gcc", "qemu-riscv64-static"),
    "s390x": CrossTarget("s390x-linux-gnu-gcc", "qemu-s390x-static"),
    "windows": CrossTarget("x86_64-w64-mingw32-gcc", "wine", left_out=("source/live.c", "api/")),
}


def build(compiler: str, folder: Path, left_out: tuple[str, ...] = ()) -> Path:
    """The C program with the core, statically linked."""
    folder.mkdir()
    write_headers(folder)
    core = ((path.relative_to(ROOT / "csrc").as_posix(), path) for path in (ROOT / "csrc").rglob("*.c"))
    sources = [*sorted(path for name, path in core if not name.startswith(left_out)), EXAMPLE]
    # Windows asks for the suffix, others do not mind.
    return builds.program(folder / "events.exe", sources, FLAGS, ("-static", "-pthread"), compiler)


def different(program: Path, other: list[str | Path], captures: Iterable[Path]) -> Iterator[Path]:
    """The captures for which `other` and `program` print different results."""
    printed(other, SAMPLE)  # the first start of wine prints that it makes its configuration
    for capture in captures:
        if printed([program], capture) != printed(other, capture):
            yield capture


def printed(command: list[str | Path], capture: Path) -> tuple[int, bytes, bytes]:
    """Status, records and messages, with this system's line ends."""
    quiet = {**os.environ, "WINEDEBUG": "-all"}
    done = subprocess.run([*command, capture], capture_output=True, check=False, env=quiet)
    return done.returncode, done.stdout.replace(b"\r\n", b"\n"), done.stderr.replace(b"\r\n", b"\n")


def captures_to_try() -> list[Path]:
    """The sample, and the captures beside the project if they exist."""
    found = sorted(CORPUS.glob("*.*cap*"))
    return [SAMPLE, *(path for path in found if path.stat().st_size <= LARGEST)]


def main(arguments: list[str]) -> int:
    """Print a line per target; the status is 1 if any output differs."""
    captures = [Path(name) for name in arguments] or captures_to_try()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        native = build("cc", Path(folder) / "native")
        for name, target in TARGETS.items():
            compiler, runner = target.found()
            if compiler is None:
                print(f"{name}: {target.compiler} is not installed")
                continue
            program = build(compiler, Path(folder) / name, target.left_out)
            size = f"{program.stat().st_size / 1e6:.1f} MB"
            if runner is None:
                print(f"{name}: built ({size}), not run: {target.runner} is not installed")
                continue
            wrong = list(different(native, [runner, program], captures))
            print(f"{name}: {len(captures) - len(wrong)} of {len(captures)} captures equal, {size}")
            print(*(f"  differs: {path}" for path in wrong), sep="\n", end="\n" if wrong else "")
            failed |= bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Build core and C program for other processors and run them: ``python -m tools.cross [CAPTURE ...]``.

Every warning is an error. The program runs under qemu-user, and must print what it prints here. Neither
has libcrypto, so that QUIC is counted as not decrypted alike. Needs, from Debian: qemu-user-static,
gcc-aarch64-linux-gnu, gcc-arm-linux-gnueabihf, gcc-riscv64-linux-gnu and gcc-s390x-linux-gnu, each with
its libc6-dev-*-cross.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sigcompiler.headers import write_headers

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "c" / "events.c"
SAMPLE = ROOT / "examples" / "sample.pcap"
CORPUS = ROOT.parent / "shared" / "corpus"
LARGEST = 300_000
"""Bytes of a capture; larger ones take long under emulation."""
FLAGS = ("-std=c11", "-O1", "-Wall", "-Wextra", "-Wconversion", "-Werror")

TARGETS = {
    "aarch64": "aarch64-linux-gnu",
    "arm": "arm-linux-gnueabihf",
    "riscv64": "riscv64-linux-gnu",
    "s390x": "s390x-linux-gnu",
}
"""Processors by qemu's name, and what the names of their compilers begin with."""


def emulator(processor: str) -> str | None:
    """The program that runs those of another processor."""
    return shutil.which(f"qemu-{processor}-static") or shutil.which(f"qemu-{processor}")


def build(compiler: str, folder: Path) -> Path:
    """The C program with the core in it, needing no libraries."""
    folder.mkdir()
    write_headers(folder)
    program = folder / "events"
    objects = [folder / f"{number}.o" for number, _ in enumerate(sources())]
    for source, made in zip(sources(), objects, strict=True):
        include = ("-I", ROOT / "csrc", "-I", folder)
        subprocess.run([compiler, *FLAGS, *include, "-c", source, "-o", made], check=True)
    subprocess.run([compiler, "-static", "-pthread", *objects, "-o", program], check=True)
    return program


def sources() -> list[Path]:
    """All of C that the program is made of."""
    return [*sorted((ROOT / "csrc").rglob("*.c")), EXAMPLE]


def different(program: Path, other: list[str | Path], captures: Iterable[Path]) -> Iterator[Path]:
    """The captures of which `other` does not print what `program` prints."""
    for capture in captures:
        if printed([program], capture) != printed(other, capture):
            yield capture


def printed(command: list[str | Path], capture: Path) -> tuple[int, bytes, bytes]:
    """Status, records and messages."""
    done = subprocess.run([*command, capture], capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def captures_to_try() -> list[Path]:
    """The sample, and the captures beside the project where they are."""
    found = sorted(CORPUS.glob("*.*cap*"))
    return [SAMPLE, *(path for path in found if path.stat().st_size <= LARGEST)]


def main(arguments: list[str]) -> int:
    """Print a line a processor; the status is 1 if one of them prints something else."""
    captures = [Path(name) for name in arguments] or captures_to_try()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        native = build("cc", Path(folder) / "native")
        for processor, prefix in TARGETS.items():
            compiler, runner = shutil.which(f"{prefix}-gcc"), emulator(processor)
            if compiler is None:
                print(f"{processor}: {prefix}-gcc is not installed")
                continue
            program = build(compiler, Path(folder) / processor)
            size = f"{program.stat().st_size / 1e6:.1f} MB"
            if runner is None:
                print(f"{processor}: built ({size}), not run: qemu-{processor} is not installed")
                continue
            wrong = list(different(native, [runner, program], captures))
            print(f"{processor}: {len(captures) - len(wrong)} of {len(captures)} captures equal, {size}")
            print(*(f"  differs: {path}" for path in wrong), sep="\n", end="\n" if wrong else "")
            failed |= bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

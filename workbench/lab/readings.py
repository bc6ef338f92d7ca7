"""Checks that captures give the same rows and counters however they are read.

    python -m workbench.lab.readings FOLDER [--most 350]

Each capture is read with all options by one, two and three workers, compressed, from a pipe and, where
Wireshark's editcap is installed, as pcapng.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import huginn_cffi as hg

ALL = {
    "protocols": hg.PROTOCOLS,
    "http": "all",
    **dict.fromkeys(("http_paths", "http_values", "host_names", "changes", "findings"), True),
    **dict.fromkeys(("segments", "senders", "left_out", "device_news"), True),
}
SUFFIXES = {".pcap", ".pcapng", ".cap"}
PIECE = 997
"""Bytes that a pipe gets at once, so that frames are torn."""

Reading = tuple[list[str], list[bytes], object]


def read(source: object, workers: int = 1) -> Reading:
    """Errors, rows and counters."""
    analyzer = hg.Analyzer(**ALL)  # type: ignore[arg-type]
    errors: list[str] = []
    rows: list[bytes] = []
    try:
        batches = analyzer.batches(
            source,  # type: ignore[arg-type]
            workers=workers,
            on_error=lambda one: errors.append(type(one).__name__),
        )
        for batch in batches:
            rows += batch.render("json").splitlines()
    except hg.HuginnError as error:
        errors.append(type(error).__name__)
    return errors, rows, analyzer.stats


@contextmanager
def piped(data: bytes) -> Iterator[BinaryIO]:
    """A pipe with the data, which come in small pieces."""
    out, into = os.pipe()

    def feed() -> None:
        with os.fdopen(into, "wb", buffering=0) as pipe:
            try:
                for at in range(0, len(data), PIECE):
                    pipe.write(data[at : at + PIECE])
            except BrokenPipeError:
                pass

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        with os.fdopen(out, "rb") as source:
            yield source
    finally:
        thread.join()


def readings(path: Path, folder: Path) -> Iterator[tuple[str, Reading]]:
    """The other ways to read a capture."""
    for workers in (2, 3):
        yield f"{workers} workers", read(path, workers)
    packed = folder / "capture.gz"
    packed.write_bytes(gzip.compress(path.read_bytes(), 1))
    yield "gz", read(packed)
    with piped(path.read_bytes()) as source:
        yield "pipe", read(source)
    other = folder / "capture.pcapng"
    if (
        shutil.which("editcap")
        and not subprocess.run(["editcap", "-F", "pcapng", path, other], check=False).returncode
    ):
        errors, rows, _ = read(other)
        yield "pcapng", (errors, rows, None)


def differences(path: Path, folder: Path) -> Iterator[str]:
    """What differs from reading with one worker."""
    one = read(path)
    for name, other in readings(path, folder):
        for part, here, there in zip(("errors", "rows", "counters"), one, other, strict=True):
            if here != there and there is not None:
                yield f"{path}: {name}: other {part}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=350, help="captures, evenly chosen [default: 350]")
    wanted = parser.parse_args()
    paths = sorted(path for path in wanted.folder.rglob("*") if path.suffix in SUFFIXES)
    chosen = paths[:: max(1, len(paths) // wanted.most)][: wanted.most]
    with tempfile.TemporaryDirectory() as folder:
        found = [line for path in chosen for line in differences(path, Path(folder))]
    print(*found, f"{len(chosen)} captures, {len(found)} differences", sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())

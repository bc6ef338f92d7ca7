"""Inputs that are kept with the tests: former findings, and inputs that reach rare places.

There is one text file per target, with one hexadecimal input per line; a ``#`` begins its description. All
inputs come from the project's own seeds through the fuzzer: ``python -m tools.fuzz.regressions`` selects the
fewest inputs in a folder of `run.py` that reach the same edges as all of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.fuzz.targets import TARGETS

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "regressions"

LONGEST = {
    "database": 4200,
    "hosts": 900,
    "memory": 512,
    "pcapng": 384,
    "render": 640,
    "systems": 480,
}
USUAL_LONGEST = 256
"""Limit of the bytes of kept inputs; shorter inputs alone do not reach enough edges."""


def inputs(target: str) -> Iterator[bytes]:
    path = FOLDER / f"{target}.txt"
    lines = path.read_text("ascii").splitlines() if path.is_file() else []
    for line in lines:
        digits = line.partition("#")[0].strip()
        if digits:
            yield bytes.fromhex(digits)


def write(target: str, folder: Path) -> list[Path]:
    """Write them into `folder`, one file each, numbered in order."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("regression-*"):
        old.unlink()
    paths = []
    for number, data in enumerate(inputs(target)):
        paths.append(folder / f"regression-{number:04}")
        paths[-1].write_bytes(data)
    return paths


def _kept_by_hand(target: str) -> list[str]:
    """The lines with a description."""
    path = FOLDER / f"{target}.txt"
    return [line for line in path.read_text("ascii").splitlines() if "#" in line] if path.is_file() else []


def collect(folder: Path, target: str) -> int:
    """Keep the fewest inputs of `folder` that reach the edges of all short inputs; returns their number."""
    merged = folder / f"{target}.merged"
    merged.mkdir(exist_ok=True)
    for old in merged.iterdir():
        old.unlink()
    limit = min(LONGEST.get(target, USUAL_LONGEST), TARGETS[target].longest)
    command = [folder / target, "-merge=1", f"-max_len={limit}", merged]
    command += [folder / f"{target}.corpus", folder / f"{target}.seeds"]
    subprocess.run(command, check=True, capture_output=True)
    found = sorted({one.read_bytes() for one in merged.iterdir()}, key=lambda data: (len(data), data))
    lines = [*_kept_by_hand(target), *(data.hex() for data in found if data)]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{target}.txt").write_text("\n".join(lines) + "\n", "ascii")
    return len(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Keep inputs that fuzzing found as regressions.")
    parser.add_argument("folder", type=Path, help="what run.py had as --folder")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="of those it ran (all)")
    given = parser.parse_args(arguments)
    for target in given.targets or TARGETS:
        print(f"{target:10}{collect(given.folder.resolve(), target):>6} inputs")
    return 0


if __name__ == "__main__":
    sys.exit(main())

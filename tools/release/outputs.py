"""What the package writes about the corpus, so that two versions of it can be compared.

    python -m tools.release.outputs write FOLDER             all text formats of each capture, by this version
    python -m tools.release.outputs compare OLD NEW flow     differences, but for keys that are new

`write` takes the package of the checkout that it is run in (PYTHONPATH names another).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

FORMATS = ("text", "json", "p0f", "eve", "ecs")
OBJECTS = ("json", "eve", "ecs")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def write(folder: Path, captures: list[Path]) -> None:
    """Write ``FOLDER/FORMAT/CAPTURE`` for each."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    for name in FORMATS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(partial(_write_one, folder), captures, chunksize=8):
            pass


def _write_one(folder: Path, capture: Path) -> None:
    from huginn_cffi import Analyzer, CaptureError

    with Analyzer() as analyzer:
        parts: dict[str, list[bytes]] = {name: [] for name in FORMATS}
        try:
            for batch in analyzer.batches(capture):
                for name in FORMATS:
                    parts[name].append(batch.render(name))
        except CaptureError as error:
            parts["text"].append(f"{error}\n".encode())
        parts["text"].append(f"{analyzer.stats!r}\n".encode())
    for name in FORMATS:
        (folder / name / capture.name).write_bytes(b"".join(parts[name]))


def differences(old: Path, new: Path, new_keys: frozenset[str]) -> Iterator[str]:
    """A line for each file that is not as before."""
    for before in sorted(old.glob("*/*")):
        after = new / before.relative_to(old)
        if not after.is_file():
            yield f"{after}: missing"
            continue
        was, now = before.read_bytes(), after.read_bytes()
        if before.parent.name in OBJECTS:
            now = b"".join(_without(line, new_keys) for line in now.splitlines())
            was = b"".join(_without(line, frozenset()) for line in was.splitlines())
        if was != now:
            yield f"{after}: differs"


def _without(line: bytes, keys: frozenset[str]) -> bytes:
    """The object without these keys, which may stand in the objects that it holds."""

    def kept(pairs: list[tuple[str, object]]) -> dict[str, object]:
        return {key: value for key, value in pairs if key not in keys}

    return json.dumps(json.loads(line, object_pairs_hook=kept)).encode() + b"\n"


def main() -> int:
    """Write, or compare: exit status 1 when something differs."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--corpus", type=Path, default=CORPUS)
    comparing = commands.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("keys", nargs="*")
    given = parser.parse_args()
    if given.command == "write":
        write(given.folder, sorted(path for path in given.corpus.iterdir() if path.is_file()))
        return 0
    found = list(differences(given.old, given.new, frozenset(given.keys)))
    print(*found, sep="\n")
    print(f"{len(found)} files differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

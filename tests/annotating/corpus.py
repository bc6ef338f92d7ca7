"""Captures of the corpus annotated: the same events, the same blocks, and read by tshark and capinfos.

``PYTHONPATH=.:tests python -m annotating.corpus [--every N]`` goes through all (or each N-th) of them and
prints what differs.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi.applications.annotating import annotate
from tests.annotating.blocks import SECTION, blocks_of, comments, differences
from tests.reference.capture import CaptureDamageError, ReferenceFrame, read_capture
from tests.support.sanitizers import OF_OTHERS

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def captures(folder: Path) -> list[Path]:
    """All captures of the corpus."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".pcap", ".pcapng", ".cap"))


def annotated(path: Path) -> tuple[bytes, list[str]]:
    """The copy, and what was said of the capture."""
    errors: list[str] = []
    out = io.BytesIO()
    annotate(hg.Analyzer(), path, out, on_error=lambda error: errors.append(str(error)))
    return out.getvalue(), errors


def events(source: Path | bytes, *, timed: bool = True) -> list[dict[str, object]]:
    """All events, without the name of the capture."""
    left_out = {"capture"} if timed else {"capture", "time"}
    found = hg.Analyzer().batches(source, on_error=lambda error: None)
    records = [json.loads(line) for batch in found for line in batch.render("json").splitlines()]
    return [{key: value for key, value in record.items() if key not in left_out} for record in records]


def frames(data: bytes) -> list[ReferenceFrame]:
    """What the reference reads of it."""
    found: list[ReferenceFrame] = []
    with suppress(CaptureDamageError):
        found.extend(read_capture(data))
    return found


def trouble(path: Path, *, programs: bool) -> list[str]:
    """What is wrong with the copy of a capture."""
    copy, errors = annotated(path)
    if not copy:
        return [] if errors else ["nothing was written"]
    original = path.read_bytes()
    timed = not any(frame.odd_time for frame in frames(original))
    found = ["other events"] * (events(copy, timed=timed) != events(path, timed=timed))
    if original[:4] == b"\x0a\x0d\x0d\x0a":
        found += differences(original, copy)
    else:
        found += _other_frames(original, copy)
    return found + (_by_programs(path, copy) if programs else [])


def _other_frames(original: bytes, copy: bytes) -> list[str]:
    """Of pcap: each packet with its bytes, lengths, link type and time."""
    odd = {frame.number for frame in frames(original) if frame.odd_time}
    before, after = ([_plain(one, odd) for one in frames(data)] for data in (original, copy))
    kinds = [block.kind for block in blocks_of(copy)]
    found = [] if kinds[:2] == [SECTION, 1] else ["no section and interface at the beginning"]
    return found + ["other packets"] * (before != after)


def _plain(frame: ReferenceFrame, odd: set[int]) -> tuple[object, ...]:
    """What must be kept; a fraction of a second that is a second or more has no place in pcapng."""
    time_ns = 0 if frame.number in odd else frame.time_ns
    return frame.number, time_ns, frame.linktype, frame.data, frame.wire_length


def _by_programs(path: Path, copy: bytes) -> list[str]:
    """What tshark and capinfos say of the copy, where they can read the capture."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "copy.pcapng"
        place.write_bytes(copy)
        if _packets(path) is None:
            return []
        found = ["capinfos counts otherwise"] * (_packets(path) != _packets(place))
        seen = _comments(place)
        wanted = [one for block in blocks_of(copy) if (one := comments(block))]
        return found + ["tshark shows other comments"] * (seen != wanted)


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, env=OF_OTHERS, timeout=120)


def _packets(path: Path) -> str | None:
    done = _run("capinfos", "-T", "-r", "-m", "-c", path)
    return None if done.returncode else done.stdout.strip().rpartition(",")[2]


def _comments(path: Path) -> list[list[str]]:
    command = ("tshark", "-n", "-r", path, "-Y", "frame.comment", "-T", "fields", "-e", "frame.comment")
    done = _run(*command, "-E", "aggregator=/s")
    if done.returncode:
        return [[done.stderr]]
    return [_split(line) for line in done.stdout.splitlines()]


def _split(line: str) -> list[str]:
    """The comments of a line, of which ours begin alike."""
    first, *others = line.split(" huginn ")
    return [first, *(f"huginn {other}" for other in others)]


def main() -> int:
    """Go through the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    chosen = captures(CORPUS)[:: parser.parse_args().every]
    programs = all(map(shutil.which, ("tshark", "capinfos")))
    wrong = {path.name: found for path in chosen if (found := trouble(path, programs=programs))}
    for name, found in wrong.items():
        print(name, "; ".join(found))
    print(f"{len(chosen)} captures, {len(wrong)} wrong{'' if programs else ', without tshark'}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

"""Analyses captures that were damaged on purpose, and says how each run ended.

    python -m tools.fuzz.damage ../shared/corpus --mutations 1000
    python -m tools.fuzz.damage FILE --only 123      one mutation of one capture again

Every mutation is settled by the seed, the capture's name and the mutation's number. Each run is
judged: whatever stands before the first changed byte must have given what it gives in the whole
capture, an error must name the place, the counters must add up, and it must take less than a
second. Captures are worked on in their own processes, so that a crash is one finding more.
It ends with 1 when there are findings.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from huginn_cffi import Analyzer, CaptureError
from tools.fuzz import mutants
from tools.fuzz.mutants import FindingError, Tally, runs_in_processes
from tools.fuzz.mutations import MUTATIONS, CaptureLayout, first_difference, layout, lengthened

LARGEST = 50_000
"""Captures from this size on are left alone."""

SHRINKING = "file that shrinks"
KINDS = (*MUTATIONS, SHRINKING)
SHRINKING_EVERY = 50
"""One mutation in so many: these need large files."""

SHRINKING_BYTES = 5 << 18
"""More than is read at once, so that the end is cut off before it is reached."""

READ, ENDED, REFUSED = "read to its end", "ended with one error", "refused"
VERDICTS = (READ, ENDED, REFUSED)

MOST_SECONDS = 1.0
HANG_SECONDS = 20

PLACE = re.compile(r"record (\d+), byte offset (\d+)")


@dataclass(frozen=True)
class AnalysisRun:
    """One analysis: its JSON lines without the capture's name, and how it ended."""

    output: bytes
    verdict: str
    error: CaptureError | None
    packets: int


class Truncating:
    """A `cancel` that is never set, and cuts a file when it is asked for the `when`-th time."""

    def __init__(self, path: Path, when: int, length: int) -> None:
        self._path, self._left, self._length = path, when, length

    def is_set(self) -> bool:
        self._left -= 1
        if self._left == 0:
            os.truncate(self._path, self._length)
        return False


def analyse(source: bytes | Path, workers: int = 1, cancel: Truncating | None = None) -> AnalysisRun:
    """Analyse `source` to its end or to its error."""
    analyzer, lines, error = Analyzer(changes=True), [], None
    try:
        for batch in analyzer.batches(source, workers=workers, cancel=cancel):
            lines.append(batch.render("json"))
    except CaptureError as caught:
        error = caught
    stats = analyzer.stats
    if stats.packets != stats.analysed + sum(stats.drops.values()):
        raise FindingError("the counters do not add up")
    verdict = READ if error is None else REFUSED if error.refused else ENDED
    return AnalysisRun(b"".join(lines), verdict, error, stats.packets)


def kind_of(number: int) -> str:
    """What the mutation with this number does."""
    return SHRINKING if number % SHRINKING_EVERY == 0 else KINDS[number % len(MUTATIONS)]


class CaptureSubject:
    """A capture, what it gives when it is whole, and its mutations."""

    def __init__(self, name: str, data: bytes, seed: int, folder: Path) -> None:
        self.name, self._data, self._seed, self._folder = name, data, seed, folder
        self.layout = layout(data) or CaptureLayout("<", True, [])
        self._whole = analyse(data)
        self._long: tuple[bytes, CaptureLayout, AnalysisRun] | None = None

    def _random(self, number: int) -> Random:
        return Random(f"{self._seed}/{self.name}/{number}")

    def mutant(self, number: int) -> bytes:
        """The capture with this mutation, which is none of a file that shrinks."""
        return MUTATIONS[kind_of(number)](self._random(number), self._data, self.layout)

    def run(self, number: int) -> str:
        """Analyse a mutation and judge it."""
        if kind_of(number) == SHRINKING:
            return self._run_shrinking(number)
        data = self.mutant(number)
        found = analyse(data, workers=2 if number % 64 == 1 else 1)
        self.judge(data, found)
        return found.verdict

    def judge(self, data: bytes, found: AnalysisRun) -> None:
        """Compare the run over `data` with the one over the whole capture."""
        first = first_difference(self._data, data)
        packets = self.layout.packets_before(first)
        _check(found, self.expected(packets), packets, len(data))
        if found.error is not None and found.error.offset < self.layout.start_before(first) and self._sound:
            raise FindingError(f"the error is placed before the damage at byte {first}: {found.error}")

    @property
    def _sound(self) -> bool:
        return self._whole.verdict == READ

    def expected(self, packets: int) -> bytes:
        """The lines that the first `packets` packets give."""
        return _lines_up_to(self._whole.output, packets)

    def _run_shrinking(self, number: int) -> str:
        random = self._random(number)
        if self._long is None:
            data = lengthened(self._data, self.layout, SHRINKING_BYTES)
            self._long = (data, layout(data) or self.layout, analyse(data))
        data, where, whole = self._long
        path = self._folder / "shrinking"
        path.write_bytes(data)
        length = random.randrange(len(data))
        found = analyse(path, cancel=Truncating(path, random.choice((1, 2, 3, 4)), length))
        packets = where.packets_before(length)
        _check(found, _lines_up_to(whole.output, packets), packets, len(data))
        return found.verdict


def _lines_up_to(output: bytes, packets: int) -> bytes:
    """The JSON lines of the packets up to this number."""
    kept = []
    for line in output.splitlines(keepends=True):
        _, _, number = line.partition(b'"packet_number":')
        if int(number.partition(b",")[0]) > packets:
            break
        kept.append(line)
    return b"".join(kept)


def _check(found: AnalysisRun, expected: bytes, packets: int, length: int) -> None:
    """`FindingError` unless the run has the results before the damage and an error with its place."""
    if not found.output.startswith(expected):
        raise FindingError(f"the results of the first {packets} packets are not those of the whole capture")
    if found.packets < packets:
        raise FindingError(f"{found.packets} packets were read, {packets} are sound")
    if found.error is None:
        return
    if found.verdict == REFUSED:
        if packets:
            raise FindingError(f"refused although {packets} packets are sound: {found.error}")
        return
    check_place(str(found.error), found, length)


def check_place(message: str, found: AnalysisRun, length: int) -> None:
    """`FindingError` unless the message is one line with the error's record and byte offset."""
    assert found.error is not None
    place = PLACE.search(message)
    if place is None or not message.isprintable():
        raise FindingError(f"the error has no place, or more than one line: {message!r}")
    record, offset = map(int, place.groups())
    if (record, offset) != (found.error.record, found.error.offset):
        raise FindingError(f"the message has another place than the error: {message}")
    if record != found.packets + 1 or offset > length:
        raise FindingError(f"{found.packets} packets of {length} bytes were read: {message}")


def captures(paths: Sequence[Path]) -> list[Path]:
    """The captures among `paths` and in their folders, without those that are too large."""
    files = [item for path in paths for item in (sorted(path.iterdir()) if path.is_dir() else [path])]
    small = (item for item in files if item.is_file() and item.stat().st_size < LARGEST)
    return [item for item in small if layout(item.read_bytes()) is not None]


def main() -> int:
    parser = mutants.parser(__doc__)
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="captures, or folders of them")
    wanted = parser.parse_args()
    numbers, files, total = mutants.chosen(wanted), captures(wanted.paths), Tally()
    for number, path in enumerate(files, 1):

        def make(folder: Path, path: Path = path) -> CaptureSubject:
            return CaptureSubject(path.name, path.read_bytes(), wanted.seed, folder)

        total.add(runs_in_processes(make, numbers, HANG_SECONDS), kind_of, path.name, MOST_SECONDS)
        if sys.stderr.isatty():
            print(f"\r{number} of {len(files)}", end="", file=sys.stderr)
    print(f"{len(files)} captures, {len(numbers)} mutations each, seed {wanted.seed}")
    return total.show(KINDS, VERDICTS)


if __name__ == "__main__":
    sys.exit(main())

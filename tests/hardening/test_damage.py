"""Damaged captures: a small sample of what `damage` runs for hours, and that it is not blind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from huginn_cffi import CaptureError
from tests.support import captures
from tests.support.in_process import run_in_process
from tests.support.sample import sample
from tests.support.traffic import random_stream
from tools.fuzz.damage import (
    ENDED,
    KINDS,
    MUTATIONS,
    READ,
    REFUSED,
    AnalysisRun,
    CaptureSubject,
    analyse,
    check_place,
    kind_of,
    layout,
)
from tools.fuzz.damage import captures as corpus_captures
from tools.fuzz.mutants import FindingError, Tally, runs

BEGIN = captures.section() + captures.interface(1)
OWN = 24
"""Generated captures, pcap of every flavour and pcapng."""


def as_pcapng(capture: bytes) -> bytes:
    """The packets of a little-endian Ethernet pcap as enhanced blocks of a pcapng."""
    found = layout(capture)
    assert found is not None
    packets = [capture[item.start + 16 : item.end] for item in found.records]
    return BEGIN + b"".join(captures.enhanced(data, number) for number, data in enumerate(packets))


def generated() -> Iterator[bytes]:
    """The sample in both formats, and captures of random traffic."""
    yield sample()
    yield as_pcapng(sample())
    random = Random("damage")
    for number in range(OWN):
        linktype = random.choice((1, 1, 101, 113, 276))
        packets = random_stream(random, linktype, random.randrange(2, 30))
        if number % 2:
            nanoseconds, modified = random.choice(((False, False), (True, False), (False, True)))
            yield captures.pcap(
                packets, linktype, order=random.choice("<>"), nanoseconds=nanoseconds, modified=modified
            )
        else:
            yield mixed_blocks(random, packets, linktype, random.choice("<>"))


def mixed_blocks(
    random: Random, packets: list[tuple[int, bytes]], linktype: int, order: captures.Order
) -> bytes:
    """A pcapng with packet blocks of all kinds, and others between them."""
    blocks = [captures.section(order), captures.interface(linktype, tsresol=9, order=order)]
    for when, data in packets:
        blocks.append(
            random.choice(
                (
                    captures.enhanced(data, when, order=order),
                    captures.obsolete(data, when, order=order),
                    captures.simple(data, order=order),
                    captures.block(4, data, order),
                )
            )
        )
    return b"".join(blocks)


def test_generated_captures(tmp_path: Path) -> None:
    total = Tally()
    for number, data in enumerate(generated()):
        subject = CaptureSubject(f"{number}.pcap", data, 1, tmp_path)
        total.add(runs(subject.run, range(1, 51)), kind_of)
    assert total.findings == []
    assert {outcome for _, outcome in total.outcomes} == {READ, ENDED, REFUSED}
    assert {kind for kind, _ in total.outcomes} == set(KINDS)


def test_captures_of_the_corpus(corpus: Path, tmp_path: Path) -> None:
    total = Tally()
    for path in corpus_captures([corpus])[::24]:
        subject = CaptureSubject(path.name, path.read_bytes(), 2, tmp_path)
        total.add(runs(subject.run, range(1, 30)), kind_of)
    assert total.findings == []
    assert total.outcomes.total() > 1000


@pytest.mark.parametrize("kind", MUTATIONS)
def test_mutations_are_settled_by_their_number(kind: str) -> None:
    data = sample()
    found = layout(data)
    assert found is not None
    made = [MUTATIONS[kind](Random(number), data, found) for number in (1, 1, 2, 3, 4)]
    assert made[0] == made[1]
    assert len({data, *made}) >= 3


def judge(folder: Path, found: AnalysisRun) -> None:
    """Judge a run over the sample without its last byte."""
    CaptureSubject("sample", sample(), 1, folder).judge(sample()[:-1], found)


def test_the_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    sound = analyse(sample()[:-1])
    judge(tmp_path, sound)
    error = sound.error
    assert (sound.outcome, sound.packets) == (ENDED, 25)
    assert error is not None
    lines = sound.output.splitlines(keepends=True)
    early = CaptureError("damaged at record 24, byte offset 24: it is", record=24, offset=24)
    for wrong in (
        replace(sound, output=b"".join(lines[1:])),
        replace(sound, output=b"".join(lines[:-2])),
        replace(sound, packets=22),
        replace(sound, outcome=REFUSED),
        replace(sound, error=CaptureError("truncated", record=24, offset=error.offset)),
        replace(sound, error=CaptureError(f"{error}\n", record=24, offset=error.offset)),
        replace(sound, error=CaptureError(str(error), record=23, offset=error.offset)),
        replace(sound, error=early),
    ):
        with pytest.raises(FindingError):
            judge(tmp_path, wrong)


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
def test_command_line(tmp_path: Path, form: str) -> None:
    """Exit status, the place on standard error, and everything before it on standard output."""
    whole = sample() if form == "pcap" else as_pcapng(sample())
    subject = CaptureSubject(form, whole, 3, tmp_path)
    mutants = {number: subject.mutant(number) for number in range(1, 15)}
    for number, data in mutants.items():
        (tmp_path / f"{number}.pcap").write_bytes(data)
    seen = set()
    for number, data in mutants.items():
        wanted = analyse(data)
        done = run_in_process("pcap", "--format", "json", f"{number}.pcap", cwd=tmp_path)
        said = done.stderr.decode()
        assert done.stdout == wanted.output
        assert done.returncode == {READ: 0, ENDED: 1, REFUSED: 2}[wanted.outcome]
        assert said.count("\n") == (wanted.outcome != READ)
        if wanted.outcome == ENDED:
            assert said.startswith(f"huginn: {number}.pcap: ")
            check_place(said.rstrip("\n"), wanted, len(data))
        seen.add(wanted.outcome)
    assert seen >= {READ, ENDED}

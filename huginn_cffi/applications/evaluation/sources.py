"""Leave one source out: no capture is named by a signature that only its own maker's captures support.

A source is what the name of a capture begins with. A signature is left out for a source when
its provenance names captures and nothing else (no other database, no system's source, no
measurement, no rule), and when no labelled host of another source bears it out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from huginn_cffi.analysis.analyzer import OnError
from huginn_cffi.applications.evaluation.answers import Answered, Signals, answers
from huginn_cffi.applications.evaluation.judging import judge
from huginn_cffi.applications.evaluation.labels import LabelledPacket
from huginn_cffi.database.compiling import compile_image
from huginn_cffi.database.database import Database
from sigcompiler.model import SignatureFile

INDEPENDENT = re.compile(
    r"\b(p0f|nDPI|pf\.os|measured|source|sources|kernel|history|rule|order|defaults?|documentation"
    r"|settings|arithmetic)\b"
)
"""Words of a provenance that name something else than captures."""

CAPTURES = re.compile(r"\b(captures?|observed|seen)\b")


def rests_on_captures(provenance: str) -> bool:
    """Whether captures are all that a provenance names."""
    return CAPTURES.search(provenance) is not None and INDEPENDENT.search(provenance) is None


def answers_without_own_evidence(
    folder: Path,
    packets: Sequence[LabelledPacket],
    signatures: SignatureFile,
    on_error: OnError,
    signals: Signals = None,
) -> tuple[list[Answered], dict[str, int]]:
    """Answers, each from a database without what rests on the packet's own source alone.

    Also how many signatures were left out for which source. The signature files are read once;
    only for sources that lose a signature is a database compiled again and their captures are
    analysed again.
    """
    found = answers(folder, packets, without(signatures, frozenset()), on_error, signals)
    supporters = _supporters(found)
    by_source: dict[str, list[Answered]] = defaultdict(list)
    for one in found:
        by_source[one.packet.source].append(one)
    removed: dict[str, int] = {}
    result: list[Answered] = []
    for source, own in by_source.items():
        again, count = _answers_of(source, own, folder, signatures, supporters, signals)
        result.extend(again)
        if count:
            removed[source] = count
    return result, removed


def without(signatures: SignatureFile, numbers: frozenset[int]) -> Database:
    """The database without the TCP signatures of these numbers."""
    kept = [signatures.tcp[number] for number in _kept(signatures, numbers)]
    image = compile_image(replace(signatures, tcp=kept))
    return Database._open(image, ", ".join(signatures.files), ())


def _answers_of(
    source: str,
    own: list[Answered],
    folder: Path,
    signatures: SignatureFile,
    supporters: dict[int, set[str]],
    signals: Signals,
) -> tuple[list[Answered], int]:
    """Answers for one source, and how many signatures it lost.

    Behind a signature that is left out another one may stand that rests on the same source.
    """
    removed: frozenset[int] = frozenset()
    while True:
        numbers = {number for one in own for number in _numbers(one)}
        further = {
            number
            for number in numbers
            if not supporters.get(number, set()) - {source}
            and rests_on_captures(signatures.tcp[number].provenance)
        }
        if not further:
            return own, len(removed)
        removed |= further
        packets = [one.packet for one in own]
        # Damaged captures were reported when they were read first.
        own = answers(folder, packets, without(signatures, removed), lambda error: None, signals)
        own = _renumbered(own, _kept(signatures, removed))


def _numbers(one: Answered) -> frozenset[int]:
    """The signatures that had a part in an answer."""
    if one.answer is None or one.answer.signature is None:
        return frozenset()
    return one.answer.others | {one.answer.signature}


def _kept(signatures: SignatureFile, removed: frozenset[int]) -> list[int]:
    return [number for number in range(len(signatures.tcp)) if number not in removed]


def _renumbered(found: list[Answered], kept: list[int]) -> list[Answered]:
    """The same with the numbers that signatures have in the whole database."""
    return [
        one
        if one.answer is None or one.answer.signature is None
        else replace(
            one,
            answer=replace(
                one.answer,
                signature=kept[one.answer.signature],
                others=frozenset(kept[number] for number in one.answer.others),
            ),
        )
        for one in found
    ]


def _supporters(found: Iterable[Answered]) -> dict[int, set[str]]:
    """The sources of the labelled packets that a signature names rightly."""
    supporters: dict[int, set[str]] = defaultdict(set)
    for one in found:
        answer = one.answer
        if answer is None or answer.signature is None:
            continue
        if judge(one.packet, answer).family == "right":
            supporters[answer.signature].add(one.packet.source)
    return supporters

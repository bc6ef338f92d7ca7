"""Converts patterns of rapid7/recog to ``[device]`` signatures.

Expressions without an equivalent pattern are left out and counted by reason. Character sets become any
text, so a signature may fit more texts; it is left out if it names one of recog's examples wrongly.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from huginn_cffi import Database
from huginn_workbench.core import explain_device
from huginn_workbench.formatting import format_file
from huginn_workbench.recog_files import (
    WORDS,
    RecogFile,
    RecogFingerprint,
    RecogValues,
    read_recog,
    values_of,
)
from huginn_workbench.recog_regex import Pieces, RegexError, sequences
from sigcompiler.patterns import SHORTEST_SEARCHED, escaped
from sigcompiler.reading.parser import parse_text

KINDS = {row["recog"]: (row["own"], row["prefix"]) for row in WORDS if row["what"] == "kind"}
"""By recog's kind of text: our kind, and the prefix of the text."""

LEAST_LITERAL = 5
"""Least number of letters and digits in a pattern with ``*`` or captures."""

NO_LITERAL = "no literal text after a capture or at the beginning"
LITTLE = "too little literal text"
REFUSED = "a pattern or label that the compiler refuses"
COVERED = "another pattern names the same texts"
EXAMPLE = "its examples get another name"


@dataclass(frozen=True, slots=True)
class RecogSignature:
    """A signature and the fingerprint from which it was made."""

    label: str
    pattern: str
    file: str
    number: int
    weight: str


@dataclass(slots=True)
class Converted:
    """The result of converting the fingerprints of some files."""

    signatures: list[RecogSignature] = field(default_factory=list)
    fingerprints: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """Number of fingerprints without a signature, by reason."""

    @property
    def converted(self) -> int:
        """Number of fingerprints with signatures."""
        return len({(one.file, one.number) for one in self.signatures})


def convert_recog(paths: Iterable[Path]) -> Converted:
    """Convert files; `RecogError` for a file that is not one of recog's."""
    found = Converted()
    files = [read_recog(path) for path in paths]
    for file in files:
        for fingerprint in file.fingerprints:
            found.fingerprints += 1
            try:
                found.signatures += _signatures(file, fingerprint)
            except RegexError as error:
                found.reasons[str(error)] += 1
    parsed = ((one, parse_text(_file([one]))[1]) for one in found.signatures)
    _leave_out(found, REFUSED, {one for one, found in parsed if any(d.severity == "error" for d in found)})
    _leave_out(found, COVERED, _covered(found.signatures))
    while wrong := _misnamed(files, found.signatures):
        _leave_out(found, EXAMPLE, wrong)
    return found


def fp_text(found: Converted) -> str:
    """The signatures as a file."""
    ordered = sorted(found.signatures, key=lambda one: (one.file, one.label, one.weight))
    labels = []
    for label, own in groupby(ordered, key=lambda one: one.label):
        sources = groupby(own, key=lambda one: f"rapid7/recog {one.file}; {one.weight}")
        labels.append((label, [(source, [one.pattern for one in same]) for source, same in sources]))
    return _HEAD + format_file("device", labels)


_HEAD = """\
; Patterns of rapid7/recog (https://github.com/rapid7/recog), converted by `huginn convert`.
; Copyright (c) 2014-2015, Rapid7; licence: BSD-2-Clause, see LICENSE-RECOG.

"""


# ---- one fingerprint -------------------------------------------------------------------------------------


def _signatures(file: RecogFile, of: RecogFingerprint) -> list[RecogSignature]:
    if file.matches not in KINDS:
        raise RegexError("texts that are not read")
    values = values_of(of.params, keeps_identifier=file.matches == "mdns.device-info.txt")
    if values is None:
        raise RegexError("names nothing of a device")
    kind, before = KINDS[file.matches]
    found = {}
    problem = RegexError(NO_LITERAL)
    for pieces in sequences(of.pattern):
        try:
            label, pattern = _line(pieces, before, values)
        except RegexError as error:
            problem = error
            continue
        found[label, pattern] = RecogSignature(
            label, f"{kind} {pattern}", file.name, of.number, values.weight
        )
    if not found:
        raise problem
    return [*found.values()]


def _line(pieces: Pieces, before: str, values: RecogValues) -> tuple[str, str]:
    contents = _contents(pieces)
    constants = {group: text for group, text in contents.items() if text is not None}
    label, names = values.label(constants, _identifier(pieces))
    parts: list[str] = [escaped(before)] if before else []
    inside: int | None = None
    for piece in pieces:
        if piece.kind == "open":
            inside = piece.group if piece.group in names else inside
        elif piece.kind == "close":
            inside = None if inside == piece.group else inside
        elif inside is not None:
            if parts[-1:] != [f"<{names[inside]}>"]:
                parts.append(f"<{names[inside]}>")
        elif piece.kind == "literal":
            parts.append(escaped(piece.text))
        else:
            parts.append("*" if piece.kind == "any" else "?")
    return label, _checked(parts)


def _contents(pieces: Pieces) -> dict[int, str | None]:
    """The text of each group; None if it varies."""
    found: dict[int, str | None] = {}
    open_groups: list[int] = []
    for piece in pieces:
        if piece.kind == "open":
            open_groups.append(piece.group)
            found[piece.group] = ""
        elif piece.kind == "close":
            open_groups.remove(piece.group)
        else:
            for group in open_groups:
                known = found[group]
                is_text = piece.kind == "literal" and known is not None
                found[group] = (known or "") + piece.text if is_text else None
    return found


def _identifier(pieces: Pieces) -> str:
    """The literal text after ``model=``; empty if the text varies."""
    text = "".join(piece.text for piece in pieces if piece.kind == "literal")
    is_fixed = all(piece.kind not in ("any", "alnum") for piece in pieces)
    return text.partition("model=")[2] if is_fixed else ""


def _checked(parts: list[str]) -> str:
    """The parts joined to a pattern; `RegexError` if it lacks literal text, or has a space at an end."""
    kept: list[str] = []
    for part in parts:
        last = kept[-1][:1] if kept else ""
        if part == "?" and last in ("*", "<"):
            part = "*"
        if part == last == "*":
            continue
        while part == "*" and kept and kept[-1] == "?":
            kept.pop()
        if part.startswith("<") and last in ("*", "<"):
            raise RegexError(NO_LITERAL)
        kept.append(part)
    text = "".join(kept)
    first = re.match(r"\*((?:[^*?<\\]|\\.)*)", text)
    if first is not None and len(first[1]) < SHORTEST_SEARCHED and text != "*":
        raise RegexError(NO_LITERAL)
    literal = sum(len(re.findall("[A-Za-z0-9]", part)) for part in kept if not part.startswith("<"))
    if text != text.strip() or (literal < LEAST_LITERAL and re.search(r"[*<]", text)):
        raise RegexError(LITTLE)
    return text


# ---- all of them -----------------------------------------------------------------------------------------


def _leave_out(found: Converted, reason: str, wrong: set[RecogSignature]) -> None:
    kept = [one for one in found.signatures if one not in wrong]
    lost = {(one.file, one.number) for one in wrong} - {(one.file, one.number) for one in kept}
    found.reasons[reason] += len(lost)
    found.signatures = kept


def _file(signatures: Sequence[RecogSignature]) -> str:
    """The signatures as a file; signature N is in line 2 N + 3."""
    return "[device]\n" + "".join(f"label = {one.label}\nsig = {one.pattern}\n" for one in signatures)


def _covered(signatures: Sequence[RecogSignature]) -> set[RecogSignature]:
    """Signatures that cause compiler warnings, and repetitions of equal signatures."""
    first: dict[str, RecogSignature] = {}
    found = set()
    for one in signatures:
        key = " ".join(one.pattern.split()).lower()
        if first.setdefault(key, one) is not one:
            found.add(one)
    left = [one for one in signatures if one not in found]
    for diagnostic in parse_text(_file(left))[1]:
        if diagnostic.line > 1:
            found.add(left[(diagnostic.line - 2) // 2])
    return found


def _misnamed(files: Sequence[RecogFile], signatures: Sequence[RecogSignature]) -> set[RecogSignature]:
    """Signatures that fail an example of their fingerprint: no name, another label, or a wrong model."""
    if not signatures:
        return set()
    wanted: dict[tuple[str, int], list[RecogSignature]] = defaultdict(list)
    for one in signatures:
        wanted[one.file, one.number].append(one)
    database = Database.compile(text=_file(signatures))
    wrong = set()
    for file, fingerprint in ((of, one) for of in files for one in of.fingerprints):
        own = wanted.get((file.name, fingerprint.number), [])
        for example, values in examples_of(file, fingerprint) if own else ():
            kind = KINDS[file.matches][0]
            found = explain_device(database, kind, example)
            line = None if found.match is None else found.match.line
            leads = None if line is None else signatures[(line - 2) // 2]
            if leads is None or (leads not in own and leads.label != own[0].label):
                wrong |= {*own}
            elif not _agrees(found.model, values):
                wrong.add(leads)
    return wrong


def examples_of(file: RecogFile, of: RecogFingerprint) -> Iterator[tuple[str, dict[str, str]]]:
    """The example texts as devices announce them, each with recog's values."""
    before = KINDS[file.matches][1]
    for text, values in of.examples:
        yield before + re.sub(r"[\r\n]+", " ", text).strip(), values


def _agrees(model: str | None, values: dict[str, str]) -> bool:
    wanted = values.get("hw.model") or values.get("hw.product")
    return (
        wanted is None or model is None or wanted.lower() in model.lower() or model.lower() in wanted.lower()
    )

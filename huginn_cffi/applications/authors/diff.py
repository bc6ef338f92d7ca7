"""Two sets of signatures side by side, and what their difference changes for captures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from huginn_cffi.analysis.analyzer import Analyzer, OnError
from huginn_cffi.applications.authors.diff_lines import (
    AnswerDifference,
    Section,
    SignatureDiff,
    line_differences,
)
from huginn_cffi.applications.learning.clients import hello_rows, seen_hello
from huginn_cffi.applications.learning.counting import Count, place_of
from huginn_cffi.applications.learning.evidence import expanded
from huginn_cffi.applications.learning.sightings import (
    FilePath,
    Shown,
    SignatureMatch,
    answer,
    count_handshake,
    handshakes,
    named,
)
from huginn_cffi.base.errors import DatabaseError
from huginn_cffi.base.errors import named as named_path
from huginn_cffi.database.database import Database
from huginn_cffi.engine.batch import Batch
from huginn_cffi.explain.clients import client_signature
from huginn_cffi.results import http_rows
from huginn_cffi.signatures.signatures import Signature


class Difference(NamedTuple):
    """Two answers and their places, which are empty where nothing matches."""

    before: str
    after: str
    before_place: str
    after_place: str


def difference(before: SignatureMatch | None, after: SignatureMatch | None) -> Difference:
    """The matches of two sets of signatures for the same packet or text."""
    return Difference(answer(before), answer(after), _place(before), _place(after))


def _place(match: SignatureMatch | None) -> str:
    return "" if match is None else f"{match.signature.file}:{match.signature.line}"


class ComparedMessages:
    """Hellos and messages of captures, equal ones counted together, with what both sets say of them."""

    def __init__(self, before: Database, after: Database) -> None:
        self._databases = before, after
        self._found: dict[tuple[Section, str, str], tuple[Difference, Count]] = {}

    def __iter__(self) -> Iterator[tuple[Section, Difference, Count]]:
        """Each kind of them, in the order of the first of each."""
        return ((key[0], *found) for key, found in self._found.items())

    def add(self, batch: Batch) -> None:
        """Count the hellos and HTTP messages of a batch. SSL 2.0 hellos have no JA4 and are skipped."""
        for row in hello_rows(batch):
            self._add(batch, row, ("tls:client", *seen_hello(batch, row)[:2]))
        for row in batch.http["row"]:
            section: Section = (
                "http:request" if http_rows.direction(batch, row) == "request" else "http:response"
            )
            self._add(batch, row, (section, http_rows.signature(batch, row), ""))

    def _add(self, batch: Batch, row: int, key: tuple[Section, str, str]) -> None:
        if key not in self._found:
            before, after = (self._named(batch, row, key, one) for one in self._databases)
            self._found[key] = difference(before, after), Count()
        host, file, packet = place_of(batch, row)
        self._found[key][1].add((file, host), file, packet)

    @staticmethod
    def _named(
        batch: Batch, row: int, key: tuple[Section, str, str], database: Database
    ) -> SignatureMatch | None:
        found: Signature | None
        if key[0] == "tls:client":
            found = client_signature(database, key[1], key[2])
        else:
            found = next(iter(http_rows.fitting(batch, row, database)), None)
        return None if found is None else SignatureMatch(found, fuzzy=False)


DEFAULT_NAME = "default"
"""Stands for the database that comes with the package, unless there is a file of this name."""


def open_signatures(path: FilePath, *, with_default: bool = False) -> Database:
    """The signatures of a ``.fp`` or ``.hgdb`` file, a folder of ``.fp`` files, or of the word ``default``.

    The files of a folder follow one another in the order of their names, and the default files follow
    them `with_default`. Raises `DatabaseError` or
    `SignatureError` as `Database.open` does.
    """
    name = Path(path)
    if os.fspath(path) == DEFAULT_NAME and not name.exists():
        return Database.load_default()
    files = sorted(name.glob("*.fp")) if name.is_dir() else [name]
    if not files:
        raise DatabaseError(f"{named_path(os.fspath(path))}: a folder with no .fp file in it")
    if with_default:
        from huginn_cffi.database.compiling import DEFAULT_FILES

        return Database.compile([*files, *sorted(DEFAULT_FILES.glob("*.fp"))])
    return Database.compile(files) if name.is_dir() else Database.open(path)


def diff_signatures(
    before: Database,
    after: Database,
    captures: FilePath | Sequence[FilePath] = (),
    *,
    on_error: OnError | None = None,
    analyzer: Analyzer | None = None,
) -> SignatureDiff:
    """Compare two sets of signatures, line by line and by their answers about captures.

    `captures` are files or folders of them. `analyzer` is for who wants only some packets, by its filter
    and times; its database is not asked. Raises `LearningError` for a capture that does not
    exist, and `CaptureError` for a damaged one unless there is `on_error`, which is then called
    with the error.
    """
    paths = expanded(captures)
    reader = Analyzer(None, uptime=False) if analyzer is None else analyzer
    others = ComparedMessages(before, after)
    tallies: dict[Shown, Count] = {}
    for path in paths:
        for one in handshakes(path, on_error, reader, others.add):
            count_handshake(tallies, one)
    answers = _Answers()
    links = _links(before), _links(after)
    for shown, tally in tallies.items():
        names = difference(named(before, shown), named(after, shown))
        section: Section = "tcp:response" if shown.direction == "response" else "tcp:request"
        (old, old_place), (new, new_place) = (side.get(_mtu(shown), NO_LINK) for side in links)
        link = Difference(f"link {old}", f"link {new}", old_place, new_place)
        answers.add(section, [names, link], tally)
    for other, names, tally in others:
        answers.add(other, [names], tally)
    lines = tuple(line_differences(before, after))
    return SignatureDiff(lines, answers.ranked(), answers.packets, answers.changed)


class _Answers:
    def __init__(self) -> None:
        self.packets = self.changed = 0
        self._found: dict[tuple[Section, Difference], Count] = {}

    def add(self, section: Section, names: list[Difference], tally: Count) -> None:
        """What both sides say of these packets."""
        differing = [one for one in names if one[0] != one[1]]
        self.packets += tally.packets
        self.changed += tally.packets * bool(differing)
        for one in differing:
            self._found.setdefault((section, one), Count()).merge(tally)

    def ranked(self) -> tuple[AnswerDifference, ...]:
        """All differences, those with most hosts first."""
        found = sorted(self._found.items(), key=lambda item: (item[1].rank, item[0]))
        return tuple(
            AnswerDifference(
                "response" if section.endswith("response") else "request", section, *names, tally.support
            )
            for (section, names), tally in found
        )


Links = dict[int, tuple[str, str]]


NO_LINK = ("???", "")


def _links(database: Database) -> Links:
    """Name and place by MTU; the first line of each leads."""
    found: Links = {}
    for one in database.signatures:
        if one.section == "mtu":
            found.setdefault(int(one.text), (one.label.name, f"{one.file}:{one.line}"))
    return found


def _mtu(shown: Shown) -> int:
    """The MTU that a packet shows; 0 without an MSS."""
    seen = shown.seen
    return seen.mss + (40 if seen.version == 4 else 60) if seen.mss else 0

"""Runs tools on captures: one row for each answer."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from huginn_cffi import Database
from huginn_workbench.benchmark.adapters import huginn
from huginn_workbench.benchmark.captures import handshakes_in
from huginn_workbench.benchmark.lists import CaptureSource, LabelledHost
from huginn_workbench.benchmark.tools import ToolAnswer, adapter_of
from huginn_workbench.evaluation.answers import PacketAnswer, SignaturePlace, name_of
from huginn_workbench.evaluation.judging import judge
from huginn_workbench.evaluation.labels import labelled_rows
from huginn_workbench.evaluation.run import only_own, signatures_of, without


class AnswerRow(NamedTuple):
    """An answer with the tool, its version and the capture."""

    tool: str
    tool_version: str
    capture: str
    answer: ToolAnswer


def run(
    tools: Sequence[str],
    captures: Mapping[str, Path],
    sources: Mapping[str, CaptureSource],
    hosts: Sequence[LabelledHost],
    say: Callable[[str], object],
) -> Iterator[AnswerRow]:
    """All answers of the tools. `say` gets a line for each tool, and for each capture that a tool fails on.

    The first row of a tool and capture names no host: a tool that says nothing was run all the same. Answers
    that precede a failure count. Raises `ToolMissingError` if a tool cannot run.
    """
    for adapter in [adapter_of(tool) for tool in tools]:
        version = adapter.version()
        say(f"{adapter.NAME} {version}: {len(captures)} captures")
        databases = _without_own_rules(captures, sources, hosts) if adapter is huginn else {}
        for capture, path in captures.items():
            yield AnswerRow(adapter.NAME, version, capture, ToolAnswer("", "host"))
            database = databases.get(sources[capture].repository)
            try:
                for answer in huginn.answers(path, database) if database else adapter.answers(path):
                    yield AnswerRow(adapter.NAME, version, capture, answer)
            except Exception as error:  # a tool may fail in any way, and the others still run
                say(f"{adapter.NAME} failed on {capture}: {type(error).__name__}: {error}"[:300])


def _without_own_rules(
    captures: Mapping[str, Path], sources: Mapping[str, CaptureSource], hosts: Iterable[LabelledHost]
) -> dict[str, Database]:
    """For each repository, the database without signatures that only its own captures support."""
    signatures = signatures_of(())
    labels = {one.key: one.as_packet() for one in hosts if one.first.certainty != "doubtful"}
    supporters: dict[SignaturePlace, set[str]] = defaultdict(set)
    used: dict[str, set[SignaturePlace]] = defaultdict(set)
    files: dict[str, dict[str, Path]] = defaultdict(dict)
    whole = without(signatures, frozenset())
    for capture, path in captures.items():
        repository = sources[capture].repository
        files[repository][capture] = path
        for host, place, answer in _signatures_used(path, whole):
            used[repository].add(place)
            label = labels.get((capture, host))
            if label is not None and judge(label, answer).family == "right":
                supporters[place].add(repository)
    found = {}
    for repository, some in files.items():

        def again(
            database: Database, some: Iterable[Path] = tuple(some.values())
        ) -> Iterator[SignaturePlace]:
            return (place for path in some for _, place, _ in _signatures_used(path, database))

        left_out = only_own(signatures, supporters, repository, used[repository], again)
        found[repository] = without(signatures, left_out) if left_out else whole
    return found


def _signatures_used(path: Path, database: Database) -> Iterator[tuple[str, SignaturePlace, PacketAnswer]]:
    """Sender, signature and answer of each SYN and SYN+ACK with a match."""
    for _, part in handshakes_in(path, database):
        if (answer := name_of(part)).signature is not None:
            yield part.source.ip, answer.signature, answer


_COLUMNS = ("tool", "tool_version", "capture", *ToolAnswer._fields)


def write_answers(path: Path, rows: Iterable[AnswerRow]) -> None:
    """Write answers as CSV."""
    write_rows(path, _COLUMNS, ((row.tool, row.tool_version, row.capture, *row.answer) for row in rows))


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def read_answers(path: Path) -> list[AnswerRow]:
    """The answers in a file. Raises `LabelError`, which names file and line."""
    return [
        AnswerRow(
            row["tool"],
            row["tool_version"],
            row["capture"],
            ToolAnswer(*(row[name] for name in ToolAnswer._fields)),
        )
        for _, row in labelled_rows(path, _COLUMNS)
    ]

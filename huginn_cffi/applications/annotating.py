"""Writes captures with comments on packets, for Wireshark: ``huginn annotate``.

Example::

    import huginn_cffi as hg
    from huginn_cffi.applications.annotating import annotate

    with open("annotated.pcapng", "wb") as file:
        annotate(hg.Analyzer(), "capture.pcap", file)
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.analyzer import Analyzer, batches_through
from huginn_cffi.base import arguments
from huginn_cffi.base.arguments import Cancel
from huginn_cffi.base.errors import CaptureError, check
from huginn_cffi.base.handles import CData, handle_of
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.database.database import Database
from huginn_cffi.formats.forms import Sink, chosen_fields
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.changes import Completed
from huginn_cffi.run.observables import address_text
from huginn_cffi.sources.opening import Capture
from sigcompiler.diagnostics import visible
from sigcompiler.schema.rows import RecordField

BEGINNING = "huginn"
"""The start of every comment, so that a filter can find all of them."""


_allocate = ffi.new_allocator(should_clear_after_alloc=False)


_COPIED_BYTES = 1 << 20

_Row = tuple[int, bytes]
"""The number of a packet, and a comment for it."""
_number = itemgetter(0)

_Comments = Callable[[Batch], bytes]
"""A function that gives one line in UTF-8 per row, each with a newline; an empty line means no comment."""


def _text_comments(database: Database | None) -> _Comments:
    """Comments with the text output for a row, without addresses but with the confidence of its name."""
    renderer = Renderer("text", database)

    def lines(batch: Batch) -> bytes:
        rows = len(batch)
        text = b"".join(map(bytes, renderer.views(batch, 0, rows)))
        out, size = _allocate("char[]", len(text) + rows * lib.HG_COMMENT_BYTES), ffi.new("size_t *")
        native, handle, error = batch._native, handle_of(database), ffi.new("hg_error *")
        status = lib.hg_comments_of_text(native, handle, text, len(text), out, len(out), size, error)
        check(status, error)
        return bytes(ffi.buffer(out, size[0]))

    return lines


def _field_comments(database: Database | None, fields: Sequence[RecordField]) -> _Comments:
    """Comments with the values of selected record fields."""
    renderer = Renderer("json", database)

    def lines(batch: Batch) -> bytes:
        records = b"".join(map(bytes, renderer.views(batch, 0, len(batch)))).splitlines()
        return "".join(f"{_line(json.loads(record), fields)}\n" for record in records).encode("utf-8")

    return lines


def _line(record: dict[str, Any], fields: Sequence[RecordField]) -> str:
    values = []
    for field in fields:
        value: Any = record
        for key in field.json.split("."):
            value = None if value is None else value.get(key)
        if value not in (None, []):
            values.append(f"{field.column}: {_shown(value)}")
    return " | ".join([f"{BEGINNING} {record['event']}", *values]) if values else ""


def with_findings(numbers: bytes, lines: bytes, findings: Sequence[Completed]) -> list[_Row]:
    """The rows with a comment, each finding after the row that completes it."""
    rows = list(zip(array("Q", numbers), lines.split(b"\n")[:-1], strict=True))
    noted: list[_Row] = []
    at = 0
    for row, kind, text in findings:
        noted += rows[at : row + 1]
        noted.append((rows[row][0], f"{BEGINNING} Finding | {kind}: {text}".encode()))
        at = row + 1
    return [row for row in (*noted, *rows[at:]) if row[1]]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible(str(value))


class _Name(NamedTuple):
    """An address (4 or 16 bytes), the name shown in its place, and the packet that reveals the name."""

    packet_number: int
    address: bytes
    text: str


class _HostNames:
    """Finds in each batch the addresses whose system became known.

    Each address is named once; only the first `max_inventory` addresses are named.
    """

    def __init__(self, database: Database | None, max_inventory: int) -> None:
        self._database = database
        self._limit = max_inventory
        self._known: set[bytes] = set()
        self.left_out = 0
        """Packets whose sender has no name because of the limit."""

    def new(self, batch: Batch) -> list[_Name]:
        if self._database is None:
            return []
        found = []
        dense, count = batch._cells.dense["tcp"], len(batch.tcp)
        columns = (dense[name][:count].tolist() for name in ("row", "signature", "fuzzy"))
        addresses = bytes(batch._cells.src_ip[: 16 * len(batch)])
        versions = bytes(batch._cells.ip_version[: len(batch)])
        for row, signature, fuzzy in zip(*columns, strict=True):
            if signature == NO_SIGNATURE or fuzzy:
                continue
            ip = addresses[16 * row : 16 * row + (4 if versions[row] == 4 else 16)]
            if ip in self._known:
                continue
            if len(self._known) >= self._limit:
                self.left_out += 1
                continue
            self._known.add(ip)
            text = f"{address_text(versions[row], ip)} {_label(self._database, signature)}"
            found.append(_Name(batch._cells.packet_number[row], ip, text))
        return found

    def __len__(self) -> int:
        return len(self._known)


@lru_cache(maxsize=1 << 12)
def _label(database: Database, signature: int) -> str:
    return visible(str(database._records.tcp[signature].label))


class Annotated(NamedTuple):
    """Counts of the additions."""

    comments: int
    """All comments."""
    packets: int
    """Packets with comments."""
    names: int
    """Names of addresses."""
    findings: int
    """Findings among the comments."""
    beyond: int
    """Events of addresses beyond ``max_inventory``, which get no names or findings."""
    left_out: int
    """Blocks of more than 16 MiB, which no program reads, and comments without room in their packet."""


def annotate(
    analyzer: Analyzer,
    captures: Capture | Iterable[Capture],
    sink: Sink,
    *,
    workers: int = 1,
    cancel: Cancel | None = None,
    on_error: Callable[[CaptureError], object] | None = None,
    fields: Sequence[str] | None = None,
    max_inventory: int = MAX_INVENTORY,
) -> Annotated:
    """Copy captures into one pcapng file, with comments on packets that have events.

    `captures`, `workers`, `cancel`, `on_error` and the exceptions are as in `Analyzer.analyze_pcap`; a
    damaged capture is copied up to the damage. `sink` is any object with `write`, such as a file opened in
    binary mode. A comment has the text format's output for an event, or with `fields` (names as in records)
    only their values. A finding about a host is a comment on the packet that completes it. The first
    `max_inventory` addresses get names and findings. Memory grows with the
    comments that become known after their packets were written, and by 8 bytes for each packet with a
    comment.
    """
    limit = arguments.whole("max_inventory", max_inventory, 1, arguments.MAX_U32)
    comments = _text_comments(analyzer.database)
    if fields is not None:
        comments = _field_comments(analyzer.database, chosen_fields("json", fields))
    hosts, names = Inventory(analyzer.database, max_inventory=limit), _HostNames(analyzer.database, limit)
    count = found = 0
    with TemporaryFile() as draft:
        copier = _Copier(draft)
        try:
            for batch in batches_through(
                analyzer, captures, copier.through, workers=workers, cancel=cancel, on_error=on_error
            ):
                numbers, lines = bytes(batch._cells.packet_number[: len(batch)]), comments(batch)
                hosts.add(batch)
                completed = list(hosts.completed())
                rows = with_findings(numbers, lines, completed)
                count, found = count + len(rows), found + len(completed)
                copier.rows += rows
                copier.names += names.new(batch)
        finally:
            _finish(draft, copier, sink)
    beyond = max(names.left_out, hosts.left_out)
    return Annotated(count, copier.packets, len(names), found, beyond, copier.left_out)


def _finish(draft: BinaryIO, copier: _Copier, sink: Sink) -> None:
    """Copy the draft to `sink`, with the rows that were known only after their packets were written.

    Such rows have data that waited for an acknowledgement, perhaps until the end of the captures.
    """
    draft.seek(0)
    late = sorted(copier.late + copier.rows, key=_number)
    copier.packets = len(copier.told) + len(set(map(_number, late)).difference(copier.told))
    if not late:
        copyfileobj(draft, sink, _COPIED_BYTES)
        return
    again = _Copier(sink, late)
    # Damage of the captures was reported when they were read, and the draft is a copy of what is there.
    for _ in batches_through(
        Analyzer(None, protocols=("arp",)), draft, again.through, on_error=lambda _: None
    ):
        pass
    copier.left_out += again.left_out


class _Copier:
    """Copies captures piece by piece, with those rows and names that are known when a piece is written."""

    def __init__(self, sink: Sink, rows: Sequence[_Row] = ()) -> None:
        self._sink = sink
        self.rows = list(rows)
        """Those of packets that were not written yet."""
        self.late: list[_Row] = []
        """Those whose packets were written before."""
        self.names: list[_Name] = []
        self.told = array("Q")
        """The numbers of packets that were written with comments, in ascending order."""
        self.packets = 0
        """Packets with comments, once the copy is finished."""
        self.left_out = 0
        self._before = self._written = 0

    @contextmanager
    def through(self, source: CData, packets_before: int) -> Iterator[Iterator[CData]]:
        """The pieces of a capture; read each piece completely before you request the next one."""
        out, error = ffi.new("hg_copy **"), ffi.new("hg_error *")
        check(lib.hg_copy_new(source, out, error), error)
        self._before = packets_before
        try:
            yield self._pieces(out[0])
        except CaptureError:
            self._write(out[0])
            raise
        finally:
            self.left_out += lib.hg_copy_left_out(out[0])
            lib.hg_copy_free(out[0])

    def _pieces(self, copy: CData) -> Iterator[CData]:
        ended = False
        while not ended:
            yield lib.hg_copy_source(copy)
            self._write(copy)
            ended = bool(lib.hg_copy_ended(copy))

    def _taken(self, last: int) -> list[_Row]:
        """The rows of the packets behind the latest piece, up to packet `last`."""
        self.rows.sort(key=_number)
        begin, end = (bisect_right(self.rows, number, key=_number) for number in (self._written, last))
        self.late += self.rows[:begin]
        here, self.rows = self.rows[begin:end], self.rows[end:]
        self._written = last
        return here

    def _write(self, copy: CData) -> None:
        rows = self._taken(self._before + lib.hg_copy_packets(copy))
        self.told.extend(dict.fromkeys(map(_number, rows)))
        lines = b"".join(line + b"\n" for _, line in rows)
        notes = ffi.new("hg_notes *")
        kept = [ffi.new("uint64_t[]", [number for number, _ in rows]), ffi.from_buffer("char[]", lines)]
        notes.numbers, notes.lines = kept
        notes.bytes, notes.count = len(lines), len(rows)
        notes.packets_before = self._before
        kept += self._add_names(notes)
        self.names = []
        out, length, error = ffi.new("uint8_t **"), ffi.new("size_t *"), ffi.new("hg_error *")
        status = lib.hg_copy_write(copy, notes, out, length, error)
        if length[0]:
            self._sink.write(memoryview(ffi.buffer(out[0], length[0])))
        check(status, error)

    def _add_names(self, notes: CData) -> list[CData]:
        """Point `notes` at the new names, and return the memory that holds them."""
        addresses = b"".join(name.address.ljust(16, b"\0") for name in self.names)
        versions = bytes(4 if len(name.address) == 4 else 6 for name in self.names)
        names = "".join(f"{name.text}\n" for name in self.names).encode("utf-8")
        kept = [
            ffi.new("uint64_t[]", [name.packet_number for name in self.names]),
            ffi.from_buffer("uint8_t[]", addresses),
            ffi.from_buffer("uint8_t[]", versions),
            ffi.from_buffer("char[]", names),
        ]
        notes.name_numbers, notes.name_addresses, notes.name_versions, notes.names = kept
        notes.name_count, notes.name_bytes = len(self.names), len(names)
        return kept

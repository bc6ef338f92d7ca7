"""The layout of a signature database: ``layout.csv`` describes every record.

`emit_header` generates C structs and initialised arrays from it, `emit_binary` the sections of
a file. Both hold the same records in the same order::

     header    magic · format · length · checksum · hash key · source hash · section directory
       │
       │  cold: read only to describe an answer
       ├─ strings     text, referred to as offset + length
       ├─ files       names of the source files
       ├─ labels      name, flavor, class, sys list ─▶ claims
       ├─ signatures  TCP signatures in file order: the index is the priority
       ├─ mtus  https  hellos  announcements  systems  classes
       ├─ claims      the systems that labels name (see `sigcompiler.claims`): stacks
       │              ─▶ claim_families ─▶ families and their versions, as ranges of numbers
       ├─ confidence  shares of right answers, by basis; standings of families, by identity
       ├─ layout_signatures  the first signature of each option layout; signatures name the next
       │
       │  hot: read for every packet (see `shapes`)
       ├─ mtu_order     MTU values in order, each with its first signature
       ├─ layouts       option kinds + eol pad      ◀─ layout_slots (hash of those bytes)
       │      ▲
       ├─ templates     the same layouts as value and mask over the bytes of the options
       │                ◀─ template_ends ◀─ template_nodes (a tree: a node inspects one byte,
       │                   with a branch for each option kind) ◀─ template_roots, one per length
       │       layout + hard quirks + direction + version + payload + olen
       ├─ bases         hash table ──▶ first shape, number of shapes
       ├─ shapes        which of MSS, window, scale are wildcards; the best priority with this shape
       │       shape + MSS + window + scale, wildcards masked out
       ├─ entries       hash table ──▶ one member, or a run of members, or ranges
       ├─ members       priority, soft quirks, ittl, flags
       ├─ ranges ─▶ intervals   the answers of long runs, by TTL interval
       │
       │  warm: read when a host's segments show a new value (see `csrc/passive_stack/segments.c`)
       ├─ segments       rules in file order ──▶ segment_conditions ──▶ segment_values
       ├─ segment_shares shares of right answers from segments, by the identity of a family
       ├─ device_shares  shares of right announcements, by kind and value
       │
       │  hot: read for every ClientHello (see `csrc/tls/match.c`)
       ├─ hello_masks    the sets of JA4 characters that signatures state
       │       number of the mask + these characters of the JA4
       ├─ hello_entries  hash table ──▶ the leading signature
       │
       │  hot: read for every head of an HTTP message (see `http_lookup` and `csrc/http/match.c`)
       ├─ http_names     hash table ──▶ number of a header name, its atom, its automaton
       ├─ http_moves     automata that find texts (see `http_lookup`)
       │                 http_ends: the text that ends after a move ──▶ http_uses: its atom or system
       ├─ http_atoms     atom ──▶ name and text, and the nodes that need it first
       ├─ http_nodes     a tree over sets of atoms ──▶ http_members: signatures, by their header order
       ├─ http_steps     the headers that a signature names, in order
       │
       │  hot: read for every text that a device announces (see `devices` and `csrc/announcements/match.c`)
       ├─ device_kinds    the lengths of keys, by kind of announcement
       ├─ device_keys     hash table: keys of patterns ──▶ device_members: signatures
       └─ device_parts    the parts of a pattern, in order

TTL and soft quirks are not part of the keys: each visited member gets a *grade*, and the member
with the lowest grade is the answer. By construction this is p0f's order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from sigcompiler.csv_rows import rows_of
from sigcompiler.vocabulary import MAX_PARTS, MAX_TEXT

FORMAT_VERSION = 16
MAGIC = b"HUGINNDB"

Record = tuple[int, ...]
"""One record: the values of its fields, in their order."""

NO_INDEX = 0xFFFFFFFF
"""Means "none" in a reference to another record."""

GRADE_SHIFT = 30
"""A grade is ``class << GRADE_SHIFT | priority``; the lowest one wins."""
GRADE_SPECIFIC, GRADE_GENERIC, GRADE_FUZZY = 0, 1, 2
MAX_SIGNATURES = 1 << GRADE_SHIFT

MEMBER_UNRELIABLE_TTL, MEMBER_USERLAND, MEMBER_GENERIC, MEMBER_LAST, MEMBER_EXACT_TTL = 1, 2, 4, 8, 16
SIGNATURE_UNRELIABLE_TTL, SIGNATURE_USERLAND, SIGNATURE_GENERIC, SIGNATURE_RESPONSE = 1, 2, 4, 8
SIGNATURE_EXACT_TTL, SIGNATURE_RESTORABLE = 16, 32
"""EXACT_TTL: the TTL must fit even in a fuzzy match. RESTORABLE: erased options may be restored to match."""
LABEL_GENERIC, LABEL_USERLAND = 1, 2
SOURCE_LAST_RESORT = 1
"""The label's versions count only if no other evidence names versions."""
HTTP_STEP_OPTIONAL = 1
HTTP_NAME_VALUED = 1
"""Some signature has a value for headers with this name."""
HTTP_ANY_VERSION = 255
HTTP_MOST_TEXT = 1024
"""Limit of the bytes of a text that is searched in a value."""
HTTP_MOST_ATOMS = 2048
"""Limit of the distinct headers and texts in the signatures of a database, and of the items of ``ua_os``."""
HTTP_MOST_HEADERS = 32
"""Limit of the headers in one signature."""
HTTP_MOST_MOVES = 1 << 20
"""Limit of the moves in all automata together."""
HTTP_NO_USE = 0xFFFF
DEVICE_MOST_PARTS = MAX_PARTS
DEVICE_MOST_TEXT = MAX_TEXT
DEVICE_KEY_BYTES = 63
"""The longest key of a pattern."""
DEVICE_SEARCHED_BYTES = (3, 4, 6, 8)
"""The key lengths of patterns that begin with ``*``."""
DEVICE_WEIGHT_SHIFT = 22
"""The grade of a pattern is ``class << GRADE_SHIFT | missing << DEVICE_WEIGHT_SHIFT | number``, where
`missing` is DEVICE_MOST_TEXT minus its weight."""
DEVICE_MOST_MEMBERS = 96
"""Limit of the patterns with the same key."""
SEGMENT_MOST_RULES = 256
"""Limit of segments signatures, because all are compared one by one."""
ENTRY_EMPTY, ENTRY_SINGLE, ENTRY_GROUP, ENTRY_RANGES = 0, 1, 2, 3

# Bits of a base key, from the lowest: olen, payload, version 6, response, hard quirks, layout.
BASE_PAYLOAD_SHIFT, BASE_V6_SHIFT, BASE_RESPONSE_SHIFT = 8, 9, 10
BASE_QUIRKS_SHIFT, BASE_LAYOUT_SHIFT = 11, 32

# Bits of an entry key, from the lowest: scale, window or N, MSS, shape.
ENTRY_WINDOW_SHIFT, ENTRY_MSS_SHIFT, ENTRY_SHAPE_SHIFT = 8, 24, 40
MAX_SHAPES = 1 << 24

TEMPLATE_WORDS = 4
TEMPLATE_BYTES = 32
"""The longest option area with a template; hardly any system sends more. A template covers the
32 bytes that *end* with the options: headers precede the options, so these bytes always exist,
while bytes after the options may not. Places are counted in this window."""
TEMPLATE_STEPS = 5
"""Bytes that are inspected to find the one template that may fit. The number is fixed, because the
CPU could not predict a varying one; layouts that five bytes do not separate use the byte parser."""
TEMPLATE_BRANCHES = 16
"""Branches of a node, by the low four bits of the byte: option kinds with templates are below 16."""

HASH_MULTIPLIER = 0x9E3779B97F4A7C15
"""The multiplier of `sigcompiler.table.hashing.mix`, as in Fibonacci hashing."""

TYPES = {"u8": "uint8_t", "u16": "uint16_t", "i16": "int16_t", "u32": "uint32_t", "i32": "int32_t"}
TYPES["u64"] = "uint64_t"
STRUCT_CODES = {"u8": "B", "u16": "H", "i16": "h", "u32": "I", "i32": "i", "u64": "Q"}
SIZES = {"u8": 1, "u16": 2, "i16": 2, "u32": 4, "i32": 4, "u64": 8}


class TableLimitError(ValueError):
    """More signatures or parts of signatures than the layout can number."""


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a record.

    `refers` names the section into which the value is an index. With `run`, the index is the first of
    several records; the field named by `run` has their number. `optional`: the highest value means none.
    """

    name: str
    type: str
    count: int = 1
    refers: str = ""
    run: str = ""
    optional: bool = False

    @property
    def size(self) -> int:
        """Bytes of the field."""
        return SIZES[self.type] * self.count


@dataclass(frozen=True, slots=True)
class RecordSection:
    """An array of records. Fields are naturally aligned, without gaps."""

    name: str
    record: str
    fields: tuple[Field, ...]

    @property
    def stride(self) -> int:
        """Bytes of one record."""
        return sum(field.size for field in self.fields)

    @property
    def struct_format(self) -> str:
        """`struct` format of one record."""
        return "<" + "".join(
            f"{field.count if field.count > 1 else ''}{STRUCT_CODES[field.type]}" for field in self.fields
        )


def _fields(row: dict[str, str]) -> list[Field]:
    """The field of a row, or the two numbers of a text."""
    name, type = row["field"], row["type"]
    if type == "text":
        length = f"{name}_length"
        return [Field(f"{name}_offset", "u32", refers="strings", run=length), Field(length, "u32")]
    count = int(row["count"] or 1)
    return [Field(name, type.removesuffix("?"), count, row["refers"], row["run"], type.endswith("?"))]


def _sections() -> Iterator[RecordSection]:
    rows = rows_of("table/layout.csv")
    for (name, record), fields in groupby(rows, itemgetter("section", "record")):
        yield RecordSection(name, record, tuple(chain.from_iterable(map(_fields, fields))))


SECTIONS = tuple(_sections())
SECTION_BY_NAME: dict[str, RecordSection] = {section.name: section for section in SECTIONS}

HEADER_FORMAT = "<8sIIQII Q 32s"
"""magic, format version, sections, length in bytes, CRC-32 of all bytes after the checksum,
header bytes, hash key, source hash; then one directory entry per section."""
DIRECTORY_FORMAT = "<QII"
"""offset, records, stride."""
CHECKSUM_OFFSET = 24
SECTION_ALIGNMENT = 64


@dataclass(frozen=True, slots=True)
class Table:
    """All records of a database, by section; ``strings`` is the one section of raw bytes."""

    strings: bytes
    records: dict[str, list[Record]]
    hash_key: int
    source_hash: bytes

"""The layout of a signature database: every record is described here and nowhere else.

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
       │  warm: read when a host's segments show a new value (see `csrc/segments/segments.c`)
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
       │  hot: read for every text that a device announces (see `devices` and `csrc/devices/match.c`)
       ├─ device_kinds    the lengths of keys, by kind of announcement
       ├─ device_keys     hash table: keys of patterns ──▶ device_members: signatures
       └─ device_parts    the parts of a pattern, in order

TTL and soft quirks are not part of the keys: each visited member gets a *grade*, and the member
with the lowest grade is the answer. By construction this is p0f's order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain

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


def _section(name: str, record: str, *fields: tuple[Field, ...]) -> RecordSection:
    return RecordSection(name, record, tuple(chain(*fields)))


def _fields(type: str, *names: str) -> tuple[Field, ...]:
    return tuple(Field(name, type) for name in names)


_u8, _u16, _i16, _u32, _i32, _u64 = (partial(_fields, type) for type in STRUCT_CODES)


def _texts(*names: str) -> tuple[Field, ...]:
    """References into the strings."""
    pairs = ((_run(f"{name}_offset", "strings", f"{name}_length"), _u32(f"{name}_length")) for name in names)
    return tuple(chain(*chain(*pairs)))


def _indices(**sections: str) -> tuple[Field, ...]:
    """Indices into other sections."""
    return tuple(Field(name, "u32", refers=section) for name, section in sections.items())


def _optional(**sections: str) -> tuple[Field, ...]:
    """Indices into other sections, or NO_INDEX."""
    return tuple(Field(name, "u32", refers=section, optional=True) for name, section in sections.items())


def _run(name: str, section: str, count: str, optional: bool = False) -> tuple[Field, ...]:
    """The first of `count` records of another section."""
    return (Field(name, "u32", refers=section, run=count, optional=optional),)


_FILE = (Field("file", "u16", refers="files"),)

_SIGNATURE = (*_texts("text", "provenance"), *_u16("weight", "source_flags"), *_indices(label="labels"))
"""The text of a signature, its source (`sigcompiler.claims.sources`), and its label."""

_JA4 = _u64("start", "rest", "ciphers", "extensions")
"""A JA4 as numbers (`sigcompiler.ja4`): the first eight characters, the other two, two digests."""

SECTIONS: tuple[RecordSection, ...] = (
    _section("strings", "hg_db_char", _u8("byte")),
    _section("files", "hg_db_file", _texts("name")),
    _section("classes", "hg_db_class", _texts("name")),
    _section(
        "systems", "hg_db_system", _texts("name", "text"), _indices(claim="claims"), _u32("line", "has_text")
    ),
    _section(
        "labels",
        "hg_db_label",
        _texts("name", "flavor", "class", "systems"),
        _indices(claim="claims", alike="labels"),
        _u32("line"),
        _FILE,
        _u8("section", "flags"),
    ),
    _section(
        "signatures",
        "hg_db_signature",
        _SIGNATURE,
        _indices(layout="layouts"),
        _optional(next="signatures"),
        _i32("mss"),
        _u32("quirks", "line", "column"),
        _u16("window"),
        _i16("wscale"),
        _FILE,
        _u8("olen", "ittl", "version", "flags", "window_kind", "payload"),
    ),
    _section(
        "mtus",
        "hg_db_mtu",
        _texts("text", "provenance"),
        _indices(label="labels"),
        _u32("line", "column"),
        _u16("mtu"),
        _FILE,
    ),
    _section("families", "hg_db_family", _u64("identity"), _texts("name"), _u32("stacks", "zero")),
    # Equal claims have equal identities in all databases. The last field is a `ClaimKind`.
    _section(
        "claims",
        "hg_db_claim",
        _u64("identity"),
        _u32("stacks"),
        _run("first_family", "claim_families", "family_count"),
        _u32("family_count", "kind"),
    ),
    _section(
        "claim_families",
        "hg_db_claim_family",
        _indices(family="families"),
        _run("first_version", "versions", "version_count"),
        _u32("version_count"),
    ),
    # Ascending ranges without overlap, see `sigcompiler.claims.versions`.
    _section("versions", "hg_db_versions", _u64("first", "last")),
    # Millionths, by basis number (`sigcompiler.claims.confidence`). Empty: the default tables apply.
    _section("confidence", "hg_db_confidence", _u32("share", "version_share")),
    _section("standings", "hg_db_standing", _u64("family"), _u32("share", "zero")),
    _section("layout_signatures", "hg_db_first", _indices(signature="signatures")),
    _section("mtu_order", "hg_db_mtu_order", _u32("mtu"), _indices(number="mtus")),
    _section(
        "https",
        "hg_db_http",
        _SIGNATURE,
        _u32("line", "column"),
        _optional(software="http_atoms"),
        _run("first_step", "http_steps", "step_count"),
        _u16("step_count", "absent_count"),
        _FILE,
        _u8("section", "version"),
        _u32("flags"),
    ),
    # The share of such hellos that the label's program sent; NO_INDEX: not measured.
    _section("hellos", "hg_db_hello", _SIGNATURE, _u32("share", "line", "column"), _FILE, _u16("flags")),
    # Values of `DeviceField`, in its order.
    _section(
        "announcements",
        "hg_db_announcement",
        _SIGNATURE,
        _u32("line", "column"),
        _FILE,
        _u8("kind", "flags"),
        _run("first_part", "device_parts", "part_count"),
        _u16("part_count", "rank"),
        (Field("value_offsets", "u32", 5), Field("value_lengths", "u8", 5), Field("zero", "u8", 3)),
    ),
    _section(
        "segments",
        "hg_db_segments",
        _SIGNATURE,
        _u32("line", "column"),
        _run("first_condition", "segment_conditions", "condition_count"),
        _u32("condition_count"),
        _FILE,
        _u16("flags"),
    ),
    _section(
        "segment_conditions",
        "hg_db_segment_condition",
        _run("first_value", "segment_values", "value_count"),
        _u16("value_count"),
        _u8("feature", "negated"),
    ),
    _section("segment_values", "hg_db_segment_values", _u16("first", "last"), _u32("multiple")),
    _section("segment_shares", "hg_db_segment_share", _u64("family"), _u32("share", "zero")),
    # Millionths, by kind of announcement and value. Empty: the default tables apply.
    _section("device_shares", "hg_db_device_share", _u32("share")),
    _section(
        "layouts",
        "hg_db_layout",
        (Field("kinds", "u8", 24),),
        _u8("count", "eol_pad"),
        (Field("zero", "u8", 6),),
    ),
    _section("layout_slots", "hg_db_slot", _optional(layout="layouts")),
    _section(
        "templates",
        "hg_db_template",
        (Field("value", "u64", 4), Field("mask", "u64", 4), Field("pad", "u64", 4)),
        _indices(layout="layouts"),
        _u32("ts_mask"),
        _u16("mss_mask"),
        _u8("wscale_mask", "mss_at", "wscale_at", "ts_at"),
        (Field("zero", "u8", 2),),
    ),
    # A step is ``node * TEMPLATE_BYTES + at``: the next node, and the byte to inspect there.
    _section("template_roots", "hg_db_template_root", _u32("step")),
    _section("template_nodes", "hg_db_template_node", (Field("steps", "u32", TEMPLATE_BRANCHES),)),
    _section("template_ends", "hg_db_template_end", _optional(template_number="templates")),
    _section(
        "bases", "hg_db_base", _u64("key"), _run("first_shape", "shapes", "shape_count"), _u32("shape_count")
    ),
    _section(
        "shapes", "hg_db_shape", _u64("key_mask"), _u32("best"), _u16("modulo"), _u8("window_kind", "zero")
    ),
    _section("entries", "hg_db_entry", _u64("key"), _u32("index"), _u8("soft", "ittl", "flags", "state")),
    _section(
        "members", "hg_db_member", _indices(priority="signatures"), _u8("soft", "ittl", "flags", "zero")
    ),
    _section("ranges", "hg_db_range", _run("first", "intervals", "count"), _u32("count")),
    _section("intervals", "hg_db_interval", _u32("last_ttl", "grade")),
    _section("hello_masks", "hg_db_hello_mask", _JA4, _u64("wildcard")),
    _section("hello_entries", "hg_db_hello_entry", _JA4, _u32("mask"), _optional(signature="hellos")),
    # Headers in order, then headers that must be absent.
    _section("http_steps", "hg_db_http_step", _optional(atom="http_atoms"), _u32("name", "flags")),
    _section(
        "http_names",
        "hg_db_http_name",
        _texts("name"),
        _u32("number"),
        _optional(atom="http_atoms", root="http_moves"),
        _u32("flags"),
    ),
    # `http_ends` has the same index as `http_moves`; it is separate, because few moves have a use.
    _section("http_moves", "hg_db_http_move", _u32("base"), _indices(next="http_moves")),
    _section("http_ends", "hg_db_http_end", (Field("use", "u16", refers="http_uses", optional=True),)),
    _section("http_uses", "hg_db_http_use", _optional(atom="http_atoms", system="systems", next="http_uses")),
    # The text, if any, and the nodes for requests and for responses.
    _section("http_atoms", "hg_db_http_atom", _texts("value"), _u32("name"), (Field("nodes", "u32", 2),)),
    _section(
        "http_nodes",
        "hg_db_http_node",
        _u32("atom"),
        _run("first_child", "http_nodes", "child_count"),
        _u32("child_count"),
        _run("first_member", "http_members", "member_count"),
        _u32("member_count", "best"),
    ),
    _section("http_members", "hg_db_http_member", _u32("order"), _indices(signature="https")),
    # Key lengths as bits.
    _section("device_kinds", "hg_db_device_kind", _u64("lengths", "searched")),
    _section(
        "device_keys",
        "hg_db_device_key",
        _texts("text"),
        _run("first_member", "device_members", "member_count", optional=True),
        _u16("member_count"),
        _u8("kind", "searched"),
    ),
    _section("device_members", "hg_db_device_member", _u32("grade")),
    _section(
        "device_parts",
        "hg_db_device_part",
        _run("text_offset", "strings", "text_length"),
        _u8("text_length", "kind"),
        _u16("number"),
    ),
)

SECTION_BY_NAME: dict[str, RecordSection] = {section.name: section for section in SECTIONS}

HEADER_FORMAT = "<8sIIQII Q 32s"
"""magic, format version, sections, length in bytes, CRC-32 of all bytes after the checksum,
header bytes, hash key, source hash; then one directory entry per section."""
DIRECTORY_FORMAT = "<QII"
"""offset, records, stride."""
CHECKSUM_OFFSET = 24
SECTION_ALIGNMENT = 64

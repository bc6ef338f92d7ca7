"""The layout of a signature database: the one description of every record in it.

`emit_header` makes C structs and initialised arrays of it, `emit_binary` the sections of
a file. Both hold the same records in the same order::

     header    magic · format · length · checksum · hash key · source hash · section directory
       │
       │  cold: read only to describe an answer
       ├─ strings     text, referred to as offset + length
       ├─ files       names of the source files
       ├─ labels      name, flavor, class, sys list ─▶ claims
       ├─ signatures  one a TCP signature, in file order: the index is its priority
       ├─ mtus  https  hellos  announcements  systems  classes
       ├─ claims      what labels and systems mean (see `sigcompiler.claims`): stacks
       │              ─▶ claim_families ─▶ families and their versions, as ranges of numbers
       ├─ confidence  shares of right answers, by basis; standings of families, by identity
       ├─ layout_signatures  the first signature of each option layout; signatures name the next
       │
       │  hot: walked for every packet (see `table`)
       ├─ mtu_order     MTU values in order, each with the first signature of that value
       ├─ layouts       option kinds + eol pad      ◀─ layout_slots (hash of those bytes)
       │      ▲
       ├─ templates     the same layouts as value and mask over the bytes of the options
       │                ◀─ template_ends ◀─ template_nodes (a tree: which byte is looked at,
       │                   one branch a kind of option) ◀─ template_roots, one a length
       │       layout + hard quirks + direction + version + payload + olen
       ├─ bases         hash table ──▶ first shape, number of shapes
       ├─ shapes        which of MSS, window, scale are wildcards; best priority below it
       │       shape + MSS + window + scale, wildcards masked out
       ├─ entries       hash table ──▶ one member, or a run of members, or ranges
       ├─ members       priority, soft quirks, ittl, flags
       ├─ ranges ─▶ intervals   large runs resolved beforehand: TTL interval ─▶ answer
       │
       │  warm: walked when the segments of a host show something new (see `csrc/segments/rules.c`)
       ├─ segments       rules in file order ──▶ segment_conditions ──▶ segment_values
       ├─ segment_shares how often they are right, by the identity of a family
       ├─ device_shares  how often announcements are right, by their kind and what they say
       │
       │  hot: walked for every hello of a TLS client (see `csrc/tls/match.c`)
       ├─ hello_masks    which places of a JA4 signatures look at: one for each set of them
       │       number of the mask + the places of the JA4 that it leaves
       ├─ hello_entries  hash table ──▶ the signature that leads
       │
       │  hot: walked for every head of an HTTP message (see `https` and `csrc/http/match.c`)
       ├─ http_names     hash table ──▶ number of a name, the atom that stands for it, its automaton
       ├─ http_moves     automata of texts (see `texts`)
       │                 http_ends: which texts end after a move ──▶ http_uses: what they stand for
       ├─ http_atoms     atom ──▶ name and text, and the nodes that need it first
       ├─ http_nodes     a tree over sets of atoms ──▶ http_members: signatures, by the order they need
       ├─ http_steps     the headers that a signature names, in order
       │
       │  hot: walked for every text that a device announces (see `devices` and `csrc/devices/match.c`)
       ├─ device_kinds    how long the texts are by which patterns of a kind are found
       ├─ device_keys     hash table: beginnings of patterns ──▶ device_members: signatures
       └─ device_parts    the parts of a pattern, in order

TTL and the soft quirks stay out of the keys: a member is *graded* when it is visited, and
the answer is the least grade, which is p0f's order by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

from sigcompiler.patterns import MAX_PARTS, MAX_TEXT

FORMAT_VERSION = 14
MAGIC = b"HUGINNDB"

Record = tuple[int, ...]
"""One record: the values of its fields, in their order."""

NO_INDEX = 0xFFFFFFFF
"""Stands for "none" wherever a record refers to another."""

GRADE_SHIFT = 30
"""A grade is ``class << GRADE_SHIFT | priority``; the least one wins."""
GRADE_SPECIFIC, GRADE_GENERIC, GRADE_FUZZY = 0, 1, 2
MAX_SIGNATURES = 1 << GRADE_SHIFT

MEMBER_UNRELIABLE_TTL, MEMBER_USERLAND, MEMBER_GENERIC, MEMBER_LAST, MEMBER_EXACT_TTL = 1, 2, 4, 8, 16
SIGNATURE_UNRELIABLE_TTL, SIGNATURE_USERLAND, SIGNATURE_GENERIC, SIGNATURE_RESPONSE = 1, 2, 4, 8
SIGNATURE_EXACT_TTL, SIGNATURE_RESTORABLE = 16, 32
"""Another TTL is no match; options that were erased on the way may be put back to match it."""
LABEL_GENERIC, LABEL_USERLAND = 1, 2
SOURCE_LAST_RESORT = 1
"""The versions of the label count only where nothing else names any."""
HTTP_STEP_OPTIONAL = 1
HTTP_NAME_VALUED = 1
"""A signature has a value for headers of this name."""
HTTP_ANY_VERSION = 255
HTTP_MOST_TEXT = 1024
"""Bytes of a text that is looked for in a value."""
HTTP_MOST_ATOMS = 2048
"""Headers and texts that the signatures of a database distinguish, and items of ``ua_os``."""
HTTP_MOST_HEADERS = 32
"""Headers of one signature."""
HTTP_MOST_MOVES = 1 << 20
"""Steps of all automata together, on the way to the texts."""
HTTP_NO_USE = 0xFFFF
DEVICE_MOST_PARTS = MAX_PARTS
DEVICE_MOST_TEXT = MAX_TEXT
DEVICE_KEY_BYTES = 63
"""The longest beginning of a pattern by which it is found."""
DEVICE_SEARCHED_BYTES = (3, 4, 6, 8)
"""The same of patterns that begin with ``*``: one of these."""
DEVICE_WEIGHT_SHIFT = 22
"""A grade of a pattern is ``class << GRADE_SHIFT | missing << DEVICE_WEIGHT_SHIFT | number``: `missing`
is what its weight lacks to DEVICE_MOST_TEXT."""
DEVICE_MOST_MEMBERS = 64
"""Patterns that are found by the same text."""
SEGMENT_MOST_RULES = 256
"""Signatures of segments: all are looked at, one after the other."""
ENTRY_EMPTY, ENTRY_SINGLE, ENTRY_GROUP, ENTRY_RANGES = 0, 1, 2, 3

# Bits of a base key, from the lowest: olen, payload, version 6, response, hard quirks, layout.
BASE_PAYLOAD_SHIFT, BASE_V6_SHIFT, BASE_RESPONSE_SHIFT = 8, 9, 10
BASE_QUIRKS_SHIFT, BASE_LAYOUT_SHIFT = 11, 32

# Bits of an entry key, from the lowest: scale, window or N, MSS, shape.
ENTRY_WINDOW_SHIFT, ENTRY_MSS_SHIFT, ENTRY_SHAPE_SHIFT = 8, 24, 40
MAX_SHAPES = 1 << 24

TEMPLATE_WORDS = 4
TEMPLATE_BYTES = 32
"""The longest option area with a template; hardly any system sends more. Templates look at
the 32 bytes that *end* with the options: headers stand before them, so those bytes are always
there, while bytes after it may not be. Places are counted in that window."""
TEMPLATE_STEPS = 5
"""Bytes that are looked at to find the one template that may fit. Always as many, since how many
were enough could not be foreseen; what five do not distinguish is left to the byte parser."""
TEMPLATE_BRANCHES = 16
"""Branches of a node, by the low half of the byte: kinds of option that have templates are less."""

HASH_MULTIPLIER = 0x9E3779B97F4A7C15
"""Fibonacci hashing: ``((key ^ hash_key) * multiplier)``, folded, upper half."""

TYPES = {"u8": "uint8_t", "u16": "uint16_t", "i16": "int16_t", "u32": "uint32_t", "i32": "int32_t"}
TYPES["u64"] = "uint64_t"
STRUCT_CODES = {"u8": "B", "u16": "H", "i16": "h", "u32": "I", "i32": "i", "u64": "Q"}
SIZES = {"u8": 1, "u16": 2, "i16": 2, "u32": 4, "i32": 4, "u64": 8}


class TableLimitError(ValueError):
    """More signatures, or more in them, than the layout's numbers can distinguish."""


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a record. `refers` names the section that its value is an index of."""

    name: str
    type: str
    count: int = 1
    refers: str = ""

    @property
    def size(self) -> int:
        """Bytes of the field."""
        return SIZES[self.type] * self.count


@dataclass(frozen=True, slots=True)
class RecordSection:
    """An array of records. Fields stand at their natural alignment, with no gaps."""

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


def _text(name: str) -> tuple[Field, Field]:
    """A reference into the strings."""
    return Field(f"{name}_offset", "u32", refers="strings"), Field(f"{name}_length", "u32")


_SOURCE = (*_text("provenance"), Field("weight", "u16"), Field("source_flags", "u16"))
"""Where a signature comes from (`sigcompiler.claims.sources`)."""

_JA4 = (Field("start", "u64"), Field("rest", "u64"), Field("ciphers", "u64"), Field("extensions", "u64"))
"""A JA4 as numbers (`sigcompiler.ja4`): the first eight characters, the other two, two digests."""

SECTIONS: tuple[RecordSection, ...] = (
    RecordSection("strings", "hg_db_char", (Field("byte", "u8"),)),
    RecordSection("files", "hg_db_file", _text("name")),
    RecordSection("classes", "hg_db_class", _text("name")),
    RecordSection(
        "systems",
        "hg_db_system",
        (
            *_text("name"),
            *_text("text"),
            Field("claim", "u32", refers="claims"),
            Field("line", "u32"),
            Field("has_text", "u32"),
        ),
    ),
    RecordSection(
        "labels",
        "hg_db_label",
        (
            *_text("name"),
            *_text("flavor"),
            *_text("class"),
            *_text("systems"),
            Field("claim", "u32", refers="claims"),
            Field("alike", "u32", refers="labels"),
            Field("line", "u32"),
            Field("file", "u16", refers="files"),
            Field("section", "u8"),
            Field("flags", "u8"),
        ),
    ),
    RecordSection(
        "signatures",
        "hg_db_signature",
        (
            *_text("text"),
            *_SOURCE,
            Field("label", "u32", refers="labels"),
            Field("layout", "u32", refers="layouts"),
            Field("next", "u32", refers="signatures"),
            Field("mss", "i32"),
            Field("quirks", "u32"),
            Field("line", "u32"),
            Field("column", "u32"),
            Field("window", "u16"),
            Field("wscale", "i16"),
            Field("file", "u16", refers="files"),
            Field("olen", "u8"),
            Field("ittl", "u8"),
            Field("version", "u8"),
            Field("flags", "u8"),
            Field("window_kind", "u8"),
            Field("payload", "u8"),
        ),
    ),
    RecordSection(
        "mtus",
        "hg_db_mtu",
        (
            *_text("text"),
            *_text("provenance"),
            Field("label", "u32", refers="labels"),
            Field("line", "u32"),
            Field("column", "u32"),
            Field("mtu", "u16"),
            Field("file", "u16", refers="files"),
        ),
    ),
    RecordSection(
        "families",
        "hg_db_family",
        (Field("identity", "u64"), *_text("name"), Field("stacks", "u32"), Field("zero", "u32")),
    ),
    # Equal claims have equal identities, in whatever database. The last field is a `ClaimKind`.
    RecordSection(
        "claims",
        "hg_db_claim",
        (
            Field("identity", "u64"),
            Field("stacks", "u32"),
            Field("first_family", "u32", refers="claim_families"),
            Field("family_count", "u32"),
            Field("kind", "u32"),
        ),
    ),
    RecordSection(
        "claim_families",
        "hg_db_claim_family",
        (
            Field("family", "u32", refers="families"),
            Field("first_version", "u32", refers="versions"),
            Field("version_count", "u32"),
        ),
    ),
    # They rise and do not overlap, see `sigcompiler.claims.versions`.
    RecordSection("versions", "hg_db_versions", (Field("first", "u64"), Field("last", "u64"))),
    # Millionths, by the number of the basis (`sigcompiler.claims.confidence`). None: those of the default.
    RecordSection("confidence", "hg_db_confidence", (Field("share", "u32"), Field("version_share", "u32"))),
    RecordSection(
        "standings",
        "hg_db_standing",
        (Field("family", "u64"), Field("share", "u32"), Field("zero", "u32")),
    ),
    RecordSection("layout_signatures", "hg_db_first", (Field("signature", "u32", refers="signatures"),)),
    RecordSection(
        "mtu_order", "hg_db_mtu_order", (Field("mtu", "u32"), Field("number", "u32", refers="mtus"))
    ),
    RecordSection(
        "https",
        "hg_db_http",
        (
            *_text("text"),
            *_SOURCE,
            Field("label", "u32", refers="labels"),
            Field("line", "u32"),
            Field("column", "u32"),
            Field("software", "u32", refers="http_atoms"),
            Field("first_step", "u32", refers="http_steps"),
            Field("step_count", "u16"),
            Field("absent_count", "u16"),
            Field("file", "u16", refers="files"),
            Field("section", "u8"),
            Field("version", "u8"),
            Field("flags", "u32"),
        ),
    ),
    RecordSection(
        "hellos",
        "hg_db_hello",
        (
            *_text("text"),
            *_SOURCE,
            Field("label", "u32", refers="labels"),
            Field("share", "u32"),  # of such hellos that are of its label; NO_INDEX: not measured
            Field("line", "u32"),
            Field("column", "u32"),
            Field("file", "u16", refers="files"),
            Field("flags", "u16"),
        ),
    ),
    # Values of `DeviceField`, in its order.
    RecordSection(
        "announcements",
        "hg_db_announcement",
        (
            *_text("text"),
            *_SOURCE,
            Field("label", "u32", refers="labels"),
            Field("line", "u32"),
            Field("column", "u32"),
            Field("file", "u16", refers="files"),
            Field("kind", "u8"),
            Field("flags", "u8"),
            Field("first_part", "u32", refers="device_parts"),
            Field("part_count", "u32"),
            Field("value_offsets", "u32", 5),
            Field("value_lengths", "u32", 5),
        ),
    ),
    RecordSection(
        "segments",
        "hg_db_segments",
        (
            *_text("text"),
            *_SOURCE,
            Field("label", "u32", refers="labels"),
            Field("line", "u32"),
            Field("column", "u32"),
            Field("first_condition", "u32", refers="segment_conditions"),
            Field("condition_count", "u32"),
            Field("file", "u16", refers="files"),
            Field("flags", "u16"),
        ),
    ),
    RecordSection(
        "segment_conditions",
        "hg_db_segment_condition",
        (
            Field("first_value", "u32", refers="segment_values"),
            Field("value_count", "u16"),
            Field("feature", "u8"),
            Field("negated", "u8"),
        ),
    ),
    RecordSection(
        "segment_values",
        "hg_db_segment_values",
        (Field("first", "u16"), Field("last", "u16"), Field("multiple", "u32")),
    ),
    RecordSection(
        "segment_shares",
        "hg_db_segment_share",
        (Field("family", "u64"), Field("share", "u32"), Field("zero", "u32")),
    ),
    # Millionths, by kind of announcement and value. None: those of the default.
    RecordSection("device_shares", "hg_db_device_share", (Field("share", "u32"),)),
    RecordSection(
        "layouts",
        "hg_db_layout",
        (
            Field("kinds", "u8", 24),
            Field("count", "u8"),
            Field("eol_pad", "u8"),
            Field("zero", "u8", 6),
        ),
    ),
    RecordSection("layout_slots", "hg_db_slot", (Field("layout", "u32", refers="layouts"),)),
    RecordSection(
        "templates",
        "hg_db_template",
        (
            Field("value", "u64", 4),
            Field("mask", "u64", 4),
            Field("pad", "u64", 4),
            Field("layout", "u32", refers="layouts"),
            Field("ts_mask", "u32"),
            Field("mss_mask", "u16"),
            Field("wscale_mask", "u8"),
            Field("mss_at", "u8"),
            Field("wscale_at", "u8"),
            Field("ts_at", "u8"),
            Field("zero", "u8", 2),
        ),
    ),
    # A step is ``node * TEMPLATE_BYTES + at``: where to continue, and the byte to look at there.
    RecordSection("template_roots", "hg_db_template_root", (Field("step", "u32"),)),
    RecordSection("template_nodes", "hg_db_template_node", (Field("steps", "u32", TEMPLATE_BRANCHES),)),
    RecordSection(
        "template_ends", "hg_db_template_end", (Field("template_number", "u32", refers="templates"),)
    ),
    RecordSection(
        "bases",
        "hg_db_base",
        (
            Field("key", "u64"),
            Field("first_shape", "u32", refers="shapes"),
            Field("shape_count", "u32"),
        ),
    ),
    RecordSection(
        "shapes",
        "hg_db_shape",
        (
            Field("key_mask", "u64"),
            Field("best", "u32"),
            Field("modulo", "u16"),
            Field("window_kind", "u8"),
            Field("zero", "u8"),
        ),
    ),
    RecordSection(
        "entries",
        "hg_db_entry",
        (
            Field("key", "u64"),
            Field("index", "u32"),
            Field("soft", "u8"),
            Field("ittl", "u8"),
            Field("flags", "u8"),
            Field("state", "u8"),
        ),
    ),
    RecordSection(
        "members",
        "hg_db_member",
        (
            Field("priority", "u32", refers="signatures"),
            Field("soft", "u8"),
            Field("ittl", "u8"),
            Field("flags", "u8"),
            Field("zero", "u8"),
        ),
    ),
    RecordSection(
        "ranges",
        "hg_db_range",
        (Field("first", "u32", refers="intervals"), Field("count", "u32")),
    ),
    RecordSection("intervals", "hg_db_interval", (Field("last_ttl", "u32"), Field("grade", "u32"))),
    RecordSection("hello_masks", "hg_db_hello_mask", (*_JA4, Field("wildcard", "u64"))),
    RecordSection(
        "hello_entries",
        "hg_db_hello_entry",
        (*_JA4, Field("mask", "u32"), Field("signature", "u32", refers="hellos")),
    ),
    # Headers in order, then those that must be absent.
    RecordSection(
        "http_steps",
        "hg_db_http_step",
        (Field("atom", "u32", refers="http_atoms"), Field("name", "u32"), Field("flags", "u32")),
    ),
    RecordSection(
        "http_names",
        "hg_db_http_name",
        (
            *_text("name"),
            Field("number", "u32"),
            Field("atom", "u32"),
            Field("root", "u32", refers="http_moves"),
            Field("flags", "u32"),
        ),
    ),
    # By number of the move; apart, since few moves have a use.
    RecordSection(
        "http_moves", "hg_db_http_move", (Field("base", "u32"), Field("next", "u32", refers="http_moves"))
    ),
    RecordSection("http_ends", "hg_db_http_end", (Field("use", "u16", refers="http_uses"),)),
    RecordSection(
        "http_uses",
        "hg_db_http_use",
        (
            Field("atom", "u32", refers="http_atoms"),
            Field("system", "u32", refers="systems"),
            Field("next", "u32", refers="http_uses"),
        ),
    ),
    # The text, if any, and nodes of requests and of responses.
    RecordSection(
        "http_atoms",
        "hg_db_http_atom",
        (*_text("value"), Field("name", "u32"), Field("nodes", "u32", 2)),
    ),
    RecordSection(
        "http_nodes",
        "hg_db_http_node",
        (
            Field("atom", "u32"),
            Field("first_child", "u32", refers="http_nodes"),
            Field("child_count", "u32"),
            Field("first_member", "u32", refers="http_members"),
            Field("member_count", "u32"),
            Field("best", "u32"),
        ),
    ),
    RecordSection(
        "http_members",
        "hg_db_http_member",
        (Field("order", "u32"), Field("signature", "u32", refers="https")),
    ),
    # Lengths as bits.
    RecordSection("device_kinds", "hg_db_device_kind", (Field("lengths", "u64"), Field("searched", "u64"))),
    RecordSection(
        "device_keys",
        "hg_db_device_key",
        (
            *_text("text"),
            Field("first_member", "u32", refers="device_members"),
            Field("member_count", "u16"),
            Field("kind", "u8"),
            Field("searched", "u8"),
        ),
    ),
    RecordSection("device_members", "hg_db_device_member", (Field("grade", "u32"),)),
    RecordSection(
        "device_parts",
        "hg_db_device_part",
        (*_text("text"), Field("kind", "u16"), Field("number", "u16")),
    ),
)

SECTION_BY_NAME: dict[str, RecordSection] = {section.name: section for section in SECTIONS}

HEADER_FORMAT = "<8sIIQII Q 32s"
"""magic, format version, sections, length in bytes, CRC-32 of all that follows the
checksum, header bytes, hash key, source hash; then a directory entry a section."""
DIRECTORY_FORMAT = "<QII"
"""offset, records, stride."""
CHECKSUM_OFFSET = 24
SECTION_ALIGNMENT = 64

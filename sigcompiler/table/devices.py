"""The records for naming announcements of devices (`csrc/announcements/match.c` reads them).

A pattern is found by the literal text at its start, its *key*: a hash table maps a kind of announcement and
a key to the patterns with this key. A text is looked up once for each key length of its kind; for patterns
that begin with ``*``, at each position of the text. The key of a called service is its last two labels. So
the cost does not depend on the number of patterns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from sigcompiler.model import DeviceSignature
from sigcompiler.patterns import Pattern
from sigcompiler.table import layout
from sigcompiler.table.hashing import Words
from sigcompiler.table.known import KnownSignatures
from sigcompiler.table.layout import NO_INDEX, Record
from sigcompiler.vocabulary import BANNERS, RANKS, WITH_MODELS, AnnouncementKind, DeviceField, Rank

Key = tuple[int, bool, bytes]
"""Kind of announcement, a flag for keys that are searched everywhere, and the text."""


class DeviceRecords:
    """The sections ``device_...``; ``keys`` is keyed by the words that the core hashes."""

    def __init__(
        self,
        signatures: Sequence[DeviceSignature],
        known: KnownSignatures,
        add_text: Callable[[str], tuple[int, int]],
    ) -> None:
        self.parts = known.records("device_parts")
        self.runs = [self._add(signature.pattern, add_text) for signature in signatures]
        """First part and number of parts, for each signature."""
        self.fullest: list[int] = []
        """The grades under the key that has the most."""
        self.placed: dict[int, list[Record]] = {}
        """The slots of ``device_keys`` by hash key, as far as they are known."""
        if not signatures and known.hash_key:
            self.placed = {known.hash_key: known.records("device_keys")}
            self.kinds, self.members = known.records("device_kinds"), known.records("device_members")
            self.keys = {
                key_words(
                    (record[4], bool(record[5]), known.strings[record[0] : record[0] + record[1]])
                ): record
                for record in known.records("device_keys")
                if record[2] != NO_INDEX
            }
        else:
            self._group(signatures, known, add_text)

    def _group(
        self,
        signatures: Sequence[DeviceSignature],
        known: KnownSignatures,
        add_text: Callable[[str], tuple[int, int]],
    ) -> None:
        self.members = []
        lengths = [[0, 0] for _ in AnnouncementKind]
        self.keys = {}
        groups = grouped(signatures, _known_groups(known, len(signatures)))
        for (kind, searched, text), grades in with_prefixes(groups).items():
            self.fullest = max(self.fullest, grades, key=len)
            if kind != AnnouncementKind["CALLS"]:
                lengths[kind][searched] |= 1 << len(text)
            found = add_text(text.decode("utf-8", "surrogateescape"))
            self.keys[key_words((kind, searched, text))] = (
                *found,
                len(self.members),
                len(grades),
                kind,
                int(searched),
            )
            self.members += [(grade,) for grade in sorted(grades)]
        self.kinds = [(anchored, searched) for anchored, searched in lengths]

    def _add(self, pattern: Pattern, add_text: Callable[[str], tuple[int, int]]) -> tuple[int, int]:
        first = len(self.parts)
        for part in pattern.parts:
            text = add_text(part.text.decode("utf-8", "surrogateescape")) if part.text else (0, 0)
            self.parts.append((*text, int(part.kind), part.number))
        return first, len(pattern.parts)


def _known_groups(known: KnownSignatures, before: int) -> dict[Key, list[int]]:
    """The grades of known signatures, by key; `before` is how many signatures stand in front of them."""
    members = [grade + before for (grade,) in known.records("device_members")]
    return {
        (row["kind"], bool(row["searched"]), known.span(row, "text")): members[
            row["first_member"] : row["first_member"] + row["member_count"]
        ]
        for row in known.rows("device_keys")
        if row["member_count"]
    }


def grouped(
    signatures: Sequence[DeviceSignature], known: Mapping[Key, list[int]] | None = None
) -> dict[Key, list[int]]:
    """The grades of signatures, by key."""
    found: dict[Key, list[int]] = defaultdict(list, known or {})
    for number, signature in enumerate(signatures):
        found[key_of(signature)].append(grade_of(number, signature))
    return found


def with_prefixes(groups: dict[Key, list[int]]) -> dict[Key, list[int]]:
    """Add the prefixes of searched keys: a look-up ends at the first missing prefix."""
    searched = [(kind, text) for kind, is_searched, text in groups if is_searched]
    lengths = {(kind, len(text)) for kind, text in searched}
    prefixes = {
        (one, True, text[:length]) for one, text in searched for kind, length in lengths if kind == one
    }
    return {**{prefix: [] for prefix in sorted(prefixes)}, **groups}


def grade_of(number: int, signature: DeviceSignature) -> int:
    """A signature's grade; the fitting signature with the lowest grade wins."""
    generic = (layout.GRADE_GENERIC << layout.GRADE_SHIFT) * signature.label.generic
    return (
        generic | (layout.DEVICE_MOST_TEXT - signature.pattern.weight) << layout.DEVICE_WEIGHT_SHIFT | number
    )


def number_of(grade: int) -> int:
    """The number of the signature with this grade."""
    return grade & ((1 << layout.DEVICE_WEIGHT_SHIFT) - 1)


def key_of(signature: DeviceSignature) -> Key:
    """The key under which look-ups find a signature."""
    pattern = signature.pattern
    if signature.announcement is AnnouncementKind["CALLS"]:
        return int(signature.announcement), False, last_labels(pattern.parts[-1].text)
    length = min(len(pattern.start), layout.DEVICE_KEY_BYTES)
    if pattern.searched:
        length = max(one for one in layout.DEVICE_SEARCHED_BYTES if one <= length)
    # A key is text, so it must not end within a UTF-8 character.
    while length < len(pattern.start) and pattern.start[length] & 0xC0 == 0x80:
        length -= 1
    return int(signature.announcement), pattern.searched, pattern.start[:length]


def rank_of(signature: DeviceSignature) -> Rank:
    """The rank of a signature as evidence."""
    states_model = "model" in signature.pattern.captured or (
        signature.label.device is not None and signature.label.device.model != ""
    )
    identifies = signature.announcement in WITH_MODELS and states_model
    return Rank.IDENTITY if identifies else RANKS[signature.announcement]


def last_labels(name: bytes) -> bytes:
    """The last two labels of a domain name."""
    return b".".join(name.split(b".")[-2:])


def key_words(key: Key) -> Words:
    """A key as the core hashes it: kind and search flag, then one word per byte."""
    kind, searched, text = key
    return (kind << 1 | searched, *text)


def value_records(signature: DeviceSignature, add_text: Callable[[str], tuple[int, int]]) -> Record:
    """Offsets and lengths of the values, from the label or else, for devices, from the pattern's captures."""
    values = signature.label.device or ("",) * len(DeviceField)
    captured = frozenset() if signature.announcement in BANNERS else signature.pattern.captured
    texts = [
        value or (f"<{field.name.lower()}>" if field.name.lower() in captured else "")
        for field, value in zip(DeviceField, values, strict=True)
    ]
    places = [add_text(text) if text else (0, 0) for text in texts]
    return (*(offset for offset, _ in places), *(length for _, length in places), 0, 0, 0)

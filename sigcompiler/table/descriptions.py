"""The records that describe signatures: text, labels, places. They are read only for answers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from sigcompiler import model
from sigcompiler.claims.flavors import label_text
from sigcompiler.claims.labels import claim_of_label, claim_of_system
from sigcompiler.claims.sources import WEIGHTS, is_last_resort, weight
from sigcompiler.stacks import class_stacks
from sigcompiler.table import layout
from sigcompiler.table.claims import ClaimRecords, share_of
from sigcompiler.table.devices import DeviceRecords, rank_of, value_records
from sigcompiler.table.hashing import Words
from sigcompiler.table.http_lookup import HttpRecords
from sigcompiler.table.known import KnownSignatures
from sigcompiler.table.layout import NO_INDEX, Record
from sigcompiler.vocabulary import MAX_OPTIONS, Direction

Key = TypeVar("Key", bound=Hashable)


class StringPool:
    """A sequence of texts without duplicates. Invalid UTF-8 keeps its original bytes."""

    def __init__(self, known: bytes) -> None:
        self._places: dict[str, tuple[int, int]] = {}
        self.bytes = bytearray(known)

    def add_text(self, text: str) -> tuple[int, int]:
        """Offset and length of `text`, which is added if it is new."""
        if text not in self._places:
            chunk = text.encode("utf-8", "surrogateescape")
            self._places[text] = (len(self.bytes), len(chunk))
            self.bytes += chunk
        return self._places[text]


class DescriptionRecords:
    """The sections that describe signatures, and the number of each option layout.

    `source` has the `known` signatures behind its own, but for devices and segments only its own.
    """

    def __init__(
        self, source: model.SignatureFile, clients: Mapping[str, float], known: KnownSignatures
    ) -> None:
        self._known = known
        self._pool = StringPool(known.strings)
        self._clients = clients
        self._files = {name: number for number, name in enumerate(source.files)}
        self._class_stacks = class_stacks(source.labels)
        self._labels = {id(label): number for number, label in enumerate(source.labels)}
        self._alike: dict[str, int] = {}
        self._claims = ClaimRecords(known, self._pool.add_text)
        self.http = HttpRecords(source, self._pool.add_text)
        self.devices = DeviceRecords(source.device, known, self._pool.add_text)
        kept = [] if clients else known.records("hellos")
        self.layout_numbers: dict[tuple[tuple[int, ...], int], int] = {}
        add_text = self._pool.add_text
        self.records: dict[str, list[Record]] = {
            "files": [add_text(name) for name in source.files],
            "classes": [add_text(name) for name in source.classes],
            "systems": [
                (
                    *(*add_text(system.name), *add_text(system.text or "")),
                    *(self._claims.number(claim_of_system(system.name)), system.place.line),
                    system.text is not None,
                )
                for system in source.user_agent_systems
            ],
            "labels": [self._label(number, label) for number, label in enumerate(source.labels)],
            "signatures": [
                self._signature(*pair) for pair in zip(source.tcp, _next_of_layout(source.tcp), strict=True)
            ],
            "mtus": [self._mtu(signature) for signature in source.mtu],
            "https": [
                self._http(signature, run) for signature, run in zip(source.http, self.http.runs, strict=True)
            ],
            "hellos": [*map(self._tls, source.tls[: len(source.tls) - len(kept)]), *kept],
            "announcements": [
                *map(self._device, source.device, self.devices.runs),
                *known.records("announcements"),
            ],
            **self._segments(source.segments),
            "mtu_order": sorted(_firsts(one.mtu for one in source.mtu).items()),
        }
        self.records["layouts"] = [
            (*options, *([0] * (MAX_OPTIONS - len(options))), len(options), pad, 0, 0, 0, 0, 0, 0)
            for options, pad in self.layout_numbers
        ]
        firsts = _firsts(map(_layout_of, source.tcp))  # in the order of the layouts' numbers
        self.records["layout_signatures"] = [(number,) for number in firsts.values()]
        self.records.update(
            families=self._claims.families,
            claims=self._claims.claims,
            claim_families=self._claims.claim_families,
            versions=self._claims.versions,
        )
        self.strings = bytes(self._pool.bytes)

    @property
    def layout_slots(self) -> dict[Words, Record]:
        """The number of each layout, by the words that the core hashes (see `layout_words`)."""
        return {layout_words(*key): (number,) for key, number in self.layout_numbers.items()}

    def _label(self, number: int, label: model.LabelLine) -> Record:
        add_text = self._pool.add_text
        alike = self._alike.setdefault(label_text(label.name, label.flavor), number)
        if number < len(self._known.labels) and not any(one.startswith("@") for one in label.systems):
            return self._known.label_records[number]
        return (
            *add_text(label.name),
            *add_text(label.flavor),
            *add_text(label.os_class or ""),
            *add_text(",".join(label.systems)),
            self._claims.number(claim_of_label(label, self._class_stacks)),
            alike,
            label.place.line,
            self._files[label.place.file],
            int(label.section),
            layout.LABEL_GENERIC * label.generic | layout.LABEL_USERLAND * label.userland,
        )

    def _signature(self, signature: model.TcpSignature, following: int) -> Record:
        flags = (
            layout.SIGNATURE_UNRELIABLE_TTL * signature.unreliable_ttl
            | layout.SIGNATURE_USERLAND * signature.label.userland
            | layout.SIGNATURE_GENERIC * signature.label.generic
            | layout.SIGNATURE_RESPONSE * (signature.direction is Direction.RESPONSE)
            | layout.SIGNATURE_EXACT_TTL * signature.exact_ttl
            | layout.SIGNATURE_RESTORABLE * signature.own_rules
        )
        return (
            *self._text(signature),
            self.layout_numbers.setdefault(_layout_of(signature), len(self.layout_numbers)),
            following,
            -1 if signature.mss is None else signature.mss,
            int(signature.quirks),
            signature.place.line,
            signature.place.column,
            signature.window.value,
            -1 if signature.wscale is None else signature.wscale,
            self._files[signature.place.file],
            signature.olen,
            signature.ittl,
            signature.version or 0,
            flags,
            int(signature.window.kind),
            int(signature.payload),
        )

    def _text(self, one: model.SigLine) -> Record:
        """The text, its source, and the label."""
        source = one.provenance
        flags = layout.SOURCE_LAST_RESORT * is_last_resort(source)
        texts = (*self._pool.add_text(one.text), *self._pool.add_text(source))
        return (*texts, WEIGHTS.index(weight(source)), flags, self._labels[id(one.label)])

    def _placed(self, one: model.SigLine) -> Record:
        return (*self._text(one), one.place.line, one.place.column)

    def _mtu(self, signature: model.MtuSignature) -> Record:
        return (
            *self._pool.add_text(signature.text),
            *self._pool.add_text(signature.provenance),
            self._labels[id(signature.label)],
            signature.place.line,
            signature.place.column,
            signature.mtu,
            self._files[signature.place.file],
        )

    def _http(self, signature: model.HttpSignature, run: tuple[int, int, int, int]) -> Record:
        return (
            *self._placed(signature),
            *run,
            self._files[signature.place.file],
            int(signature.label.section),
            layout.HTTP_ANY_VERSION if signature.version is None else signature.version,
            layout.SIGNATURE_GENERIC * signature.label.generic
            | layout.SIGNATURE_RESPONSE * (signature.label.section is model.Section.HTTP_RESPONSE),
        )

    def _tls(self, signature: model.TlsSignature) -> Record:
        return (
            *self._text(signature),
            share_of(self._clients.get(label_text(signature.label.name, signature.label.flavor))),
            signature.place.line,
            signature.place.column,
            self._files[signature.place.file],
            layout.SIGNATURE_GENERIC * signature.label.generic,
        )

    def _device(self, signature: model.DeviceSignature, run: tuple[int, int]) -> Record:
        return (
            *self._placed(signature),
            self._files[signature.place.file],
            int(signature.announcement),
            layout.SIGNATURE_GENERIC * signature.label.generic,
            *run,
            int(rank_of(signature)),
            *value_records(signature, self._pool.add_text),
        )

    def _segments(self, signatures: list[model.SegmentSignature]) -> dict[str, list[Record]]:
        found: list[Record] = []
        conditions = self._known.records("segment_conditions")
        values = self._known.records("segment_values")
        for one in signatures:
            found.append(
                (
                    *self._placed(one),
                    len(conditions),
                    len(one.conditions),
                    self._files[one.place.file],
                    layout.SIGNATURE_GENERIC * one.label.generic,
                )
            )
            for condition in one.conditions:
                conditions.append(
                    (len(values), len(condition.values), int(condition.feature), int(condition.negated))
                )
                values.extend((part.first, part.last, part.multiple) for part in condition.values)
        found += self._known.records("segments")
        return {"segments": found, "segment_conditions": conditions, "segment_values": values}


def _layout_of(signature: model.TcpSignature) -> tuple[tuple[int, ...], int]:
    return signature.options, signature.eol_pad


def _next_of_layout(signatures: list[model.TcpSignature]) -> list[int]:
    """For each signature, the number of the next one with the same option layout."""
    found = [NO_INDEX] * len(signatures)
    last: dict[tuple[tuple[int, ...], int], int] = {}
    for number, signature in enumerate(signatures):
        before = last.get(_layout_of(signature))
        if before is not None:
            found[before] = number
        last[_layout_of(signature)] = number
    return found


def _firsts(keys: Iterable[Key]) -> dict[Key, int]:
    """The number of the first signature with each key, in order of appearance."""
    found: dict[Key, int] = {}
    for number, key in enumerate(keys):
        found.setdefault(key, number)
    return found


def layout_words(options: tuple[int, ...], eol_pad: int) -> Words:
    """The layout as the core hashes it: its 24 kinds in three words, then count and pad."""
    kinds = bytes(options).ljust(MAX_OPTIONS, b"\0")
    words = (int.from_bytes(kinds[start : start + 8], "little") for start in range(0, MAX_OPTIONS, 8))
    return (*words, len(options) | eol_pad << 8)

"""Turns a signature file into the records of a database; `layout` has the drawing.

Only the text decides the order of all records, so the same text always gives the
same table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sigcompiler.claims.confidence import Confidence
from sigcompiler.ja4 import leaders
from sigcompiler.model import SignatureFile, TlsSignature
from sigcompiler.table import layout
from sigcompiler.table.claims import confidence_records
from sigcompiler.table.descriptions import DescriptionRecords
from sigcompiler.table.hashing import HashTable, choose_hash_key
from sigcompiler.table.hashing import Words as HashWords
from sigcompiler.table.layout import NO_INDEX, Record, TableLimitError
from sigcompiler.table.shapes import WalkRecords
from sigcompiler.table.templates import TemplateRecords


class HelloRecords:
    """The sections ``hello_masks`` and ``hello_entries``; entries are keyed by the words that are hashed."""

    def __init__(self, signatures: Sequence[TlsSignature]) -> None:
        found = leaders(signatures)
        wildcards = {mask: signatures[number].wildcard for (_, mask), number in found.items()}
        numbers = {mask: number for number, mask in enumerate(wildcards)}
        self.masks: list[Record] = [(*mask, int(wildcard)) for mask, wildcard in wildcards.items()]
        self.entries: dict[HashWords, Record] = {
            (*value, numbers[mask]): (*value, numbers[mask], number)
            for (value, mask), number in found.items()
        }


__all__ = ["Table", "TableLimitError", "build_table"]


@dataclass(frozen=True, slots=True)
class Table:
    """All records of a database, by section; ``strings`` is the one section of raw bytes."""

    strings: bytes
    records: dict[str, list[Record]]
    hash_key: int
    source_hash: bytes


def build_table(source: SignatureFile, confidence: Confidence | None = None) -> Table:
    """The database of `source`. Without `confidence` the core uses the tables of the default database.

    Raises `TableLimitError` for more than 2**30 signatures for TCP, TLS clients or HTTP, 2**22 for
    devices, 256 for segments, 2**24 shapes, or 2**20 moves of automata.
    """
    descriptions = DescriptionRecords(source, {} if confidence is None else confidence.clients)
    walk = WalkRecords(source.tcp, descriptions.layout_numbers)
    for things, most, what, why in (
        (source.tcp, layout.MAX_SIGNATURES, "TCP signatures", "can be ordered"),
        (source.tls, layout.MAX_SIGNATURES, "TLS signatures", "can be ordered"),
        (source.http, layout.MAX_SIGNATURES, "HTTP signatures", "can be ordered"),
        (source.device, 1 << layout.DEVICE_WEIGHT_SHIFT, "device signatures", "can be ordered"),
        (source.segments, layout.SEGMENT_MOST_RULES, "signatures of segments", "are looked at"),
        (walk.shapes, layout.MAX_SHAPES, "wildcard shapes", "can be numbered"),
    ):
        if len(things) > most:
            raise TableLimitError(f"{len(things)} {what}; at most {most} {why}")
    hellos = HelloRecords(source.tls)
    tables = {
        "layout_slots": HashTable(descriptions.layout_slots, NO_INDEX),
        "bases": HashTable(walk.bases, 0, 0, 0),
        "entries": HashTable(walk.entries, 0, 0, 0, 0, 0, 0),
        "hello_entries": HashTable(hellos.entries, 0, 0, 0, 0, 0, NO_INDEX),
        "http_names": HashTable(descriptions.http.names, 0, 0, NO_INDEX, NO_INDEX, NO_INDEX, 0),
        "device_keys": HashTable(descriptions.devices.keys, 0, 0, NO_INDEX, 0, 0, 0),
    }
    hash_key = choose_hash_key(source.source_hash, list(tables.values()))
    templates = TemplateRecords(list(descriptions.layout_numbers))
    records = descriptions.records | confidence_records(confidence)
    records |= {"templates": templates.templates, "hello_masks": hellos.masks}
    for prefix, part, names in (
        ("template_", templates, ("roots", "nodes", "ends")),
        ("", walk, ("shapes", "members", "ranges", "intervals")),
        ("http_", descriptions.http, ("steps", "atoms", "nodes", "members")),
        ("http_", descriptions.http.texts, ("moves", "ends", "uses")),
        ("device_", descriptions.devices, ("kinds", "members", "parts")),
    ):
        records |= {f"{prefix}{name}": getattr(part, name) for name in names}
    records |= {name: table.laid_out(hash_key) for name, table in tables.items()}
    return Table(descriptions.strings, records, hash_key, source.source_hash)

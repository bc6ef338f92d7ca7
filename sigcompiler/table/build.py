"""Turns a signature file into the records of a database; `layout` has the drawing.

Only the text decides the order of all records, so the same text always gives the
same table.
"""

from __future__ import annotations

from collections.abc import Sequence

from sigcompiler.claims.confidence import Confidence
from sigcompiler.ja4 import MOST_MASKS, leaders
from sigcompiler.model import SignatureFile, TlsSignature
from sigcompiler.table import layout
from sigcompiler.table.claims import confidence_records
from sigcompiler.table.descriptions import DescriptionRecords
from sigcompiler.table.hashing import HashTable, choose_hash_key
from sigcompiler.table.hashing import Words as HashWords
from sigcompiler.table.known import KnownSignatures
from sigcompiler.table.layout import NO_INDEX, SECTIONS, Record, Table, TableLimitError
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


__all__ = ["TableLimitError", "build_table"]


NOTHING_KNOWN = KnownSignatures(Table(b"", {section.name: [] for section in SECTIONS}, 0, b""))


def build_table(
    source: SignatureFile, confidence: Confidence | None = None, known: KnownSignatures = NOTHING_KNOWN
) -> Table:
    """The database of `source`. Without `confidence` the core uses the tables of the default database.

    The `known` signatures follow, as if their files had been read after the files of `source`. Raises
    `TableLimitError` for more than 2**30 signatures for TCP, TLS clients or HTTP, 2**22 for devices, 256 for
    segments, 2**24 shapes, 2**20 moves of automata, and for what the lint limits if `known` adds to it.
    """
    source = known.behind(source)
    descriptions = DescriptionRecords(source, {} if confidence is None else confidence.clients, known)
    walk = WalkRecords(source.tcp, descriptions.layout_numbers)
    hellos, devices = HelloRecords(source.tls), descriptions.devices
    records = descriptions.records | confidence_records(confidence)
    for things, most, what, why in (
        (source.tcp, layout.MAX_SIGNATURES, "TCP signatures", "can be ordered"),
        (source.tls, layout.MAX_SIGNATURES, "TLS signatures", "can be ordered"),
        (source.http, layout.MAX_SIGNATURES, "HTTP signatures", "can be ordered"),
        (records["announcements"], 1 << layout.DEVICE_WEIGHT_SHIFT, "device signatures", "can be ordered"),
        (records["segments"], layout.SEGMENT_MOST_RULES, "signatures of segments", "are looked at"),
        (walk.shapes, layout.MAX_SHAPES, "wildcard shapes", "can be numbered"),
        (hellos.masks, MOST_MASKS, "sets of places that JA4 signatures leave open", "are looked up"),
        (descriptions.http.atoms, layout.HTTP_MOST_ATOMS, "headers and texts of HTTP", "can be numbered"),
        (devices.fullest, layout.DEVICE_MOST_MEMBERS, "patterns with one beginning", "are found"),
    ):
        if len(things) > most:
            raise TableLimitError(f"{len(things)} {what}; at most {most} {why}")
    tables = {
        "layout_slots": HashTable(descriptions.layout_slots, NO_INDEX),
        "bases": HashTable(walk.bases, 0, 0, 0),
        "entries": HashTable(walk.entries, 0, 0, 0, 0, 0, 0),
        "hello_entries": HashTable(hellos.entries, 0, 0, 0, 0, 0, NO_INDEX),
        "http_names": HashTable(descriptions.http.names, 0, 0, NO_INDEX, NO_INDEX, NO_INDEX, 0),
        "device_keys": HashTable(devices.keys, 0, 0, NO_INDEX, 0, 0, 0, placed=devices.placed),
    }
    hash_key = choose_hash_key(source.source_hash, list(tables.values()), known.hash_key)
    templates = TemplateRecords(list(descriptions.layout_numbers))
    records |= {"templates": templates.templates, "hello_masks": hellos.masks}
    for prefix, part, names in (
        ("template_", templates, ("roots", "nodes", "ends")),
        ("", walk, ("shapes", "members", "ranges", "intervals")),
        ("http_", descriptions.http, ("steps", "atoms", "nodes", "members")),
        ("http_", descriptions.http.texts, ("moves", "ends", "uses")),
        ("device_", devices, ("kinds", "members", "parts")),
    ):
        records |= {f"{prefix}{name}": getattr(part, name) for name in names}
    records |= {name: table.laid_out(hash_key) for name, table in tables.items()}
    return Table(descriptions.strings, records, hash_key, source.source_hash)

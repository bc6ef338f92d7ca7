"""Reads the signatures of a built table back, so that a user's own can be put in front of them.

Labels, claims, texts, and the descriptions of signatures for TLS, devices and segments keep their records.
The sections in which the core looks signatures up are built again.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sigcompiler.model import (
    DeviceSignature,
    HttpHeader,
    HttpSignature,
    LabelLine,
    MtuSignature,
    Place,
    Section,
    SegmentCondition,
    SegmentSignature,
    SegmentValues,
    SigFields,
    SignatureFile,
    TcpSignature,
    TlsSignature,
    UserAgentSystem,
    Window,
)
from sigcompiler.patterns import Part, PartKind, Pattern
from sigcompiler.table import layout
from sigcompiler.table.layout import NO_INDEX, SECTION_BY_NAME, Record, Table
from sigcompiler.vocabulary import (
    MAX_OPTIONS,
    AnnouncementKind,
    Direction,
    PayloadClass,
    Quirk,
    SegmentFeature,
    WindowKind,
)

Row = dict[str, int]
"""A record by the names of its fields. Arrays end it."""


class KnownSignatures:
    """The signatures of a table as a model, without those of devices and segments."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.strings = table.strings
        self.hash_key = table.hash_key
        self.files = [self.text(row, "name") for row in self.rows("files")]
        self.label_records = table.records["labels"]
        self.labels: list[LabelLine] = [self._label(row) for row in self.rows("labels")]
        self.systems = [
            UserAgentSystem(Place("", row["line"], 0), self.text(row, "name"), self._searched(row))
            for row in self.rows("systems")
        ]
        self._names = {row["number"]: self.text(row, "name") for row in self.rows("http_names")}
        self._atoms = [self.text(row, "value") for row in self.rows("http_atoms")]

    def rows(self, section: str) -> Iterator[Row]:
        """The records of a section."""
        names = [field.name for field in SECTION_BY_NAME[section].fields]
        return (dict(zip(names, record, strict=False)) for record in self._table.records[section])

    def span(self, row: Row, name: str) -> bytes:
        """The bytes of a text that a record refers to."""
        start = row[f"{name}_offset"]
        return self.strings[start : start + row[f"{name}_length"]]

    def text(self, row: Row, name: str) -> str:
        """A text that a record refers to."""
        return self.span(row, name).decode("utf-8", "surrogateescape")

    def behind(self, source: SignatureFile, *, whole: bool = False) -> SignatureFile:
        """`source` with these signatures behind its own; labels, classes and files stand before its own.

        Signatures of devices and segments are added only if the model is to be `whole`.
        """
        own, known = source.source_hash, self._table.source_hash
        classes = [self.text(row, "name") for row in self.rows("classes")]
        mtus = [MtuSignature(**self._line(row), mtu=row["mtu"]) for row in self.rows("mtus")]
        return SignatureFile(
            files=[*self.files, *source.files],
            classes=list(dict.fromkeys((*classes, *source.classes))),
            user_agent_systems=[*source.user_agent_systems, *self.systems],
            labels=[*self.labels, *source.labels],
            mtu=[*source.mtu, *mtus],
            tcp=[*source.tcp, *map(self._tcp, self.rows("signatures"))],
            http=[*source.http, *map(self._http, self.rows("https"))],
            tls=[*source.tls, *map(self._tls, self.rows("hellos"))],
            device=[*source.device, *(map(self._device, self.rows("announcements")) if whole else ())],
            segments=[*source.segments, *(map(self._segments, self.rows("segments")) if whole else ())],
            source_hash=sha256(own + known).digest() if known else own,
        )

    def records(self, section: str) -> list[Record]:
        """A copy of a section, to which others can be added."""
        return list(self._table.records[section])

    def _searched(self, row: Row) -> str | None:
        return self.text(row, "text") if row["has_text"] else None

    def _label(self, row: Row) -> LabelLine:
        systems = self.text(row, "systems")
        return LabelLine(
            place=Place(self.files[row["file"]], row["line"], 0),
            section=Section(row["section"]),
            name=self.text(row, "name"),
            flavor=self.text(row, "flavor"),
            generic=bool(row["flags"] & layout.LABEL_GENERIC),
            userland=bool(row["flags"] & layout.LABEL_USERLAND),
            os_class=self.text(row, "class") or None,
            systems=tuple(systems.split(",")) if systems else (),
        )

    def _line(self, row: Row) -> SigFields:
        return SigFields(
            place=Place(self.files[row["file"]], row["line"], row["column"]),
            label=self.labels[row["label"]],
            text=self.text(row, "text"),
            provenance=self.text(row, "provenance"),
        )

    def _tcp(self, row: Row) -> TcpSignature:
        kinds = self._table.records["layouts"][row["layout"]]
        count, eol_pad = kinds[MAX_OPTIONS : MAX_OPTIONS + 2]
        flags = row["flags"]
        return TcpSignature(
            **self._line(row),
            direction=Direction.RESPONSE if flags & layout.SIGNATURE_RESPONSE else Direction.REQUEST,
            version=row["version"] or None,
            ittl=row["ittl"],
            unreliable_ttl=bool(flags & layout.SIGNATURE_UNRELIABLE_TTL),
            olen=row["olen"],
            mss=None if row["mss"] < 0 else row["mss"],
            window=Window(WindowKind(row["window_kind"]), row["window"]),
            wscale=None if row["wscale"] < 0 else row["wscale"],
            options=kinds[:count],
            eol_pad=eol_pad,
            quirks=Quirk(row["quirks"]),
            payload=PayloadClass(row["payload"]),
            own_rules=bool(flags & layout.SIGNATURE_RESTORABLE),
        )

    def _http(self, row: Row) -> HttpSignature:
        first, count = row["first_step"], row["step_count"]
        steps = self._table.records["http_steps"][first : first + count + row["absent_count"]]
        return HttpSignature(
            **self._line(row),
            version=None if row["version"] == layout.HTTP_ANY_VERSION else row["version"],
            headers=tuple(
                HttpHeader(
                    self._names[name],
                    None if atom == NO_INDEX else self._atoms[atom],
                    bool(flags & layout.HTTP_STEP_OPTIONAL),
                )
                for atom, name, flags in steps[:count]
            ),
            absent=tuple(self._names[name] for _, name, _ in steps[count:]),
            software="" if row["software"] == NO_INDEX else self._atoms[row["software"]],
        )

    def _tls(self, row: Row) -> TlsSignature:
        line = self._line(row)
        start, *digests = line["text"].split("_")
        ciphers, extensions = (None if one == "*" else one for one in digests)
        start = start if start != "*" else "?" * 10
        return TlsSignature(**line, start=start, ciphers=ciphers, extensions=extensions)

    def _device(self, row: Row) -> DeviceSignature:
        first = row["first_part"]
        parts = self._table.records["device_parts"][first : first + row["part_count"]]
        pattern = Pattern(
            tuple(
                Part(PartKind(kind), self.strings[at : at + length], number)
                for at, length, kind, number in parts
            )
        )
        return DeviceSignature(**self._line(row), announcement=AnnouncementKind(row["kind"]), pattern=pattern)

    def _segments(self, row: Row) -> SegmentSignature:
        first, values = row["first_condition"], self._table.records["segment_values"]
        conditions = self._table.records["segment_conditions"][first : first + row["condition_count"]]
        return SegmentSignature(
            **self._line(row),
            conditions=tuple(
                SegmentCondition(
                    SegmentFeature(feature),
                    bool(negated),
                    tuple(SegmentValues(*one) for one in values[at : at + count]),
                    "",
                )
                for at, count, feature, negated in conditions
            ),
        )

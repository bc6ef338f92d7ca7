"""Why a packet was named as it was: the nearest signatures, field by field."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.base import arguments
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.base.pickle_compat import by_names
from huginn_cffi.batch import Batch
from huginn_cffi.batch.columns import COLUMNS
from huginn_cffi.explain.fields import JUDGES, Seen, Verdict
from huginn_cffi.explain.fitting import observation_of
from huginn_cffi.explain.nearest import Fit, Near, Ranking, TcpTable, rank, seen_fields
from huginn_cffi.explain.words import initial_ttl, note, seen_texts, wanted_texts
from huginn_cffi.results import SynAckObservation, SynObservation
from huginn_cffi.results.observables import LAYOUT_COUNT, LAYOUT_PAD, ObservableTcp
from huginn_cffi.results.os_match import OsMatch, os_match
from huginn_cffi.results.views import view
from sigcompiler.claims.flavors import label_text

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.database import Database

LIMIT = 5
"""Signatures that are named by default."""


@by_names
@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field of a packet and of a signature.

    ``field`` is "version", "ittl", "olen", "mss", "window", "wscale", "olayout", "quirks" or
    "pclass"; those of TLS clients are with `ClientExplanation`. ``packet`` and ``signature`` are what
    the two have there, as signatures are written (the window in brackets where a multiple stands for
    it). ``verdict`` is "exact", "tolerated" (a fuzzy match allows it) or "differs"; ``note`` says how,
    and may be empty.
    """

    field: str
    packet: str
    signature: str
    verdict: Verdict
    note: str


@by_names
@dataclass(frozen=True, slots=True)
class NearSignature:
    """A signature beside a packet.

    ``fit`` is "exact", "fuzzy" or "no"; ``distance`` the points of all differences (0: none),
    by which signatures that do not fit are ranked. ``signature`` is the text as its file has
    it, ``file`` and ``line`` (from 1) are its place, ``provenance`` says where it comes from and
    may be empty. ``name``, ``flavor``, ``kind`` and ``userland`` are those of its `Label`;
    ``fields`` compares field by field.
    """

    name: str
    flavor: str
    kind: hg.Kind
    userland: bool
    fit: Fit
    distance: float
    signature: str
    file: str
    line: int
    provenance: str
    fields: tuple[FieldComparison, ...]

    @property
    def label(self) -> str:
        """Name and flavor, as results show them."""
        return label_text(self.name, self.flavor)

    def of(self, verdict: Verdict) -> tuple[FieldComparison, ...]:
        """The fields with this verdict."""
        return tuple(item for item in self.fields if item.verdict == verdict)

    def __str__(self) -> str:
        """Label, place and differences, over a few lines."""
        from huginn_cffi.explain.text import near_text

        return near_text(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: field by field."""
        from huginn_cffi.formats.html import near_html

        return near_html(self)


@by_names
@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """What a database says about a handshake packet, and why.

    ``direction`` is "request" for a SYN and "response" for a SYN+ACK, ``observation`` what it
    shows. ``match`` is the answer, or ``None``; ``reason`` says in words how it came about. ``notes``
    list what a raw signature left open and was assumed, and what is odd about it. ``nearest``
    are the nearest signatures: first those that fit, in the order of the match, then the others
    by distance.
    """

    direction: hg.Direction
    observation: ObservableTcp
    match: OsMatch | None
    reason: str
    notes: tuple[str, ...]
    nearest: tuple[NearSignature, ...]

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        match = self.match
        named = None
        if match is not None:
            named = {name: getattr(match, name) for name in (*match._shown, "candidates")}
        return {
            "direction": self.direction,
            "signature": str(self.observation),
            "notes": list(self.notes),
            "match": named,
            "reason": self.reason,
            "nearest": [asdict(item) for item in self.nearest],
        }

    def __str__(self) -> str:
        """The whole explanation in lines of at most 100 columns, without control characters."""
        from huginn_cffi.explain.text import explanation_text

        return explanation_text(self)

    def __repr__(self) -> str:
        answer = "no match" if self.match is None else repr(str(self.match))
        packet = f"{self.observation} ({self.direction})"
        return f"<Explanation of {packet}: {answer}, {len(self.nearest)} nearest>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the answer, and the nearest signatures field by field."""
        from huginn_cffi.formats.html import explanation_html

        return explanation_html(self)


def explain(
    database: Database,
    signature: str | SynObservation | SynAckObservation,
    direction: hg.Direction | None,
    limit: int,
) -> Explanation:
    """See `Database.explain`."""
    limit = arguments.whole("limit", limit, 0, arguments.MAX_U32)
    if direction not in (None, "request", "response"):
        raise ValueError(f'direction must be "request" or "response", not {direction!r}')
    if isinstance(signature, (SynObservation, SynAckObservation)):
        native = observation_of(signature._batch, signature._row)
        own: hg.Direction = "response" if native.response else "request"
        if direction not in (None, own):
            raise ValueError(f'the observation is a {own}; leave direction away, or give "{own}"')
        return _explain(database, native, (), limit)
    if not isinstance(signature, str):
        raise TypeError(f"signature must be str or an observation, not {type(signature).__name__}")
    from huginn_cffi.explain.raw_signature import read_raw_signature

    raw = read_raw_signature(signature, direction or "request")
    return _explain(database, raw.native, raw.notes, limit)


def explain_observation(database: Database, native: CData, limit: int) -> Explanation:
    """The same for an ``hg_observation *``, of which nothing has to be assumed."""
    return _explain(database, native, (), limit)


def _explain(database: Database, native: CData, notes: tuple[str, ...], limit: int) -> Explanation:
    batch = _row(database, native)
    index = batch._cells.signature[0]
    seen, ranking = seen_fields(native), rank(database, native, limit)
    if index == NO_SIGNATURE:
        match, reason = None, _no_match(database, native, ranking)
    else:
        match = os_match(batch, 0, database._records.tcp[index])
        reason = _match(database, seen, index, match)
    return Explanation(
        direction="response" if native.response else "request",
        observation=view(ObservableTcp, batch, 0),
        match=match,
        reason=reason,
        notes=notes,
        nearest=tuple(_near(database, seen, near) for near in ranking.nearest),
    )


def _row(database: Database, native: CData) -> Batch:
    """A batch with the observation as its one row, named by this database."""
    batch = Batch(1, database)
    for name in COLUMNS:
        column: memoryview = getattr(batch._cells, name)
        for place in range(len(column)):
            column[place] = 0
    cells = batch._cells
    for name in ("ttl", "olen", "mss", "wscale", "quirks", "dscp", "window_kind", "window_multiple"):
        getattr(cells, name)[0] = getattr(native, name)
    cells.ip_version[0] = native.version
    cells.event[0] = lib.HG_EVENT_SYN_ACK if native.response else lib.HG_EVENT_SYN
    cells.ittl[0] = initial_ttl(native.ttl)
    cells.wsize[0], cells.pclass[0] = native.window, native.payload
    cells.olayout[: lib.HG_MAX_OPTIONS] = bytes(native.options)
    cells.olayout[LAYOUT_COUNT], cells.olayout[LAYOUT_PAD] = native.option_count, native.eol_pad
    found = lib.hg_database_match(database._handle, native)
    cells.signature[0], cells.fuzzy[0] = found.signature, found.fuzzy
    cells.dense["tcp"]["row"][0] = 0
    batch._native.count = batch._native.counts[lib.HG_READER_TCP] = 1
    batch._written()
    return batch


def _near(database: Database, seen: Seen, near: Near) -> NearSignature:
    signature = database._records.tcp[near.number]
    label = signature.label
    return NearSignature(
        name=label.name,
        flavor=label.flavor,
        kind=label.kind,
        userland=label.userland,
        fit=near.fit,
        distance=near.distance,
        signature=signature.text,
        file=signature.file,
        line=signature.line,
        provenance=signature.provenance,
        fields=_compared(seen, near),
    )


def _compared(seen: Seen, near: Near) -> tuple[FieldComparison, ...]:
    packet, signature = seen_texts(seen), wanted_texts(near.wanted)
    found = []
    for field, judge in JUDGES.items():
        verdict, _ = judge(near.wanted, seen)
        words = note(field, verdict, near.wanted, seen)
        found.append(FieldComparison(field, packet[field], signature[field], verdict, words))
    return tuple(found)


def _fields_with(seen: Seen, near: Near, verdict: Verdict) -> str:
    found = [field for field, judge in JUDGES.items() if judge(near.wanted, seen)[0] == verdict]
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1] if found else "")))


def _match(database: Database, seen: Seen, index: int, match: OsMatch) -> str:
    if not match.fuzzy and match.kind == "specific":
        return "the first specific signature that fits exactly"
    if not match.fuzzy:
        return "no specific signature fits exactly; the first generic one that does"
    near = Near(index, "fuzzy", 0, TcpTable(database)[index])
    soft = _fields_with(seen, near, "tolerated")
    return f"no signature fits exactly; the first that fits but for a tolerated difference in {soft}"


def _no_match(database: Database, native: CData, ranking: Ranking) -> str:
    packet = "SYN+ACK" if native.response else "SYN"
    if not ranking.of_direction:
        return f"the database has no {packet} signatures"
    if not ranking.of_layout:
        return f"none of the {ranking.of_direction} {packet} signatures has this option layout"
    near = ranking.nearest[0] if ranking.nearest else rank(database, native, 1).nearest[0]
    different = _fields_with(seen_fields(native), near, "differs")
    if not different:
        return "only a tool's signature would fit, and not exactly; tools are never named so"
    fails = f"of the {ranking.of_layout} {packet} signatures with this option layout none fits"
    if ranking.of_layout == 1:
        fails = f"the one {packet} signature with this option layout does not fit"
    return f"{fails}; the nearest of all differs in {different}"

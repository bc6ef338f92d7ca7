"""Writes the keys of records, and the order of their fields, as macros for the core's renderers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sigcompiler.emit_header import BANNER
from sigcompiler.schema.rows import (
    CLIENT_OBJECT,
    ECS_OBJECT,
    ECS_OS_TYPES,
    ECS_VERSION,
    EVE_OBJECT,
    EVENTS,
    FIELDS,
    FREE_TEXTS,
    HANDSHAKE,
    HELLO,
    HTTP,
    JSON_VERSION_KEY,
    MATCH_OBJECT,
    SCHEMA_VERSION,
    SOFTWARE_OBJECT,
    TEXTS_BETWEEN,
    UPTIME,
    VARIED_TEXTS,
    RecordField,
    Source,
)


def records_header() -> str:
    """``hg_records.h``: the keys; the kinds of events and sets of them; the fields of each kind, in order."""
    lines = [
        BANNER,
        "#ifndef HG_RECORDS_H",
        "#define HG_RECORDS_H",
        "",
        *_keys(),
        *_kinds(),
        *_orders(),
        *_columns(),
        "#endif",
        "",
    ]
    return "\n".join(lines)


def _keys() -> Iterator[str]:
    r"""``#define HG_JSON_TTL "\"ttl\":"`` and the like; EVE and ECS only where they have names of their own.

    A key is the last one of its path: the renderer writes the objects around it. ``HG_PRIVATE_...`` is 1
    for what `RecordField.private` is true of.
    """
    yield "/* Keys of records. */"
    for field in FIELDS:
        yield _key("JSON", field.column, field.json)
        yield f"#define HG_PRIVATE_{field.column.upper()} {field.private:d}"
        if field.old_json:
            yield _key("JSON", field.old_json, field.old_json)
            yield f"#define HG_PRIVATE_{field.old_json.upper()} {field.private:d}"
        if not field.eve.startswith(f"{EVE_OBJECT}."):
            yield _key("EVE", field.column, field.eve)
        if not field.ecs.startswith(f"{ECS_OBJECT}."):
            yield _key("ECS", field.column, field.ecs)
    yield _key("JSON", "match", MATCH_OBJECT)
    yield _key("JSON", "client", CLIENT_OBJECT)
    yield _key("JSON", "software", SOFTWARE_OBJECT)
    yield _text("JSON_SCHEMA_VERSION", f'"{JSON_VERSION_KEY}":{SCHEMA_VERSION}')
    yield _text("EVE_OBJECT", EVE_OBJECT)
    yield _text("ECS_OBJECT", ECS_OBJECT)
    yield _text("ECS_VERSION", ECS_VERSION)
    yield "/* X(name of a label, host.os.type). */"
    yield _list("ECS_OS_TYPES(X)", (f'X("{name}", "{kind}")' for name, kind in ECS_OS_TYPES.items()))


def _kinds() -> Iterator[str]:
    yield "/* Kinds of events: X(kind, number). Sets of them, a bit a kind. */"
    yield _list("RECORD_EVENTS(X)", (f"X({kind.upper()}, {number})" for number, kind in enumerate(EVENTS)))
    yield f"#define HG_HANDSHAKE_EVENTS {_bits(HANDSHAKE)}u"
    yield f"#define HG_UPTIME_EVENTS {_bits(UPTIME)}u"
    yield f"#define HG_HELLO_EVENTS {_bits(HELLO)}u"
    yield f"#define HG_HTTP_EVENTS {_bits(HTTP)}u"


def _orders() -> Iterator[str]:
    common = [field for field in FIELDS if field.events == EVENTS and field.source == "row"]
    yield "/* Fields of every event, in order; of EVE and ECS those inside our object. */"
    yield _list("JSON_COMMON(VALUE)", _with_old(common))
    yield _list("EVE_COMMON(VALUE)", _values(one for one in common if one.eve.startswith(f"{EVE_OBJECT}.")))
    yield _list("ECS_COMMON(VALUE)", _values(one for one in common if one.ecs.startswith(f"{ECS_OBJECT}.")))
    yield "/* Fields of a kind alone, in order; NAMED: what the database says of its signature or link. */"
    for kind in EVENTS:
        fields = [field for field in FIELDS if kind in field.events and field.events != EVENTS]
        yield _list(f"FIELDS_{kind.upper()}(VALUE, NAMED)", dict.fromkeys(_items(fields)))
    yield "/* What that is. */"
    yield _list("FIELDS_SIGNATURE(VALUE)", _formed("signature"))
    yield _list("FIELDS_ANSWER(VALUE)", _values(one for one in FIELDS if one.source == "answer"))
    yield _list("FIELDS_CLIENT(VALUE)", _formed("client"))
    yield _list("FIELDS_SOFTWARE(VALUE)", _formed("software"))
    yield _list("FIELDS_LINK(VALUE)", _formed("link"))
    yield ""


def _items(fields: Iterable[RecordField]) -> Iterator[str]:
    """Fields of the row; all that comes from one other source is one item, where the first of it stands."""
    for field in fields:
        if field.source == "row":
            yield from _with_old([field])
        else:
            yield f"NAMED({field.source.upper()})"


def _with_old(fields: Iterable[RecordField]) -> Iterator[str]:
    """The fields, each followed by its older key."""
    for field in fields:
        yield _value(field)
        if field.old_json:
            yield f"VALUE({field.old_json.upper()})"


def _values(fields: Iterable[RecordField]) -> Iterator[str]:
    return map(_value, fields)


def _value(field: RecordField) -> str:
    return f"VALUE({field.column.upper()})"


def _bits(events: Iterable[str]) -> int:
    return sum(1 << EVENTS.index(event) for event in events)


def _list(head: str, items: Iterable[str]) -> str:
    """A macro that names all items."""
    return " \\\n    ".join([f"#define HG_{head}", *items])


def _key(format: str, column: str, path: str) -> str:
    return _text(f"{format}_{column.upper()}", f'"{path.rpartition(".")[2]}":')


def _text(name: str, value: str) -> str:
    return f"#define HG_{name} {json.dumps(value)}"


def _columns() -> Iterator[str]:
    """All fields with how their values are made; of those of the row alone; words of those that have few."""
    yield "/* All fields by their numbers, from 0: X(FIELD, form, source, events as bits, is private). */"
    yield _list(
        "EACH_FIELD(X)",
        (
            f"X({field.column.upper()}, {_form(field)}, {field.source.upper()}, "
            f"{_bits(field.events)}u, {field.private:d})"
            for field in FIELDS
        ),
    )
    yield "/* Their numbers. */"
    for number, field in enumerate(FIELDS):
        yield f"#define HG_FIELD_{field.column.upper()} {number}"
    yield "/* Those that the row of a kind of event tells: X(FIELD, form). */"
    of_row = [field for field in FIELDS if field.source == "row" and field.events != EVENTS]
    yield _list("ROW_FIELDS(X)", (f"X({field.column.upper()}, {_form(field)})" for field in of_row))
    yield "/* All values of a text that has few: X(word). */"
    for field in FIELDS:
        if field.words:
            yield _list(
                f"WORDS_{field.column.upper()}(X)", (f"X({json.dumps(word)})" for word in field.words)
            )
    yield "/* The same of all fields by their numbers, each ended by NULL. */"
    yield _list(
        "EACH_WORDS",
        (" ".join(f"{json.dumps(word)}," for word in field.words) + " NULL," for field in FIELDS),
    )
    yield _text("TEXTS_BETWEEN", TEXTS_BETWEEN)
    yield ""


def _form(field: RecordField) -> str:
    """How the core makes the value. MADE: of its own words; FREE: of others' texts; EACH: hardly repeats."""
    if field.type in ("words", "numbers", "texts"):
        return "LIST"
    if field.type != "text":
        return field.type.upper()
    if field.words:
        return "WORD"
    if field.column in VARIED_TEXTS:
        return "EACH"
    return "FREE" if field.column in FREE_TEXTS else "MADE"


def _formed(source: Source) -> Iterator[str]:
    """The fields of a source with their forms."""
    for field in FIELDS:
        if field.source == source:
            yield f"VALUE({field.column.upper()}, {_form(field)})"

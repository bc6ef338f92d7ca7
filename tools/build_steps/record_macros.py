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
    HANDSHAKE,
    HELLO,
    HTTP,
    JSON_VERSION_KEY,
    MATCH_OBJECT,
    SCHEMA_VERSION,
    SOFTWARE_OBJECT,
    UPTIME,
    RecordField,
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
    yield _list("FIELDS_SIGNATURE(VALUE)", _values(one for one in FIELDS if one.source == "signature"))
    yield _list("FIELDS_ANSWER(VALUE)", _values(one for one in FIELDS if one.source == "answer"))
    yield _list("FIELDS_CLIENT(VALUE)", _values(one for one in FIELDS if one.source == "client"))
    yield _list("FIELDS_SOFTWARE(VALUE)", _values(one for one in FIELDS if one.source == "software"))
    yield _list("FIELDS_LINK(VALUE)", _values(one for one in FIELDS if one.source == "link"))
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

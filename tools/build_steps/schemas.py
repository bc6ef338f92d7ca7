"""Writes the JSON Schemas of all JSON output into the package's folder ``data``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sigcompiler.schema import rows
from sigcompiler.schema.hosts import DeviceRecord, Host
from sigcompiler.schema.objects import Key, keys_of
from sigcompiler.schema.rows import EVENTS, FIELDS, SCHEMA_VERSION, JsonFormat, RecordField
from sigcompiler.schema.summary import Document, End
from tools.build_steps.additions import MORE

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NULL_OBJECTS = {
    f"{above}{name}"
    for above in ("", *(f"{own}." for own in rows.OBJECTS.values()))
    for name in (rows.MATCH_OBJECT, rows.CLIENT_OBJECT, rows.SERVER_OBJECT)
}
"""Objects that are null if no signature fits."""

_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$"
_WHOLE = {"type": "integer", "minimum": 0}
_OF_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "count": _WHOLE,
    "counts": {"type": "array", "items": _WHOLE},
    "hops": {"type": "integer"},
    "port": {**_WHOLE, "maximum": 65535},
    "ports": {"type": "array", "items": {**_WHOLE, "maximum": 65535}},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "rate": {"type": "number", "minimum": 0},
    "flag": {"type": "boolean"},
    "time": {"type": "string", "pattern": _TIME},
    "named_counts": {"type": "object", "additionalProperties": _WHOLE},
}
_PATTERNS = {"community_id": "^1:[A-Za-z0-9+/]{27}=$", "database": "^[0-9a-f]{12}$"}
_NUMBERS = {"u8": (0, 2**8 - 1), "u16": (0, 2**16 - 1), "u32": (0, 2**32 - 1), "u64": (0, 2**64 - 1)}
_NUMBERS["i16"] = (-(2**15), 2**15 - 1)

Schema = dict[str, Any]


class _Leaf(NamedTuple):
    path: tuple[str, ...]
    schema: Schema
    always: bool
    nullable: bool = False


def schemas() -> dict[str, Schema]:
    return {
        "record.schema.json": json_schema("json"),
        "record-eve.schema.json": json_schema("eve"),
        "record-ecs.schema.json": json_schema("ecs"),
        "hosts.schema.json": _titled(
            "A line of huginn hosts --format json", {"oneOf": [object_schema(Host), object_schema(End)]}
        ),
        "devices.schema.json": _titled("A line of huginn devices --format json", object_schema(DeviceRecord)),
        "summary.schema.json": _titled("The summary document of huginn", object_schema(Document)),
    }


def _titled(what: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "title": f"{what}, version {SCHEMA_VERSION}", **schema}


def object_schema(described: type) -> Schema:
    """The JSON Schema of an object; ``event`` comes first. Only its `optional` keys may be missing."""
    event = getattr(described, "event", None)
    found = {} if event is None else {"event": {"const": event}}
    found.update((one.name, _of_key(one)) for one in keys_of(described) if not one.inner)
    required = [name for name in found if name not in getattr(described, "optional", ())]
    return {"type": "object", "properties": found, "required": required, "additionalProperties": False}


def _of_key(of: Key) -> Schema:
    described = {"description": f"{of.meaning} ({of.unit})" if of.unit else of.meaning}
    if of.words:
        return {**described, "enum": [*of.words, *([None] if of.nullable else [])]}
    if of.of is None:
        found = dict(_OF_KINDS[of.kind])
    elif of.kind == "object":
        found = object_schema(of.of)
    else:
        found = {"type": "array", "items": object_schema(of.of)}
    if of.nullable:
        found["type"] = [found["type"], "null"]
    return {**described, **found}


def schema_texts(folder: Path) -> dict[Path, str]:
    """Without spaces: the files are half of the package's data, and programs read them."""
    return {
        folder / name: json.dumps(schema, separators=(",", ":")) + "\n" for name, schema in schemas().items()
    }


def json_schema(format: JsonFormat) -> Schema:
    """The schema of a record: one object per kind of event. No key may be missing or unknown."""
    kinds = [_object(list(_leaves(format, event))) for event in EVENTS]
    return _titled(f"A record of huginn, --format {format}", _shared({"oneOf": kinds}))


def _shared(schema: Schema) -> Schema:
    """The same schema, with values that several kinds of events have written once, in ``$defs``."""
    values: list[Any] = [schema]
    for value in values:
        below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        values += [one for one in below if isinstance(one, (dict, list))]
    uses = Counter(json.dumps(one) for one in values if isinstance(one, dict) and _is_schema(one))
    names = {text: f"d{number}" for number, text in enumerate(uses) if uses[text] > 1 and len(text) > 60}

    def short(value: Any, is_whole: bool = False) -> Any:
        if isinstance(value, list):
            return [short(one) for one in value]
        if not isinstance(value, dict):
            return value
        name = None if is_whole else names.get(json.dumps(value))
        return {"$ref": f"#/$defs/{name}"} if name else {key: short(one) for key, one in value.items()}

    return {**short(schema), "$defs": {name: short(json.loads(text), True) for text, name in names.items()}}


def _is_schema(value: Schema) -> bool:
    """Whether it is a schema, and not a mapping of property names, which may include "type", to schemas."""
    return any(isinstance(value.get(key), (str, list)) for key in ("type", "enum", "oneOf"))


def _leaves(format: JsonFormat, event: str) -> Iterator[_Leaf]:
    for field in FIELDS:
        if event in field.events:
            schema = {"const": event} if field.column == "event" else _value(field)
            place = field.place(format)
            if place and field.source == "row" and not field.always:
                yield _leaf(place, _without_null(schema), always=False)
            elif place:
                yield _leaf(place, schema, nullable=field.nullable)
    above = rows.OBJECTS.get(format)
    version = rows.JSON_VERSION_KEY if above is None else f"{above}.{rows.JSON_VERSION_KEY}"
    yield _leaf(version, {"const": SCHEMA_VERSION})
    for more in MORE[format]:
        yield _leaf(more.path, more.schema, more.always)


def _leaf(path: str, schema: Schema, always: bool = True, *, nullable: bool = False) -> _Leaf:
    """A value at a path. Keys in ECS may begin with @, but never contain a dot."""
    return _Leaf(tuple(path.split(".")), schema, always, nullable)


def _object(leaves: list[_Leaf], above: str = "") -> Schema:
    """An object with all these values; `above` is its path in the record, with a dot after each key."""
    properties: dict[str, Schema] = {}
    required = []
    for key in dict.fromkeys(leaf.path[0] for leaf in leaves):
        below = [leaf._replace(path=leaf.path[1:]) for leaf in leaves if leaf.path[0] == key]
        properties[key] = _object(below, f"{above}{key}.") if below[0].path else below[0].schema
        if above + key in _NULL_OBJECTS:
            properties[key] = {"oneOf": [{"type": "null"}, _object(_known(below))]}
        if any(leaf.always for leaf in below):
            required.append(key)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _known(leaves: Iterable[_Leaf]) -> list[_Leaf]:
    """The values inside an object that may be null as a whole; only a few are nullable themselves."""
    return [leaf if leaf.nullable else leaf._replace(schema=_without_null(leaf.schema)) for leaf in leaves]


def _without_null(schema: Schema) -> Schema:
    found = dict(schema)
    if isinstance(found.get("type"), list):
        found["type"] = found["type"][0]
    if "enum" in found:
        found["enum"] = [word for word in found["enum"] if word is not None]
    return found


def _value(field: RecordField) -> Schema:
    schema = {"description": _description(field), **_kind(field)}
    if field.always:
        return schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}


def _description(field: RecordField) -> str:
    return f"{field.meaning} ({field.unit})" if field.unit else field.meaning


def _kind(field: RecordField) -> Schema:
    if field.type in _NUMBERS:
        least, most = _NUMBERS[field.type]
        return {"type": "integer", "minimum": least, "maximum": most}
    if field.type == "time":
        return {"type": "string", "pattern": _TIME}
    if field.type in ("words", "texts"):
        return {"type": "array", "items": {"type": "string"}}
    if field.type == "numbers":
        return {"type": "array", "items": {"type": "integer"}}
    if field.words:
        return {"enum": [*field.words]}
    if field.type == "text":
        pattern = _PATTERNS.get(field.column)
        return {"type": "string", "pattern": pattern} if pattern else {"type": "string"}
    return {"type": "boolean" if field.type == "bool" else "number"}

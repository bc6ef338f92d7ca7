"""JSON objects described by classes: one member for each key, in order, with its meaning.

A dataclass is also the typed view. C code, tables, stores and JSON Schemas are generated from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, field, fields, is_dataclass
from typing import Any, Literal, NamedTuple, cast

Kind = Literal[
    "text",
    "texts",
    "count",
    "counts",
    "hops",
    "port",
    "ports",
    "share",
    "rate",
    "flag",
    "time",
    "object",
    "objects",
    "named_counts",
]
"""Types of values. ``share`` is 0.0 to 1.0; ``share`` and ``rate`` have three digits in text. ``time`` is ns
since 1970 in Python and RFC 3339 in text; ``named_counts`` is an object with counts by name."""

LISTS = ("texts", "counts", "ports", "objects")
TIME_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$"
_WHOLE = {"type": "integer", "minimum": 0}
_SCHEMAS: dict[str, dict[str, Any]] = {
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
    "time": {"type": "string", "pattern": TIME_PATTERN},
    "named_counts": {"type": "object", "additionalProperties": _WHOLE},
}

LOGIN_WORDS = ("ftp", "smtp", "pop3", "imap", "ldap", "telnet", "http", "snmp", "ssh")
"""How logins were sent, in events and in records of hosts."""

Update = Literal["latest", "count", "newest"]
"""How a record updates the column of its host: replace the value, add to it, or keep the greater one."""


class Column(NamedTuple):
    """A column of the table ``host`` of a store."""

    name: str = ""
    """Name of the column; empty: the name of the key."""
    update: Update = "latest"
    label: str = ""
    """The kind of label whose number is stored in place of a text."""
    flavor: str = ""
    """The key of the label's flavor; empty without a flavor."""


class Key(NamedTuple):
    """A key of an object."""

    name: str
    kind: Kind
    meaning: str
    unit: str
    nullable: bool
    words: tuple[str | int, ...]
    """All possible values, if these are few."""
    of: type | None
    """The class that describes an object, or each object of a list."""
    store: Column | None
    inner: bool
    """True for values that only programs see: JSON and tables leave them out."""
    plain: bool = False
    """Whether the core's entry for a host has a number with the same name."""

    @property
    def sentence(self) -> str:
        """The meaning with its unit, as the docstring of an attribute; times are ns in Python."""
        unit = "ns since 1970, UTC" if self.kind == "time" else self.unit
        text = f"{self.meaning[0].upper()}{self.meaning[1:]}" + (f" ({unit})" if unit else "")
        return f"{text.replace('null', 'None')}."


def key(
    kind: str,
    meaning: str,
    *,
    unit: str = "",
    words: tuple[str | int, ...] = (),
    of: type | None = None,
    store: Column | None = None,
    inner: bool = False,
    plain: bool = False,
    default: Any = MISSING,
) -> Any:
    """A dataclass field that describes a key. A `Kind` that ends with ``?`` may be null."""
    known = cast(Kind, kind.removesuffix("?"))
    described = Key("", known, meaning, unit, kind.endswith("?"), words, of, store, inner, plain)
    return field(default=default, metadata={"key": described})


def keys_of(described: type) -> tuple[Key, ...]:
    """The keys of an object, in order."""
    if is_dataclass(described):
        return tuple(one.metadata["key"]._replace(name=one.name) for one in fields(described))
    values = vars(described).items()
    return tuple(one.metadata["key"]._replace(name=name) for name, one in values if isinstance(one, Field))


def object_schema(described: type) -> dict[str, Any]:
    """The JSON Schema of an object; ``event`` comes first. No key may be missing or unknown."""
    event = getattr(described, "event", None)
    found = {} if event is None else {"event": {"const": event}}
    found.update((one.name, _schema(one)) for one in keys_of(described) if not one.inner)
    return {"type": "object", "properties": found, "required": [*found], "additionalProperties": False}


def _schema(of: Key) -> dict[str, Any]:
    described = {"description": f"{of.meaning} ({of.unit})" if of.unit else of.meaning}
    if of.words:
        return {**described, "enum": [*of.words, *([None] if of.nullable else [])]}
    if of.of is None:
        found = dict(_SCHEMAS[of.kind])
    elif of.kind == "object":
        found = object_schema(of.of)
    else:
        found = {"type": "array", "items": object_schema(of.of)}
    if of.nullable:
        found["type"] = [found["type"], "null"]
    return {**described, **found}


def paths(described: type, above: str = "") -> Iterator[tuple[str, Key]]:
    """Paths of all keys except inner ones, such as ``tls.clients[].name``; nested records are not entered."""
    for one in keys_of(described):
        if one.inner:
            continue
        path = above + one.name
        yield path, one
        if one.of is not None and not hasattr(one.of, "event"):
            yield from paths(one.of, f"{path}{'.' if one.kind == 'object' else '[].'}")

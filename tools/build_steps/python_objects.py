"""Writes the records of hosts as dataclasses, from their description in ``sigcompiler/schema/hosts.csv``."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sigcompiler.schema.hosts import OBJECTS, RELATIONS, SCOPES, Host
from sigcompiler.schema.objects import Key, keys_of

HEAD = f'''"""The records of hosts, generated from hosts.csv by the build; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from huginn_cffi.hosts import lines

Scope = Literal[{", ".join(map(json.dumps, SCOPES))}]
Relation = Literal[{", ".join(map(json.dumps, RELATIONS))}]
'''
_TYPES = {
    **dict.fromkeys(("count", "hops", "port", "time"), "int"),
    **dict.fromkeys(("counts", "ports"), "tuple[int, ...]"),
    **dict.fromkeys(("share", "rate"), "float"),
    "flag": "bool",
    "text": "str",
    "texts": "tuple[str, ...]",
}
_NAMED = {SCOPES: "Scope", RELATIONS: "Relation"}
_LINES = ("Evidence", "Ended", "HostPeer", "HostLogins")
"""Objects whose text is one line."""


def objects_module() -> str:
    """The text of the module."""
    names = f"__all__ = {[*OBJECTS]}"
    return "\n".join((HEAD, names, *(line for name, one in OBJECTS.items() for line in _class(name, one))))


def _class(name: str, described: type) -> Iterator[str]:
    base = f"(lines.{name}Line)" if name in _LINES else "(lines.NotebookTable)"
    yield from ("", "@dataclass(frozen=True, slots=True)", f"class {name}{base}:")
    yield f'    """{described.__doc__}"""'
    if described is Host:
        yield f'    event: ClassVar = "{Host.event}"'
        yield '    """The name of the record in JSON."""'
    keys = keys_of(described)
    for one in keys:
        default = f" = {one.default}" if one.default else ""
        yield f"    {one.attribute}: {_type(one)}{default}"
        yield f'    """{_sentence(one)}"""'
    for one in keys:
        if one.kind == "time":
            kind = "datetime | None" if one.nullable else "datetime"
            yield f"    {one.name} = lines.Time[{kind}]({one.attribute!r}, {one.sentence!r})"
    # `help` shows these texts beside the attributes
    texts = ", ".join(f"{one.attribute!r}: {_sentence(one)!r}" for one in keys)
    yield from ("", "", f'type.__setattr__({name}, "__slots__", {{{texts}}})', "")


def _sentence(one: Key) -> str:
    return f"`{one.name}` in ns since 1970." if one.kind == "time" else one.sentence


def _type(one: Key) -> str:
    if one.of is not None:
        found = one.of.__name__ if one.kind == "object" else f"tuple[{one.of.__name__}, ...]"
    else:
        found = _NAMED.get(one.words) or _TYPES[one.kind]  # type: ignore[call-overload]
    return f"{found} | None" if one.nullable else found

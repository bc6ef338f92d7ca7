"""What programs rely on: the names of docs/api.md with their parameters, and the fields of records."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sigcompiler.schema.rows import FIELDS, JsonFormat

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("kept")
PAGE = ROOT / "docs" / "api.md"
PACKAGE = "huginn_cffi."
FORMATS: tuple[JsonFormat, ...] = ("json", "eve", "ecs")
_PLAIN = (type(None), bool, int, float, str, bytes, tuple)


def public_names() -> dict[str, str]:
    """Each documented name and each member of its class, and the parameters of what can be called."""
    paths = re.findall(rf"^<!-- ::: {PACKAGE}([\w.]+) -->$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    found = (pair for path in sorted(paths) for pair in _names(path))
    return dict(found)


def fields() -> dict[str, str]:
    """Each field of a record: its column; its keys in JSON, EVE and ECS or "-", its type, its events.

    Where events have it at different places, it has a line for each place, and an event beside its column.
    """
    found: dict[str, str] = {}
    for field in FIELDS:
        groups: dict[str, list[str]] = {}
        for event in sorted(field.events):
            keys = (",".join(field.places(format, event)) or "-" for format in FORMATS)
            groups.setdefault(" ".join(keys), []).append(event)
        for keys, events in groups.items():
            name = f"{field.column} {events[0]}" if field.column in found else field.column
            found[name] = f"{keys} {field.type} {','.join(events)}"
    return found


def places(lines: dict[str, str]) -> dict[tuple[str, str, str], str]:
    """Of `fields`: the type of what an event has at a place of a format, or in a column."""
    found = {}
    for name, line in lines.items():
        *keys, kind, events = line.split(" ")
        named = [("column", name.partition(" ")[0]), *zip(FORMATS, keys, strict=True)]
        for event in events.split(","):
            found.update({(event, form, one): kind for form, text in named for one in text.split(",")})
    return {one: kind for one, kind in found.items() if one[2] != "-"}


def as_text(names: dict[str, str]) -> str:
    """A name a line, those of members below their class."""
    lines, above = [], " "
    for name, parameters in names.items():
        if name.startswith(above):
            lines.append(f"    {name.removeprefix(above)}{parameters}")
        else:
            lines.append(name + parameters)
            above = f"{name}."
    return "\n".join((*lines, ""))


def from_text(text: str) -> dict[str, str]:
    """The names of `as_text`."""
    found, above = {}, ""
    for line in text.splitlines():
        name, bracket, rest = line.strip().partition("(")
        if line.startswith(" "):
            name = f"{above}.{name}"
        else:
            above = name
        found[name] = bracket + rest
    return found


def _names(path: str) -> Iterator[tuple[str, str]]:
    module, _, name = f"{PACKAGE}{path}".rpartition(".")
    found = getattr(importlib.import_module(module), name)
    kind = inspect.isclass(found)
    yield path, "" if kind and issubclass(found, BaseException) else _parameters(found)
    for member in _members(found) if kind else ():
        value = inspect.getattr_static(found, member, None)
        called = isinstance(value, (classmethod, staticmethod)) or inspect.isfunction(value)
        yield f"{path}.{member}", _parameters(getattr(found, member)) if called else ""


def _members(kind: type) -> list[str]:
    """Public attributes, properties and methods that the package defines."""
    owners = [owner for owner in kind.__mro__ if owner.__module__.startswith(PACKAGE)]
    found = {name for owner in owners for name in (*vars(owner), *vars(owner).get("__annotations__", ()))}
    return sorted(name for name in found if not name.startswith("_"))


def _parameters(found: Any) -> str:
    """Parameters with their defaults, without types; "" where there are none to tell."""
    try:
        signature = inspect.signature(found)
    except (TypeError, ValueError):
        return ""
    shown = [
        one.replace(annotation=one.empty, default=_default(one)) for one in signature.parameters.values()
    ]
    bare = signature.replace(parameters=shown, return_annotation=signature.empty)
    return str(bare).replace("(self, ", "(").replace("(self)", "()")


class _Other:
    def __repr__(self) -> str:
        return "..."


def _default(parameter: inspect.Parameter) -> object:
    value = parameter.default
    return value if value is parameter.empty or type(value) in _PLAIN else _Other()

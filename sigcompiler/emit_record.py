"""Writes the keys of records as C string literals, for the core's renderers."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sigcompiler.record import (
    ECS_OBJECT,
    ECS_OS_TYPES,
    ECS_VERSION,
    EVE_OBJECT,
    FIELDS,
    JSON_VERSION_KEY,
    SCHEMA_VERSION,
)


def record_lines() -> Iterator[str]:
    r"""``#define HG_JSON_TTL "\"ttl\":"`` and the like; EVE and ECS only where they have names of their own.

    A key is the last one of its path: the renderer writes the objects around it.
    """
    yield "/* Keys of records. */"
    for field in FIELDS:
        yield _key("JSON", field.column, field.json)
        if not field.eve.startswith(f"{EVE_OBJECT}."):
            yield _key("EVE", field.column, field.eve)
        if not field.ecs.startswith(f"{ECS_OBJECT}."):
            yield _key("ECS", field.column, field.ecs)
    yield _text("JSON_SCHEMA_VERSION", f'"{JSON_VERSION_KEY}":{SCHEMA_VERSION}')
    yield _text("EVE_OBJECT", EVE_OBJECT)
    yield _text("ECS_OBJECT", ECS_OBJECT)
    yield _text("ECS_VERSION", ECS_VERSION)
    pairs = " \\\n    ".join(f'X("{name}", "{kind}")' for name, kind in ECS_OS_TYPES.items())
    yield "/* X(name of a label, host.os.type). */"
    yield f"#define HG_ECS_OS_TYPES(X) \\\n    {pairs}"
    yield ""


def _key(format: str, column: str, path: str) -> str:
    return _text(f"{format}_{column.upper()}", f'"{path.rpartition(".")[2]}":')


def _text(name: str, value: str) -> str:
    return f"#define HG_{name} {json.dumps(value)}"

"""The JSON Schemas that the build left in the package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import huginn_cffi
from sigcompiler.schema.rows import JsonFormat

DATA = Path(huginn_cffi.__file__).parent / "data"
RECORDS: dict[JsonFormat, str] = {
    "json": "record.schema.json",
    "eve": "record-eve.schema.json",
    "ecs": "record-ecs.schema.json",
}


def schema_of(name: str) -> Any:
    """The content of a file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def whole_schema_of(name: str) -> Any:
    """The content of a file, with what its references stand for."""
    schema = schema_of(name)
    shared = schema.pop("$defs")

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return [whole(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            return whole(shared[value["$ref"].removeprefix("#/$defs/")])
        return {key: whole(one) for key, one in value.items()}

    return whole(schema)

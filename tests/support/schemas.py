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

"""The JSON Schemas of what is written as JSON, which the package has in its folder ``data``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sigcompiler.schema.devices import DeviceRecord
from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import object_schema
from sigcompiler.schema.rows import SCHEMA_VERSION
from sigcompiler.schema.summary import Document, End
from tools.build_steps.json_schema import DIALECT, json_schema


def schemas() -> dict[str, dict[str, Any]]:
    """All of them, by the names of their files."""
    return {
        "record.schema.json": json_schema("json"),
        "record-eve.schema.json": json_schema("eve"),
        "record-ecs.schema.json": json_schema("ecs"),
        "hosts.schema.json": {
            "$schema": DIALECT,
            "title": f"A line of huginn hosts --format json, version {SCHEMA_VERSION}",
            "oneOf": [object_schema(Host), object_schema(End)],
        },
        "devices.schema.json": {
            "$schema": DIALECT,
            "title": f"A line of huginn devices --format json, version {SCHEMA_VERSION}",
            **object_schema(DeviceRecord),
        },
        "summary.schema.json": {
            "$schema": DIALECT,
            "title": f"The summary document of huginn, version {SCHEMA_VERSION}",
            **object_schema(Document),
        },
    }


def schema_texts(folder: Path) -> dict[Path, str]:
    return {folder / name: json.dumps(schema, indent=1) + "\n" for name, schema in schemas().items()}

"""The fields of a document and their types, as Elastic's mappings have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def mapped(properties: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        if "properties" in value:
            yield from mapped(value["properties"], f"{path}{name}.")
        else:
            yield f"{path}{name}", value["type"]

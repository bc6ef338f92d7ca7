"""Whether a document is what the description says."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import keys_of
from sigcompiler.schema.summary import Document
from tests.support.schemas import schema_of

FILES = {Host: "hosts.schema.json", Document: "summary.schema.json"}


@cache
def validator(of: type) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    schema = schema_of(FILES[of])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def follow(found: dict[str, Any], of: type) -> None:
    """Its schema holds, and its keys are those of the description, in order."""
    for error in validator(of).iter_errors(found):
        raise AssertionError(f"{error.json_path}: {error.message}")
    in_order(found, of)


def in_order(found: dict[str, Any], of: type, where: str = "") -> None:
    keys = [one for one in keys_of(of) if not one.inner]
    first = ["event"] if hasattr(of, "event") else []
    assert [*found] == first + [one.name for one in keys], where or of.__name__
    for one in keys:
        value = found[one.name]
        if one.of is None or value is None:
            continue
        for part in [value] if one.kind == "object" else value:
            in_order(part, one.of, f"{where}.{one.name}")

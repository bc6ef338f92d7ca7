"""What SARIF 2.1.0 asks of the objects that the package writes, as JSON schema.

Written from the standard (OASIS, section 3): required properties, types, and the words of
enumerations; of the optional properties only those that are used, and no others are let through.
"""

from __future__ import annotations

from typing import Any


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXT = {"type": "string"}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_INDEX = {"type": "integer", "minimum": -1}
_COUNT = {"type": "integer", "minimum": 1}
_MESSAGE = _object(("text",), text=_TEXT)

_RULE = _object(("id",), id=_TEXT, shortDescription=_MESSAGE, defaultConfiguration=_object(level=_LEVEL))
_DRIVER = _object(("name",), name=_TEXT, version=_TEXT, rules={**_list(_RULE), "uniqueItems": True})
_ARTIFACT = _object(uri={"type": "string", "pattern": r"^[!-~]+$"}, index=_INDEX)
_REGION = _object(startLine=_COUNT, startColumn=_COUNT, snippet=_object(text=_TEXT))
_PLACE = _object(("artifactLocation",), artifactLocation=_ARTIFACT, region=_REGION)
_RESULT = _object(
    ("message",),
    ruleId=_TEXT,
    ruleIndex=_INDEX,
    level=_LEVEL,
    message=_MESSAGE,
    locations=_list(_object(physicalLocation=_PLACE)),
)
_RUN = _object(
    ("tool",),
    tool=_object(("driver",), driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    artifacts=_list(_object(location=_ARTIFACT)),
    invocations=_list(_object(("executionSuccessful",), executionSuccessful={"type": "boolean"})),
    results=_list(_RESULT),
)

SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": _list(_RUN),
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}

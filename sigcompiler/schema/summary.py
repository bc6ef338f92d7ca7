"""Describes the summary document of captures (``summary.csv``).

Its JSON Schema and the table in the manual are generated from here; a test compares it with the output
of ``csrc/summary``.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sigcompiler.csv_rows import rows_of
from sigcompiler.schema.findings import WEIGHTS
from sigcompiler.schema.hosts import DEVICE_ROLES, Host
from sigcompiler.schema.objects import key
from sigcompiler.schema.rows import SCHEMA_VERSION

EVENT = "summary"
"""The kind of both records."""
_WORDS: dict[str, tuple[str | int, ...]] = {
    "WEIGHTS": WEIGHTS,
    "DEVICE_ROLES": DEVICE_ROLES,
    "SCHEMA_VERSION": (SCHEMA_VERSION,),
}
"""Lists that cells of the column ``words`` name; other cells have ``|`` between words."""


def _objects() -> dict[str, type]:
    """The objects by name, each as a class with a member for each key; ``of`` names an object above."""
    found: dict[str, type] = {"Host": Host}
    for name, rows in groupby(rows_of("schema/summary.csv"), key=lambda row: row["object"]):
        members: dict[str, Any] = {"event": EVENT} if name in ("Document", "End") else {}
        for row in rows:
            words = _WORDS.get(row["words"]) or tuple(filter(None, row["words"].split("|")))
            of = found[row["of"]] if row["of"] else None
            members[row["key"]] = key(row["type"], row["meaning"], unit=row["unit"], words=words, of=of)
        found[name] = type(name, (), members)
    return found


_OBJECTS = _objects()
Document = _OBJECTS["Document"]
"""The summary document."""
End = _OBJECTS["End"]
"""The last line of ``huginn hosts --format json``: keys of the summary document, for all hosts."""

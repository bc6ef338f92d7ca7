"""Describes the summary document of captures (``summary.csv``).

Its JSON Schema and the table in the manual are generated from here; a test compares it with the output
of ``csrc/summary``.
"""

from __future__ import annotations

from sigcompiler.schema.findings import WEIGHTS
from sigcompiler.schema.hosts import DEVICE_ROLES, Host
from sigcompiler.schema.objects import read_objects
from sigcompiler.schema.rows import SCHEMA_VERSION

EVENT = "summary"
"""The kind of both records."""
_WORDS: dict[str, tuple[str | int, ...]] = {
    "WEIGHTS": WEIGHTS,
    "DEVICE_ROLES": DEVICE_ROLES,
    "SCHEMA_VERSION": (SCHEMA_VERSION,),
}
_OBJECTS = read_objects("schema/summary.csv", _WORDS, Host=Host)
_OBJECTS["SummaryCapture"].optional = ("out_of_order",)
Document = _OBJECTS["Document"]
"""The summary document."""
End = _OBJECTS["End"]
"""The last line of ``huginn hosts --format json``: keys of the summary document, for all hosts."""

"""The names that other tools print, in this project's vocabulary: ``tool_names.csv``.

The first pattern that matches a whole name decides. A name without a pattern stays as it is, without a
version, so it cannot be right by accident.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from huginn_workbench.evaluation.labels import without_remark
from sigcompiler.csv_rows import rows_of

_TABLE = Path(__file__).with_name("tool_names.csv")


@cache
def _patterns(tool: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = rows_of(_TABLE)
    return tuple((re.compile(r["pattern"]), r["family"], r["version"]) for r in rows if r["tool"] == tool)


@cache
def family_and_version(tool: str, text: str) -> tuple[str, str]:
    """The family and version of a name: ``Linux 3.11 and newer`` of p0f is Linux, ``3.11 or newer``."""
    for pattern, family, version in _patterns(tool):
        if match := pattern.fullmatch(text):
            plain = without_remark(match.expand(version)).strip().replace("_", ".")
            return match.expand(family), plain.replace(" and newer", " or newer").replace(".x", "")
    return text, ""

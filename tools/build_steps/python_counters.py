"""Writes the counters of `huginn_cffi.Stats` from the comments on ``hg_stats`` in csrc/huginn.h."""

from __future__ import annotations

import re
from pathlib import Path

HEADER = Path(__file__).resolve().parents[2] / "csrc" / "huginn.h"

HEAD = '''"""The counters of ``hg_stats``, generated from csrc/huginn.h by the build; do not edit."""

from __future__ import annotations

from dataclasses import dataclass

MEANINGS = {
'''

_COMMENT = r"/\*((?:(?!\*/).)*)\*/"
_COUNTER = re.compile(
    rf"(?:{_COMMENT}\s*)?^ +uint64_t (\w+)(\[\d+\])?;(?: *{_COMMENT})?", re.MULTILINE | re.DOTALL
)
"""A counter, and the comment above or beside it."""


def counter_comments(header: str) -> dict[str, str]:
    """The header's comment on each counter in ``hg_stats``; "" without a comment."""
    return {name: text for name, (text, _) in _counters(header).items()}


def _counters(header: str) -> dict[str, tuple[str, bool]]:
    struct = header.partition("typedef struct hg_stats {")[2].partition("} hg_stats;")[0]
    return {
        one[2]: (" ".join((one[4] or one[1] or "").replace("*", " ").split()), one[3] is not None)
        for one in _COUNTER.finditer(struct)
    }


def counters_module() -> str:
    """The text of the module: the meaning of each counter, and a class with a field for each plain number."""
    counters = _counters(HEADER.read_text(encoding="utf-8"))
    lines = [f"    {name!r}: {text!r}," for name, (text, _) in counters.items()]
    lines += ["}", '"""The meaning of each counter."""', "", ""]
    lines += ["@dataclass(frozen=True, slots=True)", "class Counters:"]
    lines.append('    """The counters of one call that are single numbers."""')
    for name, (text, is_array) in counters.items():
        if not is_array:
            lines += ["", f"    {name}: int = 0", f'    """{text[:1].upper()}{text[1:]}."""']
    return HEAD + "\n".join(lines) + "\n"

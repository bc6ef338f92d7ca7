"""Writes the counters of `huginn_cffi.Stats` from the comments on ``hg_stats`` in csrc/huginn.h.

    python -m tools.build_steps.python_counters

writes docs/reference/counters.md from the same comments. A test checks that it is up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

HEADER = Path(__file__).resolve().parents[2] / "csrc" / "huginn.h"
PAGE = HEADER.parents[1] / "docs" / "reference" / "counters.md"
_MARK = "<!-- what follows is written by: python -m tools.build_steps.python_counters -->"

_ABOVE_ANOMALIES = """## Anomalies

Why the receiver of a TCP segment refuses it, or may. `anomalies`
counts segments by reason. A *refused* segment has no effect. The data of one that *waits* are read when their
receiver acknowledges them; its FIN or RST ends nothing. *Unlikely* ones wait, too, and data of other segments
replace them. Others are only *noted*."""

HEAD = '''"""The counters of ``hg_stats``, generated from csrc/huginn.h by the build; do not edit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counters:
    """The counters of one call that are plain numbers."""
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
    """The text of the module: a class with a field for each single number."""
    header = HEADER.read_text(encoding="utf-8")
    texts = {
        name: f"{text[:1].upper()}{text[1:]}."
        for name, (text, is_array) in _counters(header).items()
        if not is_array
    }
    lines = [
        line for name, text in texts.items() for line in ("", f"    {name}: int = 0", f'    """{text}"""')
    ]
    drops = header.partition("typedef enum hg_drop {")[2].partition("} hg_drop;")[0]
    reasons = {
        name.lower(): text.strip() for name, text in re.findall(rf"HG_DROP_(\w+) = \d+, {_COMMENT}", drops)
    }
    lines += ["", "", f'type.__setattr__(Counters, "__slots__", {texts!r})  # for help()', ""]
    lines += [f"DROP_REASONS = {reasons!r}", '"""Why a packet is not analysed, in words."""']
    return HEAD + "\n".join(lines) + "\n"


def counters_page() -> str:
    """The page of the counters: the text above the mark is written by hand."""
    above, _, _ = PAGE.read_text(encoding="utf-8").partition(_MARK)
    header = HEADER.read_text(encoding="utf-8")
    lines = [f"{above}{_MARK}\n", "| counter | counts |", "|---|---|"]
    for name, text in counter_comments(header).items():
        lines.append(f"| `{'events_by_kind' if name == 'events' else name}` | {text} |")
    lines += ["", _ABOVE_ANOMALIES, "", "| reason | verdict | the segment |", "|---|---|---|"]
    lines += _anomalies(header)
    return "\n".join(lines) + "\n"


def _anomalies(header: str) -> Iterator[str]:
    """Rows of the table of reasons: the comment of each constant begins with its verdict."""
    body = header.partition("typedef enum hg_anomaly {")[2].partition("} hg_anomaly;")[0]
    for name, text in re.findall(rf"HG_ANOMALY_(\w+) = \d+, {_COMMENT}", body, re.DOTALL):
        verdict, _, meaning = " ".join(text.replace("*", " ").split()).partition(": ")
        yield f"| `{name.lower()}` | {verdict} | {meaning} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(counters_page(), encoding="utf-8")


if __name__ == "__main__":
    main()

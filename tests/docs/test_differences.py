"""The page on p0f names every bug once."""

from __future__ import annotations

import re

from tests.support.manual_blocks import ROOT

PAGE = (ROOT / "docs" / "reference" / "differences-from-p0f.md").read_text(encoding="utf-8")


def test_every_bug_has_its_row() -> None:
    _, _, rest = PAGE.partition("## Bugs of p0f")
    table, _, _ = rest.partition("## Decisions")
    first_cells = re.findall(r"^\| (B[0-9, B]*) \|", table, re.MULTILINE)
    assert re.findall(r"B(\d+)", " ".join(first_cells)) == [str(number) for number in range(1, 25)]

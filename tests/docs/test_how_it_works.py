"""The drawing of the core knows each of its files."""

from __future__ import annotations

import re
from fnmatch import fnmatch

from docs.blocks import ROOT

PAGE = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")


def test_every_source_of_the_core_belongs_to_one_stage() -> None:
    named = re.findall(r"`([a-z0-9_*]+\.c)`", "".join(re.findall(r"^\| .*$", PAGE, re.MULTILINE)))
    sources = sorted(path.name for path in (ROOT / "csrc").glob("*.c"))
    stages = {source: [name for name in named if fnmatch(source, name)] for source in sources}
    assert {source: names for source, names in stages.items() if len(names) != 1} == {}
    assert [name for name in named if not any(fnmatch(source, name) for source in sources)] == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages == set(re.findall(r"\]\(([a-z0-9-]+\.md)\)", index))

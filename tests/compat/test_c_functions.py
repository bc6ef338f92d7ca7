"""A C function that came, went or takes other parameters since the version before is in the changelog."""

from __future__ import annotations

import re

from tests.compat.surface import KEPT, ROOT
from tests.compat.test_names import UNRELEASED


def functions(text: str) -> dict[str, str]:
    """Declarations without the mark, by their names."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).replace("HG_API ", "")
    found = re.finditer(r"^[a-z][^;{}#]*?\b(hg_\w+)\([^;{}]*;", bare, re.MULTILINE)
    return {one[1]: " ".join(one[0].split()) for one in found if not one[0].startswith("typedef")}


def test_changes_are_in_the_changelog() -> None:
    before = functions((KEPT / "functions.txt").read_text(encoding="utf-8"))
    now = functions((ROOT / "csrc" / "huginn.h").read_text(encoding="utf-8"))
    assert len(before) > 50
    assert len(now) > 100
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    assert [name for name in changed if not re.search(rf"\b{name}\b", UNRELEASED)] == []

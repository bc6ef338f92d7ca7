"""A pointer in the core is named after what it points to: `of` says nothing, and stood for 80 types."""

from __future__ import annotations

import re

from tests.support.core import CORE

COMMENTS = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
POINTER = re.compile(r"\b(\w+)(?: \**|, |\([^()]*\) )\*(?:const )?of\b")


def pointers(text: str) -> list[str]:
    """The types of pointers named `of`."""
    return [kind for kind in POINTER.findall(COMMENTS.sub(" ", text)) if kind not in ("return", "sizeof")]


def test_what_is_found() -> None:
    text = "static int f(const hg_row *of, hg_x *const of);\n/* hg_y *of */ g(a * of);"
    assert pointers(text) == ["hg_row", "hg_x"]


def test_no_pointer_is_named_of() -> None:
    files = sorted(CORE.rglob("*.[ch]"))
    found = {path.name: kinds for path in files if (kinds := pointers(path.read_text(encoding="utf-8")))}
    assert len(files) > 300
    assert found == {}

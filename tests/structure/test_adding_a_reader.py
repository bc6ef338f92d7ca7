"""The manual's page on adding a reader names the files that such changes touch."""

from __future__ import annotations

import re

from tests.support.core import CORE

ROOT = CORE.parent
PAGE = (ROOT / "docs" / "adding-a-reader.md").read_text(encoding="utf-8")
PATCH = (ROOT / "examples" / "rfb_versions" / "reader.patch").read_text(encoding="utf-8")
NEW = "csrc/rfb/"
"""The folder of the reader that the page describes."""


def named() -> set[str]:
    return set(re.findall(r"`((?:csrc|sigcompiler|huginn_cffi)/[\w./]+\.\w+)`", PAGE))


def test_the_files_that_the_page_names_are_there() -> None:
    missing = [name for name in named() if not (ROOT / name).is_file() and not name.startswith(NEW)]
    assert missing == []


def test_the_worked_example_touches_few_files_and_the_page_names_them() -> None:
    """A list that must be kept in step by hand would make it more."""
    touched = set(re.findall(r"^\+\+\+ b/(.+)$", PATCH, re.MULTILINE))
    assert 5 <= len(touched) <= 7
    assert [name for name in touched - named() if not name.startswith(NEW)] == []

"""Words of the manual, of docstrings and of messages are spelt as codespell knows them."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.support.manual_blocks import PAGES, ROOT

NAMES = "CrOS"
"""Not words: what programs say of themselves."""


def test_words_are_spelt_right() -> None:
    if find_spec("codespell_lib") is None:
        pytest.skip("codespell is not installed (extra test)")
    sources = [path for folder in ("huginn_cffi", "sigcompiler") for path in (ROOT / folder).rglob("*.py")]
    files = [*PAGES, ROOT / "SECURITY.md", ROOT / "CHANGELOG.md", *sources]
    command = [sys.executable, "-m", "codespell_lib", "--ignore-words-list", NAMES, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout

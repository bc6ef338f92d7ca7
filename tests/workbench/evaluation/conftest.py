"""The made corpus as a fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.evaluation.build import write_corpus


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with the corpus of `evaluation.build`."""
    return write_corpus(tmp_path)

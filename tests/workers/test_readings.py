"""Captures give the same rows and counters however they are read; the lab compares more of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.lab.readings import differences

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.pcap*"))


@pytest.mark.no_tsan("editcap, which the instrumentation is loaded into as well, never ends")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples(path: Path, tmp_path: Path) -> None:
    assert list(differences(path, tmp_path)) == []

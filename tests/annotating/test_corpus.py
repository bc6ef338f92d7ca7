"""A sample of the corpus; all of it with ``PYTHONPATH=.:tests python -m annotating.corpus``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.annotating.corpus import captures, trouble

EVERY = 40
BY_PROGRAMS = 400


def test_copies_have_the_same_events_and_blocks(corpus: Path) -> None:
    every = captures(corpus)
    chosen = [*every[::EVERY], *[path for path in every if path.suffix == ".pcapng"][::5]]
    assert {path.name: found for path in chosen if (found := trouble(path, programs=False))} == {}


def test_tshark_and_capinfos_read_copies(corpus: Path) -> None:
    if not all(map(shutil.which, ("tshark", "capinfos"))):
        pytest.skip("tshark and capinfos are not installed (Debian: tshark, wireshark-common)")
    every = captures(corpus)
    chosen = [*every[::BY_PROGRAMS], *[path for path in every if path.suffix == ".pcapng"][::30]]
    assert {path.name: found for path in chosen if (found := trouble(path, programs=True))} == {}

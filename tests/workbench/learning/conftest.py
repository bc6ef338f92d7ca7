"""The small database, and a capture of two hosts of an unknown system."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.workbench.learning.build import BASE, syn, write


@pytest.fixture(scope="session")
def base() -> hg.Database:
    """The database of `learning.build`."""
    return hg.Database.compile(text=BASE)


@pytest.fixture
def unnamed(tmp_path: Path) -> Path:
    """Two hosts, one of them seven hops away behind a smaller link."""
    return write(tmp_path / "new.pcap", syn(1), syn(1), syn(2, ttl=57, size=1400))

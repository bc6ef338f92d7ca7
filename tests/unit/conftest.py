"""A small database and captures on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_cffi import Database
from tests.support import samples


@pytest.fixture(scope="session")
def database() -> Database:
    """`samples.SIGNATURES`, compiled."""
    return Database.compile(text=samples.SIGNATURES)


@pytest.fixture
def capture_path(tmp_path: Path) -> Path:
    """A capture of three SYNs."""
    path = tmp_path / "three.pcap"
    path.write_bytes(samples.capture(3))
    return path


@pytest.fixture
def damaged_path(tmp_path: Path) -> Path:
    """A capture of two SYNs whose second record is cut."""
    path = tmp_path / "cut.pcap"
    path.write_bytes(samples.capture(2)[:-10])
    return path

"""The default database, read from its signature files."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_files

FILES = sorted((Path(__file__).resolve().parents[2] / "huginn_cffi" / "data").glob("*.fp"))


@pytest.fixture(scope="session")
def database() -> SignatureFile:
    """The model of all files, in the order in which they are compiled."""
    model, _ = parse_files(FILES)
    return model

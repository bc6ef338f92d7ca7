"""The default database, read from its signature files."""

from __future__ import annotations

import pytest

from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_files
from tests.support.core import SIGNATURES


@pytest.fixture(scope="session")
def database() -> SignatureFile:
    """The model of all files, in the order in which they are compiled."""
    model, _ = parse_files(SIGNATURES)
    return model

"""Fixtures: the folder with known answers for TLS."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.core import SHARED


@pytest.fixture(scope="session")
def answers() -> Path:
    """What other programs make of hellos: a folder beside the checkout."""
    folder = SHARED / "http-tls"
    if not (folder / "oracle").is_dir():
        pytest.skip(f"{folder} is absent: no known answers for TLS")
    return folder

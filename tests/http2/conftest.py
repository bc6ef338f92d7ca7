from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http2.asking import CoreReader, build


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CoreReader]:
    found = CoreReader(build(tmp_path_factory.mktemp("http2")))
    yield found
    assert found.close() == 0


@pytest.fixture(scope="session")
def shared_http() -> Path:
    """Reference material, a folder beside the checkout."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "http-tls"
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: no reference to compare with")
    return folder

"""The browser, one for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    pytest.importorskip("selenium", reason="the Python package selenium is not installed")
    from tests.support.browser import browser, missing

    if absent := missing():
        pytest.skip(f"{absent} is absent: the Debian packages chromium and chromium-driver are not installed")
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found

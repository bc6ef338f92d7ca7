"""The browser, one for all tests of a process."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.browser import Browser


OPENED: pytest.StashKey[Browser] = pytest.StashKey()


@pytest.fixture(scope="session")
def window(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Kept beside the fixture, which exists once in each folder that takes it over."""
    pytest.importorskip("selenium", reason="the Python package selenium is not installed")
    from tests.support.browser import browser, missing

    if absent := missing():
        pytest.skip(f"{absent} is absent: the Debian packages chromium and chromium-driver are not installed")
    if OPENED not in pytestconfig.stash:
        stack = ExitStack()
        pytestconfig.stash[OPENED] = stack.enter_context(browser(tmp_path_factory.mktemp("browser")))
        pytestconfig.add_cleanup(stack.close)
    return pytestconfig.stash[OPENED]

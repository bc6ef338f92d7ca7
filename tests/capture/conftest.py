"""The harness in the builds that the tests want."""

from __future__ import annotations

import pytest

from tests.support.sensor_harness import THREAD_SANITIZER, Harness, build, is_built_with


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    """Under sanitizers, with a window so small that nearly every record straddles its end."""
    return build(tmp_path_factory.mktemp("harness"), window=64)


@pytest.fixture(scope="session")
def plain_harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    """As shipped: for figures of memory, which sanitizers distort, and for large inputs."""
    return build(tmp_path_factory.mktemp("plain"), sanitizers=())


@pytest.fixture(scope="session")
def threaded_harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    """Under ThreadSanitizer, with the small window."""
    folder = tmp_path_factory.mktemp("threaded")
    if not is_built_with(THREAD_SANITIZER, folder):
        pytest.skip("programs with ThreadSanitizer do not run here")
    return build(folder, window=64, sanitizers=THREAD_SANITIZER)

"""Networks and senders for live tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import flooding
from tests.support import network as net


@pytest.fixture(scope="session")
def flood_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sender of SYNs, compiled."""
    return flooding.built(tmp_path_factory.mktemp("flood"))


@pytest.fixture
def quiet_network() -> Iterator[net.Network]:
    """A network whose kernels say nothing themselves: no IPv6, so no neighbours and groups."""
    with net.network(quiet=True) as made:
        yield made

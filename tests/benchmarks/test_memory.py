"""Memory of remembered hosts stays where it is, however many addresses come."""

from __future__ import annotations

import pytest

from tools.bench.inputs import Inputs
from tools.bench.rows_memory import FLOOD, GOAL, HOSTS, MEGABYTE, measure, of_hosts


def test_flood_of_addresses_takes_no_memory(inputs: Inputs) -> None:
    found = measure(inputs.clocks(200_000), 10_000)
    assert (found.packets, found.hosts) == (200_000, 10_000)
    assert found.grown[-1] - found.grown[0] < MEGABYTE


@pytest.mark.slow
def test_million_hosts(inputs: Inputs) -> None:
    capture = inputs.clocks(FLOOD * HOSTS)
    found, used = of_hosts(capture, HOSTS)
    inputs.discard(capture)
    assert found.hosts == HOSTS
    assert used <= GOAL
    assert found.grown[-1] - found.grown[-2] < MEGABYTE

"""Memory of remembered hosts stays where it is, however many addresses come."""

from __future__ import annotations

import pytest

from tools.bench.inputs import Inputs
from tools.bench.rows import FLOOD, GOAL, HOSTS, MEGABYTE, measure, of_hosts

PART = 4
"""A host takes as much memory among a quarter of the hosts of the goal."""


def test_flood_of_addresses_takes_no_memory(inputs: Inputs) -> None:
    found = measure(inputs.clocks(200_000), 10_000)
    assert (found.packets, found.hosts) == (200_000, 10_000)
    assert found.grown[-1] - found.grown[0] < MEGABYTE


@pytest.mark.slow
def test_many_hosts(inputs: Inputs) -> None:
    hosts = HOSTS // PART
    capture = inputs.clocks(FLOOD * hosts)
    found, used = of_hosts(capture, hosts)
    inputs.discard(capture)
    assert found.hosts == hosts
    assert used <= GOAL // PART
    assert found.grown[-1] - found.grown[-2] < MEGABYTE // PART

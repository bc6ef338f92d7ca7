"""The comparison with huginn-net runs, and every hello is found; how fast is not a test's matter."""

from __future__ import annotations

from benchmarks import hellos
from benchmarks.inputs import Inputs

PACKETS = 3470
"""Some 200 flows of 17 packets, and a packet more for every third."""


def test_it_runs_and_finds_each_hello(inputs: Inputs) -> None:
    found = hellos.run(inputs, PACKETS, 1, None)
    assert all(rate > 0 for rate, _ in found.values())
    assert {name: count for name, (_, count) in found.items()} == {
        "all": 200,
        "TLS alone": 200,
        "TCP alone": 0,
        "read alone": 0,
    }

"""The comparison with huginn-net runs, and every hello or request is found; how fast is no test's matter."""

from __future__ import annotations

import pytest

from tools.bench import readers
from tools.bench.inputs import Inputs


@pytest.mark.parametrize(
    ("what", "packets"),
    [
        ("tls", 3470),  # some 200 flows of 17 packets, and a packet more for every third
        ("http", 2400),
    ],
)
def test_it_runs_and_finds_each(what: str, packets: int, inputs: Inputs) -> None:
    found = readers.run(inputs, what, packets, 1, None)
    assert all(rate > 0 for rate, _ in found.values())
    assert {name: count for name, (_, count) in found.items()} == {
        "all": 200,
        f"{what} alone": 200,
        "tcp alone": 0,
        "read alone": 0,
    }

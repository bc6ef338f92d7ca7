"""Frames and floods that are made to be costly cost little more than ordinary SYNs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bench import hostile, instructions
from tools.bench.hotpath import HotPath
from tools.bench.inputs import Inputs

SAME = 1.1
"""What counts as no more."""

MANY_PLACES = 7
"""Times an ordinary SYN, where erased options are looked for at each place of a run of NOPs."""

COSTLIEST = 4
"""Times an ordinary SYN, for whatever else is not a stack of tags or labels."""

BYTE = 8
"""Instructions for a byte of such a stack; to copy and read one from a file takes more."""

KINDS = (
    *(hostile.ORDINARY, hostile.FLOOD, "20 unknown options", "8 IPv6 extensions", "150 IPv6 extensions"),
    *("19 nop", "40 nop", "4 GRE", "8 GRE", "8 tags", "300 tags"),
)


def test_cost_is_bounded(inputs: Inputs, hotpath: HotPath, tmp_path: Path) -> None:
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    database = instructions.small_database(inputs, tmp_path)
    cost = {name: hostile.cost(hotpath, name, database, tmp_path) for name in KINDS}
    ordinary = cost[hostile.ORDINARY]
    assert ordinary > 100
    assert cost[hostile.FLOOD] < SAME * ordinary
    assert all(
        found < COSTLIEST * ordinary for name, found in cost.items() if name not in ("300 tags", "19 nop")
    )
    assert cost["19 nop"] < MANY_PLACES * ordinary
    assert cost["150 IPv6 extensions"] < cost["8 IPv6 extensions"]
    assert cost["8 GRE"] < cost["4 GRE"]
    assert cost["300 tags"] - cost["8 tags"] < BYTE * 4 * 292

"""The core executes no more instructions a packet than recorded in instructions.json."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tools.bench import instructions
from tools.bench.hotpath import SEGMENTS, HotPath
from tools.bench.inputs import Inputs

pytestmark = pytest.mark.builds

SETTLED = 160
"""Instructions that --segments adds for a host that was seen often; 137 in November 2026."""

GROWTH = 1.05
"""More is a loss of speed that somebody must have meant: refresh the file then."""


def test_no_creep(tmp_path: Path, hotpath: HotPath) -> None:
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    compiler, before = instructions.recorded()
    if compiler.split(".")[0] != hotpath.compiler.split(".")[0]:
        pytest.skip(f"counts are those of gcc {compiler}, this is {hotpath.compiler}")
    found = instructions.counts(hotpath, tmp_path)
    assert found.keys() == before.keys()
    grown = {name: (before[name], now) for name, now in found.items() if now > before[name] * GROWTH}
    assert not grown, "if it is worth it: python -m tools.bench.instructions --refresh"


def test_detection_finds_each_handshake(inputs: Inputs, hotpath: HotPath, tmp_path: Path) -> None:
    database = instructions.small_database(inputs, tmp_path)
    for capture, all_of_them in ((inputs.syns(4096), True), (inputs.plain(4096), False)):
        sample, found = hotpath.detect(database, capture.path, 10_000)
        assert sample.units == 3 * 4096
        assert found == (sample.units if all_of_them else 0)


def test_segments_of_settled_hosts(inputs: Inputs, hotpath: HotPath, tmp_path: Path) -> None:
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    database = instructions.small_database(inputs, tmp_path)
    kind = instructions.Kind("hosts", inputs.hosts(60_000, 100), uptime=True)
    off, on = (
        instructions.count(hotpath, database, one, tmp_path)
        for one in (kind, replace(kind, protocols=kind.protocols | SEGMENTS))
    )
    assert 0 < on - off < SETTLED

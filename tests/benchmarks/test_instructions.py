"""The core executes no more instructions a packet than recorded in instructions.json."""

from __future__ import annotations

import platform
from dataclasses import replace
from pathlib import Path

import pytest

from tools.bench import instructions
from tools.bench.hotpath import SEGMENTS, HotPath
from tools.bench.inputs import Inputs

pytestmark = pytest.mark.builds

SETTLED = 160
"""Instructions that --segments adds for a host that was seen often; 137 in November 2026."""


def test_no_creep(tmp_path: Path, hotpath: HotPath) -> None:
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    compiler, python, allowed = instructions.recorded()
    if compiler.split(".")[0] != hotpath.compiler.split(".")[0]:
        pytest.skip(f"counts are those of gcc {compiler}, this is {hotpath.compiler}")
    if python != platform.python_version():
        pytest.skip(f"counts are those of Python {python}, this is {platform.python_version()}")
    found = instructions.counts(hotpath, tmp_path)
    assert found.keys() == allowed.keys()
    instructions.show(found, allowed)
    assert list(instructions.complaints(found, allowed)) == []


def test_raises_need_reasons_and_have_a_limit() -> None:
    one = instructions.Allowed(1000.0, {"heads state their port": 20.0})
    assert list(instructions.complaints({"http": 1030.0}, {"http": one})) == []
    assert list(instructions.complaints({"http": 1031.0}, {"http": one})) == [
        'http: 1031.0 instructions; save 11.0, or add to its raises: "REASON": 11.0'
    ]
    many = instructions.Allowed(1000.0, {"heads state their port": 20.0, "bodies are counted": 11.0})
    assert list(instructions.complaints({"http": 1000.0}, {"http": many})) == [
        "http: raises add 3.1% to the lowest count, more than 3%"
    ]


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


@pytest.mark.parametrize(("kind", "most"), [("messages", 0.5), ("sessions", 0.53)])
def test_messages_are_examined_in_parallel(
    kind: str, most: float, inputs: Inputs, hotpath: HotPath, tmp_path: Path
) -> None:
    """The ordered stage has 45 and 50 %; where it also reads the requests and hellos, 83 and 75 %.

    Where it reads the hellos of two segments, it has 55 %.
    """
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    database = instructions.small_database(inputs, tmp_path)
    capture = inputs.mixed(40_000, kind=kind).path
    assert 0.2 < instructions.ordered_share(hotpath, database, capture, tmp_path) < most

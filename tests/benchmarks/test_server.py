"""The cost of the systems of a server's own clients: that each way does its work."""

from __future__ import annotations

import importlib.util
import shutil
import sys

import pytest

from tools.bench import server as costs

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps SYNs")


@pytest.mark.parametrize("name", costs.WAYS)
def test_ways(name: str) -> None:
    arm, read = costs.WAYS[name]
    found: list[object] = []
    assert costs.spent(arm, lambda connection: found.append(read(connection)), 20) > 0
    assert len(found) == 20
    if name != "nothing":
        assert all(found)


def test_the_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(costs, "CONNECTIONS", 10)
    monkeypatch.setattr(costs, "ROUNDS", 2)
    monkeypatch.setattr(costs, "SERVER_ROUNDS", 1)
    monkeypatch.setattr(costs, "SECONDS", 1)
    costs.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith(tuple(costs.WAYS))]
    assert len(lines) >= 1 + len(costs.WAYS)
    if importlib.util.find_spec("uvicorn") and shutil.which("wrk"):
        rows = [line for line in lines if line.startswith(tuple(costs.LOADS))]
        assert len(rows) == len(costs.LOADS) * len(costs.SERVERS)
        assert all(float(row.split()[-2]) > 0 for row in rows)


def test_uvicorn() -> None:
    pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    plain, named = (costs.served(start, 3)[1] for start in costs.SERVERS.values())
    assert plain.endswith(b"\r\n\r\nNone")
    assert b"\r\n\r\nLinux" in named

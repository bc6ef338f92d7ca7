"""The measurement of what strangers leave in the kernel: that each way does its work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from huginn_cffi import server
from tools.bench import server_memory as memory

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps SYNs")


@pytest.mark.parametrize("name", memory.WAYS)
def test_ways(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slabs = tmp_path / "slabinfo"  # the kernel's own is for root, and not still
    slabs.write_text("kmalloc-rcl-96 7 8 96\nkmalloc-96 5 6 96 42 1 : tunables 0 0 0\n")
    monkeypatch.setattr(memory, "SLABS", slabs)
    assert memory.objects() == 5
    before = server.counts()["saved"]
    assert memory.measure(name, 40) == (0, 0)
    assert server.counts()["saved"] - before == (40 if name == "arm, client" else 0)

"""The program that measures answers to proxies, on little traffic; needs root."""

from __future__ import annotations

from pathlib import Path

from tests.support import network as net
from tools.bench.asking import COLUMNS, LookupBench


def test_all_questions_are_answered(tmp_path: Path) -> None:
    with net.network(tagged=False, quiet=True) as made:
        profile = tmp_path / "profile"
        rows = LookupBench(made, tmp_path, rate=50, seconds=1).rows(8, profile)
    cells = [row.strip("| ").split(" | ") for row in rows]
    assert [len(row) for row in cells] == [len(COLUMNS)] * 3
    answered = [("unasked", "0.00%"), ("new", "100.00%"), ("known", "100.00%")]
    assert [(row[1], row[3]) for row in cells] == answered
    assert all(row[4] != "0.00%" for row in cells[1:])
    assert "hg_peers_answer" in profile.read_text()

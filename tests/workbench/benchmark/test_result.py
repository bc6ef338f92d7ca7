"""The manual shows the result of the benchmark, and the result is that of today."""

from __future__ import annotations

from pathlib import Path

from huginn_workbench.benchmark.captures import found_in
from huginn_workbench.benchmark.lists import hosts_of, read_labels, read_sources
from huginn_workbench.benchmark.page import RESULT, result_of, summary
from huginn_workbench.benchmark.run import run
from huginn_workbench.benchmark.score import graded, scores

ROOT = Path(__file__).resolve().parents[3]
BEGIN, END = "<!-- benchmark: begin -->\n\n", "\n\n<!-- benchmark: end -->"
TOLERANCE = 2.0
"""Points by which a share of right answers of today may differ from the published one."""


def test_the_manual_shows_the_result() -> None:
    page = (ROOT / "docs" / "reference" / "accuracy.md").read_text(encoding="utf-8")
    shown = page.partition(BEGIN)[2].partition(END)[0]
    wanted = "\n".join(summary(result_of(RESULT.read_text(encoding="utf-8"))))
    assert shown == wanted, "paste the output of: python -m huginn_workbench.benchmark show"


def test_the_result_is_that_of_today(corpus: Path) -> None:
    """huginn alone: the other tools do not change."""
    sources = read_sources()
    hosts, _ = hosts_of(sources, read_labels(sources))
    captures, problems = found_in(corpus.parent, sources.values())
    assert problems == []
    rows = [*run(["huginn"], captures, sources, hosts, print)]
    today = {row[:5]: row for row in scores([*graded(hosts, rows)], sources) if row.table == "total"}
    result = result_of(RESULT.read_text(encoding="utf-8"))
    published = {row[:5]: row for row in result.scores if row[0] == "total" and row.tool == "huginn"}
    assert today.keys() == published.keys()
    for key, row in published.items():
        share = 100 * (today[key].right - row.right) / row.hosts
        assert today[key].hosts == row.hosts
        assert abs(share) <= TOLERANCE, (key, today[key].right, row.right)

"""Tables in CSV files: a forgotten comma must not move cells to other columns."""

from __future__ import annotations

import pytest

from sigcompiler.csv_rows import csv_rows


def test_comments_are_left_out() -> None:
    lines = ["# of fruit\n", "name,colour\n", "plum,blue\n", "# more\n", '"a, b",\n']
    assert csv_rows(lines) == [{"name": "plum", "colour": "blue"}, {"name": "a, b", "colour": ""}]


@pytest.mark.parametrize("row", ["plum", "plum,blue,1"])
def test_rows_with_missing_or_additional_cells_are_refused(row: str) -> None:
    with pytest.raises(ValueError, match="cells: plum"):
        csv_rows(["name,colour\n", "pear,green\n", f"{row}\n"])

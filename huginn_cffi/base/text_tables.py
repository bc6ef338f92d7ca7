"""Tables of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def aligned(rows: Sequence[Sequence[str]], right: Sequence[bool] | None = None) -> Iterator[str]:
    """Rows as lines with aligned columns; columns with a true value in `right` are right-aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, right or [False] * len(widths), strict=True)
        )
        yield "  ".join(cells).rstrip()

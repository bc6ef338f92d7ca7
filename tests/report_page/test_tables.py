"""Cells of the page's tables."""

from __future__ import annotations

import pytest

from huginn_cffi.tools.reporting.tables import percent


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1.0, "100 %"),
        (0.9999, "99 %"),
        (0.995, "99 %"),
        (0.987, "99 %"),
        (0.5, "50 %"),
        (0.001, "1 %"),
        (0.0, "0 %"),
    ],
)
def test_only_what_is_certain_is_100_percent(share: float, text: str) -> None:
    assert percent(share)[:2] == (text, share)

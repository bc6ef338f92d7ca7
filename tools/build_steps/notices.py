"""Joins the notices that licences of others require."""

from __future__ import annotations

from pathlib import Path

from tools.build_steps.sources import ROOT, works

NOTICES = Path("data", "notices.txt")
"""The place of the text within the package."""

WITH_ITS_LIBRARY = "Chart.js"
"""A page has its licence beside it."""


def notices(with_data: bool = False) -> str:
    """The text of a report, or with the licence that it refers to for a page that holds the signatures."""
    names = dict.fromkeys(work.notice for work in works() if work.work != WITH_ITS_LIBRARY)
    files = (*names, "LICENSE-APACHE") if with_data else names
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in files)

"""A sample of an honest office: ``python -m workbench.lab.honest`` is an hour of it."""

from __future__ import annotations

from pathlib import Path

from tests.hosts.honest import ATTACKS
from tests.support import needs
from workbench.lab import honest

SECONDS = 60


def test_nothing_but_attacks_is_urgent(tmp_path: Path) -> None:
    """And each attack is news within ten seconds, while browsers visit a page that does what pages can."""
    needs.root()
    found, faults = honest.live(tmp_path, SECONDS, seed=3)
    assert faults == []
    assert found["frames"] > 1000
    assert found["seconds_to_news"].keys() == ATTACKS.keys()

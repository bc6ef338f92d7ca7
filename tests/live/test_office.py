"""A sample of the hour of an office: ``python -m workbench.lab.office`` is the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.lab import office

SECONDS, KILLS = 12, 2


def test_every_event_arrives_whatever_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail server, webhook and disk fail in turns, and processes are killed."""
    monkeypatch.setattr(office, "FLOOD", 10_000)
    found, faults = office.live(tmp_path, SECONDS, KILLS, seed=1)
    assert faults == []
    assert found["starts"] == [KILLS + 2, KILLS + 1]

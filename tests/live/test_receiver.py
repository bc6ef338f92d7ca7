"""Random connections beside Linux's own receiver; the lab of that name opens 20,000 of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.lab.receiver import compare


def test_rows_show_what_the_server_received(tmp_path: Path) -> None:
    verdicts, wrong = compare(300, 1, tmp_path)
    assert wrong == []
    assert verdicts["equal"] > 0.8 * verdicts.total()


@pytest.mark.parametrize("loss", [0, 0.2])
def test_nothing_of_honest_clients_is_withheld(tmp_path: Path, loss: float) -> None:
    verdicts, _ = compare(100, 2, tmp_path, loss=loss)
    assert verdicts == {"equal": 200}

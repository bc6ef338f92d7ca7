"""A store whose writer is killed; `killing` says how. More kills: ``python -m workbench.lab.killing 200``."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.support.core import ROOT


def test_a_killed_writer_leaves_a_sound_store_with_all_that_it_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workbench.lab.killing", "15"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["kills"] == 15

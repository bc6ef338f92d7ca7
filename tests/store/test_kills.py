"""A store whose writer is killed; `killing` says how. More kills: ``python tests/store/killing.py 200``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_a_killed_writer_leaves_a_sound_store_with_all_that_it_told() -> None:
    program = Path(__file__).with_name("killing.py")
    done = subprocess.run([sys.executable, program, "15"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["kills"] == 15

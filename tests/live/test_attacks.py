"""A sample of a network under attack: ``python -m workbench.lab.attacks`` is an hour of it."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.support import needs
from tests.support.processes import ROOT

SECONDS = 40


def test_every_takeover_reaches_the_receivers_that_accept_messages() -> None:
    """Within ten seconds, once, whatever the other receivers and the attackers do."""
    needs.root()
    words = [sys.executable, "-m", "workbench.lab.attacks", str(SECONDS), "3"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    found = json.loads(done.stdout)
    assert sum(found["takeovers"].values()) >= 6
    assert min(found["messages"]) > 2
    assert found["kills"] == 2

"""Clients and settings that need a network of their own: as root only."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.server.connections import PATIENCE_S
from tests.server.test_servers import EXAMPLES, command
from tests.support import needs
from tests.support.core import CORE

FOUND: dict[str, object] = {
    "windows": ["Windows 10, 11, 2019, 2022 or 2025", 7, 1500],
    "cookies": [None, "cookies or read before"],
    "captured": ["Linux"] * 4,
    "fast_open": ["0", "+"],
}


def run(*words: str) -> object:
    """What came of a scenario, in a namespace of its own."""
    needs.root()
    needs.program("ip", "iproute2")
    start = [needs.program("unshare", "util-linux"), "--net", sys.executable, "-m", "tests.server.room"]
    done = subprocess.run(
        [*start, *words], cwd=CORE.parent, capture_output=True, text=True, timeout=4 * PATIENCE_S
    )
    if "Operation not permitted" in done.stderr or "No such device" in done.stderr:
        pytest.skip(f"no namespace or no TUN interface here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("scenario", FOUND)
def test_netns(scenario: str) -> None:
    assert run(scenario) == FOUND[scenario]


@pytest.mark.parametrize("name", EXAMPLES)
def test_servers(name: str) -> None:
    """Each without capabilities: a SYN of Windows from far away, and clients with other settings."""
    needs.root()
    command(name, "127.0.0.1", 0)  # skips where it is not installed
    assert run("server_of", name) == [True] * 3

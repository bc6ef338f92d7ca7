"""Every allocation of what reads hellos in datagrams fails once, under sanitizers."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.tls.datagrams import SANITIZERS, build

WRAPPED = tuple(f"-Wl,--wrap={name}" for name in ("malloc", "calloc", "realloc"))


def test_each_allocation_fails_once(tmp_path: Path) -> None:
    program = build(tmp_path, "memory", flags=(*SANITIZERS, *WRAPPED)).program
    done = subprocess.run([program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 6

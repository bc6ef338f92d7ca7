"""A small run of `spoofed_initials`: all is counted, and no connection over TCP is pushed out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.core import ROOT

pytest.importorskip("cryptography", reason="cryptography is not installed to seal packets")


def test_connections_over_tcp_outlast_initials_from_invented_sources() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.spoofed_initials", "--packets", "3000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "hellos over TCP found       500 of 500" in done.stdout

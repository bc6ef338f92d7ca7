"""A small run of `spoofed_initials`: all is counted, and no connection over TCP is pushed out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="cryptography is not installed to seal packets")

PROGRAM = Path(__file__).with_name("spoofed_initials.py")


def test_connections_over_tcp_outlast_initials_from_invented_sources() -> None:
    done = subprocess.run(
        [sys.executable, PROGRAM, "--packets", "3000"], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "hellos over TCP found       500 of 500" in done.stdout

"""Without the sanitizers' libraries the tests that build C with them are skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAKE = '#!/bin/sh\ncase "$*" in *-fsanitize*) exit 1 ;; esac\n'


@pytest.mark.parametrize(
    "test",
    [
        "filters/test_networks.py",
        "packets/test_layers.py",
        "database/test_checksum.py",
    ],
)
def test_a_clang_without_sanitizers(test: str, tmp_path: Path) -> None:
    clang = tmp_path / "clang"
    clang.write_text(FAKE)
    clang.chmod(0o755)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "0",
        "-q",
        "-p",
        "no:cacheprovider",
        "-rs",
        "-k",
        "clang",
    ]
    found = subprocess.run(
        [*command, f"tests/{test}"],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert found.returncode == 0, found.stdout
    assert "clang has no sanitizers" in found.stdout

"""Compilers for harnesses in C, and whether they have what the harnesses are linked with."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SANITIZED = "asan" in os.environ.get("LD_PRELOAD", "")
"""The tests run under AddressSanitizer, which keeps what was freed: memory tells nothing."""

OF_OTHERS = {**os.environ, "LD_PRELOAD": ""}
"""The environment for programs of others, which are not run under the sanitizer of the tests."""

SANITIZERS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")


def need_compiler(name: str, folder: Path) -> None:
    """Skip the test without this compiler, or where its sanitizers' libraries are not installed."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    if not can_link(name, folder, *SANITIZERS):
        package = "libclang-rt-dev" if name.startswith("clang") else "libgcc-dev"
        pytest.skip(f"{name} has no sanitizers (Debian: {package})")


def can_link(compiler: str, folder: Path, *flags: str) -> bool:
    """Whether `compiler` makes a shared library with these flags, in a folder of the test."""
    probe = [compiler, *flags, "-shared", "-xc", os.devnull, "-o", folder / "probe"]
    return subprocess.run(probe, capture_output=True).returncode == 0

"""Each fuzz target runs for two seconds and finds nothing; and the targets do see what is wrong."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from random import Random

import pytest

from fuzz import run
from fuzz.seeds import TARGETS

SECONDS = 2
QUESTIONS = 96
"""Bytes in front of a database."""

LEAST_EXECUTIONS = 200
"""More than the seeds of a target, fewer than a slow machine runs in that time."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clang = run.compiler()
    if clang is None:
        pytest.skip("clang is not installed")
    folder = tmp_path_factory.mktemp("fuzz")
    try:
        run.build(clang, folder, list(run.LONGEST))
    except subprocess.CalledProcessError:
        probe = [clang, "-fsanitize=fuzzer,address", "-xc", os.devnull, "-o", folder / "probe", "-shared"]
        if subprocess.run(probe, capture_output=True).returncode != 0:
            pytest.skip("clang has no sanitizers (Debian: libclang-rt-dev)")
        raise
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("target", run.LONGEST)
def test_nothing_is_found(built: Path, target: str) -> None:
    outcome = run.fuzz(built, target, SECONDS, seed=1)
    assert outcome.report == ""
    assert outcome.executions > LEAST_EXECUTIONS
    assert outcome.covered > LEAST_EXECUTIONS


@pytest.mark.slow
def test_database_cut_inside_its_directory(built: Path) -> None:
    """What fuzzing found: the directory, 20 entries of 16 bytes from byte 72 on, ends after 12.

    Those that are there are empty sections, so that all of them are looked at.
    """
    image = bytearray(next(TARGETS["database"](Random(1)))[: QUESTIONS + 72 + 12 * 16])
    for entry in range(QUESTIONS + 72, len(image), 16):
        image[entry : entry + 12] = bytes(12)
    path = built / "cut"
    path.write_bytes(image)
    done = subprocess.run([built / "database", path], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")

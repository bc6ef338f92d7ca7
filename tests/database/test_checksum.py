"""The core's CRC-32, sixteen bytes a step."""

from __future__ import annotations

import random
import subprocess
import zlib
from pathlib import Path

import pytest

from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS, need_compiler

LENGTH = 700
"""Many steps, and what is left over."""


@pytest.fixture(scope="module", params=["gcc", "clang"])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checksum") / "checksum"
    need_compiler(request.param, path.parent)
    builds.write_headers(path.parent)
    files = [Path(__file__).with_name("checksum.c"), *sources("base/digest", "base/cpu")]
    return builds.program(path, files, ["-std=c11", "-O2", *SANITIZERS], compiler=request.param)


@pytest.mark.parametrize("kind", ["random", "zeros", "ones"])
def test_of_every_length_it_is_that_of_zlib(program: Path, kind: str) -> None:
    made = {"random": random.Random(1).randbytes(LENGTH), "zeros": bytes(LENGTH), "ones": b"\xff" * LENGTH}
    data = made[kind]
    done = subprocess.run([program], input=data, capture_output=True, check=True, timeout=60)
    lines = done.stdout.decode().splitlines()
    assert lines == [str(zlib.crc32(data[:end])) for end in range(LENGTH + 1)]

"""The core with 32 bits, big-endian and on Windows prints the same of captures. Skipped without compilers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support import builds
from tools.release import cross

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cross.build("cc", tmp_path_factory.mktemp("cross") / "native")


@pytest.mark.parametrize("name", ["arm", "s390x", "windows"])
def test_the_same_is_printed(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    target = cross.TARGETS[name]
    compiler, runner = target.found()
    if compiler is None or runner is None:
        pytest.skip(f"{target.compiler} or {target.runner} is not installed")
    program = cross.build(compiler, tmp_path / name, target.left_out)
    captures = cross.captures_to_try()[:20]
    native: Path = request.getfixturevalue("native")
    assert b'"syn"' in cross.printed([native], cross.SAMPLE)[1]
    assert list(cross.different(native, [runner, program], captures)) == []


def opened(compiler: str, runner: list[str], folder: Path, database: Path) -> tuple[int, str]:
    """Status and words of a program that opens a database."""
    folder.mkdir()
    builds.write_headers(folder)
    core = [
        path for part in ("base", "database") for path in sorted((cross.ROOT / "csrc" / part).glob("*.c"))
    ]
    files = [Path(__file__).with_name("open_database.c"), *core]
    program = builds.program(folder / "program", files, cross.FLAGS, ["-static"], compiler)
    done = subprocess.run([*runner, program, database], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_big_endian_machine_refuses_binary_databases(tmp_path: Path) -> None:
    database = tmp_path / "small.hgdb"
    hg.Database.load_default().save(database)
    assert opened("cc", [], tmp_path / "native", database) == (0, "opened\n")
    compiler, runner = cross.TARGETS["s390x"].found()
    if compiler is None or runner is None:
        pytest.skip("no compiler or no emulator for s390x is installed")
    refusal = "binary databases are little-endian, this machine is not\n"
    assert opened(compiler, [runner], tmp_path / "s390x", database) == (1, refusal)

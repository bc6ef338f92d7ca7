"""The core with 32 bits and big-endian: what it prints of captures is the same. Skipped without compilers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools import cross

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cross.build("cc", tmp_path_factory.mktemp("cross") / "native")


@pytest.mark.parametrize("processor", ["arm", "s390x"])
def test_the_same_is_printed(processor: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    compiler, runner = shutil.which(f"{cross.TARGETS[processor]}-gcc"), cross.emulator(processor)
    if compiler is None or runner is None:
        pytest.skip(f"no compiler or no emulator for {processor} is installed")
    program = cross.build(compiler, tmp_path / processor)
    captures = cross.captures_to_try()[:20]
    native: Path = request.getfixturevalue("native")
    assert b'"syn"' in cross.printed([native], cross.SAMPLE)[1]
    assert list(cross.different(native, [runner, program], captures)) == []

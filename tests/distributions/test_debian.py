"""The Debian package: its versions are those of pyproject.toml, and Debian's tools build and accept it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.builds import quick_build
from tests.support.core import CORE

ROOT = CORE.parent
CONTROL = (ROOT / "debian" / "control").read_text(encoding="utf-8")
TOOLS = ("dpkg-buildpackage", "dh", "lintian")


def test_versions_are_those_of_the_project() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:requires|dependencies) = (\[.*\])$", project, re.MULTILINE)
    least = {name: version for one in lists for name, version in re.findall(r'"(\w+)>=([\d.]+)', one)}
    assert dict(re.findall(r"python3-(\w+) \(>= ([\d.]+)\)", CONTROL)) == least
    [version] = re.findall(r'^version = "(.*)"$', project, re.MULTILINE)
    assert (ROOT / "debian" / "changelog").read_text().startswith(f"huginn-cffi ({version}) ")


@pytest.mark.builds
@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"{', '.join(TOOLS)}: not all are installed")
def test_debian_builds_and_accepts_it(tmp_path: Path) -> None:
    source = tmp_path / "huginn-cffi"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.so", "build")
    shutil.copytree(ROOT, source, ignore=ignored)
    quick = quick_build(tmp_path)
    system = {
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{Path(quick['CC']).parent}:/usr/sbin:/usr/bin:/sbin:/bin",
        "CC": quick["CC"],
        "DEB_CFLAGS_APPEND": quick["CFLAGS"],
        "CCACHE_DIR": os.environ["CCACHE_DIR"],
    }
    if (unmet := run(source, system, "dpkg-checkbuilddeps")).returncode:
        pytest.skip(unmet.stdout)
    built = run(source, system, "dpkg-buildpackage", "-us", "-uc", "-b")
    assert built.returncode == 0, built.stdout[-2000:]
    changes = str(next(tmp_path.glob("*.changes")))
    found = run(source, system, "lintian", "--allow-root", "--fail-on", "error", changes)
    assert found.returncode == 0, found.stdout


def run(folder: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )

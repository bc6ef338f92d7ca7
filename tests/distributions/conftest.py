"""The project, built as a user or a release would build it. Needs a package index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.builds import once, quick_build

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "use.txt"
ALONE = ("--no-deps", "--no-build-isolation")
MADE = (
    ".git",
    "build",
    "dist",
    "*.so",
    "*.egg-info",
    "__pycache__",
    ".*_cache",
    ".venv",
    "venv",
    ".hypothesis",
    "web.html",
    "*.schema.json",
    "notices.txt",
)
LEFT_OUT = shutil.ignore_patterns(*MADE, "tests")


VARIABLES = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
"""They change what a build prints, or what it imports."""


def plain_environment() -> dict[str, str]:
    """The variables of this process but those."""
    return {name: value for name, value in os.environ.items() if name not in VARIABLES}


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment with nothing in it but the lock and what was asked for."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def run(self, *arguments: str | Path, cwd: Path | None = None, **variables: str) -> str:
        """Standard output of a command that must succeed; its first word is a program in ``bin``."""
        program, *rest = arguments
        done = subprocess.run(
            [self.folder / "bin" / program, *rest],
            cwd=cwd,
            env=plain_environment() | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def install(self, *arguments: str | Path) -> None:
        """Install the project, built with what the lock has and was installed before."""
        variables = quick_build(self.folder)
        self.run("python", "-m", "pip", "install", "--quiet", *ALONE, *arguments, **variables)


def need_package_index(folder: Path) -> None:
    """Skip when no package index answers: fresh environments cannot be filled then."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--retries",
        "1",
        "click>=8.1",
    ]
    probe = subprocess.run([*command, "-d", folder], capture_output=True, text=True, check=False)
    if probe.returncode != 0:
        reason = probe.stderr.strip().splitlines() or ["no reason given"]
        pytest.skip(f"no package index can be reached: {reason[-1]}")


@pytest.fixture(scope="session")
def make_environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Environment]:
    """Makes virtual environments, in which is what the lock has to build and use the project.

    They are copies of one that nothing else is installed in.
    """

    def make_first(folder: Path) -> None:
        need_package_index(folder)
        venv.create(folder / "venv", with_pip=True)
        install = ("python", "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", LOCK)
        Environment(folder / "venv").run(*install)

    def make(name: str) -> Environment:
        first = once("environment", make_first) / "venv"
        return Environment(shutil.copytree(first, tmp_path_factory.mktemp(name) / "venv", symlinks=True))

    return make


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clean copy of the sources that a test may change."""
    return Path(shutil.copytree(ROOT, tmp_path / "project", ignore=LEFT_OUT))


class Built(NamedTuple):
    """What ``python -m build`` made."""

    sdist: Path
    wheel: Path
    printed: str


@pytest.fixture(scope="session")
def distributions() -> Built:
    """The sdist of a clean copy, and the wheel that was built from that sdist."""
    out = once("distributions", distribute)
    (sdist,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    return Built(sdist, wheel, (out / "printed").read_text())


@pytest.fixture(scope="session")
def built_again() -> Built:
    """The same from a copy elsewhere, made later, by a user with another umask, locale and time zone."""
    out = once("distributions-elsewhere", distribute_elsewhere)
    (sdist,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    return Built(sdist, wheel, (out / "printed").read_text())


def distribute_elsewhere(out: Path) -> None:
    distribute(out, umask=0o077, TZ="Asia/Tokyo", LC_ALL="C")


def distribute(out: Path, umask: int = 0o022, **more: str) -> None:
    source = shutil.copytree(ROOT, out / "project", ignore=shutil.ignore_patterns(*MADE))
    for path in source.rglob("*"):
        path.chmod(path.stat().st_mode & ~umask)
        os.utime(path, (umask, 1_700_000_000 + umask))
    (source / "tests" / "left.pyc").touch()
    (source / "csrc" / "left.o").touch()
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, source]
    variables = plain_environment() | quick_build(out) | more
    variables |= {"SOURCE_DATE_EPOCH": "1780000000", "HUGINN_PAGE": "1"}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, umask=umask)
    assert done.returncode == 0, done.stdout + done.stderr
    (out / "printed").write_text(done.stdout + done.stderr)

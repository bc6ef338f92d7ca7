"""``setup.sh``: a line a step, and nothing done twice. Python and pip are stand-ins that note their calls."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PYTHON = """#!/bin/sh
case "$*" in
    --version) echo 'Python 3.11.2' ;;
    '-m venv .venv') mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo venv >>calls ;;
    '-m pip '*) shift $(($# - 2)); echo pip "$@" >>calls ;;
esac
"""
NOTHING = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project in a path with a blank, and the programs that the script calls."""
    made = tmp_path / "a project"
    (made / "csrc").mkdir(parents=True)
    for name in (
        "sigcompiler",
        "huginn_cffi/data",
        "huginn_cffi/applications/reporting",
        "requirements",
        "web",
        "workbench",
    ):
        (made / name).mkdir(parents=True)
    shutil.copy(ROOT / "setup.sh", made)
    for place in (made, made / "workbench"):
        (place / "pyproject.toml").write_text("[project]\n")
    (made / "csrc" / "a.c").write_text("int a;\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"python3": PYTHON, "cc": NOTHING, "dpkg-query": "#!/bin/sh\necho installed\n"}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    return made


def run(folder: Path, *arguments: str) -> list[str]:
    """What the script says."""
    programs = f"{folder.parent / 'bin'}:{os.environ['PATH']}"
    command = ["sh", str(folder / "setup.sh"), *arguments]
    done = subprocess.run(
        command, env={**os.environ, "PATH": programs}, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return done.stderr.splitlines()


def test_an_old_python_is_refused(folder: Path) -> None:
    python = folder.parent / "bin" / "python3"
    old = PYTHON.replace("3.11.2", "3.9.18").replace("esac", "    *version_info*) exit 1 ;;\nesac")
    python.write_text(old)
    programs = f"{python.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", str(folder / "setup.sh")], env={**os.environ, "PATH": programs}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "setup.sh: Python 3.10 or newer is needed; python3 is Python 3.9.18"
    )
    assert calls(folder) == []


def calls(folder: Path) -> list[str]:
    """What was done since the last question."""
    path = folder / "calls"
    done = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return done


NOTHING_TO_DO = ["setup.sh: nothing to do: .venv is up to date"]


def test_a_line_a_step_and_nothing_twice(folder: Path) -> None:
    said = run(folder)
    assert len(said) == 5
    assert said[-2] == "setup.sh: building the page of huginn web"
    assert said[-1].startswith("setup.sh: done; with the Debian package ieee-data, huginn devices names ")
    assert calls(folder) == ["venv", "pip --requirement requirements/use.txt", "pip --editable workbench"]
    assert run(folder) == NOTHING_TO_DO
    assert calls(folder) == []


def test_more_is_installed_and_less_is_there_already(folder: Path) -> None:
    run(folder)
    calls(folder)
    run(folder, "test")
    assert calls(folder)[-2:] == ["pip --requirement requirements/test.txt", "pip --editable workbench"]
    assert run(folder) == run(folder, "test") == NOTHING_TO_DO
    run(folder, "dev")
    assert calls(folder)[-2] == "pip --requirement requirements/dev.txt"
    assert run(folder, "test") == NOTHING_TO_DO


EXTRAS = """[project]
[project.optional-dependencies]
# More.
mqtt = ["paho-mqtt"]
mcp = ["mcp"]
test = ["pytest"]
[project.scripts]
huginn = "huginn_cffi.cli:main"
"""


def test_extras(folder: Path) -> None:
    """In the versions of the lock, whose hashes stay out: pip takes those of constraints for all packages."""
    (folder / "pyproject.toml").write_text(EXTRAS)
    lock = "mcp==2.0.0 ; python_full_version < '4' \\\n    --hash=sha256:12\n"
    lock += "paho-mqtt==2.2.0 \\\n    --hash=sha256:34\n"
    (folder / "requirements" / "test.txt").write_text(lock)
    said = run(folder, "with", "mqtt,mcp")
    assert "setup.sh: installing what these extras require: mqtt,mcp" in said
    assert calls(folder)[-1] == "pip .venv/constraints.txt huginn-cffi[mqtt,mcp]"
    constraints = (folder / ".venv" / "constraints.txt").read_text()
    assert constraints == "mcp==2.0.0 ; python_full_version < '4'\npaho-mqtt==2.2.0\n"
    assert run(folder, "with", "mqtt") == ["setup.sh: installing what these extras require: mqtt"]
    assert calls(folder) == ["pip .venv/constraints.txt huginn-cffi[mqtt]"]
    assert run(folder) == NOTHING_TO_DO


@pytest.mark.parametrize("words", [["with"], ["with", "mqtt,none"], ["with", "test"], ["with", "mqtt,.*"]])
def test_other_extras_are_refused(folder: Path, words: list[str]) -> None:
    (folder / "pyproject.toml").write_text(EXTRAS)
    command = ["sh", str(folder / "setup.sh"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.endswith(" is none of: mqtt, mcp, web\n")
    assert calls(folder) == []


@pytest.mark.parametrize(("words", "times"), [([], 1), (["with", "web"], 1), (["test"], 0)])
def test_the_page_is_built(words: list[str], times: int, folder: Path) -> None:
    """The first command of the README builds it, too."""
    python = folder.parent / "bin" / "python3"
    python.write_text(PYTHON.replace("esac", "    '-m tools.'*) echo \"$2\" >>calls ;;\nesac"))
    run(folder, *words)
    assert calls(folder).count("tools.build_steps.page") == times


def test_without_clang_all_but_the_page_is_there(folder: Path) -> None:
    python = folder.parent / "bin" / "python3"
    python.write_text(
        PYTHON.replace("esac", "    '-m tools.'*) echo 'clang is missing' >&2; exit 1 ;;\nesac")
    )
    said = run(folder)
    assert said[-3:-1] == [
        "clang is missing",
        "setup.sh: without it huginn web does not work; later: sh setup.sh with web",
    ]
    assert run(folder) == NOTHING_TO_DO
    command = ["sh", str(folder / "setup.sh"), "with", "web"]
    programs = f"{python.parent}:{os.environ['PATH']}"
    done = subprocess.run(command, env={**os.environ, "PATH": programs}, capture_output=True, text=True)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "clang is missing")


@pytest.mark.parametrize("changed", ["csrc/a.c", "pyproject.toml", "requirements/use.txt", "web/page.js"])
def test_a_change_is_installed(folder: Path, changed: str) -> None:
    run(folder)
    calls(folder)
    (folder / changed).write_text("# other\n")
    assert len(run(folder)) == 5
    assert calls(folder) == ["venv", "pip --requirement requirements/use.txt", "pip --editable workbench"]


def test_the_page_that_was_built_is_no_change(folder: Path) -> None:
    run(folder)
    (folder / "huginn_cffi/data/web.html").write_text("<!doctype html>")
    assert run(folder) == NOTHING_TO_DO


def test_capture_needs_libpcap(folder: Path) -> None:
    """An ordinary user gets the command that installs it, and all else. Only root's own apt-get is called."""
    lacking = '#!/bin/sh\ncase "$*" in *libpcap*) ;; *) echo installed ;; esac\n'
    (folder.parent / "bin" / "dpkg-query").write_text(lacking)
    apt = folder.parent / "bin" / "apt-get"
    apt.write_text("#!/bin/sh\nexit 1\n")
    apt.chmod(0o755)
    assert "setup.sh: not installed; on Debian: sudo apt-get install libpcap0.8" in run(folder)
    assert run(folder) == NOTHING_TO_DO


def test_a_folder_that_was_moved(folder: Path) -> None:
    run(folder)
    moved = folder.rename(folder.with_name("another project"))
    assert len(run(moved)) == 5

"""How ``huginn`` gets the commands of huginn-workbench, and what it says without them."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from huginn_cffi.base.installation import to_add_workbench
from huginn_cffi.cli.wording import WORKBENCH
from tests.support.core import ROOT
from tests.support.in_process import run_in_process_as_text

PYPROJECT = (ROOT / "workbench" / "pyproject.toml").read_text(encoding="utf-8")


def test_every_command_is_an_entry_point() -> None:
    table = PYPROJECT.partition('[project.entry-points."huginn.commands"]\n')[2].partition("\n\n")[0]
    expected = [f'{name} = "huginn_workbench.commands.{name}:{name}"' for name in WORKBENCH]
    assert table.splitlines() == expected


def without_workbench(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with the product alone: no entry point of the other package, and none of its modules."""
    program = (
        "import sys\n"
        "from importlib import metadata\n"
        "metadata.entry_points = lambda **_: ()\n"
        "import importlib.util\n"
        "real = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name: None if name == 'huginn_workbench' else real(name)\n"
        "from huginn_cffi.cli import main\n"
        "sys.exit(main())\n"
    )
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", WORKBENCH)
def test_a_missing_command_says_in_one_line_how_to_get_it(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = without_workbench(tmp_path, name, "capture.pcap")
    monkeypatch.chdir(tmp_path)
    expected = f"huginn: {name} is in a package of its own: {to_add_workbench()}\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)


def test_help_lists_what_is_installed(tmp_path: Path) -> None:
    alone = without_workbench(tmp_path, "--help").stdout
    both = run_in_process_as_text("--help").stdout
    for name, line in WORKBENCH.items():
        assert line in both
        assert f"  {name} " not in alone
    assert "  pcap " in alone


def test_a_command_that_cannot_be_imported_is_an_error_of_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = metadata.EntryPoint("learn", "huginn_workbench.commands.none:learn", "huginn.commands")
    monkeypatch.setattr(metadata, "entry_points", lambda **_: (broken,))
    done = run_in_process_as_text("learn", "--help")
    expected = "huginn: learn (huginn_workbench.commands.none:learn): No module named "
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(expected)


def test_the_packages_have_one_version() -> None:
    import huginn_cffi
    import huginn_workbench

    assert huginn_workbench.__version__ == huginn_cffi.__version__
    assert f'version = "{huginn_cffi.__version__}"\n' in PYPROJECT
    assert f'"huginn-cffi=={huginn_cffi.__version__}"' in PYPROJECT

"""The command that a message recommends, for each way in which the package may have been installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huginn_cffi.base import installation

CODE = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("installation", sys.argv[1])
if sys.argv[2]:
    sys.prefix = sys.argv[2]
else:
    sys.prefix = sys.base_prefix
found = importlib.util.module_from_spec(spec)
spec.loader.exec_module(found)
if sys.argv[3]:
    found._PARENT, found._IS_CHECKOUT = sys.argv[3], False
print(found.to_add("mqtt"), found.to_add_workbench(), found.setup("with web"), sep="\\n")
print(found.as_root("huginn capture eth0"))
"""


def said(folder: Path, prefix: str, where: Path, parent: str = "") -> list[str]:
    """The commands of a copy in `folder`, for a user in `where`."""
    module = folder / "huginn_cffi" / "base" / "installation.py"
    module.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(installation.__file__, module)
    command = [sys.executable, "-c", CODE, str(module), prefix, parent]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    made = tmp_path / "the project"
    made.mkdir()
    (made / "setup.sh").touch()
    return made


def test_a_checkout(checkout: Path, tmp_path: Path) -> None:
    prefix = str(checkout / ".venv")
    here = [".venv/bin/pip install -e '.[mqtt]'", ".venv/bin/pip install ./workbench", "sh setup.sh with web"]
    assert said(checkout, prefix, checkout) == [*here, "sudo .venv/bin/huginn capture eth0"]
    elsewhere = [f"cd '{checkout}' && {one}" for one in here]
    assert said(checkout, prefix, tmp_path) == [*elsewhere, f"sudo '{prefix}/bin/huginn' capture eth0"]


def test_a_checkout_in_an_environment_elsewhere(checkout: Path) -> None:
    assert said(checkout, "/opt/my env", checkout)[:2] == [
        "'/opt/my env/bin/pip' install -e '.[mqtt]'",
        "'/opt/my env/bin/pip' install ./workbench",
    ]


def test_a_checkout_without_an_environment(checkout: Path) -> None:
    """Where pip may refuse to install anything."""
    commands = ["sh setup.sh with mqtt", "sh setup.sh", "sh setup.sh with web", "sudo huginn capture eth0"]
    assert said(checkout, "", checkout) == commands


def test_a_wheel(tmp_path: Path) -> None:
    assert said(tmp_path, "/opt/huginn", tmp_path) == [
        "/opt/huginn/bin/pip install 'huginn-cffi[mqtt]'",
        "in the project's folder, /opt/huginn/bin/pip install ./workbench",
        "in the project's folder, sh setup.sh with web",
        "sudo /opt/huginn/bin/huginn capture eth0",
    ]


def test_debians_package(tmp_path: Path) -> None:
    pip = "python3 -m venv --system-site-packages ~/.huginn && ~/.huginn/bin/pip"
    assert said(tmp_path, "", tmp_path, "/usr/lib/python3/dist-packages")[:2] == [
        f"{pip} install 'huginn-cffi[mqtt]'",
        f"in the project's folder, {pip} install ./workbench",
    ]


def test_no_other_module_recommends_an_installation() -> None:
    """Messages of all modules take these commands."""
    package = Path(installation.__file__).parents[1]
    found = [path.name for path in package.rglob("*.py") if "pip install" in path.read_text(encoding="utf-8")]
    assert found == []

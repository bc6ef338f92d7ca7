"""Building from the tree: plain and editable installs, an edited and a broken database."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.distributions.conftest import ALONE, Environment
from tests.support import samples

pytestmark = pytest.mark.builds

NEW_SIGNATURES = """\
classes = unix
[tcp:request]
label = s:unix:Edited:now
sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
"""


@pytest.fixture
def environment(make_environment: Callable[[str], Environment]) -> Environment:
    return make_environment("builds")


def name_of_sample(environment: Environment, folder: Path) -> str:
    (folder / "one.pcap").write_bytes(samples.capture(1))
    found = environment.run("python", "-m", "huginn_cffi", "pcap", "one.pcap", cwd=folder)
    return found.splitlines()[1].removeprefix("  OS:     ")


def test_plain_install(environment: Environment, project: Path, tmp_path: Path) -> None:
    environment.install(project)
    assert name_of_sample(environment, tmp_path).startswith("Linux")


def test_editable_install_takes_up_an_edited_database(
    environment: Environment, project: Path, tmp_path: Path
) -> None:
    environment.install("--editable", project)
    assert name_of_sample(environment, tmp_path).startswith("Linux")
    (project / "huginn_cffi" / "data" / "00-edited.fp").write_text(NEW_SIGNATURES)
    environment.install("--editable", project)
    assert name_of_sample(environment, tmp_path) == "Edited now"


def test_error_in_the_default_database_stops_the_build(environment: Environment, project: Path) -> None:
    (project / "huginn_cffi" / "data" / "00-broken.fp").write_text(NEW_SIGNATURES.replace("mss*20", "huge"))
    command = [environment.python, "-m", "pip", "install", *ALONE, project]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    text = done.stdout + done.stderr
    assert "00-broken.fp:4:" in text
    assert "the default signature database has errors" in text

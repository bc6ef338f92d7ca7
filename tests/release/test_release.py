"""Versions that agree, the changes of a version, the bill of materials, and the workflows."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import huginn_cffi
from tests.support.core import ROOT
from tools.build_steps.sbom import sbom
from tools.release import check
from tools.release.project import read_project

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_all_files_have_one_version() -> None:
    assert {*check.versions().values()} == {huginn_cffi.__version__}


def test_a_tag_is_the_version_and_has_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "# Changelog\n\n## 1.2.0 - 2027-01-02\n\n### Added\n\n- One.\n\n## 1.1.0 - 2026-01-02\n\n- Older.\n"
    )
    (tmp_path / "CHANGELOG.md").write_text(text)
    assert check.changes("1.2.0", tmp_path) == "### Added\n\n- One.\n"
    assert check.changes("1.1.0", tmp_path) == "- Older.\n"
    assert check.changes("1.3.0", tmp_path) == ""
    assert check.main(["v9.9.9"]) == 1
    assert "the tag is 9.9.9\npyproject.toml: the version is " in capsys.readouterr().err
    monkeypatch.setattr(check, "versions", lambda: {"all": "1.2.0"})
    monkeypatch.setattr(check, "changes", lambda version: "- One.\n" if version == "1.2.0" else "")
    assert check.main(["--changes", "v1.2.0"]) == 0
    assert capsys.readouterr().out == "- One.\n"


def test_the_bill_of_materials() -> None:
    asked = read_project(ROOT)["dependencies"]
    text = sbom(ROOT, "1.2.3", asked)
    assert text == sbom(ROOT, "1.2.3", asked)
    document = json.loads(text)
    names = {one["name"] for one in document["components"]}
    assert {*(re.split(r"[<>=]", one)[0] for one in asked), "chart.js", "mercury"} <= names
    assert document["metadata"]["component"]["purl"] == "pkg:pypi/huginn-cffi@1.2.3"


def test_the_bill_of_materials_follows_its_schema() -> None:
    validation = pytest.importorskip(
        "cyclonedx.validation.json", reason="cyclonedx-python-lib is not installed"
    )
    schema = pytest.importorskip("cyclonedx.schema").SchemaVersion
    text = sbom(ROOT, "1.2.3", read_project(ROOT)["dependencies"])
    assert validation.JsonStrictValidator(schema.V1_6).validate_str(text) is None


def test_workflows() -> None:
    program = shutil.which("actionlint")
    if program is None:
        pytest.skip(
            "actionlint is not installed (go install github.com/rhysd/actionlint/cmd/actionlint@latest)"
        )
    done = subprocess.run([program, *WORKFLOWS], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_commands_of_workflows_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for module in re.findall(r"python3? -m ((?:tools|huginn_cffi)[\w.]*)", text):
        place = ROOT / module.replace(".", "/")
        assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file()
    for script in re.findall(r"(?:sh|bash) ((?:tools|\.ci)/[\w./]+)", text):
        assert (ROOT / script).is_file()
    assert "permissions:" in text

"""The command that gives the sources a version, on a copy of what it changes."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.support.core import ROOT
from tools.release.prepare import Contacts, ReleaseError, prepared
from tools.release.project import read_project

NOW = datetime(2027, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
CONTACTS = Contacts(
    "https://git.example/somebody/huginn",
    "https://manual.example/",
    "a@b.example",
    "c@b.example",
)
FILES = (
    *("contacts.toml", "pyproject.toml", "CITATION.cff", "CHANGELOG.md", "csrc/huginn.h"),
    *("debian/control", "debian/changelog"),
    *("workbench/pyproject.toml", "workbench/huginn_workbench/__init__.py"),
    *("huginn_cffi/__init__.py", "huginn_cffi/database/default.py", "docs/guide/first-ten-minutes.md"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def write_contacts(root: Path, contacts: Contacts = CONTACTS) -> None:
    lines = [f"{name} = '''{value}'''\n" for name, value in contacts._asdict().items()]
    (root / "contacts.toml").write_text("".join(lines))


def write(root: Path, version: str) -> dict[str, str]:
    made = prepared(root, version, NOW)
    for name, text in made.items():
        (root / name).write_text(text)
    return made


def test_placeholders_are_refused_by_name(root: Path) -> None:
    text = (root / "contacts.toml").read_text()
    assert set(re.findall(r"^(\w+) = ", text, re.MULTILINE)) == {*Contacts._fields}
    empty = re.sub(r"^(\w+) = .*", r'\1 = "<to be written>"', text, flags=re.MULTILINE)
    (root / "contacts.toml").write_text(empty)
    with pytest.raises(ReleaseError, match=f"still to be written: {', '.join(Contacts._fields)}"):
        prepared(root, "1.0.0", NOW)
    for name in Contacts._fields:
        for value in ("<mail address>", "", " "):
            write_contacts(root, CONTACTS._replace(**{name: value}))
            with pytest.raises(ReleaseError, match=f"still to be written: {name}$"):
                prepared(root, "1.0.0", NOW)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("repository", "git.example/somebody"),
        ("repository", "https://git.example/somebody/huginn/"),
        ("conduct", "nobody"),
        ("security", "a@b"),
    ],
)
def test_values_of_another_form_are_refused(root: Path, name: str, value: str) -> None:
    write_contacts(root, CONTACTS._replace(**{name: value}))
    with pytest.raises(ReleaseError, match=name):
        prepared(root, "1.0.0", NOW)


def test_a_release_and_a_correction_of_it(root: Path) -> None:
    write_contacts(root)
    made = write(root, "1.0.0")
    assert read_project(root)["version"] == "1.0.0"
    assert '\n__version__ = "1.0.0"\n' in made["huginn_cffi/__init__.py"]
    assert '\n#define HG_VERSION "1.0.0"\n' in made["csrc/huginn.h"]
    assert '\nIssues = "https://git.example/somebody/huginn/issues"\n' in made["pyproject.toml"]
    assert '\nBUILT_IN_DATE = "2027-01-02T03:04:05Z"\n' in made["huginn_cffi/database/default.py"]
    assert "\n## 1.0.0 - 2027-01-02\n" in made["CHANGELOG.md"]
    assert "version: 1.0.0\ndate-released: 2027-01-02\nrepository-code: https://" in made["CITATION.cff"]
    assert "\nMaintainer: the huginn_cffi contributors <a@b.example>\n" in made["debian/control"]
    assert made["debian/changelog"].startswith("huginn-cffi (1.0.0) ")
    assert made["debian/changelog"].endswith(" <a@b.example>  Sat, 02 Jan 2027 03:04:05 +0000\n")
    write_contacts(root, CONTACTS._replace(repository="https://other.example/huginn/it"))
    again = write(root, "1.0.0")
    assert "CHANGELOG.md" not in again
    for name in ("pyproject.toml", "CITATION.cff"):
        assert "git.example" not in again[name]
        assert len(again[name].splitlines()) == len(made[name].splitlines())


@pytest.mark.parametrize("version", ["0.0.9", "one", "v1.0.0", "01.0.0"])
def test_other_versions_are_refused(root: Path, version: str) -> None:
    write_contacts(root)
    with pytest.raises(ReleaseError, match="version"):
        prepared(root, version, NOW)


def test_the_citation_is_valid(root: Path) -> None:
    citation = pytest.importorskip("cffconvert", reason="cffconvert is not installed").Citation
    write_contacts(root)
    for text in ((ROOT / "CITATION.cff").read_text(), prepared(root, "1.0.0", NOW)["CITATION.cff"]):
        citation(text).validate()

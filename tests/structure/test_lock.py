"""The lock: every version with its hashes, the same in all files, for each Python, and no addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
FILES = ("use", "test", "dev")
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


def pins(name: str) -> dict[str, int]:
    """Requirements of a file, and how many hashes each has."""
    found: dict[str, int] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text().splitlines():
        if line.startswith("    --hash=sha256:"):
            found[list(found)[-1]] += 1
        else:
            found[line.removesuffix("\\").strip()] = 0
    return found


def chosen(name: str, python: str) -> dict[str, str]:
    """Versions that are installed for a Python; a package has one."""
    environment = default_environment() | {"python_version": python, "python_full_version": f"{python}.0"}
    found: dict[str, str] = {}
    for requirement in map(Requirement, pins(name)):
        if requirement.marker is None or requirement.marker.evaluate(environment):
            assert requirement.name not in found
            (version,) = requirement.specifier
            assert version.operator == "=="
            found[requirement.name] = version.version
    return found


@pytest.mark.parametrize("name", FILES)
def test_each_version_has_hashes_and_no_file_an_address(name: str) -> None:
    assert min(pins(name).values()) > 0
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert not re.search(r"://|^-| @ |index", text, re.MULTILINE)


@pytest.mark.parametrize("python", PYTHONS)
def test_the_files_agree_and_hold_what_the_project_asks_for(python: str) -> None:
    use, test, dev = (chosen(name, python) for name in FILES)
    assert use.items() <= test.items() <= dev.items()
    project = (ROOT / "pyproject.toml").read_text()
    for name, found in (("dependencies", use), ("test", test), ("dev", dev)):
        (written,) = re.findall(rf"^{name} = (\[.*\])$", project, re.MULTILINE)
        for one in map(Requirement, re.findall(r'"([^"]+)"', written)):
            if one.name != "huginn-cffi":
                assert one.specifier.contains(found[one.name.lower().replace("_", "-")]), one

"""The page about the inside knows each file of the core, of the compiler and of the package."""

from __future__ import annotations

import re
from fnmatch import fnmatch

import pytest

from tests.support.manual_blocks import ROOT

PAGE = (ROOT / "docs" / "internals" / "how-it-works.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("heading", "folder", "suffix"),
    [
        ("The compiler", "sigcompiler", "py"),
        ("The Python package", "huginn_cffi", "py"),
    ],
)
def test_every_source_belongs_to_one_row(heading: str, folder: str, suffix: str) -> None:
    rows = "".join(re.findall(r"^\| [a-z].*?\| .*?\|", section(heading), re.MULTILINE))
    named = re.findall(rf"`([a-z0-9_*]+\.{suffix})`", rows)
    sources = sorted(path.name for path in (ROOT / folder).glob(f"*.{suffix}"))
    found = {source: [name for name in named if fnmatch(source, name)] for source in sources}
    assert {source: names for source, names in found.items() if len(names) != 1} == {}
    assert [name for name in named if not any(fnmatch(source, name) for source in sources)] == []


def test_every_folder_of_the_core_has_a_row() -> None:
    named = re.findall(r"^\| `([a-z]+)/` \|", section("The C core"), re.MULTILINE)
    assert sorted(named) == sorted(path.name for path in (ROOT / "csrc").iterdir() if path.is_dir())


def test_every_package_within_the_package_has_a_row() -> None:
    named = re.findall(r"^\| `([a-z/]+)/` \|", section("The Python package"), re.MULTILINE)
    root = ROOT / "huginn_cffi"
    packages = {path.parent.relative_to(root).as_posix() for path in root.glob("*/**/__init__.py")}
    assert (len(named), set(named)) == (len(packages), packages)


@pytest.mark.parametrize(
    ("heading", "root", "count"),
    [("The compiler", "sigcompiler", 4), ("The Python package", "huginn_cffi", 13)],
)
def test_rows_of_packages_name_their_files(heading: str, root: str, count: int) -> None:
    rows = re.findall(r"^\| `([a-z]+)/` \| ((?:`[a-z_]+\.py` ?)+)\|", section(heading), re.MULTILINE)
    assert len(rows) == count
    for package, named in rows:
        folder = ROOT / root / package
        files = sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")
        assert (package, sorted(re.findall(r"`(.*?)`", named))) == (package, files)


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {
        "index.md"
    }
    assert pages == set(re.findall(r"\]\(([a-z0-9/-]+\.md)\)", index))


def section(heading: str) -> str:
    """The text under a heading of the page."""
    return PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]

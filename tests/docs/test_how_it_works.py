"""The pages about the inside know each folder of the core, of the compiler and of the package."""

from __future__ import annotations

import re
from fnmatch import fnmatch

from tests.docs.words import read
from tests.support.manual_blocks import ROOT

INTERNALS = ROOT / "docs" / "internals"
PAGES = [(INTERNALS / name).read_text(encoding="utf-8") for name in ("rooms.md", "how-it-works.md")]


def test_every_source_of_the_compiler_belongs_to_one_row() -> None:
    rows = "".join(re.findall(r"^\| [a-z].*?\| .*?\|", section("The compiler"), re.MULTILINE))
    named = re.findall(r"`([a-z0-9_*]+\.py)`", rows)
    sources = sorted(path.name for path in (ROOT / "sigcompiler").glob("*.py"))
    found = {source: [name for name in named if fnmatch(source, name)] for source in sources}
    assert {source: names for source, names in found.items() if len(names) != 1} == {}
    assert [name for name in named if not any(fnmatch(source, name) for source in sources)] == []


def test_every_folder_of_the_core_has_a_row() -> None:
    named = re.findall(r"^\| `([a-z_]+)/` \|", section("The rooms of the core"), re.MULTILINE)
    assert sorted(named) == sorted(path.name for path in (ROOT / "csrc").iterdir() if path.is_dir())


def test_every_package_within_the_package_has_a_row() -> None:
    named = re.findall(r"^\| `([a-z/]+)/` \|", section("The Python package"), re.MULTILINE)
    root = ROOT / "huginn_cffi"
    packages = {path.parent.relative_to(root).as_posix() for path in root.glob("*/**/__init__.py")}
    assert (len(named), set(named)) == (len(packages), packages)


def test_rows_of_the_compiler_name_their_files() -> None:
    rows = re.findall(r"^\| `([a-z]+)/` \| ((?:`[a-z_]+\.py` ?)+)\|", section("The compiler"), re.MULTILINE)
    assert len(rows) == 4
    for package, named in rows:
        folder = ROOT / "sigcompiler" / package
        files = sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")
        assert (package, sorted(re.findall(r"`(.*?)`", named))) == (package, files)


def test_the_page_for_contributors_is_short() -> None:
    assert read(PAGES[0]) <= 900


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {
        "index.md"
    }
    assert pages == set(re.findall(r"\]\(([a-z0-9/-]+\.md)\)", index))


def section(heading: str) -> str:
    """The text under a heading of one of the pages."""
    [page] = (page for page in PAGES if f"\n## {heading}\n" in page)
    return page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]

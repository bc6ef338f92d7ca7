"""The manual's page on adding a reader names the files that such changes touch."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.builds import c_compiler, write_headers
from tests.support.core import CORE
from tools.new_reader.__main__ import main

ROOT = CORE.parent
PAGE = (ROOT / "docs" / "internals" / "adding-a-reader.md").read_text(encoding="utf-8")
TOUCHED = {
    "announcement": (["acme"], 4),
    "stream": (["acme", "--streams"], 8),
}
"""Arguments of tools.new_reader, and how many files apart from tests it may touch."""


def named() -> set[str]:
    return set(re.findall(r"`((?:csrc|sigcompiler|huginn_cffi)/[\w./]+\.\w+)`", PAGE))


def copied(folder: Path) -> Path:
    """What a skeleton is registered in."""
    for name in ("csrc", "sigcompiler"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests").mkdir()
    return folder


def test_the_files_that_the_page_names_are_there() -> None:
    assert [name for name in named() if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("kind", TOUCHED)
def test_a_new_reader_touches_few_files_and_the_page_names_them(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list that must be kept in step by hand would make it more."""
    arguments, most = TOUCHED[kind]
    assert main(arguments, copied(tmp_path)) == 0
    written = capsys.readouterr().out.split()
    assert "tests/golden/acme.md" in written
    sources = {name for name in written if not name.startswith("tests/")}
    assert len(sources) <= most
    assert {name for name in sources if (ROOT / name).is_file()} <= named()
    assert not [name for name in written if "@name@" in (tmp_path / name).read_text(encoding="utf-8")]


def test_nothing_is_written_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copied(tmp_path)
    assert main(["acme"], root) == 0
    before = (root / "csrc/huginn.h").read_text(encoding="utf-8")
    assert main(["acme"], root) == 1
    assert "nothing was written: csrc/announcements/acme.c exists already" in capsys.readouterr().err
    assert (root / "csrc/huginn.h").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "arguments", [["Acme"], ["9acme"], ["acme", "--port", "0"], ["acme", "--streams", "--port", "1"]]
)
def test_wrong_arguments(arguments: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments, tmp_path)


@pytest.mark.parametrize(
    ("number", "formats", "is_listed"),
    [("5", "6", False), ("6", "6", True), ("6", "7", True), ("4", "6", True)],
)
def test_a_format_without_a_writer_does_not_compile(
    number: str, formats: str, is_listed: bool, tmp_path: Path
) -> None:
    """It would be a hole in a table of functions, through which rows of this format are written."""
    for text, holds in (
        ("HG_FORMATS = 5", True),
        (f"HG_FORMAT_OWN = {number}, HG_FORMATS = {formats}", False),
    ):
        done = _compiled(tmp_path, text, is_listed and not holds)
        assert (done.returncode == 0) is holds
        assert ("each hg_format needs its writer in HG_WRITERS" in done.stderr) is not holds
    assert _compiled(tmp_path, "HG_FORMAT_OWN = 5, HG_FORMATS = 6", True).returncode == 0


def _compiled(folder: Path, formats: str, lists_own: bool) -> subprocess.CompletedProcess[str]:
    write_headers(folder)
    header = (CORE / "huginn.h").read_text(encoding="utf-8")
    (folder / "huginn.h").write_text(re.sub(r"HG_FORMATS = \d+", formats, header), encoding="utf-8")
    writers = (CORE / "output" / "renderer.h").read_text(encoding="utf-8")
    if lists_own:
        writers = writers.replace("ENTRY(ECS, ecs)", "ENTRY(ECS, ecs) ENTRY(OWN, json)")
    (folder / "output").mkdir(exist_ok=True)
    (folder / "output" / "renderer.h").write_text(writers, encoding="utf-8")
    command = [
        c_compiler(),
        "-std=c11",
        "-fsyntax-only",
        f"-I{folder}",
        f"-I{CORE}",
        CORE / "output" / "render.c",
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)

"""Kinds of events: a new one is an error of the compiler wherever records are written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from huginn_cffi._native import lib
from tests.support.builds import write_headers
from tests.support.core import CORE

FOLDERS = ("rows", "output")
KINDS = lib.HG_EVENT_KINDS
DECLARED = f"HG_EVENT_KINDS = {KINDS}"
ONE_MORE = f"HG_EVENT_ONE_MORE = {KINDS},\n    HG_EVENT_KINDS = {KINDS + 1}"


def complaints(name: str, folder: Path) -> str:
    """What the compiler says of a file of csrc with the headers in `folder`."""
    command = ["gcc", "-std=c11", "-fsyntax-only", "-Wall", "-Wextra", f"-I{folder}", f"-I{CORE}"]
    plain = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run([*command, CORE / name], capture_output=True, text=True, env=plain, check=False)
    return done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if shutil.which("gcc") is None:
        pytest.skip("there is no gcc")
    write_headers(tmp_path)
    return tmp_path


def add_a_kind(folder: Path) -> None:
    text = (CORE / "huginn.h").read_text(encoding="utf-8")
    assert text.count(DECLARED) == 1
    (folder / "huginn.h").write_text(text.replace(DECLARED, ONE_MORE), encoding="utf-8")


def test_files_that_know_kinds_compile_without_a_warning(folder: Path) -> None:
    for path in sorted(path for name in FOLDERS for path in (CORE / name).glob("*.c")):
        assert complaints(str(path.relative_to(CORE)), folder) == ""


@pytest.mark.parametrize(
    ("name", "switches"),
    [("rows/match_texts.c", 1), ("output/p0f.c", 1), ("output/text.c", 1), ("output/json.c", 1)],
)
def test_every_switch_names_every_kind(name: str, switches: int, folder: Path) -> None:
    add_a_kind(folder)
    assert complaints(name, folder).count("enumeration value 'HG_EVENT_ONE_MORE' not handled") == switches


@pytest.mark.parametrize("name", ["output/json.c", "output/ecs.c", "output/render.c", "output/records.c"])
def test_a_kind_that_is_not_described_does_not_compile(name: str, folder: Path) -> None:
    add_a_kind(folder)
    assert "sigcompiler/schema/events.csv lacks a kind of events" in complaints(name, folder)


def test_no_kinds_are_compared_by_their_order() -> None:
    for path in sorted(path for name in FOLDERS for path in (CORE / name).glob("*.[ch]")):
        code = path.read_text(encoding="utf-8")
        compared = re.findall(r"(?:[<>]=?)\s*HG_EVENT_(?!KINDS)\w+", code)
        assert compared == [], path.name

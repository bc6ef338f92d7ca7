"""Folders of the core depend on one another in one direction only, and so do its files."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.core import CORE
from tools.build_steps.c_headers import CORE_TABLES


def module(path: Path) -> str:
    """A C file and its header are one module."""
    return path.relative_to(CORE).with_suffix("").as_posix()


def folder(path: Path) -> str:
    return path.relative_to(CORE).parent.as_posix()


def included(path: Path) -> list[Path]:
    """Files of the core that `path` includes; headers that the build generates have no folder."""
    named = re.findall(r'^#include "(.+?)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    return [CORE / name for name in named if "/" in name]


# From the bytes to what is written; a folder includes only folders before it.
ORDER = (
    *("base", "packet", "source", "filter", "database", "flow"),
    *("tcp", "tls", "announcements", "http", "industrial", "passive_stack", "ssh", "greetings", "rows"),
    *("names", "stations", "conversations", "blocks", "hosts"),
    *("devices", "handshakes", "systems", "sightings", "attacks", "news", "claims", "uses"),
    *("views", "findings", "statements", "records", "summary", "run", "connections", "output", "annotate"),
)


def test_a_folder_includes_only_folders_before_it() -> None:
    files = [path for path in CORE.rglob("*.[ch]") if path.parent != CORE]
    assert {folder(path) for path in files} == set(ORDER)
    wrong = [
        (module(path), module(one))
        for path in files
        for one in included(path)
        if ORDER.index(folder(one)) > ORDER.index(folder(path))
    ]
    assert wrong == []


@pytest.mark.parametrize("node", [module, folder])
def test_no_circle_of_includes(node: type) -> None:
    files = [path for path in CORE.rglob("*.[ch]") if path.parent != CORE]
    graph: dict[str, set[str]] = {}
    for path in files:
        needs = {node(one) for one in included(path)}
        graph.setdefault(node(path), set()).update(needs - {node(path)})
    assert len(graph) > 8
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_every_include_names_a_file_from_the_root_of_the_core() -> None:
    files = [path for path in CORE.rglob("*.[ch]") if path.parent != CORE]
    assert [(path.name, one.name) for path in files for one in included(path) if not one.is_file()] == []
    texts = [path.read_text(encoding="utf-8") for path in files]
    bare = {name for text in texts for name in re.findall(r'^#include "([^"/]+)"', text, re.MULTILINE)}
    made = ["layout", "default", "columns", "records", "hosts", "support", "findings", "crypto"]
    made += (Path(table).stem for table in CORE_TABLES)
    assert bare == {"huginn.h", *(f"hg_{name}.h" for name in made)}


def test_names_alone_looks_answers_up() -> None:
    """Callers ask its cache (names/cache.h), so that no answer is found or kept twice."""
    files = [path for path in CORE.rglob("*.[ch]") if path.parent != CORE]
    callers = {folder(path) for path in files if "hg_answer_find(" in path.read_text(encoding="utf-8")}
    assert callers == {"names"}


def test_every_public_function_is_marked() -> None:
    """A shared library exports what has the mark, and nothing else."""
    header = (CORE / "huginn.h").read_text(encoding="utf-8")
    declared = re.findall(r"^(?!typedef |#| |/)(.*\bhg_\w+\()", header, re.MULTILINE)
    assert len(declared) > 50
    assert [line for line in declared if not line.startswith("HG_API ")] == []

"""Calls between folders of the core form no circle; nor do calls between the files of a folder.

Includes do not show such circles: a header may declare functions of several files. A table of functions
(of formats, layers or facts) calls none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from tests.support.core import CORE

DEFINES = ("HG_WORDS_OF", "HG_ROW_WRITER")
"""Macros that define the function that their first argument names."""

Graph = dict[str, set[str]]

_IGNORED = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", re.MULTILINE)
_MACRO = re.compile(r"#[ \t]*define[ \t]+\w+\([^)]*\)(.*)", re.DOTALL)
_USED_MACRO = re.compile(r"^([A-Z][A-Z_]+)\((.*(?:\n[ \t].*)*)\)$", re.MULTILINE)


def functions(text: str) -> Iterator[tuple[str, str]]:
    """Name and body of each function in C. Macros, and uses of macros outside functions, have no name."""
    text = _IGNORED.sub(" ", text)
    for directive in _DIRECTIVE.findall(text):
        if macro := _MACRO.match(directive.strip()):
            yield "", macro[1]
    text = _DIRECTIVE.sub("", text) + ";"
    depth, begin, head = 0, 0, ""
    for mark in re.finditer(r"[{};]", text):
        if depth == 0:
            head = text[begin : mark.start()]
            begin = mark.end()
            for macro, arguments in _USED_MACRO.findall(head):
                name = arguments.partition(",")[0] if macro in DEFINES else ""
                yield name, arguments.removeprefix(name)
            head = _USED_MACRO.sub("", head)
        depth += {"{": 1, "}": -1, ";": 0}[mark[0]]
        if mark[0] == "}" and depth == 0:
            name = re.search(r"\b([a-z]\w+)\(", head)
            if name and head.rstrip().endswith(")") and "=" not in head:
                yield name[1], text[begin : mark.start()]
            begin = mark.end()


def calls(texts: Mapping[str, str]) -> Graph:
    """The files that each file calls. `texts`: C by the name of the file, without ``.c`` or ``.h``."""
    found = {file: list(functions(text)) for file, text in texts.items()}
    home = {name: file for file, parts in found.items() for name, _ in parts if name.startswith("hg_")}
    graph: Graph = {}
    for file, parts in found.items():
        names = {name for _, body in parts for name in re.findall(r"\bhg_\w+", body)}
        graph[file] = {home[name] for name in names if name in home} - {file}
    return graph


def circles(graph: Graph) -> list[list[str]]:
    """Largest sets of nodes that all reach one another."""
    graph = {node: others & graph.keys() for node, others in graph.items()}
    reached = {node: _reached(graph, node) for node in graph}
    of = {node: sorted(other for other in reached[node] if node in reached[other]) for node in graph}
    return sorted({tuple(nodes): nodes for nodes in of.values() if nodes}.values())


def _reached(graph: Graph, node: str) -> set[str]:
    found: set[str] = set()
    left = [node]
    while left:
        more = graph[left.pop()] - found
        found |= more
        left += more
    return found


def core_calls() -> Graph:
    files = sorted(
        (path.with_suffix("").relative_to(CORE).as_posix(), path) for path in CORE.glob("*/*.[ch]")
    )
    groups = groupby(files, key=lambda one: one[0])
    return calls({name: "\n".join(path.read_text("utf-8") for _, path in paths) for name, paths in groups})


def test_reading_c() -> None:
    """Calls, pointers to functions and macros count; tables, comments and texts do not."""
    table = (
        "static const row ROWS[] = {\n    {hg_one, 1},\n};\nint hg_all(int a)\n{\n    return ROWS[a].f(a);\n}"
    )
    one = '/* hg_two */\nint hg_one(int a)\n{\n  if (a) {\n    hg_log("hg_two(");\n  }\n  hg_all(a);\n}'
    two = "static inline int hg_two(void (*f)(int))\n{\n    return sort(hg_one);\n}\n"
    macros = "#define HG_LOUD(a) \\\n    hg_two(a)\nHG_WORDS_OF(hg_log, 1)\n"
    values = "VALUE(key, hg_one(a))\nVALUE(other,\n      1)\n\nstatic int f(void)\n{\n}\n"
    texts = {"table": table, "one": one, "two": two, "macros": macros, "values": values}
    found = calls(texts)
    assert found == {
        "table": set(),
        "one": {"table", "macros"},
        "two": {"one"},
        "macros": {"two"},
        "values": {"one"},
    }
    assert circles(found) == [["macros", "one", "two"]]


def test_no_circle_of_folders() -> None:
    graph: Graph = {}
    for file, others in core_calls().items():
        folders = {Path(other).parts[0] for other in others}
        graph.setdefault(own := Path(file).parts[0], set()).update(folders - {own})
    assert len(graph) > 8
    assert circles(graph) == []


def test_no_circle_of_files() -> None:
    graph = core_calls()
    assert len(graph) > 200
    assert circles(graph) == []

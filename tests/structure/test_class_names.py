"""A class's name says which class it is: no two of the project share one."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEFINES_CLASS = re.compile(r"^ *class ", re.MULTILINE)
FOLDERS = ("huginn_cffi", "sigcompiler", "workbench", "tools", "tests")


def test_no_two_classes_share_a_name() -> None:
    places = defaultdict(list)
    for path in (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if DEFINES_CLASS.search(text) else ():
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert len(places) > 500
    assert {name: found for name, found in places.items() if len(found) > 1} == {}

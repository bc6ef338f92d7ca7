"""Files of the core have at most 500 lines of at most 120 columns, its functions at most 40 lines.

Rooms about hosts have at most 1,500 lines of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.structure.test_walls import ORDER
from tests.support.core import CORE

FILE_LINES, FUNCTION_LINES, COLUMNS, ROOM_LINES = 500, 40, 120, 1500
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

# The line of the name, parameters that go on below it, and the body between braces in column 0.
FUNCTION = re.compile(r"^(\S[^\n]*\n(?:[ \t][^\n]*\n)*)\{\n.*?^\}$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"\b(?!__attribute__|target)(\w+)\(")


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Name and number of lines of each function."""
    for found in FUNCTION.finditer(text):
        names = NAME.findall(found[1])
        yield names[0] if names else found[1], found[0].count("\n") + 1


def test_files() -> None:
    files = [path for path in CORE.rglob("*.[ch]") if path.name != "huginn.h"]
    assert len(files) > 80
    lines = {
        str(path.relative_to(CORE)): len(path.read_text(encoding="utf-8").splitlines()) for path in files
    }
    assert {name: count for name, count in lines.items() if count > FILE_LINES} == {}


def test_rooms_about_hosts() -> None:
    """Between the table of hosts and the summary: one question each."""
    rooms = ORDER[ORDER.index("hosts") + 1 : ORDER.index("summary")]
    assert len(rooms) == 12
    lines = {
        room: sum(
            bool(line.strip())
            for path in (CORE / room).glob("*.[ch]")
            for line in COMMENT.sub("", path.read_text(encoding="utf-8")).splitlines()
        )
        for room in rooms
    }
    assert {room: count for room, count in lines.items() if not 0 < count <= ROOM_LINES} == {}
    assert len((CORE / "hosts" / "hosts.h").read_text(encoding="utf-8").splitlines()) <= 200


def test_columns() -> None:
    lines = [
        f"{path.relative_to(CORE)}:{number}"
        for path in CORE.rglob("*.[ch]")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > COLUMNS
    ]
    assert lines == []


def test_functions() -> None:
    found = [
        (f"{path.relative_to(CORE)}: {name}", lines)
        for path in CORE.rglob("*.[ch]")
        for name, lines in functions(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 500
    assert [(name, lines) for name, lines in found if lines > FUNCTION_LINES] == []


def test_every_function_is_found() -> None:
    """A brace that closes in column 0 without a semicolon ends a function."""
    for path in CORE.rglob("*.[ch]"):
        text = path.read_text(encoding="utf-8")
        assert len(list(functions(text))) == len(re.findall(r"^\}$", text, re.MULTILINE)), path.name

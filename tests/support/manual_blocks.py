"""The fenced blocks of a page, and what its shell and Python blocks print.

A ``sh`` or ``python`` block is run; the ``text`` block right after it is its output, standard
error included. A line ``…`` in it stands for any number of lines. All blocks of a page run in
order in one folder: those that need a shell or a process of their own have one, the others run in
this process. A comment ``<!-- not run: REASON -->`` before a block leaves it out, as does
``<!-- command: NAME -->``, which marks the commands that set everything up.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

from huginn_cffi.cli import main
from tests.support.in_process import run_in_process

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    *(ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "examples" / "README.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
)

ANY_LINES = "…"
_OF_A_SHELL = re.compile(r"[|<>$&;*?~()`{}!]|^(?!huginn )", re.MULTILINE)
_OF_A_PROCESS = re.compile(r"\b(dask|server|socket|threading|signal|environ)\b")
_LEFT_OUT = re.compile(r"<!-- (not run: .+|command: \w+) -->")


@dataclass(frozen=True, slots=True)
class FencedBlock:
    """A fenced block; ``line`` is that of its fence, counted from 1."""

    language: str
    text: str
    line: int
    left_out: bool


@dataclass(frozen=True, slots=True)
class PageExample:
    """A block that is run, and what must be printed; ``None`` when the page does not say."""

    block: FencedBlock
    output: str | None


def blocks_of(page: str) -> list[FencedBlock]:
    """All fenced blocks of a page."""
    found: list[FencedBlock] = []
    lines = page.splitlines()
    number, left_out = 0, False
    while number < len(lines):
        line = lines[number]
        if line.startswith("```"):
            end = lines.index("```", number + 1)
            text = "".join(f"{inner}\n" for inner in lines[number + 1 : end])
            found.append(FencedBlock(line[3:].strip(), text, number + 1, left_out))
            number = end
        if line.strip():
            left_out = _LEFT_OUT.fullmatch(line) is not None
        number += 1
    return found


def examples_of(page: str) -> list[PageExample]:
    """The blocks of a page that are run, each with its output."""
    blocks = blocks_of(page)
    return [
        PageExample(block, after.text if after is not None and after.language == "text" else None)
        for block, after in zip_longest(blocks, blocks[1:])
        if block.language in ("sh", "python") and not block.left_out
    ]


def run(block: FencedBlock, folder: Path, programs: Path) -> tuple[int, str]:
    """Exit status and output of a block; `programs` stands first in the search path."""
    if block.language == "sh" and not _OF_A_SHELL.search(block.text.strip()):
        return _run_here(partial(_commands, block.text), folder)
    if block.language == "python" and not _OF_A_PROCESS.search(block.text):
        return _run_here(partial(_python, block), folder)
    command = ["bash", "-e", "-o", "pipefail"] if block.language == "sh" else [sys.executable, "-"]
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "TZ": "UTC"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        command,
        input=block.text,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


def _run_here(program: Callable[[list[str]], int], folder: Path) -> tuple[int, str]:
    with tempfile.TemporaryFile() as both:
        done = run_in_process(
            program=program, stdout=both, stderr=both, cwd=folder, environment={"TZ": "UTC"}
        )
        both.seek(0)
        return done.returncode, both.read().decode()


def _commands(text: str, _: list[str]) -> int:
    """Lines of the shell that are commands of huginn and nothing else; the first that fails is the last."""
    for line in text.replace("\\\n", " ").splitlines():
        _, *words = shlex.split(line, comments=True)
        if status := main(words):
            return status
    return 0


def _python(block: FencedBlock, _: list[str]) -> int:
    """A program; an error is shown and its exit status 1, as by the interpreter."""
    try:
        exec(compile(block.text, "<stdin>", "exec"), {"__name__": "__main__"})
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def agrees(shown: str, printed: str) -> bool:
    """Whether what was printed is what the page shows. Blanks at the ends of lines do not count."""
    wanted, lines = ([line.rstrip() for line in text.strip().splitlines()] for text in (shown, printed))
    pattern = "".join("(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + "\n" for line in wanted)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None

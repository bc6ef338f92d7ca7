"""Where the figures of README and manual come from, and whether they still hold.

    python -m tools.release.figures           lists them, runs their commands, exits with 1 if a page is wrong
    python -m tools.release.figures --list    only lists them

A comment before a paragraph, a table or printed text says where its figures come from:

    <!-- figures: COMMAND; within 5 % -->                       the command, of at most a minute, prints them
    <!-- measured once: 2026-11-22, 58d7d190, MACHINE; COMMAND -->      nothing repeats them
    <!-- limit: FILE -->                                        a constant that this file has or tests
    <!-- tests: FILE::TEST, FILE::TEST -->                      what holds the promises of the block

At the beginning of a section "measured once" holds for all of it. The commit is the one that was measured, or
for older figures the one that brought them into the page. Either each line of the page that has a number is
printed by the command, or each printed one is in the page: with the same words, and numbers within the
tolerance. One more or less in the last digit is rounding.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 600
"""A command takes less than a minute on an idle processor."""

GENERATED = {ROOT / "docs" / "reference" / name for name in ("events.md", "findings.md", "counters.md")}
PROMISES = ("README.md", "SECURITY.md", "docs/reference/hardening.md")
PROMISE = re.compile(r"\b(never|every|exact|exactly|bounded)\b", re.IGNORECASE)
NUMBER = r"\d[\d,]*(?:\.\d+)?"
FIGURE = re.compile(
    r"\d ?(?:%|\N{MULTIPLICATION SIGN}|[nµm]s\b|[kMG]i?B\b|M\b|[a-z]+/s\b)|\d[\d,]* of (?:the )?\d"
)
ORIGIN = re.compile(r"<!-- (figures|measured once|limit|tests): (.*?) -->", re.DOTALL)
COMMAND = re.compile(r"(.+); within ([\d.]+) %")
ONCE = re.compile(r"20\d\d-\d\d-\d\d, [0-9a-f]{8}, [^;]+; .+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table or fenced text. `origins` are the kinds and texts of its comments."""

    page: str
    line: int
    text: str
    origins: tuple[tuple[str, str], ...]

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def needs_origin(self) -> bool:
        """Whether it has a figure. Other tests run fenced commands and compare their output."""
        return not self.text.startswith(("```", "#")) and FIGURE.search(self.text) is not None


def pages() -> list[Path]:
    """README, SECURITY and the manual, without pages that are generated from descriptions."""
    return [ROOT / "README.md", ROOT / "SECURITY.md", *sorted({*(ROOT / "docs").rglob("*.md")} - GENERATED)]


def blocks(page: str, text: str) -> Iterator[Block]:
    """The blocks of a page, with the comments that are theirs or their section's."""
    sections: list[tuple[int, tuple[str, str]]] = []
    """Levels of headings, and what was measured once for all below them."""
    level, first = 0, True
    own: list[tuple[str, str]] = []
    for line, part in _parts(text):
        if heading := re.match(r"#+", part):
            level, first, own = len(heading[0]), True, []
            sections = [one for one in sections if one[0] < level]
        elif found := ORIGIN.findall(part):
            own += found
            if first:
                sections += [(level, one) for one in found if one[0] == "measured once"]
        if ORIGIN.sub("", part).strip() and not part.startswith("#"):
            if not re.fullmatch(r"<!--.*?-->", part, re.DOTALL):
                yield Block(page, line, part, tuple(own) or tuple(one for _, one in sections))
                own = []
            first = False


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Blocks between empty lines, with the numbers of their first lines; a fence is one block."""
    lines: list[str] = []
    begins, fenced = 0, False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        fence = line.startswith("```")
        if lines and not fenced and (fence or not line.strip()):
            yield begins, "\n".join(lines)
            lines = []
        if line.strip() or fenced:
            begins = begins if lines else number
            lines.append(line)
        fenced ^= fence
        if fence and not fenced:
            yield begins, "\n".join(lines)
            lines = []


def malformed(block: Block) -> Iterator[str]:
    """What is wrong with a block's comments."""
    kinds = {kind for kind, _ in block.origins}
    if (
        block.page in PROMISES
        and block.text[:3] != "```"
        and PROMISE.search(block.text)
        and "tests" not in kinds
    ):
        yield f"{block.place}: no comment names the tests of a promise: {block.text[:60]!r}"
    if block.needs_origin and not kinds - {"tests"}:
        yield f"{block.place}: no comment says where the figures come from: {block.text[:60]!r}"
    for kind, text in block.origins:
        if kind == "figures" and not COMMAND.fullmatch(text):
            yield f"{block.place}: not COMMAND; within N %: {text}"
        elif kind == "measured once" and not ONCE.fullmatch(text):
            yield f"{block.place}: not DATE, COMMIT, MACHINE; COMMAND: {text}"
        elif kind == "limit" and not all((ROOT / name).exists() for name in text.split(", ")):
            yield f"{block.place}: no such file: {text}"
        elif kind == "tests":
            yield from (
                f"{block.place}: no such test: {one}" for one in text.split(", ") if not _is_test(one)
            )


def _is_test(text: str) -> bool:
    file, _, name = text.partition("::")
    path = ROOT / file
    return path.is_file() and f"\ndef {name}(" in path.read_text(encoding="utf-8")


def rerun(block: Block, command: str, tolerance: float) -> str | None:
    """Run a command. None if the page is right, otherwise the fault, or in brackets why it did not run."""
    for word in shlex.split(command):
        if word.startswith("../shared") and not (ROOT / word).exists():
            return f"(not run: {word} is absent)"
    printed = _printed(command)
    if not printed:
        return "the command printed no number"
    shown = _with_numbers(block.text)
    absent = [line for line in shown if not any(_same(line, one, tolerance, whole=True) for one in printed)]
    unsaid = [line for line in printed if not _same(line, block.text, tolerance, whole=False)]
    if not absent or not unsaid:
        return None
    return f"the page has {absent[0]!r}, the command prints {unsaid[0]!r}"


@cache
def _printed(command: str) -> list[str]:
    """The lines with numbers that a command writes to standard output; its errors are shown."""
    program, *words = shlex.split(command)
    programs = {"python": [sys.executable], "huginn": [sys.executable, "-m", "huginn_cffi"]}
    command_line = [*programs.get(program, [program]), *words]
    done = subprocess.run(command_line, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=TIMEOUT_S)
    return _with_numbers(done.stdout)


def _with_numbers(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if re.search(r"\d", line) and line[:3] != "```"]


def _same(line: str, text: str, tolerance: float, *, whole: bool) -> bool:
    """Whether `text` is, or contains, the words of a line, with numbers within so many percent."""
    words = re.split(f"({NUMBER})", " ".join(line.split()))
    pattern = "".join(f"({NUMBER})" if at % 2 else re.escape(word) for at, word in enumerate(words))
    pattern = re.sub(r"(?:\\ )+", r"\\s+", pattern)
    found = [re.fullmatch(pattern, text)] if whole else re.finditer(pattern, text)
    return any(
        all(_close(*pair, tolerance) for pair in zip(words[1::2], match.groups(), strict=True))
        for match in found
        if match
    )


def _close(text: str, other: str, tolerance: float) -> bool:
    a, b = (float(one.replace(",", "")) for one in (text, other))
    last_digit: float = 10.0 ** -len(text.partition(".")[2])
    return abs(a - b) <= max(tolerance / 100 * a, 1.001 * last_digit)


def main(arguments: list[str]) -> int:
    every = [
        block
        for path in pages()
        for block in blocks(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    ]
    wrong = [fault for block in every for fault in malformed(block)]
    for block in every:
        for kind, text in block.origins:
            print(f"{block.place}: {kind}: {' '.join(text.split())}")
            if kind == "figures" and arguments != ["--list"] and (parts := COMMAND.fullmatch(text)):
                fault = rerun(block, parts[1], float(parts[2]))
                print(f"    {fault or 'holds'}", flush=True)
                if fault and not fault.startswith("("):
                    wrong.append(f"{block.place}: {fault}")
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

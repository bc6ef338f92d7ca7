"""How long the manual is: ``python -m tests.docs.words [PAGE...]``.

For each page: all its words, and those outside code, comments, pictures and addresses of links, which is
what a reader reads.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CODE = re.compile(r"^```.*?^```$|<!--.*?-->|^<.*?>$|^!\[.*?\)$|(?<=\])\([^)]*\)", re.MULTILINE | re.DOTALL)
_WORD = re.compile(r"\S*\w\S*")


def pages() -> list[Path]:
    """The README and the pages of the manual."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def is_guide(page: Path) -> bool:
    """Whether a page is read, not looked up in: neither reference nor internals."""
    return page.parent.name in ("docs", "guide")


def read(page: str) -> int:
    """How many words a page has outside code, comments, addresses of links and pictures."""
    return len(_WORD.findall(_CODE.sub("", page)))


def main(names: list[str]) -> None:
    """Prints a table, as Markdown."""
    print("| page | words | outside code |\n|---|---|---|")
    totals = {"the guide": [0, 0], "all": [0, 0]}
    for path in pages():
        page = path.read_text(encoding="utf-8")
        count = len(_WORD.findall(page)), read(page)
        if not names or path.name in names:
            print(f"| {path.relative_to(ROOT)} | {count[0]:,} | {count[1]:,} |")
        for name in ("the guide", "all") if is_guide(path) else ("all",):
            totals[name] = [one + other for one, other in zip(totals[name], count, strict=True)]
    for name, total in totals.items():
        print(f"| {name} | {total[0]:,} | {total[1]:,} |")


if __name__ == "__main__":
    main(sys.argv[1:])

"""How long the manual is, and how easy to read: ``python -m tests.docs.words [PAGE…]``.

For each page: all its words; those outside code, which is what a reader reads; those of its prose, which
is what stands outside tables, headings, comments, HTML and pictures too; and the Flesch reading ease of
the prose (60 and more is plain English; pyphen counts the syllables). A name in code counts as one short
word, and each item of a list ends a sentence.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CODE = re.compile(r"^```.*?^```$|<!--.*?-->|^<.*?>$|^!\[.*?\)$|(?<=\])\([^)]*\)", re.MULTILINE | re.DOTALL)
_NOT_PROSE = re.compile(
    r"^```.*?^```$|<!--.*?-->|^\|.*?$|^#.*?$|^<.*?>$|^!\[.*?\)$", re.MULTILINE | re.DOTALL
)
_WORD = re.compile(r"\S*\w\S*")


def pages() -> list[Path]:
    """The README and the pages of the manual."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def is_guide(page: Path) -> bool:
    """Whether a page is read, not looked up in: neither Reference nor what serves contributors."""
    return page.parent.name in ("docs", "guide")


def read(page: str) -> int:
    """How many words a page has outside code, comments, addresses of links and pictures."""
    return len(_WORD.findall(_CODE.sub("", page)))


def prose(page: str) -> str:
    """The sentences of a page."""
    text = _NOT_PROSE.sub("", page)
    text = re.sub(r"`[^`]+`", "it", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[*_]{2}|(?<=\w)[.!?](?=\w)", "", text)  # the point of 1.3 ends no sentence
    items = re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", text)
    lines = (re.sub(r"^\s*(?:[-*]|\d+\.) ", "", " ".join(item.split())) for item in items)
    return "\n".join(line if line[-1] in ".!?" else f"{line.rstrip(':;,')}." for line in lines if line)


def reading_ease(text: str) -> float:
    """Flesch's measure of sentences, at most 121; each ends at the end of a line or before a blank."""
    import pyphen

    syllables = pyphen.Pyphen(lang="en_US").positions
    sentences = [part for part in re.split(r"[.!?]+(?:\s+|$)", text) if _WORD.search(part)]
    words = re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", text)
    spoken = sum(len(syllables(word)) + 1 for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * spoken / len(words)


def main(names: list[str]) -> None:
    """Prints a table, as Markdown."""
    total = [0, 0, 0]
    print("| page | words | outside code | prose | Flesch |\n|---|---|---|---|---|")
    for path in pages():
        if names and path.name not in names:
            continue
        page = path.read_text(encoding="utf-8")
        text = prose(page)
        count = len(_WORD.findall(page)), read(page), len(_WORD.findall(text))
        print(f"| {path.name} | {count[0]:,} | {count[1]:,} | {count[2]:,} | {reading_ease(text):.0f} |")
        if is_guide(path):
            total = [one + other for one, other in zip(total, count, strict=True)]
    print(f"| the guide | {total[0]:,} | {total[1]:,} | {total[2]:,} | |")


if __name__ == "__main__":
    main(sys.argv[1:])

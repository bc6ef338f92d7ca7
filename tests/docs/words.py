"""How long the manual is, and how easy to read: ``python tests/docs/words.py [PAGE…]``.

For each page: all its words; those of its prose, which is what stands outside fenced blocks, tables,
headings, comments, HTML and pictures; and the Flesch reading ease of the prose (60 and more is plain English;
pyphen counts the syllables). A name in code counts as one short word, and each item of a list ends a
sentence.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = frozenset({"api.md", "record-fields.md", "link-types.md"})
"""Pages that are made from the code, or that list what it knows."""
NOT_COUNTED = REFERENCE | {"README.md"}
"""What does not belong to the sum: the README has a limit of its own."""

_NOT_PROSE = re.compile(
    r"^```.*?^```$|<!--.*?-->|^\|.*?$|^#.*?$|^:::.*?$|^<.*?>$|^!\[.*?\)$", re.MULTILINE | re.DOTALL
)
_WORD = re.compile(r"\S*\w\S*")


def pages() -> list[Path]:
    """The README and the pages of the manual."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


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
    total = [0, 0]
    print("| page | words | prose | Flesch |\n|---|---|---|---|")
    for path in pages():
        if names and path.name not in names:
            continue
        page = path.read_text(encoding="utf-8")
        text = prose(page)
        count = len(_WORD.findall(page)), len(_WORD.findall(text))
        print(f"| {path.name} | {count[0]:,} | {count[1]:,} | {reading_ease(text):.0f} |")
        if path.name not in NOT_COUNTED:
            total = [one + other for one, other in zip(total, count, strict=True)]
    print(f"| all but {', '.join(sorted(NOT_COUNTED))} | {total[0]:,} | {total[1]:,} | |")


if __name__ == "__main__":
    main(sys.argv[1:])

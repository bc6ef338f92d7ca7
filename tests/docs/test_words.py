"""What counts as words of the manual, and that it is short."""

from __future__ import annotations

from sigcompiler.schema.findings import FINDINGS, SUMMARY_FINDINGS
from tests.docs.words import ROOT, is_guide, pages, read

PAGE = """\
# A heading

Some `--option` words, [a link](page.md) and
**more** of TLS 1.3:

| a | table |
|---|---|

- first item
- second item.

<!-- a comment -->
```sh
code
```
"""
WORDS = {page: read(page.read_text(encoding="utf-8")) for page in pages()}


def test_words_that_are_read() -> None:
    """Headings and tables count; code, comments and addresses of links do not."""
    assert read(PAGE) == 2 + 6 + 4 + 2 + 2 + 2  # line by line


def test_the_manual_is_short() -> None:
    """Words outside code: 11,000 to read, with 900 a page but for the list of findings; 45,000 in all."""
    guide = sum(words for page, words in WORDS.items() if is_guide(page))
    assert 5_000 < guide <= 11_000, f"the guide has {guide} words"
    folder = ROOT / "docs" / "guide"
    assert {page.name: n for page, n in WORDS.items() if n > 900 and page.parent == folder} == {}
    assert sum(WORDS.values()) <= 45_000, f"the manual has {sum(WORDS.values())} words"


def test_the_guide_says_what_to_do_about_each_finding() -> None:
    page = (ROOT / "docs" / "guide" / "findings.md").read_text(encoding="utf-8")
    assert [one.kind for one in (*FINDINGS, *SUMMARY_FINDINGS) if f"| `{one.kind}` |" not in page] == []

"""What counts as prose, and that the manual's is short and plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.words import is_guide, pages, prose, read, reading_ease

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


def test_prose_is_what_is_read_as_sentences() -> None:
    assert prose(PAGE).splitlines() == [
        "Some it words, a link and more of TLS 13.",
        "first item.",
        "second item.",
    ]


def test_words_that_are_read() -> None:
    """Headings and tables count; code, comments and addresses of links do not."""
    assert read(PAGE) == 2 + 6 + 4 + 2 + 2 + 2  # line by line


def test_the_guide_is_short() -> None:
    """All that is read, not looked up in: at most 11,000 words outside code."""
    words = sum(read(page.read_text(encoding="utf-8")) for page in pages() if is_guide(page))
    assert 5_000 < words <= 11_000, f"the guide has {words} words outside code"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_is_easy_to_read(page: Path) -> None:
    pytest.importorskip("pyphen", reason="pyphen is not installed (extra dev)")
    assert reading_ease(prose(page.read_text(encoding="utf-8"))) >= 55


def test_reading_ease_is_that_of_flesch() -> None:
    pytest.importorskip("pyphen", reason="pyphen is not installed (extra dev)")
    # 6 words, 1 sentence, 1 syllable each
    assert reading_ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    # 8 words, 2 sentences, 8 syllables and one more in "pa-per"
    assert reading_ease("The cat sat. It ate a small paper.") == pytest.approx(
        206.835 - 1.015 * 8 / 2 - 84.6 * 9 / 8
    )

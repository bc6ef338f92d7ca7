"""Pages read back: their tables as texts, and the elements that they are made of."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Row = dict[str, str]


@dataclass
class Page(HTMLParser):
    """``tables`` by name: rows by heading. ``elements`` counts tags, ``attributes`` holds all of them."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    elements: Counter[str] = field(default_factory=Counter)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    text: str = ""
    charts: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._table: str | None = None
        self._heads: list[str] = []
        self._cells: list[str] = []
        self._inside: list[str] = []
        self._data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements[tag] += 1
        self.attributes += [(tag, name, value) for name, value in found.items()]
        if tag == "table" and "data-table" in found:
            self._table = found["data-table"]
            self.tables[self._table], self._heads = [], []
        if tag == "tr":
            self._cells = []
        if tag in ("th", "td", "caption", "script"):
            self._data = ""
        if tag == "script":
            self._inside.append(found.get("id", ""))

    def handle_data(self, data: str) -> None:
        self._data += data
        if not self._inside:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inside.pop() == "charts":
            self.charts = json.loads(self._data)
        if tag == "table":
            self._table = None
        if self._table is None:
            return
        if tag in ("th", "td"):
            self._cells.append(self._data.strip())
        elif tag == "caption":
            self.captions[self._table] = self._data
        elif tag == "thead":
            self._heads = [head.partition(" (")[0] for head in self._cells]
        elif tag == "tr" and self._heads and len(self._cells) == len(self._heads):
            self.tables[self._table].append(dict(zip(self._heads, self._cells, strict=True)))


def read(page: bytes) -> Page:
    """Parse a page."""
    found = Page()
    found.feed(page.decode())
    found.close()
    return found


def number(text: str) -> int:
    """The count in a cell."""
    return int(text.replace(",", ""))

"""Pages read back: the document that they hold, their texts, and the elements that they are made of."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Page(HTMLParser):
    """``elements`` counts tags, ``attributes`` holds all of them, ``scripts`` ids and texts of scripts."""

    elements: Counter[str] = field(default_factory=Counter)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._script: str | None = None

    @property
    def document(self) -> dict[str, Any]:
        """The summary document."""
        found: dict[str, Any] = json.loads(dict(self.scripts)["summary"])
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements[tag] += 1
        self.attributes += [(tag, name, value) for name, value in found.items()]
        if tag == "script":
            self._script = found.get("id", "")
            self.scripts.append((self._script, ""))

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.text += data
        else:
            name, before = self.scripts.pop()
            self.scripts.append((name, before + data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None


def read(page: bytes) -> Page:
    """Parse a page."""
    found = Page()
    found.feed(page.decode())
    found.close()
    return found

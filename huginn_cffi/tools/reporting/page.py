"""The page: a summary document, and the scripts that show it, in one HTML file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import huginn_cffi
from sigcompiler.diagnostics import valid

if TYPE_CHECKING:
    from huginn_cffi.database import Database

ASSETS = Path(__file__).parent / "assets"
VIEW = ("elements.js", "tables.js", "charts.js", "sections.js", "figures.js", "view.js")
"""The scripts that show a document, in their order."""


def page(document: str, title: str, trouble: Sequence[str], database: Database | None) -> bytes:
    """The page, UTF-8. `trouble` says what was wrong with captures."""
    script = scripts("report.js")
    texts = {
        **shared(script, database),
        "TITLE": escape(valid(title)),
        "TROUBLE": _notice(trouble),
        "DOCUMENT": script_json(document),
    }
    return filled(asset("report.html"), texts).encode("utf-8", "replace")


def shared(script: str, database: Database | None, rules: Sequence[str] = ()) -> dict[str, str]:
    """The texts that every page has; `rules` are for `policy`."""
    known = "without signatures"
    if database is not None:
        known = f"with {len(database):,} signatures (SHA-256 {database.source_hash[:16]}…)"
    return {
        "POLICY": policy(library(), script, more=rules),
        "STYLE": asset("report.css"),
        "HOST": asset("host.html"),
        "VERSION": huginn_cffi.__version__,
        "SIGNATURES": known,
        "LICENCE": escape(asset("chart.umd.LICENSE.md")),
        "LIBRARY": library(),
        "SCRIPT": script,
    }


def filled(template: str, texts: Mapping[str, str]) -> str:
    """A template with a text for each ``@NAME@``; texts are put in as they are."""
    return re.sub("@([A-Z]+)@", lambda found: texts[found[1]], template)


def scripts(*more: str) -> str:
    """The script of a page: the view, and assets that use it."""
    return "\n".join(map(asset, (*VIEW, *more)))


def script_json(document: str) -> str:
    """JSON that may stand in a script element, whatever texts it holds."""
    for character in "<\u2028\u2029":
        document = document.replace(character, f"\\u{ord(character):04x}")
    return document


def policy(*scripts: str, more: Sequence[str] = ()) -> str:
    """What the browser lets the page do: run these scripts, and ask nobody for anything.

    `more` are rules for what a page does beyond, and never for an address.
    """
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    rules = ("default-src 'none'", "style-src 'unsafe-inline'", f"script-src {allowed}")
    return "; ".join((*rules, *more, "base-uri 'none'", "form-action 'none'"))


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """The text of a file that pages hold."""
    return (ASSETS / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def library() -> str:
    """The charting library without the comment that would have developer tools ask for its map."""
    lines = asset("chart.umd.min.js").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def _notice(trouble: Sequence[str]) -> str:
    if not trouble:
        return ""
    lines = "".join(f"<li><bdi>{escape(valid(line))}</bdi></li>" for line in trouble)
    return f'<div class="notice" role="note"><strong>Not read to the end</strong><ul>{lines}</ul></div>'

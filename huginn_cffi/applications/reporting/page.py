"""The page that shows a summary document: a report holds the document, the page for browsers makes it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

import huginn_cffi
from sigcompiler.diagnostics import valid

ASSETS = Path(__file__).parent / "assets"
NOTICES = Path(__file__).parents[2] / "data" / "notices.txt"
VIEW = ("elements.js", "tables.js", "charts.js", "sections.js", "figures.js", "view.js")
"""The scripts that show a document, in their order."""

SOURCES = '  <p class="sources"><bdi id="sources"></bdi></p>'


def page(document: str, title: str, trouble: Sequence[str], signatures: str) -> bytes:
    """A report, UTF-8. `trouble` says what was wrong with captures, `signatures` which there were."""
    script = scripts(asset("report.js"))
    return filled(
        script,
        signatures,
        NOTICES.read_text(encoding="utf-8"),
        TITLE=escape(valid(title)),
        TROUBLE=_notice(trouble),
        NAME="summary",
        DATA=script_json(document),
    ).encode("utf-8", "replace")


def filled(script: str, signatures: str, notices: str, *, rules: Sequence[str] = (), **texts: str) -> str:
    """The template with a text for each ``@NAME@``, put in as it is; `rules` are for `policy`.

    `notices` are those of the licences of JA4 and of the signatures.
    """
    every = {
        "POLICY": policy(library(), script, more=rules),
        "HEAD": "",
        "STYLE": asset("page.css"),
        "SOURCES": SOURCES,
        "VERSION": huginn_cffi.__version__,
        "SIGNATURES": signatures,
        "NOTE": "",
        "NOTICES": escape(notices),
        "LICENCE": escape(asset("chart.umd.LICENSE.md")),
        "LIBRARY": library(),
        "SCRIPT": script,
        **texts,
    }
    return re.sub("@([A-Z]+)@", lambda found: every[found[1]], asset("page.html"))


def signatures_text(count: int, source_hash: str) -> str:
    """How many signatures there were, and which."""
    return f"with {count:,} signatures (SHA-256 {source_hash[:16]}…)"


def scripts(last: str) -> str:
    """The script of a page: the view, and what uses it."""
    return "\n".join((*map(asset, VIEW), last))


def script_json(document: str) -> str:
    """JSON that may stand in a script element, whatever texts it holds."""
    for character in "<\u2028\u2029":
        document = document.replace(character, f"\\u{ord(character):04x}")
    return document


def policy(*scripts: str, more: Sequence[str] = ()) -> str:
    """The page's content security policy: it may run these scripts and send no requests.

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

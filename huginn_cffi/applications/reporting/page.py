"""The page that shows a summary document. A report contains the document; the browser page computes it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

import huginn_cffi
from sigcompiler.claims.sources import SUPPORT_LIST
from sigcompiler.diagnostics import valid
from sigcompiler.schema.findings import FINDINGS, SUMMARY_FINDINGS, Finding, SummaryFinding

ASSETS = Path(__file__).parent / "assets"
NOTICES = Path(__file__).parents[2] / "data" / "notices.txt"
VIEW = ("elements.js", "tables.js", "charts.js", "figures.js", "sections.js", "view.js")
"""The scripts that show a document, in order."""

LINK = r"\[([^]]*)\]\([^)]*\)"
"""A link in Markdown."""

SOURCES = '  <p class="sources"><bdi id="sources"></bdi></p>'


def page(document: str, title: str, trouble: Sequence[str], signatures: str) -> bytes:
    """A report in UTF-8. `trouble` lists errors of captures, `signatures` describes the database."""
    script, notices = scripts(asset("report.js")), NOTICES.read_text(encoding="utf-8")
    texts = {"TITLE": escape(valid(title)), "TROUBLE": _notice(trouble), "DATA": script_json(document)}
    return filled(script, signatures, notices, NAME="summary", **texts).encode("utf-8", "replace")


def filled(script: str, signatures: str, notices: str, *, rules: Sequence[str] = (), **texts: str) -> str:
    """The template with a text for each ``@NAME@``, inserted unescaped; `rules` are for `policy`.

    `notices` are the notices required by the licences of JA4 and of the signatures.
    """
    every = {
        "POLICY": policy(library(), script, more=rules),
        "HEAD": "",
        "STYLE": asset("page.css"),
        "SOURCES": SOURCES,
        "VERSION": huginn_cffi.__version__,
        "SIGNATURES": signatures,
        "NOTE": "",
        "SUPPORT": SUPPORT_LIST,
        "MEANINGS": _meanings(),
        "NOTICES": escape(notices),
        "LICENCE": escape(asset("chart.umd.LICENSE.md")),
        "LIBRARY": library(),
        "SCRIPT": script,
        **texts,
    }
    return re.sub("@([A-Z]+)@", lambda found: every[found[1]], asset("page.html"))


def signatures_text(count: int, source_hash: str) -> str:
    """The number of signatures and their hash."""
    return f"with {count:,} signatures (SHA-256 {source_hash[:16]}…)"


def scripts(last: str) -> str:
    """The script of a page: the view, and the code that uses it."""
    return "\n".join((*map(asset, VIEW), last))


def script_json(document: str) -> str:
    """JSON that is safe inside a script element, whatever texts it contains."""
    for character in "<\u2028\u2029":
        document = document.replace(character, f"\\u{ord(character):04x}")
    return document


def policy(*scripts: str, more: Sequence[str] = ()) -> str:
    """The page's content security policy: it may run these scripts and send no requests.

    `more` are rules for further needs of a page; they never allow an address.
    """
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    rules = ("default-src 'none'", "style-src 'unsafe-inline'", f"script-src {allowed}")
    return "; ".join((*rules, *more, "base-uri 'none'", "form-action 'none'"))


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """The text of a file that pages include."""
    return (ASSETS / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def library() -> str:
    """The charting library without the comment that makes developer tools request its source map."""
    lines = asset("chart.umd.min.js").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def _meanings() -> str:
    """The meaning of each finding, as in the manual, without its links."""
    all_findings: tuple[Finding | SummaryFinding, ...] = (*FINDINGS, *SUMMARY_FINDINGS)
    return "".join(
        f'<dt id="about-{one.kind}">{escape(_title(one))}</dt>'
        f"<dd>{escape(re.sub(LINK, lambda found: found[1], one.meaning))}</dd>"
        for one in all_findings
    )


def _title(one: Finding | SummaryFinding) -> str:
    """The words of a finding on the page, for one that hosts have; else its kind."""
    text = one.headline if isinstance(one, Finding) else one.kind.replace("_", " ")
    return text[0].upper() + text[1:]


def _notice(trouble: Sequence[str]) -> str:
    if not trouble:
        return ""
    lines = "".join(f"<li><bdi>{escape(valid(line))}</bdi></li>" for line in trouble)
    return f'<div class="notice" role="note"><strong>Not read to the end</strong><ul>{lines}</ul></div>'

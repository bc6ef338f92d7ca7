"""Checks in chromium that a report and the web page show the same for real captures.

python -m workbench.lab.pages PAGE                   300 captures of ../shared/corpus; PAGE is web.html
python -m workbench.lab.pages PAGE --captures 20     so many
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import huginn_cffi as hg
from huginn_cffi import PROTOCOLS
from huginn_cffi.applications.reporting import report_page
from huginn_cffi.hosts import network_cards
from huginn_cffi.libraries import libcrypto
from huginn_cffi.sources.searching import find_captures

if TYPE_CHECKING:
    from tests.support.browser import Browser

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CHOICE = "return document.getElementById('file') !== null"
READY = "return document.documentElement.dataset.ready === 'yes'"
"""Scripts that decide whether the page takes captures, and whether it has read them."""

_SHOWN = """
const texts = (parts) => [...parts].map((part) => part.textContent);
const rows = (table) => [...table.rows].map((row) => texts(row.cells));
const tables = [...document.querySelectorAll("#main table")].map((one) => [one.dataset.table, rows(one)]);
return {
  ...Object.fromEntries(tables),
  captions: texts(document.querySelectorAll("#main caption")),
  charts: [...document.querySelectorAll("canvas")].map((one) => one.ariaLabel),
  numbers: texts(document.querySelectorAll(".lead, #packets p")),
  findings: texts(document.querySelectorAll(".findings > *")),
  trouble: texts(document.querySelectorAll("header > .notice:not([hidden]) li")),
};
"""
"""All cells of all tables by the table's name, and the other visible parts of a document."""


def chosen(count: int) -> list[Path]:
    """`count` captures of the corpus, spread over it by name."""
    every = [Path(path) for path in find_captures([*map(str, sorted(CORPUS.glob("*.*")))]).captures]
    count = min(count, len(every))
    return [every[at * len(every) // count] for at in range(count)]


def choose(window: Browser, *paths: Path) -> None:
    """Choose captures in the open page, and wait until they are read."""
    window.run("delete document.documentElement.dataset.ready; document.getElementById('file').value = ''")
    window.run("return document.getElementById('file')").send_keys("\n".join(map(str, paths)))
    window.wait(lambda: window.run(READY))


def in_pages(window: Browser, page: Path, captures: Iterable[Path]) -> Iterator[dict[str, Any]]:
    window.open(page, ready=CHOICE)
    for capture in captures:
        choose(window, capture)
        yield window.run(_SHOWN)


def in_reports(window: Browser, folder: Path, captures: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The contents of a report for each capture, without ciphers, because the page has none either.

    Messages name captures as the page does. If a file is not a capture, the command writes no report.
    """
    file = folder / "report.html"
    for capture in captures:
        errors: list[hg.CaptureError] = []
        file.write_bytes(
            report_page(
                hg.Analyzer(segments=True, senders=True, protocols=PROTOCOLS),
                [capture],
                on_error=errors.append,
            )
        )
        window.open(file)
        shown = window.run(_SHOWN)
        if any(error.refused for error in errors):
            shown = {name: [] for name in ("captions", "charts", "numbers", "findings")}
        shown = json.loads(without_folder(json.dumps(shown), capture))
        trouble = [str(error).replace(str(capture), capture.name) for error in errors]
        yield {**shown, "trouble": trouble}


def without_folder(text: str, capture: Path) -> str:
    """The text with the capture's name alone, as in commands that the page gives to copy."""
    quoted = text.replace(shlex.quote(str(capture)), shlex.quote(capture.name))
    return quoted.replace(str(capture), capture.name)


def differences(window: Browser, page: Path, folder: Path, captures: list[Path]) -> Iterator[str]:
    """Describe each part that differs between the two."""
    both = zip(
        captures,
        list(in_pages(window, page, captures)),
        in_reports(window, folder, captures),
        strict=True,
    )
    for capture, one, other in both:
        for name in sorted({*one, *other}):
            if one.get(name) != other.get(name):
                yield f"{capture.name}: {name}: {one.get(name)} in the page, {other.get(name)} in the report"


def without_ciphers() -> libcrypto.Crypto:
    """A replacement for ``crypto.load_crypto``."""
    return libcrypto.Crypto(why="the page has none")


def main() -> int:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("page", type=Path)
    parser.add_argument("--captures", metavar="N", type=int, default=300)
    given = parser.parse_args()
    from tests.support.browser import browser

    libcrypto.load_crypto = without_ciphers
    network_cards.INSTALLED = ()
    captures = chosen(given.captures)
    with tempfile.TemporaryDirectory() as name, browser(Path(name)) as window:
        found = list(differences(window, given.page.resolve(), Path(name), captures))
    print(*found, sep="\n")
    print(f"{len(captures)} captures, {len(found)} differences")
    return 1 if found or not captures else 0


if __name__ == "__main__":
    sys.exit(main())

"""Pictures of screens: the report and the page in chromium, ``huginn top`` by Textual; light and dark."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import huginn_cffi as hg
from tests.support.browser import Browser, browser

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
SAMPLE = "examples/sample.pcap"
SCHEMES = ("light", "dark")
WIDE, HIGH = 1200, 820


def report(window: Browser, folder: Path) -> None:
    """The first screen of the report of the sample capture."""
    from huginn_cffi.applications.reporting import report_page

    file = folder / "report.html"
    file.write_bytes(report_page(hg.Analyzer(), [SAMPLE], title="Sample capture"))
    for scheme in SCHEMES:
        window.open(file, scheme=scheme, width=WIDE)
        window.picture(FOLDER / f"report-{scheme}.png", height=HIGH)


def page(window: Browser, folder: Path) -> None:
    """The page for a browser, when it has read the sample capture."""
    file = folder / "web.html"
    subprocess.run([sys.executable, "-m", "tools.build_steps.page", str(file)], check=True)
    for scheme in SCHEMES:
        window.open(file, scheme, WIDE, "return document.getElementById('file') !== null")
        window.run("return document.getElementById('file')").send_keys(str(ROOT / SAMPLE))
        window.wait(lambda: window.run("return document.documentElement.dataset.ready === 'yes'"))
        window.picture(FOLDER / f"web-{scheme}.png", height=HIGH)


def top() -> None:
    """The hosts of the sample capture in ``huginn top``."""
    for scheme in SCHEMES:
        drawn = asyncio.run(_screen(f"textual-{scheme}"))
        drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)  # they would be fetched
        (FOLDER / f"top-{scheme}.svg").write_text(drawn, encoding="utf-8")


async def _screen(theme: str) -> str:
    from huginn_cffi.cli.commands.top import feed_of
    from huginn_cffi.cli.signature_options import Signatures
    from huginn_cffi.cli.top.screen import HostsApp

    feed = feed_of(SAMPLE, Signatures())
    app = HostsApp(feed, SAMPLE)
    try:
        async with app.run_test(size=(80, 17)) as pilot:
            app.theme = theme
            while feed.status != "read to the end":
                await pilot.pause(0.1)
            await pilot.pause(1.0)
            return app.export_screenshot(title="huginn top")
    finally:
        feed.close()


def photograph() -> None:
    """All of them."""
    top()
    with tempfile.TemporaryDirectory() as name, browser(Path(name)) as window:
        report(window, Path(name))
        page(window, Path(name))

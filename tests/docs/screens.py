"""Pictures of screens: the report and the page in chromium, light and dark."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.browser import Browser, browser

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
SAMPLE = "examples/sample.pcap"
OFFICE = "examples/office.pcap"
SCHEMES = ("light", "dark")
WIDE, HIGH = 1200, 820


def report(window: Browser, folder: Path) -> None:
    """The first screen of the report about the office."""
    file = folder / "report.html"
    command = (sys.executable, "-m", "huginn_cffi", "report", OFFICE, "-o", str(file))
    subprocess.run(command, check=True)
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


def photograph() -> None:
    """All of them."""
    with tempfile.TemporaryDirectory() as name, browser(Path(name)) as window:
        report(window, Path(name))
        page(window, Path(name))

"""A real browser, Debian's chromium, that opens files and talks to nobody."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE_S = 120
"""How long a condition may take to come true; nothing depends on it being quick."""

DRAWN = "return document.documentElement.dataset.ready === 'yes'"

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--force-device-scale-factor=1", "--window-size=1300,1000"),
)


def missing() -> str | None:
    """The program of Debian's packages chromium and chromium-driver that is not installed."""
    return next((name for name in ("chromium", "chromedriver") if shutil.which(name) is None), None)


class Browser:
    """One window. `requests` are the addresses that pages asked for since the last `open`."""

    def __init__(self, driver: webdriver.Chrome, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads

    def open(self, page: Path, scheme: str = "light", width: int = 1300, ready: str = DRAWN) -> None:
        """Open a file, wide and in a colour scheme as told, and wait until its charts are drawn.

        `ready` is a script that tells it.
        """
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get("about:blank")  # a page before asks for nothing more
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(page.as_uri())
        self.wait(lambda: self.run(ready))

    def run(self, script: str, *arguments: Any) -> Any:
        """What a piece of JavaScript returns."""
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition: Callable[[], Any]) -> Any:
        """What a condition gives once it is true."""
        return WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.02).until(lambda _: condition())

    def complaints(self) -> list[str]:
        """What the console holds."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """What pages other than the browser's own asked for."""
        messages = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        asked = [one["params"] for one in messages if one["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in asked if not one["documentURL"].startswith("chrome:")]

    def picture(self, path: Path, top: int = 0, height: int | None = None) -> None:
        """Save the page, or a part of it, as PNG."""
        width, whole = self.run("return [innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": top, "width": width, "height": height or whole - top, "scale": 1}
        shot = {"captureBeyondViewport": True, "clip": clip}
        path.write_bytes(
            base64.b64decode(self.driver.execute_cdp_cmd("Page.captureScreenshot", shot)["data"])
        )


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser whose profile and downloads lie in `folder`, which is empty before."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    downloads = folder / "downloads"
    downloads.mkdir()
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = Service(shutil.which("chromedriver"), env={**os.environ, "HOME": str(folder)})
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield Browser(driver, downloads)
    finally:
        driver.quit()

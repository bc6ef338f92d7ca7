"""The example with a table of its visitors, in a real browser and asked by programs."""

from __future__ import annotations

import http.client
import json
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.server.connections import PATIENCE_S, linux
from tests.support.serving import ROOT, free_port, served, trusting

if TYPE_CHECKING:
    from tests.support.browser import Browser

pytestmark = [pytest.mark.no_asan("starts programs"), linux]
EXAMPLE = str(ROOT / "examples" / "who_visits.py")
CELLS = "return [...document.querySelectorAll('tbody tr')].map(row => [...row.cells].map(c => c.textContent))"


def visitors(port: int, tls: ssl.SSLContext | None = None) -> list[dict[str, Any]]:
    """A visit to the page, and the table after it."""
    if tls is None:
        talk = http.client.HTTPConnection("localhost", port, timeout=PATIENCE_S)
    else:
        talk = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE_S, context=tls)
    for path in ("/", "/", "/nothing", "/visitors"):
        talk.request("GET", path)
        answer = talk.getresponse()
        body = answer.read()
        assert answer.status == (404 if path == "/nothing" else 200)
    talk.close()
    found: list[dict[str, Any]] = json.loads(body)
    return found


def test_in_a_browser(window: Browser) -> None:
    port = free_port("127.0.0.1")
    with served([EXAMPLE, str(port)], "127.0.0.1", port):
        window.complaints()  # about pages before
        window.driver.get(f"http://127.0.0.1:{port}/")
        (row,) = window.wait(lambda: window.run(CELLS))
        assert row[1] == "127.0.0.1"
        assert row[2].startswith("Linux")
        assert row[5:] == ["consistent (Linux)", "0", "Loopback"]
        assert visitors(port)[1]["system"] == row[2]
        window.wait(lambda: len(window.run(CELLS)) == 2)  # by itself
        assert window.complaints() == []


def test_with_tls(certificate: Path) -> None:
    port = free_port("127.0.0.1")
    with served([EXAMPLE, str(port), str(certificate), str(certificate)], "127.0.0.1", port):
        (found,) = visitors(port, trusting(certificate))
        assert found["system"].startswith("Linux")
        assert found["verdict"].startswith("not checked (")
        assert found["verdict"] != "not checked (no hello was seen)"
        plain = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        plain.request("GET", "/")
        with pytest.raises((OSError, http.client.HTTPException)):
            plain.getresponse()
        assert len(visitors(port, trusting(certificate))) == 2

"""The page in a real browser: it gives the command's records, says what the command says, and asks nobody."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.sample import sample

from huginn_cffi import crypto
from huginn_cffi._native import ffi
from huginn_cffi.cli import main
from tests.report_page import samples

if TYPE_CHECKING:
    from tests.report_page.browser import Browser

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
READY = "return document.documentElement.dataset.ready === 'yes'"


@pytest.fixture(autouse=True)
def without_ciphers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page has none, so the command gets none."""
    none = crypto.Crypto(ffi.NULL, why="switched off")
    monkeypatch.setattr(crypto, "load_crypto", lambda: none)


@pytest.fixture
def opened(window: Browser, parts: Path) -> Iterator[Browser]:
    window.open(parts / "web.html", ready="return document.getElementById('file') !== null")
    yield window
    page = (parts / "web.html").as_uri()
    asked = [url for url in window.requests() if not url.startswith(("blob:", "data:"))]
    assert asked == [page]
    assert window.complaints() == []


def choose(window: Browser, path: Path) -> None:
    """Choose a capture, and wait until it is read."""
    window.run("delete document.documentElement.dataset.ready")
    window.run("return document.getElementById('file')").send_keys(str(path))
    window.wait(lambda: window.run(READY))


def command(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """What ``huginn pcap --format json`` writes, and its message."""
    monkeypatch.chdir(path.parent)
    said = io.StringIO()
    out = path.with_suffix(".json")
    with redirect_stderr(said):
        main(["pcap", "--format", "json", "--no-progress", "-o", str(out), path.name])
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    return text, said.getvalue()


def exported(window: Browser) -> str:
    """What the button gives; in place of a download, of which a browser allows one a page."""
    window.run("tables.save = (name, blob) => blob.text().then((text) => (window.saved = text))")
    window.run("window.saved = null; document.getElementById('save').click()")
    window.wait(lambda: window.run("return window.saved !== null"))
    return str(window.run("return window.saved"))


CAPTURES = {"sample": sample, "several": samples.several, "strangers": samples.strangers}


@pytest.mark.parametrize("name", CAPTURES)
def test_records_are_those_of_the_command(
    name: str, opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(CAPTURES[name]())
    choose(opened, path)
    assert exported(opened) == command(path, monkeypatch)[0]


def test_the_export_is_a_download(opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "download.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    target = opened.downloads / "download.pcap.jsonl"
    opened.run("document.getElementById('save').click()")
    opened.wait(target.exists)
    assert target.read_text(encoding="utf-8") == command(path, monkeypatch)[0]


def test_records_of_the_corpus(opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    captures = sorted(CORPUS.glob("*.pcap*"))[::130]
    if not captures:
        pytest.skip("needs ../shared/corpus")
    for capture in captures:
        path = tmp_path / capture.name
        path.write_bytes(capture.read_bytes())
        choose(opened, path)
        assert exported(opened) == command(path, monkeypatch)[0], capture.name


BROKEN = {
    "cut": sample()[:-7],
    "text": b"This is no capture, but a text.\n",
    "gap": sample()[:400] + b"\xff" * 16 + sample()[400:],
    "empty": b"",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_gets_the_message_of_the_command(
    name: str, opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(BROKEN[name])
    choose(opened, path)
    shown = opened.run("return document.getElementById('trouble').textContent")
    records, said = command(path, monkeypatch)
    assert shown in said
    assert shown.startswith(f"{name}.pcap: ")
    if records:
        assert exported(opened) == records


def test_tables_are_those_of_the_report(opened: Browser, tmp_path: Path) -> None:
    import huginn_cffi as hg
    from huginn_cffi.tools.reporting import report_page
    from tests.report_page.pages import read

    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    report = read(report_page(hg.Analyzer(), str(path)))
    page = read(opened.driver.page_source.encode())
    for name in ("systems", "tls-clients", "tls-versions", "drops"):
        assert page.tables[name] == report.tables[name], name
    by_address = [sorted(one.tables["hosts"], key=lambda row: row["Address"]) for one in (page, report)]
    assert by_address[0] == by_address[1]


def test_events_are_filtered(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    box = opened.run("return document.querySelector('[data-filter=events]')")
    box.send_keys("tls_client")
    rows = "[...document.querySelectorAll('[data-table=events] tbody tr:not([hidden])')]"
    assert opened.run(f"return {rows}.length") == 1
    assert json.loads(exported(opened).splitlines()[0])["packet_number"] == 1


def test_cancelling_ends_it(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.pcap"
    path.write_bytes(samples.many(200000))
    opened.run("return document.getElementById('file')").send_keys(str(path))
    opened.run("document.getElementById('cancel').click()")
    said = opened.run("return document.getElementById('status').textContent")
    assert said == "Cancelled. Choose a capture to begin anew."
    assert opened.run("return document.getElementById('work').hidden")

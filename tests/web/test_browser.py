"""The page in a real browser: the command's records, the document of the core, and no request to anybody."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from huginn_cffi import crypto
from huginn_cffi._native import ffi
from huginn_cffi.cli import main
from huginn_cffi.cli.commands.web import read_page, serving
from tests.report_page import samples
from tests.report_page.documents import document, page_of
from tests.support.sample import sample

if TYPE_CHECKING:
    from tests.support.browser import Browser

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


TILE = "return document.querySelector('.tiles b').textContent"


def tile(window: Browser) -> str:
    """The number of packets, as the page shows it."""
    return str(window.run(TILE))


def kept(window: Browser, path: Path) -> list[dict[str, Any]]:
    """The documents that the worker hands over for a capture."""
    window.run("""
    window.shown = [];
    const show = (window.show ??= view.show);
    view.show = (whole) => (shown.push(whole), show(whole));
    """)
    choose(window, path)
    found: list[dict[str, Any]] = window.run("return shown")
    return found


def test_the_page_shows_what_the_core_says(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    *_, last = kept(opened, path)
    assert last.keys() == document().keys()
    assert last["captures"] == [{"name": "sample.pcap", "first_packet": 1, "packets": 26}]
    assert (last["event"], last["packets"], last["analysed"], last["hosts"]) == ("summary", 26, 24, 11)
    assert tile(opened) == "26"


@pytest.mark.parametrize("name", CAPTURES)
def test_the_document_is_that_of_the_command(
    name: str, opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(CAPTURES[name]())
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "summary.json"
    main(["pcap", "--summary", "--format", "json", "--no-progress", "-o", str(out), path.name])
    assert kept(opened, path)[-1] == json.loads(out.read_text(encoding="utf-8"))


def test_a_document_looks_as_in_a_report(window: Browser, parts: Path, tmp_path: Path) -> None:
    sections = "return ['above', 'main'].map((id) => document.getElementById(id).innerText)"
    window.open(parts / "web.html", ready="return document.getElementById('file') !== null")
    window.run("view.show(JSON.parse(arguments[0]))()", json.dumps(document()))
    shown = window.run(sections)
    report = tmp_path / "report.html"
    report.write_bytes(page_of())
    window.open(report)
    assert window.run(sections) == shown


def test_a_new_capture_takes_away_the_one_before(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    (tmp_path / "empty.pcap").write_bytes(b"")
    choose(opened, tmp_path / "empty.pcap")
    assert opened.run("return document.getElementById('above').children.length") == 0
    assert opened.run("return document.getElementById('save').hidden")
    assert opened.run("return document.getElementById('trouble').textContent").startswith("empty.pcap: ")


PASTE = """
const [kind, text] = arguments;
const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const data = new DataTransfer();
if (kind === "file") data.items.add(new File([bytes], "copied.pcap"));
if (kind === "base64") data.setData("text", text.replace(/.{60}/g, "$&\\n"));
const digits = (one) => one.toString(16).padStart(2, "0");
if (kind === "hex") data.setData("text", [...bytes].map(digits).join(" "));
if (kind === "words") data.setData("text", "no capture, but words");
delete document.documentElement.dataset.ready;
document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
"""


@pytest.mark.parametrize("kind", ["file", "base64", "hex"])
def test_pasting(kind: str, opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    opened.run(PASTE, kind, base64.b64encode(sample()).decode())
    opened.wait(lambda: opened.run(READY))
    assert exported(opened).count("\n") == command(path, monkeypatch)[0].count("\n")


def test_pasted_words_are_no_capture(opened: Browser) -> None:
    opened.run(PASTE, "words", "")
    said = opened.run("return document.getElementById('trouble').textContent")
    assert said.startswith("What was pasted is no capture")


def test_a_dropped_file(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "dropped.pcap"
    path.write_bytes(sample())
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        event = {"type": kind, "x": 200, "y": 100, "data": data}
        opened.driver.execute_cdp_cmd("Input.dispatchDragEvent", event)
    opened.wait(lambda: opened.run(READY))
    assert opened.run("return document.getElementById('status').textContent").startswith("dropped.pcap: ")


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


def test_a_served_page(opened: Browser, parts: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    server = serving(*read_page(parts / "web.html"), 0)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        opened.driver.get(f"http://127.0.0.1:{server.server_port}/")
        choose(opened, path)
        assert tile(opened) == "26"
        assert opened.complaints() == []
    finally:
        server.shutdown()
        server.server_close()
    opened.open(parts / "web.html", ready="return document.getElementById('file') !== null")


def test_cancelling_ends_it(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.pcap"
    path.write_bytes(samples.many(200000))
    opened.run("return document.getElementById('file')").send_keys(str(path))
    opened.run("document.getElementById('cancel').click()")
    said = opened.run("return document.getElementById('status').textContent")
    assert said == "Cancelled. Choose a capture to begin anew."
    assert opened.run("return document.getElementById('work').hidden")

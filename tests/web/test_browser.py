"""The page in a real browser: it gives the command's records, says what the command says, and asks nobody."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

import huginn_cffi as hg
from huginn_cffi import crypto
from huginn_cffi._native import ffi
from huginn_cffi.cli import main
from huginn_cffi.cli.commands.web import read_page, serving
from huginn_cffi.findings import Findings
from tests.report_page import samples
from tests.support.captures import pcap
from tests.support.sample import sample
from tests.unit.test_findings import CASES, FEWER, linux

pytest.importorskip("pyarrow", reason="the Python package pyarrow is not installed")
pytest.importorskip("jinja2", reason="the Python package jinja2 is not installed")

from huginn_cffi.tools.reporting import report_page
from tests.report_page.pages import read

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


def findings_of(path: Path) -> list[str]:
    """What the command finds."""
    analyzer = hg.Analyzer()
    findings = Findings(analyzer.database)
    for batch in analyzer.batches(path):
        findings.add(batch)
    return [finding.text for finding in findings.found()]


def shown_findings(window: Browser) -> list[str]:
    return list(
        window.run("return [...document.querySelectorAll('.findings li')].map((one) => one.textContent)")
    )


FINDINGS = {**CASES, "all": ([packet for packets, _ in CASES.values() for packet in packets], [])}


@pytest.mark.parametrize("name", FINDINGS)
def test_findings_are_those_of_the_command(name: str, opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(pcap(FINDINGS[name][0]))
    choose(opened, path)
    assert shown_findings(opened) == findings_of(path) != []


@pytest.mark.parametrize("name", FEWER)
def test_a_little_less_is_no_finding(name: str, opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "fewer.pcap"
    path.write_bytes(pcap(FEWER[name]))
    choose(opened, path)
    assert shown_findings(opened) == []


def test_one_host_far_from_its_neighbours(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "lonely.pcap"
    path.write_bytes(pcap([*(linux(f"192.0.2.{last}", 60) for last in range(1, 7)), linux("192.0.2.77", 50)]))
    choose(opened, path)
    assert shown_findings(opened) == findings_of(path) != []


SYSTEM_NAMES = "return Chart.getChart('time-chart').data.datasets.map((one) => [one.label, one.data])"


@pytest.mark.parametrize("name", [*CAPTURES, "time", "many"])
def test_handshakes_over_time_are_those_of_the_report(name: str, opened: Browser, tmp_path: Path) -> None:
    made = {**CAPTURES, "time": lambda: pcap(CASES["time"][0]), "many": lambda: samples.many(3000)}
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(made[name]())
    choose(opened, path)
    report = read(report_page(hg.Analyzer(), str(path)))
    (chart,) = [one for one in report.charts if one["name"] == "time-chart"]
    assert opened.run(SYSTEM_NAMES) == [[one["name"], one["values"]] for one in chart["series"]]
    shown = opened.run("return Chart.getChart('time-chart').data.labels")
    assert shown == chart["labels"]
    said = opened.run("return document.getElementById('time-chart').getAttribute('aria-label')")
    assert said == f"{chart['title']}. {chart['words']}."


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
def test_pasting(kind: str, opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    opened.run(PASTE, kind, base64.b64encode(sample()).decode())
    opened.wait(lambda: opened.run(READY))
    assert shown_findings(opened) == findings_of(path)


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
        assert shown_findings(opened) == findings_of(path), capture.name


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


@pytest.mark.parametrize("name", ["sample", "several"])
def test_tables_are_those_of_the_report(opened: Browser, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(CAPTURES[name]())
    choose(opened, path)
    report = read(report_page(hg.Analyzer(), str(path)))
    page = read(opened.driver.page_source.encode())
    for table in ("systems", "tls-clients", "tls-versions", "http-clients", "http-servers", "drops"):
        assert page.tables.get(table) == report.tables.get(table), table
    by_address = [sorted(one.tables["hosts"], key=lambda row: row["Address"]) for one in (page, report)]
    assert by_address[0] == by_address[1]


def test_an_address_is_looked_up(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    ask = "document.getElementById('who').value = arguments[0]"
    known = "return document.getElementById('known').innerText"
    opened.run(f"{ask}; document.getElementById('who').form.requestSubmit()", " 192.0.2.10 ")
    opened.wait(lambda: "192.0.2.10" in opened.run(known))
    text = opened.run(known)
    assert "Windows 10, 11, 2019, 2022 or 2025 (1), confidence 99 %" in text
    assert "7 hops" in text
    exported(opened)
    opened.run(f"{ask}; document.getElementById('who').form.requestSubmit()", "192.0.2.250")
    opened.wait(lambda: opened.run(known) == "192.0.2.250: nothing of it is known here.")


def test_addresses_are_links_that_ask_for_them(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    for place, address, name in (
        (".findings", "192.0.2.66", "NMap SYN scan (1)"),
        ("[data-table=hosts]", "2001:db8::64", "macOS 10.14 or newer / iOS 13 or newer (1)"),
        ("[data-table=events]", "192.0.2.10", "Windows 10, 11, 2019, 2022 or 2025 (1)"),
    ):
        opened.run(f"return document.querySelector('{place} [data-who=\"{address}\"]')").send_keys("\n")
        opened.wait(lambda name=name: name in opened.run("return document.getElementById('known').innerText"))
        assert opened.run("return document.getElementById('who').value") == address


def test_of_many_clients_the_commonest_are_told(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    script = """
    const rows = [...Array(11).keys()].map((at) => ({ ja4: `j${at}`, events: at }));
    const host = { handshakes: 0, mtus: new Map(), names: new Map(), seen: {}, first: 0, last: 0 };
    const none = { tlsVersions: [], httpClients: [], httpServers: [], contradictions: [] };
    const known = { host, tlsClients: rows, ...none };
    return knownElements("a", known, { signatures: {}, text: {}, findings: {} })[1].textContent;
    """
    told = "; ".join(f"j{at} ({at})" for at in range(10, 2, -1))
    assert opened.run(script) == f"TLS clients{told}; 3 more"


def test_paper_has_no_list_of_events(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert opened.run("return document.getElementById('events').clientHeight") == 0
    assert opened.run("return document.getElementById('systems').clientHeight") > 0
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_one_row_is_not_called_rows(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    shown = "return document.querySelector('[data-shown={}]').textContent"
    assert opened.run(shown.format("tls-clients")) == "1 row"
    assert opened.run(shown.format("tls-versions")) == "2 rows"


def test_a_served_page(opened: Browser, parts: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    server = serving(*read_page(parts / "web.html"), 0)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        opened.driver.get(f"http://127.0.0.1:{server.server_port}/")
        choose(opened, path)
        assert shown_findings(opened) == findings_of(path)
        assert opened.complaints() == []
    finally:
        server.shutdown()
        server.server_close()
    opened.open(parts / "web.html", ready="return document.getElementById('file') !== null")


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

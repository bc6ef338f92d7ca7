"""The page in a real browser: the command's records, the document of the core, and no request to anybody."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.cli.commands.web import read_page, serving
from huginn_cffi.hosts import network_cards
from huginn_cffi.libraries import libcrypto
from tests.support import report_samples as samples
from tests.support.report_documents import document, page_of
from tests.support.sample import sample
from tests.support.segment_captures import HOST
from tests.support.segment_captures import capture as capture_of
from tests.support.segments import WINDOWS, segments
from workbench.lab import pages
from workbench.lab.pages import CHOICE, READY, choose

if TYPE_CHECKING:
    from tests.support.browser import Browser


@pytest.fixture(autouse=True)
def without_ciphers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page has no ciphers and no list of makers, so the command gets none."""
    monkeypatch.setattr(libcrypto, "load_crypto", pages.without_ciphers)
    monkeypatch.setattr(network_cards, "INSTALLED", ())


@pytest.fixture
def opened(window: Browser, page: Path) -> Iterator[Browser]:
    window.open(page, ready=CHOICE)
    yield window
    asked = [url for url in window.requests() if not url.startswith(("blob:", "data:"))]
    assert asked == [page.as_uri()]
    assert window.complaints() == []


def command(path: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> tuple[str, str]:
    """What ``huginn pcap --format json`` writes of a capture, and more beside it, and its message."""
    monkeypatch.chdir(path.parent)
    said = io.StringIO()
    out = path.with_suffix(".json")
    with redirect_stderr(said):
        main(["pcap", "--format", "json", "--no-progress", "-o", str(out), path.name, *more])
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


def trouble(window: Browser) -> list[str]:
    """What the page complains of."""
    found: list[str] = window.run(
        "return [...document.querySelectorAll('#trouble li')].map((one) => one.textContent)"
    )
    return found


TILE = "return document.querySelector('#packets p').textContent.split(' ')[0]"


def tile(window: Browser) -> str:
    """The number of packets, as the page shows it."""
    return str(window.run(TILE))


def kept(window: Browser, *paths: Path) -> list[dict[str, Any]]:
    """The documents that the worker hands over for captures."""
    window.run("""
    window.shown = [];
    const show = (window.show ??= view.show);
    view.show = (whole) => (shown.push(whole), show(whole));
    """)
    choose(window, *paths)
    found: list[dict[str, Any]] = window.run("return shown")
    return found


def test_the_page_shows_what_the_core_says(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    *_, last = kept(opened, path)
    assert last.keys() == document().keys()
    [capture] = last["captures"]
    assert capture == {"name": "sample.pcap", "first_packet": 1, "packets": 26}
    assert (last["event"], last["packets"], last["analysed"], last["hosts"]) == ("summary", 26, 26, 12)
    assert tile(opened) == "26"


@pytest.mark.parametrize("name", CAPTURES)
def test_the_document_is_that_of_the_command(
    name: str, opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(CAPTURES[name]())
    assert kept(opened, path)[-1] == summary_of(tmp_path, monkeypatch, path.name)[0]


def test_a_document_looks_as_in_a_report(window: Browser, page: Path, tmp_path: Path) -> None:
    sections = "return ['above', 'main'].map((id) => document.getElementById(id).innerText)"
    window.open(page, ready=CHOICE)
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
    assert trouble(opened)[0].startswith("empty.pcap: ")


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


def test_the_sample_is_built_in(opened: Browser) -> None:
    assert opened.run("return document.title").startswith("Huginn")
    opened.run("document.getElementById('sample').click()")
    opened.wait(lambda: opened.run(READY))
    assert opened.run("return document.getElementById('status').textContent") == "sample.pcap: read"
    assert tile(opened) == "26"


def test_dropped_files(opened: Browser, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("dropped.pcap", "another.pcap")]
    for path in paths:
        path.write_bytes(sample())
    data = {"items": [], "files": list(map(str, paths)), "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        event = {"type": kind, "x": 200, "y": 100, "data": data}
        opened.driver.execute_cdp_cmd("Input.dispatchDragEvent", event)
    opened.wait(lambda: opened.run(READY))
    assert opened.run("return document.getElementById('status').textContent") == "2 captures: read"
    assert tile(opened) == "52"


CAPTURES_COMPARED = 9
"""``python -m workbench.lab.pages`` compares 300."""


def test_report_and_page_show_the_same_of_real_captures(window: Browser, page: Path, tmp_path: Path) -> None:
    captures = pages.chosen(CAPTURES_COMPARED)
    if not captures:
        pytest.skip("needs ../shared/corpus")
    assert list(pages.differences(window, page, tmp_path, captures)) == []


def test_what_differs_is_found(window: Browser, page: Path, tmp_path: Path) -> None:
    (tmp_path / "one.pcap").write_bytes(sample())
    (tmp_path / "other.pcap").write_bytes(samples.several())
    (shown,) = pages.in_pages(window, page, [tmp_path / "one.pcap"])
    (other,) = pages.in_reports(window, tmp_path, [tmp_path / "other.pcap"])
    assert {name for name in shown if shown[name] != other.get(name)} >= {
        "systems",
        "hosts",
        "drops",
        "numbers",
    }
    assert len(shown["hosts"]) == 12, "a heading, and eleven hosts that are not local"


def test_records_of_the_corpus(opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    captures = pages.chosen(CAPTURES_COMPARED)
    if not captures:
        pytest.skip("needs ../shared/corpus")
    for capture in captures:
        path = tmp_path / capture.name
        path.write_bytes(capture.read_bytes())
        choose(opened, path)
        if not opened.run("return document.getElementById('save').hidden"):
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
    (shown,) = trouble(opened)
    records, said = command(path, monkeypatch)
    assert shown.partition(";")[0] in said  # the command also looks what the file is
    assert shown.startswith(f"{name}.pcap: ")
    if records:
        assert exported(opened) == records


def test_a_served_page(opened: Browser, page: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    server = serving(*read_page(page), 0)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        opened.driver.get(f"http://127.0.0.1:{server.server_port}/")
        choose(opened, path)
        assert tile(opened) == "26"
        assert opened.complaints() == []
    finally:
        server.shutdown()
        server.server_close()
    opened.open(page, ready=CHOICE)


def test_cancelling_ends_it(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.pcap"
    path.write_bytes(samples.many(200000))
    opened.run("return document.getElementById('file')").send_keys(str(path))
    opened.run("document.getElementById('cancel').click()")
    said = opened.run("return document.getElementById('status').textContent")
    assert said == "Cancelled. Choose captures to start again."
    assert opened.run("return document.getElementById('work').hidden")


def test_what_was_read_before_cancelling_stays(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.pcap"
    path.write_bytes(samples.many(200000))
    opened.run("return document.getElementById('file')").send_keys(str(path))
    status = "return document.getElementById('status').textContent"
    opened.wait(lambda: "so far" in opened.run(status) or opened.run(READY))
    opened.run("document.getElementById('cancel').click()")
    opened.wait(lambda: opened.run(READY))
    assert opened.run(status).startswith("Cancelled.")
    assert "Linux 4.19-6.15" in asked_for(opened, "10.0.0.1")
    assert opened.run("return document.getElementById('save').hidden"), "all of it was not read"


def test_hosts_are_named_by_segments_and_events_are_those_of_the_command(
    opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "segments.pcap"
    path.write_bytes(capture_of(segments(20, WINDOWS)))
    choose(opened, path)
    shown = asked_for(opened, HOST)
    assert "Windows" in shown
    assert "segments" in shown
    assert exported(opened) == command(path, monkeypatch)[0] == ""


# ---- several captures, and compressed ones ---------------------------------------------------------------


def summary_of(folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> tuple[dict[str, Any], str]:
    """The document of ``huginn pcap --summary`` without what the page cannot know, and its messages."""
    monkeypatch.chdir(folder)
    said, out = io.StringIO(), folder / "summary.json"
    with redirect_stderr(said):
        main(["pcap", "--summary", "--format", "json", "--no-progress", "-o", str(out), *names])
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    for one in found["captures"]:
        del one["out_of_order"]
    return found, said.getvalue()


def test_several_captures_are_one_stream(
    opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.pcap").write_bytes(sample())
    (tmp_path / "a.pcap").write_bytes(samples.several())
    expected, _ = summary_of(tmp_path, monkeypatch, "a.pcap", "b.pcap")
    assert kept(opened, tmp_path / "b.pcap", tmp_path / "a.pcap")[-1] == expected
    assert [one["first_packet"] for one in expected["captures"]] == [1, 9]
    records, _ = command(tmp_path / "a.pcap", monkeypatch, "b.pcap")
    assert exported(opened) == records


def test_a_connection_may_end_in_another_capture(
    opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, packets = sample()[:24], sample()[24:]
    size = 16 + int.from_bytes(packets[8:12], "little")
    (tmp_path / "1.pcap").write_bytes(header + packets[:size])
    (tmp_path / "2.pcap").write_bytes(header + packets[size:])
    expected, _ = summary_of(tmp_path, monkeypatch, "1.pcap", "2.pcap")
    assert kept(opened, tmp_path / "1.pcap", tmp_path / "2.pcap")[-1] == expected
    assert [one["packets"] for one in expected["captures"]] == [1, 25]


def later(capture: bytes, seconds: int) -> bytes:
    """The same capture, made later."""
    found, at = bytearray(capture), 24
    while at < len(found):
        time, length = (int.from_bytes(found[at + place : at + place + 4], "little") for place in (0, 8))
        found[at : at + 4] = (time + seconds).to_bytes(4, "little")
        at += 16 + length
    return bytes(found)


def test_after_damage_the_next_capture_is_read(
    opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page reads captures by name, the command by time; here the orders are the same."""
    captures = {
        "a.pcap": b"no capture",
        "b.pcap": samples.several(),
        "c.pcap": sample()[:-7],
        "d.pcap": later(sample(), 3600)[:-3],
    }
    for name, data in captures.items():
        (tmp_path / name).write_bytes(data)
    expected, said = summary_of(tmp_path, monkeypatch, *captures)
    assert [one["name"] for one in expected["captures"]] == [*captures]
    assert kept(opened, *(tmp_path / name for name in captures))[-1] == expected
    assert [f"huginn: {one.partition(';')[0]}" for one in trouble(opened)] == [
        line.partition(", but a ")[0] for line in said.splitlines() if ".pcap: " in line
    ]
    assert [one.partition(":")[0] for one in trouble(opened)] == ["a.pcap", "c.pcap", "d.pcap"]


GZIP = {
    "whole": gzip.compress(sample()),
    "members": gzip.compress(sample()[:500]) + bytes(5) + gzip.compress(sample()[500:], 0),
    "cut": gzip.compress(sample())[:-300],
    "no trailer": gzip.compress(sample())[:-3],
    "checksum": gzip.compress(sample())[:-8] + bytes(8),
    "followed": gzip.compress(sample()) + b"more",
}


@pytest.mark.parametrize("name", GZIP)
def test_gzip_is_decompressed(
    name: str, opened: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name says nothing of it. Where damage is, zlib says another way."""
    path = tmp_path / "sample.pcap"
    path.write_bytes(GZIP[name])
    expected, said = summary_of(tmp_path, monkeypatch, path.name)
    assert kept(opened, path)[-1] == expected
    assert exported(opened) == command(path, monkeypatch)[0]
    ours = [f"huginn: {one}" for one in trouble(opened)]
    theirs = [line for line in said.splitlines() if ".pcap: " in line]
    if name == "checksum":
        ours, theirs = ([one.partition(" near")[0] for one in lines] for lines in (ours, theirs))
    assert ours == theirs


OTHER = {
    "xz": lzma.compress(sample()),
    "bzip2": bz2.compress(sample()),
    "zstd": b"\x28\xb5\x2f\xfd" + bytes(40),
    "lz4": b"\x04\x22\x4d\x18" + bytes(40),
}


@pytest.mark.parametrize("name", OTHER)
def test_other_compressions_are_refused_by_name(name: str, opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(OTHER[name])
    choose(opened, path)
    remedy = "which this page cannot read; decompress it, or use huginn pcap"
    assert trouble(opened) == [f"sample.pcap: compressed with {name}, {remedy}"]


# ---- hosts -----------------------------------------------------------------------------------------------


def asked_for(window: Browser, address: str) -> str:
    """What the dialog says of an address that is typed."""
    script = "const who = document.getElementById('who'); who.value = arguments[0]; who.form.requestSubmit()"
    window.run(
        "document.getElementById('host').close(); document.getElementById('host-title').textContent = ''"
    )
    window.run(script, address)
    window.wait(lambda: window.run("return document.getElementById('host-title').textContent"))
    return str(window.run("return document.getElementById('host').innerText"))


def test_the_core_tells_of_hosts_that_the_document_leaves_out(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "many.pcap"
    path.write_bytes(samples.many(1500))
    document = kept(opened, path)[-1]
    assert document["omitted"]["top_hosts"] > 1000
    listed = {one["ip"] for one in document["top_hosts"]}
    absent = next(ip for n in range(1500) if (ip := f"10.0.{n >> 8}.{n & 255}") not in listed)
    assert "Linux 4.19-6.15" in asked_for(opened, absent)
    assert "show nothing of this address" in asked_for(opened, "192.0.2.250")
    assert "show nothing of this address" in asked_for(opened, "nonsense")
    assert exported(opened).count('"event":"syn"') == 1500, "a worker of its own"
    assert "Linux 4.19-6.15" in asked_for(opened, absent), "the other still tells"


def test_every_address_is_a_link(opened: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    choose(opened, path)
    cells = "[...document.querySelectorAll('#main td.a, #main th.a')]"
    texts = f"return {cells}.map((one) => [one.textContent, one.querySelector('[data-who]') !== null])"
    addresses = [is_link for text, is_link in opened.run(texts) if "/" not in text]
    assert len(addresses) > 10
    assert all(addresses)
    assert "First seen" in asked_for(opened, "2001:DB8:0::64"), "by value"

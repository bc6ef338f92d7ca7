"""What the file of a report holds; what a browser makes of it is in ``test_browser.py``."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from pathlib import Path
from random import Random

import pytest

import huginn_cffi as hg
from huginn_cffi.applications.reporting import report_page
from huginn_cffi.applications.reporting.page import page, script_json
from sigcompiler.reading.parser import parse_files
from sigcompiler.vocabulary import Direction
from tests.support import report_samples as samples
from tests.support.captures import pcap
from tests.support.core import ROOT
from tests.support.made_signatures import packet_of
from tests.support.report_documents import document, page_of
from tests.support.report_pages import Page, read
from tests.support.sample import sample
from tests.support.traffic import random_stream


@pytest.fixture(scope="module")
def found() -> Page:
    return read(page_of())


def test_the_page_holds_the_document(found: Page) -> None:
    assert found.document == document()


def test_the_document_of_a_capture() -> None:
    found = read(report_page(hg.Analyzer(), [sample()])).document
    assert (found["event"], found["packets"], found["hosts"]) == ("summary", 26, 11)
    assert {"Linux", "Windows", "FreeBSD"} <= {row["name"] for row in found["systems"]}
    assert found.keys() == document().keys()


def test_a_capture_without_packets() -> None:
    found = read(report_page(hg.Analyzer(), [pcap([])])).document
    assert (found["packets"], found["over_time"], found["top_hosts"]) == (0, None, [])


def test_without_a_database() -> None:
    found = read(report_page(hg.Analyzer(None), [samples.strangers()]))
    assert found.document["systems"] == []
    assert len(found.document["unknown"]) == 2
    assert "without signatures" in found.text


def test_the_same_capture_gives_the_same_page() -> None:
    capture = pcap(random_stream(Random(8), 1, 1500), 1)
    once = report_page(hg.Analyzer(), [capture])
    assert report_page(hg.Analyzer(), [capture], workers=2) == once


def test_the_page_stays_small(tmp_path: Path) -> None:
    """Every list is full and every network is one of many systems, as in a million SYNs of as many hosts."""
    random = Random(1)
    model, _ = parse_files(sorted(map(str, (ROOT / "huginn_cffi/data").glob("*.fp"))))
    requests = [one for one in model.tcp if one.direction is Direction.REQUEST and one.version != 6]
    packets = [one for one in (packet_of(item, random) for item in requests * 4) if one[0] >> 4 == 4]
    path = tmp_path / "syns.pcap"
    path.write_bytes(
        pcap(
            (number * 10_000, one[:12] + (0x0A000000 | number).to_bytes(4, "big") + one[16:])
            for number, one in enumerate(random.choices(packets, k=256_000))
        )
    )
    page = report_page(hg.Analyzer(), [path])
    found = read(page).document
    assert found["hosts"] == 256_000
    assert len(found["subnets"]) + found["omitted"]["subnets"] == 1000
    assert len(found["top_hosts"]) + found["omitted"]["top_hosts"] == 256_000
    assert len(found["local_devices"]) + found["omitted"]["local_devices"] == found["local_hosts"]
    devices = len(json.dumps(found["local_devices"]))
    assert len(found["local_devices"]) == 5000
    assert devices <= 2_000_000
    assert len(page) - devices <= 900_000


def test_no_text_ends_the_script_that_holds_the_document() -> None:
    hostile = f"</script><!--<script>{samples.HOSTILE}\u2028\u2029"
    text = script_json(json.dumps({"name": hostile}, ensure_ascii=False))
    assert not {"<", "\u2028", "\u2029"} & set(text)
    assert json.loads(text) == {"name": hostile}


def test_texts_around_the_document_are_escaped() -> None:
    title = f"{samples.HOSTILE} @SCRIPT@ @DOCUMENT@"
    found = read(page(json.dumps(document()), title, [samples.HOSTILE], "without signatures"))
    assert found.elements["script"] == 3
    assert found.elements["img"] == 0
    assert found.text.count(title) == 2, "title and heading"
    assert f"Not read to the end{samples.HOSTILE}" in found.text


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    signatures = tmp_path / "one.fp"
    signatures.write_bytes(samples.HOSTILE_DATABASE.encode().replace(b"</script><b>", b"caf\xe9"))
    capture = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pcap"))
    capture.write_bytes(samples.many(2)[:-1])
    analyzer = hg.Analyzer(hg.Database.compile(signatures))
    found = read(report_page(analyzer, [capture], on_error=lambda error: None))
    assert len(found.document["systems"]) == 1
    assert ".pcap: truncated at record 2" in found.text, "what was wrong with it"


def test_the_policy_has_the_hash_of_each_script(found: Page) -> None:
    (rules,) = (
        value
        for tag, name, value in found.attributes
        if tag == "meta" and name == "content" and "src" in value
    )
    digests = [hashlib.sha256(text.encode()).digest() for name, text in found.scripts if not name]
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    assert len(digests) == 2
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed};" in rules


def test_nothing_is_fetched(found: Page) -> None:
    fetched = {"src", "srcset", "action", "data", "poster", "background", "manifest", "ping"}
    assert [one for one in found.attributes if one[1] in fetched] == []
    assert [value for _, name, value in found.attributes if name == "href"] == ["#main"]
    assert found.elements["link"] == found.elements["iframe"] == found.elements["base"] == 0


def test_no_script_writes_html(found: Page) -> None:
    own = found.scripts[-1][1]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(", own)


def test_the_notices_of_others_are_there(found: Page) -> None:
    """The licences of JA4 and of data of others ask for them in what is given away."""
    for name in ("LICENSE-JA4", "LICENSE-MERCURY", "LICENSE-RECOG", "LICENSE-DATA"):
        assert " ".join((ROOT / name).read_text(encoding="utf-8").split()) in " ".join(found.text.split())


def test_the_library_comes_with_its_licence(found: Page) -> None:
    assert re.search(r"Chart\.js v\d", found.scripts[1][1])
    assert "Permission is hereby granted, free of charge" in found.text
    assert "sourceMappingURL" not in found.scripts[1][1]

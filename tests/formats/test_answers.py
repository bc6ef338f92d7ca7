"""What all signatures that fit say together: the same in records, tables and results, and made once."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from sigcompiler.claims.confidence import NEW_FAMILY
from tests.support import samples
from tests.support.captures import pcap
from tests.support.core import CONFIDENCE
from tests.support.packets import Ip4, Tcp, packet

NAMES = ("family", "confidence", "version_confidence", "candidates", "evidence")
SAMPLE = Path(__file__).parents[2] / "examples" / "sample.pcap"

RIVALS = """classes = unix, win

[tcp:request]
label = s:unix:Linux:3.11-4.9
; source: own lab; high
sig   = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
label = s:win:Windows:"7 | 8"
sig   = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
label = g:unix:FreeBSD:
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
"""


def listed(value: Any) -> Any:
    """As JSON has it."""
    return list(value) if isinstance(value, tuple) else value


def compare(analyzer: hg.Analyzer, source: Any) -> int:
    """Results of handshakes against records and tables; how many were named."""
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    named = 0
    for batch in analyzer.batches(source):
        records = [json.loads(line) for line in batch.render("json").splitlines()]
        rows = batch.to_arrow().to_pylist()
        for part, record, row in zip(batch, records, rows, strict=True):
            match = getattr(part, "match", None)
            if not isinstance(part, (hg.SynObservation, hg.SynAckObservation)) or match is None:
                assert record.get("match") is None
                assert [row[f"match_{name}"] for name in NAMES] == [None] * 5
                continue
            named += 1
            for name in NAMES:
                value = getattr(match, name)
                assert record["match"][name] == listed(value)
                assert row[f"match_{name}"] == (" | ".join(value) if isinstance(value, tuple) else value)
    return named


def test_records_and_tables_say_what_results_say() -> None:
    assert compare(hg.Analyzer(), str(SAMPLE)) > 8
    assert compare(hg.Analyzer(hg.Database.compile(text=RIVALS)), samples.capture(50)) == 50


def test_equal_texts_of_a_tool_and_a_system_are_two_answers() -> None:
    """What labelled hosts have confirmed of a family does not count for a tool."""
    rest = "mss,sok,ts,nop,ws:df,id+:0"
    lines = ("label = s:!:Foo:", "sys =", "; source: lab; high", f"sig = *:64:0:*:1000,*:{rest}")
    lines += ("label = s:unix:Foo:", "; source: lab; high", f"sig = *:64:0:*:2000,*:{rest}")
    database = hg.Database.compile(text="\n".join(("classes = unix", "[tcp:request]", *lines, "")))
    frames = [packet(Ip4(), Tcp(window=window, sport=window)) for window in (1000, 2000)]
    capture = pcap([(samples.START + n, frame) for n, frame in enumerate(frames)], nanoseconds=True)
    assert compare(hg.Analyzer(database), capture) == 2
    (batch,) = hg.Analyzer(database).batches(capture)
    found = [row for row in batch.to_arrow()["match_confidence"].to_pylist() if row]
    assert found[0] * NEW_FAMILY == pytest.approx(found[1])


def test_records_read_no_signature_that_fits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them took as long as the rest of a start."""
    monkeypatch.setattr(hg.Database, "signatures", property(lambda _: pytest.fail("all were read")))
    (batch,) = hg.Analyzer(hg.Database.compile(text=RIVALS)).batches(samples.capture(1))
    assert json.loads(batch.render("json").splitlines()[0])["match"]["family"] == "Linux or Windows"


def test_tables_read_no_signatures() -> None:
    """The first table of a process costs no more for those of a large database."""
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    links = "[mtu]\nlabel = Ethernet\nsig = 1500\n[http:request]\nua_os = Linux\nlabel = s:!:curl:\n"
    database = hg.Database.compile(text=f"{RIVALS}{links}sys = Linux\nsig = 1:Host,User-Agent::curl\n")
    (batch,) = hg.Analyzer(database).batches(samples.capture(1))
    assert batch.to_arrow()["match_name"].to_pylist()[0] == "Linux"
    records = database._records
    assert (len(records.tcp), len(records.mtu), len(records.http), len(database)) == (0, 0, 0, 5)
    assert list(records) == list(database.signatures)


def test_rivals_are_told() -> None:
    (batch,) = hg.Analyzer(hg.Database.compile(text=RIVALS)).batches(samples.capture(1))
    match = json.loads(batch.render("json").splitlines()[0])["match"]
    assert (match["family"], match["candidates"]) == ("Linux or Windows", ['Windows "7 | 8"'])
    assert 0.5 < match["confidence"] <= 1.0
    table = json.loads(CONFIDENCE.read_text(encoding="utf-8"))
    assert table["standing"]["Linux"] == 1.0
    assert match["version_confidence"] == table["version_confidence"]["specific 2 high"]
    assert match["evidence"] == [
        "exact match of a specific signature",
        "Linux and Windows send the same",
        "signature from own lab; high",
    ]


def test_the_corpus_says_what_results_say(corpus: Path) -> None:
    files = [path for path in sorted(corpus.rglob("*.pcap")) if path.stat().st_size < 100_000][::8]
    assert compare(hg.Analyzer(), files) > 50


def ttls() -> bytes:
    """SYNs that fit fuzzily, of all TTLs."""
    start = samples.START
    made = [(start + n, packet(Ip4(ttl=n), Tcp(sport=n + 1))) for n in range(1, 256)]
    return pcap(made, nanoseconds=True)


def test_a_ttl_in_the_evidence_is_that_of_the_packet() -> None:
    assert compare(hg.Analyzer(), ttls()) > 0


def test_records_name_their_capture(tmp_path: Path) -> None:
    paths = [tmp_path / "a.pcap", tmp_path / "bü.pcap"]
    paths[0].write_bytes(samples.capture(2))
    paths[1].write_bytes(SAMPLE.read_bytes())
    found = [*hg.Analyzer().batches(paths)]
    records = [json.loads(line) for batch in found for line in batch.render("eve").splitlines()]
    assert {record["pcap_filename"] for record in records} == {*map(str, paths)}
    for batch in found:
        back = pickle.loads(pickle.dumps(batch))
        assert (back.capture, back.packets_before) == (batch.capture, batch.packets_before)

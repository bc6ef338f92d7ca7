"""What a notebook shows of public objects."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

import huginn_cffi as hg
from tests.support import samples
from tests.support.captures import pcap

HOSTILE = samples.SIGNATURES.replace("3.11 and newer", '<script>alert(1)</script> & "x"').replace(
    "Ethernet or modem", "<b>Ethernet\u202e</b>"
)


class HtmlReader(HTMLParser):
    """Collects the elements and the text; every element must be closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data + " "


ELEMENTS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p", "code", "b", "br"}


def read(shown: object) -> str:
    """The words of what a notebook shows."""
    reader = HtmlReader(shown._repr_html_())  # type: ignore[attr-defined]
    assert reader.seen <= ELEMENTS
    return reader.words


@pytest.fixture
def analyzer() -> hg.Analyzer:
    return hg.Analyzer(hg.Database.compile(text=HOSTILE))


@pytest.fixture
def results(analyzer: hg.Analyzer) -> list[hg.AnalysisResult]:
    return list(analyzer.analyze_pcap(pcap(samples.conversation())))


def test_a_result(results: list[hg.AnalysisResult]) -> None:
    words = read(results[0])
    for expected in (
        "packet 1, 2023-11-14 22:13:20.000000000 UTC",
        '<script>alert(1)</script> & "x", 7 hops',
        samples.SYN_SIGNATURE,
        "192.0.2.1:40000",
        "<b>Ethernet\\u202e</b>",
        "MTU 1500",
    ):
        assert expected in words
    assert "up 0 d" in read(results[2])


def test_parts(results: list[hg.AnalysisResult]) -> None:
    assert "syn_ack" in read(results[1].syn_ack)
    assert "server_uptime" not in read(results[2].client_uptime)


def test_a_dropped_packet() -> None:
    assert "dropped: truncated" in read(hg.fingerprint(b""))


def test_batches_show_their_first_events(analyzer: hg.Analyzer) -> None:
    (batch,) = analyzer.batches(samples.capture(6))
    words = read(batch)
    assert "12 events, the first 10" in words
    assert (words.count("syn "), words.count("mtu ")) == (5, 5)


def test_stats(analyzer: hg.Analyzer) -> None:
    list(analyzer.batches(samples.capture(6)))
    assert "packets 6" in read(analyzer.stats)
    assert "6 syn, 6 mtu" in read(analyzer.stats)


def test_explanations(results: list[hg.AnalysisResult], analyzer: hg.Analyzer) -> None:
    assert analyzer.database is not None
    assert results[0].syn is not None
    words = read(analyzer.database.explain(results[0].syn))
    assert "the first specific signature that fits exactly" in words
    assert "<script>" in words
    (near, *_) = analyzer.database.explain(results[0].syn).nearest
    assert read(near) in words


def test_representations_are_of_use(results: list[hg.AnalysisResult], analyzer: hg.Analyzer) -> None:
    (batch,) = analyzer.batches(samples.capture(2))
    shown = [
        analyzer,
        batch,
        results[0],
        results[0].syn,
        analyzer.stats,
        analyzer.database,
        hg.FilterConfig(port=hg.PortFilter(dst=443)),
    ]
    for one in shown:
        assert " object at 0x" not in repr(one), "the default says nothing"
    assert repr(analyzer).startswith("<Analyzer, 2 packets read, <Database of 6 signatures")
    analyzer.close()
    assert "closed" in repr(analyzer)
    assert "no database" in repr(hg.Analyzer(None))

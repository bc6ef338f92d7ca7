"""What a page says, compared with a plain count of the same results."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import pytest

import huginn_cffi as hg
from tests.report_page import samples
from tests.report_page.pages import Page, number, read
from tests.support.captures import pcap
from tests.support.sample import sample
from tests.support.traffic import random_stream

pytest.importorskip("pyarrow", reason="the Python package pyarrow is not installed")
pytest.importorskip("jinja2", reason="the Python package jinja2 is not installed")

from huginn_cffi.tools.reporting import report_page


def page_of(*captures: bytes, database: hg.Database | None = None, **options: object) -> Page:
    analyzer = hg.Analyzer(database) if database else hg.Analyzer()
    return read(report_page(analyzer, captures, **options))  # type: ignore[arg-type]


def traffic(seed: int) -> bytes:
    return pcap(random_stream(Random(seed), 1, 1500), 1)


@pytest.fixture(scope="module", params=["sample", "random"])
def capture(request: pytest.FixtureRequest) -> bytes:
    return sample() if request.param == "sample" else traffic(5)


@pytest.fixture(scope="module")
def results(capture: bytes) -> list[hg.TcpAnalysisResult]:
    return list(hg.Analyzer().analyze_pcap(capture))


@pytest.fixture(scope="module")
def page(capture: bytes) -> Page:
    return page_of(capture)


def handshakes(
    results: list[hg.TcpAnalysisResult],
) -> list[tuple[str, hg.SynObservation | hg.SynAckObservation]]:
    return [(kind, part) for one in results for kind in ("syn", "syn_ack") if (part := getattr(one, kind))]


def test_systems(page: Page, results: list[hg.TcpAnalysisResult]) -> None:
    hosts: defaultdict[str, set[str]] = defaultdict(set)
    counts: Counter[tuple[str, str]] = Counter()
    fits: Counter[tuple[str, str]] = Counter()
    for kind, part in handshakes(results):
        label = str(part.match) if part.match else "not named"
        hosts[label].add(part.source.ip)
        counts[label, kind] += 1
        if part.match:
            fits[label, "Fuzzy" if part.match.fuzzy else part.match.kind.capitalize()] += 1
    rows = {row["System"]: row for row in page.tables["systems"]}
    assert rows.keys() == hosts.keys()
    for label, row in rows.items():
        assert number(row["Addresses"]) == len(hosts[label])
        assert number(row["SYN"]) == counts[label, "syn"]
        assert number(row["SYN+ACK"]) == counts[label, "syn_ack"]
        if label != "not named":
            assert {fit: number(row[fit]) for fit in ("Specific", "Generic", "Fuzzy")} == {
                fit: fits[label, fit] for fit in ("Specific", "Generic", "Fuzzy")
            }


def test_confidence_is_that_of_the_answers(page: Page, results: list[hg.TcpAnalysisResult]) -> None:
    values: defaultdict[str, list[float]] = defaultdict(list)
    for _, part in handshakes(results):
        if part.match:
            values[str(part.match)].append(part.match.confidence)
    rows = {row["System"]: row["Confidence"] for row in page.tables["systems"]}
    same = {label: found for label, found in values.items() if len(set(found)) == 1}
    assert same
    assert {label: rows[label] for label in same} == {
        label: f"{min(round(found[0] * 100), 99)} %" for label, found in same.items()
    }, "what is not certain is never 100 %"


def test_subnets_and_addresses(page: Page, results: list[hg.TcpAnalysisResult]) -> None:
    events = Counter(part.source.ip for _, part in handshakes(results))
    assert {row["Address"]: number(row["Handshakes"]) for row in page.tables["hosts"]} == dict(
        events.most_common(300)
    ), "fewer than are shown, so all of them"
    by_subnet = sum(number(row["Addresses"]) for row in page.tables["subnets"])
    assert by_subnet == len(events)
    assert all(row["Subnet"].endswith(("/24", "/64")) for row in page.tables["subnets"])


def test_distances(page: Page, results: list[hg.TcpAnalysisResult]) -> None:
    seen: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for kind, part in handshakes(results):
        if "random_ttl" not in part.params:
            seen[kind, part.distance].add(part.source.ip)
    wanted: Counter[tuple[str, str]] = Counter()
    for (kind, hops), hosts in seen.items():
        wanted[str(hops) if hops <= 35 else "> 35", kind] += len(hosts)
    shown = {
        row["Hops"]: (number(row["Clients"]), number(row["Servers"])) for row in page.tables["distances"]
    }
    assert shown == {hops: (wanted[hops, "syn"], wanted[hops, "syn_ack"]) for hops, _ in wanted}


def test_links(page: Page, results: list[hg.TcpAnalysisResult]) -> None:
    hosts: defaultdict[int, set[str]] = defaultdict(set)
    for one in results:
        if one.mtu:
            hosts[one.mtu.observed.mtu].add(one.mtu.source.ip)
    assert {number(row["MTU"]): number(row["Addresses"]) for row in page.tables["links"]} == {
        mtu: len(found) for mtu, found in hosts.items()
    }


def test_over_time(page: Page, results: list[hg.TcpAnalysisResult]) -> None:
    chart = next(chart for chart in page.charts if chart["name"] == "time-chart")
    assert sum(sum(series["values"]) for series in chart["series"]) == len(handshakes(results))
    in_table = sum(
        number(text) for row in page.tables["time"] for head, text in row.items() if head != "From"
    )
    assert in_table == len(handshakes(results))


def test_drops_add_up(page: Page, capture: bytes) -> None:
    analyzer = hg.Analyzer()
    for _ in analyzer.batches(capture):
        pass
    rows = {row["Reason"]: number(row["Packets"]) for row in page.tables["drops"]}
    assert sum(rows.values()) == analyzer.stats.packets
    assert rows.pop("analysed") == analyzer.stats.analysed
    assert rows == {name: count for name, count in analyzer.stats.drops.items() if count}
    assert all(row["The packet is"] != "\N{EN DASH}" for row in page.tables["drops"])


def test_uptimes(page: Page, results: list[hg.TcpAnalysisResult]) -> None:
    sides: dict[tuple[str, str], list[hg.UptimeObservation]] = {}
    for one in results:
        for side in ("client", "server"):
            if part := getattr(one, f"{side}_uptime"):
                sides.setdefault((part.source.ip, side), []).append(part)
    rows = {(row["Address"], row["Side"]): row for row in page.tables.get("uptimes", [])}
    assert rows.keys() == sides.keys()
    for key, parts in sides.items():
        shown = ([part for part in parts if not part.reliable] or parts)[-1]
        assert number(rows[key]["Readings"]) == len(parts)
        assert rows[key]["Reliable"] == ("yes" if shown.reliable else "no")
        assert rows[key]["Why not"] == (shown.why or "\N{EN DASH}")


def test_unknown_signatures_are_ranked_by_addresses() -> None:
    first, second = page_of(samples.strangers()).tables["unknown"]
    assert first["Signature"] == "4:64:0:1460:12345,3:mss,nop,nop,nop,nop,ws,nop:df,id+:0"
    assert (first["Addresses"], first["Handshakes"], first["First packet"]) == ("3", "3", "2")
    assert second["Signature"] == "4:64:0:1460:54321,3:mss,nop,nop,nop,nop,ws,nop:df,id+:0"
    assert (second["Addresses"], second["First packet"]) == ("1", "1")


def test_unknown_signatures_come_with_what_explain_says() -> None:
    raw = "4:61+3:0:1460:12345,3:mss,nop,nop,nop,nop,ws,nop:df,id+:0"
    explained = hg.Database.load_default().explain(raw, limit=3)
    page = page_of(samples.strangers())
    assert raw in page.text
    assert explained.reason in page.text
    for near in explained.nearest:
        assert near.signature in page.text
        for field in near.of("differs"):
            assert field.note in page.text


def test_every_unknown_signature_can_be_explained(page: Page) -> None:
    for row in page.tables.get("unknown", []):
        direction = "response" if row["Packet"] == "SYN+ACK" else "request"
        try:
            match = hg.Database.load_default().explain(row["Signature"], direction=direction).match
        except hg.SignatureError:
            continue  # no packet in its right mind
        assert match is None or "*" in row["Signature"]


def test_several_systems_behind_one_address() -> None:
    rows = {row["Address"]: row for row in page_of(samples.several()).tables["mixed"]}
    assert rows.keys() == {"192.0.2.9", "192.0.2.8"}
    assert {row["What differs"] for row in rows.values()} == {"different systems"}
    assert rows["192.0.2.9"]["When"] == "side by side"
    assert rows["192.0.2.8"]["When"] == "one after the other"
    assert rows["192.0.2.9"]["Systems"] == (
        "Linux 4.19-6.15 (client: 2); Windows 10, 11, 2019, 2022 or 2025 (client: 1)"
    )


def test_systems_behind_forwarded_ports() -> None:
    """Linux as a client and as a server may be one system, Windows is another."""
    database = hg.Database.compile(text=samples.FORWARDED_DATABASE)
    (row,) = page_of(samples.forwarded(), database=database).tables["mixed"]
    assert (row["Address"], row["What differs"]) == ("192.0.2.9", "different systems")
    assert row["Systems"] == (
        "Linux 3 or newer (ports 22, 25, 80, 443, …: 6); Linux 4.19-6.15 (client: 1);"
        " Windows 10 (port 3389: 1)"
    )


def test_rows_beyond_the_cap_are_counted() -> None:
    page = page_of(samples.many(700))
    assert len(page.tables["hosts"]) == 300
    assert page.captions["hosts"] == "Addresses by number of handshakes: the first 300 of 700"
    assert page.tables["systems"][0]["Addresses"] == "700"


def test_text_from_captures_is_text(tmp_path: Path) -> None:
    name = samples.HOSTILE.replace("/", "\N{FRACTION SLASH}")
    path = tmp_path / name
    path.write_bytes(samples.many(2))
    database = hg.Database.compile(text=samples.HOSTILE_DATABASE)
    found = read(report_page(hg.Analyzer(database), [str(path)], title=samples.HOSTILE))
    plain = page_of(samples.many(2))
    assert found.elements["script"] == plain.elements["script"] == 3
    assert not {"img", "b"} & {tag for tag, _, value in found.attributes if "alert" in value}
    assert found.elements["img"] == 0
    assert [row["System"] for row in found.tables["systems"]] == [f"Linux {samples.HOSTILE}</script><b>"]
    assert found.charts[0]["labels"] == ["Linux"]
    assert name in found.text


def test_labels_and_names_that_are_no_utf8_are_shown(tmp_path: Path) -> None:
    signatures = tmp_path / "one.fp"
    signatures.write_bytes(samples.HOSTILE_DATABASE.encode().replace(b"</script><b>", b"caf\xe9"))
    capture = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pcap"))
    capture.write_bytes(samples.many(2)[:-1])
    analyzer = hg.Analyzer(hg.Database.compile(signatures))
    found = read(report_page(analyzer, [capture], on_error=lambda error: None))
    assert found.tables["systems"][0]["System"].endswith("caf\N{REPLACEMENT CHARACTER}")
    assert "caf\N{REPLACEMENT CHARACTER}.pcap" in found.text
    assert ".pcap: truncated at record 2" in found.text, "what was wrong with it"


def test_nothing_is_fetched(page: Page) -> None:
    fetched = {"src", "srcset", "action", "data", "poster", "background", "manifest", "ping"}
    assert [one for one in page.attributes if one[1] in fetched] == []
    links = [value for tag, name, value in page.attributes if name == "href"]
    assert links
    assert all(link.startswith("#") for link in links)
    assert page.elements["link"] == page.elements["iframe"] == page.elements["base"] == 0


def test_links_lead_somewhere_and_names_are_unique(page: Page) -> None:
    names = [value for _, name, value in page.attributes if name == "id"]
    assert len(names) == len(set(names))
    wanted = {value.lstrip("#") for _, name, value in page.attributes if name == "href"}
    wanted |= {value for _, name, value in page.attributes if name == "aria-labelledby"}
    assert wanted <= set(names)


def test_the_library_comes_with_its_licence() -> None:
    page = report_page(hg.Analyzer(), [sample()]).decode()
    assert re.search(r"Chart\.js v\d", page)
    assert "Permission is hereby granted, free of charge" in page
    assert "sourceMappingURL" not in page


def test_the_same_capture_gives_the_same_page() -> None:
    capture = traffic(8)
    once = report_page(hg.Analyzer(), [capture])
    assert report_page(hg.Analyzer(), [capture], workers=2) == once


def test_without_a_database() -> None:
    found = read(report_page(hg.Analyzer(None), [samples.strangers()]))
    assert [row["System"] for row in found.tables["systems"]] == ["not named"]
    assert len(found.tables["unknown"]) == 2


def test_a_capture_without_handshakes() -> None:
    found = page_of(pcap([]))
    assert found.tables.keys() == {"drops"}
    assert found.tables["drops"] == [
        {"Reason": "analysed", "The packet is": "TCP that was looked at", "Packets": "0"}
    ]


def test_a_packet_of_1970_leaves_the_axis_of_time_as_it_is() -> None:
    usual = [samples.linux("192.0.2.7", second, 40000 + second) for second in range(20)]
    lost = [(1_000, samples.linux("192.0.2.8")[1])]
    found = page_of(pcap(usual)).charts[1]
    spoiled = page_of(pcap([*lost, *usual]))
    assert spoiled.charts[1]["labels"] == found["labels"]
    assert "1 handshake of a time far from the rest left out" in spoiled.text

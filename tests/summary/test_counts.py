"""The counts of a summary are those of the rows, counted again in Python."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import huginn_cffi as hg
from huginn_cffi.analysis.analyzer import captures_of
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.times import rfc3339
from sigcompiler.schema.rows import SCHEMA_VERSION
from sigcompiler.schema.summary import Document
from tests.summary.described import follow
from tests.summary.model import SummaryModel, rows

SAMPLE = Path(__file__).parents[2] / "examples" / "sample.pcap"
EACH = 4
"""Of the corpus, one capture in four."""
LARGEST = 400_000
WITH_MORE = {"mercury__top_100_fingerprints.pcap", "arkime__arkime_synthetic.pcap"}
"""Captures with a host of more names than are kept, or of which only probes are known, which give no row."""


def compare(paths: list[Path]) -> dict[str, Any]:
    """The document, which has been compared with the model."""
    with hg.Analyzer(changes=True) as analyzer:
        summary, model = Summary(analyzer.database), SummaryModel(analyzer.database)
        for batch in analyzer.batches(paths, on_error=lambda error: None):
            summary.add(batch)
            model.add(batch)
        found = summary.as_dict(analyzer.stats, captures_of(analyzer))
        follow(found, Document)
        assert found["events"] == dict(analyzer.stats.events_by_kind)
        assert found["drops"] == dict(analyzer.stats.drops)
        assert (found["packets"], found["bytes"], found["analysed"]) == (
            *(analyzer.stats.packets, analyzer.stats.bytes, analyzer.stats.analysed),
        )
        assert [one["name"] for one in found["captures"]] == [one.name for one in captures_of(analyzer)]
    assert found["left_out"] == 0
    assert found["omitted"].keys() <= {"top_hosts", "subnets", "uptimes"}
    assert found["hosts"] == len(model.hosts) + len(model.nameless)
    assert found["first_event"] == rfc3339(min(model.times))
    assert found["last_event"] == rfc3339(max(model.times))
    compare_names(found, model)
    compare_programs(found, model)
    return found


def compare_names(found: dict[str, Any], model: SummaryModel) -> None:
    assert rows(found["systems"], "role", "name", "flavor", "tool") == model.systems.rows
    assert all(row["specific"] + row["generic"] + row["fuzzy"] == row["packets"] for row in found["systems"])
    assert {(row["link"], row["mtu"]): row["packets"] for row in found["links"]} == model.links
    if "subnets" not in found["omitted"]:
        assert {row["network"]: row["hosts"] for row in found["subnets"]} == model.subnets
    assert all(sum(one["hosts"] for one in row["systems"]) == row["hosts"] for row in found["subnets"])
    assert sum(one["hosts"] for one in found["families"]) == sum(model.subnets.values())
    compare_time(found, model)


def compare_time(found: dict[str, Any], model: SummaryModel) -> None:
    named: Counter[str] = Counter()
    for (name, _), count in model.handshakes.items():
        named[name] += count
    over_time = found["over_time"]
    shown = {one["name"]: sum(one["counts"]) for one in over_time["series"]}
    assert sum(shown.values()) + over_time["apart"] == sum(named.values())
    assert {len(one["counts"]) for one in over_time["series"]} == {over_time["bins"]}
    assert 0 < over_time["bins"] <= 96
    if over_time["apart"] == 0:
        assert {name: count for name, count in shown.items() if name != "others"} == {
            name: named[name] for name in shown if name != "others"
        }


def compare_programs(found: dict[str, Any], model: SummaryModel) -> None:
    tls, http = found["tls"], found["http"]
    assert rows(tls["clients"], "name", "flavor", "ja4") == model.tls.rows
    assert rows(tls["versions"], "role", "version") == model.versions.rows
    assert rows(http["clients"], "name", "flavor") == model.clients.rows
    assert rows(http["servers"], "name", "flavor") == model.servers.rows
    assert rows(http["claims"], "system") == model.claims.rows
    counts = {
        (of, verdict): count
        for of, one in found["verdicts"]["counts"].items()
        for verdict, count in one.items()
        if count
    }
    assert counts == {key: packets for key, (_, packets) in model.verdicts.rows.items()}
    contradicting = sum(row["events"] for row in found["verdicts"]["contradictions"])
    assert contradicting == sum(count for (_, verdict), count in counts.items() if verdict == "contradicts")


def test_the_sample() -> None:
    found = compare([SAMPLE])
    assert [row["name"] for row in found["systems"]][:2] == ["Linux", "Linux"]
    assert (found["event"], found["schema_version"]) == ("summary", SCHEMA_VERSION)


def test_captures_of_the_corpus(corpus: Path) -> None:
    compared = 0
    for path in sorted(one for one in corpus.iterdir() if one.is_file())[::EACH]:
        if path.stat().st_size <= LARGEST and path.name not in WITH_MORE and has_handshakes(path):
            compare([path])
            compared += 1
    assert compared > 100


def has_handshakes(path: Path) -> bool:
    with hg.Analyzer(changes=True) as analyzer:
        for _ in analyzer.batches([path], on_error=lambda error: None):
            pass
        return any(analyzer.stats.events_by_kind[name] for name in ("syn", "syn_ack"))

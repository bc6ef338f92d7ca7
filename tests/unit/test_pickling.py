"""Results, batches, counters and databases travel between processes."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import pytest

from huginn_cffi import (
    AnalysisResult,
    Analyzer,
    Database,
    DatabaseError,
    FilterConfig,
    HostTable,
    IpFilter,
    PortFilter,
    fingerprint,
)
from huginn_cffi.hosts import host_records
from tests.support import samples
from tests.support.all_columns import all_columns
from tests.support.captures import pcap
from tests.support.core import ROOT


def restored(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


@pytest.fixture
def results(database: Database) -> list[AnalysisResult]:
    return list(Analyzer(database).analyze_pcap(pcap(samples.conversation())))


def test_results_and_everything_in_them(results: list[AnalysisResult]) -> None:
    assert restored(results) == results
    for part in (part for result in results for part in result.parts):
        assert restored(part) == part
        assert str(restored(part)) == str(part)
        match = getattr(part, "match", None)
        if match is not None:
            assert restored(match) == match
            assert restored(match).candidates == match.candidates
        for name in ("signature", "observed", "source"):
            value = getattr(part, name, None)
            assert restored(value) == value
    assert copy.deepcopy(results[0]) == results[0]


def test_a_result_takes_its_own_rows_along_and_no_others(database: Database) -> None:
    one, *_, last = Analyzer(database).analyze_pcap(samples.capture(2000))
    assert restored(last) == last
    size = len(pickle.dumps((database, last)))
    assert size == pytest.approx(len(pickle.dumps((database, one))), abs=100)
    assert size - len(pickle.dumps(database)) < 1100


def test_a_packet_that_told_nothing() -> None:
    found = fingerprint(b"short")
    back = restored(found)
    assert (type(back), back.drop, back) == (AnalysisResult, "truncated", found)


def test_batches(database: Database) -> None:
    for batch in Analyzer(database).batches(samples.capture(30)):
        back = restored(batch)
        assert back.render("json") == batch.render("json")
        assert all_columns(back) == all_columns(batch)


def test_stats(database: Database) -> None:
    analyzer = Analyzer(database)
    list(analyzer.batches(samples.capture(3)))
    back = restored(analyzer.stats)
    assert back == analyzer.stats
    with pytest.raises(TypeError):
        back.drops["truncated"] = 1


def test_databases(database: Database) -> None:
    assert restored(database).signatures == database.signatures
    default = Database.load_default()
    assert restored(default).source_hash == default.source_hash
    assert len(pickle.dumps(default)) < 200, "it is part of the package"


def test_a_default_database_with_other_signatures_is_refused() -> None:
    """Its signatures have the same numbers in one version only."""
    restore, (source_hash,) = Database.load_default().__reduce__()  # type: ignore[misc]
    assert restore(source_hash).source_hash == source_hash.hex()  # type: ignore[operator]
    with pytest.raises(DatabaseError, match="has the signatures of another version: pickle it again"):
        restore(bytes(32))  # type: ignore[operator]


def test_explanations(results: list[AnalysisResult], database: Database) -> None:
    assert results[0].syn is not None
    explanation = database.explain(results[0].syn)
    assert restored(explanation) == explanation


def test_filters_and_hosts(results: list[AnalysisResult]) -> None:
    wanted = FilterConfig(port=PortFilter(dst=443), ip=IpFilter(src="192.0.2.1"))
    hosts = list(host_records(results))
    assert hosts
    assert restored((wanted, hosts)) == (wanted, hosts)


def analyse(data: bytes) -> list[AnalysisResult]:
    """What a process of a pool does."""
    return list(Analyzer().analyze_pcap(data))


def test_a_pool_of_processes() -> None:
    data = samples.capture(5)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        (found,) = pool.map(analyse, [data])
    assert found == analyse(data)


def _hosts_of(path: str) -> HostTable:
    return Analyzer().read(path).hosts


def test_a_process_pool_returns_hosts() -> None:
    path = str(ROOT / "examples" / "office.pcap")
    here = _hosts_of(path)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        there = pool.submit(_hosts_of, path).result()
    assert [*there] == [*here]
    assert len(there) == len(here) > 10
    assert (there.left_out, there.untracked, repr(there)) == (here.left_out, here.untracked, repr(here))
    assert [*there.pieces()] == [*here.pieces()]
    device = next(one.device for one in here if one.device is not None)
    assert restored(device) == device


def test_hosts_in_a_notebook() -> None:
    table = _hosts_of(str(ROOT / "examples" / "office.pcap"))
    assert "<td>192.0.2.1</td><td>RouterOS 7.20.6 (95 %)</td>" in table._repr_html_()
    host = next(iter(table))
    assert "<tr><td>family</td><td>RouterOS</td></tr>" in host._repr_html_()
    assert "<td>2026-01-15 10:00:0" in host._repr_html_()
    assert host.device is not None
    assert "<tr><td>manufacturer</td><td>MikroTik</td></tr>" in host.device._repr_html_()
    hostile = replace(host.device, model="<script>alert(1)</script>")
    assert "<script>" not in replace(host, device=hostile)._repr_html_()

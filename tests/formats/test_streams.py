"""Results and batches as Arrow streams, taken by who reads such streams."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.result_iterators import Results
from huginn_cffi.base.installation import to_add
from sigcompiler.schema.rows import FIELDS
from tests.formats.inputs import SIGNATURES, capture, small_batches

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

data = cache(capture)


@pytest.fixture(autouse=True)
def several_batches() -> Iterator[None]:
    """A capture is more than one."""
    with small_batches():
        yield


@cache
def database() -> hg.Database:
    return hg.Database.compile(text=SIGNATURES)


@cache
def shape() -> tuple[int, int]:
    return sum(map(len, hg.Analyzer(database()).batches(data()))), len(FIELDS)


def by_pyarrow(stream: Any) -> tuple[int, int]:
    return tuple(pa.table(stream).shape)  # type: ignore[return-value]


def by_pandas(stream: Any) -> tuple[int, int]:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    if not hasattr(pandas.DataFrame, "from_arrow"):
        pytest.skip("pandas before 3.0 takes no streams")
    return tuple(pandas.DataFrame.from_arrow(stream).shape)  # type: ignore[return-value]


def by_polars(stream: Any) -> tuple[int, int]:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    return tuple(polars.DataFrame(stream).shape)  # type: ignore[return-value]


def by_duckdb(stream: Any) -> tuple[int, int]:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    table = duckdb.connect().sql("SELECT * FROM stream").to_arrow_table()
    return tuple(table.shape)  # type: ignore[no-any-return]


READERS = [by_pyarrow, by_pandas, by_polars, by_duckdb]


@pytest.mark.parametrize("read", READERS)
def test_streams_are_taken_without_glue(read: Callable[[Any], tuple[int, int]]) -> None:
    analyzer = hg.Analyzer(database())
    for stream in (analyzer.batches(data()), analyzer.analyze_pcap(data())):
        assert "not read yet" in repr(stream)
        assert read(stream) == shape()
        assert f"read, {shape()[0]} events" in repr(stream)


@pytest.mark.parametrize("read", READERS)
def test_so_is_a_batch(read: Callable[[Any], tuple[int, int]]) -> None:
    batch = next(hg.Analyzer(database()).batches(data()))
    assert read(batch) == (len(batch), len(FIELDS))


def test_packets_are_a_stream_too() -> None:
    syn = data()[40 + 14 : 40 + 14 + 60]
    results = hg.Analyzer(database()).analyze_packets([(7, syn), (8, syn[:10])])
    assert pa.table(results).column("event").to_pylist() == ["syn", "mtu"]


def test_what_was_read_before_is_not_given_again() -> None:
    batches = hg.Analyzer(database()).batches(data())
    first = next(batches)
    assert f"{len(first)} events so far" in repr(batches)
    assert pa.table(batches).num_rows == shape()[0] - len(first)


@pytest.mark.parametrize("method", ["batches", "analyze_pcap"])
def test_a_stream_that_was_read_says_what_to_do(method: str) -> None:
    stream = getattr(hg.Analyzer(database()), method)(data())
    pa.table(stream)
    for read in (pa.table, list, aiter):
        with pytest.raises(hg.HuginnError, match="was already read; call the analyzer again"):
            read(stream)
    assert next(stream, None) is None  # an iterator stays at its end


def test_results_as_batches() -> None:
    results = hg.Analyzer(database()).analyze_pcap(data())
    batches = results.batches()
    assert isinstance(batches, Results)
    assert sum(map(len, batches)) == shape()[0]
    assert results.stats == batches.stats
    for read in (list, pa.table, type(results).batches):
        with pytest.raises(hg.HuginnError, match="was already read; call the analyzer again"):
            read(results)
    begun = hg.Analyzer(database()).analyze_pcap(data())
    next(begun)
    with pytest.raises(hg.HuginnError, match="was begun; call the analyzer again for batches"):
        begun.batches()
    with hg.Analyzer(database()).analyze_pcap(data()) as closed:
        rest = closed.batches()
        next(rest)
    assert list(rest) == []


def test_damage_reaches_the_reader_with_a_remedy() -> None:
    with pytest.raises(OSError, match=r"truncated at record .* on_error=print reading continues"):
        pa.table(hg.Analyzer(database()).batches(data()[:-10]))
    kept: list[hg.CaptureError] = []
    table = pa.table(hg.Analyzer(database()).batches(data()[:-10], on_error=kept.append))
    lost = pa.table(hg.Analyzer(database()).batches(data())).slice(table.num_rows)
    assert lost.column("event").to_pylist() == ["syn", "mtu"]  # of the last packet
    assert len(kept) == 1


def test_closed_streams() -> None:
    analyzer = hg.Analyzer(database())
    for stream in (analyzer.batches(data()), analyzer.analyze_pcap(data())):
        assert isinstance(stream, Results)
        next(stream)
        stream.close()
        stream.close()
        for read in (list, type(stream).__arrow_c_stream__):
            with pytest.raises(hg.HuginnError, match="was already read"):
                read(stream)


def test_subjects() -> None:
    analyzer = hg.Analyzer(database())
    assert (
        repr(analyzer.batches([data(), data()])) == "<Results of capture in memory and 1 more: not read yet>"
    )
    assert repr(analyzer.analyze_packets([])) == "<Results of packets: not read yet>"
    assert "&lt;Results of" in analyzer.batches(data())._repr_html_()


def test_missing_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("huginn_cffi.formats.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match=re.escape(to_add("arrow"))):
        hg.Analyzer(database()).batches(data()).__arrow_c_stream__()


def test_a_frame_is_made_of_events_and_not_of_batches() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    analyzer = hg.Analyzer(database())
    wanted = pa.table(analyzer.batches(data())).to_pydict()
    for stream in (analyzer.batches(data()), analyzer.analyze_pcap(data())):
        frame = pandas.DataFrame(stream)
        assert (list(frame.columns), frame.shape) == (list(wanted), shape())
        for name in ("time_ns", "packet_number", "event", "src_ip", "match_name"):
            assert [None if pandas.isna(one) else one for one in frame[name]] == wanted[name]
        with pytest.raises(hg.HuginnError, match="was already read"):
            pandas.DataFrame(stream)
    assert len(pandas.DataFrame(analyzer.analyze_packets([]))) == 0


def test_a_frame_has_the_same_columns_in_every_library() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    analyzer = hg.Analyzer(database())
    hosts = analyzer.read(data()).hosts
    (batch, *_) = analyzer.batches(data())
    for table in (hosts, batch):
        frame, wanted = pandas.DataFrame(table), pa.table(table)
        assert (list(frame.columns), len(frame)) == (wanted.column_names, wanted.num_rows)
    ips = [None if pandas.isna(ip) else ip for ip in pandas.DataFrame(hosts)["ip"]]
    assert ips == [host.ip for host in hosts]

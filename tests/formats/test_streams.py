"""Results and batches as Arrow streams, taken by who reads such streams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import huginn_cffi as hg
from formats.inputs import SIGNATURES, capture
from huginn_cffi.streams import Batches, Results
from sigcompiler.record import FIELDS

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

DATA = capture()
DATABASE = hg.Database.compile(text=SIGNATURES)
SHAPE = (sum(map(len, hg.Analyzer(DATABASE).batches(DATA))), len(FIELDS))


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
    analyzer = hg.Analyzer(DATABASE)
    for stream in (analyzer.batches(DATA), analyzer.analyze_pcap(DATA)):
        assert "not read yet" in repr(stream)
        assert read(stream) == SHAPE
        assert f"read, {SHAPE[0]} events" in repr(stream)


@pytest.mark.parametrize("read", READERS)
def test_so_is_a_batch(read: Callable[[Any], tuple[int, int]]) -> None:
    batch = next(hg.Analyzer(DATABASE).batches(DATA))
    assert read(batch) == (len(batch), len(FIELDS))


def test_packets_are_a_stream_too() -> None:
    syn = DATA[40 : 40 + 60]
    results = hg.Analyzer(DATABASE).analyze_packets([(7, syn), (8, syn[:10])])
    assert pa.table(results).column("event").to_pylist() == ["syn", "mtu"]


def test_what_was_read_before_is_not_given_again() -> None:
    batches = hg.Analyzer(DATABASE).batches(DATA)
    first = next(batches)
    assert f"{len(first)} events so far" in repr(batches)
    assert pa.table(batches).num_rows == SHAPE[0] - len(first)


@pytest.mark.parametrize("method", ["batches", "analyze_pcap"])
def test_a_stream_that_was_read_says_what_to_do(method: str) -> None:
    stream = getattr(hg.Analyzer(DATABASE), method)(DATA)
    pa.table(stream)
    with pytest.raises(hg.HuginnError, match="was already read; call the analyzer again"):
        pa.table(stream)
    assert list(stream) == []


def test_damage_reaches_the_reader_with_a_remedy() -> None:
    with pytest.raises(OSError, match=r"truncated at record .* on_error=print it goes on"):
        pa.table(hg.Analyzer(DATABASE).batches(DATA[:-10]))
    kept: list[hg.CaptureError] = []
    table = pa.table(hg.Analyzer(DATABASE).batches(DATA[:-10], on_error=kept.append))
    assert (table.num_rows, len(kept)) == (SHAPE[0] - 1, 1)


def test_closed_streams() -> None:
    analyzer = hg.Analyzer(DATABASE)
    for stream in (analyzer.batches(DATA), analyzer.analyze_pcap(DATA)):
        assert isinstance(stream, (Batches, Results))
        next(stream)
        stream.close()
        stream.close()
        assert list(stream) == []
        with pytest.raises(hg.HuginnError, match="was already read"):
            stream.__arrow_c_stream__()


def test_subjects() -> None:
    analyzer = hg.Analyzer(DATABASE)
    assert repr(analyzer.batches([DATA, DATA])) == "<Batches of capture in memory and 1 more: not read yet>"
    assert repr(analyzer.analyze_packets([])) == "<Results of packets: not read yet>"
    assert "&lt;Batches of" in analyzer.batches(DATA)._repr_html_()


def test_missing_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("huginn_cffi.formats.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'huginn-cffi\[arrow\]'"):
        hg.Analyzer(DATABASE).batches(DATA).__arrow_c_stream__()


def test_a_frame_is_made_of_events_and_not_of_batches() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    analyzer = hg.Analyzer(DATABASE)
    wanted = pa.table(analyzer.batches(DATA)).to_pydict()
    for stream in (analyzer.batches(DATA), analyzer.analyze_pcap(DATA)):
        frame = pandas.DataFrame(stream)
        assert (list(frame.columns), frame.shape) == (list(wanted), SHAPE)
        for name in ("time_ns", "packet_number", "event", "src_ip", "match_name"):
            assert [None if pandas.isna(one) else one for one in frame[name]] == wanted[name]
        with pytest.raises(hg.HuginnError, match="was already read"):
            pandas.DataFrame(stream)
    assert len(pandas.DataFrame(analyzer.analyze_packets([]))) == 0

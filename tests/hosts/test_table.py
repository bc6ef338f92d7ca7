"""The table of hosts: in Python, and as the command writes it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.times import rfc3339
from huginn_cffi.cli import main
from huginn_cffi.hosts import host_records
from huginn_cffi.hosts.record import percent
from sigcompiler.schema.hosts import KEYS

SAMPLE = str(Path(__file__).parents[2] / "examples" / "sample.pcap")
PLANT = """classes = unix

[tcp:request]
label = s:unix:-Pump:2.1
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
"""


def test_a_table_has_the_records() -> None:
    expected = host_records(hg.Analyzer().analyze_pcap(SAMPLE))
    table = hg.Analyzer(protocols=["tcp", "http"]).read(SAMPLE).hosts
    assert {one.ip: one.family for one in table} == {one.ip: one.family for one in expected}
    assert (len(table), table.left_out) == (11, 0)
    assert [*table] == [*hg.Analyzer(protocols=["tcp", "http"]).read([SAMPLE], workers=2).hosts]


def test_it_takes_what_analyzers_take() -> None:
    web = hg.FilterConfig(port=hg.PortFilter(dst=22))
    assert {one.ip for one in hg.Analyzer(filter=web).read(SAMPLE).hosts} == {"203.0.113.7", "198.51.100.22"}
    assert {one.family for one in hg.Analyzer(None).read(SAMPLE).hosts} == {None}
    few = hg.Analyzer().read(SAMPLE, max_inventory=2).hosts
    assert (len(few), few.left_out > 0) == (2, True)
    with pytest.raises(hg.CaptureError):
        _ = hg.Analyzer().read("missing.pcap").hosts


def test_a_table_is_an_arrow_stream() -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    table = hg.Analyzer().read(SAMPLE).hosts
    rows = pa.table(table).to_pylist()
    assert [row["ip"] for row in rows] == [one.ip for one in table]
    assert [row["candidates"] for row in rows] == [list(one.candidates) for one in table]
    assert list(rows[0]) == list(table.columns)
    polars = pytest.importorskip("polars", reason="polars is not installed")
    assert polars.DataFrame(table).to_dicts() == rows


def written(tmp_path: Path, format: str, *words: str) -> Path:
    path = tmp_path / f"out.{format}"
    assert main(["hosts", "--format", format, "-o", str(path), *words, SAMPLE]) == 0
    return path


def records(tmp_path: Path, *words: str) -> list[dict[str, Any]]:
    lines = written(tmp_path, "json", *words).read_text(encoding="utf-8").splitlines()
    hosts = [*map(json.loads, lines)][:-1]  # the last line is a summary
    assert {one.pop("event") for one in hosts} <= {"host"}
    return hosts


def test_filters_times_and_databases_are_those_of_pcap(tmp_path: Path) -> None:
    assert [one["ip"] for one in records(tmp_path, "--dst-port", "22")] == ["203.0.113.7", "198.51.100.22"]
    assert len(records(tmp_path, "--since", "2026-01-15T10:00:05Z")) < 11
    (tmp_path / "own.fp").write_text(PLANT, encoding="utf-8")
    assert "-Pump" in {one["family"] for one in records(tmp_path, "--db", str(tmp_path / "own.fp"))}


def test_every_form_says_the_same(tmp_path: Path) -> None:
    expected = records(tmp_path)
    table = written(tmp_path, "csv").read_text(encoding="utf-8")
    rows = [*csv.DictReader(io.StringIO(table))]
    assert [row["ip"] for row in rows] == [one["ip"] or "" for one in expected]
    assert [row["candidates"] for row in rows] == [" | ".join(one["candidates"]) for one in expected]
    assert [float(row["confidence"]) for row in rows] == [one["confidence"] for one in expected]
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra 'arrow' is not installed")
    assert with_texts(parquet.read_table(written(tmp_path, "parquet"))) == expected


def with_texts(table: Any) -> list[dict[str, Any]]:
    """The rows of a table, its times as JSON has them."""
    import pyarrow as pa

    def plain(kind: Any) -> Any:
        if pa.types.is_timestamp(kind):
            return pa.int64()
        if pa.types.is_list(kind):
            return pa.list_(plain(kind.value_type))
        if pa.types.is_struct(kind):
            return pa.struct([(one.name, plain(one.type)) for one in kind])
        return kind

    kinds = pa.schema([(field.name, plain(field.type)) for field in table.schema])
    rows: list[dict[str, Any]] = table.cast(kinds).to_pylist()
    times = [one.name for one in KEYS if one.kind == "time"]
    for row in rows:
        for one in (row, *row["evidence"], *row["changes"], *row["peers"]):
            for name in one.keys() & {*times, "time"}:
                one[name] = None if one[name] is None else rfc3339(one[name])
    return rows


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    (tmp_path / "own.fp").write_text(PLANT, encoding="utf-8")
    table = written(tmp_path, "csv", "--db", str(tmp_path / "own.fp")).read_text(encoding="utf-8")
    assert ",'-Pump," in table


def test_from_a_pipe_to_a_pipe_without_pyarrow() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from huginn_cffi.cli import main\n"
        "sys.exit(main(['hosts', '--format', sys.argv[1], '-']))"
    )
    data = Path(SAMPLE).read_bytes()
    done = subprocess.run([sys.executable, "-c", code, "csv"], input=data, capture_output=True, check=True)
    assert done.stdout.count(b"\n") == 13
    done = subprocess.run(
        [sys.executable, "-c", code, "parquet"], input=data, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"[arrow]'" in done.stderr


def test_an_output_that_is_an_input_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.pcap"
    path.write_bytes(Path(SAMPLE).read_bytes())
    assert main(["hosts", str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == Path(SAMPLE).read_bytes()


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, 0), (0.001, 1), (0.494, 49), (0.5, 50), (0.985, 99), (0.984, 98), (0.999, 99), (1, 100)],
)
def test_percentages_are_the_nearest_but_none_looks_certain(share: float, shown: int) -> None:
    assert percent(share) == shown

"""Each format, read back by who reads it in earnest: equal rows, equal values."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sigcompiler.diagnostics import visible
from sigcompiler.schema.rows import CHANGES, DEVICES, EVE_OBJECT, FIELDS, FREE_TEXTS, SSH
from tests.formats.inputs import Row, rows_of_json

COLUMNS = [field.column for field in FIELDS]
TEXTS = (
    "pclass",
    "http_version",
    "client_flavor",
    "client_id",
    "device_model",
    "parameters",
    "dhcp_options",
    "program_version",
    "not_before",
    "not_after",
)
"""Those that readers of CSV take for numbers or dates."""
BOOLS = [field.column for field in FIELDS if field.type == "bool"]


def of_arrow(table: Any) -> list[Row]:
    """Rows of a pyarrow table."""
    pa = pytest.importorskip("pyarrow")
    assert table.column_names == COLUMNS
    time = table.column("time_ns").cast(pa.int64())
    return list(table.set_column(0, "time_ns", time).to_pylist())


def by_duckdb(query: str) -> list[Row]:
    """Rows of a query in DuckDB; its own values, but for the time, which Python cannot hold."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    found = connection.execute(f"SELECT * REPLACE (epoch_ns(time_ns) AS time_ns) FROM {query}")
    assert [column[0] for column in found.description] == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in found.fetchall()]


def of_pandas(frame: Any) -> list[Row]:
    """Rows of a data frame of pandas."""
    assert list(frame.columns) == COLUMNS
    times = frame["time_ns"].astype("int64").tolist()
    columns = {name: frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in COLUMNS}
    return [
        dict(zip(COLUMNS, row, strict=True))
        for row in zip(*{**columns, "time_ns": times}.values(), strict=True)
    ]


def of_polars(frame: Any) -> list[Row]:
    """Rows of a data frame of polars."""
    pl = pytest.importorskip("polars")
    assert frame.columns == COLUMNS
    return list(frame.with_columns(pl.col("time_ns").dt.epoch("ns")).to_dicts())


def read_pyarrow_parquet(path: Path) -> list[Row]:
    parquet = pytest.importorskip("pyarrow.parquet")
    return of_arrow(parquet.read_table(path))


def read_pandas_parquet(path: Path) -> list[Row]:
    return of_pandas(pytest.importorskip("pandas").read_parquet(path))


def read_polars_parquet(path: Path) -> list[Row]:
    return of_polars(pytest.importorskip("polars").read_parquet(path))


READERS: list[tuple[str, Callable[[Path], list[Row]]]] = [
    ("parquet", read_pyarrow_parquet),
    ("parquet", read_pandas_parquet),
    ("parquet", read_polars_parquet),
    ("parquet", lambda path: by_duckdb(f"'{path}'")),
]


@pytest.mark.parametrize(("format", "read"), READERS)
def test_columns_hold_what_json_says(
    format: str, read: Callable[[Path], list[Row]], outputs: dict[str, Path], expected: list[Row]
) -> None:
    assert read(outputs[format]) == expected


def as_csv(rows: list[Row]) -> list[Row]:
    """What CSV can tell: no empty text from none, nothing that does not print, and no formula."""
    return [{name: _as_csv(name, value) for name, value in row.items()} for row in rows]


def _as_csv(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    formula = name in FREE_TEXTS and value.lstrip("'")[:1] in {*"=+-@\t\r"}
    return f"'{visible(value)}" if formula else visible(value) or None


def none_for_empty(rows: list[Row]) -> list[Row]:
    """Readers of CSV differ in what they make of an empty cell."""
    return [{name: None if value == "" else value for name, value in row.items()} for row in rows]


def test_duckdb_reads_csv(outputs: dict[str, Path], expected: list[Row]) -> None:
    types = dict.fromkeys(TEXTS, "VARCHAR")
    found = by_duckdb(f"read_csv('{outputs['csv']}', sample_size = -1, types = {types})")
    assert none_for_empty(found) == as_csv(expected)


def test_pandas_reads_csv(outputs: dict[str, Path], expected: list[Row]) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    types = dict.fromkeys(BOOLS, "boolean") | dict.fromkeys(TEXTS, "object")
    frame = pandas.read_csv(outputs["csv"], dtype=types, parse_dates=["time_ns"], low_memory=False)
    assert none_for_empty(of_pandas(frame)) == as_csv(expected)


def test_polars_reads_csv(outputs: dict[str, Path], expected: list[Row]) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    types = dict.fromkeys(BOOLS, pl.Boolean) | dict.fromkeys(TEXTS, pl.String)
    frame = pl.read_csv(outputs["csv"], infer_schema_length=None, schema_overrides=types)
    times = frame["time_ns"].str.to_datetime("%Y-%m-%d %H:%M:%S%.9fZ", time_unit="ns")
    found = of_polars(frame.with_columns(times))
    assert none_for_empty(found) == as_csv(expected)


@pytest.mark.parametrize("format", ["eve", "ecs"])
def test_forms_of_json_say_the_same(format: str, outputs: dict[str, Path], expected: list[Row]) -> None:
    assert rows_of_json(outputs[format].read_bytes().splitlines(), format) == expected


def test_duckdb_reads_json(outputs: dict[str, Path], expected: list[Row]) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    names = ("packet_number", "event", "src_ip", "mss", "match_name")
    fields = "packet_number, event, src_ip, mss, match.name"
    query = f"SELECT {fields} FROM read_json('{outputs['json']}', sample_size = -1)"
    found = duckdb.connect().execute(query).fetchall()
    assert found == [tuple(row[name] for name in names) for row in expected]


JQ = {
    "json": "[.packet_number, .event, .src_ip, .community_id, .mss, .match.name, .match.line]",
    "eve": f"[.pcap_cnt, (.{EVE_OBJECT} | .event), .src_ip, .community_id, "
    f"(.{EVE_OBJECT} | .mss, .match.name, .match.line)]",
    "ecs": "[.event.sequence, .huginn.event, .source.ip, .network.community_id, "
    "(.huginn | .mss, .match.name, .match.line)]",
}


@pytest.mark.parametrize("format", JQ)
def test_jq_reads_it(format: str, outputs: dict[str, Path], expected: list[Row]) -> None:
    program = shutil.which("jq")
    if program is None:
        pytest.skip("jq is not installed")
    done = subprocess.run([program, "-c", JQ[format], str(outputs[format])], capture_output=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    names = ("packet_number", "event", "src_ip", "community_id", "mss", "match_name", "match_line")
    assert found == [[row[name] for name in names] for row in expected]


def test_text_and_log_have_as_many_records(outputs: dict[str, Path], expected: list[Row]) -> None:
    assert outputs["text"].read_bytes().count(b"\n\n") == len(expected)
    left_out = {*("tls_client", "tls_server", "segments", "finding"), *DEVICES, *SSH}
    left_out |= {"greeting", "certificate", "login", "proxied"}
    logged = [row for row in expected if row["event"] not in {*left_out, *CHANGES}]
    log = outputs["p0f"].read_bytes().splitlines()
    changes = [line for line in log if b"mod=host change|" in line or b"mod=ip sharing|" in line]
    assert len(log) - len(changes) == len(logged) < len(expected)
    assert len(changes) > sum(row["event"] in CHANGES for row in expected), "p0f reports more"

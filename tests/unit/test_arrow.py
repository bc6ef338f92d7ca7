"""Batches as Arrow tables."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, Batch, Database
from huginn_cffi.base.installation import to_add
from sigcompiler.schema.rows import FIELDS
from tests.support import samples
from tests.support.captures import pcap

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

ROOT = Path(__file__).parents[2]


def test_values(database: Database) -> None:
    (batch,) = Analyzer(database).batches(pcap(samples.conversation()))
    rows = batch.to_arrow().to_pylist()
    assert [row["event"] for row in rows] == ["syn", "mtu", "syn_ack", "mtu", "client_uptime"]
    assert [row["match_name"] for row in rows] == ["Linux", None, "Server", None, None]
    assert [row["match_flavor"] for row in rows] == ["3.11 and newer", None, "", None, None]
    assert [row["link"] for row in rows] == [None, "Ethernet or modem", None, "Ethernet or modem", None]
    assert rows[0]["signature"] == str(next(batch.results()).syn.signature)
    assert rows[1]["signature"] is None
    assert rows[0]["src_ip"] == "192.0.2.1"
    assert rows[0]["time_ns"] == datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.timezone.utc)
    assert rows[4]["raw_frequency_hz"] == pytest.approx(1000.0)


def test_columns_are_those_of_the_batch_with_nulls_where_an_event_has_no_value(database: Database) -> None:
    (batch,) = Analyzer(database).batches(samples.capture(50))
    table = batch.to_arrow()
    assert table.num_rows == len(batch) == 100
    assert table.column_names == [field.column for field in FIELDS]
    assert table.column("packet_number").to_pylist() == batch["packet_number"].tolist()
    for name in ("ittl", "distance", "mss", "wscale"):
        assert table.column(name).to_pylist()[::2] == batch[name].tolist()[::2]
        assert table.column(name).to_pylist()[1::2] == [None] * 50
    assert table.column("mtu").to_pylist() == [None, 1500] * 50


def test_without_a_database_there_are_no_labels() -> None:
    (batch,) = Analyzer(None).batches(samples.capture(1))
    row = batch.to_arrow().to_pylist()[0]
    assert {row[name] for name in row if name.startswith(("match_", "link", "database"))} == {None}


def test_an_empty_batch(database: Database) -> None:
    assert Batch(16, database).to_arrow().num_rows == 0


def test_the_table_outlives_the_batch(database: Database) -> None:
    (batch,) = Analyzer(database).batches(samples.capture(50))
    expected = batch["packet_number"].tolist()
    table = batch.to_arrow()
    del batch
    list(Analyzer(database).batches(samples.capture(50)))
    assert table.column("packet_number").to_pylist() == expected


def test_tables_import_no_pandas() -> None:
    """Where it is installed, `pyarrow.array` does, which takes longer than all else."""
    code = (
        "import sys; from huginn_cffi import Analyzer\n"
        "for batch in Analyzer().batches('examples/sample.pcap'): batch.to_arrow()\n"
        "print('pyarrow' in sys.modules, 'pandas' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "True False\n"


def test_missing_pyarrow_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import huginn_cffi as hg\n"
        "try: hg.Batch(16, None).to_arrow()\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == f"tables need pyarrow; install it with: {to_add('arrow')}\n"

"""Batches as Arrow tables."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest

from huginn_cffi import Analyzer, Database
from tests.support.captures import pcap
from tests.unit import samples

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")


def test_values(database: Database) -> None:
    (batch,) = Analyzer(database).batches(pcap(samples.conversation()))
    rows = batch.to_arrow().to_pylist()
    assert [row["event"] for row in rows] == ["syn", "mtu", "syn_ack", "mtu", "client_uptime"]
    assert [row["name"] for row in rows] == ["Linux", None, "Server", None, None]
    assert [row["flavor"] for row in rows] == ["3.11 and newer", None, "", None, None]
    assert [row["link_name"] for row in rows] == [None, "Ethernet or modem", None, "Ethernet or modem", None]
    assert rows[0]["signature"] is not None
    assert rows[1]["signature"] is None
    assert rows[0]["src_ip"][:4] == bytes((192, 0, 2, 1))
    assert rows[0]["time_ns"] == datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.timezone.utc)
    assert rows[4]["raw_frequency_hz"] == pytest.approx(1000.0)


def test_all_columns_are_there_and_equal(database: Database) -> None:
    (batch,) = Analyzer(database).batches(samples.capture(50))
    table = batch.to_arrow()
    assert table.num_rows == len(batch) == 100
    assert table.column_names[: len(batch.columns)] == list(batch.columns)
    for name in ("packet_number", "ittl", "distance", "quirks", "raw_frequency_hz"):
        assert table.column(name).to_pylist() == batch[name].tolist()


def test_without_a_database_there_are_no_labels() -> None:
    (batch,) = Analyzer(None).batches(samples.capture(1))
    assert "name" not in batch.to_arrow().column_names


def test_the_table_outlives_the_batch(database: Database) -> None:
    (batch,) = Analyzer(database).batches(samples.capture(50))
    expected = batch["packet_number"].tolist()
    table = batch.to_arrow()
    del batch
    list(Analyzer(database).batches(samples.capture(50)))
    assert table.column("packet_number").to_pylist() == expected


def test_missing_pyarrow_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import huginn_cffi as hg\n"
        "try: hg.Batch(16, None).to_arrow()\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "to_arrow() needs pyarrow; install it with: pip install 'huginn-cffi[arrow]'\n"

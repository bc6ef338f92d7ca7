"""All formats of one capture, written once by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_cffi.formats.forms import FORMATS
from tests.formats.inputs import EVENTS, Row, rows_of_json, run, write_inputs


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A capture and a database."""
    return write_inputs(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory, inputs: tuple[str, str]) -> dict[str, Path]:
    """A file of each format."""
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    folder = tmp_path_factory.mktemp("outputs")
    paths = {name: folder / f"out{form.suffix}.{name}" for name, form in FORMATS.items()}
    for name, path in paths.items():
        assert run(name, *inputs, path) == 0
    return paths


@pytest.fixture(scope="session")
def expected(outputs: dict[str, Path], inputs: tuple[str, str]) -> list[Row]:
    """The records as the lines of JSON have them, and the capture that these do not name."""
    rows = rows_of_json(outputs["json"].read_bytes().splitlines(), "json")
    rows = [{**row, "capture": inputs[0]} for row in rows]
    assert len(rows) >= EVENTS
    assert {row["event"] for row in rows} >= {"syn", "syn_ack", "mtu", "client_uptime"}
    return rows

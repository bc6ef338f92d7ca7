"""The notebook in ``examples/`` runs, and shows what it promises."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "examples" / "captures.ipynb"
PATIENCE_S = 300


def shown(cell: Any) -> str:
    """All outputs of a cell, HTML where there is some."""
    words = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        words.append(output.get("text") or data.get("text/html") or data.get("text/plain") or "")
    return "".join("".join(word) for word in words)


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    """The cells of the notebook after a run of all of them."""
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=PATIENCE_S,
        startup_timeout=PATIENCE_S,
        resources={"metadata": {"path": NOTEBOOK.parent}},
    )
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), before)))
    try:
        client.execute()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_cell_shows_something(cells: list[Any]) -> None:
    assert [shown(cell) for cell in cells if not shown(cell)] == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Database of "),
        (1, "<td>192.0.2.10:50123</td>"),
        (2, "<th>outcome</th>"),
        (3, "(39, "),
        (4, "'system': 'Windows'"),
        (5, "('192.0.2.10', 'Windows', '10, 11, 2019, 2022 or 2025', "),
        (6, "192.0.2.10 Windows<div style="),
        (7, "'client_name': 'Chromium or OkHttp'"),
        (8, "'src_ip': '192.0.2.21'"),
        (9, "<td>packets</td><td>34</td>"),
        (10, "missing.pcap: No such file or directory"),
    ],
)
def test_what_cells_show(cells: list[Any], number: int, words: str) -> None:
    assert words in shown(cells[number])


def test_it_is_kept_without_outputs() -> None:
    kept = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert [cell["id"] for cell in kept if cell.get("outputs") or cell.get("execution_count")] == []

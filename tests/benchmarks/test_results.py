"""Results as objects and as text, single packets, the import."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, Database
from tests.benchmarks.conftest import Clock
from tools.bench import traffic
from tools.bench.inputs import DISTINCT, Inputs
from tools.bench.signatures import tcp_signatures
from tools.bench.subjects import columns, command_line, fingerprints, five_parts, named, parquet, python


@pytest.mark.parametrize("job", [five_parts, named])
def test_results(clock: Clock, inputs: Inputs, packets: int, small_database: Database, job: object) -> None:
    assert callable(job)
    few = min(packets, 100_000)
    analyzer, path = Analyzer(small_database), str(inputs.syns(few).path)
    assert clock(lambda: job(analyzer, path), few) == few


@pytest.mark.parametrize("form", ["text", "json", "p0f"])
def test_command_line(clock: Clock, inputs: Inputs, packets: int, folder: Path, form: str) -> None:
    capture, output = inputs.syns(packets), folder / f"results.{form}"
    clock(lambda: command_line(capture.path, inputs.small_database, form, output), packets)
    text = output.read_text(encoding="utf-8")
    if form == "json":
        kinds = Counter(json.loads(line)["event"] for line in text.splitlines())
    else:
        kinds = Counter({"syn": text.count("[TCP SYN]" if form == "text" else "] mod=syn|")})
    assert kinds["syn"] == packets


def test_parquet(clock: Clock, inputs: Inputs, packets: int, small_database: Database) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    capture = inputs.mixed(min(packets, 100_000))
    analyzer, path = Analyzer(small_database), str(capture.path)
    assert clock(lambda: parquet(analyzer, path), capture.packets) == columns(analyzer, path)


def test_fingerprint(clock: Clock, inputs: Inputs, small_database: Database) -> None:
    signatures = tcp_signatures(paths=[str(inputs.small_database)])
    syns = [frame[14:] for frame in traffic.syns(signatures, 500, distinct=DISTINCT, seed=1)]
    assert clock(lambda: fingerprints(syns, small_database), len(syns)) == len(syns) == 500


def test_import(clock: Clock) -> None:
    """The import brings neither the grammar's parser nor the command line."""
    code = (
        "import sys, huginn_cffi; huginn_cffi.Database.load_default();"
        "print([name for name in ('lark', 'click', 'numpy') if name in sys.modules])"
    )
    assert clock(lambda: python(code), 1) == "[]\n"

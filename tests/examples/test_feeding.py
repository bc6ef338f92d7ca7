"""Splunk, Loki by Vector, ClickHouse: settings of the examples, tried with what the registries have."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.support.core import ROOT
from tests.support.in_process import run_in_process_as_text
from tests.support.schemas import whole_schema_of

EXAMPLES = ROOT / "examples"
SCHEMA = whole_schema_of("record.schema.json")


@pytest.fixture(scope="module")
def lines() -> list[str]:
    done = run_in_process_as_text("pcap", "--format", "json", EXAMPLES / "sample.pcap")
    return done.stdout.splitlines()


def settings(name: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string((EXAMPLES / "splunk" / name).read_text(encoding="utf-8"))
    return found


def test_splunk_finds_events_times_and_fields(lines: list[str]) -> None:
    """Splunk is in no registry: its rules for time are applied by hand (%9N: nine digits of a second)."""
    [(place, inputs)] = [(name, one) for name, one in settings("inputs.conf").items() if name != "DEFAULT"]
    props = settings("props.conf")[inputs["sourcetype"]]
    assert place == "monitor:///var/log/huginn/*.jsonl"
    assert re.split(props["LINE_BREAKER"], "\r\n".join(lines))[::2] == lines
    for line in lines:
        assert len(line) < int(props["TRUNCATE"])
        assert json.loads(line)["time"][-1] == props["TIME_FORMAT"][-1] == "Z"
        time = line[re.search(props["TIME_PREFIX"], line).end() :][: int(props["MAX_TIMESTAMP_LOOKAHEAD"])]  # type: ignore[union-attr]
        form, fraction = props["TIME_FORMAT"].replace("%9N", "%f"), re.search(r"\.(\d+)Z", time)
        assert fraction is not None
        assert len(fraction[1]) == 9
        datetime.strptime(time[:-4] + "Z", form)  # %f takes six digits
    names = props["FIELDALIAS-huginn"].split()
    written = {name for one in SCHEMA["oneOf"] for name in one["properties"]}
    assert {*names[::3]} <= written
    assert {*names[1::3]} == {"AS"}


def vector() -> dict[str, Any]:
    tomllib = pytest.importorskip("tomllib", reason="Python before 3.11 has no reader of TOML")
    found: dict[str, Any] = tomllib.loads((EXAMPLES / "vector" / "loki.toml").read_text(encoding="utf-8"))
    return found


def test_vector_sends_each_record_to_loki(lines: list[str]) -> None:
    made = vector()
    [source], [transform], [sink] = (made[one] for one in ("sources", "transforms", "sinks"))
    assert made["transforms"][transform]["inputs"] == [source]
    assert made["sinks"][sink]["inputs"] == [transform]
    [label] = re.findall(r"{{ (\w+) }}", made["sinks"][sink]["labels"]["event"])
    assert all(label in json.loads(line) for line in lines)


def moment(time: str) -> tuple[str, str]:
    """Date with seconds, and their fraction without zeros at its end."""
    seconds, _, fraction = time.removesuffix("Z").partition(".")
    return seconds, fraction.rstrip("0")


JAVASCRIPT = """
const vrl = require('@bpinternal/verel');
const [program, lines] = JSON.parse(require('fs').readFileSync(0));
const errors = vrl.check(program).errors.map(vrl.formatDiagnostic);
console.log(JSON.stringify([errors, lines.map(message => vrl.execute(program, {message}).event)]));
"""


def test_vector_s_language_reads_each_line(lines: list[str]) -> None:
    """VRL itself, compiled to WebAssembly (npm: @bpinternal/verel, found by NODE_PATH)."""
    node = shutil.which("node")
    if node is None or not any(
        Path(folder, "@bpinternal", "verel").exists()
        for folder in os.environ.get("NODE_PATH", "").split(os.pathsep)
        if folder
    ):
        pytest.skip("node or @bpinternal/verel is not installed")
    [transform] = vector()["transforms"].values()
    given = json.dumps([transform["source"], lines])
    done = subprocess.run([node, "-e", JAVASCRIPT], input=given, capture_output=True, text=True, check=True)
    errors, events = json.loads(done.stdout)
    assert errors == []
    for event, line in zip(events, lines, strict=True):
        assert moment(event.pop("timestamp")) == moment(event["time"])
        assert event == json.loads(line, parse_float=lambda digits: pytest.approx(float(digits)))


def test_clickhouse_takes_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ClickHouse itself, as a library (chdb)."""
    chdb = pytest.importorskip("chdb.session", reason="chdb is not installed")
    done = run_in_process_as_text(
        "pcap", "--format", "parquet", "-o", tmp_path / "events.parquet", EXAMPLES / "sample.pcap"
    )
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(tmp_path)
    queries = (EXAMPLES / "clickhouse" / "events.sql").read_text(encoding="utf-8").split(";")
    with chdb.Session(str(tmp_path / "store")) as session:
        answers = [str(session.query(query, "CSV")) for query in queries if query.strip()]
        rows = str(session.query("SELECT count(), min(time_ns) FROM events", "CSV"))
    assert answers[-1].splitlines() == [
        '"Linux",2',
        '"Android or Linux",1',
        '"NMap",1',
        '"Windows",1',
        '"macOS or iOS",1',
    ]
    assert rows == '39,"2026-01-15 10:00:00.000000000"\n'


def test_the_table_for_clickhouse_has_columns_that_are_written() -> None:
    table = (EXAMPLES / "clickhouse" / "events.sql").read_text(encoding="utf-8")
    body = re.search(r"\n\((.*?)\n\)\n", table, re.DOTALL)
    assert body is not None
    columns = re.findall(r"^    (\w+) ", body[1], re.MULTILINE)
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra arrow)")
    with hg.Analyzer() as analyzer:
        [batch] = analyzer.batches(EXAMPLES / "sample.pcap")
        assert {*columns} <= {*batch.to_arrow().column_names}

"""One name for one value: in attributes of results, keys of JSON, columns of Arrow and of SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.base.times import rfc3339
from huginn_cffi.run.results import ANNOUNCEMENTS, PARTS, ChangeObservation, FindingObservation
from sigcompiler.schema.rows import EVENTS, FIELDS, RecordField

EXAMPLES = Path(__file__).parents[2] / "examples"
CHANGES = dict.fromkeys(("host_change", "ip_sharing"), ChangeObservation)
CLASSES: dict[str, type] = {
    **{EVENTS[event]: kind for event, (_, kind) in PARTS.items()},
    **{EVENTS[event]: kind for event, kind in ANNOUNCEMENTS.items()},
    **CHANGES,
    "finding": FindingObservation,
}
MATCHES = {"match": hg.OsMatch, "client": hg.ClientMatch, "server": hg.ClientMatch}
IN_RECORDS = [field for field in FIELDS if field.json]


@pytest.mark.parametrize("field", IN_RECORDS, ids=lambda field: field.column)
def test_a_field_has_one_name(field: RecordField) -> None:
    """A column is the path in JSON with underscores; `time`, a text there, is in ns in a column."""
    assert field.column == {"time": "time_ns"}.get(field.json, field.json.replace(".", "_"))
    for event in field.events:
        name, _, inner = field.json.partition(".")
        assert hasattr(CLASSES[event], name), event
        assert not inner or hasattr(MATCHES[name], inner)


def plain(value: Any) -> Any:
    """A value of Python as JSON has it."""
    if isinstance(value, datetime):
        return rfc3339(int(value.timestamp()) * 10**9 + value.microsecond * 1000)
    return list(value) if isinstance(value, tuple) else value


def compare(part: Any, record: Mapping[str, Any]) -> None:
    for name, value in record.items():
        if name in MATCHES and value is not None:
            compare(getattr(part, name), value)
        elif name == "time":
            assert plain(part.time)[:26] == value[:26]
            assert rfc3339(part.time_ns) == value
        elif isinstance(value, float):
            assert getattr(part, name) == pytest.approx(value, abs=0.006), name
        elif name == "file":
            assert Path(part.file).name == value
        elif name != "schema_version":
            assert plain(getattr(part, name)) == value, name


def test_attributes_equal_json() -> None:
    options: dict[str, Any] = dict.fromkeys(
        ("findings", "changes", "segments", "host_names", "http_paths", "device_news"), True
    )
    analyzer, seen = hg.Analyzer(protocols=PROTOCOLS, http="all", **options), set[str]()
    for path in sorted(EXAMPLES.glob("*.pcap")):
        for result in analyzer.read(path):
            for part in result.parts:
                compare(part, part.as_dict())
                seen.add(part.event)
    assert len(seen) > 15


def test_earlier_names_of_values() -> None:
    for result in hg.read(EXAMPLES / "sample.pcap"):
        if result.syn:
            assert result.syn.signature.ittl == result.syn.ittl
            assert str(result.syn.signature) == result.syn.as_dict()["signature"]
        if result.mtu:
            assert result.mtu.observed.mtu == result.mtu.mtu


def test_nobody_makes_a_result() -> None:
    with pytest.raises(TypeError, match=r"for tests make them from frames: hg\.read"):
        hg.AnalysisResult()

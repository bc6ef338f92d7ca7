"""One name for one value: in attributes of results, keys of JSON, columns of Arrow and of SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.base.times import rfc3339
from huginn_cffi.run.results import ANNOUNCEMENTS, PARTS, ChangeObservation, FindingObservation
from sigcompiler.schema.rows import EVENTS, FIELDS
from tests.formats import inputs
from tests.support.devices import calls, made, neighbor, snmp
from tests.support.golden import page

EXAMPLES = Path(__file__).parents[2] / "examples"
CHANGES = dict.fromkeys(("host_change", "ip_sharing"), ChangeObservation)
CLASSES: dict[str, type] = {
    **{EVENTS[event]: kind for event, (_, kind) in PARTS.items()},
    **{EVENTS[event]: kind for event, kind in ANNOUNCEMENTS.items()},
    **CHANGES,
    "finding": FindingObservation,
}
MATCHES = ("match", "client", "server")
IN_RECORDS = [field for field in FIELDS if field.json]
RARE = ["after", "before", "claimed_role", "downgrade", "signature_agent"]
"""Columns without a value in these captures; all columns have their name."""


def test_a_field_has_one_name() -> None:
    """A column is the path in JSON with underscores; `time`, a text there, is in ns in a column."""
    for field in IN_RECORDS:
        assert field.column == {"time": "time_ns"}.get(field.json, field.json.replace(".", "_"))
        name, _, inner = field.json.partition(".")
        for event in field.events:
            assert hasattr(CLASSES[event], name), (event, name)
        assert not inner or hasattr(hg.Match, inner), inner


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


OPTIONS: dict[str, Any] = dict.fromkeys(
    ("findings", "changes", "segments", "host_names", "http_paths", "http_values", "device_news"), True
)
GOLDEN = [page(path) for path in sorted((EXAMPLES.parent / "tests" / "golden").glob("*.md"))]


def captures() -> Iterator[str | bytes]:
    """Captures with events of all kinds."""
    yield from map(str, sorted(EXAMPLES.glob("*.pcap")))
    yield from (case.capture() for one in GOLDEN for case in one.cases)
    yield inputs.capture()
    seldom = (
        calls.asked("command-u011.amcrestcloud.com"),
        snmp.sent(snmp.system(b"Linux 5")),
        neighbor.solicit(),
    )
    yield made.capture(seldom)


def inner(record: Mapping[str, Any], path: str) -> Any:
    """The value at a path of a record; None without one."""
    name, _, rest = path.partition(".")
    value = record.get(name)
    return inner(value, rest) if rest and value is not None else value


def cells(value: Any) -> list[Any]:
    """A value of JSON as tables have it: a list is a text."""
    if isinstance(value, list):
        return [between.join(map(str, value)) for between in (",", " | ")]
    return [pytest.approx(value, abs=0.006) if isinstance(value, float) else value]


def test_each_field_of_all_events_has_one_name_and_value() -> None:
    """The attribute, the key of JSON, the column of Arrow, which is that of SQL too."""
    database = hg.Database.compile(text=inputs.SIGNATURES, with_default=True)
    analyzer, seen = hg.Analyzer(database, protocols=PROTOCOLS, http="all", **OPTIONS), set[str]()
    named = set[str]()
    for capture in captures():
        for batch in analyzer.batches(capture):
            lines, parts, table = batch.render("json").splitlines(), [*batch], batch.to_arrow()
            columns = {one.column: table[one.column].to_pylist() for one in IN_RECORDS if one.json != "time"}
            assert [one.as_dict() for one in parts] == [*map(json.loads, lines)]
            assert table["time_ns"].cast("int64").to_pylist() == [one.time_ns for one in parts]
            for at, part in enumerate(parts):
                record = part.as_dict()
                compare(part, record)
                seen.add(part.event)
                for field in IN_RECORDS:
                    if field.json != "time" and (value := inner(record, field.json)) is not None:
                        assert columns[field.column][at] in cells(value), field.column
                        named.add(field.column)
    assert sorted({*EVENTS} - seen) == []
    assert sorted({one.column for one in IN_RECORDS if one.json != "time"} - named) == RARE


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

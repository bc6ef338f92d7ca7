"""The description of the record's fields: the files that are made of it, and that records follow it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from render.rows import check_lines

from formats.inputs import rows_of_json
from huginn_cffi.formats import FORMATS
from huginn_cffi.formats.json_schema import JsonFormat
from huginn_cffi.formats.manual import PAGE, SCHEMAS, manual_page, schema_text
from sigcompiler.record import ECS_MORE, EVE_MORE, EVENTS, FIELDS, JSON_VERSION_KEY

FORMS: list[JsonFormat] = ["json", "eve", "ecs"]
REMEDY = "make it anew: python -m huginn_cffi.formats.manual"


def test_the_page_of_the_manual_is_the_one_that_is_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual_page(), REMEDY


@pytest.mark.parametrize("format", FORMS)
def test_schemas_are_those_that_are_made(format: JsonFormat) -> None:
    assert SCHEMAS[format].read_text(encoding="utf-8") == schema_text(format), REMEDY


@pytest.mark.parametrize("format", FORMS)
def test_every_line_is_what_its_schema_says(format: JsonFormat, outputs: dict[str, Path]) -> None:
    lines = outputs[format].read_bytes().splitlines(keepends=True)
    check_lines(b"".join([*lines[:3000], *lines[-100:]]), format)


def test_a_schema_sees_what_is_wrong(outputs: dict[str, Path]) -> None:
    record = json.loads(outputs["json"].read_bytes().splitlines()[0])
    for wrong in ({"time": "now"}, {"ttl": 256}, {"unknown": 1}, {"match": {}}, {"event": "mtu"}):
        with pytest.raises(AssertionError):
            check_lines(json.dumps({**record, **wrong}).encode(), "json")
    del record["database"]
    with pytest.raises(AssertionError):
        check_lines(json.dumps(record).encode(), "json")


def paths(record: dict[str, Any], above: str = "") -> Iterator[str]:
    """The places of all values that are no objects."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from paths(value, f"{above}{key}.")
        else:
            yield above + key


@pytest.mark.parametrize("format", FORMS)
def test_records_have_no_key_that_is_not_described(format: JsonFormat, outputs: dict[str, Path]) -> None:
    described = {getattr(field, format) for field in FIELDS}
    described |= {more.path for more in {"json": (), "eve": EVE_MORE, "ecs": ECS_MORE}[format]}
    found = set()
    for line in outputs[format].read_bytes().splitlines():
        found |= set(paths(json.loads(line)))
    own = {"json": "", "eve": "fingerprint.", "ecs": "huginn."}[format]
    assert found - described == {own + JSON_VERSION_KEY, own + "match"}, "match is null where none fits"
    unseen = {path for path in described - found if not path.endswith(("in_iface", "interface.name"))}
    assert unseen <= {"host.os.type"}, "described, but in no record"


OBJECTS = {"json": "", "eve": "fingerprint.", "ecs": "huginn."}


@pytest.mark.parametrize("format", FORMS)
def test_keys_stand_in_the_order_of_the_description(format: JsonFormat, outputs: dict[str, Path]) -> None:
    own = OBJECTS[format]
    seen = set()
    for line in outputs[format].read_bytes().splitlines():
        record = json.loads(line)
        values = record[own.removesuffix(".")] if own else record
        event = values["event"]
        if values.get("match", 0) is None or event in seen:
            continue
        seen.add(event)
        places = [getattr(field, format) for field in FIELDS if event in field.events]
        expected = [place for place in places if place.startswith(own)]
        assert list(paths(values, own)) == [*expected, own + JSON_VERSION_KEY]
    assert seen >= set(EVENTS) - {"server_uptime"}, "which is in no capture here"


def test_every_record_tells_its_cause(outputs: dict[str, Path]) -> None:
    for row in rows_of_json(outputs["json"].read_bytes().splitlines(), "json"):
        assert row["time_ns"] > 0
        assert row["packet_number"] > 0
        assert row["community_id"].startswith("1:")
        assert len(row["database"]) == 64
        assert (row["match_name"] is None) == (row["match_file"] is None) == (row["match_line"] is None)
        assert (row["link"] is None) == (row["link_file"] is None) == (row["link_line"] is None)


def test_names_are_unique_in_each_format() -> None:
    for name in ("column", *FORMS):
        found = [getattr(field, name) for field in FIELDS]
        assert len(set(found)) == len(found)


def test_formats_have_suffixes_and_words() -> None:
    assert list(FORMATS) == ["text", "json", "p0f", "eve", "ecs", "csv", "parquet", "arrow"]
    assert all(form.suffix.startswith(".") and form.summary for form in FORMATS.values())

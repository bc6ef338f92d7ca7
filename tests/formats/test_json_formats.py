"""Records of JSON, EVE and ECS: the same keys, with the same values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.base.names import QUIET_PROTOCOLS
from sigcompiler.schema.rows import EVENTS, FIELDS, SCHEMA_VERSION
from tests.formats.inputs import opened
from tests.support.core import ROOT

Record = dict[str, Any]

ENDS = ("packet_number", "src_ip", "src_port", "dst_ip", "dst_port", "community_id")
ELSEWHERE = {"eve": ("fingerprint", ENDS), "ecs": ("huginn", ("time", *ENDS))}
"""The object for what a format has no name for, and what has one."""


def records(outputs: dict[str, Path], format: str) -> list[Record]:
    return [json.loads(line) for line in outputs[format].read_bytes().splitlines()]


def test_the_manual_has_the_version() -> None:
    page = (ROOT / "docs" / "reference" / "events.md").read_text(encoding="utf-8")
    assert f"`schema_version`, which is {SCHEMA_VERSION};" in page


def of(found: list[Record], event: str) -> Iterator[Record]:
    return (record for record in found if record["event"] == event)


def test_keys_of_json(outputs: dict[str, Path]) -> None:
    found = records(outputs, "json")
    optional = {one.json for one in FIELDS if one.source == "row" and not one.always}
    for record in found:
        assert not [key for key in optional if key in record and record[key] is None]
        assert record["schema_version"] == SCHEMA_VERSION
        if record["event"] != "http_response":
            assert "server" not in record
        if record["event"] not in ("tls_client", "http_request"):
            assert "client" not in record
    assert {record["event"] for record in found} >= set(EVENTS) - {"server_uptime", *QUIET_PROTOCOLS}


@pytest.mark.parametrize("format", ELSEWHERE)
def test_eve_and_ecs_have_what_json_has(format: str, outputs: dict[str, Path]) -> None:
    """In the same order, but for what they have other names for."""
    own, elsewhere = ELSEWHERE[format]
    for plain, record in zip(records(outputs, "json"), records(outputs, format), strict=True):
        found = [item for item in record[own].items() if item[0] != "device"]  # ECS adds it
        assert found == [item for item in plain.items() if item[0] not in elsewhere]


def test_programs_stand_where_their_side_does(outputs: dict[str, Path]) -> None:
    found = records(outputs, "json")
    for event, side, name in (
        ("tls_client", "client", "Browser"),
        ("http_request", "client", "Tool"),
        ("http_response", "server", "Server"),
    ):
        named = [record[side] for record in of(found, event)]
        assert {None if one is None else one["name"] for one in named} == {None, name}
    assert {record.get("server_header") for record in of(found, "http_response")} == {None, "nginx"}
    assert {record.get("http_host") for record in of(found, "http_request")} >= {None, "example.com:8080"}
    assert "English" in {record.get("language") for record in of(found, "http_request")}
    assert "not_checked" in {record["verdict"] for record in of(found, "http_request")}


def test_a_database_is_named_by_12_digits(outputs: dict[str, Path], inputs: tuple[str, str]) -> None:
    source_hash = opened(inputs[1]).source_hash
    assert {record["database"] for record in records(outputs, "json")} == {source_hash[:12]}

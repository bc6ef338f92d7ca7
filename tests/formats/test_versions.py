"""What version 2 of records changed, line by line: JSON has it, EVE and ECS keep version 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sigcompiler.schema.rows import EVENTS
from tests.formats.inputs import opened
from tests.support.version1 import GONE, as_version_1

Record = dict[str, Any]

ELSEWHERE = {
    "eve": (
        "fingerprint",
        {"packet_number", "packet", "src_ip", "src_port", "dst_ip", "dst_port", "community_id"},
    ),
    "ecs": (
        "huginn",
        {"time", "packet_number", "packet", "src_ip", "src_port", "dst_ip", "dst_port", "community_id"},
    ),
}
"""The object for what a format has no name for, and what has one."""


def records(outputs: dict[str, Path], format: str) -> list[Record]:
    return [json.loads(line) for line in outputs[format].read_bytes().splitlines()]


def of(found: list[Record], event: str) -> Iterator[Record]:
    return (record for record in found if record["event"] == event)


def test_keys_of_version_1_are_gone(outputs: dict[str, Path]) -> None:
    found = records(outputs, "json")
    for record in found:
        assert not record.keys() & (GONE.get(record["event"], set()) | {"packet"})
        assert record["schema_version"] == 2
        if record["event"] != "http_response":
            assert "server" not in record
        if record["event"] not in ("tls_client", "http_request"):
            assert "client" not in record
    assert {record["event"] for record in found} >= set(EVENTS) - {"server_uptime"}


@pytest.mark.parametrize("format", ELSEWHERE)
def test_eve_and_ecs_are_those_of_version_1(
    format: str, outputs: dict[str, Path], inputs: tuple[str, str]
) -> None:
    """With the same keys in the same order."""
    own, elsewhere = ELSEWHERE[format]
    source_hash = opened(inputs[1]).source_hash.hex()
    for plain, record in zip(records(outputs, "json"), records(outputs, format), strict=True):
        wanted = as_version_1(plain, source_hash)
        assert [*record[own].items()] == [item for item in wanted.items() if item[0] not in elsewhere]


def test_programs_stand_where_their_side_does(outputs: dict[str, Path]) -> None:
    found = records(outputs, "json")
    for event, side, name in (
        ("tls_client", "client", "Browser"),
        ("http_request", "client", "Tool"),
        ("http_response", "server", "Server"),
    ):
        named = [record[side] for record in of(found, event)]
        assert {None if one is None else one["name"] for one in named} == {None, name}
    assert {record["server_header"] for record in of(found, "http_response")} == {None, "nginx"}
    assert {record["http_host"] for record in of(found, "http_request")} >= {None, "example.com:8080"}
    assert "English" in {record["language"] for record in of(found, "http_request")}
    assert "not_checked" in {record["verdict"] for record in of(found, "http_request")}


def test_a_database_is_named_by_12_digits(outputs: dict[str, Path], inputs: tuple[str, str]) -> None:
    source_hash = opened(inputs[1]).source_hash.hex()
    assert {record["database"] for record in records(outputs, "json")} == {source_hash[:12]}
    for format, (own, _) in ELSEWHERE.items():
        assert {record[own]["database"] for record in records(outputs, format)} == {source_hash}

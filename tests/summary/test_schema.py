"""Host lines and documents follow their schemas; a schema sees what does not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import keys_of
from sigcompiler.schema.summary import Document, End
from tests.summary.described import follow, in_order, validator
from tests.support.report_documents import document

EXAMPLES = Path(__file__).parents[2] / "examples"
CAPTURES = [str(EXAMPLES / name) for name in ("sample.pcap", "spoofed.pcap", "meter.pcap")]


def lines_of(path: str, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["hosts", "--format", "json", *words, path]) == 0
    return [*map(json.loads, capsys.readouterr().out.splitlines())]


@pytest.mark.parametrize("path", CAPTURES)
def test_lines_of_hosts(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    *hosts, end = lines_of(path, capsys)
    assert hosts
    for host in hosts:
        follow(host, Host)
    assert validator(Host).is_valid(end)
    in_order(end, End)
    assert end["hosts"] == len(hosts)


def test_of_chosen_hosts_findings_are_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    *hosts, end = lines_of(CAPTURES[0], capsys, "--ip", "192.0.2.144")
    assert ([one["ip"] for one in hosts], end["hosts"], end["findings"]) == (["192.0.2.144"], 12, None)
    assert validator(Host).is_valid(end)


def test_a_document_with_rows_in_every_list() -> None:
    """Made by hand for the tests of the page: what its tables show is what the description has."""
    follow(document(), Document)


WRONG: list[tuple[str, Any]] = [
    *[("event", "syn"), ("packets", -1), ("left_out", None), ("findings", [{}]), ("first_event", "now")],
    *[("version", 2), ("top_hosts", [{}]), ("tls", None), ("drops", {"truncated": "1"})],
]


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_schema_sees_what_is_wrong(key: str, value: Any) -> None:
    assert not validator(Document).is_valid({**document(), key: value})


def test_no_key_may_be_missing() -> None:
    for one in keys_of(Document):
        found = copy.deepcopy(document())
        del found[one.name]
        assert not validator(Document).is_valid(found), one.name

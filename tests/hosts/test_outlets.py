"""Each finding is the same in all outlets: summary, page, events, OCSF, store, messages and MCP's tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.applications.assistants.tools import Tools
from sigcompiler.schema.findings import FINDINGS, NEWS_WEIGHTS
from tests.hosts.test_each_finding import EXAMPLES
from tests.support.in_process import run_in_process_as_text as run

WEIGHTS = {one.kind: one.weight for one in FINDINGS}
OF_NEWS = {"address_disputed": "address_conflict"}
"""News that are the event of a finding."""
URGENT = [kind for kind, weight in WEIGHTS.items() if weight == "act now"]


def lines(*words: str | Path) -> list[dict[str, Any]]:
    done = run(*words)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def weighed(found: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    return {one["kind"]: (one["weight"], one["text"]) for one in found}


@pytest.mark.parametrize("kind", URGENT)
def test_what_is_urgent_is_in_all_outlets(kind: str, tmp_path: Path) -> None:
    (tmp_path / "x.pcap").write_bytes(EXAMPLES[kind]())
    path, store = tmp_path / "x.pcap", tmp_path / "s.sqlite"
    words = ("--events", "finding,device_change", path)
    events = lines("pcap", "--format", "json", *words)
    list_ = lines("pcap", "--summary", "--format", "json", path)[0]["findings"]
    assert kind in weighed(list_)
    assert weighed(list_)[kind][0] == "act now"
    wanted = OF_NEWS.get(kind, kind)
    [event] = [one for one in events if wanted in (one.get("finding"), one.get("change"))]
    if wanted == kind:
        [entry] = [one for one in list_ if one["kind"] == kind]
        assert all(word in entry["text"] for word in event["reason"].split()[:2]), "one sentence"
        assert event["src_ip"] in entry["text"]
    shown = lines("pcap", "--format", "ocsf", *words)
    [ocsf] = [one for one in shown if wanted in one["finding_info"]["types"]]
    assert ocsf["is_alert"], NEWS_WEIGHTS
    lines("hosts", "--format", "json", "--store", store, path)
    for outlet, name in ((tmp_path, "x.pcap"), (store, "")):
        answer = Tools(str(outlet), Analyzer().database, host_names=False).findings(name)
        found = {one["kind"]: one["weight"] for one in answer["data_from_network"]}
        assert found.get(kind) == "act now", outlet

"""The study's figures on labelled hosts of public captures, without their handshakes."""

from __future__ import annotations

import csv
import json
from collections import defaultdict

import pytest

import huginn_cffi as hg
from huginn_workbench.evaluation.segments import counted, evaluate_segments
from tests.support.core import SHARED


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared corpus is absent")
def test_named_right_and_wrong() -> None:
    corpus = SHARED / "corpus"
    found = evaluate_segments(corpus, corpus / "labels.csv", None, lambda error: None)
    for hosts in (found.whole, found.half):
        row = counted(hosts)["systems"]
        assert row["hosts"] > 150
        assert row["named"] >= 0.80 * row["hosts"], json.dumps(row)
        assert row["right"] >= 0.78 * row["hosts"], json.dumps(row)
        assert row["wrong"] <= 0.02 * row["hosts"], json.dumps(row)
        assert counted(hosts)["devices and BSD"]["wrong"] == 0
        assert counted(hosts)["several systems"]["wrong"] == 0


DEVICES = SHARED / "devices"
FAMILIES = {
    **dict.fromkeys(("Android", "Chromecast", "Linux", "Samba"), "Linux"),
    **dict.fromkeys(("iOS", "macOS"), "macOS or iOS"),
    "Windows": "Windows",
}
"""What is right for a label of devices.csv; for any other label each name is wrong."""


@pytest.mark.skipif(not DEVICES.is_dir(), reason="the shared captures of devices are absent")
def test_devices_are_not_named_wrongly() -> None:
    """Those without a label of a system do not count. Handshakes are in the captures, but not used."""
    systems: dict[str, dict[str, str]] = defaultdict(dict)
    with (DEVICES / "devices.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["system"]:
                systems[row["sha256"][:8]][row["ip"]] = row["system"]
    names: dict[tuple[str, str], tuple[str, str]] = {}
    analyzer = hg.Analyzer(protocols=("tcp",), segments=True)
    for path in sorted((DEVICES / "captures").iterdir()):
        wanted = systems.get(path.name.partition(".")[0][-8:], {})
        for one in analyzer.analyze_pcap(path):
            if one.segments is not None and one.segments.family and one.segments.source.ip in wanted:
                key = path.name, one.segments.source.ip
                names[key] = wanted[one.segments.source.ip], one.segments.family
    assert len(names) >= 18
    wrong = {key: both for key, both in names.items() if FAMILIES.get(both[0]) != both[1]}
    assert len(wrong) <= 0.02 * len(names), wrong

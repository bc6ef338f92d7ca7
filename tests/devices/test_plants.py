"""Machines in captures of other projects: the identities that tshark decodes there."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import huginn_cffi as hg
from tests.support.needs import missing


def test_identities_in_captures(corpus: Path) -> None:
    """BACnet's instances stay in the evidence where a model is known. A revision of 1027 is 4.3."""
    cases = corpus.parent / "cases" / "plants"
    if not cases.exists():
        missing("no shared/cases/plants beside the checkout")
    wanted: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with (cases / "expected.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted[row["capture"]].append(row)
    lacking = []
    for name, rows in wanted.items():
        path = cases / name
        found = [*hg.Analyzer().host_table(path if path.exists() else corpus / name)]
        for row in rows:
            devices = [
                one.device for one in found if row["address"] in (one.ip, "(the server)") and one.device
            ]
            models = {one.model for device in devices for one in device.evidence}
            versions = {device.version for device in devices}
            version = "4.3" if row["version"] == "1027" else row["version"]
            is_found = row["model"].replace(
                "instance", "BACnet instance"
            ) in models and version in versions | {""}
            if not is_found or (row["maker"] and not any(device.manufacturer for device in devices)):
                lacking.append(row)
    assert (sum(map(len, wanted.values())), lacking) == (41, [])

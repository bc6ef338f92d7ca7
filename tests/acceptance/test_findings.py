"""Findings in the captures of public projects, judged by hand, host by host.

`findings.tsv` has 25 hosts of each kind, drawn by ``random.Random(54).sample`` from hosts sorted by
capture and address, or all where there are fewer; of two kinds more, from a second draw. The verdict is
what tshark shows of the host: "true", "undecided", or "absent" where an earlier version made a finding
that is false.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.hosts.inventory import Inventory

with (Path(__file__).parent / "findings.tsv").open(encoding="utf-8", newline="") as file:
    JUDGED = list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("capture", sorted({row["capture"] for row in JUDGED}))
def test_findings_are_those_that_were_judged(corpus: Path, capture: str) -> None:
    analyzer = hg.Analyzer(segments=True, protocols=PROTOCOLS)
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(str(corpus / capture)):
        inventory.add(batch)
    found = {record.ip: record.findings for record in inventory}
    for row in JUDGED:
        if row["capture"] == capture:
            assert (row["finding"] in found[row["host"]]) == (row["verdict"] != "absent"), row


def test_no_finding_was_judged_false() -> None:
    assert {row["verdict"] for row in JUDGED} == {"true", "undecided", "absent"}

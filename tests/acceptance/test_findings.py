"""Findings in the captures of public projects, judged by hand, host by host.

`findings.tsv` has 25 hosts of each kind, drawn by ``random.Random(54).sample`` from hosts sorted by
capture and address, or all where there are fewer. The verdict is what tshark shows of the host: "true",
"false", "undecided", or "absent" where an earlier version made a finding that is false.
"""

from __future__ import annotations

import csv
from collections import Counter
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


def test_at_most_one_finding_of_a_kind_is_false() -> None:
    wrong = Counter(row["finding"] for row in JUDGED if row["verdict"] == "false")
    assert set(wrong.values()) == {1}

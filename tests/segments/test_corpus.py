"""The study's figures on labelled hosts of public captures, without their handshakes."""

from __future__ import annotations

import json

import pytest

from huginn_cffi.applications.evaluation.segments import counted, evaluate_segments
from tests.conftest import SHARED


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

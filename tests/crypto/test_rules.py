"""One table of rules for rows, hosts, findings and ``huginn crypto``, compiled into the core."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from sigcompiler.claims import crypto
from sigcompiler.csv_rows import rows_of
from tests.crypto.test_crypto import saved, tls13
from tests.support.core import CORE
from tests.support.tls.hello_model import POST_QUANTUM, POST_QUANTUM_TRIALS
from tools.build_steps import claims_headers

CLASSICAL = (0x0017, 0x001D, 0x0100, 0x4137, 0x4139, 0x6398, 0x639B, 0xFE2F, 0xFE33, 0x11EA, 0x11EF, 0x0203)
"""Curves, a finite field, and numbers beside those of post-quantum groups."""
EXPERIMENTS = (0x4138, 0x6399, 0x639A, 0xFE30, 0xFE31, 0xFE32)
"""CECPQ2 and the drafts with Kyber."""


def test_a_group_is_post_quantum_for_all_or_for_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = [*sorted(POST_QUANTUM | POST_QUANTUM_TRIALS), *CLASSICAL]
    for group in groups:
        path = saved(tmp_path, *tls13(40000, group))
        assert main(["pcap", "--format", "json", path]) == 0
        rows = map(json.loads, capsys.readouterr().out.splitlines())
        [event] = [row["post_quantum"] for row in rows if row["event"] == "tls_server"]
        assert main(["crypto", "--format", "json", path]) == 0
        [server] = json.loads(capsys.readouterr().out)["servers"]
        assert event == (server["post_quantum"] in ("used", "experimental")) == (group not in CLASSICAL)
        assert (server["post_quantum"] == "experimental") is (group in EXPERIMENTS), hex(group)


def test_certificates_have_the_weaknesses_that_the_rules_disallow() -> None:
    """The core's names of signatures, each with the hash that makes it weak."""
    found = [row for row in rows_of(CORE / "tls" / "oids.csv") if row["kind"] == "SIGNATURE"]
    assert len(found) > 15
    for row in found:
        rule = crypto.rule_for("signature", row["name"])
        assert (row["value"] != "0") is (rule is not None and rule.status == "disallowed"), row["name"]


@pytest.mark.parametrize("pattern", ["sha1", "*sha1", "*sha?1*", "*a*b*", "**"])
def test_the_core_can_only_search_for_a_text(pattern: str) -> None:
    with pytest.raises(ValueError, match="must have the form"):
        claims_headers._parts(crypto.CryptoRule("offered_cipher", (pattern,), "deprecated", "a source"))

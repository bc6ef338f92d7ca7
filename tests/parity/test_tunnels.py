"""Handshakes in tunnels: how many the package finds in the captures, and p0f does not."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.parity.rows import oracle_rows

pytestmark = pytest.mark.slow

FOUND = {
    ("gre", "syn"): 11,
    ("gre", "syn_ack"): 6,
    ("6in4", "syn"): 1,
    ("gtpu", "syn"): 11,
    ("gtpu", "syn_ack"): 11,
    ("vxlan", "syn"): 5,
    ("vxlan", "syn_ack"): 4,
    ("ipip", "syn"): 1,
    ("ipip", "syn_ack"): 1,
    ("l2tp", "syn"): 1,
    ("l2tp", "syn_ack"): 1,
}
"""What the captures hold, repetitions left out: by kind and event. One in two tunnels counts twice."""

NOT_IN_MANIFEST = {"dpkt__nb6-http.pcap": 2}
"""Handshake packets in L2TP, which the manifest does not count; tshark shows them."""


def tunnelled_captures(corpus: Path) -> Iterator[tuple[Path, int]]:
    """Captures that hold handshake packets in tunnels, with their number (repetitions counted)."""
    with (corpus / "manifest.csv").open(newline="") as manifest:
        for row in csv.DictReader(manifest):
            count = NOT_IN_MANIFEST.get(row["file"], int(row["tunnelled_syn"] or 0))
            if count:
                yield corpus / row["file"], count


def handshakes(file: Path, *, decapsulate: bool = True) -> tuple[Counter[tuple[str, str]], int]:
    """Handshake packets in tunnels by kind and event, and how many repeated one before."""
    found: Counter[tuple[str, str]] = Counter()
    with hg.Analyzer(None, decapsulate=decapsulate) as analyzer:
        for result in analyzer.analyze_pcap(file):
            if result.tunnel is not None and (result.syn or result.syn_ack):
                found[result.tunnel, "syn" if result.syn else "syn_ack"] += 1
        return found, analyzer.stats.retransmissions


def table(found: Counter[tuple[str, str]]) -> str:
    lines = [f"{'tunnel':8} {'SYN':>4} {'SYN+ACK':>8}"]
    for kind in sorted({kind for kind, _ in found}):
        lines.append(f"{kind:8} {found[kind, 'syn']:4} {found[kind, 'syn_ack']:8}")
    return "\n".join(lines)


def test_tunnelled_handshakes_are_found(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total: Counter[tuple[str, str]] = Counter()
    for file, count in tunnelled_captures(corpus):
        found, repeated = handshakes(file)
        total += found
        assert found.total() <= count <= found.total() + repeated, file.name
        assert not handshakes(file, decapsulate=False)[0]
    with capsys.disabled():
        print(f"\n{table(total)}")
    assert total == FOUND


def test_p0f_does_not_find_them(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """p0f's handshake rows of these captures are those that are found outside of tunnels."""
    theirs = outside = 0
    for file, _ in tunnelled_captures(corpus):
        theirs += sum(row.get("mod") in ("syn", "syn+ack") for row in oracle_rows(file))
        with hg.Analyzer(None, decapsulate=False) as analyzer:
            outside += sum(bool(one.syn or one.syn_ack) for one in analyzer.analyze_pcap(file))
    with capsys.disabled():
        print(f"\nthe same captures: {theirs} handshake packets found by p0f, {outside} are in no tunnel")
    assert theirs <= outside

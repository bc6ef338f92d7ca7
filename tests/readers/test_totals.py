"""Totals equal tshark's: in a sample of the corpus, and in captures whose dimensions are drawn."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.readers import totals
from tests.support import drawn
from tests.support.devices.captured import need_tshark

SAMPLE, SMALLEST, LARGEST = 15, 1 << 12, 1 << 17
"""How many captures are compared here, of which sizes; `python -m tests.readers.totals` compares all."""
OF_EACH_KIND = (
    *("zeek__vlan-collisions.pcap", "zeek__payload-synack.pcap", "zeek__https-to-http.pcap"),
    *("tcpdump__erspan-type-i-3.pcap", "ICS-Security-Tools__fuzz-72.pcap"),
)
"""Captures that differ, for a listed reason."""


def sampled() -> list[Path]:
    """The sample, in a fixed order without regard to origin."""
    files = [one for one in totals.captures() if SMALLEST <= one.stat().st_size <= LARGEST]
    files.sort(key=lambda path: hashlib.sha256(path.name.encode()).digest())
    return [*files[:SAMPLE], *(totals.CORPUS / name for name in OF_EACH_KIND)]


@pytest.mark.skipif(not totals.CORPUS.is_dir(), reason="needs ../shared")
def test_a_sample_of_the_corpus() -> None:
    need_tshark()
    listed, compared = totals.reasons(), 0
    for path in sampled():
        rows = totals.rows_of(path)
        found = totals.differences(path, rows)
        wanted = {kind for name, kind in listed if name == path.name}
        assert found.keys() == wanted, (path.name, found)
        compared += len(rows)
    assert compared > 100


@pytest.mark.skipif(not totals.CORPUS.is_dir(), reason="needs ../shared")
def test_each_reason_names_a_capture_and_what_differs() -> None:
    names = {path.name for path in totals.captures()}
    for (name, kind), cause in totals.reasons().items():
        assert name in names
        assert kind in totals.KINDS
        assert len(cause) > 20


def written(made: drawn.Drawn, folder: Path) -> Path:
    path = folder / "drawn.pcap"
    path.write_bytes(made.written())
    return path


@pytest.mark.parametrize("seed", range(4))
def test_drawn_captures_by_tshark(seed: int, tmp_path: Path) -> None:
    """The totals that the generator states are tshark's, too."""
    need_tshark()
    made = drawn.capture(Random(seed))
    path = written(made, tmp_path)
    rows = totals.rows_of(path)
    assert totals.by_tshark(rows) == made.totals
    assert totals.differences(path, rows) == {}


@pytest.mark.parametrize("seed", range(40))
def test_drawn_captures(seed: int, tmp_path: Path) -> None:
    """Both ends of each connection count it once, and how many were completed."""
    made = drawn.capture(Random(1000 + seed), most=12)
    path = written(made, tmp_path)
    own = totals.by_us(path)
    assert {kind: own[kind] for kind in totals.KINDS[1:]} == {
        kind: made.totals[kind] for kind in totals.KINDS[1:]
    }
    for ip, counts, left_out in totals.of_peers(path):
        pairs = made.totals["connections"].items()
        assert counts == Counter({ends: count for ends, count in pairs if ip in ends})
        assert left_out == 0
    assert totals.completed(path) == 2 * made.completed


def test_a_difference_is_found(tmp_path: Path) -> None:
    """In each kind, if tshark showed one message less."""
    need_tshark()
    path = written(drawn.capture(Random(3)), tmp_path)
    rows = totals.rows_of(path)
    columns = {
        "connections": "tcp.flags",
        "requests": "http.request.method",
        "hellos": "tls.handshake.type",
        "arp": "arp",
        "dhcp": "dhcp.option.dhcp",
        "modbus": "mbtcp.len",
    }
    for kind, column in columns.items():
        shown = [row for row in rows if row.get(column) or row["frame.protocols"].endswith(column)]
        first = shown[0]
        less = [
            row
            for row in rows
            if row is not first and not (row["tcp.stream"] and row["tcp.stream"] == first["tcp.stream"])
        ]
        assert kind in totals.differences(path, less), kind

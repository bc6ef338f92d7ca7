"""Community IDs, beside those of the reference implementation (PyPI: communityid)."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from random import Random
from typing import Any

import pytest

from huginn_cffi import Analyzer, Batch
from tests.support.rendered_rows import EventRow, ffi, lib
from tests.support.rendered_rows import RowBatch as Rows
from tests.support.rendered_rows import community_id as by_specification

SUFFIXES = (".pcap", ".pcapng", ".cap", ".pkt", ".dump")


def ids_of(batch: Batch) -> list[str]:
    """What the core says, a text a row."""
    width = lib.HG_COMMUNITY_BYTES
    out = ffi.new("char[]", width * len(batch))
    lib.hg_community_ids(batch._native, 0, len(batch), out)
    text = bytes(ffi.buffer(out)).decode("ascii")
    return [text[start : start + width] for start in range(0, len(text), width)]


Ends = tuple[bool, str, str, int, int]


def ends_of(batch: Batch) -> list[Ends]:
    """Of each row whether it came over UDP, addresses and ports."""
    over_udp = {row for row, carried in zip(batch.tls["row"], batch.tls["transport"], strict=True) if carried}
    came_over_tcp = 8  # a bit of the column, by huginn.h
    bits = zip(batch.devices["row"], batch.devices.raw["macs"], strict=True)
    over_udp |= {row for row, known in bits if not known & came_over_tcp}
    length = [4 if version == 4 else 16 for version in batch["ip_version"]]
    sources, destinations = batch["src_ip"].tobytes(), batch["dst_ip"].tobytes()

    def address(column: bytes, row: int) -> str:
        return str(ip_address(column[16 * row : 16 * row + length[row]]))

    return [
        (
            *(row in over_udp, address(sources, row), address(destinations, row)),
            *(batch["src_port"][row], batch["dst_port"][row]),
        )
        for row in range(len(batch))
    ]


def reference(ends: Ends) -> str:
    communityid: Any = pytest.importorskip("communityid", reason="communityid is not installed")
    make = communityid.FlowTuple.make_udp if ends[0] else communityid.FlowTuple.make_tcp
    return str(communityid.CommunityID().calc(make(*ends[1:])))


def test_the_whole_corpus(corpus: Path) -> None:
    known: dict[Ends, str] = {}
    versions = set()
    files = sorted(path for path in corpus.iterdir() if path.is_file() and path.suffix in SUFFIXES)
    for batch in Analyzer(None).batches(files, on_error=lambda error: None):
        versions |= set(batch["ip_version"])
        versions -= {0}
        for version, ends, found in zip(batch["ip_version"], ends_of(batch), ids_of(batch), strict=True):
            if version == 0:
                continue  # without IP there is none
            if ends not in known:
                known[ends] = reference(ends)
            assert found == known[ends]
    assert len(known) > 1000
    assert any(over_udp for over_udp, *_ in known)
    assert versions == {4, 6}


def rows_ids(rows: list[EventRow]) -> list[str]:
    """What the core says of rows made by hand."""
    made = Rows(rows)
    out = ffi.new("char[]", lib.HG_COMMUNITY_BYTES * len(rows))
    lib.hg_community_ids(made.batch, 0, len(rows), out)
    text = bytes(ffi.buffer(out)).decode("ascii")
    return [text[start : start + 30] for start in range(0, len(text), 30)]


def random_row(random: Random) -> EventRow:
    """Ends that often agree in their address, their port or both."""
    six = random.random() < 0.5
    addresses = (
        ["2001:db8::1", "2001:db8::2", "::", "ffff::1"] if six else ["0.0.0.0", "10.0.0.1", "255.1.1.1"]
    )
    source, destination = random.choice(addresses), random.choice(addresses)
    return EventRow(
        source=source,
        destination=destination,
        src_port=random.choice([0, 80, 65535]),
        dst_port=random.choice([0, 80, 65535]),
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 63, 64, 65, 200])
def test_any_number_of_rows(count: int) -> None:
    random = Random(count)
    rows = [random_row(random) for _ in range(count)]
    assert rows_ids(rows) == [by_specification(row) for row in rows]


def test_both_directions_have_one_name() -> None:
    random = Random(3)
    for row in (random_row(random) for _ in range(50)):
        back = EventRow(
            source=row.destination, destination=row.source, src_port=row.dst_port, dst_port=row.src_port
        )
        there_id, back_id = rows_ids([row, back])
        assert there_id == back_id

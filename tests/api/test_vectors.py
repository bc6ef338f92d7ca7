"""p0f's 20 answers, from packets of our own and p0f's signatures, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from api import vectors
from api.hosts import fields
from huginn_cffi.api import protocol
from huginn_cffi.hosts.inventory import Inventory

ANSWERS = vectors.answers()


@pytest.fixture(scope="module")
def stock(stock_path: Path) -> hg.Database:
    return hg.Database.open(str(stock_path))


@pytest.mark.skipif(not ANSWERS, reason="p0f's answers are absent")
@pytest.mark.parametrize(("name", "query", "wanted", "packets"), ANSWERS, ids=[one[0] for one in ANSWERS])
def test_p0fs_answer(
    stock: hg.Database, name: str, query: bytes, wanted: bytes, packets: list[vectors.Packet]
) -> None:
    inventory = Inventory(stock)
    for batch in hg.Analyzer(stock).batches(captured(packets)):
        inventory.add(batch)
    found = protocol.answer(query, inventory.find)
    if name == "IPv4-mapped as type 6":  # which p0f does not know
        wanted = protocol.answer(ANSWERS[0][1], inventory.find)
    assert fields(found) == fields(wanted)
    assert found == wanted


def captured(packets: list[vectors.Packet]) -> bytes:
    from support.captures import pcap

    return pcap(packets, linktype=101)

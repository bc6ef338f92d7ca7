"""p0f's 20 answers, from packets of our own and p0f's signatures, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support import api_vectors as vectors
from tests.support.api_hosts import fields, known

ANSWERS = vectors.answers()


@pytest.fixture(scope="module")
def stock(stock_path: Path) -> hg.Database:
    return hg.Database.open(str(stock_path))


@pytest.mark.skipif(not ANSWERS, reason="p0f's answers are absent")
@pytest.mark.parametrize(("name", "query", "wanted", "packets"), ANSWERS, ids=[one[0] for one in ANSWERS])
def test_p0fs_answer(
    stock: hg.Database, name: str, query: bytes, wanted: bytes, packets: list[vectors.Packet]
) -> None:
    inventory = known(packets, stock)
    found = inventory.answer(query)
    if name == "IPv4-mapped as type 6":  # which p0f does not know
        wanted = inventory.answer(ANSWERS[0][1])
    assert fields(found) == fields(wanted)
    assert found == wanted

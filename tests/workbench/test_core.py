"""What `huginn_workbench.core` says of rows, compared with the rows themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.run.observables import endpoint
from huginn_workbench.core import Matcher, RowViews, public_part
from tests.support.core import ROOT

SAMPLES = [ROOT / "examples" / name for name in ("sample.pcap", "meter.pcap")]


@pytest.fixture(params=SAMPLES, ids=lambda path: path.name)
def batch(request: pytest.FixtureRequest) -> hg.Batch:
    path: Path = request.param
    (found,) = hg.Analyzer().batches(path)
    return found


def test_groups_hold_equal_packets(batch: hg.Batch) -> None:
    keys = dict(RowViews(batch).groups({*zip(batch.raw["match_index"], batch["match_fuzzy"], strict=True)}))
    directions = dict(RowViews(batch).handshakes())
    fields = {row: (words, RowViews(batch).packet(row)) for row, words in directions.items()}
    assert keys.keys() == fields.keys() != set()
    assert (
        len(set(keys.values()))
        == len(set(fields.values()))
        == len({(keys[row], fields[row]) for row in keys})
    )


def test_groups_are_chosen_by_their_match(batch: hg.Batch) -> None:
    matches = [*zip(batch.raw["match_index"], batch["match_fuzzy"], strict=True)]
    handshakes = dict(RowViews(batch).handshakes())
    for wanted in {matches[row] for row in handshakes}:
        found = dict(RowViews(batch).groups({wanted}))
        assert [*found] == [row for row in handshakes if matches[row] == wanted]


def test_packets_have_the_match_of_their_row(batch: hg.Batch) -> None:
    database = hg.Database.load_default()
    for row, direction in RowViews(batch).handshakes():
        match = Matcher(database).packet(RowViews(batch).packet(row), direction)
        number = batch.raw["match_index"][row]
        assert (match is None) == (number == NO_SIGNATURE)
        if match is not None:
            assert match == (database.signatures[number], bool(batch["match_fuzzy"][row]))


def test_the_place_of_a_row(batch: hg.Batch) -> None:
    for row in range(len(batch)):
        sender, capture, number = RowViews(batch).place(row)
        assert (sender, capture) == (endpoint(batch, row, "src").ip, batch.capture)
        assert number == batch["packet_number"][row]


def test_the_public_part_of_a_text() -> None:
    assert public_part("dhcp-class", "MSFT 5.0") == "MSFT 5.0"


@pytest.mark.parametrize("name", ["convert", "diff", "evaluate", "learn", "unknown"])
def test_help_loads_only_what_it_shows(name: str) -> None:
    """Each module that is not needed would delay every call of the command."""
    heavy = ["huginn_workbench.core", "huginn_cffi.engine", "huginn_workbench.learning", "lark"]
    code = (
        f"import sys, huginn_workbench.commands.{name}\nprint([one for one in {heavy} if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

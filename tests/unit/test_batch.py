"""Batches as users see them."""

from __future__ import annotations

import json

import pytest

from huginn_cffi import Analyzer, Batch, Database, MtuObservation, SynObservation
from huginn_cffi.base.names import NO_SIGNATURE
from tests.support import samples


@pytest.fixture(scope="module")
def batch(database: Database) -> Batch:
    """Three SYNs, each with its MTU."""
    (found,) = Analyzer(database).batches(samples.capture(3))
    return found


def test_length_is_the_number_of_events(batch: Batch) -> None:
    assert len(batch) == 6
    assert repr(batch) == "<Batch of 6 events>"


def test_numeric_column(batch: Batch) -> None:
    assert batch["event"].tolist() == [0, 2, 0, 2, 0, 2]
    assert batch["ittl"].tolist() == [64, 0, 64, 0, 64, 0]
    assert batch["time_ns"].tolist()[2] == samples.START + 1000
    assert batch["time_ns"].format == "q"


def test_two_dimensional_column(batch: Batch) -> None:
    view = batch["src_ip"]
    assert view.shape == (6, 16)
    assert view.tolist()[2] == [10, 1, 0, 1] + [0] * 12
    assert batch["olayout"].shape == (6, 32)


def test_columns_are_read_only(batch: Batch) -> None:
    with pytest.raises(TypeError):
        batch["ittl"][0] = 1
    assert batch["src_ip"].readonly


def test_every_name_is_a_column(batch: Batch) -> None:
    assert all(batch[name].shape is not None and batch[name].shape[0] == 6 for name in batch.columns)


def test_unknown_column_names_the_known_ones(batch: Batch) -> None:
    with pytest.raises(KeyError, match=r"no column 'ittle'; did you mean ittl"):
        batch["ittle"]
    with pytest.raises(KeyError, match=r"no column 'zzz'; the attribute columns lists them"):
        batch["zzz"]
    with pytest.raises(TypeError, match=r"name of a column, not slice\(1, 3, None\); for rows, iterate"):
        batch[1:3]  # type: ignore[index]


def test_raw_columns_are_apart(batch: Batch) -> None:
    assert all(len(batch.raw[name]) == 6 for name in batch.raw.columns)
    with pytest.raises(KeyError, match=r"no column 'match_index'; use batch.raw\['match_index'\]"):
        batch["match_index"]
    with pytest.raises(KeyError, match=r"no column 'ittl'; the attribute columns lists them"):
        batch.raw["ittl"]


def test_none_is_marked(batch: Batch) -> None:
    assert batch.raw["match_index"].tolist()[1] == NO_SIGNATURE
    assert batch.raw["link_index"].tolist()[0] == NO_SIGNATURE


def test_iteration_gives_a_part_a_row(batch: Batch) -> None:
    parts = list(batch)
    assert [type(part) for part in parts] == [SynObservation, MtuObservation] * 3
    assert [str(part.source) for part in parts][::2] == ["10.1.0.0:40000", "10.1.0.1:40000", "10.1.0.2:40000"]


def test_results_are_one_a_packet(batch: Batch) -> None:
    results = list(batch.results())
    assert [result.packet_number for result in results] == [1, 2, 3]
    assert [part for result in results for part in result.parts] == list(batch)


def test_text_is_what_print_gives(batch: Batch) -> None:
    assert batch.render().decode() == "".join(f"{part}\n" for part in batch)


def test_json_has_one_object_a_row(batch: Batch) -> None:
    records = [json.loads(line) for line in batch.render("json").splitlines()]
    assert [record["event"] for record in records] == ["syn", "mtu"] * 3
    assert records[0]["match"]["name"] == "Linux"


def test_p0f_lines(batch: Batch) -> None:
    lines = batch.render("p0f").decode().splitlines()
    assert lines[0].endswith(
        "mod=syn|cli=10.1.0.0/40000|srv=198.51.100.2/80|subj=cli|os=Linux 3.11 and newer"
        f"|dist=7|params=none|raw_sig={samples.SYN_SIGNATURE}"
    )


def test_large_batches_are_rendered_in_pieces(database: Database) -> None:
    (found,) = Analyzer(database).batches(samples.capture(2000))
    pieces = list(found.rendered("json"))
    assert len(pieces) > 1
    assert all(piece.endswith(b"}\n") for piece in pieces)
    assert b"".join(pieces).count(b"\n") == len(found) == 4000


def test_label_longer_than_a_record(database: Database) -> None:
    name = "L" * 9000
    long = Database.compile(text=samples.SIGNATURES.replace("s:unix:Linux", f"s:unix:{name}"))
    (found,) = Analyzer(long).batches(samples.capture(1))
    assert f"OS:     {name} 3.11 and newer\n" in found.render().decode()


def test_unknown_format_names_the_known_ones(batch: Batch) -> None:
    with pytest.raises(ValueError, match="unknown format 'xml'; there are text, json, p0f"):
        batch.render("xml")


def test_empty_batch(database: Database) -> None:
    empty = Batch(16, database)
    assert len(empty) == 0
    assert list(empty) == list(empty.results()) == []
    assert empty.render() == b""
    assert empty["src_ip"].nbytes == 0

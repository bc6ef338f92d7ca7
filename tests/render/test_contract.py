"""Buffers of any size, and what ``hg_render`` refuses."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.databases import RenderedSignature, open_database
from tests.render.test_json import LINKS, NAMED, rows
from tests.support.rendered_rows import (
    ECS,
    EVE,
    JSON,
    MTU,
    P0F,
    SYN_ACK,
    TEXT,
    EventRow,
    RenderError,
    RowBatch,
    ffi,
    lib,
    new_renderer,
    render,
    render_once,
    render_piece,
)

FORMATS = [TEXT, JSON, P0F, EVE, ECS]
WORST = EventRow(
    event=SYN_ACK,
    time_ns=-(2**63),
    packet_number=2**64 - 1,
    source="ffff:" * 7 + "ffff",
    destination="ffff:" * 7 + "ffff",
    src_port=65535,
    dst_port=65535,
    ttl=100,
    ittl=255,
    distance=-32768,
    olen=255,
    mss=65535,
    wsize=65535,
    window_kind=2,
    window_multiple=65535,
    wscale=255,
    options=(255,) * 23 + (0,),
    eol_pad=255,
    quirks=2**17 - 1,
    pclass=1,
    dscp=63,
    syn_seen=0,
)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40)
@given(made=st.lists(rows(), min_size=1, max_size=5), data=st.data())
def test_any_capacity_gives_the_same_bytes(form: int, made: list[EventRow], data: st.DataObject) -> None:
    database = open_database(NAMED, LINKS)
    records = [render([row], form, database) for row in made]
    whole = b"".join(records)
    assert render(made, form, database) == whole
    least = max(map(len, records))
    capacity = data.draw(st.integers(least, len(whole) + 10))
    assert render(made, form, database, capacity) == whole


@pytest.mark.parametrize("form", FORMATS)
def test_a_call_writes_whole_records_only(form: int) -> None:
    made = [EventRow(packet_number=number) for number in range(1, 4)]
    batch, length = RowBatch(made), len(render(made[:1], form))
    assert len({len(render([row], form)) for row in made}) == 1
    assert render_once(batch, form, ffi.NULL, 0, 3, 3 * length) == (render(made, form), 3)
    assert render_once(batch, form, ffi.NULL, 0, 3, 3 * length - 1) == (render(made[:2], form), 2)
    assert render_once(batch, form, ffi.NULL, 1, 2, 3 * length) == (render(made[1:2], form), 2)
    assert render_once(batch, form, ffi.NULL, 2, 2, 0) == (b"", 2)


@pytest.mark.parametrize("form", FORMATS)
def test_the_longest_record_fits_the_promised_buffer(form: int) -> None:
    named = RenderedSignature(
        "n" * 60, "f" * 200, generic=True, text="t" * 250, file="x" * 250, line=2**32 - 1
    )
    record = render([WORST], form)
    assert 250 < len(record) < lib.HG_MAX_RECORD / 4
    assert len(render([WORST], form, open_database([named]))) <= lib.HG_MAX_RECORD
    for row in (WORST, EventRow(signature=0, fuzzy=1)):
        assert render([row], form, open_database([named]), lib.HG_MAX_RECORD)


@pytest.mark.parametrize("form", FORMATS)
def test_a_label_longer_than_any_buffer_of_ours(form: int) -> None:
    database = open_database([RenderedSignature("\x01" * 100_000)])
    record = render([EventRow(signature=0)], form, database, 4_000_000)
    assert len(record) > 400_000
    with pytest.raises(RenderError, match="row 0 needs more than the 4096 bytes given") as caught:
        render([EventRow(signature=0)], form, database, 4096)
    assert caught.value.status == lib.HG_E_ARGUMENT


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("row", "message"),
    [
        (EventRow(event=lib.HG_EVENT_KINDS), f"row 0 has the unknown event {lib.HG_EVENT_KINDS}"),
        (EventRow(event=255), "row 0 has the unknown event 255"),
        (EventRow(options=(1,) * 25), "row 0 claims more than 24 options"),
        (EventRow(signature=len(NAMED)), "row 0 refers to signature 4, but the database has 4"),
        (EventRow(signature=0xFFFFFFFE), "row 0 refers to signature 4294967294, but the database has 4"),
        (EventRow(event=MTU, link=len(LINKS)), "row 0 refers to link 2, but the database has 2"),
    ],
)
def test_rows_that_no_engine_made(form: int, row: EventRow, message: str) -> None:
    with pytest.raises(RenderError, match=message) as caught:
        render([row], form, open_database(NAMED, LINKS))
    assert caught.value.status == lib.HG_E_ARGUMENT


def test_names_need_the_database() -> None:
    with pytest.raises(RenderError, match="row 0 refers to signature 0, but the database has 0"):
        render([EventRow(signature=0)], TEXT)


def test_arguments_out_of_range() -> None:
    batch = RowBatch([EventRow()])
    with pytest.raises(RenderError, match="rows 0 to 2 of a batch of 1"):
        render_once(batch, TEXT, ffi.NULL, 0, 2, 4096)
    with pytest.raises(RenderError, match="rows 1 to 0 of a batch of 1"):
        render_once(batch, TEXT, ffi.NULL, 1, 0, 4096)
    with pytest.raises(RenderError, match=f"there is no format {lib.HG_FORMATS}"):
        new_renderer(lib.HG_FORMATS)


def test_rows_before_a_bad_one_are_kept() -> None:
    batch = RowBatch([EventRow(), EventRow(event=9)])
    out = ffi.new("char[]", 4096)
    written, following, error = ffi.new("size_t *"), ffi.new("uint32_t *"), ffi.new("hg_error *")
    status = lib.hg_render(new_renderer(TEXT), batch.batch, 0, 2, out, 4096, written, following, error)
    assert (status, following[0]) == (lib.HG_E_ARGUMENT, 1)
    assert ffi.buffer(out, written[0])[:] == render([EventRow()], TEXT)


@pytest.mark.parametrize("form", [JSON, EVE, ECS])
@pytest.mark.parametrize("length", [1, 1_000_000])
def test_answers_of_any_length_stand_in_the_match(form: int, length: int) -> None:
    database = open_database([RenderedSignature("Linux", provenance="\x01" * length)])
    batch = RowBatch([EventRow(signature=0), EventRow(event=MTU), EventRow()])
    text, following = render_piece(new_renderer(form, database), batch, 0, 3, 7_000_000)
    assert following == 3
    evidence = b'"signature from ' + rb"\u0001" * length + b'"]},'
    assert text.count(evidence) == 1, "only a match has an answer"
    assert all(map(json.loads, text.splitlines()))


def test_a_name_of_a_capture_has_a_limit() -> None:
    error = ffi.new("hg_error *")
    status = lib.hg_renderer_capture(new_renderer(JSON), ffi.new("char[]", b"x" * 65536), error)
    assert (status, ffi.string(error.message)) == (
        lib.HG_E_ARGUMENT,
        b"the name of the capture has 65536 bytes",
    )

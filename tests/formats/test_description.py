"""The description of the record's fields: the files that are made of it, and that records follow it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi import _native
from huginn_cffi._native import ffi
from huginn_cffi.base.names import QUIET_PROTOCOLS
from huginn_cffi.formats.forms import FORMATS
from huginn_cffi.run import tls
from huginn_cffi.run.stats import COUNTERS, Stats
from sigcompiler.schema.rows import EVENTS, FIELDS, JSON_VERSION_KEY, JsonFormat
from tests.formats.inputs import rows_of_json
from tests.support.described_paths import paths
from tests.support.rendered_rows import check_lines
from tests.support.schemas import DATA, RECORDS, schema_of, whole_schema_of
from tools.build_steps import manual, python_counters
from tools.build_steps.additions import MORE
from tools.build_steps.manual import PAGES, manual_page
from tools.build_steps.python_counters import HEADER, counter_comments, counters_page
from tools.build_steps.schemas import schemas

SAMPLE = str(Path(__file__).parents[2] / "examples" / "sample.pcap")
FORMS: list[JsonFormat] = ["json", "eve", "ecs"]
REMEDY = "make it anew: python -m tools.build_steps.all"


def test_the_page_of_the_manual_is_the_one_that_is_made() -> None:
    for name in PAGES:
        assert (manual.FOLDER / name).read_text(encoding="utf-8") == manual_page(name), REMEDY
    assert [field.column for field in FIELDS if f"| `{field.column}` |" not in manual_page("events.md")] == []


def test_the_page_of_the_counters_is_the_one_that_is_made() -> None:
    assert python_counters.PAGE.read_text(encoding="utf-8") == counters_page(), REMEDY


def test_all_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands above the tables stays, what was below is replaced."""
    paths = [python_counters.PAGE, *(manual.FOLDER / name for name in PAGES)]
    wanted = {path.name: path.read_text(encoding="utf-8") for path in paths}
    for name, text in wanted.items():
        (tmp_path / name).write_text(text + "| of before |\n", encoding="utf-8")
    monkeypatch.setattr(python_counters, "PAGE", tmp_path / python_counters.PAGE.name)
    monkeypatch.setattr(manual, "FOLDER", tmp_path)
    for module in (manual, python_counters):
        module.main()
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == wanted


def test_the_types_of_the_core_name_all_that_it_exports() -> None:
    members = Path(_native.__file__).with_name("_native.pyi").read_text(encoding="utf-8")
    names = re.findall(r"^    (?:def )?(\w+)[:(]", members.partition("class _Lib:")[2], re.MULTILINE)
    assert set(names) == set(dir(_native.lib))


def test_every_counter_has_a_comment_and_a_field() -> None:
    comments = counter_comments(HEADER.read_text(encoding="utf-8"))
    assert set(comments) == {*COUNTERS, "drops", "anomalies", "events"}
    assert all(comments.values()), "each field of hg_stats needs a comment"
    others = {
        "drops",
        "anomalies",
        "events_by_kind",
        "unsupported_linktypes",
        "cut_at",
        "files_out_of_order",
        "lost_before",
        "steps_back",
        "interface",
        "left_out",
    }
    assert {item.name for item in fields(Stats)} - others == set(COUNTERS)
    assert set(COUNTERS) == {one for one, of in ffi.typeof("hg_stats").fields if of.type.kind == "primitive"}


def test_comments_of_counters_may_stand_before_or_beside_them() -> None:
    header = """typedef struct hg_stats {
    uint64_t one; /* the first,
                   * on two lines */
    /* the second */
    uint64_t two;
    uint64_t three;
    uint64_t four[16]; /* 1/2 */
} hg_stats;"""
    assert counter_comments(header) == {
        "one": "the first, on two lines",
        "two": "the second",
        "three": "",
        "four": "1/2",
    }


def test_the_build_left_the_schemas_that_are_made() -> None:
    assert {path.name: schema_of(path.name) for path in DATA.glob("*.schema.json")} == schemas(), "build anew"


def test_a_schema_writes_each_value_once() -> None:
    for name in RECORDS.values():
        values = Counter(re.findall(r'\{"description":"[^"]*"[^{}]*\}', (DATA / name).read_text("utf-8")))
        assert not [text for text, times in values.items() if times > 1 and len(text) > 80]


def test_references_have_the_values_that_were_shared() -> None:
    kinds = whole_schema_of("record-eve.schema.json")["oneOf"]
    assert kinds[0]["properties"]["src_port"] == {
        "description": kinds[1]["properties"]["src_port"]["description"],
        "type": "integer",
        "minimum": 0,
        "maximum": 65535,
    }


@pytest.mark.parametrize("format", FORMS)
def test_every_line_is_what_its_schema_says(format: JsonFormat, outputs: dict[str, Path]) -> None:
    check_lines(outputs[format].read_bytes(), format)


def test_a_schema_sees_what_is_wrong(outputs: dict[str, Path]) -> None:
    record = json.loads(outputs["json"].read_bytes().splitlines()[0])
    for wrong in ({"time": "now"}, {"ttl": 256}, {"unknown": 1}, {"match": {}}, {"event": "mtu"}):
        with pytest.raises(AssertionError):
            check_lines(json.dumps({**record, **wrong}).encode(), "json")
    del record["database"]
    with pytest.raises(AssertionError):
        check_lines(json.dumps(record).encode(), "json")


OBJECTS = {"json": "", "eve": "fingerprint.", "ecs": "huginn."}


@pytest.mark.parametrize("format", FORMS)
def test_records_have_no_key_that_is_not_described(format: JsonFormat, outputs: dict[str, Path]) -> None:
    described = {place for field in FIELDS if (place := field.place(format))}
    described |= {more.path for more in MORE[format] if format != "json"}
    found = set()
    for line in outputs[format].read_bytes().splitlines():
        found |= set(paths(json.loads(line)))
    own = OBJECTS[format]
    null = {own + name for name in ("match", "client", "server")}
    assert found - described == {own + JSON_VERSION_KEY, *null}, "these are null where none fits"
    unseen = {path for path in described - found if not path.endswith(("in_iface", "interface.name"))}
    absent = {
        own + name
        for name in (
            "claims",
            "downgrade",
            "finding_mac",
            "segment",
            "signature_agent",
            "before",
            "after",
            "claimed_role",
        )
    }
    absent |= {"host.os.type", "host.uptime"}
    assert unseen <= absent, "described, but in no record"


@pytest.mark.parametrize("format", FORMS)
def test_keys_stand_in_the_order_of_the_description(format: JsonFormat, outputs: dict[str, Path]) -> None:
    own = OBJECTS[format]
    seen = set()
    for line in outputs[format].read_bytes().splitlines():
        record = json.loads(line)
        values = record[own.removesuffix(".")] if own else record
        event = values["event"]
        if None in (values.get(key, 0) for key in ("match", "client", "server")) or event in seen:
            continue
        seen.add(event)
        fields = [one for one in FIELDS if event in one.events]
        if event == "http_request":  # its program stands where that of a response does
            at = next(number for number, one in enumerate(FIELDS) if one.source == "server")
            fields = sorted(fields, key=lambda one: at if one.source == "client" else FIELDS.index(one))
        described = [place for one in fields if (place := one.place(format))]
        expected = [place for place in described if place.startswith(own)]
        found = list(paths(values, own))
        optional = {one.place(format) for one in fields if one.source == "row" and not one.always}
        expected = [place for place in expected if place in found or place not in optional]
        assert [path for path in found if not path.startswith("huginn.device.")] == [
            *expected,
            own + JSON_VERSION_KEY,
        ]
    assert seen >= set(EVENTS) - {"server_uptime", *QUIET_PROTOCOLS}, "which are in no output here"


def test_every_record_tells_its_cause(outputs: dict[str, Path]) -> None:
    for row in rows_of_json(outputs["json"].read_bytes().splitlines(), "json"):
        assert row["time_ns"] > 0
        assert row["packet_number"] > 0
        if row["event"] in ("lldp", "cdp", "arp", "device_change"):
            assert row["src_ip"] is row["src_port"] is row["dst_ip"] is row["community_id"] is None
        else:
            assert row["community_id"].startswith("1:")
        assert len(row["database"]) == 12
        assert (row["match_name"] is None) == (row["match_file"] is None) == (row["match_line"] is None)
        assert (row["link"] is None) == (row["link_file"] is None) == (row["link_line"] is None)


def test_names_are_unique_in_each_format() -> None:
    columns = [field.column for field in FIELDS]
    assert len(set(columns)) == len(columns)
    for format, event in product(FORMS, EVENTS):
        found = [place for one in FIELDS if event in one.events and (place := one.place(format))]
        assert len(set(found)) == len(found)


def test_formats_have_suffixes_and_words() -> None:
    assert list(FORMATS) == ["text", "json", "p0f", "eve", "ecs", "csv", "parquet"]
    assert all(form.suffix.startswith(".") and form.summary for form in FORMATS.values())


def ascii_text(codes: list[int]) -> str:
    """The text of a column of fixed width."""
    return bytes(codes).decode("ascii")


AS_TEXT: dict[str, Callable[[Any], str]] = {
    "ja4": ascii_text,
    "ja4_stable": ascii_text,
    "tls_version": tls.version_name,
}
"""Columns that tables have as texts, and what makes these of a value."""


def test_a_name_means_one_thing_in_batches_and_tables() -> None:
    pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    (batch,) = hg.Analyzer().batches(SAMPLE)
    table = batch.to_arrow()
    for columns in (batch, batch.tcp, batch.tls, batch.http, batch.devices):
        assert {*columns.columns} <= {*table.column_names, "row"}
        assert not {*columns.raw.columns} & {*table.column_names}
    assert {"packet_number", "uptime_minutes", "match_fuzzy", "mtu"} <= set(batch.columns)
    assert not {"signature", "link", "fuzzy"} & set(batch.columns), "in tables they are texts"
    words = {field.column for field in FIELDS if field.words}
    for name, shown_as in AS_TEXT.items():
        values = [shown_as(value) for value in batch[name].tolist()]
        shown = table[name].to_pylist()
        assert any(shown), name
        assert all(text is None or text == value for text, value in zip(shown, values, strict=True)), name
    in_words = {"time_ns", "src_ip", "dst_ip", "olayout", "quirks", "reasons", "raw_hits", *AS_TEXT}
    in_words |= {
        "cipher",
        "group",
        "mac",
        "source_mac",
        "previous_mac",
        "finding_mac",
        "device_ip",
        "target_ip",
    }
    in_words |= {"hassh", "host_key", "proxied_src_ip", "proxied_dst_ip"}
    in_words |= {"sha256", "weak_subject", "not_before", "not_after", "weaknesses"}
    for name in set(batch.columns) - words - in_words:
        pairs = zip(table[name].to_pylist(), batch[name], strict=True)
        assert all(shown is None or shown == value for shown, value in pairs), name

"""Confidence tables as an input of the compiler, and damaged claims."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.cli.app import run
from huginn_cffi.run.answers import Basis
from huginn_cffi.run.observations import Match
from huginn_workbench.core import confidence_of, with_confidence
from sigcompiler.claims.confidence import BASES, NEW_FAMILY, ConfidenceError, read_confidence
from sigcompiler.emit_binary import join_sections
from sigcompiler.table.layout import SECTION_BY_NAME
from tests.support.checksums import with_checksum
from tests.support.core import CONFIDENCE
from tests.support.packets import Ip4, Tcp, packet

LABEL = "label = s:unix:Linux:4.19-6.15"
TEXT = f"""classes = unix
[tcp:request]
{LABEL}
; source: lab; high
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
"""
HIGH = Basis("specific", 1, "high", ("Linux",))


def tables(**changes: Any) -> dict[str, Any]:
    made = {
        "confidence": dict.fromkeys(BASES, 0.25),
        "version_confidence": {"specific 1 high": 0.125},
        "standing": {"Linux": 0.8},
    }
    return {**made, **changes}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Signatures and tables."""
    signatures, shares = tmp_path / "own.fp", tmp_path / "own.json"
    signatures.write_text(TEXT)
    shares.write_text(json.dumps(tables()))
    return signatures, shares


def found(database: hg.Database) -> Match:
    syn = hg.fingerprint(packet(Ip4(), Tcp()), db=database).syn
    assert syn is not None
    assert syn.match is not None
    return syn.match


def test_a_database_has_the_tables_that_it_was_compiled_with(files: tuple[Path, Path]) -> None:
    own = hg.Database.compile(files[0], confidence=files[1])
    assert (found(own).confidence, found(own).version_confidence) == (0.25 * 0.8, 0.125 * 0.8)
    assert confidence_of(HIGH._replace(names=("AIX",)), own) == (0.25 * NEW_FAMILY, 0.125 * NEW_FAMILY)
    assert confidence_of(Basis("fuzzy", 2, "low"), own) == (0.25, None)


def test_without_tables_a_database_has_those_of_the_default(files: tuple[Path, Path]) -> None:
    stored = json.loads(CONFIDENCE.read_text(encoding="utf-8"))
    assert found(hg.Database.compile(files[0])).confidence == stored["confidence"]["specific 1 high"]
    for name, share in stored["confidence"].items():
        manner, families, weight = name.split()
        basis = Basis(manner, int(families), weight)  # type: ignore[arg-type]
        assert confidence_of(basis, hg.Database.load_default())[0] == share


def test_tables_are_replaced_at_run_time(files: tuple[Path, Path], tmp_path: Path) -> None:
    first = hg.Database.compile(files[0])
    other = with_confidence(first, tables(standing={}))
    assert found(other).confidence == 0.25 * NEW_FAMILY != found(first).confidence
    assert other.source_hash == first.source_hash
    other.save(tmp_path / "own.hgdb")
    assert found(hg.Database.open(tmp_path / "own.hgdb")).confidence == 0.25 * NEW_FAMILY
    default = with_confidence(hg.Database.load_default(), tables())
    assert confidence_of(HIGH, default) == (0.2, 0.1)


def test_the_command_takes_tables(files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "own.hgdb"
    assert run(["compile", str(files[0]), "--confidence", str(files[1]), "-o", str(out)]) == 0
    assert found(hg.Database.open(out)).confidence == 0.25 * 0.8


WRONG = [
    ([], "not an object"),
    ({}, "confidence is missing"),
    (tables(standing=[]), "standing is missing, or no object"),
    (tables(confidence={}), "confidence has no share for 'specific 1 unstated'"),
    (tables(confidence=dict.fromkeys(BASES, 1.5)), "the share of 'specific 1 unstated' is no number from 0"),
    (tables(standing={"Linux": True}), "the share of 'Linux' is no number from 0 to 1"),
    (tables(standing={"Linux": 1, "linux": 1}), "differ in the case of letters alone"),
    (tables(standing={"\ud800": 1}), "is no name"),
    (tables(version_confidence={"specific 3 high": 0.5}), "'specific 3 high' is not a known key"),
    (tables(assumed=["mdns colour"]), "assumed is no list of keys of devices"),
    (tables(assumed=3), "assumed is no list of keys of devices"),
]


@pytest.mark.parametrize(("content", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_wrong_tables_are_refused_with_their_file(content: Any, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(content))
    with pytest.raises(ConfidenceError, match=r"wrong\.json: ") as caught:
        read_confidence(path)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"standing": {"Linux": 1, "Linux": 0}}', "'Linux' stands twice"),
        (b" " * (1 << 20) + b"{}", "has more than 1 MiB"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff", "not JSON"),
    ],
)
def test_files_that_hold_no_tables(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_bytes(content)
    with pytest.raises(ConfidenceError, match=reason):
        read_confidence(path)


def test_a_pipe_is_refused_at_once(files: tuple[Path, Path], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(hg.DatabaseError, match="not a regular file"):
        hg.Database.compile(files[0], confidence=pipe)


def test_a_file_that_is_not_json_or_not_there(files: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(hg.DatabaseError, match="not JSON"):
        hg.Database.compile(files[0], confidence=files[0])
    missing = tmp_path / "missing.json"
    with pytest.raises(hg.DatabaseError, match="No such file"):
        hg.Database.compile(files[0], confidence=missing)
    out = tmp_path / "own.hgdb"
    arguments = ["compile", str(files[0]), "--confidence", str(files[0]), "-o", str(out)]
    assert run(arguments) == 2
    assert not out.exists()


def changed(section: str, number: int, **values: int) -> bytes:
    """A database whose record `number` of a section has other values."""
    database = hg.Database.compile(text=f"{TEXT}{LABEL} or 2.6\nsig = *:64:0:*:1,*:mss:df:0\n")
    database = with_confidence(database, tables())
    sections = {name: bytearray(database._records.section(name).memory) for name in SECTION_BY_NAME}
    layout = SECTION_BY_NAME[section]
    for field_name, value in values.items():
        at = number * layout.stride
        for field in layout.fields:
            if field.name == field_name:
                sections[section][at : at + field.size] = value.to_bytes(field.size, "little")
            at += field.size
    key = lib.hg_database_hash_key(database._handle)
    return join_sections({name: bytes(data) for name, data in sections.items()}, key, bytes(32))


DAMAGES: list[tuple[str, int, dict[str, int]]] = [
    ("claims", 0, {"kind": 6}),
    ("claims", 0, {"first_family": 1}),
    ("claims", 1, {"family_count": 2}),
    ("claim_families", 0, {"first_version": 1}),
    ("claim_families", 1, {"version_count": 9}),
    ("claim_families", 1, {"family": 1}),
    ("versions", 0, {"first": 2**64 - 1, "last": 0}),
    ("families", 0, {"name_length": 2**31}),
    ("labels", 1, {"claim": 2}),
    ("labels", 0, {"alike": 1}),
    ("signatures", 1, {"weight": 4}),
    ("signatures", 1, {"next": 0}),
    ("layout_signatures", 0, {"signature": 2}),
    ("confidence", 23, {"share": 1_000_001}),
    ("confidence", 0, {"version_share": 2_000_000}),
    ("standings", 0, {"share": 1_000_001}),
]


@pytest.mark.parametrize(("section", "number", "values"), DAMAGES)
def test_damaged_claims_are_refused(
    section: str, number: int, values: dict[str, int], tmp_path: Path
) -> None:
    path = tmp_path / "damaged.hgdb"
    path.write_bytes(changed(section, number, **values))
    with pytest.raises(
        hg.DatabaseError, match=f"damaged: record {number + 1} of section {section} is invalid"
    ):
        hg.Database.open(path)


def test_versions_that_do_not_rise_are_refused(tmp_path: Path) -> None:
    """Two ranges of one family in the wrong order: lists are compared in one pass."""
    path = tmp_path / "damaged.hgdb"
    path.write_bytes(changed("versions", 1, first=2**63, last=2**64 - 1))
    with pytest.raises(hg.DatabaseError, match="damaged: record 2 of section claim_families is invalid"):
        hg.Database.open(path)


def test_an_unchanged_database_of_the_same_sections_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sound.hgdb"
    path.write_bytes(changed("claims", 0))
    assert len(hg.Database.open(path)) == 2
    assert ffi.sizeof("hg_basis") % 8 == 0


def test_a_newline_in_a_name_of_a_damaged_file_ends_no_item(tmp_path: Path) -> None:
    image = changed("claims", 0).replace(b"Linux", b"Li\nnx")
    sections = tmp_path / "newline.hgdb"
    sections.write_bytes(with_checksum(image))
    match = found(hg.Database.open(sections))
    assert match.family == "Li nx"
    assert match.name == "Li\nnx"

"""A small database whose records all refer to the same large text: it is refused, not read out."""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from huginn_cffi import Database
from huginn_cffi.run.records import SectionRecords
from sigcompiler.emit_binary import join_sections
from sigcompiler.table.layout import SECTION_BY_NAME
from tests.support.sanitizers import SANITIZED

SIGNATURE = "classes = unix\n[tcp:request]\nlabel = s:unix:Linux:1\nsig = *:64:0:*:mss*20,7:mss,nop,ws:df:0\n"
STRINGS = 1_000_000
ADDRESS_SPACE = 2 << 30
PATIENCE_S = 60

NAMES_THEM = """
import sys
from huginn_cffi import Database, DatabaseError
try:
    database = Database.open(sys.argv[1])
except DatabaseError as error:
    print(error)
else:
    print([signature.file for signature in database.signatures])
"""


def overlapping(path: Path, records: int, length: int) -> None:
    """A database with so many more records of `files`, all of which refer to the same text."""
    database = Database.compile(text=SIGNATURE)
    sections = {name: SectionRecords(database._handle, name).memory.tobytes() for name in SECTION_BY_NAME}
    sections["strings"] += b"x" * (STRINGS - len(sections["strings"]))
    record = struct.pack(SECTION_BY_NAME["files"].struct_format, STRINGS - length, length)
    sections["files"] += record * records
    path.write_bytes(join_sections(sections, 1, bytes(32)))


def limit_memory() -> None:
    if SANITIZED:
        return  # AddressSanitizer reserves more addresses than any limit allows
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def opened(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", NAMES_THEM, str(path)],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        preexec_fn=limit_memory,
    )
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout


def test_records_that_refer_to_more_text_than_memory_holds(tmp_path: Path) -> None:
    path = tmp_path / "overlapping.hgdb"
    overlapping(path, 125_000, 990_000)
    assert path.stat().st_size < 2_100_000
    message = opened(path)
    assert "damaged: its records refer to 118" in message
    assert "MiB of text, which is limited to 256" in message


@pytest.mark.parametrize(("records", "fits"), [(268, True), (269, False)])
def test_the_limit(tmp_path: Path, records: int, fits: bool) -> None:
    """256 MiB are 268 pieces of 10^6 bytes and 435,456 more, of which the other records take a few."""
    path = tmp_path / "limit.hgdb"
    overlapping(path, records, 999_900)
    assert ("limited to 256" in opened(path)) is not fits


def test_names_are_decoded_when_asked_for(tmp_path: Path) -> None:
    """What nothing refers to is never decoded: the 100 MB of 100 files here."""
    path = tmp_path / "names.hgdb"
    overlapping(path, 100, 999_900)
    database = Database.open(path)
    tracemalloc.start()
    [signature] = database.signatures
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(signature.file) < 100
    assert peak < 10_000_000

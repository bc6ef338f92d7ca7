"""References from record to record: the core refuses every one that the layout knows, once it is wrong."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

import huginn_cffi as hg
from sigcompiler.table.layout import CHECKSUM_OFFSET, DIRECTORY_FORMAT, HEADER_FORMAT, SECTIONS, SIZES

DIRECTORY_AT = struct.calcsize(HEADER_FORMAT)

# At least one record in every section: two signatures of one key make members, 99 make ranges.
TEXT = "\n".join(
    (
        "classes = unix",
        "[mtu]",
        "label = Ethernet",
        "sig = 1500",
        "[tcp:request]",
        "label = s:unix:Linux:1",
        *("sig = *:64:0:*:mss*20,7:mss,nop,ws:df:0", "sig = *:64:0:*:mss*20,7:mss,nop,ws:df,id+:0"),
        *(f"sig = *:{ttl}:0:*:{window},7:mss,nop,ws:df:0" for window in (1, 2) for ttl in range(1, 100)),
        "[http:request]",
        "ua_os = Linux=[Linux]",
        "label = s:unix:Browser:1",
        "sig = 1:Host,Accept=[a]::x",
        "[tls:client]",
        "label = s:unix:Browser:1",
        "sig = t13d1516h2_8daaf6152771_*",
        "[device]",
        "label = s:plug:::: ",
        "sig = name device*",
        "[segments]",
        "label = g:unix:Linux:",
        "sig = ttl=64,high=%1460",
        "",
    )
)

REFERENCES = [(section.name, field.name) for section in SECTIONS for field in section.fields if field.refers]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("references") / "good.hgdb"
    hg.Database.compile(text=TEXT).save(path)
    return path.read_bytes()


@pytest.mark.parametrize(("name", "field_name"), REFERENCES)
def test_wrong_reference_is_refused(image: bytes, tmp_path: Path, name: str, field_name: str) -> None:
    """The first record of the section refers to the last number that the field can hold, but one."""
    [number] = [number for number, section in enumerate(SECTIONS) if section.name == name]
    section = SECTIONS[number]
    directory_size = struct.calcsize(DIRECTORY_FORMAT)
    offset, count, _ = struct.unpack_from(DIRECTORY_FORMAT, image, DIRECTORY_AT + number * directory_size)
    assert count
    before = [field.name for field in section.fields].index(field_name)
    at = offset + sum(field.size for field in section.fields[:before])
    size = SIZES[section.fields[before].type]
    changed = bytearray(image)
    changed[at : at + size] = ((1 << 8 * size) - 2).to_bytes(size, "little")
    struct.pack_into("<I", changed, CHECKSUM_OFFSET, zlib.crc32(changed[CHECKSUM_OFFSET + 4 :]))
    path = tmp_path / "bad.hgdb"
    path.write_bytes(changed)
    with pytest.raises(hg.DatabaseError, match="damaged: record 1 of section "):
        hg.Database.open(path)

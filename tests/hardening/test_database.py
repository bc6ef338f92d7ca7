"""Databases that are wrong in ways that a checksum does not tell."""

from __future__ import annotations

import gc
import os
import struct
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, Database, DatabaseError
from sigcompiler.table.layout import (
    CHECKSUM_OFFSET,
    DIRECTORY_FORMAT,
    FORMAT_VERSION,
    HEADER_FORMAT,
    SECTIONS,
)
from tests.support.captures import pcap
from tests.support.checksums import with_checksum
from tests.support.explained import of_packet
from tests.support.packets import Ip4, Tcp, mss, packet

DIRECTORY_END = struct.calcsize(HEADER_FORMAT) + len(SECTIONS) * struct.calcsize(DIRECTORY_FORMAT)


@pytest.mark.parametrize("length", [72, 80, 200, DIRECTORY_END - 1])
def test_ends_inside_its_directory(tmp_path: Path, length: int) -> None:
    """Before the end of its directory."""
    path = tmp_path / "cut.hgdb"
    Database.compile(text="[mtu]\nlabel = Ethernet\nsig = 1500\n").save(path)
    path.write_bytes(with_checksum(path.read_bytes()[:length]))
    with pytest.raises(
        DatabaseError, match=f"damaged: its sections are not those of format version {FORMAT_VERSION}"
    ):
        Database.open(path)


@pytest.mark.parametrize("version", [1, FORMAT_VERSION - 1, FORMAT_VERSION + 1])
def test_another_version_of_the_format(tmp_path: Path, version: int) -> None:
    path = tmp_path / "other.hgdb"
    small(path)
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, 8, version)
    path.write_bytes(data)
    with pytest.raises(DatabaseError, match=rf"format version {version}, .* compile the \.fp file again"):
        Database.open(path)


def small(path: Path) -> Database:
    """A database of one link, loaded from `path`."""
    Database.compile(text="[mtu]\nlabel = Ethernet\nsig = 1500\n").save(path)
    return Database.open(path)


@pytest.mark.parametrize("change", ["cut", "scrambled"])
def test_file_that_changes_under_a_running_analysis(tmp_path: Path, change: str) -> None:
    """As a new version that is copied over it does. A mapped file would take the process along."""
    path = tmp_path / "changing.hgdb"
    database = small(path)
    with path.open("r+b") as file:
        if change == "cut":
            file.truncate(0)
        else:
            file.seek(DIRECTORY_END)
            file.write(bytes(b"\xee" * (path.stat().st_size - DIRECTORY_END)))
    assert [item.name for item in database.signatures] == ["Ethernet"]


def test_pipe_is_not_read_halfway(tmp_path: Path) -> None:
    """To tell .fp from .hgdb its first bytes are looked at, and a pipe would have lost them."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(DatabaseError, match=f"{path}: not a regular file; write the signatures to one first"):
        Database.open(path)


def test_device_without_an_end() -> None:
    with pytest.raises(DatabaseError, match="/dev/zero: not a regular file"):
        Database.open("/dev/zero")


def test_name_with_a_nul() -> None:
    with pytest.raises(DatabaseError, match="embedded null"):
        Database.open("a\0b")


def with_label(path: Path, label: bytes) -> Database:
    """A database whose link has another label of eight bytes, which no compiler would let through."""
    small(path)
    path.write_bytes(with_checksum(path.read_bytes().replace(b"Ethernet", label)))
    return Database.open(path)


def test_label_that_is_no_utf8(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    database = with_label(tmp_path / "label.hgdb", b"Eth\xff\xc3\x28er")
    syn = packet(Ip4(), Tcp(options=mss(1460)))
    (batch,) = Analyzer(database).batches(pcap([(0, syn)]))
    assert batch.to_arrow()["link"].to_pylist() == [None, "Eth\ufffd\ufffd(er"]


def test_records_keep_the_memory_of_their_database(tmp_path: Path) -> None:
    records = small(tmp_path / "gone.hgdb")._records
    signatures = records.mtu
    del records
    gc.collect()
    filling = [bytes([n]) * (tmp_path / "gone.hgdb").stat().st_size for n in range(100)]
    assert signatures[0].name == "Ethernet"
    assert len(filling) == 100


def test_bytes_may_be_wrong(tmp_path: Path) -> None:
    """With a sound checksum: refused when it is loaded, or whatever is asked of it is answered."""
    path, refused, answered = tmp_path / "wrong.hgdb", 0, 0
    Database.compile(
        text="classes = unix\n[tcp:request]\nlabel = s:unix:Linux:3.x\nsig = *:64:0:*:*,*:mss:df,id+:0\n"
    ).save(path)
    sound = path.read_bytes()
    syn = packet(Ip4(), Tcp(options=mss(1460)))
    for place in range(CHECKSUM_OFFSET + 4, len(sound), 3):
        path.write_bytes(with_checksum(sound[:place] + bytes((sound[place] ^ 0xEE,)) + sound[place + 1 :]))
        try:
            database = Database.open(path)
        except DatabaseError:
            refused += 1
            continue
        answered += 1
        assert str(of_packet(database, "4:64:0:1460:29200,0:mss:df,id+:0"))
        for result in Analyzer(database).analyze_pcap(pcap([(0, syn)])):
            assert all(str(part) for part in result.parts)
    assert min(refused, answered) > 50

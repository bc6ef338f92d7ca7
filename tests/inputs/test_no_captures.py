"""Files that are no captures: the message says what a file is, and what to do."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.sample import sample

EDITCAP = "editcap -F pcapng"


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.pcap"))
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pcap", b"x")
    return out.getvalue()


def _erf(kind: int, seconds: int = 1_700_000_000) -> bytes:
    """A record by the description of Endace: time, type, flags, lengths of record, loss and wire."""
    return struct.pack("<IIBB", 0, seconds, kind, 4) + struct.pack(">HHH", 82, 0, 64) + b"\0\0" + bytes(64)


FILES = {
    "a Git LFS pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n",
        "git lfs pull",
    ),
    "a git-annex pointer": (b"/annex/objects/SHA256E-s1--00.pcap\n", "git annex get"),
    "an HTML page": (b"\n\n<!DOCTYPE html>\n<html lang=en>", "download the file itself"),
    "an HTML page;": (
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a page -->\n<HTML>',
        "download the file itself",
    ),
    "an XML file": (b'<?xml version="1.0"?><pdml>', "pcap or pcapng"),
    "a JSON file": (b'{"timestamp": "2026-01-15"}\n', "pcap or pcapng"),
    "not a pcap or pcapng file, but a text file": ("# Zeek, größer\n".encode() * 60, "text2pcap"),
    "not a pcap or pcapng file, but a text": ("Frame 1: 74 bytes".encode("utf-16"), "text2pcap"),
    "a capture of snoop": (b"snoop\0\0\0\0\0\0\2\0\0\0\4", EDITCAP),
    "a capture of Network Monitor": (b"GMBU\0\2\1\0", EDITCAP),
    "a capture of Endace": (_erf(2), EDITCAP),
    "an event trace of Windows": (
        bytes((0, 0, 1, 0)) + bytes(68) + b"\2\0\2\xc0" + bytes(40),
        "pktmon etl2pcap",
    ),
    "a tar archive": (_tar(), "unpack it"),
    "a ZIP archive": (_zip(), "unpack it"),
    "a PDF document": (b"%PDF-1.7\n%\xe2\xe3", "pcap or pcapng"),
    "an image": (b"\x89PNG\r\n\x1a\n\0\0", "pcap or pcapng"),
    "a file that begins with zeros": (bytes(4096), "copy or download it again"),
}


@pytest.mark.parametrize("how", ["path", "memory", "gzip", "object"])
@pytest.mark.parametrize("what", FILES)
def test_the_message_says_what_it_is_and_what_to_do(what: str, how: str, tmp_path: Path) -> None:
    data, remedy = FILES[what]
    path = tmp_path / "capture.pcap"
    path.write_bytes(gzip.compress(data) if how == "gzip" else data)
    source = {"memory": data, "object": io.BytesIO(data)}.get(how, path)
    with pytest.raises(hg.CaptureError) as caught:
        list(hg.Analyzer().batches(source))
    assert caught.value.refused
    message = str(caught.value)
    assert f": {what}" in message
    assert remedy in message
    assert "\n" not in message
    if how in ("path", "gzip"):
        assert message.startswith(f"{path}: ")


@pytest.mark.parametrize(
    "data",
    [
        b"\x01\x02\x03\x04random",
        bytes(range(128, 256)) * 4,
        _erf(99),
        _erf(2, seconds=5),
        b"\0\1\0\0",
        b"\1version 2 of git",
        b"\xff\xfeodd",
    ],
)
def test_others_are_not_given_a_name(data: bytes) -> None:
    with pytest.raises(hg.CaptureError, match=f"not a pcap or pcapng file; if .*{EDITCAP}"):
        list(hg.Analyzer().batches(data))


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.pcap").write_bytes(b"")
    with pytest.raises(hg.CaptureError, match="empty capture file"):
        list(hg.Analyzer().batches(tmp_path / "empty.pcap"))


def test_damage_and_other_versions_keep_their_message() -> None:
    data = sample()
    with pytest.raises(hg.CaptureError, match="truncated inside the file header"):
        list(hg.Analyzer().batches(data[:20]))
    with pytest.raises(hg.CaptureError, match=r"pcap version 3\.4 is not read"):
        list(hg.Analyzer().batches(data[:4] + b"\3\0" + data[6:]))

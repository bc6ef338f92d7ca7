"""File objects: everything with `read(size)` gives the results of the file, from its position on."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.support.sample import sample

DATA = sample()


class OnlyRead:
    """Has no other method. It gives at most `most` bytes, and after `limit` bytes an error."""

    def __init__(self, data: bytes, most: int | None = None, limit: int | None = None) -> None:
        self._file, self._most, self._limit = io.BytesIO(data), most, limit

    def read(self, size: int) -> bytes:
        if self._limit is not None and self._file.tell() >= self._limit:
            raise RuntimeError("the tape broke")
        most = min(size, self._most or size)
        return self._file.read(most if self._limit is None else min(most, self._limit - self._file.tell()))


def _spooled(data: bytes, _: Path) -> Any:
    made = tempfile.SpooledTemporaryFile()  # noqa: SIM115 - the test reads it
    made.write(data)
    made.seek(0)
    return made


def _zip(data: bytes, folder: Path) -> Any:
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pcap", data)
    return zipfile.ZipFile(folder / "a.zip").open("a.pcap")


def _tar(data: bytes, folder: Path) -> Any:
    (folder / "a.pcap").write_bytes(data)
    with tarfile.open(folder / "a.tar", "w:gz") as archive:
        archive.add(folder / "a.pcap", "a.pcap")
    return tarfile.open(folder / "a.tar").extractfile("a.pcap")


def _opened(opener: Callable[..., Any], pack: Callable[[bytes], bytes]) -> Callable[[bytes, Path], Any]:
    def opened(data: bytes, folder: Path) -> Any:
        (folder / "packed").write_bytes(pack(data))
        return opener(folder / "packed", "rb")

    return opened


def _url(data: bytes, folder: Path) -> Any:
    (folder / "a.pcap").write_bytes(data)
    return urllib.request.urlopen((folder / "a.pcap").as_uri())


OBJECTS: dict[str, Callable[[bytes, Path], Any]] = {
    "open": _opened(open, bytes),
    "unbuffered": _opened(lambda path, mode: path.open(mode, buffering=0), bytes),
    "BytesIO": lambda data, _: io.BytesIO(data),
    "gzip": _opened(gzip.open, gzip.compress),
    "bz2": _opened(bz2.open, bz2.compress),
    "lzma": _opened(lzma.open, lzma.compress),
    "zip": _zip,
    "tar": _tar,
    "urlopen": _url,
    "spooled": _spooled,
    "only read": lambda data, _: OnlyRead(data),
    "short reads": lambda data, _: OnlyRead(data, most=3),
}


def strings(source: Any) -> list[str]:
    return [str(one) for one in hg.Analyzer().analyze_pcap(source)]


EXPECTED = strings(DATA)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", OBJECTS)
def test_results_are_those_of_the_file(kind: str, packed: bool, tmp_path: Path) -> None:
    """Also of a compressed capture in the object."""
    assert strings(OBJECTS[kind](gzip.compress(DATA) if packed else DATA, tmp_path)) == EXPECTED != []


@pytest.mark.parametrize("kind", OBJECTS)
def test_reading_begins_at_the_position(kind: str, tmp_path: Path) -> None:
    source = OBJECTS[kind](b"a head" + DATA, tmp_path)
    taken = b""
    while len(taken) < 6:
        taken += source.read(6 - len(taken))
    assert strings(source) == EXPECTED


@pytest.mark.parametrize("kind", [kind for kind in OBJECTS if kind not in ("only read", "short reads")])
def test_a_closed_file(kind: str, tmp_path: Path) -> None:
    source = OBJECTS[kind](DATA, tmp_path)
    source.close()
    with pytest.raises(ValueError, match="closed file"):
        strings(source)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_comes_after_the_results_before_it(workers: int) -> None:
    for limit in random.Random(5).sample(range(24, len(DATA)), 12):
        found: list[str] = []
        broken = hg.Analyzer().analyze_pcap(OnlyRead(DATA, limit=limit), workers=workers)
        with pytest.raises(RuntimeError, match="the tape broke"):
            found.extend(map(str, broken))
        errors: list[Exception] = []
        assert found == [*map(str, hg.Analyzer().analyze_pcap(DATA[:limit], on_error=errors.append))]


@pytest.mark.parametrize("limit", [0, 2])
def test_an_error_at_the_begin(limit: int) -> None:
    with pytest.raises(RuntimeError, match="the tape broke"):
        strings(OnlyRead(DATA, limit=limit))


def test_what_is_no_binary_file(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text")
    with (tmp_path / "text").open() as file, pytest.raises(TypeError, match="mode 'rb'"):
        strings(file)
    with pytest.raises(TypeError, match="mode 'rb'"):
        strings(io.StringIO("text"))

    class Text:
        def read(self, size: int) -> str:
            return "text"[:size]

    with pytest.raises(TypeError, match="read must return bytes, not str"):
        strings(Text())
    with pytest.raises(TypeError, match="source must be a path"):
        strings(5)


def test_an_object_that_holds_no_capture() -> None:
    with pytest.raises(hg.CaptureError, match="file object: not a pcap or pcapng file, but a text file"):
        strings(io.BytesIO(b"just words"))
    with pytest.raises(hg.CaptureError, match="empty capture file"):
        strings(io.BytesIO())


@pytest.mark.parametrize("text", [DATA.decode("latin-1"), str(DATA), "x" * 5000])
def test_a_text_that_is_the_content_of_a_capture(text: str) -> None:
    with pytest.raises(ValueError, match=f"a text of {len(text)} characters, .* as bytes$"):
        hg.Analyzer().analyze_pcap(text)

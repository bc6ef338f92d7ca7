"""Compressed captures: the same results, everything before the damage, flat memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.installation import to_add
from huginn_cffi.sources import compressed
from tests.support import samples
from tests.support.captures import pcap
from tests.support.sanitizers import SANITIZED

Compress = Callable[[bytes], bytes]
PACKETS = 3000


def _zstd(data: bytes) -> bytes:
    library = pytest.importorskip("zstandard")
    return bytes(library.ZstdCompressor(write_checksum=True).compress(data))


def _lz4(data: bytes) -> bytes:
    frame = pytest.importorskip("lz4.frame")
    return bytes(frame.compress(data, content_checksum=True, block_size=frame.BLOCKSIZE_MAX64KB))


FORMS: dict[str, Compress] = {
    "gzip": gzip.compress,
    "xz": lzma.compress,
    "bzip2": lambda data: bz2.compress(data, 1),
    "zstd": _zstd,
    "lz4": _lz4,
}
SKIPPABLE = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
"""A frame of metadata, as pzstd writes it."""


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    """One of the formats."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def capture() -> bytes:
    """Half a megabyte and more of SYNs."""
    return samples.capture(PACKETS)


class SourceResult:
    """What came out of a source: packets, events without its name, and the error at the end."""

    def __init__(self, source: object, **options: object) -> None:
        analyzer = hg.Analyzer()
        self.records: list[bytes] = []
        self.error: hg.CaptureError | None = None
        try:
            for batch in analyzer.batches(source, **options):  # type: ignore[arg-type]
                self.records += batch.render("json").splitlines()
        except hg.CaptureError as error:
            self.error = error
        self.packets = analyzer.stats.packets


def test_results_are_those_of_the_capture(form: str, capture: bytes, tmp_path: Path) -> None:
    path = tmp_path / "named.pcap"  # the name says nothing
    path.write_bytes(FORMS[form](capture))
    plain = SourceResult(capture)
    assert len(plain.records) == 2 * PACKETS
    for found in (SourceResult(path), SourceResult(path, workers=2), SourceResult(path.read_bytes())):
        assert (found.records, found.error) == (plain.records, None)


@pytest.mark.parametrize("form", ["gzip", "zstd"])
def test_standard_input(form: str, capture: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_bytes(FORMS[form](capture))
    command = [sys.executable, "-m", "huginn_cffi", "pcap", "-", "--format", "json"]
    from_pipe = subprocess.run(command, input=path.read_bytes(), capture_output=True, timeout=60)
    with path.open("rb") as file:
        from_file = subprocess.run(command, stdin=file, capture_output=True, timeout=60)
    for done in (from_pipe, from_file):
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.splitlines() == SourceResult(capture).records


def test_compressed_and_plain_captures_are_one_stream(form: str, tmp_path: Path) -> None:
    packets = samples.conversation()
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(FORMS[form](pcap(packets[:1])))
    second.write_bytes(pcap(packets[1:]))
    together = [result.parts for result in hg.Analyzer().analyze_pcap(pcap(packets))]
    results = list(hg.Analyzer().analyze_pcap([first, second]))
    assert [result.parts for result in results] == together
    places = [(result.packet_number, result.capture, result.number_in_capture) for result in results]
    assert places == [(1, str(first), 1), (2, str(second), 1), (3, str(second), 2)]


def test_cut_data_gives_all_that_came_before(form: str, capture: bytes) -> None:
    whole = FORMS[form](capture)
    found = SourceResult(whole[: len(whole) * 2 // 3])
    assert found.error is not None
    assert not found.error.refused
    assert f"the {form} data ends too early, after {len(whole) * 2 // 3} bytes" in str(found.error)
    assert 0 < found.packets < PACKETS
    assert found.records == SourceResult(capture).records[: 2 * found.packets]
    assert str(found.error).endswith(f"; its capture ends at record {found.packets + 1}")


def test_cut_gzip_data_loses_nothing_that_can_be_had(capture: bytes) -> None:
    cut = gzip.compress(capture)[:-5000]
    readable = zlib.decompressobj(31).decompress(cut)
    record_bytes = 16 + len(samples.SYN_PACKET)
    assert SourceResult(cut).packets == (len(readable) - 24) // record_bytes


def test_damaged_gzip_data_loses_nothing_that_can_be_had(capture: bytes) -> None:
    """A block of an impossible kind in the middle."""
    deflate = zlib.compressobj(wbits=-15)
    half = deflate.compress(capture[: len(capture) // 2]) + deflate.flush(zlib.Z_FULL_FLUSH)
    whole = gzip.compress(b"")[:10] + half + b"\xff" * 100
    found = SourceResult(whole)
    assert str(found.error).startswith("capture in memory: damaged gzip data near byte ")
    assert found.packets == (len(capture) // 2 - 24) // (16 + len(samples.SYN_PACKET))


def test_damage_is_one_error(form: str, capture: bytes) -> None:
    whole = bytearray(FORMS[form](capture))
    for place in range(len(whole) - 4, len(whole)):  # checksums, and the like, at the end
        whole[place] ^= 0xFF
    found = SourceResult(bytes(whole))
    assert found.error is not None
    assert form in str(found.error)
    assert found.packets == PACKETS


@pytest.mark.parametrize("form", ["gzip", "lz4"])
def test_the_command_says_it_once_and_goes_on(form: str, capture: bytes, tmp_path: Path) -> None:
    cut, whole = tmp_path / "cut", tmp_path / "whole"
    cut.write_bytes(FORMS[form](capture)[:-40])
    whole.write_bytes(samples.capture(2))
    command = [sys.executable, "-m", "huginn_cffi", "pcap", str(cut), str(whole)]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    (line,) = (one for one in lines if "begins before the file read before" not in one)
    assert line.startswith(f"huginn: {cut}: ")
    assert form in line
    assert done.stdout.count(b"[TCP SYN]") >= 2


def test_members_one_after_the_other(form: str, capture: bytes) -> None:
    compress = FORMS[form]
    whole = compress(capture[:1000]) + compress(b"") + compress(capture[1000:])
    assert SourceResult(whole).records == SourceResult(capture).records
    if form in ("gzip", "xz"):
        assert SourceResult(whole + bytes(512)).error is None, "zeros at the end are padding"
    after = SourceResult(whole + b"something")
    assert after.records == SourceResult(capture).records
    expected = f"something that is no {form} data begins at byte {len(whole)} of the compressed file"
    assert str(after.error) == f"capture in memory: {expected}"


@pytest.mark.parametrize("name", ["zstd", "lz4"])
def test_frames_of_metadata(name: str, capture: bytes) -> None:
    whole = FORMS[name](capture) + SKIPPABLE
    assert SourceResult(whole).records == SourceResult(capture).records
    if name == "zstd":
        assert SourceResult(SKIPPABLE + whole).records == SourceResult(capture).records


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"some other thing\1", "not a pcap or pcapng file"),
        (b"", "empty capture file"),
        (
            gzip.compress(b"twice", mtime=0),
            "not a pcap or pcapng file (compressed with gzip: decompress it first)",
        ),
    ],
)
def test_content_that_is_no_capture(form: str, content: bytes, reason: str) -> None:
    found = SourceResult(FORMS[form](content))
    assert found.error is not None
    assert found.error.refused
    assert str(found.error).startswith(f"capture in memory: {reason}")


def test_a_header_alone(form: str, capture: bytes) -> None:
    error = SourceResult(FORMS[form](capture)[:6]).error
    assert error is not None
    assert error.refused
    assert f"the {form} data ends too early, after 6 bytes" in str(error)


@pytest.mark.parametrize(("name", "package"), [("zstd", "zstandard"), ("lz4", "lz4")])
def test_a_missing_library_is_named_with_its_extra(
    name: str, package: str, capture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = FORMS[name](capture)
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.frame", None)
    error = SourceResult(whole).error
    assert error is not None
    assert str(error) == (
        f"capture in memory: compressed with {name}, which needs the package {package}: "
        f"{to_add('compression')}"
    )


def test_a_bomb_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "BOMB_FREE_BYTES", 1 << 20)
    monkeypatch.setattr(compressed, "BOMB_RATIO", 100)
    header = samples.capture(0)
    bomb = lzma.compress(header + bytes(4 << 20))
    found = SourceResult(bomb)
    assert found.error is not None
    assert "expands to more than 100 times its size, as a decompression bomb does" in str(found.error)
    assert 0 < found.packets < (4 << 20) // 16


def test_memory_stays_flat(form: str, tmp_path: Path) -> None:
    """A hundred megabytes out of a small file take less than 50 more than one packet does."""
    script = (
        "import resource, sys, huginn_cffi as hg\n"
        "for path in sys.argv[1:]:\n"
        "    list(hg.Analyzer(uptime=False).batches(path))\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    size = 1 << 16
    record = bytes(8) + size.to_bytes(4, "little") * 2 + bytes(size)
    names = []
    for name, count in (("small", 1), ("large", 1600)):
        path = tmp_path / name
        path.write_bytes(FORMS[form](samples.capture(0) + record * count))
        assert path.stat().st_size < 1 << 20
        names.append(str(path))
    command = [sys.executable, "-c", script, *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    before, after = map(int, done.stdout.split())
    if not SANITIZED:  # which keeps what was freed
        assert after - before < 50_000


def test_giving_up_early_ends_the_thread(form: str, capture: bytes, tmp_path: Path) -> None:
    """There is more to decompress than one batch and the pipe take."""
    path = tmp_path / "in"
    path.write_bytes(FORMS[form](capture + capture[24:] * 20))
    before = decompressors()
    results = hg.Analyzer().analyze_pcap(path)
    next(results)
    assert len(decompressors() - before) == 1
    results.close()  # type: ignore[attr-defined]
    assert not decompressors() - before


def decompressors() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "huginn-decompress"}


def test_cancel_ends_the_wait_for_an_idle_pipe(tmp_path: Path) -> None:
    """The compressed data stops in the middle and its writer stays."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    cancel = threading.Event()
    found: list[SourceResult] = []
    reader = threading.Thread(target=lambda: found.append(SourceResult(path, cancel=cancel)))
    reader.start()
    with path.open("wb", buffering=0) as pipe:
        pipe.write(gzip.compress(samples.capture(100))[:-300])
        time.sleep(0.2)
        cancel.set()
        reader.join(60)
        assert not reader.is_alive()
    assert found[0].error is None


def test_explain_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_bytes(gzip.compress(pcap(samples.conversation())))
    command = [sys.executable, "-m", "huginn_cffi", "explain", "--packet", "2", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Packet:  SYN+ACK")

"""What the page decompresses with, built for this machine: zlib gives the same of the same bytes."""

from __future__ import annotations

import gzip
import os
import subprocess
import zlib
from pathlib import Path
from random import Random

import pytest

from tests.support import builds
from tests.support.core import ROOT

SANITIZERS = ("-fsanitize=address,undefined", "-fno-sanitize-recover")
STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE)
ROUNDS = 60


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filter."""
    sources = [ROOT / "tests/web/gzip_filter.c", ROOT / "web/gzip.c"]
    folder = tmp_path_factory.mktemp("gzip")
    return builds.program(folder / "filter", sources, (*builds.FLAGS, *SANITIZERS))


def decompressed(program: Path, data: bytes) -> tuple[bytes, str]:
    """What comes out, and what is said of the rest."""
    plain = {**os.environ, "LD_PRELOAD": ""}
    done = subprocess.run([program], input=data, capture_output=True, env=plain, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr.decode()


def by_zlib(data: bytes) -> tuple[bytes, str]:
    """The same, byte by byte, so that nothing before damage is lost."""
    out = b""
    while True:
        inner, at = zlib.decompressobj(31), 0
        try:
            while at < len(data) and not inner.eof:
                out += inner.decompress(data[at : at + 1])
                at += 1
        except zlib.error:
            return out, "damaged gzip data"
        if not inner.eof:
            return out, "the gzip data ends too early"
        data = data[at:].lstrip(b"\0")
        if not data.startswith(b"\x1f\x8b"):
            return out, "something that is no gzip data" if data else ""


def content(random: Random) -> bytes:
    """Bytes of a length and with repetitions that vary."""
    size = random.choice((0, 1, 10, 300, 5000, 40000, 150000))
    if random.random() < 0.5:
        return random.randbytes(100) * (size // 100)
    return bytes(random.choices(range(random.choice((1, 2, 5, 40, 256))), k=size))


def compressed(random: Random, data: bytes) -> bytes:
    """One member or two, of blocks of each kind."""
    member = zlib.compressobj(
        random.randrange(10), zlib.DEFLATED, 31, random.randrange(1, 10), random.choice(STRATEGIES)
    )
    half = len(data) // 2
    out = member.compress(data[:half])
    if random.random() < 0.3:
        out += member.flush(zlib.Z_FULL_FLUSH)
    out += member.compress(data[half:]) + member.flush()
    return out + bytes(3) + gzip.compress(data[:77]) if random.random() < 0.3 else out


def damaged(random: Random, data: bytes) -> bytes:
    """Cut, or with bits turned behind the bytes that say what it is."""
    if random.random() < 0.3:
        return data[: random.randrange(2, len(data))]
    found = bytearray(data)
    for _ in range(random.randrange(1, 3)):
        found[random.randrange(2, len(found))] ^= 1 << random.randrange(8)
    return bytes(found)


def test_what_zlib_compresses(program: Path) -> None:
    random = Random(1)
    for number in range(ROUNDS):
        data = compressed(random, content(random))
        assert decompressed(program, data) == by_zlib(data), number


def test_what_came_before_damage(program: Path) -> None:
    random = Random(2)
    for number in range(4 * ROUNDS):
        data = damaged(random, compressed(random, content(random)[:5000]))
        out, said = decompressed(program, data)
        expected, reason = by_zlib(data)
        assert out == expected, number
        assert said.startswith(reason), number
        assert bool(said) == bool(reason), number


def test_headers_with_everything(program: Path) -> None:
    member = gzip.compress(b"ravens")
    fields = b"\x03\0abc" + b"name\0" + b"comment\0" + b"\x12\x34"
    data = member[:3] + b"\x1e" + member[4:10] + fields + member[10:]
    assert decompressed(program, data) == (b"ravens", "")
    assert decompressed(program, member[:3] + b"\x20" + member[4:])[1].startswith("damaged gzip data")

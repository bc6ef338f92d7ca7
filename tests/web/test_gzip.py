"""How the page decompresses gzip, in a real browser: zlib gives the same of the same bytes."""

from __future__ import annotations

import gzip
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.support.core import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.browser import Browser

STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE)
ROUNDS = 40

SCRIPT = """
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const results = async () => {
  const found = [];
  for (const text of arguments[0]) {
    const data = bytes(text);
    const gzip = new Gzip((from, to) => data.slice(from, to));
    let out = "";
    do {
      await gzip.fill();
      const piece = new Uint8Array(10007);
      for (let got; (got = gzip.read(piece)) > 0; ) out += String.fromCharCode(...piece.subarray(0, got));
    } while (!gzip.isEnded);
    found.push([btoa(out), gzip.damage ?? ""]);
  }
  return found;
};
return results();
"""


@pytest.fixture
def opened(window: Browser, tmp_path: Path) -> Browser:
    """An empty page."""
    path = tmp_path / "empty.html"
    path.write_text("<!doctype html><title>empty</title>", encoding="utf-8")
    window.open(path, ready="return true")
    return window


def decompressed(window: Browser, files: Sequence[bytes]) -> list[tuple[bytes, str]]:
    """What comes out of each, and what the page says of the rest."""
    script = (ROOT / "web" / "input.js").read_text(encoding="utf-8") + SCRIPT
    found = window.run(script, [b64encode(data).decode() for data in files])
    return [(b64decode(out), said) for out, said in found]


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


def test_what_zlib_compresses(opened: Browser) -> None:
    random = Random(1)
    files = [compressed(random, content(random)) for _ in range(ROUNDS)]
    assert decompressed(opened, files) == [by_zlib(data) for data in files]


def test_what_came_before_damage(opened: Browser) -> None:
    random = Random(2)
    files = [damaged(random, compressed(random, content(random)[:5000])) for _ in range(2 * ROUNDS)]
    for number, (found, data) in enumerate(zip(decompressed(opened, files), files, strict=True)):
        expected, reason = by_zlib(data)
        assert found[0] == expected, number
        assert found[1].startswith(reason), number
        assert bool(found[1]) == bool(reason), number


def test_places_of_what_ends_a_file(opened: Browser) -> None:
    """The trailer and what follows it lie in two pieces of the file; many members; zeros between them."""
    random = Random(3)
    stored = [gzip.compress(random.randbytes((1 << 14) - 28 + more), 0) for more in range(-12, 5)]
    files = [one + b"more" for one in stored]
    found = decompressed(opened, files)
    assert [said for _, said in found] == [
        f"something that is no gzip data begins at byte {len(one)} of the compressed file" for one in stored
    ]
    assert [out for out, _ in found] == [gzip.decompress(one) for one in stored]
    member = gzip.compress(b"ravens")
    many, padded = member * 300, bytes(40_000).join((member, member, b""))
    assert decompressed(opened, [many, padded]) == [(b"ravens" * 300, ""), (b"ravens" * 2, "")]
    cut = decompressed(opened, [many[:-9]])
    assert cut == [(b"ravens" * 300, f"the gzip data ends too early, after {len(many) - 9} bytes")]


def test_an_expanding_file_waits_for_its_reader(opened: Browser) -> None:
    """16 KB of gzip lead to 17 MB; no more than that is decompressed ahead of the core."""
    script = (
        (ROOT / "web" / "input.js").read_text(encoding="utf-8")
        + """
    const data = Uint8Array.from(atob(arguments[0]), (one) => one.charCodeAt(0));
    const gzip = new Gzip((from, to) => data.slice(from, to));
    return gzip.fill().then(() => [gzip.held, gzip.isEnded]);
    """
    )
    held, ended = opened.run(script, b64encode(gzip.compress(bytes(100 << 20))).decode())
    assert 8 << 20 <= held <= 25 << 20
    assert not ended


def test_headers_with_everything(opened: Browser) -> None:
    member = gzip.compress(b"ravens")
    fields = b"\x03\0abc" + b"name\0" + b"comment\0"
    head = member[:3] + b"\x1e" + member[4:10] + fields
    sums = (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little")
    whole, reserved = decompressed(opened, [head + sums + member[10:], member[:3] + b"\x20" + member[4:]])
    assert whole == (b"ravens", "")
    assert reserved[1].startswith("damaged gzip data")

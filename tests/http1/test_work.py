"""What the HTTP reader examines of bytes that come one by one, with its state saved before each."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import builds
from tests.support import http2_frames as frames
from tests.support.core import CORE
from tests.support.sanitizers import SANITIZERS

pytestmark = pytest.mark.builds

GET = b"GET / HTTP/1.1\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
INTERIM = b"HTTP/1.1 103 x\nA: b\n\n"
S = frames.settings()
STREAMS: dict[str, tuple[int, int, bytes, int]] = {
    # the side, whether all messages are read, the bytes, and how many events they have
    "many header lines": (0, 0, GET + b"A:\n" * 5300 + b"\n", 1),
    "folded lines": (0, 0, GET + b"A: b\r\n" + b" c\r\n" * 3900 + b"\r\n", 0),
    "a head that does not end": (0, 0, GET + b"A: " + b"b" * 17_000, 0),
    "a first line that does not end": (0, 0, b"GET /" + b"a" * 9000, 0),
    "a method that does not end": (0, 0, b"M" * 100, 0),
    "empty lines": (0, 0, b"\r\n" * 8 + GET + b"\r\n", 1),
    "interim responses": (1, 0, INTERIM * 800 + b"HTTP/1.1 200 x\n\n", 1),
    "pipelined requests": (0, 1, (GET + b"\r\n") * 800, 800),
    "empty lines between requests": (0, 1, (GET + b"\r\n" * 1000) * 4, 4),
    "chunks": (0, 1, CHUNKED + b"1\r\na\r\n" * 2000 + b"0\r\n\r\n" + GET + b"\r\n", 2),
    "lines of chunks": (0, 1, CHUNKED + (b"1;" + b"x" * 8000 + b"\r\na\r\n") * 2, 1),
    "a trailer": (0, 1, CHUNKED + b"0\r\n" + b"A: " + b"b" * 8000 + b"\r\n\r\n" + GET + b"\r\n", 2),
    "frames of HTTP/2": (1, 1, S + frames.frame(200) * 1700, 0),
    "frames of a client of HTTP/2": (0, 0, frames.PREFACE + S + frames.window_update(1) * 1200, 0),
    "HTTP/2 in full": (1, 0, S + frames.header_frames(b"\x08\x03103") * 3 + frames.header_frames(b"\x88"), 1),
}
PARTS = ("http", "announcements", "database", "packet", "base")

A_BYTE = 12
"""At most so many are examined for each: a frame of HTTP/2 that is not whole has a header of 9."""
ONCE = 3 * 16384
"""And so many when a message is whole or given up."""

Work = tuple[int, int, int]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int, bytes], Work]:
    """Asks ``work.c`` for events, bytes and what was examined."""
    folder = tmp_path_factory.mktemp("work")
    builds.write_headers(folder)
    parts = [path for name in PARTS for path in sorted((CORE / name).glob("*.c"))]
    parts += [CORE / "flow" / "reader.c"]
    files = [Path(__file__).with_name("work.c"), *parts]
    program = builds.program(folder / "work", files, [*builds.FLAGS, *SANITIZERS], ["-pthread"])

    def ask(side: int, every: int, data: bytes) -> Work:
        line = f"{side} {every} {data.hex()}\n"
        done = subprocess.run([program], input=line, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        events, length, examined = map(int, done.stdout.split())
        return events, length, examined

    return ask


@pytest.mark.parametrize("name", STREAMS)
def test_bytes_one_by_one_are_examined_a_few_times(
    work: Callable[[int, int, bytes], Work], name: str
) -> None:
    side, every, data, expected = STREAMS[name]
    events, length, examined = work(side, every, data)
    assert events == expected
    assert examined <= A_BYTE * length + ONCE

"""What the core reads of HTTP/2: ``messages.c``, built with sanitizers, gets a line and prints lines."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS

PARTS = ("http/hpack", "http/h2", "http/message", "base/digest", "base/cpu")

Field = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class CoreMessage:
    """A message as the core reads it; what a response has not is empty. Not `whole`: the headers go on."""

    whole: bool
    end: int
    version: int
    status: int
    pseudo: str
    method: bytes
    target: bytes
    authority: bytes
    akamai: str
    akamai_md5: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What was found, after how many bytes, and how many were examined for it: the most at once, and all."""

    found: str
    end: int
    most: int
    examined: int


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """A header block as the core reads it, and the table behind it."""

    result: str
    fields: tuple[Field, ...]
    size: int
    entries: tuple[Field, ...]


def build(folder: Path) -> Path:
    """The program."""
    builds.write_headers(folder)
    files = (Path(__file__).with_name("messages.c"), *sources(*PARTS))
    return builds.program(folder / "messages", files, [*builds.FLAGS, *SANITIZERS])


def _text(word: str) -> bytes:
    return b"" if word == "." else bytes.fromhex(word)


def _fields(words: Sequence[str]) -> tuple[Field, ...]:
    texts = [_text(word) for word in words]
    return tuple(zip(texts[::2], texts[1::2], strict=True))


class CoreReader:
    """Asks the program, which stays."""

    def __init__(self, program: Path) -> None:
        self._process = subprocess.Popen(
            [str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def close(self) -> int:
        """Ends it; its exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        code = self._process.wait(timeout=60)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code

    def _ask(self, line: str, answers: int = 1) -> list[str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        found = [self._process.stdout.readline() for _ in range(answers)]
        assert all(found), f"the program ended: {line[:200]}"
        return found

    def read(self, data: bytes, *, from_server: bool = False, cut: bool = True) -> CoreMessage | str:
        """The first message, or why there is none; with `cut` after each beginning of the bytes."""
        (line,) = self._ask(f"{'cut' if cut else 'read'} {int(from_server)} {data.hex()}")
        found, *words = line.split(" ")
        words = [word.rstrip("\n") for word in words]
        if not words:
            return found.strip()
        end, version, status, pseudo, method, target, authority, akamai, md5, *rest = words
        texts = map(_text, (method, target, authority))
        return CoreMessage(
            found == "whole", int(end), int(version), int(status), pseudo, *texts, akamai, md5, _fields(rest)
        )

    def work(self, data: bytes, *, from_server: bool = False) -> Work:
        """What bytes cost that come one by one, up to an answer."""
        found, end, most, examined = self._ask(f"work {int(from_server)} {data.hex()}")[0].split()
        return Work(found, int(end), int(most), int(examined))

    def blocks(self, *blocks: bytes) -> list[HeaderBlock]:
        """Blocks of one table."""
        found = []
        for line in self._ask(f"blocks {' '.join(block.hex() or '-' for block in blocks)}", len(blocks)):
            fields, table = (part.split() for part in line.split("|"))
            found.append(HeaderBlock(fields[0], _fields(fields[1:]), int(table[0]), _fields(table[1:])))
        return found

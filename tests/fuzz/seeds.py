"""Inputs that fuzzing starts from, made by the project's own generators.

What an input of a target looks like is said in its C file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from support import captures
from support.sample import sample
from support.traffic import LINKTYPES, random_database, random_frame, random_stream

from huginn_cffi import Database
from huginn_cffi.arguments import linktypes

SEEDS = 64
"""Of each target."""


def frames(random: Random) -> Iterator[bytes]:
    """A frame of every link type in turn, whole or with bytes that were not captured."""
    known = list(linktypes())
    for number in range(SEEDS * 4):
        linktype = LINKTYPES[number % len(LINKTYPES)]
        beyond = random.choice((0, 0, 0, 4, 1400))
        head = struct.pack("<BBH", known.index(linktype), random.random() < 0.9, beyond)
        yield head + random_frame(random, linktype, tunnelled=0.5)


def capture_files(random: Random) -> Iterator[bytes]:
    """pcap of every flavour and pcapng with all kinds of blocks, behind the settings."""
    yield bytes(2) + sample()
    for _ in range(SEEDS):
        linktype = random.choice((1, 1, 101, *LINKTYPES))
        packets = random_stream(random, linktype, random.randrange(2, 40))
        order: captures.Order = random.choice("<>")  # type: ignore[assignment]
        make = random.choice((_pcap, _pcapng))
        yield bytes((random.randrange(16), random.randrange(256))) + make(random, packets, linktype, order)


def _pcap(random: Random, packets: list[tuple[int, bytes]], linktype: int, order: captures.Order) -> bytes:
    nanoseconds, modified = random.choice(((False, False), (True, False), (False, True)))
    return captures.pcap(packets, linktype, order=order, nanoseconds=nanoseconds, modified=modified)


def _pcapng(random: Random, packets: list[tuple[int, bytes]], linktype: int, order: captures.Order) -> bytes:
    out = [captures.section(order)]
    resolution = random.choice((None, 9, 0x8A))
    offset = random.choice((None, 1, -1))
    out.append(captures.interface(linktype, tsresol=resolution, tsoffset=offset, order=order))
    for when, data in packets:
        kind = random.randrange(8)
        if kind == 0:
            out.append(captures.simple(data, order=order))
        elif kind == 1:
            out.append(captures.obsolete(data, when, order=order))
        elif kind == 2:
            out.append(captures.block(4, bytes(random.randrange(64)), order))
        out.append(captures.enhanced(data, when, order=order))
    return b"".join(out)


def databases(random: Random) -> Iterator[bytes]:
    """Small databases behind eight questions."""
    for number in range(SEEDS):
        text = random_database(random, 1 + number % 24)
        yield random.randbytes(96) + _image(Database.compile(text=text))


def _image(database: Database) -> bytes:
    from huginn_cffi._native import ffi

    return bytes(ffi.buffer(database._image))


def conversations(random: Random) -> Iterator[bytes]:
    """Steps of the tracker: bytes of any kind, with small numbers so that they meet."""
    for _ in range(SEEDS):
        steps = [
            bytes((random.randrange(256), random.randrange(64), random.randrange(3), random.randrange(3)))
            + random.randrange(5000).to_bytes(4, "big")
            + random.randrange(1024).to_bytes(8, "little")
            for _ in range(random.randrange(4, 200))
        ]
        yield bytes((random.randrange(32),)) + b"".join(steps)


TARGETS: dict[str, Callable[[Random], Iterator[bytes]]] = {
    "frame": frames,
    "capture": capture_files,
    "database": databases,
    "tracker": conversations,
}
"""By the names of the C files."""


def write_seeds(target: str, folder: Path) -> None:
    """Write the seeds of a target, one file each; always the same ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[target](Random(f"{target} seeds"))):
        (folder / f"seed-{number:03}").write_bytes(seed)

"""The inputs of all benchmarks, generated once in a folder and named by size and seed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from sigcompiler.model import TcpSignature
from tools.bench import signatures, traffic

STOCK = Path("/etc/p0f/p0f.fp")
"""p0f's own signature file, of the Debian package p0f."""

STOCK_SIZE = 322
"""Signatures in it; a generated file of this size takes its place where it is absent."""

DISTINCT = 971
"""SYNs that differ in more than address, port and sequence number, unless stated otherwise."""

CONCURRENT = 400
"""Conversations at a time in the interleaved traffic."""

SYN_SEED, PLAIN_SEED, SIGNATURE_SEED, CLOCK_SEED, HOST_SEED = 1, 3, 4, 5, 8
KINDS: dict[str, tuple[type[traffic.PlainFlow], str, int]] = {
    "mixed": (traffic.PlainFlow, f"conversations of {traffic.CONVERSATION} packets", 2),
    "sessions": (traffic.HelloFlow, "flows of handshake, hellos, data and end", 6),
    "messages": (traffic.MessageFlow, "flows of handshake, request, response and end", 7),
}
"""Conversations, with their seeds."""

WITH_CLOCK = """
classes = unix
[tcp:request]
label = s:unix:System:1.x
sig = 4:64:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
"""

GIBIBYTE = 1 << 30

WRITTEN_AT_ONCE = 4 << 20
"""Bytes per write. Larger writes give larger pieces in the page cache, which read(2) copies faster: a packet
of 540 bytes takes 39 to 52 ns after writes of 64 KiB, 29 with 1 MiB, 26 with 4 MiB, 25 with 16 MiB. If memory
had no large pieces when the file was written, it takes 66 to 88 ns; a copy by ``dd bs=4M`` then takes 26."""


@dataclass(frozen=True, slots=True)
class BenchCapture:
    """A pcap on disk. ``what`` is its description, with the seed."""

    path: Path
    packets: int
    what: str
    size: int
    """Bytes of the file."""

    def __str__(self) -> str:
        return f"{self.what}: {self.packets:,} packets, {self.size / self.packets:.0f} bytes a record"


class Inputs:
    """Generates inputs in `folder`, each on first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.captures: dict[str, BenchCapture] = {}

    @cached_property
    def small_database(self) -> Path:
        """The stock p0f.fp; if it is missing, as many generated signatures."""
        return STOCK if STOCK.is_file() else self.signature_file(STOCK_SIZE)

    def signature_file(self, count: int) -> Path:
        """A .fp file of `count` generated signatures."""
        path = self.folder / f"signatures-{count}.fp"
        if not path.exists():
            path.write_text(signatures.signature_text(count, SIGNATURE_SEED), encoding="utf-8")
        return path

    def syns(self, packets: int, *, database: Path | None = None, distinct: int = DISTINCT) -> BenchCapture:
        """SYNs that fit `database`, by default the small one."""
        path = self.small_database if database is None else database
        name = f"syns-{path.stem}-{distinct}-{packets}"
        what = f"SYNs that fit {path.name}, {distinct:,} different (seed {SYN_SEED})"
        frames = traffic.syns(_parsed(path), packets, distinct=distinct, seed=SYN_SEED)
        return self._capture(name, packets, what, frames)

    def clocks(self, packets: int) -> BenchCapture:
        """SYNs with timestamps, each from another address, so that each adds a host."""
        one = signatures.tcp_signatures(text=WITH_CLOCK)
        frames = traffic.syns(one, packets, distinct=DISTINCT, seed=CLOCK_SEED)
        what = f"SYNs with timestamps, each from another address (seed {CLOCK_SEED})"
        return self._capture(f"clocks-{packets}", packets, what, frames)

    def mixed(self, packets: int, *, concurrent: int = 1, kind: str = "mixed") -> BenchCapture:
        """Conversations of one of `KINDS`, `concurrent` of them at a time."""
        made, words, seed = KINDS[kind]
        frames = traffic.mixed(packets, concurrent=concurrent, seed=seed, kind=made)
        what = f"{words}, {concurrent} at a time (seed {seed})"
        return self._capture(f"{kind}-{concurrent}-{packets}", packets, what, frames)

    def made(self, name: str, what: str, frames: Iterable[bytes]) -> BenchCapture:
        """Frames that the caller made; `what` describes them."""
        made = list(frames)
        return self._capture(f"{name}-{len(made)}", len(made), what, made)

    def plain(self, packets: int) -> BenchCapture:
        """Data segments without a SYN."""
        what = f"60-byte segments without a SYN (seed {PLAIN_SEED})"
        return self._capture(f"plain-{packets}", packets, what, traffic.plain(packets, seed=PLAIN_SEED))

    def hosts(self, packets: int, hosts: int) -> BenchCapture:
        """Data segments from `hosts` hosts in random order, without a SYN."""
        what = f"segments of {hosts:,} hosts in random order (seed {HOST_SEED})"
        frames = traffic.hosts(packets, hosts=hosts, seed=HOST_SEED)
        return self._capture(f"hosts-{hosts}-{packets}", packets, what, frames)

    def encased(self, capture: BenchCapture, layer: str) -> BenchCapture:
        """The packets of a capture, changed by one of `traffic.LAYERS`."""
        change = traffic.LAYERS[layer]
        frames = map(change, traffic.frames_of(capture.path.read_bytes()))
        name, what = f"{capture.path.stem}-{layer}", f"{layer}: {capture.what}"
        return self._capture(name, capture.packets, what, frames)

    def slice(self, capture: BenchCapture, packets: int) -> BenchCapture:
        """The first `packets` packets of a capture, for slow peers."""
        if packets >= capture.packets:
            return capture
        path = capture.path.with_name(f"{capture.path.stem}-first-{packets}.pcap")
        if not path.exists():
            data = capture.path.read_bytes()
            end = 24
            for _ in range(packets):
                end += 16 + int.from_bytes(data[end + 8 : end + 12], "little")
            path.write_bytes(data[:end])
        what = f"the first {packets:,} of: {capture.what}"
        return BenchCapture(path, packets, what, path.stat().st_size)

    def discard(self, capture: BenchCapture) -> None:
        capture.path.unlink(missing_ok=True)

    def _capture(self, name: str, packets: int, what: str, frames: Iterable[bytes]) -> BenchCapture:
        path = self.folder / f"{name}.pcap"
        if not path.exists():
            _require_room(self.folder)
            with path.open("wb", buffering=WRITTEN_AT_ONCE) as file:
                file.writelines(traffic.pcap_records(islice(frames, packets)))
        self.captures[name] = BenchCapture(path, packets, what, path.stat().st_size)
        return self.captures[name]


def _require_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < GIBIBYTE:
        raise SystemExit(
            f"{folder}: {free >> 20} MiB left, too few for captures; name another folder with TMPDIR"
        )


def _parsed(path: Path) -> list[TcpSignature]:
    """All signatures except those of p0f's own tool, whose packets p0f ignores."""
    found = signatures.tcp_signatures(paths=[str(path)])
    return [signature for signature in found if signature.label.name != "p0f"]

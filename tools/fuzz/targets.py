"""The fuzz targets: what each is made of, and what it needs to be built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True, slots=True)
class Target:
    """A program that `building.build` makes of `source` and the whole core.

    `longest` is that of its inputs in bytes. Short ones run often: what is to be found is near the
    headers, and seeds that are longer are cut. `wrapped` are functions of the system that the
    target replaces. An input of one that is `slow` takes some ten milliseconds.
    """

    source: str
    longest: int
    defines: tuple[str, ...] = ()
    wrapped: tuple[str, ...] = ()
    slow: bool = False


TARGETS: dict[str, Target] = {
    "frame": Target("frame.c", 512),
    "pcap": Target("capture.c", 1500),
    "pcapng": Target("capture.c", 1500, defines=("FUZZ_PCAPNG",)),
    "database": Target("database.c", 8400),
    "table": Target("table.c", 130),
    "tracker": Target("tracker.c", 1025),
    "render": Target("render.c", 1500, slow=True),
    "datagrams": Target("datagrams.c", 3000),
    "devices": Target("devices.c", 1500, slow=True),
    "http1": Target("http1.c", 1000),
    "http2": Target("http2.c", 1000),
    "ssh": Target("ssh.c", 3000),
    "greetings": Target("greetings.c", 1200),
    "certificates": Target("certificates.c", 2500),
    "hosts": Target("hosts.c", 4096, slow=True),
    "peers": Target("peers.c", 4096),
    "systems": Target("systems.c", 2048, slow=True),
    "annotate": Target("annotate.c", 1500),
    "memory": Target("memory.c", 4096, wrapped=("malloc", "calloc", "realloc", "pthread_create"), slow=True),
}
"""By name, in the order in which they run."""

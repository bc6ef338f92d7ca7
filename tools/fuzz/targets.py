"""The fuzz targets: the sources of each, and the requirements to build it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True, slots=True)
class Target:
    """A program that `building.build` makes from `source` and the whole core.

    `longest` is the maximum length of its inputs in bytes. Short inputs run often, and errors are usually
    near the headers; longer seeds are cut. `wrapped` are system functions that the target replaces. An input
    of a `slow` target takes about ten milliseconds.
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

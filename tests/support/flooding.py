"""A flood of SYNs from one end of a cable."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support import builds, needs
from tests.support import network as net

FLAGS = ("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror")


@dataclass(frozen=True, slots=True)
class Flood:
    """What a flood was: packets that the interface took, in so many seconds."""

    packets: int
    seconds: float

    @property
    def rate(self) -> float:
        """Packets a second."""
        return self.packets / self.seconds


def built(folder: Path) -> Path:
    """The sender, compiled."""
    compiler = builds.c_compiler(needs.missing)
    return builds.program(folder / "flood", [Path(__file__).with_name("flood.c")], FLAGS, compiler=compiler)


def send(
    program: Path,
    namespace: str,
    *,
    packets: int = 1 << 62,
    rate: int = 0,
    seconds: float = 60,
    first: int = 0,
) -> Flood:
    """Send SYNs on the cable until `packets` are out, or for `seconds`; rate 0 is as fast as it goes.

    `first` is the number of the first: SYNs of the same number are the same.
    """
    words = command(program, namespace, packets=packets, rate=rate, seconds=seconds, first=first)
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=seconds + 60)
    count, took = done.stdout.split()
    return Flood(int(count), float(took))


def command(
    program: Path, namespace: str, *, packets: int, rate: int = 0, seconds: float = 60, first: int = 0
) -> list[str]:
    """What `send` runs."""
    words = [str(program), "cable", str(packets), str(rate), str(seconds), str(first)]
    return net.inside(namespace, words)

"""What a host's connections tell beyond the signatures of its handshake packets.

Each signal is here because it helped on labelled hosts; docs/accuracy.md has the figures, and
names those that did not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sigcompiler.claims.versions import Ranges, common, from_on, up_to

DYNAMIC_PORTS = 49152
"""The first port that Windows takes for its own connections from Vista on; before, 1025 to 5000."""

VISTA_OR_NEWER: Ranges = (from_on("Windows", "Vista"),)
JIFFIES: Ranges = (up_to("Linux", "4.12"),)
"""Linux whose timestamps tick with the kernel's own clock; from 4.13 on they count milliseconds."""

SLOW_HZ = (80.0, 600.0)
"""Rates that are a kernel's tick of 100, 250 or 300 Hz, measured over a short time."""


@dataclass(slots=True)
class Habits:
    """What was seen of a host beside its signatures."""

    lowest_port: int = 65535
    """Of the ports that its own connections came from."""
    syns: int = 0
    rates: list[float] = field(default_factory=list)
    """Rates of its timestamps in Hz, as measured, that nothing speaks against; at most `MOST_RATES`."""


MOST_RATES = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """Versions that a signal leaves of those that the signatures named, and why, in words."""

    versions: Ranges
    reason: str


def by_ports(habits: Habits, family: str, named: Ranges) -> Finding | None:
    """Windows before Vista never takes a port from 49152 on: such settings were made by hand."""
    if family != "Windows" or not named or not habits.syns or habits.lowest_port < DYNAMIC_PORTS:
        return None
    left = common(named, VISTA_OR_NEWER)
    if left == named:
        return None
    reason = "its ports begin at 49152, as those of Windows do from Vista on"
    return Finding(left or VISTA_OR_NEWER, reason)


def by_clock(habits: Habits, family: str, named: Ranges) -> Finding | None:
    """The timestamps of Linux count milliseconds from 4.13 on, whatever its tick."""
    if family != "Linux" or not named or not habits.rates:
        return None
    middle = sorted(habits.rates)[len(habits.rates) // 2]
    left = common(named, JIFFIES)
    if left is None or left == named or not SLOW_HZ[0] <= middle <= SLOW_HZ[1]:
        return None
    return Finding(left, f"its timestamps tick at {middle:.0f} Hz, as those of Linux do before 4.13")


Signal = Callable[[Habits, str, Ranges], "Finding | None"]
SIGNALS: Mapping[str, Signal] = {"ports": by_ports, "clock": by_clock}
"""By name; the order is that in which they are asked."""

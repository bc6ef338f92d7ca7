"""The clock behind the TCP timestamps, from two of them and the time between."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MIN_WAIT_MS, MAX_WAIT_MS, GRACE_MS = 25, 600_000, 100
MIN_TICKS, STEP_BACK_TICKS = 5, 15_000
MIN_HZ, MAX_HZ = 0.7, 1500


class NoReading(Enum):
    """Why there is no reading: try again with a later packet, or never on this flow."""

    LATER = 0
    BAD = 1


@dataclass(frozen=True, slots=True)
class Reference:
    """Own timestamp and capture time of a host's last SYN or SYN+ACK."""

    ts1: int
    time_ns: int


@dataclass(frozen=True, slots=True)
class ReferenceUptime:
    """``frequency`` is the rounded rate in Hz, ``raw_frequency`` the measured one."""

    frequency: int
    raw_frequency: float
    minutes: int
    modulo_days: int


def measure(reference: Reference, ts1: int, time_ns: int) -> ReferenceUptime | NoReading:
    """Compare an own timestamp ``ts1`` seen at ``time_ns`` with the reference."""
    ms = time_ns // 10**6 - reference.time_ns // 10**6
    if reference.ts1 == 0 or not MIN_WAIT_MS <= ms <= MAX_WAIT_MS:
        return NoReading.LATER
    forward = (ts1 - reference.ts1) % 2**32
    back = 2**32 - 1 - forward
    if forward < MIN_TICKS or (ms < GRACE_MS and back < STEP_BACK_TICKS):
        return NoReading.LATER
    raw = forward * 1000 / ms if forward <= back else -back * 1000 / ms
    if not MIN_HZ <= raw <= MAX_HZ:
        return NoReading.BAD
    frequency = round_frequency(int(raw))
    return ReferenceUptime(frequency, raw, ts1 // frequency // 60, 0xFFFFFFFF // (frequency * 86400))


def round_frequency(hz: int) -> int:
    """To the nearest rate that systems use; the steps widen with the rate."""
    if hz <= 10:
        return max(hz, 1)
    for limit, offset, step in ((50, 3, 5), (100, 7, 10), (500, 33, 50)):
        if hz <= limit:
            return (hz + offset) // step * step
    return (hz + 67) // 100 * 100

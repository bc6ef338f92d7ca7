"""Linux hosts that connect, and the router before them: which source ports are seen outside, and when.

The kernel's choice is that of net/ipv4/inet_hashtables.c since 5.18, the double hash of RFC 6056
(algorithm 4) with the changes of the series "insufficient TCP source port randomness" (netdev, April 2022):

- the start is a keyed hash of both addresses and the other port, with a key that changes every ten seconds;
- to it comes a counter out of a table, the place in which is of the same hash. Other ends can share it;
- ports of the parity of the range's first one are tried, upwards and round, until one is free;
- the counter rises by as many as were tried, at least by a random even number below 16, and by two.

Before, one counter served all ends, rose by two, and the key never changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LOW, HIGH = 32768, 61000
SHUFFLE_S = 10
PLACES = 65536
OCCUPIED_S = 60
"""How long a connection's ports are not free again: TIME_WAIT."""
KEPT_S = 120
"""How long a router keeps what it knows of a connection that is over."""

Connection = tuple[float, int, int]
"""When its SYN is seen, the end that it goes to, and its source port."""


@dataclass
class Linux:
    """A host with its own key, table and phase of the shuffle."""

    chance: random.Random
    is_old: bool = False
    phase: float = field(init=False)
    _starts: dict[tuple[int, int], tuple[int, int]] = field(init=False, default_factory=dict)
    _counters: dict[int, int] = field(init=False, default_factory=dict)
    _occupied: dict[tuple[int, int], float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.phase = self.chance.uniform(0, SHUFFLE_S)

    def port(self, at: float, end: int) -> int:
        """The one from which the host connects to an end."""
        epoch = 0 if self.is_old else int((at + self.phase) // SHUFFLE_S)
        if (end, epoch) not in self._starts:
            place = 0 if self.is_old else self.chance.randrange(PLACES)
            self._starts[end, epoch] = place, self.chance.randrange(2**32)
        place, start = self._starts[end, epoch]
        counter = self._counters.setdefault(place, self.chance.randrange(2**31))
        count = (HIGH - LOW) & ~1
        offset = (counter + start) % count & ~1
        tried = 0
        while self._occupied.get((end, LOW + (offset + tried) % count), -1.0) > at:
            tried += 2
        port = LOW + (offset + tried) % count
        self._occupied[end, port] = at + OCCUPIED_S
        more = tried if self.is_old else max(tried, 2 * self.chance.randrange(8))
        self._counters[place] = (counter + more + 2) % 2**32
        return port

    def connections(self, times: Iterable[float], ends: int = 1) -> Iterator[Connection]:
        """To `ends` ends by turns of chance."""
        for at in times:
            end = self.chance.randrange(ends)
            yield at, end, self.port(at, end)


def by_chance(chance: random.Random, seconds: float, count: int) -> list[float]:
    """Moments that depend on nothing, in order."""
    return sorted(chance.uniform(0, seconds) for _ in range(count))


def in_bursts(chance: random.Random, seconds: float, count: int) -> list[float]:
    """As a browser connects: up to six at once."""
    found: list[float] = []
    while len(found) < count:
        at = chance.uniform(0, seconds)
        found += [at + 0.01 * number for number in range(chance.randint(1, 6))]
    return sorted(found[:count])


def sent_again(chance: random.Random, sent: Iterable[Connection], lost: float) -> Iterator[Connection]:
    """With a part of the SYNs lost before they are seen: each comes a second later, or three, or seven."""
    for at, end, port in sent:
        for late in (0, 1, 3, 7):
            if chance.random() >= lost:
                yield at + late, end, port
                break


def masquerade(
    chance: random.Random, hosts: Iterable[Iterable[Connection]], *, fully_random: bool = False
) -> list[Connection]:
    """What a router sends: from the ports of the hosts where no other has these, or from random ones."""
    taken: dict[tuple[int, int], tuple[float, int]] = {}
    found: list[Connection] = []
    sent = sorted((at, end, port, host) for host, some in enumerate(hosts) for at, end, port in some)
    for at, end, port, host in sent:
        given = chance.randrange(1024, 65536) if fully_random else port
        while (until := taken.get((end, given))) is not None and until[0] > at and until[1] != host:
            given = chance.randrange(1024, 65536)
        taken[end, given] = at + KEPT_S, host
        found.append((at, end, given))
    return found

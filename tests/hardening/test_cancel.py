"""A `cancel` that is set and cleared again: the core still holds packets of what was being read."""

from __future__ import annotations

import pytest
from support.captures import pcap
from support.packets import Ip4, Tcp, mss, packet

from huginn_cffi import Analyzer

SYNS = [
    (number, packet(Ip4(source=f"10.0.{number >> 8}.{number & 255}"), Tcp(options=mss(1460))))
    for number in range(6000)
]
"""More than a batch of results takes, so that packets wait in the core when the first is given."""


class Flicker:
    """Set when asked the `when`-th time, and only then."""

    def __init__(self, when: int) -> None:
        self._when = when
        self.asked = 0

    def is_set(self) -> bool:
        self.asked += 1
        return self.asked == self._when


@pytest.mark.parametrize("when", [1, 2, 3, 4])
def test_next_capture_is_not_read(when: int) -> None:
    cancel, analyzer = Flicker(when), Analyzer()
    captures = [bytearray(pcap(SYNS)) for _ in range(3)]
    list(analyzer.analyze_pcap(captures, cancel=cancel))
    assert cancel.asked == when
    assert analyzer.stats.packets <= len(SYNS)


@pytest.mark.parametrize("when", range(1, 20, 3))
def test_next_packets_are_not_taken(when: int) -> None:
    cancel = Flicker(when)
    list(Analyzer().analyze_packets(iter(SYNS * 4), cancel=cancel))
    assert cancel.asked == when

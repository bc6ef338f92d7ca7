"""Reading that is given up while the core holds packets: no other source may follow them.

A `cancel` that is set and cleared again gives up, and so does an error from outside.
"""

from __future__ import annotations

import pytest

from huginn_cffi import Analyzer, CaptureError
from tests.support.captures import pcap
from tests.support.packets import ACK, PSH, Ip4, Tcp, mss, packet
from tests.support.tls.conversation import client_hello, record

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


def test_error_thrown_in_is_not_one_of_a_capture() -> None:
    """`on_error` speaks of captures that were read as far as they could be."""
    analyzer = Analyzer()
    captures = [bytearray(pcap(SYNS * 2)) for _ in range(2)]
    batches = analyzer.batches(captures, on_error=lambda error: None)
    next(batches)
    with pytest.raises(CaptureError, match="from outside"):
        batches.throw(CaptureError("from outside"))  # type: ignore[attr-defined]
    assert analyzer.stats.packets <= len(SYNS) * 2


def asked_for(capture: bytearray, count: int, workers: int) -> int:
    """How often `cancel` is asked while the capture is read, besides after each batch."""
    cancel = Flicker(0)
    batches = list(Analyzer(max_connections=20_000).batches(capture, cancel=cancel, workers=workers))
    assert sum(batch.count for batch in batches) == count
    return cancel.asked - len(batches)


@pytest.mark.parametrize("workers", [1, 2])
def test_it_is_asked_while_packets_are_read_beyond_their_headers(workers: int) -> None:
    """The most expensive ones take 0.1 ms each. None of these heads is complete, so that no batch is full."""
    head = b"GET / HTTP/1.1\r\n" + b"A:b\r\n" * 2000
    data = packet(Ip4(source="10.1.0.0"), Tcp(flags=ACK | PSH, options=b"", sport=0xFFFF, payload=head))
    segments = []
    for n in range(4000):  # address and port keep their sum, so the checksum is right
        source, port = n.to_bytes(2, "big"), (0xFFFF - n).to_bytes(2, "big")
        segments.append((n, data[:14] + source + data[16:20] + port + data[22:]))
    assert asked_for(bytearray(pcap(segments)), 0, workers) > 2


@pytest.mark.no_tsan("nothing is cheap there")
@pytest.mark.parametrize("workers", [1, 2])
def test_it_is_rarely_asked_while_they_are_cheap(workers: int) -> None:
    """Each call of the core starts threads, and waits for them at its end."""
    count, data = 10_000, Tcp(flags=ACK | PSH, options=b"", payload=record(client_hello()))
    sources = (f"10.1.{number >> 8}.{number & 255}" for number in range(count))
    capture = bytearray(pcap([(n, packet(Ip4(source=source), data)) for n, source in enumerate(sources)]))
    assert min(asked_for(capture, count, workers) for _ in range(5)) < 5

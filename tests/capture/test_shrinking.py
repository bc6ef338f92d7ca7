"""A file that changes while it is read, through the whole package."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, CaptureError
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, packet

SYN_PACKET = packet(Ip4(), Tcp())


def syn(number: int) -> bytes:
    """A SYN from an address of its own; checksums are nobody's concern."""
    return SYN_PACKET[:12] + number.to_bytes(4, "big") + SYN_PACKET[16:]


def test_a_file_that_shrinks_ends_in_a_clear_error(tmp_path: Path) -> None:
    """Where a mapped file would end the process by SIGBUS."""
    path = tmp_path / "shrinking.pcap"
    path.write_bytes(pcap([(0, syn(number)) for number in range(1, 40_001)]))
    results = Analyzer(None).analyze_pcap(path)
    assert next(results).packet_number == 1
    os.truncate(path, 2_000_000)
    whole, rest = divmod(2_000_000 - 24, 16 + len(SYN_PACKET))
    assert rest > 0
    numbers: deque[int] = deque(maxlen=1)
    with pytest.raises(CaptureError, match=f"truncated at record {whole + 1}, byte offset ") as caught:
        numbers.extend(result.packet_number for result in results)
    assert list(numbers) == [whole]
    assert (caught.value.record, caught.value.offset) == (whole + 1, 2_000_000 - rest)

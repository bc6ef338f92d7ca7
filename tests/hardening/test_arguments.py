"""Arguments of odd kinds: one clear error, which names the argument."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huginn_cffi import Analyzer, fingerprint
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, mss, packet

SYN = packet(Ip4(), Tcp(options=mss(1460)))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("packet", lambda memory: fingerprint(memory)),
        ("source", lambda memory: list(Analyzer().analyze_pcap(memory))),
    ],
)
def test_memory_with_gaps(name: str, read: Callable[[memoryview], object]) -> None:
    gaps = memoryview(pcap([(0, SYN)]) * 2)[::2]
    with pytest.raises(ValueError, match=f"^{name} cannot be read as one piece of memory: .*contiguous"):
        read(gaps)

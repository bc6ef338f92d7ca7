"""A sample of the soak: ``python -m workbench.lab.soak`` is the whole of it."""

from __future__ import annotations

from pathlib import Path

from tests.support import network as net
from workbench.lab.soak import _total, soak

PACKETS, RATE = 80_000, 40_000


def test_every_packet_is_accounted_for_and_memory_is_flat(
    quiet_network: net.Network, flood_program: Path, tmp_path: Path
) -> None:
    """Through reloads, rotations, and an interface that goes away and comes back."""
    found = soak(tmp_path, flood_program, quiet_network, PACKETS, RATE)
    assert found.faults() == []
    assert found.sent == PACKETS
    assert found.analysed > 0
    assert (found.reloads, found.returns) == (8, 3)
    assert found.files > 8


def test_counters_are_read_when_their_line_is_whole() -> None:
    """The line that is being written is not."""
    assert _total('listening\n{"total": {"analysed": 1}}\n{"total": {"analy') == {"analysed": 1}

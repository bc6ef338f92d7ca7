"""Real captures, sent onto a cable by tcpreplay: what is seen there is what the file holds.

``python -m workbench.lab.corpus_replay ../shared/corpus`` does it with 50 captures at both speeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support import needs
from tests.support import network as net
from workbench.lab import corpus_replay as replay

CAPTURES = 12
BRIEF_S = 2


@pytest.fixture(scope="module")
def copies(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    needs.program("tcpreplay", "tcpreplay")
    folder = tmp_path_factory.mktemp("copies")
    found = [replay.sendable(path, folder) for path in replay.chosen(corpus, CAPTURES, replay.ALL_FLOWS_S)]
    assert len(found) == CAPTURES
    return found


def _assert_handshakes(copies: Sequence[Path], seen: Sequence[dict[str, Any]]) -> int:
    assert [item["lost"] for item in seen] == [0] * len(copies)
    total = 0
    for copy, item in zip(copies, seen, strict=True):
        expected = replay.handshakes(replay.offline(copy, "p0f"))
        # In any order: on a busy machine packets may come to their rings long after their time stamps.
        assert sorted(replay.handshakes(item["events"])) == sorted(expected), copy.name
        total += len(expected)
    return total


def test_one_worker_and_two_show_the_handshakes_of_the_captures(copies: Sequence[Path]) -> None:
    with net.network(replay.MTU, quiet=True) as network:
        one, two = replay.replayed(network, copies, speed="topspeed")
    assert _assert_handshakes(copies, one) > 50
    assert _assert_handshakes(copies, two) > 50
    assert all(sum(item["shared"][worker] for item in two) for worker in (0, 1)), "both had a share"


def test_at_recorded_speed_handshakes_are_those_of_the_captures(corpus: Path, tmp_path: Path) -> None:
    """And every uptime is read from the same packets; its frequency is that of the replay's times."""
    needs.program("tcpreplay", "tcpreplay")
    copies = [replay.sendable(path, tmp_path) for path in replay.chosen(corpus, 4, BRIEF_S)]
    with net.network(replay.MTU, quiet=True) as network:
        one, two = replay.replayed(network, copies, speed="recorded")
    assert _assert_handshakes(copies, one) > 4
    assert _assert_handshakes(copies, two) > 4
    for number, copy in enumerate(copies):
        saved = replay.offline(copy, "json")
        for seen in (one, two):
            assert replay.uptime_differences(seen[number]["json"], saved) == []

"""Clients of p0f's API get from a capture what they get from p0f. Needs root."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.lab import api_peers as peers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sockets(stock_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    with peers.both_asked(stock_path, tmp_path_factory.mktemp("both")) as paths:
        yield paths


@pytest.mark.parametrize("name", peers.CLIENTS)
def test_a_client_gets_what_it_gets_from_p0f(name: str, sockets: tuple[Path, Path], tmp_path: Path) -> None:
    try:
        client = peers.CLIENTS[name](tmp_path)
    except peers.AbsentClientError as absent:
        pytest.skip(str(absent))
    theirs, ours = (peers.answers(client, path) for path in sockets)
    assert len(theirs) == len(ours) == len(peers.HOSTS)
    assert any("Linux" in line and "3.11 and newer" in line for line in theirs), "the client understood them"
    for one, other in zip(theirs, ours, strict=True):
        assert peers.are_equal(one, other), f"p0f: {one}\nhuginn: {other}"


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("a 1795000000 3", "a 1795000001 3", True),
        ("a 1795000000 3", "a 1795000002 3", False),
        ("a 1795000000 3", "a 1795000000 4", False),
        ("a None", "a 1795000000", False),
    ],
)
def test_times_may_be_a_second_apart(one: str, other: str, wanted: bool) -> None:
    assert peers.are_equal(one, other) is wanted

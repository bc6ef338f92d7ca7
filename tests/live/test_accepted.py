"""Both ends are Linux: of each connection the row shows the bytes that the server received."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.live.injecting import KINDS, SERVER
from tests.support import network as net

ROOT = Path(__file__).parents[2]


@pytest.fixture
def routed() -> Iterator[tuple[net.Network, str]]:
    with net.routed() as made:
        yield made


@pytest.mark.parametrize("version", [4, 6])
def test_rows_show_what_the_server_received(
    routed: tuple[net.Network, str], version: int, tmp_path: Path
) -> None:
    network, far = routed
    serve = net.inside(far, [sys.executable, "-c", SERVER, net.FAR[version], "cable"])
    capture = tmp_path / "capture.pcap"
    inject = [sys.executable, "-m", "tests.live.injecting", net.FAR[version], str(capture)]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, cwd=ROOT) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            said = subprocess.run(
                net.inside(network.client, inject), stdout=subprocess.PIPE, check=True, timeout=120, cwd=ROOT
            ).stdout
        finally:
            server.kill()
    received = [json.loads(line) for line in said.splitlines()]
    assert [kind for kind, _, _ in received] == list(KINDS)
    shown: dict[int, str | None] = {}
    for one in hg.Analyzer(http_values=True).analyze_pcap(capture):
        if one.http_request is not None:
            shown[one.http_request.source.port] = one.http_request.user_agent
    found = {kind: (agent, shown.get(port)) for kind, port, agent in received}
    assert {kind: pair for kind, pair in found.items() if pair[0] != pair[1]} == {}
    assert {agent for agent, _ in found.values()} == {"real/1.0", "fake/1.0"}

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
FAR = {4: "10.92.0.2", 6: "fd00:92::2"}
ROUTER = {4: "10.92.0.1", 6: "fd00:92::1"}


@pytest.fixture
def routed() -> Iterator[tuple[net.Network, str]]:
    """The namespace of the server is a router; behind it is a third one."""
    with net.network(tagged=False) as made:
        far = f"{made.server}-far"
        net.ip("netns", "add", far)
        try:
            net.ip(
                "-n", made.server, "link", "add", "far", "type", "veth", "peer", "name", "cable", "netns", far
            )
            net.ip("-n", made.server, "link", "set", "far", "up")
            net.ip("-n", far, "link", "set", "cable", "up")
            for version, bits in ((4, 24), (6, 64)):
                near, client = net.SERVER_ADDRESSES[version == 6], net.CLIENT_ADDRESSES[version == 6]
                more = ("nodad",) if version == 6 else ()
                net.ip("-n", made.server, "address", "add", f"{ROUTER[version]}/{bits}", "dev", "far", *more)
                net.ip("-n", far, "address", "add", f"{FAR[version]}/{bits}", "dev", "cable", *more)
                net.ip("-n", far, "route", "add", client, "via", ROUTER[version])
                net.ip("-n", made.client, "route", "add", FAR[version], "via", near)
            for key in ("net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding"):
                subprocess.run(net.inside(made.server, ["sh", "-c", f"echo 1 > /proc/sys/{key}"]), check=True)
            yield made, far
        finally:
            net.ip("netns", "del", far)


@pytest.mark.parametrize("version", [4, 6])
def test_rows_show_what_the_server_received(
    routed: tuple[net.Network, str], version: int, tmp_path: Path
) -> None:
    network, far = routed
    serve = net.inside(far, [sys.executable, "-c", SERVER, FAR[version], "cable"])
    capture = tmp_path / "capture.pcap"
    inject = [sys.executable, "-m", "tests.live.injecting", FAR[version], str(capture)]
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

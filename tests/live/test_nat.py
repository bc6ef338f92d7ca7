"""Systems behind a router that masquerades, counted by a capture. Needs root and nft."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import needs
from tests.support.network import inside
from tests.support.processes import TIMEOUT_S, capturing
from workbench.lab import nat

SECONDS, CONNECTIONS = 8, 1000
"""The table of the manual is of longer runs (python -m workbench.lab.nat)."""


def brief(case: nat.NatCase) -> nat.NatCase:
    """The same hosts in less time; a case that is named after its ten seconds keeps them."""
    if "in ten seconds" in case.name:
        return case
    return replace(case, seconds=SECONDS, count=min(case.count, CONNECTIONS))


@pytest.mark.slow
def test_systems_behind_a_router_are_counted_and_never_too_many() -> None:
    """Where ports of equal hosts meet by chance, fewer are counted: then there is another try."""
    needs.root()
    if shutil.which("nft") is None:
        pytest.skip("nft is absent: install the Debian package nftables")
    cases = [brief(case) for case in nat.CASES]
    for _ in range(2):
        found = nat.all_counted(cases)
        counts = {case.name: count for case, count in zip(cases, found, strict=True)}
        for case in cases:
            assert 1 <= counts[case.name] <= len(case.hosts), case.name
        cases = [case for case in cases if counts[case.name] < case.least]
        if not cases:
            return
    assert not cases, counts


def status_of(path: Path, client: str) -> str:
    """What a capture says of the connection at this end of a client."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(TIMEOUT_S)
        asking.connect(str(path))
        asking.sendall(f"GET /connection?client={client}&wait=500 HTTP/1.0\r\n\r\n".encode())
        answer = b"".join(iter(lambda: asking.recv(65536), b""))
    return str(json.loads(answer.partition(b"\r\n\r\n")[2])["status"])


@pytest.mark.parametrize(("hosts", "status"), [(1, "found"), (2, "relayed"), (8, "relayed")])
def test_connections_of_several_hosts_behind_a_router_are_relayed(
    hosts: int, status: str, tmp_path: Path
) -> None:
    needs.root()
    needs.program("nft", "nftables")
    path = tmp_path / "ask"
    case = nat.NatCase("", (nat.LINUX,) * hosts, count=20, seconds=8)
    with nat.rig(case) as (server, names), ExitStack() as cleanup:
        listener = subprocess.Popen(
            inside(server, [sys.executable, "-c", nat.LISTEN, str(nat.PORT)]), stdout=subprocess.PIPE
        )
        cleanup.callback(listener.wait, TIMEOUT_S)
        cleanup.callback(listener.kill)
        assert listener.stdout is not None
        assert listener.stdout.readline() == b"ready\n"
        words = ["cable", "--format", "json", "--listen", f"unix:{path}"]
        with capturing(server, *words, folder=tmp_path) as capture:
            capture.wait_for(lambda: "answering on" in capture.errors_path.read_text(), "the answers")
            command = [nat.SERVERS[0], str(nat.PORT), str(case.count), str(case.seconds)]
            for one in [
                subprocess.Popen(inside(name, [sys.executable, "-c", nat.CONNECT, *command]))
                for name in names
            ]:
                assert one.wait(TIMEOUT_S) == 0
            capture.wait_for(lambda: len(capture.lines()) >= hosts * case.count, "the SYNs")
            events = [json.loads(line) for line in capture.lines()]
            last = [one for one in events if one["event"] == "syn"][-1]
            assert status_of(path, f"{last['src_ip']}:{last['src_port']}") == status

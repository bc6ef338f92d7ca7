"""Floods: nothing is lost without a name, memory is bounded, and workers share the work.

``python -m workbench.lab.floods`` does it for a minute, with a table of rates and losses.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli.output.live import MOST_WAITING
from tests.support import flooding
from tests.support import network as net
from tests.support.processes import ROOT, CaptureProcess, capturing, huginn
from tests.support.sanitizers import SANITIZED

SMALL = ("--buffer-size", "128K")
"""So that something is lost on any machine."""


def counters(errors: str) -> dict[str, Any]:
    (line,) = [line for line in errors.splitlines() if line.startswith("{")]
    found: dict[str, Any] = json.loads(line)
    return found


def named_losses(total: dict[str, Any]) -> int:
    return sum(
        total[name] for name in ("dropped_by_kernel", "dropped_by_interface", "dropped_by_ring", "unread")
    ) + sum(total["drops"].values())


@pytest.mark.parametrize("words", [("--workers", "1"), ("--workers", "2")])
def test_every_packet_is_analysed_or_lost_by_name(
    words: tuple[str, ...], quiet_network: net.Network, flood_program: Path, tmp_path: Path
) -> None:
    options = (*words, *SMALL, "--stats-format", "json", "-o", "/dev/null")
    with capturing(quiet_network.server, "cable", *options, folder=tmp_path) as capture:
        sent = flooding.send(flood_program, quiet_network.client, packets=100_000)
        found = counters(capture.stop(signal.SIGTERM).errors)
    assert found["total"]["analysed"] + named_losses(found["total"]) == sent.packets == 100_000
    assert found["total"]["analysed"] > 0
    for name in ("received", "packets", "dropped_by_kernel", "dropped_by_ring", "analysed", "events"):
        assert found["total"][name] == sum(worker[name] for worker in found["workers"])


def test_what_a_signal_leaves_behind_is_counted_too(
    quiet_network: net.Network, flood_program: Path, tmp_path: Path
) -> None:
    """The flood goes on when the capture ends; what the kernel passed is read, dropped or unread."""
    options = ("--workers", "2", "--stats-format", "json", "--stats-interval", "0.1", "-o", "/dev/null")
    with capturing(quiet_network.server, "cable", *options, folder=tmp_path) as capture:
        command = flooding.command(flood_program, quiet_network.client, packets=1 << 40)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as flood:
            capture.wait_for(lambda: _packets_so_far(capture) > 1000, "the flood")
            done = capture.stop(signal.SIGTERM)
            flood.kill()
    assert done.status == 0
    total = json.loads(done.errors.splitlines()[-1])["total"]
    lost = total["dropped_by_kernel"] + total["dropped_by_ring"] + total["unread"]
    assert total["received"] == total["packets"] + lost
    assert total["packets"] > 0


def _packets_so_far(capture: CaptureProcess) -> int:
    lines = [line for line in capture.errors_path.read_text().splitlines(True) if line.endswith("}\n")]
    return int(json.loads(lines[-1])["total"]["packets"]) if lines else 0


def test_a_reader_that_stops_costs_results_and_bounded_memory(
    quiet_network: net.Network, flood_program: Path, tmp_path: Path
) -> None:
    """The results go into a pipe that nobody empties until the flood is over."""
    options = ("--workers", "2", *SMALL, "--stats-format", "json", "--format", "json")
    command = net.inside(quiet_network.server, huginn("capture", "cable", *options))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        assert process.stderr.readline().startswith(b"listening on cable, ")
        flooding.send(flood_program, quiet_network.client, packets=50_000)
        before = _resident_at_rest(process.pid)
        flooding.send(flood_program, quiet_network.client, packets=200_000, first=50_000)
        after = _resident(process.pid)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    # As many results as may wait did so before; the memory of batches is touched as they fill. Without the
    # bound, the results of 200,000 packets take more than 100 MB.
    assert SANITIZED or after < before + MOST_WAITING
    found = counters(errors.decode())
    total = found["total"]
    assert found["results_lost"] > total["events"] // 2
    assert total["analysed"] + named_losses(total) == 250_000


def _resident_at_rest(process: int) -> int:
    """The same once it stays for a second: what the first packets took has been taken."""
    sizes = [_resident(process)]
    while len(sizes) < 150 and (len(sizes) < 6 or len(set(sizes[-6:])) > 1):
        time.sleep(0.2)
        sizes.append(_resident(process))
    return sizes[-1]


def _resident(process: int) -> int:
    """Bytes of memory in use."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) << 10
    raise AssertionError("no such process")


def test_both_directions_of_a_conversation_go_to_one_worker(network_of_connections: list[list[int]]) -> None:
    """Each worker has answered what it was asked: SYNs and SYN+ACKs are equally many."""
    syns, answers = network_of_connections
    assert syns == answers
    assert sum(syns) == CONNECTIONS
    assert all(syns), "each worker had a share"


CONNECTIONS = 40

CONNECT = """
import socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
server = socket.create_server((sys.argv[1], 80), backlog=64, family=family)
print("ready", flush=True)
for _ in range(int(sys.argv[2])):
    server.accept()[0].close()
"""

ASK = """
import socket, sys
for _ in range(int(sys.argv[2])):
    socket.create_connection((sys.argv[1], 80), 60).close()
"""


@pytest.fixture
def network_of_connections(tmp_path: Path) -> list[list[int]]:
    """SYNs and SYN+ACKs by worker, of connections over IPv4 and IPv6."""
    options = ("--workers", "3", "--stats-format", "json", "-o", "/dev/null")
    with net.network() as network, capturing(network.client, "cable", *options, folder=tmp_path) as capture:
        for address in (net.SERVER_IP4, net.SERVER_IP6):
            serve = [sys.executable, "-c", CONNECT, address, str(CONNECTIONS // 2)]
            ask = [sys.executable, "-c", ASK, address, str(CONNECTIONS // 2)]
            with subprocess.Popen(net.inside(network.server, serve), stdout=subprocess.PIPE) as server:
                assert server.stdout is not None
                assert server.stdout.readline() == b"ready\n"
                subprocess.run(net.inside(network.client, ask), check=True, timeout=60)
        found = counters(capture.stop(signal.SIGTERM).errors)
    kinds = [worker["events_by_kind"] for worker in found["workers"]]
    return [[kind["syn"] for kind in kinds], [kind["syn_ack"] for kind in kinds]]

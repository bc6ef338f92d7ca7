"""The peers, timed on the same captures; each does the job that ours does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Clock, ready
from tools.bench.inputs import Inputs
from tools.bench.peers import HuginnNetTcp, P0f, Peer, Pyp0f, ScapyP0f

FEW = 500


@pytest.mark.parametrize("peer", [P0f(), Pyp0f(), ScapyP0f()], ids=lambda peer: peer.name.split()[0])
def test_peer(clock: Clock, inputs: Inputs, packets: int, enabled: bool, peer: Peer) -> None:
    ready(peer)
    capture = inputs.slice(inputs.syns(packets), peer.packets if enabled else FEW)
    sample = clock(lambda: peer.sample(capture), capture.packets)
    assert sample.units == capture.packets
    assert sample.seconds > 0


def test_p0f_reads_every_syn(inputs: Inputs, stock_path: Path, folder: Path) -> None:
    ready(P0f())
    capture, log = inputs.syns(5000), folder / "p0f.log"
    command = ["p0f", "-f", str(stock_path), "-r", str(capture.path), "-o", str(log)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert log.read_text(encoding="utf-8").count("] mod=syn|") == 5000


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["pcap", "packets", "detect", "parse"])
def test_huginn_net_tcp(clock: Clock, inputs: Inputs, packets: int, mode: str) -> None:
    peer = HuginnNetTcp(mode, mode)
    ready(peer)
    capture = inputs.syns(packets)
    done = clock(
        lambda: subprocess.run(peer.command(capture), check=True, stdout=subprocess.PIPE).stdout, packets
    )
    found = json.loads(done)
    assert found["packets"] >= packets
    assert found["syn"] == (0 if mode == "parse" else found["packets"])

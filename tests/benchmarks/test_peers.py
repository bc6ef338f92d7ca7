"""The peers, timed on the same captures; each does the job that ours does."""

from __future__ import annotations

import json
import subprocess
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.benchmarks.conftest import Clock, ready
from tools.bench import peers
from tools.bench.inputs import Inputs
from tools.bench.measure import Sample
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


MODES = "pcap", "packets", "detect", "parse"


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_huginn_net_tcp(clock: Clock, inputs: Inputs, packets: int, enabled: bool, mode: str) -> None:
    """It says itself whether it read every SYN; `test_a_peer_that_did_less_is_refused`."""
    if not enabled:
        pytest.skip("cargo builds it for a minute; --benchmark-enable runs it, as the report does")
    peer = HuginnNetTcp(mode, mode)
    ready(peer)
    capture = inputs.syns(packets)
    assert clock(lambda: peer.sample(capture), packets).units >= packets


@pytest.mark.parametrize("mode", MODES)
def test_a_peer_that_did_less_is_refused(
    inputs: Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    program, capture = tmp_path / "peer", inputs.syns(FEW)
    monkeypatch.setattr(peers, "build", lambda name: program)

    def says(packets: int, syns: int) -> None:
        told = json.dumps({"packets": packets, "syn": syns, "seconds": 0.5, "cpu": 0.25})
        program.write_text(f"#!/bin/sh\necho '{told}'\n")
        program.chmod(0o755)

    peer, every = HuginnNetTcp(mode, mode), 0 if mode == "parse" else FEW
    says(FEW, every)
    assert peer.sample(capture) == Sample(FEW, 0.5, 0.5)
    for packets, syns in ((FEW, every + 1), (FEW - 1, 0 if mode == "parse" else FEW - 1)):
        says(packets, syns)
        with pytest.raises(ValueError, match="SYNs of"):
            peer.sample(capture)


@pytest.mark.parametrize("kind", ["mixed", "plain"])
def test_a_peer_reads_as_many_syns_as_a_capture_has(
    inputs: Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Conversations have a SYN in 25 packets, segments none."""
    program = tmp_path / "peer"
    monkeypatch.setattr(peers, "build", lambda name: program)
    capture = inputs.mixed(100) if kind == "mixed" else inputs.plain(100)
    for syns, refused in ((4 if kind == "mixed" else 0, False), (5, True)):
        told = json.dumps({"packets": 100, "syn": syns, "seconds": 0.5, "cpu": 0.25})
        program.write_text(f"#!/bin/sh\necho '{told}'\n")
        program.chmod(0o755)
        with pytest.raises(ValueError, match="SYNs of") if refused else nullcontext():
            assert HuginnNetTcp("pcap", "pcap").sample(capture) == Sample(100, 0.5, 0.5)

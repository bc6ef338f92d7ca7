"""``huginn capture --store``: hosts are in the store while the capture runs, and after it was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from huginn_cffi.base.errors import StoreError
from huginn_cffi.store import Store
from tests.support import network as net
from tests.support.devices.arp import arp
from tests.support.devices.neighbor import solicit
from tests.support.devices.sending import SENDER
from tests.support.processes import capturing, huginn, inside, run

REFUSED = "import socket\nprint(socket.socket().connect_ex(('127.0.0.2', 9)))"


@pytest.fixture
def network() -> Iterator[net.Network]:
    with net.network() as made:
        yield made


def stored(path: Path) -> int:
    try:
        with Store(path) as store:
            return sum(one["syns"] for one in store.find("127.0.0.1"))
    except StoreError:
        return 0


def connect(network: net.Network) -> None:
    subprocess.run(inside(network.client, [sys.executable, "-c", REFUSED]), check=True, timeout=60)


def test_hosts_are_in_the_store_while_it_runs_and_add_up_over_runs(
    network: net.Network, tmp_path: Path
) -> None:
    path = tmp_path / "hosts.sqlite"
    options = ("--store", str(path), "--keep", "90d")
    with capturing(network.client, "lo", *options, folder=tmp_path) as capture:
        connect(network)
        capture.wait_for(lambda: stored(path) == 1, "a host in the store")
        second = run(inside(network.client, huginn("capture", "lo", "--store", str(path))))
        assert second.status == 2
        assert "another process" in second.errors
        capture.stop(signal.SIGKILL)
    assert stored(path) == 1
    with capturing(network.client, "lo", "--store", str(path), folder=tmp_path) as capture:
        connect(network)
        capture.wait_for(lambda: len(capture.lines()) > 0, "an event")
        assert capture.stop(signal.SIGTERM).status == 0
    assert stored(path) == 2


def stored_macs(path: Path) -> set[str | None]:
    try:
        with Store(path) as store:
            return {one["mac"] for one in store.values("holder = 0")}
    except StoreError:
        return set()


@pytest.mark.parametrize("words", [(), ("--protocols", "tcp")], ids=["all", "TCP alone"])
def test_neighbours_are_stored(quiet_network: net.Network, tmp_path: Path, words: tuple[str, ...]) -> None:
    """By ARP and Neighbor Discovery, which are no events by default; with TCP alone they are not read."""
    path, macs = tmp_path / "hosts.sqlite", ("00:16:3e:00:00:01", "00:16:3e:00:00:02")
    frames = (arp("10.92.0.1", "10.92.0.99", mac=macs[0]), solicit("fe80::2", mac=macs[1]))
    arguments = ("cable", "--format", "json", "--store", str(path), *words)
    with capturing(quiet_network.server, *arguments, folder=tmp_path) as capture:
        command = net.inside(quiet_network.client, [sys.executable, "-c", SENDER])
        text = "\n".join(one.hex() for one in frames)
        subprocess.run(command, input=text, text=True, check=True, timeout=net.TIMEOUT_S)
        if not words:
            capture.wait_for(lambda: stored_macs(path) >= {*macs}, "two devices")
        assert capture.stop(signal.SIGTERM).status == 0
        assert capture.lines() == []
    assert stored_macs(path) & {*macs} == (set() if words else {*macs})

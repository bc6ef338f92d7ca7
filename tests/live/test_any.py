"""A capture of all interfaces keeps them apart, and names them."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.devices.arp import arp
from tests.live.test_announcements import SENDER
from tests.support import network as net
from tests.support.processes import capturing

ADDRESS = "10.92.0.1"


def send(namespace: str, interface: str, mac: str) -> None:
    """A station with `ADDRESS` on an interface."""
    command = net.inside(namespace, [sys.executable, "-c", SENDER.replace("cable", interface)])
    text = arp(ADDRESS, "10.92.0.99", mac=mac).hex()
    subprocess.run(command, input=text, text=True, check=True, timeout=net.TIMEOUT_S)


@pytest.mark.parametrize("format_", ["json", "text"])
def test_news_name_the_interface(format_: str, quiet_network: net.Network, tmp_path: Path) -> None:
    """One address on two interfaces was not taken from anybody."""
    ends = ("left", "type", "veth", "peer", "name", "right", "netns", quiet_network.client)
    net.ip("-n", quiet_network.server, "link", "add", *ends)
    for namespace, name in ((quiet_network.server, "left"), (quiet_network.client, "right")):
        net.ip("-n", namespace, "link", "set", name, "up")
    store = tmp_path / "devices.sqlite"
    words = ("any", "--format", format_, "--events", "device_change", "--store", str(store))
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        for _ in range(2):
            send(quiet_network.client, "cable", "00:16:3e:00:00:01")
            send(quiet_network.client, "right", "00:16:3e:00:00:02")
        capture.wait_for(lambda: "".join(capture.lines()).count("device_new") == 2, "two devices")
        done = capture.stop(signal.SIGTERM)
    assert "address_" not in done.output
    with closing(sqlite3.connect(store)) as connection:
        stored = [json.loads(record) for (record,) in connection.execute("SELECT record FROM news")]
    assert [one["segment"] for one in stored] == ["interface cable", "interface left"]
    if format_ == "json":
        assert done.events == stored
    else:
        assert done.output.count("  Segment: interface cable\n") == 1
        assert done.output.count("  Segment: interface left\n") == 1

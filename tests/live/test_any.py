"""A capture of all interfaces keeps them apart, and names them."""

from __future__ import annotations

import csv
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.support import network as net
from tests.support.devices.arp import arp
from tests.support.devices.sending import SENDER
from tests.support.in_process import run_in_process_as_text as run
from tests.support.processes import capturing

ADDRESS = "10.92.0.1"


def send(namespace: str, interface: str, mac: str) -> None:
    """A station with `ADDRESS` on an interface."""
    command = net.inside(namespace, [sys.executable, "-c", SENDER.replace("cable", interface)])
    text = arp(ADDRESS, "10.92.0.99", mac=mac).hex()
    subprocess.run(command, input=text, text=True, check=True, timeout=net.TIMEOUT_S)


@pytest.fixture
def two_links(quiet_network: net.Network) -> net.Network:
    """A second cable: the interfaces of the capture are "cable" and "left"."""
    ends = ("left", "type", "veth", "peer", "name", "right", "netns", quiet_network.client)
    net.ip("-n", quiet_network.server, "link", "add", *ends)
    for namespace, name in ((quiet_network.server, "left"), (quiet_network.client, "right")):
        net.ip("-n", namespace, "link", "set", name, "up")
    return quiet_network


def segments(format_: str, path: Path) -> list[str | None]:
    """The segment of each event in a file."""
    if format_ == "parquet":
        from pyarrow import parquet

        return [*parquet.read_table(path)["segment"].to_pylist()]
    if format_ == "csv":
        return [one["segment"] for one in csv.DictReader(path.read_text().splitlines())]
    records = map(json.loads, path.read_text().splitlines())
    inside = {"json": "", "eve": "fingerprint", "ecs": "huginn"}[format_]
    return [(one[inside] if inside else one)["segment"] for one in records]


def ingress(format_: str, path: Path) -> list[str]:
    """The interface of each event in a file, in the fields that Suricata and Elastic have for it."""
    records = map(json.loads, path.read_text().splitlines())
    if format_ == "eve":
        return [one["in_iface"] for one in records]
    return [one["observer"]["ingress"]["interface"]["name"] for one in records]


@pytest.mark.parametrize("format_", ["json", "eve", "ecs", "csv", "parquet"])
def test_events_and_hosts_name_the_interface(format_: str, two_links: net.Network, tmp_path: Path) -> None:
    out, store, hosts = (tmp_path / name for name in ("events", "devices.sqlite", "hosts"))
    words = ("any", "--protocols", "arp", "--format", format_, "-o", str(out))
    words += ("--store", str(store), "--hosts", str(hosts), "--count", "2")
    with capturing(two_links.server, *words, folder=tmp_path) as capture:
        send(two_links.client, "cable", "00:16:3e:00:00:01")
        send(two_links.client, "right", "00:16:3e:00:00:02")
        capture.process.wait(net.TIMEOUT_S)
    names = ["interface cable", "interface left"]
    assert segments(format_, out) == names
    if format_ in ("eve", "ecs"):
        assert ingress(format_, out) == ["cable", "left"]
    assert [json.loads(line)["tunnel"] for line in hosts.read_text().splitlines()] == names
    found = run("hosts", "--store", str(store)).stdout
    assert [line.split(maxsplit=1)[1] for line in found.splitlines() if "In: " in line] == names


@pytest.mark.parametrize("format_", ["json", "text"])
def test_news_name_the_interface(format_: str, two_links: net.Network, tmp_path: Path) -> None:
    """One address on two interfaces was not taken from anybody."""
    store = tmp_path / "devices.sqlite"
    words = ("any", "--format", format_, "--events", "device_change", "--store", str(store))
    with capturing(two_links.server, *words, folder=tmp_path) as capture:
        for _ in range(2):
            send(two_links.client, "cable", "00:16:3e:00:00:01")
            send(two_links.client, "right", "00:16:3e:00:00:02")
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


def test_an_interface_is_known_by_its_name(two_links: net.Network, tmp_path: Path) -> None:
    """Its index changes with each boot, or when it is plugged in again."""
    store, numbers = tmp_path / "devices.sqlite", count()
    words = ("any", "--format", "json", "--events", "device_new", "--store", str(store))

    def news(*stations: tuple[str, str]) -> list[tuple[str, str]]:
        with capturing(two_links.server, *words, folder=tmp_path) as capture:
            for interface, mac in stations:
                send(two_links.client, interface, mac)
            send(two_links.client, "cable", f"00:16:3e:00:00:{next(numbers):02x}")
            capture.wait_for(lambda: capture.lines(), "the last one")
            found = capture.stop(signal.SIGTERM).events
        return [(one["segment"], one["mac"]) for one in found[:-1]]

    known = ("right", "00:16:3f:00:00:02")
    assert news(known) == [("interface left", known[1])]
    net.ip("-n", two_links.server, "link", "del", "left")
    for name, other in (("more", "than"), ("left", "right")):
        ends = (name, "type", "veth", "peer", "name", other, "netns", two_links.client)
        net.ip("-n", two_links.server, "link", "add", *ends)
    for namespace, name in ((two_links.server, "left"), (two_links.client, "right")):
        net.silence(namespace)
        net.ip("-n", namespace, "link", "set", name, "up")
    assert news(known, ("right", "00:16:3f:00:00:03")) == [("interface left", "00:16:3f:00:00:03")]

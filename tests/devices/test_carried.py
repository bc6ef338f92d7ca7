"""Announcements are the same for any number of workers, in pieces, after a saved state, and in a store."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.store.reading import Store
from tests.support import saved_states
from tests.support.captures import Packet, pcap
from tests.support.devices.made import ETHERNET, Record, capture
from tests.support.devices.stream import HOSTS, KINDS, frames

START = 10**18


def timed() -> list[Packet]:
    return [(START + number * 10**6, frame) for number, frame in enumerate(frames())]


def records(source: bytes, workers: int = 1) -> list[Record]:
    out, database = BytesIO(), hg.Database.load_default()
    with hg.Analyzer(database, host_names=True) as analyzer:
        for batch in analyzer.batches(source, workers=workers):
            for piece in Renderer("json", database).pieces(batch, 0, len(batch)):
                out.write(piece)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def hosts(source: bytes) -> list[Record]:
    with hg.Analyzer() as analyzer:
        inventory = Inventory(analyzer.database)
        for batch in analyzer.batches(source):
            inventory.add(batch)
    return [*inventory.values()]


def test_any_number_of_workers() -> None:
    whole = records(capture(frames()))
    assert sorted({row["event"] for row in whole if "mac" in row}) == KINDS
    assert sum(row["event"] == "lldp" for row in whole) == HOSTS
    for workers in (2, 3):
        assert records(capture(frames()), workers) == whole


def test_a_saved_state_goes_on() -> None:
    """Every few frames another engine takes over, also within the session of SMB."""
    packets, limits = timed(), saved_states.settings(1000, 10_000)
    parts = (pcap(part, ETHERNET) for part in saved_states.pieces(packets, 7))
    found = saved_states.compared(pcap(packets, ETHERNET), parts, limits, hg.Database.load_default())
    # where texts lie differs, which columns of offsets show
    for name, (one, other) in found.items():
        assert one == other or name.endswith("_offset"), name


def test_files_are_one_stream(tmp_path: Path) -> None:
    pytest.importorskip("dask", reason="the Python package dask is not installed")
    from huginn_cffi.applications.dask import Archive
    from tests.support import archive_streams as streams

    packets = timed()
    paths = streams.files(packets, ETHERNET, tmp_path, 9, seed=1)
    events = Archive(paths, order="given").events().compute()
    streams.same(events, streams.plain(paths)[0])
    one, _, _ = streams.plain(pcap(packets, ETHERNET, nanoseconds=True))
    assert {*KINDS} <= {*one["event"].to_pylist()}
    streams.same(events, one, leave=["capture"])


def test_a_store_has_the_devices_of_the_hosts(tmp_path: Path) -> None:
    path, out, store = tmp_path / "in.pcap", tmp_path / "out", str(tmp_path / "hosts.sqlite")
    path.write_bytes(capture(frames()))
    for _ in range(2):  # the second time they are known
        assert main(["hosts", str(path), "--store", store, "--format", "json", "-o", str(out)]) == 0
    whole = {one["ip"]: one for one in map(json.loads, out.read_text().splitlines()) if one.get("ip")}
    with Store(store) as opened:
        found = {one["ip"]: one for one in opened.values("holder = 0") if one["ip"]}
    assert found.keys() == whole.keys()
    for ip, one in found.items():
        device = whole[ip]["device"] or {}
        assert one["mac"] == whole[ip]["mac"]
        assert (one["device_type"], one["device_model"]) == (device.get("type"), device.get("model"))
    assert sum(one["device_model"] is not None for one in found.values()) > HOSTS

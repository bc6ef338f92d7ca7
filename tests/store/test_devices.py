"""Devices in a store: written, read, kept by later records, erased after 30 days."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from huginn_cffi.base.times import rfc3339
from huginn_cffi.cli import main
from huginn_cffi.hosts.objects import Device, DeviceConfidence
from huginn_cffi.store.opening import open_for_writing
from huginn_cffi.store.reading import Store
from huginn_cffi.store.retention import DEVICE_NS, Retention
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.summary import document
from huginn_cffi.store.upserts import Upserts
from tests.support.captures import pcap
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET, OTHER_MAC
from tests.support.hosts import BEGAN, SECOND, host

MAC = "00:00:5e:00:53:23"
SURE = DeviceConfidence(0.95, 0.95, 0.9, None, None)
PRINTER = Device("printer", "HP", "LaserJet", None, None, SURE, ())


def test_devices_are_kept_and_erased(tmp_path: Path) -> None:
    path = str(tmp_path / "hosts.sqlite")
    connection, lock = open_for_writing(path)
    upserts = Upserts(connection, "", "gate")
    upserts.write(in_order([host(mac=MAC, mac_local=False, device=PRINTER)]))
    later = BEGAN + SECOND
    upserts.write(in_order([host(first_seen_ns=later, last_seen_ns=later)]))
    with Store(path) as store:
        [one] = store.find("192.0.2.1")
        names = ("mac", "device_type", "device_manufacturer", "device_model", "device_system")
        assert [one[name] for name in names] == [MAC, "printer", "HP", "LaserJet", None]
        assert [row[1] for row in store.rows("device_type = 'printer'")] == ["192.0.2.1"]
    newest = later + DEVICE_NS + SECOND
    upserts.write(in_order([host("192.0.2.2", first_seen_ns=newest, last_seen_ns=newest, mac=MAC)]))
    Retention(connection).forget(now=True)
    connection.close()
    lock.release()
    with Store(path) as store:
        [one] = store.find("192.0.2.1")
        assert (one["mac"], one["device_type"], one["family"]) == (None, None, "Linux")
        assert store.find("192.0.2.2")[0]["mac"] == MAC


@pytest.mark.parametrize(
    ("option", "is_kept"), [((), False), (("--forget", "60d"), True), (("--forget", "1d"), False)]
)
def test_the_time_after_which_a_device_is_forgotten(
    tmp_path: Path, option: tuple[str, ...], is_kept: bool
) -> None:
    """The second capture was made 31 days after the first."""
    path = str(tmp_path / "hosts.sqlite")
    for at, ip, mac in ((0, "10.0.0.7", MAC), (31 * 86_400, "10.0.0.8", OTHER_MAC)):
        some = tmp_path / "some.pcap"
        some.write_bytes(pcap([(BEGAN + at * SECOND, arp(ip, mac=mac))], ETHERNET, nanoseconds=True))
        assert main(["hosts", str(some), "--store", path, *option]) == 0
    with Store(path) as store:
        macs = [one["mac"] for ip in ("10.0.0.7", "10.0.0.8") for one in store.find(ip)]
        assert macs == [MAC if is_kept else None, OTHER_MAC]


def test_text_shows_the_device(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "hosts.sqlite")
    connection, lock = open_for_writing(path)
    Upserts(connection, "", "gate").write(in_order([host(mac=MAC, device=PRINTER)]))
    connection.close()
    lock.release()
    assert main(["hosts", "--store", path]) == 0
    assert f"  Device: printer HP LaserJet\n  MAC:    {MAC}\n" in capsys.readouterr().out


def test_text_shows_that_a_mac_is_local(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "hosts.sqlite")
    connection, lock = open_for_writing(path)
    Upserts(connection, "", "gate").write(in_order([host(mac="da:a1:19:00:00:01", device=PRINTER)]))
    connection.close()
    lock.release()
    assert main(["hosts", "--store", path]) == 0
    assert "  MAC:    da:a1:19:00:00:01 (local)\n" in capsys.readouterr().out


def test_a_device_without_an_address_is_stored_by_its_mac(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "hosts.sqlite")
    switch = Device("switch", "HP", "ProCurve", None, None, SURE, ())
    connection, lock = open_for_writing(path)
    upserts = Upserts(connection, "", "gate")
    unaddressed = replace(host(mac=MAC, device=switch), ip=None)
    upserts.write(in_order([unaddressed, host("192.0.2.2")]))
    with Store(path) as store:
        [one] = store.find(MAC)
        assert (one["ip"], one["mac"], one["device_type"]) == (None, MAC, "switch")
        assert {found["ip"] or found["mac"] for found in store.values()} == {"192.0.2.2", MAC}
        assert len(document(store)["subnets"]) == 1
    assert main(["devices", "--store", path, "--format", "json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (MAC, "switch", []) in [(one["mac"], one["type"], one["addresses"]) for one in rows]
    assert main(["hosts", "--store", path]) == 0
    assert f"[Host] {MAC}\n  Device: switch HP ProCurve\n" in capsys.readouterr().out
    assert main(["hosts", "--store", path, "--ip", "192.0.2.2"]) == 0
    assert MAC not in capsys.readouterr().out
    assert main(["report", "--store", path, "-o", str(tmp_path / "page.html")]) == 0
    upserts.write(in_order([host("192.0.2.3", mac=MAC)]))  # it has an address now
    with Store(path) as store:
        assert not store.find(MAC)
    upserts.write(in_order([unaddressed]))
    newest = BEGAN + DEVICE_NS + 2 * SECOND
    upserts.write(in_order([host("192.0.2.2", first_seen_ns=newest, last_seen_ns=newest)]))
    Retention(connection).forget(now=True)
    connection.close()
    lock.release()
    with Store(path) as store:
        assert not store.find(MAC)
        assert len(store) == 2


def test_a_wrong_clock_erases_no_device_of_old_captures(tmp_path: Path) -> None:
    path = str(tmp_path / "hosts.sqlite")
    old, wrong = 1_100_000_000 * SECOND, (1 << 63) - 1
    connection, lock = open_for_writing(path)
    known = [
        host(mac=MAC, first_seen_ns=old, last_seen_ns=old),
        host("192.0.2.2", first_seen_ns=old, last_seen_ns=wrong),
    ]
    Upserts(connection, "", "gate").write(in_order(known))
    Retention(connection, keep_ns=DEVICE_NS).forget(now=True)
    connection.close()
    lock.release()
    with Store(path) as store:
        assert store.find("192.0.2.1")[0]["mac"] == MAC


@pytest.mark.parametrize(("ahead_s", "is_erased"), [(30, True), (3600, False)])
def test_a_clock_that_is_little_ahead_is_right(tmp_path: Path, ahead_s: int, is_erased: bool) -> None:
    path = str(tmp_path / "hosts.sqlite")
    now = time.time_ns()
    old, ahead = now - DEVICE_NS - 60 * SECOND, now + ahead_s * SECOND
    connection, lock = open_for_writing(path)
    known = [
        host(mac=MAC, first_seen_ns=old, last_seen_ns=old),
        host("192.0.2.2", first_seen_ns=ahead, last_seen_ns=ahead),
    ]
    Upserts(connection, "", "gate").write(in_order(known))
    Retention(connection).forget(now=True)
    connection.close()
    lock.release()
    with Store(path) as store:
        assert store.find("192.0.2.1")[0]["mac"] == (None if is_erased else MAC)
        assert store.find("192.0.2.2")[0]["last_seen"] == rfc3339(ahead if is_erased else old)


@pytest.mark.parametrize("alone", [False, True])
def test_a_clock_ahead_once_freezes_no_host(tmp_path: Path, alone: bool) -> None:
    """Later records change the host; its time becomes the newest of the store, or of the host itself."""
    path = str(tmp_path / "hosts.sqlite")
    old, wrong = 1_100_000_000 * SECOND, (1 << 32) * SECOND
    connection, lock = open_for_writing(path)
    upserts, later = Upserts(connection, "", "gate"), old + SECOND
    upserts.write(in_order([host(first_seen_ns=old if alone else wrong, last_seen_ns=wrong)]))
    if not alone:
        upserts.write(in_order([host("192.0.2.2", first_seen_ns=old, last_seen_ns=old)]))
    Retention(connection).forget(now=True)
    upserts.write(in_order([host(first_seen_ns=later, last_seen_ns=later, mac=MAC, device=PRINTER)]))
    connection.close()
    lock.release()
    with Store(path) as store:
        [one] = store.find("192.0.2.1")
        assert (one["first_seen"], one["last_seen"]) == (rfc3339(old), rfc3339(later))
        assert (one["mac"], one["device_type"]) == (MAC, "printer")
        assert [found["last_seen"] for found in store.find("192.0.2.2")] == ([] if alone else [rfc3339(old)])

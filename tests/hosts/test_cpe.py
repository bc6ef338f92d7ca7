"""CPE 2.3 names: only for a system in the table with an exact version, escaped as NISTIR 7695 has it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.formats.devices_ocsf import device_event
from huginn_cffi.hosts.devices import cpe_name
from tests.hosts.test_evidence import agent
from tests.support.captures import pcap
from tests.support.devices.captured import DEVICES
from tests.support.devices.dhcp import option
from tests.support.devices.requests import request
from tests.support.host_talks import CLIENT, LINUX, talk
from tests.support.local_hosts import saved
from tests.support.packets import NOP, SOK, Tcp, mss

FORMATTED = re.compile(
    r"cpe:2\.3:[oa](?::(?:\*|-|(?:[A-Za-z0-9._-]|\\[!\"#$%&'()+,/:;<=>@\[\]^`{|}~\\*?])+)){10}"
)
"""Of names without wildcards: NISTIR 7695, 6.2.3."""
ANY = ":*" * 7
PRODUCT = re.compile(r'"cpe:/(o:[^:"]+:[^:"]+)')


@pytest.mark.parametrize(
    ("name", "version", "expected"),
    [
        ("Windows", "XP", "o:microsoft:windows_xp:-"),
        ("Windows", "8.1", "o:microsoft:windows_8.1:-"),
        ("Windows", "2012 R2", "o:microsoft:windows_server_2012:r2"),
        ("Linux", "4.9.57", "o:linux:linux_kernel:4.9.57"),
        ("Linux", "2.6.32.9", "o:linux:linux_kernel:2.6.32.9"),
        ("Android", "13", "o:google:android:13.0"),
        ("macOS", "10.15.7", "o:apple:mac_os_x:10.15.7"),
        ("macOS", "14.1", "o:apple:macos:14.1"),
        ("Cisco IOS", "12.4(24)T", r"o:cisco:ios:12.4\(24\)t"),
        ("iOS", "16.5.1", "o:apple:iphone_os:16.5.1"),
    ],
)
def test_exact_versions(name: str, version: str, expected: str) -> None:
    found = cpe_name(name, version)
    assert found is not None
    assert found == f"cpe:2.3:{expected}{ANY}"
    assert FORMATTED.fullmatch(found)


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("Windows", ""),
        ("Windows", "10 or newer"),
        ("Windows", "7, 8 or 10"),
        ("Windows", "Vista, 7, 2008 or 2008 R2"),
        ("Windows CE", "6.0"),
        ("Linux", "4.19-6.15"),
        ("Linux", "4.0"),
        ("Linux", "2.6.32"),
        ("Linux", "4.9.57\n"),
        ("Linux", "4.9.57-v7+"),
        ("Linux", "\u0664.9.57"),
        ("linux", "4.9.57"),
        ("Linux or Android", "4.9.57"),
        ("macOS or iOS", "14.1"),
        ("macOS", "14"),
        ("Android", "12"),
        ("Android", "5-8"),
        ("iOS", "16"),
        ("Cisco IOS", "12.4"),
        ("Cisco IOS", "12.4(24)T:*"),
        ("macOS", "10.15"),
        ("Linux", "4.9." + "5" * 29),
        ("Linux", "4.9."),
        ("HiOS", "L2P-09.0.00"),
    ],
)
def test_look_alikes_have_none(name: str, version: str) -> None:
    assert cpe_name(name, version) is None


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("Windows", "XP,Vista,7,8,8.1,2003,2003 R2,2008,2008 R2,2012,2012 R2,2016,2019"),
        ("Linux", "4.9.57"),
        ("Android", "14"),
        ("macOS", "10.15.7,14.1"),
        ("iOS", "16.5.1"),
        ("Cisco IOS", "12.4(24)T"),
        ("FreeBSD", "13.2"),
        ("OpenBSD", "7.4"),
        ("NetBSD", "9.3"),
    ],
)
def test_vendors_and_products_are_spelt_as_recog_spells_them(name: str, versions: str) -> None:
    """recog has neither iPadOS nor Windows Server 2022."""
    folder = DEVICES / "recog"
    if not folder.is_dir():
        pytest.skip("needs ../shared")
    known = {found for one in folder.glob("*.xml") for found in PRODUCT.findall(one.read_text("utf-8"))}
    for version in versions.split(","):
        found = cpe_name(name, version)
        assert found is not None
        assert ":".join(found.split(":")[2:5]) in known, version


KERNEL = option(60, b"dhcpcd-8.0.3:Linux-4.9.57:armv7l:BCM2709")
SERIES = option(60, b"dhcpcd-8.0.3:Linux-4.9:armv7l:BCM2709")
NAME = f"cpe:2.3:o:linux:linux_kernel:4.9.57{ANY}"


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main([*arguments[:1], "--format", "json", *arguments[1:]]) == 0
    return [*map(json.loads, capsys.readouterr().out.splitlines())]


def test_hosts_and_devices_have_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of an announced system, from a capture and from a store; as OCSF has it, too."""
    capture, store = saved(tmp_path, request(KERNEL)), str(tmp_path / "hosts.sqlite")
    assert shown(capsys, "hosts", capture)[0]["cpe"] == NAME
    [device] = shown(capsys, "devices", capture)
    assert device["cpe"] == device_event(device)["device"]["os"]["cpe_name"] == NAME
    assert main(["hosts", capture, "--store", store]) == 0
    capsys.readouterr()
    [device] = shown(capsys, "devices", "--store", store)
    assert (device["version"], device["cpe"]) == ("4.9.57", NAME)


@pytest.mark.parametrize(
    ("system", "expected"), [("Windows NT 5.1", f"cpe:2.3:o:microsoft:windows_xp:-{ANY}"), ("X11", None)]
)
def test_of_the_system_that_packets_show(
    system: str, expected: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The SYN, from port 2000, is that of Windows 2000, XP or 2003; the request narrows it to one."""
    syn = Tcp(window=16384, options=mss(1460) + NOP + NOP + SOK)
    path = tmp_path / "xp.pcap"
    path.write_bytes(pcap(sorted(talk(-48_000, syn, agent(system), ttl=128)), linktype=101))
    for command in ("hosts", "devices"):
        found = [
            one for one in shown(capsys, command, str(path)) if one["event"] == command.removesuffix("s")
        ]
        [name] = [
            one["cpe"]
            for one in found
            if CLIENT in (one.get("ip"), *(address["ip"] for address in one.get("addresses", ())))
        ]
        assert name == expected


def test_the_reduced_user_agent_of_android_names_no_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "android.pcap"
    path.write_bytes(pcap(sorted(talk(1, LINUX, agent("Linux; Android 10; K"))), linktype=101))
    [found] = [one["cpe"] for one in shown(capsys, "hosts", str(path)) if one.get("ip") == CLIENT]
    assert found is None


def test_a_series_of_kernels_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [device] = shown(capsys, "devices", saved(tmp_path, request(SERIES)))
    assert (device["system"], device["version"], device["cpe"]) == ("Linux", "4.9", None)
    assert "cpe_name" not in device_event(device)["device"]["os"]
    assert "os" not in device_event({**device, "system": None})["device"]

"""CPE 2.3 names: only for a name in the table with an exact version, escaped as NISTIR 7695 has it."""

from __future__ import annotations

import re

import pytest

from huginn_cffi.formats.devices_ocsf import device_event
from sigcompiler.claims.cpe import cpe_name

FORMATTED = re.compile(
    r"cpe:2\.3:[oa](?::(?:\*|-|(?:[A-Za-z0-9._-]|\\[!\"#$%&'()+,/:;<=>@\[\]^`{|}~\\*?])+)){10}"
)
"""Of names without wildcards: NISTIR 7695, 6.2.3."""
ANY = ":*" * 7


@pytest.mark.parametrize(
    ("name", "version", "expected"),
    [
        ("Windows", "XP", "o:microsoft:windows_xp:-"),
        ("Windows", "8.1", "o:microsoft:windows_8.1:-"),
        ("Windows", "2012 R2", "o:microsoft:windows_server_2012:r2"),
        ("Linux", "4.9.57", "o:linux:linux_kernel:4.9.57"),
        ("Android", "13", "o:google:android:13.0"),
        ("macOS", "10.15.7", "o:apple:mac_os_x:10.15.7"),
        ("macOS", "14.1", "o:apple:macos:14.1"),
        ("Cisco IOS", "12.4(24)T", r"o:cisco:ios:12.4\(24\)t"),
        ("Firefox", "128.0.3", "a:mozilla:firefox:128.0.3"),
    ],
)
def test_exact_versions(name: str, version: str, expected: str) -> None:
    found = cpe_name(name, version)
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
        ("Firefox", "128"),
        ("HiOS", "L2P-09.0.00"),
    ],
)
def test_look_alikes_have_none(name: str, version: str) -> None:
    assert cpe_name(name, version) is None


def test_a_device_has_the_name_of_its_system() -> None:
    one = dict.fromkeys(("mac", "type", "manufacturer", "model", "network_card"))
    one |= {"addresses": [{"ip": "10.0.0.1", "last_seen": ""}], "system": "Linux", "version": "4.9.57"}
    one |= dict.fromkeys(("first_seen", "last_seen"), "2026-01-15T10:00:00Z")
    assert device_event(one)["device"]["os"]["cpe_name"] == cpe_name("Linux", "4.9.57")
    assert "cpe_name" not in device_event({**one, "version": "4.9"})["device"]["os"]
    assert "os" not in device_event({**one, "system": None})["device"]

"""DHCP requests of well-known devices."""

from __future__ import annotations

import huginn_cffi as hg
from huginn_cffi.hosts import HostRecord
from tests.support.devices import dhcp
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import MAC, capture

AXIS = option(60, b"AXIS,Network Camera,P3245,10.12.1")
ANDROID = option(60, b"android-dhcp-13")
WINDOWS = option(60, b"MSFT 5.0")


def hosts(*frames: bytes) -> list[HostRecord]:
    return [*hg.Analyzer().read(capture(frames)).hosts]


def request(*options: bytes, ip: str = "192.0.2.7", mac: str = MAC) -> bytes:
    return from_client(message(*options, kind=dhcp.INFORM, ciaddr=ip, mac=mac), mac=mac, source=ip)

"""User-Agents in the clear: which system the client of a connection says it runs.

Only the first data of a request is looked at, and only its header lines. A request that came
through a proxy says nothing about the sender of the SYN, so it is left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import CaptureError, check
from huginn_cffi.inputs.opening import inputs_of
from huginn_cffi.results.observables import Endpoint, address_text
from huginn_cffi.tools.learning.systems import System

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.tools.learning.sightings import FilePath, OnError

METHODS = (b"GET ", b"POST ", b"HEAD ", b"PUT ", b"OPTIONS ", b"DELETE ", b"PATCH ", b"CONNECT ")
PROXIED = (b"via", b"x-forwarded-for", b"forwarded")
"""Header lines that a proxy adds."""

MOST_BYTES = 4096
"""Of a request; a User-Agent further on is not looked for."""

_WINDOWS = {
    "5.0": "2000",
    "5.1": "XP",
    "5.2": "XP or 2003",
    "6.0": "Vista or 2008",
    "6.1": "7 or 2008 R2",
    "6.2": "8 or 2012",
    "6.3": "8.1 or 2012 R2",
    "10.0": "10 or newer",
}
"""By the number of the NT kernel; 10.0 stands for everything since."""

FROZEN = {"macOS": "10.15", "iOS": "18.6", "Android": "10"}
"""Versions that browsers go on telling for all later releases."""

_NT = re.compile(r"Windows NT (\d+\.\d+)|Microsoft-CryptoAPI/(\d+\.\d+)")
_IOS = re.compile(r"(?:iPhone OS|CPU OS) (\d+)_(\d+)")
_MACOS = re.compile(r"Mac OS X (\d+)[_.](\d+)")
_ANDROID = re.compile(r"Android (\d+(?:\.\d+)*)")
_UNIX = re.compile(r"\b(FreeBSD|OpenBSD|NetBSD|Linux|CrOS|Debian APT|linux-gnu)\b")


class Request(NamedTuple):
    """A request of a client: who sent it to whom, in which packet, and its User-Agent."""

    client: Endpoint
    server: Endpoint
    packet: int
    user_agent: str


def system_of_agent(text: str) -> System | None:
    """The system that a User-Agent names, or None. What browsers no longer tell is left open."""
    windows = _NT.search(text)
    if windows:
        flavor = _WINDOWS.get(windows[1] or windows[2])
        return System("Windows", flavor) if flavor else None
    apple = _IOS.search(text)
    if apple:
        return _system("iOS", f"{apple[1]}.{apple[2]}")
    android = _ANDROID.search(text)
    if android:
        return _system("Android", android[1])
    mac = _MACOS.search(text)
    if mac:
        version = mac[1] if int(mac[1]) > 10 else f"{mac[1]}.{mac[2]}"
        return _system("macOS", version)
    unix = _UNIX.search(text)
    if unix:
        return System(unix[1] if unix[1].endswith("BSD") else "Linux")
    return None


def user_agent_of(data: bytes) -> str | None:
    """The User-Agent of a request whose first bytes these are; None where there is none to believe."""
    if not data.startswith(METHODS):
        return None
    found = None
    for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]:
        name, colon, value = line.partition(b":")
        if name.lower() in PROXIED:
            return None
        if colon and name.lower() == b"user-agent":
            found = value.strip().decode("latin-1")
    return found


def requests(path: FilePath, on_error: OnError) -> Iterator[Request]:
    """The requests of a capture that name a User-Agent, in order; damage is reported to `on_error`."""
    (item,) = inputs_of(os.fspath(path))
    try:
        with item.open(lambda: False) as source:
            for segment, data in _segments(source, item.name):
                agent = user_agent_of(data)
                if agent:
                    yield _request(segment, agent)
    except CaptureError as error:
        on_error(error)


def _segments(source: CData, name: str) -> Iterator[tuple[CData, bytes]]:
    """Packets with data, and the first bytes of it."""
    segments, count = ffi.new("hg_segment[]", lib.HG_MOST_SEGMENTS), ffi.new("uint32_t *")
    packets, error = ffi.new("uint64_t *"), ffi.new("hg_error *")
    while True:
        status = lib.hg_segments_next(source, 1, packets, segments, count, error)
        for number in range(count[0]):
            segment = segments[number]
            yield segment, bytes(ffi.buffer(segment.data, min(segment.length, MOST_BYTES)))
        if check(status, error, subject=name) == lib.HG_END:
            return


def _request(segment: CData, agent: str) -> Request:
    client = Endpoint(address_text(segment.version, bytes(segment.src_ip)), segment.src_port)
    server = Endpoint(address_text(segment.version, bytes(segment.dst_ip)), segment.dst_port)
    return Request(client, server, segment.packet_number, agent)


def _system(family: str, version: str) -> System:
    """The system of this version, or from there on where nothing newer is ever told."""
    return System(family, f"{version} or newer" if version == FROZEN[family] else version)

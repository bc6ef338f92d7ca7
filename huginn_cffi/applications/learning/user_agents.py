"""User-Agents in the clear: which system the client of a connection says it runs.

A request that came through a proxy says nothing about the sender of the SYN, so it is left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.applications.learning.systems import LabelledSystem
from huginn_cffi.results import http_rows
from huginn_cffi.results.observables import Endpoint, endpoint

if TYPE_CHECKING:
    from huginn_cffi.applications.learning.sightings import FilePath, OnError
    from huginn_cffi.engine.batch import Batch

PROXIED = frozenset(("via", "x-forwarded-for", "forwarded"))
"""Headers that a proxy adds."""

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
"""Versions that browsers state for all later releases."""

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


def system_of_agent(text: str) -> LabelledSystem | None:
    """The system that a User-Agent names, or None. What browsers no longer state is left open."""
    windows = _NT.search(text)
    if windows:
        flavor = _WINDOWS.get(windows[1] or windows[2])
        return LabelledSystem("Windows", flavor) if flavor else None
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
        return LabelledSystem(unix[1] if unix[1].endswith("BSD") else "Linux")
    return None


def requests(path: FilePath, on_error: OnError) -> Iterator[Request]:
    """First requests of connections that name a User-Agent, in order; damage is reported to `on_error`."""
    reader = Analyzer(None, uptime=False, protocols=("http",))
    for batch in reader.batches(os.fspath(path), on_error=on_error):
        for row in batch.http["row"]:
            agent = _agent(batch, row)
            if agent:
                ends = endpoint(batch, row, "src"), endpoint(batch, row, "dst")
                yield Request(*ends, batch._cells.packet_number[row] - batch.packets_before, agent)


def _agent(batch: Batch, row: int) -> str | None:
    """The User-Agent of a request; None where there is none to believe."""
    if batch._cells.event[row] != lib.HG_EVENT_HTTP_REQUEST:
        return None
    if PROXIED.intersection(name.lower() for name in http_rows.headers(batch, row)):
        return None
    return (http_rows.text(batch, row, "user_agent") or "").strip() or None


def _system(family: str, version: str) -> LabelledSystem:
    """The system of this version, or newer if User-Agents freeze this version."""
    return LabelledSystem(family, f"{version} or newer" if version == FROZEN[family] else version)

"""Labels that the packets themselves speak against, each with the reason in words.

Labels marked as suspect are left out of the evaluation. Those that only the rules here speak
against stay in and count as they stand: they are listed, so that a reader can judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huginn_cffi.applications.evaluation.answers import Answered
from huginn_cffi.applications.evaluation.labels import LabelledPacket
from huginn_cffi.applications.evaluation.truths import UNIX, truth
from sigcompiler.claims.versions import from_on

if TYPE_CHECKING:
    from huginn_cffi.applications.evaluation.answers import Handshake

SUSPICIONS = {
    "linux-syn-with-mac-user-agent": "a User-Agent of macOS on options in Linux's order",
    "no-tcp-options": "no TCP options, as no such system sends it",
    "proxy": "a proxy made the connection",
    "synthetic": "the capture was written by a program",
    "time-implausible": "the capture is older than the system",
    "ttl128-unix": "an initial TTL of 128, which no Unix has",
    "ttl255": "an initial TTL of 255, as packet makers have it",
    "ttl64-windows": "an initial TTL of 64, where Windows has 128",
    "tunnelled": "the packet came in a tunnel",
    "user-mode-nat": "the network of a virtual machine made the connection",
    "version-conflict": "one host shows two versions",
}

LINUX_ORDER = re.compile(r"mss,sok,ts,nop,ws|mss,nop,nop,sok,nop,ws$|mss,nop,nop,ts,nop,ws")
APPLE_ORDER = re.compile(r"mss,nop,ws,nop,nop,ts,sok,eol")

NOT_LINUX = frozenset(("Windows", "macOS", "iOS", "FreeBSD", "NetBSD", "OpenBSD"))
APPLE = frozenset(("macOS", "iOS"))

FULL_WINDOW = 65535
ETHERNET_MULTIPLES = range(44, 54)
"""floor(65535 / mss) on links of MTU 1280 to 1500."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """A label and what speaks against it; `counted` unless it is marked as suspect."""

    packet: LabelledPacket
    reason: str
    counted: bool


def refuted(answered: Iterable[Answered], suspects: Iterable[LabelledPacket]) -> list[Refuted]:
    """One entry a host and reason, in the order of the labels."""
    found: dict[tuple[object, str], Refuted] = {}
    for packet in suspects:
        found.setdefault((packet.host, packet.suspect), Refuted(packet, suspicion(packet.suspect), False))
    for one in answered:
        if one.seen is not None:
            for reason in _reasons(one.packet, one.seen):
                found.setdefault((one.packet.host, reason), Refuted(one.packet, reason, True))
    return list(found.values())


def suspicion(marks: str) -> str:
    """The marks of a suspect label in words."""
    return "; ".join(SUSPICIONS.get(mark.partition(":")[0], mark) for mark in marks.split("+"))


def _reasons(packet: LabelledPacket, seen: Handshake) -> Iterator[str]:
    return (reason for rule in _RULES if (reason := rule(packet, seen)) is not None)


def _foreign_order(packet: LabelledPacket, seen: Handshake) -> str | None:
    layout = seen.signature.olayout
    if packet.family in NOT_LINUX and LINUX_ORDER.match(layout):
        return f"options in Linux's order ({layout})"
    if packet.family in UNIX - APPLE and APPLE_ORDER.match(layout):
        return f"options in Apple's order ({layout})"
    return None


def _foreign_ttl(packet: LabelledPacket, seen: Handshake) -> str | None:
    shown = seen.signature
    if shown.ip_version != 4:
        return None  # routers set the hop limit of IPv6
    if packet.family == "Windows" and shown.ittl == 64:
        return SUSPICIONS["ttl64-windows"]
    if packet.family in UNIX and packet.direction == "request" and shown.ittl == 128:
        return SUSPICIONS["ttl128-unix"]
    return None


def _newer_windows(packet: LabelledPacket, seen: Handshake) -> str | None:
    """Scale 8 with a window that fills 64 KiB came with Windows 10 1703."""
    shown = seen.signature
    full = shown.wsize == FULL_WINDOW or (
        shown.window_kind == "mss" and shown.window_multiple in ETHERNET_MULTIPLES
    )
    if packet.family != "Windows" or packet.direction != "request" or shown.wscale != 8:
        return None
    if full and _all_before(packet, "10"):
        return "window and scale of Windows 10 1703 or newer"
    return "a window scale, which came with Vista" if _all_before(packet, "Vista") else None


def _all_before(packet: LabelledPacket, release: str) -> bool:
    """Whether every version that the label leaves open is older."""
    named = truth(packet.family, packet.version).versions
    newer = from_on("Windows", release)
    return bool(named) and not any(one.overlaps(newer) for one in named)


def _distant_capture_host(packet: LabelledPacket, seen: Handshake) -> str | None:
    if packet.evidence == "pcapng-capture-host" and seen.distance > 0:
        return f"{seen.distance} hops away, which the host that captured cannot be"
    return None


_RULES: tuple[Callable[[LabelledPacket, Handshake], str | None], ...] = (
    _foreign_order,
    _foreign_ttl,
    _newer_windows,
    _distant_capture_host,
)

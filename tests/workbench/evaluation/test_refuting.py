"""Packets that speak against their label."""

from __future__ import annotations

from dataclasses import replace

import pytest

import huginn_cffi as hg
from huginn_workbench.evaluation.answers import UNNAMED, Answered, shown
from huginn_workbench.evaluation.labels import LabelledPacket
from huginn_workbench.evaluation.run import refuted, suspicion
from tests.support.packets import NOP, SOK, Ip4, Ip6, Tcp, mss, packet, wscale
from tests.workbench.evaluation.build import APPLE, LINUX, SERVER, WINDOWS

IP = Ip4(source="10.0.0.1", destination=SERVER)
FAR = replace(IP, ttl=57)
FROM_128 = replace(IP, ttl=128)
IP6 = Ip6(source="2001:db8::1", destination="2001:db8::2")

NEWER = replace(WINDOWS, window=1460 * 44)
FULL = replace(WINDOWS, window=65535)
OLDER = Tcp(window=65535, options=mss(1460) + NOP + NOP + SOK)
SMALL_SCALE = replace(WINDOWS, window=65535, options=mss(1460) + NOP + wscale(2) + NOP + NOP + SOK)

WINDOW_1703 = "window and scale of Windows 10 1703 or newer"
SCALED = "a window scale, which came with Vista"
LINUX_ORDER = "options in Linux's order (mss,sok,ts,nop,ws)"
APPLE_ORDER = "options in Apple's order (mss,nop,ws,nop,nop,ts,sok,eol+1)"
TTL_64 = "an initial TTL of 64, where Windows has 128"
TTL_128 = "an initial TTL of 128, which no Unix has"
HOPS = "7 hops away, which the host that captured cannot be"


def reasons(family: str, version: str, tcp: Tcp, ip: Ip4 | Ip6, evidence: str = "") -> list[str]:
    syn = hg.fingerprint(packet(ip, tcp)).syn
    label = LabelledPacket("a__b.pcap", 1, "request", ip.source, family, version, evidence)
    return [one.reason for one in refuted([Answered(label, UNNAMED, shown(syn))], [])]


@pytest.mark.parametrize(
    ("family", "version", "tcp", "ip", "expected"),
    [
        ("macOS", "10.7", LINUX, IP, [LINUX_ORDER]),
        ("Windows", "10/11", LINUX, FROM_128, [LINUX_ORDER]),
        ("Android", "9", LINUX, IP, []),
        ("Linux", "", APPLE, IP, [APPLE_ORDER]),
        ("iOS", "13", APPLE, IP, []),
        ("Windows", "10/11", WINDOWS, IP, [TTL_64]),
        ("Windows", "10/11", WINDOWS, IP6, []),
        ("FreeBSD", "", WINDOWS, FROM_128, [TTL_128]),
        ("Unix", "Samba", LINUX, IP, []),
        ("Windows", "7/2008R2", NEWER, FROM_128, [WINDOW_1703]),
        ("Windows", "7/2008R2", FULL, FROM_128, [WINDOW_1703]),
        ("Windows", "7/2008R2", WINDOWS, FROM_128, []),
        ("Windows", "10/11", NEWER, FROM_128, []),
        ("Windows", "10+", FULL, FROM_128, []),
        ("Windows", "", FULL, FROM_128, []),
        ("Windows", "XP", WINDOWS, FROM_128, [SCALED]),
        ("Windows", "XP", SMALL_SCALE, FROM_128, []),
        ("Windows", "XP", OLDER, FROM_128, []),
        ("Windows", "Vista/2008", WINDOWS, FROM_128, []),
        ("device", "GoAhead", APPLE, FROM_128, []),
    ],
)
def test_reasons(family: str, version: str, tcp: Tcp, ip: Ip4 | Ip6, expected: list[str]) -> None:
    assert reasons(family, version, tcp, ip) == expected


def test_the_capturing_host_is_no_hops_away() -> None:
    assert reasons("Linux", "", LINUX, FAR, "pcapng-capture-host") == [HOPS]
    assert reasons("Linux", "", LINUX, IP, "pcapng-capture-host") == []
    assert reasons("Linux", "", LINUX, FAR, "ssh-banner") == []


def test_suspicions_in_words() -> None:
    assert suspicion("no-tcp-options+version-conflict:build 1/build 2") == (
        "no TCP options, as no such system sends it; one host shows two versions"
    )
    assert suspicion("something new") == "something new"


def test_a_host_is_listed_once_a_reason() -> None:
    packets = [
        LabelledPacket("a__b.pcap", frame, "request", "10.0.0.1", "Linux", "", suspect="synthetic")
        for frame in (1, 2)
    ]
    assert [(one.packet.frame, one.counted) for one in refuted([], packets)] == [(1, False)]

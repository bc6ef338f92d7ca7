"""Which policy of Suricata a conclusion stands for."""

from __future__ import annotations

from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.policy import policy_lines
from tests.hosts.test_hosts import stamped, syns
from tests.support.captures import pcap
from tests.support.known_syns import LINUX_OLDER


def policy(name: str, flavor: str) -> str | None:
    """Of a host whose SYN a database names so."""
    text = f"classes = any\n[tcp:request]\nlabel = s:any:{name}:{flavor}\nsig = {LINUX_OLDER}\n"
    analyzer = hg.Analyzer(hg.Database.compile(text=text))
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(pcap([*stamped(*syns(LINUX_OLDER))], linktype=101)):
        inventory.add(batch)
    [host] = inventory.values()
    assert (host["family"], host["flavor"]) == (name, flavor)
    return host["policy"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "flavor", "expected"),
    [
        ("Windows", "10, 11, 2019, 2022 or 2025", "vista"),
        ("Windows", "Vista or newer", "vista"),
        ("Windows", "2000 or XP", "windows"),
        ("Windows", "98", "windows"),
        ("Windows", "2003", "windows2k3"),
        ("Windows", "2000, XP or 2003", None),
        ("Windows", "XP or newer", None),
        ("Windows", "XP or 7", None),
        ("Windows", "", None),
        ("Linux", "4.19-6.15", "linux"),
        ("Linux", "2.4-2.6", "linux"),
        ("Linux", "2.2", "old-linux"),
        ("Linux", "2.2-2.6", None),
        ("Linux", "", None),
        ("Android", "5-8", "linux"),
        ("Android or Linux", "Android 5 or newer / Linux 3 or newer", "linux"),
        ("Android or Linux", "", None),
        ("macOS or iOS", "macOS 10.14 or newer / iOS 13 or newer", "macos"),
        ("macOS", "", "macos"),
        ("FreeBSD", "11 or newer", "bsd"),
        ("OpenBSD", "6 or newer", "bsd"),
        ("FreeBSD or macOS", "", None),
        ("Solaris", "8", None),
        ("embedded stack", "", None),
    ],
)
def test_policy(name: str, flavor: str, expected: str | None) -> None:
    assert policy(name, flavor) == expected


def host(policy: str | None, ip: str = "192.0.2.1", confidence: float = 0.95) -> dict[str, Any]:
    return {"ip": ip, "tunnel": None, "policy": policy, "confidence": confidence}


def test_lines() -> None:
    """Of sure conclusions alone."""
    hosts = [
        host("macos", "192.0.2.9"),
        host("linux", "2001:db8::1", 0.9),
        host("linux", "192.0.2.2", 0.899),
        host("macos", "192.0.2.1"),
        host(None),
    ]
    assert [*policy_lines(hosts)] == [
        "# 2 hosts have no policy: no single known system, confidence below 0.9, or in a tunnel",
        "host-os-policy:",
        "  linux:",
        '    - "2001:db8::1"',
        "  macos:",
        '    - "192.0.2.9"',
        '    - "192.0.2.1"',
    ]
    assert [*policy_lines([host(None)])] == [
        "# 1 host has no policy: no single known system, confidence below 0.9, or in a tunnel",
        "host-os-policy: {}",
    ]

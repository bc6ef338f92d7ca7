"""Which policy of Suricata a verdict stands for."""

from __future__ import annotations

import pytest

from huginn_cffi.hosts import HostVerdict
from huginn_cffi.hosts.policy import policy, policy_lines
from sigcompiler.claims.flavors import claims


def verdict(name: str, flavor: str, confidence: float = 0.95, ip: str = "192.0.2.1") -> HostVerdict:
    return HostVerdict(ip, name, flavor, (), confidence, (), (), 1, 0, claims(name, flavor))


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
    assert policy(verdict(name, flavor)) == expected


def test_only_sure_verdicts_count() -> None:
    assert policy(verdict("Linux", "2.6", 0.9)) == "linux"
    assert policy(verdict("Linux", "2.6", 0.899)) is None
    assert policy(verdict("unknown", "", 0.0)) is None


def test_lines() -> None:
    hosts = [
        verdict("macOS", "12", ip="192.0.2.9"),
        verdict("Linux", "6.6-6.9", ip="2001:db8::1"),
        verdict("macOS", "11", ip="192.0.2.1"),
        verdict("Solaris", "8"),
    ]
    assert [*policy_lines(hosts)] == [
        "# 1 host has no policy: of no one known system, or less sure than 0.9",
        "host-os-policy:",
        "  linux:",
        '    - "2001:db8::1"',
        "  macos:",
        '    - "192.0.2.9"',
        '    - "192.0.2.1"',
    ]

"""Which policy of Suricata a conclusion stands for."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
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

"""What a packet of the link's own protocols costs with an inventory, beside a datagram that nothing reads."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.support.devices import snmp
from tests.support.devices.arp import arp
from tests.support.devices.made import datagram, ip_of, mac_of
from tools.bench import instructions
from tools.bench.adversarial.measuring import CostMeter
from tools.bench.adversarial.model import CostlyInput, FrameTraffic
from tools.bench.hotpath import ALL_PROTOCOLS, INVENTORY, HotPath

DEVICES, PACKETS = 50, 5_000
DESCRIPTIONS = (
    b"Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 12.2(55)SE, RELEASE SOFTWARE (fc2)",
    b"Hardware: Intel64 Family 6 Model 158 - Software: Windows Version 6.3 (Build 19041 Multiprocessor Free)",
)
QUESTION = bytes.fromhex("000701000001000000000000") + b"\3www\7example\3org\0\0\1\0\1"
KINDS: dict[str, Callable[[int], bytes]] = {
    "ignored": lambda n: datagram(bytes(64), 40000 + n, 9999, source=ip_of(n), mac=mac_of(n)),
    "arp": lambda n: arp(ip_of(n), ip_of(DEVICES - n), mac=mac_of(n)),
    "dns": lambda n: datagram(QUESTION, 40000 + n, 53, source=ip_of(n), mac=mac_of(n)),
    "snmp": lambda n: datagram(
        snmp.system(DESCRIPTIONS[n % 2]), snmp.PORT, 40000 + n, source=ip_of(n), mac=mac_of(n)
    ),
}

MOST = {"arp": 3.2, "dns": 1.6, "snmp": 7.0}
"""Times the instructions of an ignored datagram: 2.9, 1.3 and 6.1 in November 2026."""


def entry_of(name: str) -> CostlyInput:
    """Packets of a kind, from devices that the inventory has."""
    before = [KINDS[name](number) for number in range(DEVICES)]
    repeated = FrameTraffic([*islice(cycle(before), PACKETS)], before)
    return CostlyInput(name, "", lambda: repeated, ALL_PROTOCOLS | INVENTORY)


@pytest.mark.builds
def test_cost_of_quiet_protocols(hotpath: HotPath, tmp_path: Path) -> None:
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    meter = CostMeter(hotpath, tmp_path)
    found = {name: meter.cost(entry_of(name)).per_packet for name in KINDS}
    assert found["ignored"] > 100
    above = {name: found[name] / found["ignored"] for name in MOST}
    assert [name for name, ratio in above.items() if ratio > MOST[name]] == [], above

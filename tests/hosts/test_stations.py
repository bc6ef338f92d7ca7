"""Names of machines of plants that two of them use: what shows them, and what does not."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from tests.support.captures import Packet, pcap
from tests.support.devices import industrial as made
from tests.support.devices.made import datagram, frame
from tests.support.scans import START

MINUTE = 60 * 10**9
MACS = {"A": "00:00:5e:00:53:0a", "B": "00:00:5e:00:53:0b", "C": "00:00:5e:00:53:0c"}
IPS = {"A": "192.0.2.10", "B": "192.0.2.11", "C": "192.0.2.12"}
Saying = Callable[[str], bytes]


def address(who: str) -> tuple[int, bytes]:
    """The DCP block of an address, mask and gateway."""
    return 0x0102, bytes(map(int, IPS[who].split("."))) + bytes.fromhex("ffffff00 00000000")


def profinet(who: str, name: bytes = b"press-line-3", has_address: bool = True) -> bytes:
    blocks = [(0x0202, name), (0x0203, bytes.fromhex("002a010d")), *([address(who)] if has_address else [])]
    return frame(made.dcp(*blocks), 0x8892, mac=MACS[who])


def bacnet(who: str, instance: int = 416, mac: str | None = None, **options: bool | int | bytes) -> bytes:
    data = made.bacnet(made.i_am(instance, 5), **options)  # type: ignore[arg-type]
    return datagram(data, 47808, 47808, source=IPS[who], mac=mac or MACS[who])


def stated(*turns: str, saying: Saying = profinet, every: int = MINUTE) -> list[Packet]:
    return [(START + number * every, saying(who)) for number, who in enumerate(turns)]


def found(packets: list[Packet]) -> set[str]:
    """The finding, if it is an event."""
    lines = [
        json.loads(line)
        for batch in hg.Analyzer(findings=True, protocols=hg.PROTOCOLS).batches(pcap(packets, 1))
        for line in batch.render("json").splitlines()
    ]
    return {line["finding"] for line in lines if line["event"] == "finding"} & {"name_shared"}


@pytest.mark.parametrize(
    "saying",
    [profinet, bacnet, lambda who: profinet(who, has_address=False)],
    ids=["profinet", "bacnet", "profinet without address"],
)
def test_two_devices_with_one_name(saying: Saying) -> None:
    assert found(stated(*"ABAB", saying=saying)) == {"name_shared"}
    assert found(stated(*"AABBBAB", saying=saying)) == {"name_shared"}


def tagged(who: str) -> bytes:
    """Each in its own VLAN."""
    plain = profinet(who)
    return plain[:12] + bytes.fromhex("8100 00" + ("05" if who == "A" else "06")) + plain[12:]


def order(who: str) -> bytes:
    """Another device shall take the name, and the sender's address."""
    data = made.dcp((0x0202, b"press-line-3"), address(who), frame=0xFEFD, service=4, kind=0)
    return frame(data, 0x8892, mac=MACS[who])


LOOK_ALIKES = {
    "a device that was replaced": stated(*"AABBB"),
    "a failover and back": stated(*"ABA"),
    "failovers every hour": stated(*"ABABAB", every=60 * MINUTE),
    "three that follow one another": stated(*"ABCABC"),
    "one device with two addresses": stated(*"ABAB", saying=lambda who: bacnet(who, mac=MACS["A"])),
    "machines of a series in VLANs": stated(*"ABAB", saying=tagged),
    "orders to take the name": stated(*"ABAB", saying=order),
    "names that differ": stated(*"ABAB", saying=lambda who: profinet(who, who.encode())),
    "instances that differ": stated(*"ABAB", saying=lambda who: bacnet(who, ord(who))),
    "two routers to one device": stated(*"ABAB", saying=lambda who: bacnet(who, source=True)),
    "passed on by two others": stated(
        *"ABAB", saying=lambda who: bacnet(who, function=4, before=bytes.fromhex("c000020abac0"))
    ),
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_what_is_not_two_devices_with_one_name(name: str) -> None:
    assert found(LOOK_ALIKES[name]) == set()
    assert len(LOOK_ALIKES[name]) >= 3


def test_each_device_is_named() -> None:
    lines = [
        json.loads(line)
        for batch in hg.Analyzer(findings=True, protocols=hg.PROTOCOLS).batches(
            pcap(stated(*"ABABAB", saying=bacnet), 1)
        )
        for line in batch.render("json").splitlines()
    ]
    assert [line["src_ip"] for line in lines if line.get("finding") == "name_shared"] == [IPS["B"], IPS["A"]]


def test_devices_without_an_address_are_named_by_their_mac() -> None:
    analyzer = hg.Analyzer(protocols=hg.PROTOCOLS)
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(
        pcap(stated(*"ABABAB", saying=lambda who: profinet(who, has_address=False)), 1)
    ):
        summary.add(batch)
    assert [(one["kind"], one["hosts"]) for one in summary.findings()] == [
        ("name_shared", [MACS["A"], MACS["B"]])
    ]

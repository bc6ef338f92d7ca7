"""Packets that are news about devices."""

from __future__ import annotations

import json
from typing import Any

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli.output.event_choice import event_choice
from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.made import ETHERNET

SECOND, HOUR, DAY = 10**9, 3600 * 10**9, 86_400 * 10**9
START = 10**18
GATEWAY = "10.0.0.1"
VRRP, HSRP, RANDOM = "00:00:5e:00:01:07", "00:00:0c:07:ac:01", "02:00:00:00:00:09"


def mac(number: int) -> str:
    return f"00:16:3e:{number >> 16:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"


def seen(at: float, number: int | str, ip: str) -> Packet:
    """A device that has an address."""
    own = number if isinstance(number, str) else mac(number)
    return START + round(at * SECOND), arp(ip, GATEWAY, mac=own)


def answers(at: float, by: str, ip: str) -> Packet:
    """A device that is asked who has an address, as a proxy is for others."""
    return START + round(at * SECOND), arp(ip, GATEWAY, mac=by, operation=REPLY)


def records(
    packets: list[Packet], *later: list[Packet], workers: int = 1, **options: Any
) -> tuple[list[dict[str, Any]], hg.Stats]:
    """Of one capture, or of several, one after the other."""
    captures = [pcap(one, ETHERNET, nanoseconds=True) for one in (packets, *later)]
    with hg.Analyzer(device_news=True, protocols=PROTOCOLS, **options) as analyzer:
        batches = analyzer.batches(captures, workers=workers)
        wanted = event_choice(["device_change"]).of(batches)
        lines = [json.loads(line) for batch in wanted for line in batch.render("json").splitlines()]
        return lines, analyzer.stats


def records_of(capture: bytes) -> list[dict[str, Any]]:
    with hg.Analyzer(device_news=True, senders=True, protocols=PROTOCOLS) as analyzer:
        wanted = event_choice(["device_change"]).of(analyzer.batches(capture))
        return [json.loads(line) for batch in wanted for line in batch.render("json").splitlines()]


def news(*packets: list[Packet], **options: Any) -> list[tuple[str, str, str | None]]:
    return [(one["change"], one["mac"], one.get("device_ip")) for one in records(*packets, **options)[0]]


def states(at: float, vendor_class: bytes, name: bytes = b"") -> Packet:
    named = [dhcp.option(12, name)] if name else []
    message = dhcp.message(*named, dhcp.option(60, vendor_class), ciaddr="192.0.2.7")
    return START + round(at * SECOND), dhcp.from_client(message, source="192.0.2.7")


WINDOWS, ANDROID = b"MSFT 5.0", b"android-dhcp-14"

"""The capture of devices that the manual uses: made here, byte for byte.

``python -m support.devices_sample`` in the folder ``tests`` writes it to ``examples/devices.pcap``: four
devices of a documentation network say what they are. MACs are those for documentation, and one that a
telephone made up.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from ipaddress import IPv4Address
from pathlib import Path

from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp
from tests.support.devices.made import IP4, datagram

PATH = Path(__file__).resolve().parents[2] / "examples" / "devices.pcap"

ETHERNET = 1
START_NS = 1_768_471_200 * 10**9
"""2026-01-15 10:00:00 UTC."""

PHONE, CAMERA, COMPUTER = "02:00:5e:10:00:01", "00:00:5e:00:53:15", "00:00:5e:00:53:16"
PRINTER = "00:00:5e:00:53:28"
MDNS_PORT = 5353
POINTER, TEXT, ADDRESS = 12, 16, 1
ANSWER, CACHED = 0x8400, 0x8001


def client(mac: str, address: str, *options: bytes) -> list[bytes]:
    """A client that asks for an address and gets it."""
    wanted = dhcp.option(50, IPv4Address(address).packed)
    given = dhcp.message(kind=dhcp.ACK, op=2, yiaddr=address, mac=mac)
    asked = dhcp.message(wanted, *options, kind=dhcp.REQUEST, mac=mac)
    return [dhcp.from_client(asked, mac=mac), dhcp.from_server(given)]


def name(text: str) -> bytes:
    """A name of DNS."""
    labels = (label.encode() for label in text.split("."))
    return b"".join(bytes((len(label),)) + label for label in labels) + b"\0"


def resource(owner: str, kind: int, data: bytes, *, shared: bool = False) -> bytes:
    """A record that is valid for two minutes."""
    return name(owner) + struct.pack("!HHIH", kind, 1 if shared else CACHED, 120, len(data)) + data


def printer() -> bytes:
    """An mDNS answer of a printer."""
    instance = "Office._ipp._tcp.local"
    pairs = (b"txtvers=1", b"ty=HP LaserJet 400 M401dn", b"product=(HP LaserJet 400 M401dn)", b"usb_MFG=HP")
    text = b"".join(bytes((len(pair),)) + pair for pair in pairs)
    records = (
        resource("_ipp._tcp.local", POINTER, name(instance), shared=True),
        resource(instance, TEXT, text),
        resource("office.local", ADDRESS, IPv4Address("192.0.2.40").packed),
    )
    message = struct.pack("!HHHHHH", 0, ANSWER, 0, len(records), 0, 0) + b"".join(records)
    group = replace(IP4, source="192.0.2.40", destination="224.0.0.251", ttl=255)
    return datagram(message, MDNS_PORT, MDNS_PORT, ip=group, mac=PRINTER)


def sample() -> bytes:
    """The capture, a pcap of Ethernet frames."""
    windows = bytes((1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252))
    frames = (
        *client(PHONE, "192.0.2.21", dhcp.option(60, b"android-dhcp-14")),
        *client(CAMERA, "192.0.2.22", dhcp.option(60, b"AXIS,Network Camera,P3245,10.12.1")),
        *client(COMPUTER, "192.0.2.23", dhcp.option(60, b"MSFT 5.0"), dhcp.option(55, windows)),
        printer(),
    )
    packets: list[Packet] = [(START_NS + number * 250 * 10**6, frame) for number, frame in enumerate(frames)]
    return pcap(packets, ETHERNET)


if __name__ == "__main__":
    PATH.write_bytes(sample())

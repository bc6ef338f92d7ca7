"""Questions for names, neighbours, agents, discovery, telephones, and what comes before a protocol proper."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace

from tests.support.devices import calls, neighbor, snmp, ssdp, wsd
from tests.support.devices.arp import arp
from tests.support.devices.made import datagram, ip_of, mac_of
from tests.support.devices.mdns import name
from tools.bench.adversarial.devices import NEIGHBOURS, OPTIONS, SSDP, again, same
from tools.bench.adversarial.model import MTU_DATA, TLS, FrameTraffic, costly, of_talks, talks
from tools.bench.adversarial.servers import SIP


def said(data: bytes, port: int, *, size: int = MTU_DATA, count: int = 20) -> Callable[[], FrameTraffic]:
    """The clients' first bytes."""
    return lambda: of_talks(talks(count, port), lambda talk: talk.send(0, data, size))


def advert(options: bytes) -> Callable[[], FrameTraffic]:
    """An advertisement of a router."""
    body = struct.pack("!BBHBBHII", neighbor.RA, 0, 0, 64, 0, 1800, 0, 0)
    return same(neighbor.message(body + options))


def asked(label: bytes, port: int) -> Callable[[], FrameTraffic]:
    return same(datagram(calls.question(label), 50000, port))


MNDP, CAPWAP, TUYA, LLMNR, DNS, WSD = 5678, 5246, 6667, 5355, 53, 3702
DESCRIBED = snmp.text(snmp.DESCRIPTION, b"Linux a 5.15")
ELEMENTS = struct.pack("!BBHHHIBHB", 0, 2 << 3, 0x0200, 0, 0, 1, 0, 1203, 0) + bytes(1200)
PROXY = b"PROXY TCP4 192.0.2.9 198.51.100.1 56324 443\r\n"
OPENVPN = b"\0\x0e\x38" + bytes(13)
PIECES = b"".join(
    b"\0\x72\x20" + bytes(9) + struct.pack("!I", number) + content
    for number, content in enumerate([b"\x16\3\1\x3f\xf0\1\0\x3f\xec\3" + bytes(90), *[bytes(100)] * 150], 1)
)
"""An incomplete hello of OpenVPN."""
TDS = bytes.fromhex("1201000900000000 16 03")
MYSQL = b"\x20\0\0\1" + bytes(32)
PARTS = (
    costly(
        NEIGHBOURS,
        {
            "ARP: new senders": again(lambda number: arp(ip_of(number), mac=mac_of(number))),
            "ARP: new addresses of a sender": again(lambda number: arp(ip_of(number))),
            "ARP: one address, new senders": again(lambda number: arp(mac=mac_of(number))),
            "ND: empty options": advert(neighbor.option(200, b"") * 170),
            "ND: addresses": advert(neighbor.mac_option(neighbor.SOURCE) * 170),
            "ND: prefixes": advert(neighbor.prefix_option("2001:db8::/64") * 42),
        },
    ),
    costly(
        SSDP,
        {
            "DNS: 250 questions": same(calls.sent(calls.question(*[b"\0"] * 250))),
            "DNS: new names": again(lambda number: calls.sent(calls.question(name(f"a{number}.example")))),
            "DNS: names of 120 labels": asked(b"\1a" * 120 + b"\0", DNS),
            "LLMNR: names of 120 labels": asked(b"\1a" * 120 + b"\0", LLMNR),
            "SNMP: empty variables": same(snmp.sent(snmp.message(*[snmp.variable("1.3", b"\5\0")] * 150))),
            "SNMP: descriptions": same(snmp.sent(snmp.message(*[DESCRIBED] * 35))),
            "WSD: empty elements": same(datagram(wsd.message("<d:Types/>" * 80), WSD, WSD)),
            "WSD: devices": same(datagram(wsd.message(*[wsd.match()] * 4), WSD, WSD)),
            "WSD: brackets": same(datagram(b"<?xml?><s:Envelope>" + b"<" * 1300, WSD, WSD)),
            "MNDP: empty values": same(datagram(bytes(1204), MNDP, MNDP)),
            "CAPWAP: empty elements": same(datagram(ELEMENTS, 12380, CAPWAP)),
            "Tuya: zeros": same(datagram(bytes.fromhex("000055aa") + bytes(1200), TUYA, TUYA)),
            "SSDP: answers of any port": same(datagram(ssdp.alive(*["a"] * 300), 40000, 40001)),
        },
    ),
    costly(
        SIP,
        {
            "RTSP: empty headers": said(b"OPTIONS rtsp://a RTSP/1.0\r\n" + b"a:\r\n" * 4000, 554),
            "SCCP: registrations": said(struct.pack("<III", 28, 0, 1) + bytes(24 * 500), 2000),
            "SIP: in datagrams": same(
                datagram(b"REGISTER sip:a SIP/2.0\r\n" + b"a:\r\n" * 300 + b"\r\n", 5060, 5060)
            ),
        },
    ),
    costly(
        TLS,
        {
            "PROXY: again and again": said(PROXY * 300, 443),
            "PROXY: byte by byte": said(PROXY, 443, size=1),
            "SOCKS: offers": said(b"\5\1\0" * 4000, 1080),
            "SOCKS: a name without its end": said(b"\4\1\0\x50\0\0\0\1" + b"a" * 14_000, 1080, size=100),
            "OpenVPN: packets": said(OPENVPN * 800, 1194),
            "OpenVPN: byte by byte": said(OPENVPN * 20, 1194, size=1),
            "OpenVPN: pieces of a hello, 16 bytes each": said(OPENVPN + PIECES, 1194, size=16, count=4),
            "TDS: headers": said(TDS * 1400, 1433),
            "TDS: a first message byte by byte": said(
                bytes.fromhex("1201040000000000") + bytes(1016), 1433, size=1
            ),
            "MySQL: requests for TLS": said(MYSQL * 400, 3306),
            "LDAP: byte by byte": said(bytes.fromhex("300c020101600702010304008000") * 80, 389, size=1),
            "LDAP: a first message byte by byte": said(
                bytes.fromhex("30820ff00201016082") + bytes(4000), 389, size=1, count=5
            ),
        },
    ),
)
ENTRIES = tuple(replace(one, protocols=OPTIONS) for part in PARTS for one in part)
BASELINES = ()

"""Announcements of all kinds, made at random, each with its carrier (`tools/fuzz/devices.c`)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from random import Random

from tests.support.devices import (
    arp,
    dhcp,
    dhcp6,
    industrial,
    mdns,
    neighbor,
    neighbours,
    netbios,
    smb,
    snmp,
    ssdp,
    wsd,
)

Made = tuple[int, bytes]


def dhcp_message(random: Random) -> Made:
    """A message of DHCP with some of the options that are read."""
    codes = (12, 50, 55, 57, 60, 61, 77, 81, 124, 125, 161)
    options = [
        dhcp.option(random.choice(codes), random.randbytes(random.choice((0, 1, 2, 4, 9, 40))))
        for _ in range(5)
    ]
    options.append(dhcp.option(52, bytes((random.randrange(4),))))
    made = dhcp.message(
        *options, op=random.choice((1, 1, 2)), kind=random.randrange(9), file=options[0], sname=options[1]
    )
    return random.randrange(3), made


def name_of_netbios(random: Random) -> Made:
    """A message of the name service of NetBIOS."""
    return NETBIOS_NAMES, netbios.name_service(random)


def datagram_of_netbios(random: Random) -> Made:
    """A message of the datagram service of NetBIOS."""
    return NETBIOS_DATAGRAMS, netbios.datagram_service(random)


def mdns_answer(random: Random) -> Made:
    """Records of a host, some of them damaged, or of another host."""
    services = ("_ipp._tcp", "_http._tcp", "_device-info._tcp", "_mi-connect._udp", "_x._sub._ipp._tcp")
    service, label = random.choice(services), random.choice((b"a", b"B @ c", random.randbytes(20)))
    made = [
        mdns.points(service, label),
        mdns.server(label, service, "host"),
        mdns.text(label, service, b"model=x", random.randbytes(9), b"ty=a", ttl=random.choice((0, 9))),
        mdns.address("host", random.choice(("192.0.2.7", "192.0.2.8", "fe80::7"))),
        mdns.record(mdns.name("host.local"), mdns.HINFO, b"\1a\1b"),
        mdns.record(mdns.pointer(random.randrange(12, 90)), mdns.TXT, b"\3a=b"),
        mdns.record(b"\1z" + mdns.pointer(12), mdns.PTR, mdns.pointer(random.randrange(12, 60))),
    ]
    chosen = random.sample(made, random.randrange(1, len(made) + 1))
    questions = random.choice(((), (mdns.name(service, "local"),)))
    return random.choice((MDNS4, MDNS6)), mdns.message(*chosen, questions=questions)


def session_setup(random: Random) -> Made:
    """Session setups of SMB, the client's or the server's."""
    return random.choice((SMB_CLIENT, SMB_SERVER)), smb.some_setup(random)


def ssdp_message(random: Random) -> Made:
    """An announcement, an answer or a search."""
    lines = (
        "NT: a:b",
        "ST: upnp:rootdevice",
        "NTS: ssdp:alive",
        "USN: uuid:1::c",
        "SERVER: d",
        "User-Agent: e",
        "f",
    )
    first = random.choice((ssdp.NOTIFY, ssdp.SEARCH, ssdp.FOUND))
    chosen = random.sample(lines, random.randrange(len(lines)))
    return SSDP, ssdp.message(first, *chosen, random.randbytes(9), end=random.choice((b"\n", b"\r\n")))


def lldp_frame(random: Random) -> Made:
    """A frame of LLDP with some of the values that are read."""
    types = (5, 6, 7, 8, 127)
    values = [
        neighbours.tlv(random.choice(types), random.randbytes(random.choice((0, 4, 9)))) for _ in range(4)
    ]
    values.append(neighbours.med(random.randrange(12), random.randbytes(5)))
    return LLDP, neighbours.lldp(*values, ttl=random.choice((0, 120, 120)))


def cdp_frame(random: Random) -> Made:
    """A frame of CDP with some of the values that are read."""
    values = [
        neighbours.cdp_tlv(random.randrange(8), random.randbytes(random.choice((0, 4, 9)))) for _ in range(5)
    ]
    return CDP, neighbours.cdp(*values, ttl=random.choice((0, 180, 180)))


def dhcp6_message(random: Random) -> Made:
    """A message of DHCPv6 with some of the options that are read, of any number of relays."""
    codes = (1, 6, 15, 16, 17, 39, 112)
    options = [
        dhcp6.option(random.choice(codes), random.randbytes(random.choice((0, 1, 4, 9)))) for _ in range(4)
    ]
    made = dhcp6.message(*options, dhcp6.texts(16, b"\0\0\1\x37", b"a"), kind=random.randrange(1, 12))
    for _ in range(random.choice((0, 0, 1, 3, 9))):
        made = dhcp6.relayed(made, options[0])
    return random.choice((DHCP6, DHCP6 + 1)), made


def arp_packet(random: Random) -> Made:
    """A packet of ARP, about few addresses."""
    ips = ("10.0.0.1", "10.0.0.2", arp.NOBODY)
    return ARP, arp.arp(*random.choices(ips, k=2), operation=random.randrange(1, 4))[ETHERNET_BYTES:]


def neighbor_message(random: Random) -> Made:
    """A message of Neighbor Discovery with some of the options that are read."""
    body = bytes((random.randrange(133, 137), random.random() < 0.1, 0, 0)) + random.randbytes(4)
    body += random.choice((b"", random.randbytes(8), IPv6Address(neighbor.LINK).packed))
    options = (
        neighbor.mac_option(random.randrange(1, 3)),
        neighbor.prefix_option("2001:db8::/64"),
        random.randbytes(8),
    )
    chosen = b"".join(random.choices(options, k=random.randrange(3)))
    ends = random.choices((neighbor.LINK, neighbor.GLOBAL, neighbor.ALL, neighbor.NOBODY), k=2)
    made = neighbor.message(body + chosen, ends[0], destination=ends[1], hops=random.choice((255, 255, 64)))
    return IP6, made[ETHERNET_BYTES:]


def snmp_answer(random: Random) -> Made:
    """An answer of SNMP, some of whose bytes are others."""
    made = bytearray(snmp.system(random.randbytes(random.choice((0, 9, 200))), "1.3.6.1.4.1.311.1.1"))
    for _ in range(random.choice((0, 0, 1, 2))):
        made[random.randrange(len(made))] = random.choice((0, 0x30, 0x7F, 0x80, 0x84, 0xFF))
    return SNMP, bytes(made)


def wsd_message(random: Random) -> Made:
    """A message of WS-Discovery, some of whose bytes are others."""
    made = bytearray(wsd.message(*[wsd.match()] * random.choice((1, 1, 2))))
    for _ in range(random.choice((0, 0, 1, 2))):
        made[random.randrange(len(made))] = random.choice(b"<>:='\" ")
    return WSD, bytes(made)


def llmnr_message(random: Random) -> Made:
    """A question or an answer of LLMNR, some of whose bytes are others."""
    asked = mdns.name(random.choice((b"PC", b"x" * 63))) + b"\0\xff\0\1"
    is_answer = random.random() < 0.5
    made = bytearray(struct.pack("!HHHHHH", 0, is_answer << 15, 1, is_answer, 0, 0) + asked)
    if is_answer:
        made += mdns.record(mdns.pointer(12), mdns.A, IPv4Address("192.0.2.7").packed, klass=1)
    for _ in range(random.choice((0, 0, 1, 2))):
        made[random.randrange(len(made))] = random.choice((0, 1, 0x40, 0xC0, 0xFF))
    return LLMNR + is_answer, bytes(made)


PLANTS: tuple[tuple[int, bytes], ...] = (
    *(
        (20, one)
        for one in (
            industrial.CONNECT + industrial.LIST_QUESTION,
            industrial.modbus(industrial.READ_REGISTERS) * 2,
        )
    ),
    *(
        (20, one)
        for one in (industrial.enip(0x63), industrial.START, industrial.dnp3(True, industrial.DNP3_READ))
    ),
    *(
        (21, one)
        for one in (
            industrial.CONFIRM + industrial.MODULES + industrial.COMPONENTS,
            industrial.fox("brandId=s:vykon"),
        )
    ),
    *((21, one) for one in (industrial.modbus(industrial.REGISTERS), industrial.modbus(industrial.IDENTITY))),
    (21, industrial.enip(0x63, industrial.identity_item(industrial.cip_identity()))),
    (21, industrial.opcua_message(431, industrial.endpoints(b"urn:acme", b"Acme@PC"))),
    (21, industrial.mms(0xA1, industrial.MMS_IDENTITY)),
    (22, industrial.bacnet(industrial.i_am(416, 5))),
    (22, industrial.bacnet(industrial.property_answer(70, industrial.characters(b"FX-15")))),
    (22, industrial.bacnet(industrial.properties_answer((121, industrial.characters(b"Acme"))))),
    (23, industrial.enip(0x63, industrial.identity_item(industrial.cip_identity()))),
    (24, industrial.fins(industrial.FINS_IDENTITY, answers=True)),
    (25, industrial.knx()),
    (26, industrial.dcp(*industrial.STATION)),
)
"""Messages of plants, each with its carrier."""


def message_of_plants(random: Random) -> Made:
    """A message of a protocol of plants, some of whose bytes are others."""
    carrier, data = random.choice(PLANTS)
    made = bytearray(data)
    for _ in range(random.choice((0, 0, 1, 2))):
        made[random.randrange(len(made))] = random.choice((0, 1, 0x3E, 0x7F, 0x80, 0xFF))
    return carrier, bytes(made)


ETHERNET_BYTES = 14
MDNS4, MDNS6, NETBIOS_NAMES, NETBIOS_DATAGRAMS, SSDP, LLDP, CDP, SMB_CLIENT, SMB_SERVER, DHCP6 = range(3, 13)
ARP, IP6, SNMP, WSD, LLMNR = range(14, 19)
"""Numbers of carriers."""
ANNOUNCEMENTS: list[Callable[[Random], Made]] = [
    dhcp_message,
    mdns_answer,
    ssdp_message,
    name_of_netbios,
    datagram_of_netbios,
    lldp_frame,
    cdp_frame,
    session_setup,
    dhcp6_message,
    arp_packet,
    neighbor_message,
    snmp_answer,
    wsd_message,
    llmnr_message,
    message_of_plants,
]

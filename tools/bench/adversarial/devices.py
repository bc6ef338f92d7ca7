"""Announcements of devices: names in many pieces, endless lists, floods of senders and names.

Hosts are kept too, so that naming them counts.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace

from tests.support.devices import dhcp, dhcp6, industrial, mdns, neighbours, netbios, smb, ssdp
from tests.support.devices.made import datagram, frame, ip_of, mac_of
from tools.bench.adversarial.model import CostlyInput, FrameTraffic, costly
from tools.bench.hotpath import ALL_PROTOCOLS, INVENTORY

COUNT, WARM = 300, 100
"""Frames of each kind that are counted, and frames sent before them."""
ROOM = 1400
"""Bytes of a datagram."""
OPTIONS = ALL_PROTOCOLS | INVENTORY
SHOWN_KEYS = b"model ty md fv vers version mfg product pv board".split()
SHOWN_KEYS = [key + b"v" * count for count in range(7) for key in SHOWN_KEYS][:64]
"""Keys of TXT records; a few of them are known to name models and versions."""
UNKNOWN_KEYS = tuple(b"%02daaaaaaaaa" % one for one in range(64))
"""Keys of TXT records that no pattern knows."""

DHCP, MDNS, SSDP, NETBIOS, SMB, NEIGHBOURS, BACNET = (
    "DHCP request",
    "mDNS answer",
    "SSDP announcement",
    "NetBIOS announcement",
    "SMB session setup",
    "LLDP frame",
    "BACnet I-Am",
)


def again(made: Callable[[int], bytes]) -> Callable[[], FrameTraffic]:
    """Frames made by number; the first ones are not counted."""
    return lambda: FrameTraffic([*map(made, range(WARM, WARM + COUNT))], [*map(made, range(WARM))])


def same(frame: bytes) -> Callable[[], FrameTraffic]:
    return again(lambda _: frame)


def of(number: int) -> dict[str, str]:
    """The sender of a frame."""
    return {"source": ip_of(number), "mac": mac_of(number)}


# ---- mDNS ------------------------------------------------------------------------------------------


def answer(data: bytes, number: int = 0) -> bytes:
    """A frame of a known host."""
    return mdns.sent(data, **of(number % 50))


def ordinary_answer(number: int) -> bytes:
    """An answer of a printer, with another model each time, because repeated texts are cached."""
    model = b"HP LaserJet %d M401dn" % number
    pairs = (b"txtvers=1", b"ty=" + model, b"product=(%s)" % model, b"usb_MFG=HP %d" % number)
    label, service = b"HP LaserJet 400 [%d]" % number, "_ipp._tcp"
    records = (
        mdns.points(service, label),
        mdns.text(label, service, *pairs),
        mdns.server(label, service, f"printer{number}"),
        mdns.address(f"printer{number}", ip_of(number % 50)),
    )
    return answer(mdns.message(*records), number)


def pairs(number: int, *keys: bytes) -> bytes:
    """A TXT record with a new value for each key."""
    made = [key + b"=HP %d" % (number * 64 + one) for one, key in enumerate(keys)]
    return mdns.message(mdns.server(b"a", "_ipp._tcp", "a"), mdns.text(b"a", "_ipp._tcp", *made))


def models(number: int, count: int) -> bytes:
    """A TXT record with `count` models, different for each `number`."""
    made = [b"ty=HP %d" % (number * count + one) for one in range(count)]
    return mdns.message(mdns.server(b"a", "_ipp._tcp", "a"), mdns.text(b"a", "_ipp._tcp", *made))


def services(number: int, count: int) -> bytes:
    """PTR records, each for another service."""
    return mdns.message(*(mdns.points(f"_{number % 9}{one:02}._tcp", b"%d" % one) for one in range(count)))


def long_services(number: int, count: int) -> bytes:
    """PTR records, each for another name before the same long one."""
    long = b"b" * 40 + b"%05d" % number
    first = mdns.points("_abcdefghijklmno._tcp", long)
    owner, target = mdns.pointer(12), mdns.pointer(12 + len(mdns.name("_abcdefghijklmno._tcp", "local")) + 10)
    names = (mdns.name(b"%02d" % one)[:-1] + target for one in range(count))
    return mdns.message(first, *(mdns.record(owner, mdns.PTR, one, klass=1) for one in names))


MDNS_ENTRIES = costly(
    MDNS,
    {
        "mDNS: names in 16 pieces": same(answer(mdns.jumping(16, 1, mdns.TXT, b"\0"))),
        "mDNS: names with 120 labels": same(answer(mdns.jumping(1, 120, mdns.TXT, b"\3a=b"))),
        "mDNS: services in 16 pieces": same(answer(mdns.jumping(16, 1, mdns.PTR, mdns.pointer(12 + 11)))),
        "mDNS: empty records": same(answer(mdns.message(*[mdns.record(b"\0", mdns.TXT, b"")] * 120))),
        "mDNS: empty questions": same(answer(mdns.message(mdns.address("a"), questions=(b"\0",) * 250))),
        "mDNS: pairs of one byte": same(
            answer(
                mdns.message(mdns.text(b"a", "_ipp._tcp", *[b"a"] * 600), mdns.server(b"a", "_ipp._tcp", "a"))
            )
        ),
        "mDNS: 64 pairs": again(lambda number: answer(pairs(number, *SHOWN_KEYS), number)),
        "mDNS: 64 pairs of one key": again(lambda number: answer(pairs(number, *[b"ty"] * 64), number)),
        "mDNS: 64 pairs of unknown keys": again(lambda number: answer(pairs(number, *UNKNOWN_KEYS), number)),
        "mDNS: 31 services": again(lambda number: answer(services(number, 31), number)),
        "mDNS: long names of services": again(lambda number: answer(long_services(number, 60), number)),
        "mDNS: other models in each record": again(lambda number: answer(models(number, 90), number)),
    },
)

# ---- DHCP ------------------------------------------------------------------------------------------


def ordinary_request(number: int) -> bytes:
    """A computer's request, with another name each time, because repeated texts are cached."""
    options = (
        dhcp.option(61, b"\1" + bytes(6)),
        dhcp.option(12, b"DESKTOP-%07d" % number),
        dhcp.option(60, b"MSFT 5.0"),
        dhcp.option(55, bytes((1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252))),
    )
    mac = mac_of(number % 50)
    return dhcp.from_client(
        dhcp.message(*options, kind=dhcp.INFORM, ciaddr=ip_of(number % 50), mac=mac), mac=mac
    )


def new_vendor(number: int) -> bytes:
    options = (dhcp.option(60, b"AXIS,Network Camera,P%d,1" % number), dhcp.option(12, b"h%d" % number))
    mac = mac_of(number)
    return dhcp.from_client(dhcp.message(*options, kind=dhcp.INFORM, ciaddr=ip_of(number), mac=mac), mac=mac)


def asked(*options: bytes) -> Callable[[], FrameTraffic]:
    return same(dhcp.from_client(dhcp.message(*options)))


def nested() -> bytes:
    """A message through eight relays."""
    made = dhcp6.message(*[dhcp6.option(6, b"\0\x17" * 2)] * 60)
    for _ in range(8):
        made = dhcp6.relayed(made)
    return made


DHCP_ENTRIES = costly(
    DHCP,
    {
        "DHCP: empty options": asked(*[dhcp.option(60, b"")] * 550),
        "DHCP: long lists": asked(*[dhcp.option(55, bytes(range(1, 255)))] * 4),
        "DHCP: padding": asked(b"\0" * 1100),
        "DHCP: vendors of one byte": asked(
            *[dhcp.option(124, b"".join(struct.pack("!IB", n, 1) + b"a" for n in range(40)))] * 4
        ),
        "DHCP: other vendor classes": again(new_vendor),
        "DHCPv6: empty options": same(dhcp6.from_client(dhcp6.message(*[dhcp6.option(39, b"")] * 320))),
        "DHCPv6: empty texts": same(
            dhcp6.from_client(dhcp6.message(dhcp6.texts(16, bytes(4), *[b""] * 600)))
        ),
        "DHCPv6: eight relays": same(dhcp6.from_client(nested())),
    },
)

# ---- SSDP, NetBIOS, neighbours ---------------------------------------------------------------------


def ordinary_alive(number: int) -> bytes:
    """An announcement of a media player, with another release each time."""
    lines = (
        "CACHE-CONTROL: max-age=1800",
        "LOCATION: http://192.0.2.7:8008/ssdp/device-desc.xml",
        "NT: urn:dial-multiscreen-org:service:dial:1",
        f"SERVER: Linux/3.8.{number}, UPnP/1.0, Portable SDK for UPnP devices/1.6.18",
        "USN: uuid:3d1cf5a0::urn:dial-multiscreen-org:service:dial:1",
    )
    return ssdp.sent(ssdp.alive(*lines), **of(number % 50))


def ordinary_browser(number: int) -> bytes:
    data = netbios.message(netbios.mail(netbios.announcement()), source=ip_of(number % 50))
    return netbios.datagrams(data, **of(number % 50))


def ordinary_lldp(number: int) -> bytes:
    """A frame of a switch, with another release each time."""
    values = (
        neighbours.tlv(5, b"switch%d" % number),
        neighbours.tlv(
            6, b"Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 12.2(%d)SE" % number
        ),
        neighbours.capabilities(4),
    )
    return neighbours.lldp_frame(*values, mac=mac_of(number % 50))


def new_server(number: int) -> bytes:
    server = f"SERVER: Linux/3.{number} UPnP/1.0 Sonos/{number}"
    return ssdp.sent(ssdp.alive(f"NT: urn:a:device:b{number}:1", server), **of(number))


def new_switch(number: int) -> bytes:
    said = b"Cisco IOS Software, C%d Software, Version %d" % (number, number)
    return neighbours.lldp_frame(neighbours.tlv(6, said), mac=mac_of(number))


def lines(*made: str | bytes) -> Callable[[], FrameTraffic]:
    return same(ssdp.sent(ssdp.alive(*made)))


OTHER_ENTRIES = (
    *costly(
        SSDP,
        {
            "SSDP: lines of one byte": lines(*["a"] * 400),
            "SSDP: headers without values": lines(*["SERVER:"] * 150),
            "SSDP: one long line": lines("SERVER: " + "Linux/" * 210),
            "SSDP: new servers": again(new_server),
        },
    ),
    *costly(
        NETBIOS,
        {
            "NetBIOS: node status": same(
                netbios.names(
                    netbios.answer(netbios.encoded(b"*"), netbios.status(*[(b"A", 0, 0x400)] * 70), kind=0x21)
                )
            ),
            "NetBIOS: addresses": same(
                netbios.names(netbios.answer(netbios.encoded(b"A"), netbios.addresses(*["192.0.2.9"] * 200)))
            ),
        },
    ),
    *costly(
        NEIGHBOURS,
        {
            "LLDP: empty values": same(neighbours.lldp_frame(*[neighbours.tlv(5, b"")] * 690)),
            "LLDP: texts of one byte": same(neighbours.lldp_frame(*[neighbours.tlv(6, b"a")] * 460)),
            "LLDP: LLDP-MED": same(neighbours.lldp_frame(*[neighbours.med(10, b"a")] * 190)),
            "CDP: empty values": same(neighbours.cdp_frame(*[neighbours.cdp_tlv(6, b"")] * 340)),
            "LLDP: new senders": again(new_switch),
        },
    ),
)

# ---- SMB -------------------------------------------------------------------------------------------


def session(client: bytes, *, step: int = ROOM) -> Callable[[], FrameTraffic]:
    """Connections with the same bytes, each from another port."""
    return lambda: FrameTraffic(
        [one for number in range(8) for one in smb.connection(client, step=step, sport=1024 + number)]
    )


SMB_ENTRIES = costly(
    SMB,
    {
        "SMB: byte by byte": session(smb.setup2(smb.negotiate()), step=1),
        "SMB: a token of one letter": session(smb.setup2(b"N" * 15000)),
        "SMB: negotiation": session(smb.negotiation2() * 100),
        "SMB: session setups": session(smb.setup2(b"") * 100),
        "SMB: keep-alives": session(b"\x85\0\0\0" * 4000),
    },
)

# ---- protocols of plants ---------------------------------------------------------------------------


def bacnet(apdu: bytes, number: int = 0) -> bytes:
    """A frame of a known host."""
    return datagram(industrial.bacnet(apdu), 47808, 47808, **of(number % 50))


def ordinary_i_am(number: int) -> bytes:
    return bacnet(industrial.i_am(number % 50, 5), number)


def identities(count: int) -> bytes:
    """A list of EtherNet/IP that names more items than it has."""
    items = industrial.identity_item(industrial.cip_identity(), 65535)[2:]
    return datagram(industrial.enip(0x63, b"\xff\xff" + items * count), 44818, 50000)


PASSED_ON = bytes.fromhex(
    "000000000000 0200 00000000 b200 1400 5202 2006 2401 07e9 0600 0102 2001 2401 0100 0100"
)
FINS = b"FINS\0\0\0\x14\0\0\0\2\0\0\0\0" + industrial.fins(b"")
MQTT = bytes.fromhex("100c 0004 4d515454 04 02 003c 0000")

PLANT_ENTRIES = costly(
    BACNET,
    {
        "BACnet: brackets in brackets": same(bacnet(industrial.property_answer(70, b"\x3e" * (ROOM - 40)))),
        "BACnet: tags of one byte": same(bacnet(industrial.property_answer(70, bytes(ROOM - 40)))),
        "BACnet: new devices": again(lambda number: bacnet(industrial.i_am(number, number), number)),
        "EtherNet/IP: 65,535 items": same(identities(20)),
        "EtherNet/IP: empty items": same(
            datagram(industrial.enip(0x63, b"\xff\xff" + bytes(1200)), 44818, 50000)
        ),
        "PROFINET: empty blocks": same(frame(industrial.dcp(*[(0x0201, b"")] * 200), 0x8892)),
        "transport: fragments of no bytes": session(industrial.tpkt(b"", 0) * 2000),
        "Modbus: questions": session(industrial.modbus(industrial.READ_REGISTERS) * 1300),
        "DNP3: headers": session(industrial.dnp3(True) * 1600),
        "PROFINET: orders": same(
            frame(industrial.dcp(*[(0x0102, bytes(12))] * 70, frame=0xFEFD, service=4, kind=0), 0x8892)
        ),
        "EtherNet/IP: questions that are passed on": session(industrial.enip(0x6F, PASSED_ON) * 250),
        "IEC 104: starts": session(industrial.START * 2600),
        "OPC UA: hellos": session(industrial.opcua(b"HEL", bytes(24)) * 500),
        "FINS: questions": session(FINS * 570),
        "S7: parts of a list": session(industrial.LIST_QUESTION * 500),
        "MQTT: a first message byte by byte": session(b"\x10\xfc\3" + MQTT[2:] + bytes(490), step=1),
        "MQTT: pings": session(MQTT + b"\xc0\0" * 7900),
        "Fox: a message without its end": session(b"fox " + b";" * 16000, step=100),
    },
)

BASELINES = (
    CostlyInput(DHCP, DHCP, again(ordinary_request), OPTIONS),
    CostlyInput(MDNS, MDNS, again(ordinary_answer), OPTIONS),
    CostlyInput(SSDP, SSDP, again(ordinary_alive), OPTIONS),
    CostlyInput(NETBIOS, NETBIOS, again(ordinary_browser), OPTIONS),
    CostlyInput(SMB, SMB, session(smb.setup2(smb.negotiate())), OPTIONS),
    CostlyInput(NEIGHBOURS, NEIGHBOURS, again(ordinary_lldp), OPTIONS),
    CostlyInput(BACNET, BACNET, again(ordinary_i_am), OPTIONS),
)
EVERY = (*MDNS_ENTRIES, *DHCP_ENTRIES, *OTHER_ENTRIES, *SMB_ENTRIES, *PLANT_ENTRIES)
ENTRIES = tuple(replace(one, protocols=OPTIONS) for one in EVERY)

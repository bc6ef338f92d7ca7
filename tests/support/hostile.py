"""Announcements and connections that claim to be of another host, by who can send them.

A `Sender` puts a datagram, or a frame without IP, where it stands: on the segment of the victim, behind a
router, or into a tunnel that ends there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from tests.support.devices import dhcp, dhcp6, mdns, neighbours, netbios, smb, snmp, ssdp
from tests.support.devices.made import MAC, OTHER_MAC, frame, mac_bytes
from tests.support.packets import ACK, PSH, Ip4, Ip6, Tcp, packet
from tests.support.tunnels import UDP, VXLAN, udp, vxlan

VICTIM, VICTIM_6, SERVER = "192.0.2.7", "fe80::200:5eff:fe00:5301", "192.0.2.9"
ROUTER_MAC = "00:00:5e:00:53:fe"
FAR = "203.0.113.66"


def framed(ip: Ip4 | Ip6, body: bytes, *, mac: str, to: str | None = None) -> bytes:
    """An Ethernet frame to everybody, or to one MAC."""
    made = frame(ip.pack(body), 0x0800 if isinstance(ip, Ip4) else 0x86DD, mac=mac)
    return made if to is None else mac_bytes(to) + made[6:]


class Sender(NamedTuple):
    """Where packets come from."""

    name: str
    ttl: int
    mac: str
    unicast: bool
    tunnelled: bool = False

    def sent(self, ip: Ip4 | Ip6, body: bytes) -> bytes:
        """A packet of the victim's address, or so it says."""
        there = SERVER if isinstance(ip, Ip4) else "fe80::9"
        ip = replace(ip, ttl=self.ttl, destination=there if self.unicast else ip.destination)
        return self.carried(framed(ip, body, mac=self.mac, to=OTHER_MAC if self.unicast else None))

    def carried(self, inner: bytes) -> bytes:
        """The frame itself, or a tunnel from afar with it."""
        if not self.tunnelled:
            return inner
        outer = Ip4(FAR, SERVER, ttl=44, protocol=UDP)
        return framed(outer, udp(VXLAN, vxlan(inner)), mac=ROUTER_MAC, to=OTHER_MAC)


ROUTED = Sender("routed", 44, ROUTER_MAC, unicast=True)
COUNTED = Sender("counted", 64, ROUTER_MAC, unicast=True)
"""It chooses its TTL so that it arrives as one that systems send."""
TUNNEL = Sender("tunnel", 255, MAC, unicast=False, tunnelled=True)
"""The inner frame is as the victim would send it."""
NEIGHBOUR = Sender("neighbour", 255, OTHER_MAC, unicast=False)
SENDERS = (ROUTED, COUNTED, TUNNEL, NEIGHBOUR)

IP = Ip4(VICTIM, "255.255.255.255", protocol=UDP)
IP6 = Ip6(VICTIM_6, "ff02::1:2", protocol=UDP)
CISCO = b"Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 12.2(55)SE, RELEASE SOFTWARE (fc1)"
AXIS = dhcp.option(60, b"AXIS,Network Camera,P3245,10.12.1")
WINDOWS_6 = dhcp6.texts(16, b"\0\0\1\x37", b"MSFT 5.0")


def _dhcp(by: Sender, mac: str) -> bytes:
    said = dhcp.message(AXIS, kind=dhcp.INFORM, ciaddr=VICTIM, mac=mac)
    return by.sent(IP, udp(67, said, sport=68))


def dhcp_of_the_sender(by: Sender) -> bytes:
    """The victim's address with the MAC of the frame."""
    return _dhcp(by, by.mac)


def dhcp_of_the_victim(by: Sender) -> bytes:
    """The victim's address and MAC."""
    return _dhcp(by, MAC)


def dhcp_asked(by: Sender) -> bytes:
    """A request for the victim's address, from an address of its own."""
    said = dhcp.message(AXIS, dhcp.option(50, bytes((192, 0, 2, 7))), kind=dhcp.REQUEST, mac=by.mac)
    return by.sent(replace(IP, source=FAR), udp(67, said, sport=68))


def dhcp_relayed(by: Sender) -> bytes:
    """What a relay says of the victim."""
    said = dhcp.message(AXIS, kind=dhcp.INFORM, ciaddr=VICTIM, giaddr=FAR)
    return by.sent(replace(IP, source=FAR), udp(67, said, sport=67))


def dhcp_ack(by: Sender) -> bytes:
    """The victim's address belongs to another MAC, says a server."""
    said = dhcp.message(op=2, kind=dhcp.ACK, yiaddr=VICTIM, mac=by.mac)
    return by.sent(replace(IP, source="192.0.2.1"), udp(68, said, sport=67))


def dhcp6_relayed(by: Sender) -> bytes:
    """The same of IPv6."""
    said = dhcp6.relayed(dhcp6.message(dhcp6.duid(), WINDOWS_6), peer=VICTIM_6)
    return by.sent(replace(IP6, source="2001:db8::66"), udp(547, said, sport=547))


def dhcp6_solicit(by: Sender) -> bytes:
    """A client's message from the victim's address."""
    return by.sent(IP6, udp(547, dhcp6.message(dhcp6.duid(by.mac), WINDOWS_6), sport=546))


def mdns_answer(by: Sender) -> bytes:
    """A printer's services."""
    said = mdns.message(
        mdns.text(b"a", "_ipp._tcp", b"ty=HP LaserJet 400"), mdns.server(b"a", "_ipp._tcp", "a")
    )
    return by.sent(replace(IP, destination="224.0.0.251"), udp(5353, said, sport=5353))


def ssdp_alive(by: Sender) -> bytes:
    """A television's type."""
    said = ssdp.alive("NT: urn:samsung.com:device:MainTVServer2:1", "USN: uuid:1::upnp:rootdevice")
    return by.sent(replace(IP, destination="239.255.255.250"), udp(1900, said, sport=1900))


def netbios_host(by: Sender) -> bytes:
    """A Windows that announces itself."""
    said = netbios.message(netbios.mail(netbios.announcement(version=(10, 0), types=0x9003)))
    return by.sent(IP, udp(138, said, sport=138))


def snmp_system(by: Sender) -> bytes:
    """A switch that describes itself."""
    return by.sent(IP, udp(40000, snmp.system(CISCO), sport=161))


def smb_setup(by: Sender) -> bytes:
    """One segment of a connection that there is not."""
    texts = ("Windows Server 2008 R2 Standard 7601 Service Pack 1", "Windows Server 2008 R2 Standard 6.1")
    tcp = Tcp(sport=40000, dport=445, seq=1, ack=1, flags=ACK | PSH, payload=smb.setup1(texts))
    ip = Ip4(VICTIM, SERVER, ttl=by.ttl)
    return by.carried(framed_tcp(ip, tcp, by.mac))


def framed_ip(data: bytes, mac: str) -> bytes:
    """A packet to another station."""
    return mac_bytes(OTHER_MAC) + mac_bytes(mac) + (b"\x08\0" if data[0] >> 4 == 4 else b"\x86\xdd") + data


def framed_tcp(ip: Ip4, tcp: Tcp, mac: str) -> bytes:
    """A segment in a frame."""
    return framed_ip(packet(ip, tcp), mac)


def lldp_switch(by: Sender) -> bytes:
    """A frame without IP."""
    return by.carried(neighbours.lldp_frame(neighbours.tlv(6, CISCO), mac=by.mac))


def cdp_phone(by: Sender) -> bytes:
    """The same of Cisco."""
    return by.carried(neighbours.cdp_frame(neighbours.cdp_tlv(6, b"Cisco IP Phone 7941"), mac=by.mac))


ANNOUNCEMENTS: dict[str, Callable[[Sender], bytes]] = {
    one.__name__: one
    for one in (
        *(
            dhcp_of_the_sender,
            dhcp_of_the_victim,
            dhcp_asked,
            dhcp_relayed,
            dhcp_ack,
            dhcp6_relayed,
            dhcp6_solicit,
        ),
        *(mdns_answer, ssdp_alive, netbios_host, snmp_system, smb_setup, lldp_switch, cdp_phone),
    )
}


def from_victim(*options: bytes) -> bytes:
    """A DHCP message of the victim with these options."""
    said = dhcp.message(*options, kind=dhcp.INFORM, ciaddr=VICTIM)
    return framed(IP, udp(67, said, sport=68), mac=MAC)


def genuine() -> Iterator[bytes]:
    """The victim: a phone that announces itself 20 times by DHCP and DHCPv6."""
    said6 = dhcp6.message(dhcp6.duid(), dhcp6.texts(16, bytes(4), b"HUAWEI:android:VOG"))
    for _ in range(20):
        yield from_victim(dhcp.option(60, b"HUAWEI:android:VOG"))
        yield framed(IP6, udp(547, said6, sport=546), mac=MAC)

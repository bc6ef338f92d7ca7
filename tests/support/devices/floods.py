"""Announcements from many senders."""

from __future__ import annotations

from tests.support.devices import dhcp6, mdns, neighbours, netbios, ssdp
from tests.support.devices.dhcp import option
from tests.support.devices.made import ip_of, mac_of
from tests.support.devices.requests import request


def of_dhcp(number: int) -> bytes:
    return request(option(60, b"AXIS,Network Camera,P%d,1" % number), ip=ip_of(number), mac=mac_of(number))


def of_dhcp6(number: int) -> bytes:
    said = dhcp6.message(dhcp6.texts(16, bytes(4), b"MSFT 5.0"), dhcp6.duid(mac_of(number)))
    return dhcp6.from_client(said, mac=mac_of(number), source=f"fe80::{number + 1:x}")


def of_mdns(number: int) -> bytes:
    said = mdns.text(b"a", "_ipp._tcp", b"ty=HP %d" % number)
    answer = mdns.message(said, mdns.server(b"a", "_ipp._tcp", "a"))
    return mdns.sent(answer, source=ip_of(number), mac=mac_of(number))


def of_ssdp(number: int) -> bytes:
    said = ssdp.alive("NT: urn:dial-multiscreen-org:service:dial:1", f"SERVER: Linux/3.{number} UPnP/1.0 a/1")
    return ssdp.sent(said, source=ip_of(number), mac=mac_of(number))


def of_netbios(number: int) -> bytes:
    said = netbios.message(netbios.mail(netbios.announcement(b"P%d" % number)), source=ip_of(number))
    return netbios.datagrams(said, source=ip_of(number), mac=mac_of(number))


def of_lldp(number: int) -> bytes:
    return neighbours.lldp_frame(neighbours.tlv(6, b"Cisco IOS Software, C%d" % number), mac=mac_of(number))


def of_cdp(number: int) -> bytes:
    return neighbours.cdp_frame(neighbours.cdp_tlv(6, b"Cisco IP Phone %d" % number), mac=mac_of(number))


SENDERS = [of_dhcp, of_dhcp6, of_mdns, of_ssdp, of_netbios, of_lldp, of_cdp]

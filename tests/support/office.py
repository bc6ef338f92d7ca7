"""The capture of the README: an office of fifteen devices, of which five findings say something.

``python -m support.office`` in the folder ``tests`` writes it to ``examples/office.pcap``. Addresses and
MACs are reserved for documentation, except two random MACs of phones.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from ipaddress import IPv4Address
from pathlib import Path

from tests.support.captures import Packet, pcap
from tests.support.devices import arp, dhcp
from tests.support.devices.made import datagram, mac_bytes
from tests.support.devices_sample import ADDRESS, ANSWER, ETHERNET, POINTER, START_NS, TEXT, name, resource
from tests.support.packets import ACK, FIN, NOP, PSH, SOK, SYN, Ip4, Tcp, mss, packet, wscale
from tests.support.sample import bsd_options, linux_options, windows_options
from tests.support.tunnels import UDP

PATH = Path(__file__).resolve().parents[2] / "examples" / "office.pcap"

NETWORK = "192.0.2."
WEB = "203.0.113.80"
ROUTER, WINDOWS_10, MAC, PRINTER, CAMERA, SPEAKER, TELEVISION = 1, 0x10, 0x13, 0x20, 0x21, 0x22, 0x23
NAS, WINDOWS_7, RASPBERRY_PI, SSH_SERVER, CONTROLLER, SCANNER = 0x24, 0x30, 0x31, 0x40, 0x50, 0x66
IPHONE, PIXEL = "02:00:5e:10:00:11", "02:00:5e:10:00:12"

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/144.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.2 Mobile/15E148 Safari/604.1"
)
EXPLORER = "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko"
OK = (
    b"HTTP/1.1 200 OK\r\nServer: nginx/1.28.0\r\nDate: Thu, 15 Jan 2026 10:00:00 GMT\r\n"
    b"Content-Type: text/html\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok"
)


def request(*headers: str) -> bytes:
    """A request for the start page."""
    return "\r\n".join(("GET / HTTP/1.1", *headers, "", "")).encode()


CHROME_REQUEST = request(
    "Host: www.example.com",
    "Connection: keep-alive",
    "Upgrade-Insecure-Requests: 1",
    f"User-Agent: {CHROME}",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Encoding: gzip, deflate",
    "Accept-Language: en-US,en;q=0.9",
)
SAFARI_REQUEST = request(
    "Host: www.example.com",
    "Upgrade-Insecure-Requests: 1",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    f"User-Agent: {SAFARI}",
    "Accept-Language: en-US,en;q=0.9",
    "Accept-Encoding: gzip, deflate",
    "Connection: keep-alive",
)
EXPLORER_REQUEST = request(
    "Accept: text/html, application/xhtml+xml, */*",
    "Accept-Language: en-US",
    f"User-Agent: {EXPLORER}",
    "Accept-Encoding: gzip, deflate",
    "Host: www.example.com",
    "Connection: Keep-Alive",
)

WINDOWS = Tcp(window=64240, options=windows_options(1460))
VISTA_OR_7 = Tcp(window=8192, options=mss(1460) + NOP + wscale(2) + NOP + NOP + SOK)
APPLE = Tcp(window=65535, options=bsd_options(1460, 6, 885_421_004))
LINUX = Tcp(window=64240, options=linux_options(1460, 7, 1_208_111_411))
ANSWER_OPTIONS = mss(1460) + SOK + NOP + NOP + NOP + wscale(7)


def mac(host: int) -> str:
    """The MAC of a device with a card."""
    return f"00:00:5e:00:53:{host:02x}"


def ip(host: int) -> str:
    """Its address; the last byte of the MAC reads as the number of the host in hexadecimal digits."""
    return f"{NETWORK}{host:x}"


class OfficeFrames:
    """The frames so far, fifty milliseconds apart unless said otherwise."""

    def __init__(self) -> None:
        self.packets: list[Packet] = []
        self._now = START_NS
        self._ports = 49152

    def add(self, frame: bytes, *, after_ms: int = 50) -> None:
        """A frame so long after the one before."""
        self._now += after_ms * 10**6
        self.packets.append((self._now, frame))

    def segment(self, source: str, target: str, around: Ip4, tcp: Tcp, *, after_ms: int = 2) -> None:
        """A segment between two MACs."""
        frame = mac_bytes(target) + mac_bytes(source) + b"\x08\0" + packet(around, tcp)
        self.add(frame, after_ms=after_ms)

    def lease(self, address: str, own: str, *options: bytes) -> None:
        """A client that gets an address and then looks for the router."""
        wanted = dhcp.option(50, IPv4Address(address).packed)
        here = IPv4Address(ip(ROUTER)).packed
        given = (
            dhcp.option(1, b"\xff\xff\xff\0"),
            dhcp.option(54, here),
            dhcp.option(51, b"\0\0\x0e\x10"),
            dhcp.option(3, here),
        )
        self.add(dhcp.from_client(dhcp.message(wanted, *options, kind=dhcp.REQUEST, mac=own), mac=own))
        answer = dhcp.message(*given, kind=dhcp.ACK, op=2, yiaddr=address, mac=own)
        self.add(dhcp.from_server(answer, mac=mac(ROUTER)))
        self.find_router(address, own)

    def find_router(self, address: str, own: str) -> None:
        """An ARP request for the router, and its answer."""
        self.add(arp.arp(address, ip(ROUTER), mac=own))
        self.add(arp.arp(ip(ROUTER), address, mac=mac(ROUTER), operation=arp.REPLY, target_mac=own))

    def announce(self, host: int, service: str, instance: str, *pairs: bytes) -> None:
        """An mDNS answer with a service."""
        full = f"{instance}.{service}"
        text = b"".join(bytes((len(pair),)) + pair for pair in pairs)
        records = (
            resource(service, POINTER, name(full), shared=True),
            resource(full, TEXT, text),
            resource(f"host-{host:x}.local", ADDRESS, IPv4Address(ip(host)).packed),
        )
        message = struct.pack("!HHHHHH", 0, ANSWER, 0, len(records), 0, 0) + b"".join(records)
        self.datagram(host, message, 5353, to="224.0.0.251", ttl=255)

    def notify(self, host: int, *lines: str) -> None:
        """An SSDP message."""
        head = ("NOTIFY * HTTP/1.1", "HOST: 239.255.255.250:1900", "NTS: ssdp:alive", *lines, "", "")
        self.datagram(host, "\r\n".join(head).encode(), 1900, to="239.255.255.250", ttl=4)

    def datagram(
        self, host: int, data: bytes, port: int, *, to: str = f"{NETWORK}255", ttl: int = 64
    ) -> None:
        """A datagram to a group, or to the network."""
        around = Ip4(ip(host), to, ttl=ttl, protocol=UDP)
        self.add(datagram(data, port, port, ip=around, mac=mac(host)))

    def connection(
        self,
        client: tuple[str, str, int],
        syn: Tcp,
        data: bytes = b"",
        answer: bytes = b"",
        *,
        server: tuple[str, str, int] = (mac(ROUTER), WEB, 57),
        port: int = 80,
        greeting: bytes = b"",
    ) -> None:
        """A whole connection of two ends, each with its MAC, address and TTL."""
        (own, source, ttl), (other, target, far) = client, server
        self._ports += 101
        identification = 0 if syn is APPLE else self._ports
        there = Ip4(source, target, ttl=ttl, identification=identification)
        back = Ip4(target, source, ttl=far, identification=0)
        sent, received = self._ports * 65_537, self._ports * 31_337
        first = replace(syn, sport=self._ports, dport=port, seq=sent)
        plain = replace(first, options=b"", window=500)
        said = replace(plain, sport=port, dport=self._ports)
        self.segment(own, other, there, first, after_ms=50)
        accepted = replace(
            said, flags=SYN | ACK, seq=received, ack=sent + 1, window=65160, options=ANSWER_OPTIONS
        )
        self.segment(other, own, back, accepted, after_ms=20)
        sent, received = sent + 1, received + 1
        self.segment(own, other, there, replace(plain, flags=ACK, seq=sent, ack=received), after_ms=1)
        if greeting:
            self.segment(
                other, own, back, replace(said, flags=PSH | ACK, seq=received, ack=sent, payload=greeting)
            )
            received += len(greeting)
        if data:
            self.segment(
                own, other, there, replace(plain, flags=PSH | ACK, seq=sent, ack=received, payload=data)
            )
            sent += len(data)
        if answer:
            self.segment(
                other, own, back, replace(said, flags=PSH | ACK, seq=received, ack=sent, payload=answer)
            )
            received += len(answer)
        self.segment(own, other, there, replace(plain, flags=FIN | ACK, seq=sent, ack=received))
        self.segment(other, own, back, replace(said, flags=FIN | ACK, seq=received, ack=sent + 1))


def computers(office: OfficeFrames) -> None:
    """Windows, macOS, two phones, an old Windows, and a Linux whose browser claims Windows."""
    microsoft = dhcp.option(60, b"MSFT 5.0")
    asks = dhcp.option(55, bytes((1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252)))
    asked = dhcp.option(55, bytes((1, 15, 3, 6, 44, 46, 47, 31, 33, 121, 249, 43)))
    apple = dhcp.option(55, bytes((1, 121, 3, 6, 15, 108, 114, 119, 252)))
    pi = dhcp.option(60, b"dhcpcd-9.4.1:Linux-6.12.34+rpt-rpi-v8:aarch64:BCM2835")
    office.lease(ip(WINDOWS_10), mac(WINDOWS_10), microsoft, asks)
    office.connection((mac(WINDOWS_10), ip(WINDOWS_10), 128), WINDOWS, CHROME_REQUEST, OK)
    office.lease(f"{NETWORK}11", IPHONE, apple)
    office.connection((IPHONE, f"{NETWORK}11", 64), APPLE, SAFARI_REQUEST, OK)
    office.lease(f"{NETWORK}12", PIXEL, dhcp.option(60, b"android-dhcp-16"), dhcp.option(12, b"Pixel-9"))
    office.announce(MAC, "_device-info._tcp.local", "studio", b"model=Mac16,10", b"osxvers=25")
    office.connection((mac(MAC), ip(MAC), 64), APPLE, port=443)
    office.lease(ip(WINDOWS_7), mac(WINDOWS_7), microsoft, asked)
    office.connection((mac(WINDOWS_7), ip(WINDOWS_7), 128), VISTA_OR_7, EXPLORER_REQUEST, OK)
    office.lease(ip(RASPBERRY_PI), mac(RASPBERRY_PI), pi)
    office.connection((mac(RASPBERRY_PI), ip(RASPBERRY_PI), 64), LINUX, CHROME_REQUEST, OK)


def things(office: OfficeFrames) -> None:
    """A printer, a camera, a speaker, a television's stick, a NAS and the heating's controller."""
    office.announce(
        *(PRINTER, "_ipp._tcp.local", "Office", b"txtvers=1", b"ty=HP LaserJet 400 M401dn"),
        *(b"product=(HP LaserJet 400 M401dn)", b"usb_MFG=HP"),
    )
    office.lease(ip(CAMERA), mac(CAMERA), dhcp.option(60, b"AXIS,Network Camera,P3245-LV,10.12.1"))
    office.notify(
        SPEAKER,
        f"LOCATION: http://{ip(SPEAKER)}:1400/xml/device_description.xml",
        "NT: urn:schemas-upnp-org:device:ZonePlayer:1",
        "SERVER: Linux UPnP/1.0 Sonos/86.3-64170 (ZPS38)",
        "USN: uuid:RINCON_00005E005322014001400::urn:schemas-upnp-org:device:ZonePlayer:1",
    )
    cast = "_googlecast._tcp.local", "Chromecast-0a"
    office.announce(TELEVISION, *cast, b"md=Chromecast Ultra", b"ve=05", b"st=0")
    office.notify(
        NAS,
        f"LOCATION: http://{ip(NAS)}:5000/ssdp/desc-DSM-eth0.xml",
        "NT: upnp:rootdevice",
        f"SERVER: Synology/DSM/{ip(NAS)}",
        "USN: uuid:73796E6F-6473-6D00-0000-00005e005324::upnp:rootdevice",
    )
    i_am = bytes.fromhex("0120ffff00ff 1000 c402000064 2205c4 9103 2105")  # of vendor 5
    office.datagram(CONTROLLER, b"\x81\x0b" + struct.pack("!H", len(i_am) + 4) + i_am, 47808)


def old_server(office: OfficeFrames) -> None:
    """A server with an OpenSSH that has no support, used twice."""
    office.find_router(ip(SSH_SERVER), mac(SSH_SERVER))
    client, server = (mac(WINDOWS_10), ip(WINDOWS_10), 128), (mac(SSH_SERVER), ip(SSH_SERVER), 64)
    for _ in range(2):
        office.connection(
            *(client, WINDOWS, b"SSH-2.0-PuTTY_Release_0.83\r\n"),
            server=server,
            port=22,
            greeting=b"SSH-2.0-OpenSSH_7.4p1 Debian-10+deb9u7\r\n",
        )


def scan(office: OfficeFrames) -> None:
    """NMap looks for file servers at forty addresses that nobody has."""
    office.find_router(ip(SCANNER), mac(SCANNER))
    for host in range(100, 140):
        around = Ip4(
            *(ip(SCANNER), f"{NETWORK}{host}"), ttl=37 + host % 20, identification=host * 421, fragment=0
        )
        syn = Tcp(sport=41234, dport=445, seq=host * 7_919_113, window=1024, options=mss(1460))
        office.segment(mac(SCANNER), mac(host), around, syn, after_ms=10)


def router(office: OfficeFrames) -> None:
    """The router names itself (MNDP)."""
    fields = (
        *((1, mac_bytes(mac(ROUTER))), (5, b"gate"), (7, b"7.20.6 (stable) 2025-12-01 10:00:00")),
        *((8, b"MikroTik"), (10, struct.pack("<I", 86400)), (12, b"RB5009UG+S+")),
    )
    message = b"\0\0\0\1" + b"".join(struct.pack("!HH", kind, len(data)) + data for kind, data in fields)
    office.datagram(ROUTER, message, 5678, to="255.255.255.255")


def sample() -> bytes:
    """The capture, a pcap of Ethernet frames."""
    office = OfficeFrames()
    for part in (router, computers, things, old_server, scan):
        part(office)
    return pcap(office.packets, ETHERNET)


if __name__ == "__main__":
    PATH.write_bytes(sample())

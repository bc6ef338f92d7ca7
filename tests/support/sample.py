"""The capture that the examples and the manual use: made here, byte for byte.

``python -m support.sample`` in the folder ``tests`` writes it to ``examples/sample.pcap``.
Conversations between hosts of documentation networks, with a name lookup and an ARP request
among them, so that there is something to leave out.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

from tests.support.captures import Packet, pcap
from tests.support.packets import (
    ACK,
    NOP,
    PSH,
    RST,
    SOK,
    Ip4,
    Ip6,
    Tcp,
    eol,
    ethernet,
    mss,
    packet,
    reply,
    timestamps,
    wscale,
)
from tests.support.tls.conversation import client_hello, extension, record, server_hello

PATH = Path(__file__).resolve().parents[2] / "examples" / "sample.pcap"

ETHERNET = 1
START_NS = 1_768_471_200 * 10**9
"""2026-01-15 10:00:00 UTC."""

UDP = 17
ETHERTYPE_ARP = 0x0806
VLAN_12 = ((0x8100, 12),)


def bsd_options(size: int, shift: int, clock: int, peer: int = 0) -> bytes:
    """The options of macOS and iOS."""
    head = mss(size) + NOP + wscale(shift) + NOP + NOP
    return head + timestamps(clock, peer) + SOK + eol(1)


def linux_options(size: int, shift: int, clock: int, peer: int = 0) -> bytes:
    """The options of Linux and Android."""
    return mss(size) + SOK + timestamps(clock, peer) + NOP + wscale(shift)


def windows_options(size: int) -> bytes:
    """The options of Windows."""
    return mss(size) + NOP + wscale(8) + NOP + NOP + SOK


def at(milliseconds: int, data: bytes, tags: tuple[tuple[int, int], ...] = ()) -> Packet:
    """A frame so long after the start."""
    return START_NS + milliseconds * 10**6, ethernet(data, tags=tags)


def windows_behind_dsl() -> list[Packet]:
    """A Windows host on a DSL line, seven hops away, and a Linux web server."""
    ip = Ip4("192.0.2.10", "198.51.100.80", ttl=121, identification=0x4D2)
    syn = Tcp(sport=50123, dport=443, window=44 * 1452, options=windows_options(1452))
    server = replace(ip, ttl=64, identification=0)
    answer = mss(1460) + NOP + NOP + SOK + NOP + wscale(7)
    return [
        at(0, packet(ip, syn)),
        at(1, reply(server, syn, window=64240, options=answer)),
        at(15, packet(ip, replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK, options=b""))),
    ]


def telephone_over_ipv6() -> list[Packet]:
    """A telephone or Mac and a FreeBSD server."""
    ip = Ip6("2001:db8::64", "2001:db8:80::80", ttl=57, flow_label=0x3A1F2)
    syn = Tcp(sport=61811, dport=443, window=65535, options=bsd_options(1440, 6, 885_421_004))
    server = replace(ip, ttl=64, flow_label=0x81C44)
    answer = mss(1440) + NOP + wscale(6) + SOK + timestamps(3_201_887_340, 885_421_004)
    return [
        at(210, packet(ip, syn)),
        at(211, reply(server, syn, window=65535, options=answer)),
    ]


def old_hosts_with_clocks() -> list[Packet]:
    """Two connections of two old Linux hosts whose timestamps count from their start: at 250 and at 100 Hz.

    The client is up for 11 h 16 min, the server for 15 days 3 h 42 min.
    """
    own, peer = (11 * 60 + 16) * 60 * 250, ((15 * 24 + 3) * 60 + 42) * 60 * 100
    ip = Ip4("203.0.113.7", "198.51.100.22", ttl=55, identification=0x7A10)
    server = replace(ip, ttl=64, identification=0)

    def handshake(milliseconds: int, sport: int) -> tuple[Tcp, list[Packet]]:
        """A SYN and its answer, so long after the first SYN."""
        clock, answered = own + milliseconds // 4, peer + milliseconds // 10
        syn = Tcp(sport=sport, dport=22, window=5840, options=linux_options(1460, 7, clock))
        answer = linux_options(1460, 5, answered, clock)
        packets = [
            at(400 + milliseconds, packet(ip, syn)),
            at(401 + milliseconds, reply(server, syn, window=5792, options=answer)),
        ]
        return syn, packets

    syn, first = handshake(0, 35780)
    accepted = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK)
    greeting = {"seq": 5001, "flags": ACK | PSH, "payload": b"SSH-2.0-made-up\r\n"}
    clocks, later = NOP + NOP + timestamps(own + 10, peer), NOP + NOP + timestamps(peer + 200, own + 10)
    return [
        *first,
        at(440, packet(ip, replace(accepted, options=clocks))),
        at(2400, reply(server, syn, options=later, **greeting)),
        *handshake(4000, 35782)[1],
    ]


def port_scan() -> list[Packet]:
    """A SYN scan of NMap, refused by the host."""
    ip = Ip4("192.0.2.66", "198.51.100.80", ttl=41, identification=0x9001, fragment=0)
    syn = Tcp(sport=41234, dport=8080, window=1024, options=mss(1460))
    refused = {"seq": 0, "flags": RST | ACK, "window": 0, "options": b""}
    return [at(5000, packet(ip, syn)), at(5001, reply(replace(ip, ttl=64), syn, **refused))]


def tagged_telephone() -> list[Packet]:
    """An Android telephone in VLAN 12, and its server."""
    ip = Ip4("192.0.2.91", "203.0.113.53", ttl=64, identification=0x11D7)
    syn = Tcp(sport=44310, dport=853, window=65535, options=linux_options(1460, 8, 77_120_331))
    server = replace(ip, ttl=52, identification=0)
    answer = linux_options(1400, 7, 1_990_020_771, 77_120_331)
    return [
        at(6000, packet(ip, syn), VLAN_12),
        at(6012, reply(server, syn, window=47 * 1388, options=answer), VLAN_12),
    ]


WITH_HELLOS = 55812
"""The port of the client whose connection carries hellos."""
CHROME_CIPHERS = (
    *(0x0A0A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8),
    *(0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035),
)
"""Those of Chrome (RFC 8701's value first); the extensions of the hello below are another client's."""
CLIENT_HELLO = record(client_hello(ciphers=CHROME_CIPHERS))
X25519_SHARE = struct.pack(">HH", 29, 32) + bytes(32)
SERVER_HELLO = record(server_hello(extension(43, b"\3\4") + extension(51, X25519_SHARE), 0x1301))


def hellos(ip: Ip4, syn: Tcp, start: int, own: int, peer: int) -> list[Packet]:
    """A ClientHello and the ServerHello, too soon after the handshake to measure clocks."""
    own_clock, peer_clock = (
        NOP + NOP + timestamps(own + 15, peer),
        NOP + NOP + timestamps(peer + 17, own + 15),
    )
    asked = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK | PSH, options=own_clock, payload=CLIENT_HELLO)
    server = replace(ip, ttl=64, identification=0)
    answer = {"seq": 5001, "flags": ACK | PSH, "options": peer_clock, "payload": SERVER_HELLO}
    return [at(start + 15, packet(ip, asked)), at(start + 18, reply(server, syn, **answer))]


def host_with_a_clock_per_connection() -> list[Packet]:
    """Two connections of a new Linux host, whose clocks begin anywhere: no uptime in truth."""
    ip = Ip4("192.0.2.144", "198.51.100.80", ttl=63, identification=0x2C01)
    server = replace(ip, ttl=64, identification=0)
    found: list[Packet] = []
    for start, sport, own, peer in ((7000, 55810, 3_020_441_096, 1_500), (7100, 55812, 911_305_770, 9_500)):
        syn = Tcp(sport=sport, dport=443, window=64240, options=linux_options(1460, 7, own))
        data = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK | PSH, payload=b"\x16\x03\x01")
        if sport == WITH_HELLOS:
            found += hellos(ip, syn, start, own, peer)
            data = replace(data, seq=syn.seq + 1 + len(CLIENT_HELLO), flags=ACK, payload=b"")
        clocks = NOP + NOP + timestamps(own + 300, peer)
        found += [
            at(start, packet(ip, syn)),
            at(start + 1, reply(server, syn, window=65160, options=linux_options(1460, 7, peer, own))),
            at(start + 300, packet(ip, replace(data, options=clocks))),
        ]
    return found


def answer_alone() -> list[Packet]:
    """The SYN+ACK of a Windows host; its SYN took another way."""
    ip = Ip4("203.0.113.200", "192.0.2.130", ttl=124, identification=0x0733)
    syn = Tcp(sport=52001, dport=3389)
    return [at(6500, reply(ip, syn, window=64000, options=windows_options(1460)))]


def other_traffic() -> list[Packet]:
    """A name lookup and an ARP request."""
    question = bytes.fromhex("1d2c01000001000000000000076578616d706c6503636f6d0000010001")
    datagram = struct.pack("!HHHH", 51200, 53, 8 + len(question), 0) + question
    lookup = Ip4("192.0.2.10", "203.0.113.53", protocol=UDP).pack(datagram)
    request = bytes.fromhex("0001080006040001 00005e00530a c000020a 000000000000 c0000201")
    return [at(180, lookup), (START_NS + 190 * 10**6, ethernet(request, ETHERTYPE_ARP))]


def sample() -> bytes:
    """The capture, a pcap of Ethernet frames."""
    conversations = (
        *(windows_behind_dsl(), telephone_over_ipv6(), old_hosts_with_clocks(), port_scan()),
        *(tagged_telephone(), answer_alone(), host_with_a_clock_per_connection(), other_traffic()),
    )
    packets = sorted(one for conversation in conversations for one in conversation)
    return pcap(packets, ETHERNET)


if __name__ == "__main__":
    PATH.write_bytes(sample())

"""Captures for reports, each made for one thing that a page must show."""

from __future__ import annotations

from dataclasses import replace

from tests.support.captures import Packet, pcap
from tests.support.packets import LINUX_OPTIONS, NOP, SOK, Ip4, Tcp, mss, packet, reply, wscale

SECOND = 10**9
START = 1_760_000_000 * SECOND

WINDOWS_OPTIONS = mss(1460) + NOP + wscale(8) + NOP + NOP + SOK

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"
"""A label or file name that would do harm where it is not escaped."""

HOSTILE_DATABASE = f"""
classes = unix
[tcp:request]
label = s:unix:Linux:{HOSTILE}</script><b>
sig = *:64:0:*:*,7:mss,sok,ts,nop,ws:df,id+:0
"""


def linux(source: str, at: int = 0, port: int = 40000) -> Packet:
    """A SYN of the built-in database's Linux 4.19-6.15, `at` seconds after the start."""
    tcp = Tcp(sport=port, window=64240, options=LINUX_OPTIONS)
    return START + at * SECOND, packet(Ip4(source), tcp)


def windows(source: str, at: int = 0, port: int = 41000) -> Packet:
    """A SYN of its Windows 10 and newer."""
    tcp = Tcp(sport=port, window=64240, options=WINDOWS_OPTIONS)
    return START + at * SECOND, packet(Ip4(source, ttl=128), tcp)


def strange(source: str, at: int = 0, window: int = 12345) -> Packet:
    """A SYN that no signature fits."""
    tcp = Tcp(window=window, options=mss(1460) + NOP * 4 + wscale(3) + NOP)
    return START + at * SECOND, packet(Ip4(source, ttl=61), tcp)


def several() -> bytes:
    """Behind .9 Linux and Windows at once, behind .8 one after the other, behind .7 Linux alone."""
    here = [linux("192.0.2.9", 0), windows("192.0.2.9", 1), linux("192.0.2.9", 2, 40001)]
    then = [windows("192.0.2.8", 3), linux("192.0.2.8", 4), linux("192.0.2.8", 5, 40001)]
    return pcap([*here, *then, linux("192.0.2.7", 6), linux("192.0.2.7", 7, 40001)])


def forwarded() -> bytes:
    """.8 and .9 are clients and servers with Linux; behind one more port of .9 is Windows."""
    visitor = Ip4("192.0.2.1", destination="192.0.2.9")
    packets = [packet(Ip4(f"192.0.2.{last}"), Tcp(options=LINUX_OPTIONS)) for last in (8, 9)]
    packets.append(reply(replace(visitor, destination="192.0.2.8"), Tcp(dport=22, options=LINUX_OPTIONS)))
    for port in (8443, 22, 80, 443, 8080, 25):
        packets.append(reply(visitor, Tcp(dport=port, options=LINUX_OPTIONS)))
    packets.append(reply(replace(visitor, ttl=128), Tcp(dport=3389, options=WINDOWS_OPTIONS)))
    return pcap([(START + at * SECOND, data) for at, data in enumerate(packets)])


def families() -> bytes:
    """Windows of two versions, a Linux that is client and server, a scanner without a system."""
    seven = Tcp(window=8192, options=WINDOWS_OPTIONS)
    scan = Tcp(window=1024, options=mss(1460))
    visitor = Ip4("198.51.100.7", destination="192.0.2.3")
    others = [
        packet(Ip4("192.0.2.2", ttl=128), seven),
        reply(visitor, Tcp(dport=22, options=LINUX_OPTIONS)),
        packet(Ip4("192.0.2.4", ttl=37, fragment=0), scan),
    ]
    packets = [windows("192.0.2.1"), linux("192.0.2.3", 1)]
    return pcap([*packets, *((START + (2 + at) * SECOND, data) for at, data in enumerate(others))])


def strangers() -> bytes:
    """Window 54321 from one address, then 12345 from three."""
    common = [strange(f"192.0.2.{last}", last) for last in (1, 2, 3)]
    return pcap([strange("192.0.2.9", 0, 54321), *common])


def many(hosts: int) -> bytes:
    """A SYN of Linux from each of `hosts` addresses, a second apart."""
    return pcap([linux(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", n) for n in range(hosts)])

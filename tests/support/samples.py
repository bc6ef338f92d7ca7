"""Packets and captures that several tests use, with what is known about them."""

from __future__ import annotations

from dataclasses import replace

from tests.support.captures import pcap
from tests.support.packets import ACK, Ip4, Tcp, packet, reply, timestamps

SECOND = 10**9
START = 1_700_000_000 * SECOND

IP = Ip4(ttl=57)
CLIENT = Tcp()
SYN_PACKET = packet(IP, CLIENT)
"""What Linux 3.11 and newer sends, seven hops away (acceptance case 18)."""

SYN_SIGNATURE = "4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
SYN_ACK_PACKET = reply(IP, CLIENT)

SIGNATURES = """\
classes = unix

[mtu]
label = Ethernet or modem
sig = 1500

[tcp:request]
label = s:unix:Linux:3.11 and newer
sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
label = s:unix:Twin:same
sig = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws:df,id+:0
label = g:unix:Generic:
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0

[tcp:response]
label = s:unix:Server:
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0

[http:request]
label = s:!:Tool:1
sys = @unix
sig = *:Host::x
"""


def syn(number: int, **fields: object) -> bytes:
    """The SYN of client `number` (0 to 65535)."""
    source = f"10.1.{number >> 8}.{number & 255}"
    return packet(replace(IP, source=source), replace(CLIENT, **fields))  # type: ignore[arg-type]


SOURCE_END = 14
CHECKSUMS = (10, 36)
"""Of IP and of TCP; both cover the source address."""


def syns(count: int, start: int = START) -> list[tuple[int, bytes]]:
    """SYNs of as many clients, a microsecond apart.

    One is made, and of the others the bytes that differ, because thousands are asked for.
    """
    first = syn(0)
    sums = [(at, ~int.from_bytes(first[at : at + 2], "big") & 0xFFFF) for at in CHECKSUMS]
    found = []
    for number in range(count):
        data = bytearray(first)
        data[SOURCE_END : SOURCE_END + 2] = number.to_bytes(2, "big")
        for at, others in sums:
            total = others + number
            data[at : at + 2] = (~(total + (total >> 16)) & 0xFFFF).to_bytes(2, "big")
        found.append((start + number * 1000, bytes(data)))
    return found


def capture(count: int) -> bytes:
    """A capture of `count` SYNs: two events each."""
    return pcap(syns(count))


def conversation() -> list[tuple[int, bytes]]:
    """SYN, SYN+ACK, and an ACK a second later that shows a clock of 1000 Hz."""
    ack = replace(
        CLIENT,
        seq=CLIENT.seq + 1,
        ack=5001,
        flags=ACK,
        options=b"\x01\x01" + timestamps(1234567 + 1000, 1),
    )
    return [(START, SYN_PACKET), (START + 10**7, SYN_ACK_PACKET), (START + SECOND, packet(IP, ack))]

"""Requests of browsers, for checks of their headers."""

from __future__ import annotations

from tests.support import packets
from tests.support.packets import ACK, PSH, Ip4, Tcp
from tests.support.user_agents import DESKTOP


def sent(head: str) -> list[tuple[int, bytes]]:
    """A SYN and a request."""
    data = head.replace("\n", "\r\n").encode()
    request = packets.packet(Ip4(), Tcp(seq=1, ack=1, flags=PSH | ACK, options=b"", payload=data))
    return [(5, packets.packet(Ip4(), Tcp(seq=0))), (6, request)]


OWN = f"GET / HTTP/1.1\nHost: x\nUser-Agent: {DESKTOP}\nAccept: */*\n"
"""As curl asks when it is given another User-Agent."""

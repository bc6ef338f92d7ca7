"""Announcements of all kinds, made at random, each with its carrier (`tools/fuzz/devices.c`)."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.devices import dhcp, netbios

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
    return 3, netbios.name_service(random)


def datagram_of_netbios(random: Random) -> Made:
    """A message of the datagram service of NetBIOS."""
    return 4, netbios.datagram_service(random)


ANNOUNCEMENTS: list[Callable[[Random], Made]] = [dhcp_message, name_of_netbios, datagram_of_netbios]

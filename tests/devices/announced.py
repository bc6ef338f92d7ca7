"""Announcements of all kinds, made at random, each with its carrier (`tools/fuzz/devices.c`)."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.devices import dhcp, neighbours

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


def lldp_frame(random: Random) -> Made:
    """A frame of LLDP with some of the values that are read."""
    types = (5, 6, 7, 8, 127)
    values = [
        neighbours.tlv(random.choice(types), random.randbytes(random.choice((0, 4, 9)))) for _ in range(4)
    ]
    values.append(neighbours.med(random.randrange(12), random.randbytes(5)))
    return 3, neighbours.lldp(*values, ttl=random.choice((0, 120, 120)))


def cdp_frame(random: Random) -> Made:
    """A frame of CDP with some of the values that are read."""
    values = [
        neighbours.cdp_tlv(random.randrange(8), random.randbytes(random.choice((0, 4, 9)))) for _ in range(5)
    ]
    return 4, neighbours.cdp(*values, ttl=random.choice((0, 180, 180)))


ANNOUNCEMENTS: list[Callable[[Random], Made]] = [dhcp_message, lldp_frame, cdp_frame]

"""Announcements of all kinds as one stream of frames."""

from __future__ import annotations

from tests.support.devices import smb
from tests.support.devices.floods import SENDERS
from tests.support.devices.smb_messages import CLIENT2, SERVER2

KINDS = ["cdp", "dhcp", "lldp", "mdns", "netbios", "smb", "ssdp"]
"""Their events."""
HOSTS = 12


def frames() -> list[bytes]:
    """Of a few devices of each kind, and a session of SMB in many segments between them."""
    made = [sender(number) for number in range(HOSTS) for sender in SENDERS]
    session = smb.connection(CLIENT2, SERVER2, step=60)
    for number, frame in enumerate(session):
        made.insert(3 * number, frame)
    return made

"""Announcements on a cable: the kernel's filter passes those that are read, frames without IP too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import network as net
from tests.support.devices.sending import SENDER
from tests.support.devices.stream import HOSTS, KINDS, frames
from tests.support.processes import capturing


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ((), KINDS),
        (("--protocols", "lldp,cdp"), ["cdp", "lldp"]),
        (("--protocols", "dhcp,mdns"), ["dhcp", "mdns"]),
        (("--workers", "2"), KINDS),
    ],
)
def test_announcements_are_seen_live(
    words: tuple[str, ...], kinds: list[str], quiet_network: net.Network, tmp_path: Path
) -> None:
    text = "\n".join(one.hex() for one in frames())
    with capturing(quiet_network.server, "cable", "--format", "json", *words, folder=tmp_path) as capture:
        send = net.inside(quiet_network.client, [sys.executable, "-c", SENDER])
        subprocess.run(send, input=text, text=True, check=True, timeout=net.TIMEOUT_S)
        # each kind has an event for each host, but SMB
        wanted = sum(kind != "smb" for kind in kinds) * HOSTS + HOSTS * ("dhcp" in kinds)
        capture.wait_for(lambda: len(capture.lines()) >= wanted, "the announcements")
        live = capture.stop()
    found = [event["event"] for event in live.events if "mac" in event]
    assert sorted({*found}) == kinds
    assert {found.count(kind) for kind in kinds if kind not in ("smb", "dhcp")} <= {HOSTS}

"""News about the devices on a bridge, over runs of a capture with a store: exactly what happened, once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from tests.support import needs
from tests.support import network as net
from tests.support.devices import dhcp, neighbor
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.sending import SENDER
from tests.support.processes import CaptureProcess, capturing

TALK = """
import socket, sys
for address in sys.argv[1:]:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.sendto(b"", (address, 9))
"""
NO_IP6 = "for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$f; done"
IP6 = "cd /proc/sys/net/ipv6/conf/cable; echo 2 >use_tempaddr; echo 2 >accept_ra; echo 0 >disable_ipv6"
News = list[tuple[str, str, str | None]]


def mac(number: int) -> str:
    return f"00:16:3e:00:00:{number:02x}"


ROUTER = "fe80::216:3eff:fe00:1"


def ip(number: int) -> str:
    return f"10.92.0.{number}"


class Bridge:
    """A bridge in a namespace of its own, and hosts at it, each in its own."""

    def __init__(self, cleanup: ExitStack) -> None:
        self._cleanup, self._begin = cleanup, f"hg-{net.unique()}"
        self.namespace = self._made("bridge")
        self._ip("link", "add", "br0", "type", "bridge")
        self._ip("link", "set", "br0", "up", "promisc", "on")  # so that it sees what hosts say to each other

    def _made(self, name: str) -> str:
        namespace = f"{self._begin}-{name}"
        try:
            net.ip("netns", "add", namespace)
        except OSError as error:
            needs.missing(f"network namespaces cannot be made: {error}")
        self._cleanup.callback(net.ip, "netns", "del", namespace)
        subprocess.run(net.inside(namespace, ["sh", "-c", NO_IP6]), check=True, timeout=net.TIMEOUT_S)
        return namespace

    def _ip(self, *words: str) -> None:
        net.ip("-n", self.namespace, *words)

    def name_of(self, number: int) -> str:
        """The namespace of a host."""
        return f"{self._begin}-{number}"

    def _inside(self, number: int, *command: str, text: str = "") -> None:
        run = net.inside(self.name_of(number), list(command))
        subprocess.run(run, input=text, text=True, check=True, timeout=net.TIMEOUT_S)

    def add_host(self, number: int) -> None:
        namespace, port = self._made(str(number)), f"port{number}"
        peer = ("peer", "name", "cable", "address", mac(number), "netns", namespace)
        self._ip("link", "add", port, "type", "veth", *peer)
        self._ip("link", "set", port, "master", "br0", "up")
        net.ip("-n", namespace, "link", "set", "cable", "up")
        self.give(number, ip(number))

    def give(self, number: int, address: str) -> None:
        """Give a host an address in the place of the one before."""
        self._inside(number, "ip", "address", "flush", "dev", "cable")
        self._inside(number, "ip", "address", "add", f"{address}/24", "dev", "cable")

    def ip6_addresses(self, number: int, kind: str) -> list[str]:
        """Those of a kind that the kernel may use."""
        listed = ("-o", "-6", "address", "show", "dev", "cable", kind, "-tentative", "scope", "global")
        run = net.inside(f"{self._begin}-{number}", ["ip", *listed])
        done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=net.TIMEOUT_S)
        return [line.split()[3].partition("/")[0] for line in done.stdout.splitlines()]

    def add_network(self, number: int, network: str, capture: CaptureProcess) -> str:
        """Announce a network as host 1; a host makes itself a temporary address in it, which is returned."""
        self.send(1, neighbor.route(neighbor.prefix_option(network), source=ROUTER, mac=mac(1)))
        within = ip_network(network)
        made: list[str] = []

        def is_made() -> bool:
            made[:] = [one for one in self.ip6_addresses(number, "temporary") if ip_address(one) in within]
            return bool(made)

        capture.wait_for(is_made, "a temporary address")
        return made[0]

    def use_ip6(self, number: int) -> None:
        self._inside(number, "sh", "-c", IP6)

    def talk(self, number: int, *addresses: str) -> None:
        """Let the kernel of a host ask for others, which answer."""
        self._inside(number, "ip", "neigh", "flush", "dev", "cable")
        self._inside(number, sys.executable, "-c", TALK, *addresses)
        time.sleep(0.1)

    def send(self, number: int, frame: bytes) -> None:
        self._inside(number, sys.executable, "-c", SENDER, text=frame.hex())
        time.sleep(0.1)


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    needs.root()
    with ExitStack() as cleanup:
        made = Bridge(cleanup)
        for number in (1, 2, 3):
            made.add_host(number)
        yield made


def news(capture: CaptureProcess, wanted: int) -> News:
    """What was news in a capture, which ends."""
    capture.wait_for(lambda: len(capture.lines()) >= wanted, f"{wanted} events")
    time.sleep(0.5)  # nothing else may come
    events = capture.stop().events
    return [(one["change"], one["mac"], one.get("device_ip")) for one in events]


def spoof(bridge: Bridge, victim: int, attacker: int, times: int) -> None:
    """Both use the address in turn."""
    for _ in range(times):
        bridge.send(attacker, arp(ip(victim), ip(2), mac=mac(attacker), operation=REPLY))
        bridge.talk(victim, ip(3))


def test_what_happens_at_a_bridge_is_reported_once(bridge: Bridge, tmp_path: Path) -> None:
    words = (
        "br0",
        "--format",
        "json",
        "--events",
        "device_change",
        "--store",
        str(tmp_path / "hosts.sqlite"),
    )
    lease = dhcp.message(kind=dhcp.ACK, op=2, yiaddr=ip(12), mac=mac(2))
    with capturing(bridge.namespace, *words, folder=tmp_path) as capture:
        bridge.talk(1, ip(2))
        bridge.talk(3, ip(1))
        bridge.send(1, dhcp.from_server(lease, mac=mac(1)))
        bridge.give(2, ip(12))
        bridge.talk(2, ip(1))
        bridge.give(3, ip(2))
        bridge.talk(3, ip(1))
        assert news(capture, 5) == [
            ("device_new", mac(1), ip(1)),
            ("device_new", mac(2), ip(2)),
            ("device_new", mac(3), ip(3)),
            ("new_dhcp_server", mac(1), "192.0.2.1"),
            ("address_moved", mac(3), ip(2)),
        ]
    with capturing(bridge.namespace, *words, folder=tmp_path) as capture:
        for number in (1, 2, 3):
            bridge.talk(number, *(address for address in (ip(1), ip(2), ip(12))))
        bridge.send(1, dhcp.from_server(lease, mac=mac(1)))
        bridge.add_host(4)
        bridge.talk(4, ip(1))
        spoof(bridge, victim=1, attacker=4, times=4)
        assert news(capture, 1) == [
            ("device_new", mac(4), ip(4)),
            ("address_claimed", mac(4), ip(1)),  # the end of the capture ends its minute
        ]
    with capturing(bridge.namespace, *words, folder=tmp_path) as capture:
        for number in (1, 2, 3, 4):
            bridge.talk(number, ip(1), ip(2))
        bridge.send(1, dhcp.from_server(lease, mac=mac(1)))
        spoof(bridge, victim=1, attacker=4, times=3)
        assert news(capture, 0) == [("address_claimed", mac(4), ip(1))]


def test_a_host_with_temporary_addresses_is_one_device(bridge: Bridge, tmp_path: Path) -> None:
    """Its kernel makes one in each network that is announced; another host claims one of them."""
    words = ("br0", "--format", "json", "--events", "device_change", "--store", str(tmp_path / "x.sqlite"))
    with capturing(bridge.namespace, *words, folder=tmp_path) as capture:
        bridge.talk(1, ip(2))
        bridge.use_ip6(3)
        first = bridge.add_network(3, "2001:db8:1::/64", capture)
        bridge.talk(3, ip(1), "2001:db8:1::99")
        second = bridge.add_network(3, "2001:db8:2::/64", capture)
        bridge.talk(3, "2001:db8:2::99", ip(1))
        found = [(change, of) for change, of, _ in news(capture, 5)]
        assert sorted(found) == [
            ("device_new", mac(1)),
            ("device_new", mac(2)),
            ("device_new", mac(3)),
            ("new_router", mac(1)),
            ("segment_changed", mac(1)),
        ]
    with capturing(bridge.namespace, *words, folder=tmp_path) as capture:
        assert bridge.add_network(3, "2001:db8:1::/64", capture) == first
        bridge.talk(3, ip(1), "2001:db8:1::99", "2001:db8:2::99")
        bridge.send(2, neighbor.advertise(second, mac=mac(2)))
        assert news(capture, 0) == [("address_claimed", mac(2), second)]
    with capturing(bridge.namespace, *words, folder=tmp_path) as capture:
        third = bridge.add_network(3, "2001:db8:3::/64", capture)
        bridge.talk(3, "2001:db8:1::99", "2001:db8:3::99")
        assert len({first, second, third}) == 3
        assert [(change, of) for change, of, _ in news(capture, 1)] == [("segment_changed", mac(1))]

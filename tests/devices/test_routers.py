"""Whose device a MAC is: a router's stands for nobody behind it, a bridged machine has its own."""

from __future__ import annotations

import pytest

from huginn_cffi.hosts import HostRecord
from tests.support.devices import dhcp, mdns, netbios
from tests.support.devices.dhcp import option
from tests.support.devices.made import MAC, OTHER_MAC, datagram, rendered
from tests.support.devices.requests import ANDROID, AXIS, WINDOWS, hosts, request
from tests.support.devices.routers import ROUTER, answered
from tests.support.packets import Ip4
from tests.support.tunnels import UDP


def named(source: str, ttl: int, mac: str = ROUTER) -> bytes:
    """The names of a node, in an answer."""
    ip = Ip4(source=source, destination="192.0.2.99", protocol=UDP, ttl=ttl)
    said = netbios.answer(netbios.encoded(b"*"), netbios.status((b"DESKTOP-ABC1234", 0, 0x400)), kind=0x21)
    return datagram(said, netbios.NAMES, netbios.NAMES, ip=ip, mac=mac)


def by_ip(*frames: bytes) -> dict[str | None, HostRecord]:
    return {one.ip: one for one in hosts(*frames)}


@pytest.mark.parametrize("made", [answered, named])
@pytest.mark.parametrize("count", [1, 3, 40])
def test_announcements_from_behind_a_router_say_nothing(made: object, count: int) -> None:
    """They are events, but anybody could have sent them."""
    assert callable(made)
    far = [made(f"198.51.100.{number + 1}", 60) for number in range(count)]
    found = by_ip(request(AXIS, ip="192.0.2.1", mac=ROUTER), *far)
    router = found.pop("192.0.2.1")
    assert (router.mac, router.device and router.device.model) == (ROUTER, "P3245")
    assert found == {}
    text, stats = rendered(*far)
    assert text.count('"scope":"none"') == stats.announcements_routed == count


@pytest.mark.parametrize("ttl", [1, 4, 64, 128, 255])
def test_a_neighbour_has_its_mac(ttl: int) -> None:
    assert by_ip(answered("192.0.2.7", ttl, MAC))["192.0.2.7"].mac == MAC


def test_a_bridged_machine_is_not_the_host_that_runs_it() -> None:
    """Both send through one card: each frame has the MAC of its sender."""
    answer = mdns.message(mdns.address("vm", "192.0.2.8"), mdns.points("_http._tcp", "vm"))
    found = by_ip(
        request(WINDOWS, option(12, b"DESKTOP-ABC1234"), ip="192.0.2.7"),
        request(ANDROID, ip="192.0.2.8", mac=OTHER_MAC),
        mdns.sent(answer, source="192.0.2.8", mac=OTHER_MAC),
    )
    own, machine = found["192.0.2.7"], found["192.0.2.8"]
    assert (own.mac, machine.mac) == (MAC, OTHER_MAC)
    assert own.device is not None
    assert machine.device is not None
    assert (own.device.system, machine.device.system) == ("Windows", "Android")


def test_many_addresses_of_one_mac_share_nothing() -> None:
    """A router that answers for others, as by proxy, with hop limits as of neighbours."""
    far = [answered(f"198.51.100.{number + 1}", 64) for number in range(40)]
    found = by_ip(request(AXIS, ip="192.0.2.1", mac=ROUTER), *far)
    models = [one.device and one.device.model for ip, one in found.items() if ip != "192.0.2.1"]
    assert "P3245" not in models


RELAY = "192.0.2.254"


def asked_for(number: int, giaddr: str = RELAY) -> bytes:
    """What a relay passes on of a client with an address."""
    said = dhcp.message(AXIS, kind=dhcp.REQUEST, mac=OTHER_MAC, ciaddr=f"198.51.100.{number}", giaddr=giaddr)
    return datagram(said, 67, 67, source=RELAY, mac=ROUTER)


@pytest.mark.parametrize("giaddr", [RELAY, "0.0.0.0"])
def test_addresses_that_a_relay_names_are_leases_of_its_record(giaddr: str) -> None:
    """The first 8 of a relay that is known; a client that names other addresses has none."""
    known = answered(RELAY, 64)
    found = hosts(known, *(asked_for(number, giaddr) for number in range(20)))
    [relay] = [one for one in found if one.ip == RELAY]
    wanted = tuple(f"198.51.100.{number}" for number in range(8)) if giaddr == RELAY else ()
    assert relay.leases == wanted
    assert not any(one.ip and one.ip.startswith("198.51.100.") for one in found)


def test_a_relay_has_a_record_if_its_frames_show_that_it_is_on_the_link() -> None:
    assert hosts(asked_for(0)) == [], "one frame does not"
    [relay] = hosts(*(asked_for(number) for number in range(20)))
    assert (relay.ip, relay.local, relay.mac) == (RELAY, True, ROUTER)

"""Hosts with public addresses on the captured link, as in plants, and what only looks like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts.test_devices import devices, ips, run
from tests.hosts.test_senders import records, udp
from tests.support.devices.made import MAC, OTHER_MAC
from tests.support.devices.routers import ROUTER
from tests.support.local_hosts import saved

MACS = (MAC, OTHER_MAC, ROUTER)
PUBLIC = ("198.51.100.1", "203.0.113.2", "2001:db8::3")
LINUX, WINDOWS, ROUTED = 64, 128, 63


def sent(ip: str, mac: str, *ttls: int) -> list[bytes]:
    return [udp(ip, mac, ttl=ttl) for ttl in ttls]


@pytest.mark.parametrize("ttl", [64, 128, 255])
def test_a_plant_with_public_addresses(ttl: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of them has a MAC of its own on the wire, and no router lowered its TTL."""
    frames = [one for number, ip in enumerate(PUBLIC) for one in sent(ip, MACS[number], ttl, ttl)]
    found = devices(capsys, path := saved(tmp_path, *frames))
    assert {one["mac"]: (ips(one), one["local"]) for one in found} == {
        mac: ({ip}, True) for mac, ip in zip(MACS, PUBLIC, strict=True)
    }
    assert "3 local senders: 3 devices listed, 3 with a MAC" in run(capsys, path)


@pytest.mark.parametrize(
    ("private", "public"),
    [("10.0.2.15", PUBLIC[:2]), ("fd00::15", ("2001:db8::3", "2001:db8:1::4"))],
    ids=["IPv4", "IPv6"],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_public_stations_beside_a_private_address(
    private: str, public: tuple[str, str], is_first: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two of them are a plant's. One may be what a gateway sends for a host behind it (below)."""
    beside = udp(private, OTHER_MAC, ttl=LINUX)
    stations = sent(public[0], MAC, LINUX, LINUX) + sent(public[1], ROUTER, WINDOWS, WINDOWS)
    found = records(capsys, saved(tmp_path, *([beside, *stations] if is_first else [*stations, beside])))
    assert {ip for ip, one in found.items() if one["local"]} == {*public, private}


@pytest.mark.parametrize(
    "frames",
    [
        sent(PUBLIC[0], MAC, ROUTED, ROUTED),
        sent(PUBLIC[0], MAC, LINUX, LINUX, ROUTED),
        sent(PUBLIC[0], MAC, 32, 32),
        sent(PUBLIC[0], MAC, 30, 16, 4, 1),
        sent(PUBLIC[0], MAC, LINUX),
        sent(PUBLIC[0], MAC, LINUX) + sent(PUBLIC[0], OTHER_MAC, LINUX),
        sent(PUBLIC[0], MAC, LINUX, LINUX) + sent(PUBLIC[1], MAC, LINUX, WINDOWS),
        sent(PUBLIC[0], MAC, LINUX, LINUX) + sent("192.0.2.9", MAC, ROUTED),
        sent(PUBLIC[0], "00:00:00:00:00:00", LINUX, LINUX),
        sent(PUBLIC[0], MAC, LINUX, LINUX) + sent("10.0.2.15", OTHER_MAC, LINUX),
        [
            *sent(PUBLIC[0], MAC, LINUX, LINUX),
            *sent(PUBLIC[1], ROUTER, LINUX, ROUTED),
            *sent("10.0.2.15", OTHER_MAC, LINUX),
        ],
    ],
    ids=[
        *("routed", "two-ways", "one-router-from-64", "low", "one-frame", "random-macs"),
        *("translator-or-balancer", "router", "loopback", "gateway-that-answers-itself", "and-a-router"),
    ],
)
def test_what_only_looks_like_a_public_plant(
    frames: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last two have the only host behind a translator such as slirp: beside it is a private address."""
    found = records(capsys, path := saved(tmp_path, *frames))
    assert not any(found[ip]["local"] for ip in PUBLIC if ip in found)
    has_local = any(one["local"] for one in devices(capsys, path))
    hint = "; if your addresses are public, name your networks with --local NET\n"
    assert run(capsys, path).endswith(hint) is not has_local
    assert "1 local sender" in run(capsys, path, "--local", "198.51.100.0/24")

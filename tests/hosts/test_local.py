"""Which hosts are local: by their networks, or by a MAC of their own on the link."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from tests.support.devices.made import MAC, OTHER_MAC
from tests.support.devices.requests import AXIS, hosts, request
from tests.support.devices.routers import ROUTER
from tests.support.local_hosts import saved, syn

PRIVATE = (
    "10.255.0.1",
    "172.31.255.1",
    "192.168.0.1",
    "169.254.1.2",
    "100.64.0.1",
    "127.0.0.1",
    "fd00::1",
    "fe80::1",
)
PUBLIC = ("9.255.255.255", "172.32.0.1", "192.169.0.1", "100.128.0.1", "8.8.8.8", "2001:db8::1", "fec0::1")


def addresses(text: str) -> list[str]:
    found = map(json.loads, text.splitlines())
    return [one["ip"] for one in found if one["event"] == "host"]


def test_networks_that_are_never_routed_are_local() -> None:
    found = {one.ip: one.local for one in hosts(*map(syn, (*PRIVATE, *PUBLIC)))}
    assert found == {**dict.fromkeys(PRIVATE, True), **dict.fromkeys(PUBLIC, False)}


def test_a_public_address_with_its_own_mac_is_local() -> None:
    [one] = hosts(request(AXIS))
    assert (one.ip, one.mac, one.local) == ("192.0.2.7", MAC, True)
    [far] = hosts(request(AXIS), syn("192.0.2.7", ttl=60))
    assert far.local is False, "its packets pass routers, so that the MAC is another one's"


def test_a_router_makes_nothing_local() -> None:
    """It answers for one public address beside its private one, or for many."""
    router = request(AXIS, ip="192.168.0.1", mac=ROUTER)
    found = hosts(router, request(AXIS, ip="192.0.2.7", mac=ROUTER))
    assert {one.ip: one.local for one in found} == {"192.168.0.1": True, "192.0.2.7": False}
    many = hosts(*(request(AXIS, ip=f"192.0.2.{number}", mac=ROUTER) for number in range(1, 12)))
    assert len(many) == 11
    assert not any(one.local for one in many)


def test_stated_networks_decide_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, request(AXIS), syn("10.0.0.1"), syn("198.51.100.9"), syn("2001:db8::1"))
    for options, expected in (
        ((), ["192.0.2.7", "10.0.0.1"]),
        (("--local", "198.51.100.0/24,2001:db8::/32"), ["198.51.100.9", "2001:db8::1"]),
    ):
        assert main(["hosts", "--format", "json", *options, path]) == 0
        found = map(json.loads, capsys.readouterr().out.splitlines())
        assert [one["ip"] for one in found if one.get("local")] == expected
    assert main(["hosts", "--local", "198.51.100.0", path]) == 2
    assert "--local" in capsys.readouterr().err


def test_a_store_keeps_what_is_local(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, store = saved(tmp_path, syn("10.0.0.1"), syn("198.51.100.9")), str(tmp_path / "hosts.sqlite")
    assert main(["hosts", "--store", store, path]) == 0
    capsys.readouterr()
    assert main(["hosts", "--store", store, "--where", "local = 1", "--format", "json"]) == 0
    assert addresses(capsys.readouterr().out) == ["10.0.0.1"]
    assert main(["hosts", "--store", store, "--where", "local = 0", "--format", "json"]) == 0
    assert addresses(capsys.readouterr().out) == ["198.51.100.9"]
    assert main(["hosts", "--store", store, "--local", "10.0.0.0/8"]) == 2


def test_the_summary_shows_local_hosts_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, syn("198.51.100.9"), syn("10.0.0.1"), request(AXIS, mac=OTHER_MAC))
    assert main(["pcap", "--summary", path]) == 0
    assert "\nHosts     3 (2 local, 1 remote)\n" in capsys.readouterr().out
    assert main(["pcap", "--summary", "--format", "json", "--local", "192.0.2.0/24", path]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["hosts"], found["local_hosts"]) == (3, 1)
    assert [one["ip"] for one in found["top_hosts"]] == ["192.0.2.7", "10.0.0.1", "198.51.100.9"]

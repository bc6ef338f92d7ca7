"""Every sender has a record, and the MAC of its frames where nobody else can be meant."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from ipaddress import ip_address, ip_network
from pathlib import Path
from struct import pack
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from tests.support.captures import pcap
from tests.support.devices import dhcp
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.made import MAC, OTHER_MAC, datagram, frame
from tests.support.devices.neighbor import solicit
from tests.support.local_hosts import saved, syn
from tests.support.packets import Ip4, Ip6, Tcp, packet

SHARED = Path(__file__).parents[3] / "shared"
NETWORKS = [
    *map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10")),
    *map(ip_network, ("fc00::/7", "fe80::/10")),
]
IGMP, ICMP6, SYSLOG = 2, 58, 514
Record = dict[str, Any]


def records(capsys: pytest.CaptureFixture[str], path: str, *options: str) -> dict[str, Record]:
    assert main(["hosts", "--format", "json", *options, path]) == 0
    found = map(json.loads, capsys.readouterr().out.splitlines())
    return {one["ip"]: one for one in found if one["event"] == "host"}


def udp(source: str, mac: str = MAC, *, sport: int = 40000, dport: int = SYSLOG, ttl: int = 64) -> bytes:
    ip = (
        Ip6(source, "2001:db8::9", ttl, protocol=17)
        if ":" in source
        else Ip4(source, "10.9.9.9", ttl, protocol=17)
    )
    return datagram(b"<14>hello", sport, dport, ip=ip, mac=mac)


def macs(found: dict[str, Record]) -> dict[str, str | None]:
    return {ip: one["mac"] for ip, one in found.items()}


def test_protocols_that_no_reader_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    member = frame(Ip4("10.0.0.3", "224.0.0.22", 1, protocol=IGMP).pack(bytes(8)), 0x0800, mac=OTHER_MAC)
    middle = frame(packet(Ip4("10.0.0.4", "10.0.0.3"), Tcp(sport=443, dport=50000, flags=0x10)), 0x0800)
    path = saved(
        tmp_path, udp("10.0.0.2"), udp("10.0.0.2"), member, middle, udp("fe80::2", sport=53, dport=4000)
    )
    found = records(capsys, path)
    assert {ip: (one["packets"], one["protocols"]) for ip, one in found.items()} == {
        "10.0.0.2": (2, ["udp"]),
        "10.0.0.3": (1, ["igmp"]),
        "10.0.0.4": (1, ["tcp 443 server"]),
        "fe80::2": (1, ["udp 53 server"]),
    }
    assert found["10.0.0.2"]["first_seen"] < found["10.0.0.2"]["last_seen"]


def test_what_names_no_sender(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Unspecified, group and broadcast addresses as sources; and the inner packet of a tunnel."""
    sources = ("0.0.0.0", "224.0.0.1", "255.255.255.255", "ff02::1", "::")
    inner = Ip4("10.0.0.7", "10.0.0.8", protocol=17).pack(bytes(16))
    tunnel = frame(Ip4("10.1.0.1", "10.1.0.2", protocol=4).pack(inner), 0x0800)
    assert list(records(capsys, saved(tmp_path, *map(udp, sources), tunnel))) == ["10.1.0.1"]


def test_remote_senders_are_listed_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, udp("10.0.0.2"), udp("192.0.2.1", OTHER_MAC), syn("192.0.2.2"))
    assert list(records(capsys, path)) == ["10.0.0.2", "192.0.2.2"]
    assert list(records(capsys, path, "--all")) == ["10.0.0.2", "192.0.2.1", "192.0.2.2"]


@pytest.mark.parametrize(
    ("options", "count"), [((), 2), (("--ip", "192.0.2.1/32"), 1), (("--ip", "10.0.0.0/8"), 0)]
)
def test_every_view_counts_the_same_remote_hosts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], count: int
) -> None:
    path = saved(tmp_path, udp("10.0.0.2"), udp("192.0.2.1", OTHER_MAC), syn("192.0.2.2"))
    assert main(["devices", path, *options]) == 0
    assert f"{count} remote host" in capsys.readouterr().out.splitlines()[-1]
    listed = records(capsys, path, "--all", *options).values()
    assert sum(not one["local"] for one in listed) == count
    assert main(["pcap", "--summary", path]) == 0
    assert "Hosts     3 (1 local, 2 remote)" in capsys.readouterr().out


def test_one_protocol_reads_no_senders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(records(capsys, saved(tmp_path, udp("10.0.0.2"), syn("10.0.0.3")), "--protocols", "tcp")) == [
        "10.0.0.3"
    ]


def test_the_mac_of_frames(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, udp("10.0.0.2"), udp("fe80::2"), udp("10.0.0.3", OTHER_MAC, ttl=128))
    assert macs(records(capsys, path)) == {"10.0.0.2": MAC, "fe80::2": MAC, "10.0.0.3": OTHER_MAC}


@pytest.mark.parametrize(
    "frames",
    [
        [udp("10.0.0.2", ttl=63)],
        [udp("10.0.0.2"), udp("10.0.0.2", OTHER_MAC)],
        [udp("10.0.0.2"), udp("10.0.0.3")],
        [udp("10.0.0.2"), arp("10.0.0.1", "10.0.0.2")],
        [udp("10.0.0.2"), *(udp(f"192.0.2.{number}", ttl=50) for number in range(9))],
    ],
    ids=["routed", "two MACs", "two addresses", "the MAC is another one's", "a gateway"],
)
def test_frames_that_show_no_owner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], frames: list[bytes]
) -> None:
    assert records(capsys, saved(tmp_path, *frames))["10.0.0.2"]["mac"] is None


def test_a_chosen_low_ttl_is_a_neighbours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Routers set 1 for BGP. Then an address beside a private one is its own, too."""
    own = [arp("10.0.0.1"), arp("192.0.2.7")]
    for ttl, mac in ((1, MAC), (2, MAC), (45, None)):
        found = records(capsys, saved(tmp_path, *own, frame(bytes(syn("192.0.2.7", ttl=ttl))[14:], 0x0800)))
        assert (found["192.0.2.7"]["mac"], found["192.0.2.7"]["local"]) == (mac, mac is not None)


def devices(capsys: pytest.CaptureFixture[str], path: str) -> dict[str | None, Record]:
    assert main(["devices", "--format", "json", path]) == 0
    return {one["mac"]: one for one in map(json.loads, capsys.readouterr().out.splitlines())}


@pytest.mark.parametrize(("remotes", "role"), [(4, None), (5, "gateway")])
def test_a_mac_that_sends_for_remote_addresses_is_a_gateway(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], remotes: int, role: str | None
) -> None:
    answers = (udp(f"192.0.2.{number}", OTHER_MAC, ttl=50) for number in range(1, remotes + 1))
    path = saved(
        tmp_path, arp("10.0.0.1", "10.0.0.2", mac=OTHER_MAC, operation=REPLY), udp("10.0.0.2"), *answers
    )
    found = devices(capsys, path)
    assert found[OTHER_MAC]["role"] == role
    assert [one["ip"] for one in found[OTHER_MAC]["addresses"]] == ["10.0.0.1"]
    assert [one["ip"] for one in found[MAC]["addresses"]] == ["10.0.0.2"]


CLAIMED = [f"192.0.2.{number}" for number in range(1, 6)]


def claims(mac: str, *addresses: str) -> list[bytes]:
    return [arp(ip, "10.0.0.2", mac=mac, operation=REPLY) for ip in addresses]


def test_a_router_that_answers_for_others_is_a_gateway_by_datagrams(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proxy ARP (RFC 1027): it claims the addresses, but the TTLs show that it forwards their packets."""
    sent = [udp(ip, OTHER_MAC, ttl=57) for ip in CLAIMED]
    path = saved(tmp_path, *claims(OTHER_MAC, "10.0.0.1", *CLAIMED), udp("10.0.0.2"), *sent)
    assert devices(capsys, path)[OTHER_MAC]["role"] == "gateway"
    found = macs(records(capsys, path, "--all"))
    assert found == {"10.0.0.1": OTHER_MAC, "10.0.0.2": MAC} | dict.fromkeys(CLAIMED)


@pytest.mark.parametrize("claimed", [("192.0.2.7",), ("192.0.2.7", "192.0.2.8")], ids=["own", "proxy"])
def test_a_claimed_address_of_a_stated_network_is_one_device(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], claimed: tuple[str, ...]
) -> None:
    """A capture that also has what a router forwarded: a MAC with one address has it, whatever TTLs show."""
    path = saved(tmp_path, *claims(OTHER_MAC, *claimed), syn("192.0.2.7", ttl=57))
    assert main(["devices", "--format", "json", "--local", "192.0.2.0/24", path]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    of = [one["mac"] for one in found if "192.0.2.7" in [it["ip"] for it in one["addresses"]]]
    assert of == [OTHER_MAC] if len(claimed) == 1 else None in of


@pytest.mark.parametrize(
    ("addresses", "ttls"),
    [(CLAIMED, [64] * 5), (CLAIMED, [57] * 4 + [64]), ([f"10.0.1.{n}" for n in range(1, 6)], [63] * 5)],
    ids=["a load balancer", "one address fewer", "a host that shares its connection"],
)
def test_a_mac_with_many_addresses_of_its_own_is_no_gateway(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], addresses: list[str], ttls: list[int]
) -> None:
    sent = [udp(ip, OTHER_MAC, ttl=ttl) for ip, ttl in zip(addresses, ttls, strict=True)]
    path = saved(tmp_path, *claims(OTHER_MAC, *addresses), udp("10.0.0.2"), *sent, *sent)
    found = devices(capsys, path)[OTHER_MAC]
    assert (found["role"], {one["ip"] for one in found["addresses"]}) == (None, {*addresses})


def test_a_mirrored_trunk_makes_no_gateway(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five VLANs, in each of which a MAC has another address."""
    frames = [*claims(OTHER_MAC, *CLAIMED), *(udp(ip, OTHER_MAC, ttl=57) for ip in CLAIMED)]
    tagged = [
        one[:12] + pack("!HH", 0x8100, 10 + at % len(CLAIMED)) + one[12:] for at, one in enumerate(frames)
    ]
    assert main(["devices", "--format", "json", saved(tmp_path, *tagged)]) == 0
    found = [*map(json.loads, capsys.readouterr().out.splitlines())]
    assert [(one["role"], one["address_count"]) for one in found] == [(None, len(CLAIMED))]


@pytest.mark.parametrize("public", ["192.0.2.1", "198.51.100.7"])
def test_a_dhcp_server_is_a_device_of_the_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], public: str
) -> None:
    said = dhcp.message(kind=dhcp.ACK, op=2, yiaddr="203.0.113.8")
    ip = Ip4(public, "255.255.255.255", 64, protocol=17)
    path = saved(tmp_path, datagram(said, 67, 68, ip=ip, mac=OTHER_MAC))
    [one] = devices(capsys, path).values()
    assert (one["mac"], one["role"], one["local"]) == (OTHER_MAC, "dhcp-server", True)
    assert [each["ip"] for each in one["addresses"]] == [public]
    assert macs(records(capsys, path)) == {public: OTHER_MAC}


@pytest.mark.parametrize("source", ["0.0.0.0", "224.0.0.9", "255.255.255.255"])
def test_a_dhcp_server_without_an_address_is_no_host(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    said = dhcp.message(kind=dhcp.ACK, op=2, yiaddr="203.0.113.8")
    frame = datagram(said, 67, 68, ip=Ip4(source, "255.255.255.255", 64, protocol=17), mac=MAC)
    assert records(capsys, saved(tmp_path, frame)) == {}


def test_a_remote_dhcp_server_is_none_of_the_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A router forwarded its answer to the client, whose MAC is that of the frame's receiver."""
    said = dhcp.message(kind=dhcp.ACK, op=2, yiaddr="10.0.0.7")
    frame = datagram(said, 67, 68, ip=Ip4("192.0.2.1", "10.0.0.7", 64, protocol=17), mac=OTHER_MAC)
    path = saved(tmp_path, bytes.fromhex(MAC.replace(":", "")) + frame[6:])
    assert macs(records(capsys, path, "--all"))["192.0.2.1"] is None


@pytest.mark.parametrize("chosen", [False, True])
def test_a_table_of_hosts_reads_what_the_command_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], chosen: bool
) -> None:
    path = saved(tmp_path, udp("10.0.0.2"), arp("10.0.0.3", mac=OTHER_MAC), syn("10.0.0.4"))
    analyzer = hg.Analyzer(protocols=["tcp"]) if chosen else hg.Analyzer()
    expected = records(capsys, path, *(("--protocols", "tcp") if chosen else ()))
    assert {one.ip: (one.mac, one.packets, one.family) for one in analyzer.read(path).hosts} == {
        ip: (one["mac"], one["packets"], one["family"]) for ip, one in expected.items()
    }
    assert len(expected) == (1 if chosen else 3)


@pytest.mark.parametrize("count", [9, 300])
def test_many_temporary_addresses_make_no_gateway(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    """A host makes new ones every day (RFC 8981), and asks for neighbours with each."""
    asked = (solicit(f"2001:db8::{number:x}", "fe80::1", mac=MAC) for number in range(1, count + 1))
    found = devices(capsys, saved(tmp_path, *asked))
    assert (found[MAC]["role"], found[MAC]["address_count"]) == (None, count)


def test_a_phone_that_shares_its_connection_is_one_device(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, arp("10.0.0.2", "10.0.0.1"), syn("10.0.0.2", ttl=63))
    found = devices(capsys, path)
    assert (list(found), found[MAC]["system"]) == ([MAC], "Linux")


@pytest.mark.parametrize("workers", ["1", "3"])
def test_the_same_for_any_number_of_workers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], workers: str
) -> None:
    frames = [udp(f"10.0.{number % 7}.{number % 11 + 1}", sport=number) for number in range(1, 6000)]
    found = records(capsys, saved(tmp_path, *frames), "--workers", workers)
    assert list(found) == list(
        dict.fromkeys(f"10.0.{number % 7}.{number % 11 + 1}" for number in range(1, 6000))
    )
    assert sum(one["packets"] for one in found.values()) == 5999


CASES = SHARED / "cases" / "everybody"


@pytest.mark.skipif(not CASES.is_dir(), reason="no folder ../shared/cases")
@pytest.mark.skipif(shutil.which("tshark") is None, reason="no tshark")
@pytest.mark.parametrize("name", ["udp-only.pcap", "office-with-intruder.pcap", "conflict.pcap"])
def test_tshark_knows_no_other_local_sender(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["tshark", "-r", str(CASES / name), "-T", "fields", "-E", "occurrence=f"]
    fields = [part for field in ("eth.src", "ip.src", "ipv6.src") for part in ("-e", field)]
    out = subprocess.run([*command, *fields], capture_output=True, text=True, check=True).stdout
    expected = defaultdict(set)
    for mac, ip4, ip6 in (line.split("\t") for line in out.splitlines()):
        if (ip := ip4 or ip6) and any(ip_address(ip) in one for one in NETWORKS):
            expected[ip].add(mac)
    found = records(capsys, str(CASES / name))
    assert expected.keys() <= found.keys()
    assert all(one["mac"] in {None, *expected[ip]} for ip, one in found.items() if ip in expected)


def test_a_siemens_controller_is_a_neighbour(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its packets begin with a TTL of 30; a TTL of 29 comes from behind a router."""
    path = saved(tmp_path, udp("10.0.0.2", ttl=30), udp("10.0.0.3", OTHER_MAC, ttl=29))
    assert macs(records(capsys, path)) == {"10.0.0.2": MAC, "10.0.0.3": None}


@pytest.mark.parametrize(
    ("linktype", "before"),
    [
        (258, pack("<IIII", 16, 1, 1, 0)),
        (149, pack("<IIII", 16, 1, 1, 0)),
        (197, bytes(8) + bytes((2, 4)) + bytes(8)),
    ],
    ids=["PKTAP", "PKTAP as user link type", "ERF"],
)
def test_the_mac_of_frames_in_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], linktype: int, before: bytes
) -> None:
    path = tmp_path / "some.pcap"
    path.write_bytes(pcap([(10**18, before + udp("10.0.0.2"))], linktype))
    assert macs(records(capsys, str(path))) == {"10.0.0.2": MAC}


def test_a_record_without_ethernet_has_no_mac(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "some.pcap"
    path.write_bytes(pcap([(10**18, pack("<IIII", 16, 1, 101, 0) + udp("10.0.0.2")[14:])], 258))
    assert macs(records(capsys, str(path))) == {"10.0.0.2": None}

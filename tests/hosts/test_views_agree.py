"""`hosts`, `devices`, the summary and a store say the same about MAC, system, name, role and addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huginn_cffi.cli import main
from huginn_cffi.run.stats import Stats
from tests.hosts.test_evidence import APPLE, agent
from tests.hosts.test_senders import udp
from tests.support.captures import pcap
from tests.support.devices import dhcp, smb
from tests.support.devices.arp import REPLY, arp
from tests.support.devices.made import MAC, OTHER_MAC, capture, frame
from tests.support.devices.requests import ANDROID, AXIS, WINDOWS, request
from tests.support.devices.routers import ROUTER
from tests.support.devices.smb_messages import CLIENT2, SERVER2
from tests.support.host_talks import LINUX, SECOND, SERVER, START, WINDOWS_7, WINDOWS_10, talk
from tests.support.local_hosts import saved, syn
from tests.support.packets import NOP, SOK, Ip4, Tcp, mss, packet, timestamps, wscale
from tests.support.summaries import summary_of
from tests.support.tls import conversation

Record = dict[str, Any]
SAME = ("mac", "host_name", "role", "type", "manufacturer", "model", "system", "version", "address_count")


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Record]:
    assert main([*arguments, "--format", "json"]) == 0
    return [*map(json.loads, capsys.readouterr().out.splitlines())]


def addresses(one: Record) -> dict[str, bool]:
    """Whether each address is disputed."""
    return {each["ip"]: each["disputed"] for each in one["addresses"]}


def by_key(devices: list[Record]) -> dict[tuple[object, ...], Record]:
    return {(one["mac"], *sorted(addresses(one))): one for one in devices}


def agreed(capsys: pytest.CaptureFixture[str], path: str) -> dict[tuple[object, ...], Record]:
    """The devices of a capture; fails if another view differs."""
    found = by_key(lines(capsys, "devices", "--host-names", path))
    store = f"{path}.sqlite"
    hosts = [one for one in lines(capsys, "hosts", "--host-names", "--store", store, path) if "ip" in one]
    for host in hosts:
        [own] = [
            one for key, one in found.items() if key[0] == host["mac"] and (host["ip"] or "") in (*key, "")
        ]
        assert host["family"] in (None, own["system"]) or host["device"]["system"] == own["system"]
        assert host["role"] in (None, own["role"])
        assert (host["claimed_by"] is not None) is addresses(own).get(host["ip"], False)
    stored = by_key(lines(capsys, "devices", "--store", store))
    assert {key: [one[name] for name in SAME] for key, one in stored.items()} == {
        key: [one[name] for name in SAME] for key, one in found.items()
    }
    assert {key: addresses(one) for key, one in stored.items()} == {
        key: addresses(one) for key, one in found.items()
    }
    for source in ([path], ["--store", store]):
        [summary] = lines(
            capsys,
            *(["hosts", "--summary"] if source[0] == "--store" else ["pcap", "--summary"]),
            "--host-names",
            *source,
        )
        local = [one for one in found.values() if one["local"]]
        assert sorted(str([one[name] for name in SAME]) for one in summary["local_devices"]) == sorted(
            str([one[name] for name in SAME]) for one in local
        )
        assert sorted((one["mac"] or "", one["disputed"]) for one in summary["local_devices"]) == sorted(
            (one["mac"] or "", any(addresses(one).values())) for one in local
        )
    return found


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """SMB between two hosts, whose MACs the reader takes from the frames of the connection."""
    monkeypatch.setattr(conversation, "CLIENT", Ip4("10.0.0.1", "10.0.0.2"))
    monkeypatch.setattr(conversation, "SERVER", Ip4("10.0.0.2", "10.0.0.1"))
    made = smb.connection(CLIENT2, SERVER2)
    return [frame(one[14:], 0x0800, mac=MAC if one[26:30] == b"\n\0\0\1" else OTHER_MAC) for one in made]


def test_the_mac_of_a_connection(
    session: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its ends have no MAC by ARP or DHCP, but their frames show one each."""
    found = agreed(capsys, saved(tmp_path, *session))
    assert list(found) == [(MAC, "10.0.0.1"), (OTHER_MAC, "10.0.0.2")]


def test_a_mac_with_two_addresses_in_connections(
    session: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = agreed(capsys, saved(tmp_path, *session, udp("10.0.0.3")))
    assert list(found) == [(None, "10.0.0.1"), (OTHER_MAC, "10.0.0.2"), (None, "10.0.0.3")]


@pytest.mark.parametrize("remotes", [4, 5])
def test_a_gateway(tmp_path: Path, capsys: pytest.CaptureFixture[str], remotes: int) -> None:
    """Also in a store; a name server beside it."""
    far = (udp(f"192.0.2.{number}", OTHER_MAC, ttl=50) for number in range(1, remotes + 1))
    path = saved(
        tmp_path,
        arp("10.0.0.1", "10.0.0.2", mac=OTHER_MAC, operation=REPLY),
        *far,
        udp("10.0.0.2", sport=53, dport=4000),
    )
    found = agreed(capsys, path)
    assert found[OTHER_MAC, "10.0.0.1"]["role"] == (None if remotes < 5 else "gateway")
    assert found[MAC, "10.0.0.2"]["role"] == "dns-server"


def test_an_address_of_two_macs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = (
        arp("10.0.0.1", "10.0.0.9", mac=mac, operation=REPLY) for mac in (MAC, OTHER_MAC, MAC, OTHER_MAC)
    )
    path = saved(tmp_path, request(AXIS, ip="10.0.0.1"), *claims, arp("10.0.0.2", mac=OTHER_MAC))
    found = agreed(capsys, path)
    assert addresses(found[MAC, "10.0.0.1"]) == {"10.0.0.1": True}
    assert addresses(found[OTHER_MAC, "10.0.0.1", "10.0.0.2"]) == {"10.0.0.1": True, "10.0.0.2": False}
    assert found[OTHER_MAC, "10.0.0.1", "10.0.0.2"]["model"] is None


def test_names_and_leases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(
        tmp_path, request(WINDOWS, dhcp.option(12, b"PC"), ip="10.0.0.3"), syn("10.0.0.3"), syn("10.0.0.4")
    )
    assert [one["host_name"] for one in agreed(capsys, path).values()] == ["PC", None]


KERNEL = (replace(LINUX, options=mss(1460) + SOK + timestamps(1) + NOP + wscale(7)), 64, "X11; Linux x86_64")
"""Of Linux 4.19-6.15."""
STACKS = ((LINUX, 64), (WINDOWS_7, 128), (WINDOWS_10, 128), (APPLE, 64))
AGENTS = (
    *("Windows NT 10.0; Win64; x64", "X11; Linux x86_64", "Linux; Android 13; Pixel 7"),
    *("Macintosh; Intel Mac OS X 10_15_7", "X11; FreeBSD amd64"),
)
TALKS = st.tuples(st.sampled_from(STACKS), st.sampled_from(AGENTS))
ANNOUNCED = st.tuples(st.sampled_from((WINDOWS, ANDROID, AXIS)), st.sampled_from((MAC, OTHER_MAC)))


def evidence(of: list[Any]) -> bytes:
    """A capture of one host with this evidence: connections, and announcements of one of two MACs."""
    frames = []
    for number, one in enumerate(of):
        if isinstance(one[0], bytes):
            frames.append(request(one[0], ip="10.0.0.7", mac=one[1]))
            continue
        (stack, ttl), agent_system = one
        made = talk(number, stack, agent(agent_system), ttl=ttl, client="10.0.0.7")
        frames += [frame(packet, 0x0800, mac=ROUTER if packet[12] == 198 else MAC) for _, packet in made]
    return capture(frames)


@settings(max_examples=40, deadline=None)
@given(st.lists(TALKS | ANNOUNCED, min_size=1, max_size=6))
def test_no_view_shows_a_system_that_another_view_excludes(of: list[Any]) -> None:
    summary = summary_of(evidence(of))
    [host] = [one for one in summary.hosts.values() if one["ip"] == "10.0.0.7"]
    devices = [*map(json.loads, b"".join(summary.hosts.written_devices("json")).splitlines())]
    [device] = [one for one in devices if one["mac"] == host["mac"] and "10.0.0.7" in addresses(one)]
    document = json.loads(summary.document(Stats()))
    [local] = [
        one
        for one in document["local_devices"]
        if one["mac"] == host["mac"] and "10.0.0.7" in one["addresses"]
    ]
    shown = {host["family"], (host["device"] or {}).get("system"), device["system"], local["system"]} - {None}
    stated: dict[bool, set[str]] = {True: set(), False: set()}
    for one in [*host["evidence"], *(host["device"] or {}).get("evidence", ()), *device["evidence"]]:
        stated[one["relation"] == "contradicts"].add(one.get("name") or one.get("system") or "")
    for system in shown:
        of_it = {
            excludes: [name for name in names if name.startswith(system)]
            for excludes, names in stated.items()
        }
        assert of_it[False] or not of_it[True], (system, stated)
    assert (device["system"], device["version"]) == (local["system"], local["version"])


def dhcpcd(kernel: str) -> bytes:
    return dhcp.option(60, f"dhcpcd-9.4.1:Linux-{kernel}:x86_64:GenuineIntel".encode())


SEVEN = (WINDOWS_7, 128, "Windows NT 6.1")


@pytest.mark.parametrize(
    ("announced", "connection", "table", "record"),
    [
        (WINDOWS, SEVEN, "Windows 7 or 2008 R2", "Windows 7 or 2008 R2"),
        (ANDROID, KERNEL, "Android 13", "Linux 4.19-6.15"),
        (dhcpcd("6.1.21"), KERNEL, "Linux 6.1.21", "Linux 6.1.21"),
        (dhcpcd("2.6.18"), KERNEL, "Linux 2.6.18", "Linux 4.19-6.15"),
    ],
    ids=["no-version", "another-system", "more-exact", "excluded"],
)
def test_the_more_exact_version(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    announced: bytes,
    connection: tuple[Tcp, int, str],
    table: str,
    record: str,
) -> None:
    """In each view, unless DHCP and packets name two systems or exclude each other's versions."""
    stack, ttl, system = connection
    talked = talk(0, stack, agent(system), ttl=ttl, client="10.0.0.7")
    framed = (frame(packet, 0x0800, mac=ROUTER if packet[12] == 198 else MAC) for _, packet in talked)
    path = saved(tmp_path, request(announced, ip="10.0.0.7"), *framed)
    device = agreed(capsys, path)[MAC, "10.0.0.7"]
    [host] = [one for one in lines(capsys, "hosts", path) if one.get("ip") == "10.0.0.7"]
    assert f"{device['system']} {device['version']}" == table
    assert f"{host['device']['system']} {host['device']['version']}" == table
    assert f"{host['family']} {host['flavor']}" == record
    assert main(["devices", path]) == main(["hosts", path]) == 0
    text = capsys.readouterr().out
    assert text.count(table) >= 2
    assert f"OS:     {record}" in text


def test_a_firmware_version_is_not_that_of_the_system(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The camera announces 10.12.1 of its firmware and no system; packets show the system."""
    talked = talk(0, LINUX, b"", client="10.0.0.7")
    framed = (frame(packet, 0x0800, mac=ROUTER if packet[12] == 198 else MAC) for _, packet in talked)
    path = saved(tmp_path, request(AXIS, ip="10.0.0.7"), *framed)
    device = agreed(capsys, path)[MAC, "10.0.0.7"]
    [host] = [one for one in lines(capsys, "hosts", path) if one.get("ip") == "10.0.0.7"]
    assert host["device"]["version"] == "10.12.1"
    assert (device["system"], device["version"]) == (host["family"], host["flavor"])
    assert host["family"] == "Linux"
    assert main(["devices", path]) == 0
    assert "10.12.1" not in capsys.readouterr().out


def test_hosts_of_one_system_have_their_own_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Devices of which only the system is known are judged once for each system."""
    systems = {"10.0.0.1": WINDOWS_7, "10.0.0.2": LINUX, "10.0.0.3": WINDOWS_7, "10.0.0.4": WINDOWS_10}
    packets = [
        (START + number * SECOND, packet(Ip4(ip, SERVER, 64 if own is LINUX else 128), own))
        for number, (ip, own) in enumerate(systems.items())
    ]
    path = tmp_path / "systems.pcap"
    path.write_bytes(pcap(packets))
    first, linux, second, newer = lines(capsys, "devices", str(path))
    assert [one["type"] for one in (first, second, newer)] == ["computer"] * 3 != [linux["type"]] * 3
    assert [one["system"] for one in (first, second, newer, linux)] == ["Windows"] * 3 + ["Linux"]
    assert first["version"] == second["version"] != newer["version"]
    for one in (first, linux, second, newer):
        assert {(claim["first_seen"], claim["packets"]) for claim in one["evidence"]} <= {
            (one["first_seen"], 1)
        }

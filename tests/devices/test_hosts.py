"""The device of a host's record, from what clients of DHCP say."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from tests.support import segments
from tests.support.devices import dhcp
from tests.support.devices.dhcp import from_client, from_server, message, option
from tests.support.devices.made import MAC, OTHER_MAC, capture, frame, ip_of, mac_of
from tests.support.devices.requests import ANDROID, AXIS, WINDOWS, hosts, request
from tests.support.host_talks import WINDOWS_7
from tests.support.packets import Ip4, Tcp, mss, packet
from tests.support.summaries import document

PHONE = option(60, b"HUAWEI:android:VOG")


def test_a_device_with_an_address() -> None:
    [one] = hosts(request(AXIS))
    assert (one.ip, one.mac, one.mac_local, one.name) == ("192.0.2.7", MAC, False, "192.0.2.7")
    device = one.device
    assert device is not None
    assert (device.type, device.manufacturer, device.model) == ("camera", "Axis", "P3245")
    assert (device.system, device.version) == (None, "10.12.1")
    assert 0.5 < (device.confidence.type or 0) < 1
    assert device.confidence.system is None
    [said] = device.evidence
    assert (said.source, said.model, said.packets, said.relation) == ("dhcp-class", "P3245", 1, "agrees")


def test_an_announced_system_is_the_family_where_no_handshake_names_one() -> None:
    """With the confidence of the announcement. A handshake that names another system is not overridden."""
    [one] = hosts(request(WINDOWS))
    assert one.device is not None
    assert one.family == one.device.system == "Windows"
    assert one.confidence == pytest.approx(one.device.confidence.system, abs=0.001)
    assert (one.flavor, one.version_source) == ("", None)
    [phone] = hosts(request(ANDROID))
    assert (phone.family, phone.flavor, phone.version_source) == ("Android", "13", "announcement")
    [camera] = hosts(request(AXIS))
    assert camera.family is None, "it announces a version, but no system"
    linux = frame(packet(Ip4("192.0.2.7", "198.51.100.2"), Tcp(window=64240)), 0x0800)
    [host] = hosts(request(WINDOWS), linux)
    assert (host.family, host.device) == ("Linux", None)


@pytest.mark.parametrize(
    ("host_name", "expected"),
    [
        ("DESKTOP-AB12CD3", ("computer", None, None, "Windows", "10 or 11")),
        ("DESKTOP-ROOM", None),
        ("someone-HP", None),
        ("HP", None),
        ("HS105", None),
        ("HS105(TP-Link_Smart Plug_AB12)", ("plug", "TP-Link", "HS105", None, None)),
        ("Lyric-00A0AA", ("thermostat", "Honeywell", "Lyric", None, None)),
        ("Lyric", None),
    ],
)
def test_names_by_default(host_name: str, expected: tuple[str | None, ...] | None) -> None:
    """The ends of names come from setup or from a maker, and a name like one of those says nothing."""
    [one] = hosts(request(option(12, host_name.encode())))
    found = one.device
    said = found and (found.type, found.manufacturer, found.model, found.system, found.version)
    assert said == expected


@pytest.mark.parametrize(
    ("ip", "tcp", "type_"),
    [
        (Ip4("192.168.0.7", ttl=30, fragment=0), Tcp(window=4096, options=mss(1460)), "plc"),
        (Ip4("192.168.0.7", ttl=128), WINDOWS_7, "computer"),
        (Ip4("192.168.0.7"), Tcp(), None),
    ],
)
def test_a_system_of_one_kind_of_device_gives_the_type(ip: Ip4, tcp: Tcp, type_: str | None) -> None:
    """A SYN of an S7 controller, of Windows 7, and of Linux, which runs on anything."""
    [one] = hosts(frame(packet(ip, tcp), 0x0800))
    assert (one.device and one.device.type) == type_


@pytest.mark.parametrize("kind", [dhcp.DISCOVER, dhcp.REQUEST, dhcp.INFORM])
def test_a_message_from_an_address_belongs_to_it(kind: int) -> None:
    """Also where it does not state the address, or asks for another one; but not what a relay sends."""
    asked = option(50, bytes((192, 0, 2, 9)))
    sent = from_client(message(PHONE, asked, kind=kind), source="192.0.2.7")
    assert [(one.ip, one.mac, one.device and one.device.type) for one in hosts(sent)] == [
        ("192.0.2.7", MAC, "phone")
    ]
    other = from_client(message(PHONE, kind=kind), source="192.0.2.7", mac=OTHER_MAC)
    relayed = from_client(message(PHONE, kind=kind, giaddr="192.0.2.7"), source="192.0.2.7")
    assert [one.ip for one in hosts(other, relayed) if one.device and one.device.type] == []


def test_a_device_without_an_address_has_its_mac() -> None:
    [one] = hosts(from_client(message(AXIS)))
    assert (one.ip, one.mac, one.name) == (None, MAC, MAC)
    assert str(one) == f"{MAC}: unknown"
    assert one.device is not None
    assert one.device.type == "camera"


def test_a_device_without_an_address_is_found_by_its_mac() -> None:
    inventory = Inventory(hg.Analyzer().database)
    for batch in hg.Analyzer().batches(capture([from_client(message(AXIS)), request(AXIS, mac=OTHER_MAC)])):
        inventory.add(batch)
    assert sorted(map(len, inventory.addresses())) == [4, 6]
    found = inventory.find(MAC)
    assert found is not None
    assert (found.ip, found.mac) == (None, MAC)
    assert inventory.find("00:00:5e:00:53:77") is None
    with pytest.raises(ValueError, match="not an address"):
        inventory.find("00:00:5e:00:53")


def test_conditions_on_addresses_choose_no_device_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.pcap"
    path.write_bytes(capture([from_client(message(AXIS)), request(AXIS, mac=OTHER_MAC)]))
    assert main(["hosts", "--ip", "::/0", str(path)]) == 0
    assert "[Host]" not in capsys.readouterr().out
    assert main(["hosts", "--store", str(tmp_path / "hosts.sqlite"), str(path)]) == 0
    assert main(["hosts", "--store", str(tmp_path / "hosts.sqlite"), str(path)]) == 0
    assert ", news since the last run\n" in capsys.readouterr().out


def test_what_was_said_before_the_address_counts_for_it() -> None:
    answer = from_server(message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.7"))
    found = hosts(from_client(message(AXIS)), answer)
    assert [one.ip for one in found] == ["192.0.2.7", "192.0.2.1"]
    assert found[0].device is not None
    assert found[0].device.model == "P3245"


def test_a_device_that_gets_an_address_counts_once() -> None:
    table = hg.Analyzer().read(capture([from_client(message(AXIS)), request(AXIS)])).hosts
    assert len(table) == len([*table]) == sum(map(len, table.pieces())) == 1


def test_devices_that_have_macs_alone_count() -> None:
    frames = [from_client(message(AXIS, mac=mac), mac=mac) for mac in (MAC, OTHER_MAC)]
    for more in ([], [request(AXIS)]):
        table = hg.Analyzer().read(capture([*frames, *more])).hosts
        assert len(table) == len([*table]) == sum(map(len, table.pieces())) == 2


def test_what_was_said_before_stays_with_its_device() -> None:
    named = (option(60, b"android-dhcp-13"), option(12, b"Galaxy-A34-5G"))
    asked = from_client(message(option(50, bytes((192, 0, 2, 7))), *named, kind=dhcp.REQUEST))
    macs = [f"00:00:5e:00:53:{number:02x}" for number in range(16, 24)]
    others = [from_client(message(AXIS, mac=mac), mac=mac) for mac in macs]
    found = hosts(from_client(message(*named)), asked, *others)
    device = found[0].device
    assert (found[0].ip, device is not None and device.type) == ("192.0.2.7", "phone")
    assert device is not None
    assert {said.source for said in device.evidence} <= {"dhcp-class", "name", "mac"}
    assert [said.packets for said in device.evidence if said.source == "dhcp-class"] == [2]
    assert [one.device and one.device.model for one in found[1:]] == ["P3245"] * len(others)


def test_hosts_with_one_mac_share_the_device_but_not_behind_a_router() -> None:
    both = hosts(request(AXIS), request(ip="192.0.2.8"))
    assert [one.device.model for one in both if one.device] == ["P3245", "P3245"]
    many = hosts(request(AXIS), *(request(ip=f"192.0.2.{number}") for number in range(8, 30)))
    assert [one.device is not None for one in many] == [True] + [False] * 22


@pytest.mark.parametrize("packets", [2, 3, 4])
def test_another_station_is_another_host_of_the_address(packets: int) -> None:
    """Each has what it announced itself."""
    found = hosts(*[request(AXIS)] * 3, *[request(PHONE, mac=OTHER_MAC)] * packets)
    shown = [(one.ip, one.mac, one.device and one.device.type) for one in found]
    assert sorted(shown) == [("192.0.2.7", MAC, "camera"), ("192.0.2.7", OTHER_MAC, "phone")]
    assert all(said.mac == one.mac for one in found if one.device for said in one.device.evidence)


def test_one_frame_of_another_station_is_no_host() -> None:
    """Damaged frames have other MACs, and anonymised captures another one in each."""
    [one] = hosts(*[request(AXIS)] * 3, request(PHONE, mac=OTHER_MAC))
    assert one.device is not None
    assert (one.mac, one.device.type) == (MAC, "camera")


def test_the_type_of_several_claims() -> None:
    [one] = hosts(request(WINDOWS, option(12, b"DESKTOP-ABC1234")), request(AXIS))
    assert one.device is not None
    assert one.device.type == "camera"
    assert {said.relation for said in one.device.evidence} == {"agrees", "contradicts"}


def test_a_local_mac() -> None:
    [one] = hosts(request(ANDROID, mac="da:a1:19:00:00:01"))
    assert one.mac_local is True
    assert one.device is not None
    assert (one.device.system, one.device.version) == ("Android", "13")


def test_what_hosts_announce_is_counted_by_type() -> None:
    frames = (request(AXIS), request(PHONE, ip="192.0.2.8", mac=OTHER_MAC))
    found = document(capture(frames))
    assert found["devices"] == {"phone": 1, "camera": 1}


def test_claims_of_a_host_are_limited() -> None:
    frames = [request(option(60, b"AXIS,Network Camera,P%d,10.1" % number)) for number in range(100)]
    [one] = hosts(*frames)
    assert one.device is not None
    assert len(one.device.evidence) <= 16


def test_claims_of_a_mac_that_move_to_its_address_are_only_there() -> None:
    def discover(mac: str) -> bytes:
        return from_client(
            message(AXIS, option(12, b"iPhone"), option(55, bytes((1, 3, 6, 12, 15, 28, 42))), mac=mac),
            mac=mac,
        )

    answer = from_server(message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.7"))
    others = [discover(f"00:00:5e:00:53:{number:02x}") for number in range(16, 32)]
    found = hosts(discover(MAC), answer, *others, request(ANDROID))
    [moved] = [one for one in found if one.ip == "192.0.2.7"]
    assert moved.device is not None
    assert sorted((said.source, said.packets) for said in moved.device.evidence) == [
        ("dhcp-class", 1),
        ("dhcp-class", 1),
        ("dhcp-list", 1),
        ("name", 1),
    ]
    assert [len(one.device.evidence) for one in found if one.ip is None and one.device] == [3] * 16


@pytest.mark.parametrize(
    ("sender", "family", "flavor"), [(segments.LINUX, "Android", "13"), (segments.WINDOWS, "Windows", "")]
)
def test_announcements_narrow_what_segments_show_and_do_not_override_it(
    sender: segments.SegmentSender, family: str, flavor: str
) -> None:
    """Android has the stack of Linux."""
    own = [frame(data, 0x0800) for _, data in segments.segments(20, sender, "192.0.2.7")]
    made = capture([request(ANDROID), *own])
    [host] = hg.Analyzer(segments=True).read(made).hosts
    assert (host.family, host.flavor) == (family, flavor)
    assert [one.relation for one in host.evidence if one.source == "segments"] == ["agrees"]


def test_texts_that_many_devices_repeat() -> None:
    """More texts than the core remembers, in turn: each device keeps its own."""
    asked = [
        request(option(60, b"AXIS,Network Camera,P%d,1" % number), ip=ip_of(number), mac=mac_of(number))
        for number in range(2500)
    ]
    found = {one.ip: one.device for one in hosts(*asked, *asked)}
    said = {ip: [(one.model, one.packets) for one in of.evidence] for ip, of in found.items() if of}
    assert said == {ip_of(number): [(f"P{number}", 2)] for number in range(2500)}


def test_another_database_reads_known_texts_anew() -> None:
    """Without a name for the text, and with another one."""
    text = "[device]\nlabel = s:plug:B:::\nsig = dhcp-class msft 5.0\n"
    empty = "[device]\nlabel = s:plug:C:::\nsig = name c\n"
    default = hg.Database.load_default()
    kept = Inventory(default)
    for number, database in enumerate((default, *(hg.Database.compile(text=one) for one in (text, empty)))):
        frames = request(WINDOWS, ip=ip_of(number), mac=mac_of(number))
        for batch in hg.Analyzer(database).batches(capture([frames])):
            kept.add(batch)
    found = {one["ip"]: one["device"] and one["device"]["evidence"] for one in kept.values()}
    assert [one["system"] for one in found[ip_of(0)]] == ["Windows"]
    assert [one["manufacturer"] for one in found[ip_of(1)]] == ["B"]
    assert not found[ip_of(2)]

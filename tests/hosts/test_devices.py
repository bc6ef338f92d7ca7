"""``huginn devices``: hosts with one MAC are one device, others are known by their address."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.hosts.devices import COLUMNS, virtual_of
from tests.support.devices import mdns
from tests.support.devices.dhcp import from_client, message, option
from tests.support.devices.made import MAC, OTHER_MAC
from tests.support.devices.requests import ANDROID, AXIS, WINDOWS, request
from tests.support.devices.routers import ROUTER, answered
from tests.support.local_hosts import saved, syn

Device = dict[str, Any]
EXAMPLE = str(Path(__file__).parents[2] / "examples" / "devices.pcap")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["devices", *arguments]) == 0
    return capsys.readouterr().out


def devices(capsys: pytest.CaptureFixture[str], path: str, *options: str) -> list[Device]:
    return [*map(json.loads, run(capsys, "--format", "json", path, *options).splitlines())]


def ips(of: Device) -> set[str]:
    return {one["ip"] for one in of["addresses"]}


def test_a_mac_is_one_device(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With all its addresses, ports and programs; what has no MAC is known by its address."""
    path = saved(
        tmp_path,
        *(request(AXIS, ip="192.0.2.7"), syn("192.0.2.8"), request(AXIS, ip="192.0.2.8")),
        *(request(ANDROID, ip="192.0.2.9", mac=OTHER_MAC), syn("10.0.0.5"), syn("198.51.100.9")),
    )
    camera, phone, local, remote = devices(capsys, path)
    assert (camera["mac"], ips(camera)) == (MAC, {"192.0.2.7", "192.0.2.8"})
    assert (camera["type"], camera["manufacturer"], camera["model"]) == ("camera", "Axis", "P3245")
    assert (camera["system"], camera["client_ports"]) == ("Linux", [80]), "by its SYN"
    assert 0.9 < camera["confidence"]["model"] < 1
    assert camera["evidence"][0]["source"] == "dhcp-class"
    assert camera["first_seen"] < camera["last_seen"]
    assert (phone["mac"], ips(phone), phone["system"]) == (OTHER_MAC, {"192.0.2.9"}, "Android")
    assert [(one["mac"], ips(one), one["local"]) for one in (local, remote)] == [
        (None, {"10.0.0.5"}, True),
        (None, {"198.51.100.9"}, False),
    ]
    assert (local["system"], local["evidence"][0]["source"]) == ("Linux", "syn")


def test_a_router_does_not_merge_the_hosts_behind_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their frames have its MAC, and their TTL shows that they were forwarded."""
    far = [answered(f"10.1.0.{number}", 63) for number in range(1, 30)]
    path = saved(tmp_path, request(AXIS, ip="10.0.0.1", mac=ROUTER), *far, syn("10.1.0.1", ttl=63))
    assert [(one["mac"], ips(one)) for one in devices(capsys, path)] == [
        (ROUTER, {"10.0.0.1"}),
        *((None, {f"10.1.0.{number}"}) for number in range(1, 30)),
    ]


def test_a_forged_claim_stands_beside_the_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The victim keeps its address and its values; both claims are visible, whichever comes last.

    What the other station announced is no evidence about the victim.
    """
    own = [request(AXIS, ip="10.0.0.7")] * 3
    forged = request(WINDOWS, ip="10.0.0.7", mac=OTHER_MAC)
    victim, attacker = devices(capsys, saved(tmp_path, *own, forged, syn("10.0.0.7")))
    assert (victim["mac"], victim["model"], victim["client_ports"]) == (MAC, "P3245", [80])
    assert (attacker["mac"], attacker["type"], attacker["client_ports"]) == (OTHER_MAC, None, [])
    for one in (victim, attacker):
        assert [(of["ip"], of["disputed"]) for of in one["addresses"]] == [("10.0.0.7", True)]
    assert {one["mac"] for one in victim["evidence"]} <= {MAC, None}
    assert "10.0.0.7 (disputed)" in run(capsys, saved(tmp_path, *own, forged))


@pytest.mark.parametrize(
    ("label", "shown", "types"),
    [
        (
            ":Roku:",
            "device of Roku",
            ["media-player", "tv", "speaker", "camera", "doorbell", "light", "plug", "scale"],
        ),
        ("iot-module:Espressif:", "Espressif module", ["iot-module"]),
        (":Nobody:", "device of Nobody", []),
        (":Nobody:X1", "Nobody X1", []),
        ("tv:Roku:", "tv Roku", []),
    ],
)
def test_a_maker_is_shown_without_a_type_and_what_it_builds_stays_open(
    label: str, shown: str, types: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = "mac 00:00:5e:*" if "module" in label else "dhcp-class TheClass"
    own = tmp_path / "own.fp"
    own.write_text(f"[device]\nlabel = s:{label}::\nsig = {kind}\n", "utf-8")
    path = saved(tmp_path, request(option(60, b"TheClass"), mac="00:00:5e:00:53:01"))
    [found] = devices(capsys, path, "--db", str(own))
    assert (found["type"], found["types"]) == (label.partition(":")[0] if "tv" in label else None, types)
    assert f"  {shown}\n" in run(capsys, path, "--db", str(own))


def test_types_that_contradict_each_other_stay_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.fp"
    own.write_text(
        "[device]\nlabel = s:tv:Roku:::\nsig = dhcp-class A\nlabel = s:scale:Roku:::\nsig = dhcp-class B\n",
        "utf-8",
    )
    path = saved(tmp_path, *(request(option(60, one)) for one in (b"A", b"B")))
    [found] = devices(capsys, path, "--db", str(own))
    assert (found["type"], found["manufacturer"], sorted(found["types"])) == (None, "Roku", ["scale", "tv"])


def test_a_device_without_an_address_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.support.devices.dhcp import from_client, message

    path = saved(tmp_path, from_client(message(WINDOWS, kind=1)))
    [one] = devices(capsys, path)
    assert (one["mac"], one["addresses"], one["system"], one["local"]) == (MAC, [], "Windows", True)


@pytest.mark.parametrize(
    ("mac", "word"),
    [
        ("00:00:5e:00:01:17", "vrrp"),
        ("00:00:5e:00:02:17", "vrrp"),
        ("00:00:5e:00:03:17", None),
        ("00:00:0c:07:ac:01", "hsrp"),
        ("00:00:0c:9f:f0:01", "hsrp"),
        ("00:07:b4:00:01:02", "glbp"),
        (MAC, None),
    ],
)
def test_macs_of_virtual_routers(
    mac: str, word: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, request(option(60, b"x"), ip="10.0.0.1", mac=mac))
    [one] = devices(capsys, path)
    assert (one["mac"], one["virtual"], virtual_of(mac)) == (mac, word, word)
    assert (f"({word})" in run(capsys, path)) is (word is not None)


def test_the_table_has_a_heading_for_each_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    addresses = ("10.0.1.9", "10.0.0.9", "10.0.1.10", "10.0.0.255")
    frames = [
        request(option(60, b"x"), ip=ip, mac=f"00:00:5e:00:53:{number:02x}")
        for number, ip in enumerate(addresses)
    ]
    lines = run(capsys, saved(tmp_path, *frames)).splitlines()
    assert [line.split()[0] for line in lines[1:7]] == [
        *("10.0.0.0/24:", "10.0.0.9", "10.0.0.255", "10.0.1.0/24:", "10.0.1.9", "10.0.1.10")
    ]
    lines = run(capsys, saved(tmp_path, *frames[::2])).splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["10.0.1.9", "10.0.1.10"]


def test_many_addresses_of_a_mac_and_many_macs_of_an_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A MAC keeps 256 of its addresses, and counts all of them: it is one device in every view."""
    many = [request(AXIS, ip=f"10.0.{number // 250}.{number % 250 + 1}") for number in range(600)]
    [one] = devices(capsys, path := saved(tmp_path, *many))
    assert (one["mac"], len(one["addresses"]), one["address_count"]) == (MAC, 256, 600)
    assert " and 599 more " in run(capsys, path)
    assert "600 local senders: 1 device listed, 1 with a MAC, 1 named" in run(capsys, path)
    assert "10.0.2.100" in ips(one), "the latest"
    macs = [f"00:00:5e:00:{number // 256:02x}:{number % 256:02x}" for number in range(0x5300, 0x5300 + 600)]
    found = devices(capsys, saved(tmp_path, *(request(AXIS, ip="10.0.0.1", mac=mac) for mac in macs)))
    assert [one["mac"] for one in found] == macs
    assert all(ips(one) == {"10.0.0.1"} for one in found)


def test_a_claimed_address_is_one_sender(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line counts the rows of the table, and each address once, whoever claims it."""
    frames = [request(AXIS, ip="10.0.0.1", mac=mac) for mac in (MAC, OTHER_MAC)]
    frames += [request(AXIS, ip="10.0.0.2"), from_client(message(AXIS, mac=ROUTER), mac=ROUTER)]
    assert "3 local senders: 3 devices listed, 3 with a MAC" in run(capsys, saved(tmp_path, *frames))


def test_the_inventory_bounds_devices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    macs = [f"00:00:5e:00:53:{number:02x}" for number in range(50)]
    path = saved(tmp_path, *(request(AXIS, ip=f"10.0.0.{1 + at}", mac=mac) for at, mac in enumerate(macs)))
    assert main(["devices", "--format", "json", "--max-inventory", "10", path]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 10


def test_conditions_choose_devices(capsys: pytest.CaptureFixture[str]) -> None:
    def chosen(*options: str) -> list[set[str]]:
        return [ips(one) for one in devices(capsys, EXAMPLE, *options)]

    assert chosen("--ip", "192.0.2.22") == [{"192.0.2.22"}]
    assert chosen("--ip", "192.0.2.0/28,192.0.2.40") == [{"192.0.2.1"}, {"192.0.2.40"}]


def test_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each has all devices."""
    found = devices(capsys, EXAMPLE)
    assert tuple(found[0]) == ("event", *COLUMNS), "in this order"
    rows = [*csv.DictReader(StringIO(run(capsys, "--format", "csv", EXAMPLE)))]
    assert tuple(rows[0]) == COLUMNS
    assert [(row["mac"], row["addresses"]) for row in rows] == [
        (one["mac"], "|".join(ips(one))) for one in found
    ]
    ecs = [*map(json.loads, run(capsys, "--format", "ecs", EXAMPLE).splitlines())]
    assert [one["host"]["ip"] for one in ecs] == [[of["ip"] for of in one["addresses"]] for one in found]
    [camera] = [one for one in ecs if one["host"]["ip"] == ["192.0.2.22"]]
    assert camera["device"]["manufacturer"] == "Axis"
    parquet = pytest.importorskip("pyarrow.parquet")
    assert main(["devices", "--format", "parquet", "-o", str(tmp_path / "some.parquet"), EXAMPLE]) == 0
    table = parquet.read_table(tmp_path / "some.parquet")
    assert table.column_names == [*COLUMNS]
    assert table["model"].to_pylist() == [one["model"] for one in found]


def test_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --long, also of a store; without it and a terminal the table has none."""
    first, last = "2026-01-15 10:00:00", "2026-01-15 10:00:01"
    store = str(tmp_path / "hosts.sqlite")
    assert main(["hosts", EXAMPLE, "--store", store, "-o", str(tmp_path / "hosts.txt")]) == 0
    for source, more in (([EXAMPLE], ""), (["--store", store], r"version since +support ends  days behind")):
        heading, server, *_ = run(capsys, "--long", *source).splitlines()
        assert re.search(rf"  first seen  +last seen{more and ' +'}{more}$", heading)
        assert re.search(rf"192\.0\.2\.1 .*  {first}  {last} *$", server)
        assert "2026" not in run(capsys, *source)


@pytest.mark.parametrize(("columns", "has_times"), [(300, True), (60, False)])
def test_a_wide_terminal_shows_times(
    columns: int, has_times: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert ("last seen" in run(capsys, EXAMPLE, "--no-progress")) is has_times


def test_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A MAC is one device at each site, unless it has too many hosts."""
    frames = [
        request(AXIS, ip="10.0.0.7"),
        syn("10.0.0.7"),
        request(AXIS, ip="10.0.0.8"),
        syn("198.51.100.9"),
    ]
    path, every = saved(tmp_path, *frames), str(tmp_path / "all.sqlite")
    for site in ("Oslo", "Rome"):
        store = str(tmp_path / f"{site}.sqlite")
        assert main(["hosts", path, "--store", store, "--sensor", site]) == 0
        assert main(["hosts", "merge", "--site", site, every, store]) == 0
    capsys.readouterr()
    found = [one for one in devices(capsys, "--store", every) if one["local"]]
    assert [(one["site"], one["mac"], ips(one), one["model"]) for one in found] == [
        ("Oslo", MAC, {"10.0.0.7", "10.0.0.8"}, "P3245"),
        ("Rome", MAC, {"10.0.0.7", "10.0.0.8"}, "P3245"),
    ]
    assert "4 local senders: 2 devices listed, 2 with a MAC, 2 named; 2 remote hosts" in run(
        capsys, "--store", every
    )
    ecs = [*map(json.loads, run(capsys, "--format", "ecs", "--store", every).splitlines())]
    assert [one["device"]["model"]["name"] for one in ecs if "device" in one] == ["P3245"] * 2
    parquet = pytest.importorskip("pyarrow.parquet")
    assert main(["devices", "--store", every, "--format", "parquet", "-o", str(tmp_path / "a.parquet")]) == 0
    table = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [(one["model"], ips(one)) for one in table if one["mac"]] == [("P3245", ips(found[0]))] * 2
    assert table[0]["addresses"][0]["first_seen"] == table[0]["first_seen"]


def test_a_mac_with_many_hosts_in_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are one device, as without a store."""
    router = str(tmp_path / "router.sqlite")
    many = [request(AXIS, ip=f"10.0.0.{number}") for number in range(1, 12)]
    assert main(["hosts", saved(tmp_path, *many), "--store", router]) == 0
    capsys.readouterr()
    [one] = devices(capsys, "--store", router)
    assert (one["mac"], one["address_count"], len(one["addresses"])) == (MAC, 11, 11)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [EXAMPLE, "--store", "x"],
        [EXAMPLE, "--format", "eve"],
        [EXAMPLE, "--long", "--format", "json"],
        [EXAMPLE, "--src-only", "--ip", "10.0.0.1"],
        *(
            ["--store", "x", *words.split()]
            for words in ("--since 2026-01-01", "--bpf arp", "--local fd00::/8")
        ),
    ],
)
def test_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices", *arguments]) == 2
    assert capsys.readouterr().err.startswith("huginn: ")


def test_why_of_a_printer_that_only_announces_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = mdns.text(b"P", "_ipp._tcp", b"ty=HP LaserJet 400 M401dn", b"usb_MFG=HP")
    path = saved(tmp_path, mdns.sent(mdns.message(said, mdns.server(b"P", "_ipp._tcp", "p"))))
    assert main(["hosts", path]) == 0
    text = capsys.readouterr().out
    assert "  Device: printer HP LaserJet 400 M401dn" in text
    assert "  Why:    mdns: printer" in text

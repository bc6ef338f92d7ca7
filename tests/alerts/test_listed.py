"""Listed devices: news when one is silent or not of its type, and the view that compares."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from huginn_cffi._native import lib
from huginn_cffi.applications.alerting import delivery as deliveries
from huginn_cffi.applications.alerting.delivery import Delivery, Limits
from huginn_cffi.applications.alerting.known import MOST_DEVICES, KnownDevices
from huginn_cffi.applications.alerting.messages import Message
from huginn_cffi.run.changes import WatchedDevice
from huginn_cffi.store.opening import open_for_marks
from huginn_cffi.store.writer import Writer
from tests.support.alert_events import event
from tests.support.in_process import run_in_process_as_text as run

DAY_NS = 86_400 * 10**9
LISTED = "mac,name,type\n00:16:3e:00:00:01,NAS,\n00:16:3E:00:00:02,Printer,printer\n"


class Kept:
    """A channel that keeps its messages."""

    name, form = "kept", "json"

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, message: Message) -> None:
        self.messages.append(message)


def heard(store: Path, number: int, days: float) -> None:
    """A capture hears a device so many days ago."""
    key = bytes.fromhex(f"00163e0000{number:02x}").ljust(lib.HG_WATCHED_KEY, b"\0")
    with Writer(str(store), "gate/eth0") as writer:
        writer.hand_over([], [WatchedDevice(0, key, time.time_ns() - round(days * DAY_NS))])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "devices.sqlite"


@pytest.fixture
def sent(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Messages of a delivery whose pauses have passed."""
    monkeypatch.setattr(deliveries, "PAUSES_S", (0.0,) * 3)
    (tmp_path / "known.csv").write_text(LISTED)
    return Kept()


def deliver(store: Path, kept: Kept) -> list[str]:
    """The titles so far, after a new start of the program."""
    known = KnownDevices(str(store.parent / "known.csv"))
    delivery = Delivery(str(store), [kept], Limits(0, None), known, lambda line: None)
    delivery.run_once()
    delivery.finish()
    return [one.title for one in kept.messages]


def test_silence_of_a_listed_device_is_news_once(store: Path, sent: Kept) -> None:
    heard(store, 1, 29)
    heard(store, 9, 90)  # not listed
    assert deliver(store, sent) == []
    heard(store, 1, 31)
    silent = ["Silent on gate/eth0: NAS"]
    assert deliver(store, sent) == deliver(store, sent) == silent
    assert "Silent:     for 31 days" in sent.messages[0].lines
    heard(store, 1, 30.5)  # it was back, and fell silent again
    assert deliver(store, sent) == silent * 2


def test_an_erased_mac_leaves_nothing(store: Path, sent: Kept) -> None:
    """Not even a digest, from which its 2^24 neighbours of one maker are tried in seconds."""
    heard(store, 1, 40)
    with Writer(str(store), "gate/eth0") as writer:
        assert writer.watched is not None
        writer.watched.erase(time.time_ns() - 31 * DAY_NS)
        assert [*writer.watched.known()] == []
    assert deliver(store, sent) == []


def test_another_type_than_listed_is_news_once(store: Path, sent: Kept) -> None:
    heard(store, 2, 0)
    for kind, wanted in (("printer", 0), ("computer", 1), ("computer", 1), ("camera", 2)):
        connection = open_for_marks(str(store))
        connection.execute("DELETE FROM host")
        values = {one[1]: 0 for one in connection.execute("PRAGMA table_info(host)") if one[3]}
        values |= {
            "sensor": 1,
            "addr": b"\xc0\0\2\2",
            "ip": "192.0.2.2",
            "mac": "00:16:3e:00:00:02",
            "device_type": kind,
        }
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO host ({', '.join(values)}) VALUES ({marks})", [*values.values()])
        connection.close()
        assert len(deliver(store, sent)) == wanted, kind
    assert sent.messages[0].title == "Not as listed on gate/eth0: Printer, 192.0.2.2"
    assert {"Before:     printer", "Now:        computer"} <= {*sent.messages[0].lines}


KNOWN = """mac,address,name,type
00:00:5e:00:53:15,,Door,camera
00-00-5E-00-53-16,,Reception,printer
,192.0.2.40,Laser,printer
00:00:5e:00:53:99,,Old NAS,
"""


def test_the_view_compares_with_the_list(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text(KNOWN)
    done = run("devices", "--known", str(path), "examples/devices.pcap")
    found = [line.split("  ") for line in done.stdout.splitlines() if "  " in line]
    assert [(one[0].strip(), next(filter(None, one[1:])).strip()) for one in found[1:]] == [
        ("not listed", "192.0.2.21"),
        ("not listed", "192.0.2.1"),
        ("different", "Reception (a printer)"),
        ("not seen", "Old NAS"),
        ("listed", "Door"),
        ("listed", "Laser"),
    ]
    assert done.stdout.endswith("\n2 not listed, 1 different, 1 not seen, 2 listed\n")


INTERFACES = """Name,Device,Type,MAC Address,Description,Tags
eth0,Door,1000BASE-T,00:00:5E:00:53:15,at the gate,
lo,Door,Virtual,,,
wlan0,Old NAS,802.11ax,00:00:5E:00:53:99,,
"""
DEVICES = """Name,Status,Tenant,Site,Role,Manufacturer,Type,IP Address
Laser,Active,Office,Oslo,Print,HP,M401dn,192.0.2.40/24
Shelf,Planned,,Oslo,Shelf,,,
"""


@pytest.mark.parametrize(
    ("text", "listed", "counts"),
    [
        (INTERFACES, {"Door", "Old NAS"}, "4 not listed, 0 different, 1 not seen, 1 listed"),
        (DEVICES, {"Laser"}, "4 not listed, 0 different, 0 not seen, 1 listed"),
    ],
)
def test_exports_of_netbox_are_lists(tmp_path: Path, text: str, listed: set[str], counts: str) -> None:
    """Rows without an address are no devices here; a role of NetBox is no type."""
    path = tmp_path / "netbox.csv"
    path.write_text(text)
    assert {one.name for one in KnownDevices(str(path))} == listed
    done = run("devices", "--known", str(path), "examples/devices.pcap")
    assert done.stdout.endswith(f"\n{counts}\n")
    words = ("--known", str(path), "--learn", "1H", "--webhook", "http://127.0.0.1:9/")
    refused = run("alert", "--store", str(tmp_path / "none.sqlite"), *words)
    assert refused.returncode == 2
    assert "an export of NetBox" in refused.stderr
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("text", "more", "reason"),
    [
        (KNOWN, ("--format", "json"), "--known is for the table: omit --format"),
        (KNOWN, ("--anonymize", "key"), "--known names addresses, which --anonymize replaces"),
        ("name\nDoor\n", (), "the first line names the columns"),
        (None, (), "no such file"),
    ],
)
def test_lists_that_cannot_be_compared(
    tmp_path: Path, text: str | None, more: tuple[str, ...], reason: str
) -> None:
    path = tmp_path / "known.csv"
    if text is not None:
        path.write_text(text)
    done = run("devices", "--known", str(path), *more, "examples/devices.pcap")
    assert done.returncode == 2
    assert reason in done.stderr


def test_a_list_of_100_000_devices_holds_up_no_takeover(store: Path, tmp_path: Path, sent: Kept) -> None:
    """Nor one that is longer, which is read once and told once."""
    path, said = tmp_path / "known.csv", list[str]()
    rows = [
        f"00:16:3e:{n >> 16:02x}:{n >> 8 & 255:02x}:{n & 255:02x},Device {n}\n" for n in range(MOST_DEVICES)
    ]
    path.write_text("".join(["mac,name\n", *rows]))
    with Writer(str(store), "gate/eth0") as writer:
        writer.hand_over([json.dumps(event(7, "address_moved")), json.dumps(event(8))], [])
    known = KnownDevices(str(path))
    delivery = Delivery(str(store), [sent], Limits(0, 3600), known, said.append)
    delivery.run_once()
    delivery.finish()
    assert ["Device 7" in one.title for one in sent.messages] == [True]
    with path.open("a") as file:
        file.write("00:16:3f:00:00:01,One too many\n")
    for _ in range(3):
        delivery.run_once()
    assert [line.partition(": ")[2] for line in said] == [
        "has 100000 devices; no more are learned",
        "has more than 100000 devices; tried again",
    ]
    began = time.process_time()
    for _ in range(10):
        delivery.run_once()
    assert time.process_time() - began < 1
    path.write_text("mac,name\n00:16:3e:00:00:07,Only one\n")
    known.refresh()
    assert [one.name for one in known] == ["Only one"]

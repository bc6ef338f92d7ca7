"""Since when a version was seen, what a store says about a past time, and services by protocol."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.hosts.devices import stored_devices, version_since
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.hosts.objects import Announcement, Device, DeviceConfidence, Evidence, HostPeer
from huginn_cffi.store.opening import open_for_writing
from huginn_cffi.store.reading import COLUMNS, Store, version_times
from huginn_cffi.store.retention import Retention
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from sigcompiler.claims.flavors import label_text
from tests.audit.made import DAY, Printed, audited, policy, rule, store
from tests.support.hosts import BEGAN, UNKNOWN, conclusion, host, port

A, B = "00:00:5e:00:53:0a", "00:00:5e:00:53:0b"
NO_SHARE = DeviceConfidence(None, None, None, None, 0.9)


def run(
    days: tuple[int, int], system: str, version: str, mac: str | None = A, ip: str = "192.0.2.1", **more: Any
) -> Any:
    """What a run of some days saw; the evidence for the version begins with it."""
    first, last = (BEGAN + at * DAY for at in days)
    said = Evidence("user_agent", label_text(system, version), 1, first, last, "segment", "agrees")  # type: ignore[arg-type]
    share = 0.97 if version else None
    values = {**conclusion(system, version, 0.97), "version_confidence": share, "evidence": (said,)}
    return host(ip, mac=mac, local=True, **{"first_seen_ns": first, "last_seen_ns": last, **values, **more})


def firmware(days: tuple[int, int], version: str) -> Any:
    """What a device announced that names no system."""
    first, last = (BEGAN + at * DAY for at in days)
    said = Announcement("ssdp", None, None, None, None, version, 1, first, last, "segment", A, "agrees")  # type: ignore[arg-type]
    device = Device("printer", "HP", None, None, version, NO_SHARE, (said,))
    return host(mac=A, local=True, first_seen_ns=first, last_seen_ns=last, **UNKNOWN, device=device)


def kept(path: Path, *runs: Any, forget: bool = False) -> dict[str, int | None]:
    """For each device, by MAC, the day since when its version was seen."""
    connection, lock = open_for_writing(str(path))
    for one in runs:
        Upserts(connection, "", "gate").write(in_order([one]))
    if forget:
        Retention(connection).forget(now=True)
    connection.close()
    lock.release()
    with Store(str(path)) as opened:
        times = version_times(opened.connection)
        rows = (dict(zip(COLUMNS, values, strict=True)) for values in opened.rows())
        found = {one["mac"]: version_since(one, times) for one in stored_devices(rows, NetworkCards())}
    return {mac: day(since) if since else None for mac, since in found.items()}


def day(time: str) -> int:
    from huginn_cffi.base.times import parse_time

    return (parse_time(time) - BEGAN) // DAY


UPDATED = [run((0, 20), "Android", "13"), run((21, 40), "Android", "14"), run((41, 89), "Android", "14")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_an_update(tmp_path: Path, order: tuple[int, ...]) -> None:
    path = tmp_path / "hosts.sqlite"
    assert kept(path, *(UPDATED[at] for at in order)) == {A: 21}
    assert kept(path, *UPDATED) == {A: 21}  # read again
    assert kept(path, forget=True) == {A: 21}  # the parts before day 59 become one


def test_an_update_within_a_run(tmp_path: Path) -> None:
    """The host is written again and again, with the same begin."""
    first, second = run((0, 20), "Android", "13"), run((21, 40), "Android", "14", first_seen_ns=BEGAN)
    assert kept(tmp_path / "hosts.sqlite", first, second) == {A: 21}


def test_reinstalled(tmp_path: Path) -> None:
    """Android, then Linux without a version, then the same Android; and a version that was there before."""
    before, other = run((0, 20), "Android", "13"), run((21, 40), "Linux", "")
    assert kept(tmp_path / "a.sqlite", before, other) == {A: None}
    assert kept(tmp_path / "a.sqlite", run((41, 89), "Android", "13")) == {A: 41}
    assert kept(tmp_path / "b.sqlite", *UPDATED, run((90, 91), "Android", "13")) == {A: 90}
    # Of a time without a version nothing follows.
    runs = [run((0, 20), "Android", "13"), run((21, 40), "Android", ""), run((41, 89), "Android", "13")]
    assert kept(tmp_path / "c.sqlite", *runs) == {A: 0}


def test_what_was_between_stays_known_when_runs_become_one(tmp_path: Path) -> None:
    """A store keeps 32 runs of a holder; of what 90 runs showed, a day may be lost, but none is wrong."""

    def systems(until: int) -> Iterator[tuple[str, str]]:
        for at in range(90):
            yield ("Linux", "") if 30 <= at < until else ("Android", "13")

    for until, since in ((30, 0), (40, None), (89, 89)):
        runs = [run((at, at), system, version) for at, (system, version) in enumerate(systems(until))]
        assert kept(tmp_path / f"{until}.sqlite", *runs) == {A: since}


def test_a_device_whose_packets_show_another_system(tmp_path: Path) -> None:
    """The system of a NAS has a name of its own; its stack is Linux's."""

    def nas(at: int, version: str) -> Any:
        times = (BEGAN + at * DAY, BEGAN + at * DAY)
        said = Announcement("ssdp", None, None, None, "DSM", version, 1, *times, "segment", A, "agrees")  # type: ignore[arg-type]
        device = Device("nas", "Synology", None, "DSM", version, NO_SHARE, (said,))
        return run((at, at), "Linux", "", device=device)

    assert kept(tmp_path / "a.sqlite", *(nas(at, "7.2" if at > 4 else "7.1") for at in range(20))) == {A: 5}


def test_new_holders(tmp_path: Path) -> None:
    """A device has its version at each of its addresses, not that of the device before it."""
    runs = [run(days, "Android", "14", mac) for days, mac in (((0, 20), B), ((30, 40), A), ((50, 89), B))]
    assert kept(tmp_path / "a.sqlite", *runs) == {A: 30, B: 0}
    runs = [run((0, 20), "Android", "14"), run((30, 40), "Android", "14", ip="192.0.2.9")]
    assert kept(tmp_path / "b.sqlite", *runs) == {A: 0}
    changed = run((0, 40), "Android", "14", None, last_change_ns=BEGAN + 25 * DAY)
    assert kept(tmp_path / "c.sqlite", changed) == {None: 25}


@pytest.mark.parametrize(
    ("system", "version"),
    [
        ("Windows", "11 or 2025"),
        ("Windows", "10, 11, 2019, 2022 or 2025"),
        ("macOS", "10.15 or newer"),
        ("iOS", ""),
        ("Linux", "5.x"),
        ("Linux", "5.x or 6.x"),
    ],
)
def test_a_frozen_version_has_no_time(tmp_path: Path, system: str, version: str) -> None:
    assert kept(tmp_path / "hosts.sqlite", run((0, 89), system, version)) == {A: None}


def test_announced_firmware_and_what_a_store_forgets(tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "hosts.sqlite"
    runs = [
        firmware(days, version) for days, version in (((0, 9), "2.1"), ((10, 19), "2.2"), ((20, 25), "2.2"))
    ]
    assert kept(path, *runs) == {A: 10}
    assert main(["devices", "--long", "--store", str(path)]) == 0
    heading, line, *_ = capsys.readouterr().out.splitlines()
    assert line[heading.index("version since") :].strip() == "2023-11-24 22:13:20"
    for require, status in (("version_since < '2023-11-25'", 0), ("version_since > '2023-11-25'", 1)):
        rules = policy(tmp_path, rule("a", require, of='"devices"'))
        assert audited(capsys, rules, "--store", str(path))[0] == status
    later = run((90, 91), "Linux", "", B, ip="192.0.2.9")
    assert kept(path, later, forget=True)[None] is None
    with Store(str(path)) as opened:
        assert version_times(opened.connection) == {}


def test_a_past_time(tmp_path: Path, capsys: Printed) -> None:
    """Two devices had the address in turn; the second one answers telnet."""
    path = tmp_path / "hosts.sqlite"
    telnet = port(23, "server", last_seen_ns=BEGAN + 33 * DAY)
    kept(path, run((0, 20), "Linux", ""), run((30, 40), "Windows", "7", B, ports=(telnet,)))
    rules = policy(
        tmp_path,
        rule("No Windows", "family != 'Windows'", of='"holders"', claims="true"),
        rule("No telnet", "port != 23", of='"services"'),
    )
    for at, verdicts in (
        ("2023-11-20", ["passes", "cannot be told"]),
        ("2023-12-10", ["cannot be told", "cannot be told"]),  # nobody was seen
        (
            "2023-12-14",
            ["fails", "cannot be told"],
        ),  # telnet may have begun later
        ("2023-12-17", ["fails", "fails"]),
        ("2023-12-20", ["fails", "cannot be told"]),
    ):
        lines = audited(capsys, rules, "--store", str(path), "--at", at)[1]
        found = sorted(line.partition(":")[0].partition(" (")[0] for line in lines[:-1])
        assert found == sorted(verdicts), at
    for more in (
        (str(path),),
        ("--store", str(path), "--init"),
        ("--store", str(path), "--since", "2023-11-20"),
    ):
        assert main(["audit", rules, *more, "--at", "2023-11-20"]) == 2


def test_what_was_before_a_later_change_cannot_be_told(tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "hosts.sqlite"
    kept(path, run((0, 20), "Linux", "", None, last_change_ns=BEGAN + 10 * DAY))
    rules = policy(tmp_path, rule("Linux", "family = 'Linux'", claims="true"))
    for at, verdict in (("2023-11-20", "cannot be told"), ("2023-11-30", "passes")):
        assert audited(capsys, rules, "--store", str(path), "--at", at)[1][0].startswith(verdict)


def test_services_by_protocol(tmp_path: Path, capsys: Printed) -> None:
    """SSH at another port; TLS at port 22; and a service whose protocol nothing shows."""

    def of(number: int, protocol: str | None) -> HostPeer:
        return HostPeer("192.0.2.9", "from", number, protocol, 1, 1, BEGAN, BEGAN)  # type: ignore[arg-type]

    uses = ((2222, "ssh"), (22, "tls"), (8080, None))
    path = store(
        tmp_path,
        *(
            host(f"192.0.2.{at}", ports=(port(number, "server"),), peers=(of(number, protocol),))
            for at, (number, protocol) in enumerate(uses)
        ),
    )
    rules = policy(tmp_path, rule("No SSH", "protocol != 'ssh'", of='"services"'))
    lines = audited(capsys, rules, "--store", path)[1]
    assert [line.split(": ")[2][:9] for line in lines[:-1]] == ["192.0.2.0", "1 of 3 se"]

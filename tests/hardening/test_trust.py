"""Who can change what is said of a host: docs/hardening.md, "Trust".

The expected records are written by hand: a claim either changes nothing, or is shown beside those of the
victim as one that contradicts them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.store.reading import Store
from tests.devices.made import MAC, capture, rendered
from tests.summary.test_document import document
from tests.support import hostile
from tests.support.hostile import (
    ANNOUNCEMENTS,
    COUNTED,
    NEIGHBOUR,
    ROUTED,
    SENDERS,
    TUNNEL,
    VICTIM,
    VICTIM_6,
    genuine,
)

CONTRADICTS = {
    ("dhcp_of_the_sender", "counted"): "remote",
    ("dhcp_of_the_sender", "neighbour"): "segment",
    ("dhcp6_solicit", "counted"): "segment",  # routers do not pass on link-local addresses
    ("dhcp6_solicit", "neighbour"): "segment",
    ("mdns_answer", "neighbour"): "segment",
    ("ssdp_alive", "counted"): "remote",
    ("ssdp_alive", "neighbour"): "segment",
    ("netbios_host", "counted"): "remote",
    ("netbios_host", "neighbour"): "segment",
    ("smb_setup", "counted"): "remote",
    ("smb_setup", "neighbour"): "segment",  # TTL 255: no router passed it on
}
"""The scope of what is shown beside the victim's claims. All else changes nothing."""

OWN_RECORDS = {
    ("lldp_switch", "neighbour"),
    ("cdp_phone", "neighbour"),
    ("lldp_switch", "routed"),
    ("cdp_phone", "routed"),
}
OWN_RECORDS |= {("lldp_switch", "counted"), ("cdp_phone", "counted")}
"""Frames without IP on the segment: their senders have records of their own."""


def records(*frames: bytes) -> dict[str, dict[str, Any]]:
    analyzer = hg.Analyzer()
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(capture(frames)):
        inventory.add(batch)
    return {one["ip"] or one["mac"]: one for one in inventory.values()}


def timeless(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**said, "first_seen": 0, "last_seen": 0} for said in evidence]


ALONE = records(*genuine())


@pytest.mark.parametrize("by", SENDERS, ids=lambda one: one.name)
@pytest.mark.parametrize("made", ANNOUNCEMENTS)
@pytest.mark.parametrize("first", [False, True], ids=["after", "before"])
def test_forged_announcements(made: str, by: hostile.Sender, first: bool) -> None:
    forged = ANNOUNCEMENTS[made](by)
    frames = [forged, *genuine()] if first else [*genuine(), forged]
    found = records(*frames)
    case = (made, by.name)
    for ip in (VICTIM, VICTIM_6):
        one, alone = found.pop(ip), ALONE[ip]
        evidence = [said for said in one["device"]["evidence"] if said["scope"] == "own"]
        others = [said for said in one["device"]["evidence"] if said["scope"] != "own"]
        assert (one["mac"], one["family"]) == (MAC, alone["family"])
        assert {**one["device"], "evidence": 0} == {**alone["device"], "evidence": 0}
        assert timeless(evidence) == timeless(alone["device"]["evidence"])
        if case in CONTRADICTS and ip == (VICTIM_6 if "6" in made else VICTIM):
            assert {said["scope"] for said in others} == {CONTRADICTS[case]}
            assert "contradicts" in {said["relation"] for said in others}
            assert {said["mac"] for said in others} == {by.mac}
        else:
            assert others == []
    assert len(found) == (case in OWN_RECORDS)


def test_the_victim_is_a_phone() -> None:
    """Both addresses have one MAC and share their claims."""
    for ip in (VICTIM, VICTIM_6):
        device = ALONE[ip]["device"]
        assert (device["type"], device["system"], device["version"]) == ("phone", "Android", "14")
        assert [(said["source"], said["packets"], said["mac"]) for said in device["evidence"]] == [
            ("dhcp-class", 40, MAC)
        ]


@pytest.mark.parametrize("by", [ROUTED, TUNNEL], ids=lambda one: one.name)
def test_every_forged_announcement_is_an_event_and_counted(by: hostile.Sender) -> None:
    in_ip = [made for name, made in ANNOUNCEMENTS.items() if name not in ("lldp_switch", "cdp_phone")]
    carried = [made(by) for made in in_ip]  # others are not looked for in tunnels
    text, stats = rendered(*carried)
    assert text.count('"scope":"none"') == len(carried)
    of_others = stats.announcements_of_others
    assert stats.announcements_tunnelled + stats.announcements_routed + of_others == len(carried)
    assert (stats.announcements_routed if by is TUNNEL else stats.announcements_tunnelled) == 0


def test_all_views(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A store, texts and the summary have the victim's device after all that outsiders can send."""
    path, store = tmp_path / "in.pcap", str(tmp_path / "hosts.sqlite")
    forged = [
        made(by)
        for by in (ROUTED, TUNNEL, COUNTED)
        for name, made in ANNOUNCEMENTS.items()
        if name[:3] != "lld"
    ]
    whole = [*genuine(), *forged, *forged]
    for frames in ([*genuine()], whole, forged):  # the last one a run that never met the victim
        path.write_bytes(capture(frames))
        assert main(["hosts", str(path), "--store", store, "-o", str(tmp_path / "out")]) == 0
    with Store(store) as opened:
        [one] = [one for one in opened.latest() if one.ip == VICTIM]
    assert (one.mac, one.device_type, one.device_system, one.device_model) == (MAC, "phone", "Android", None)
    path.write_bytes(capture(whole))
    assert main(["hosts", "--ip", VICTIM, str(path)]) == 0
    text = capsys.readouterr().out
    assert f"  Device: phone, Android 14 (97 %)\n  MAC:    {MAC}\n" in text
    devices = document(capture(whole))["devices"]
    assert devices.pop("phone") == 1
    assert devices == {"voip-phone": 1}


def test_one_sender_invents_no_hosts() -> None:
    """Addresses that DHCP names are hosts when they send something themselves."""
    asked = [
        hostile.framed(
            hostile.IP,
            hostile.udp(67, hostile.dhcp.message(kind=hostile.dhcp.INFORM, ciaddr=ip), sport=68),
            mac=MAC,
        )
        for ip in (f"192.0.2.{number}" for number in range(20, 120))
    ]
    assert [*records(*asked)] == []
    given = [
        hostile.dhcp_ack(NEIGHBOUR._replace(mac=f"00:00:5e:00:53:{number:02x}")) for number in range(100)
    ]
    assert [*records(*given)] == []
    starving = [
        hostile.dhcp.from_client(hostile.dhcp.message(hostile.AXIS, mac=f"00:00:5e:00:54:{number:02x}"))
        for number in range(100)
    ]
    assert [*records(*starving)] == []
    moving = [
        hostile.dhcp.from_client(
            hostile.dhcp.message(
                hostile.dhcp.option(50, bytes((192, 0, 2, number))), kind=hostile.dhcp.REQUEST
            )
        )
        for number in range(20, 120)
    ]
    assert [*records(*moving)] == ["192.0.2.119"]

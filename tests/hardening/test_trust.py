"""Who can change what is said of a host: docs/reference/hardening.md, "Trust".

The expected records are written by hand: a claim either changes nothing, or is shown beside those of the
victim as one that contradicts them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.lines import DEVICE_VALUES
from huginn_cffi.store.reading import Store
from tests.support import hostile, tunnels
from tests.support.api_vectors import ANY_LINUX, XP
from tests.support.devices import dhcp
from tests.support.devices.made import MAC, capture, rendered
from tests.support.forged import DATA, OTHER_HELLO, opened, quic, within
from tests.support.hostile import (
    ANNOUNCEMENTS,
    COUNTED,
    NEIGHBOUR,
    ROUTED,
    SENDERS,
    TUNNEL,
    VICTIM,
    VICTIM_6,
    framed_ip,
    from_victim,
    genuine,
)
from tests.support.packets import ACK, PSH, Ip, Ip4, Ip6, Tcp, mss, packet
from tests.support.summaries import document
from tests.support.tls.conversation import record
from tests.support.tunnelled_hosts import inventory_of

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
OWN_RECORDS |= {("dhcp_asked", "counted"), ("dhcp_asked", "neighbour"), ("dhcp_ack", "neighbour")}
"""Frames without IP on the segment, and DHCP messages from the sender's own address: those who sent them have
records of their own."""


def records(*frames: bytes) -> dict[str, dict[str, Any]]:
    """Of the hosts outside tunnels."""
    analyzer = hg.Analyzer()
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(capture(frames)):
        inventory.add(batch)
    return {one["ip"] or one["mac"]: one for one in inventory.values() if one["tunnel"] is None}


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


def test_forged_announcements_against_a_device_that_its_name_describes() -> None:
    """A name is the weakest of a device's own claims, and still above all that others say of it."""
    own = from_victim(dhcp.option(60, b"android-dhcp-14"), dhcp.option(12, b"Pixel-8"))
    alone = records(own)[VICTIM]["device"]
    assert (alone["type"], alone["manufacturer"]) == ("phone", "Google")
    for made in ANNOUNCEMENTS.values():
        for by in SENDERS:
            found = records(own, made(by))[VICTIM]["device"]
            assert {**found, "evidence": 0} == {**alone, "evidence": 0}


def test_the_victim_is_a_phone() -> None:
    """Both addresses have one MAC and share their claims."""
    for ip in (VICTIM, VICTIM_6):
        device = ALONE[ip]["device"]
        values = [device[field] for field in ("type", "manufacturer", "model", "system", "version")]
        assert values == ["phone", "Huawei", "VOG", "Android", None]
        assert [(said["source"], said["packets"], said["mac"]) for said in device["evidence"]] == [
            ("dhcp-class", 40, MAC)
        ]


@pytest.mark.parametrize("by", [ROUTED, TUNNEL], ids=lambda one: one.name)
def test_every_forged_announcement_is_an_event_and_counted(by: hostile.Sender) -> None:
    in_ip = [made for name, made in ANNOUNCEMENTS.items() if name not in ("lldp_switch", "cdp_phone")]
    carried = [made(by) for made in in_ip]  # others are not looked for in tunnels
    text, stats = rendered(*carried, protocols=PROTOCOLS)
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
        held = {
            one["mac"]: [one[f"device_{name}"] for name in DEVICE_VALUES] for one in opened.holders(VICTIM)
        }
    assert held.pop(MAC) == ["phone", "Huawei", "VOG", "Android", None]
    assert held.pop(None)[:2] == ["switch", "Cisco"], "a holder of the run that saw no MAC"
    assert [one[:3] for one in held.values()] == [["voip-phone", "Cisco", "CP-7941"]], "by CDP"
    path.write_bytes(capture(whole))
    assert main(["hosts", "--ip", VICTIM, str(path)]) == 0
    text = capsys.readouterr().out
    assert f"  Device: phone Huawei VOG, Android (98 %)\n  MAC:    {MAC}\n" in text
    devices = document(capture(whole))["devices"]
    assert devices.pop("phone") == 1
    assert devices == {"voip-phone": 1}, "the sender, by its CDP"


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
    assert [*records(*given)] == ["192.0.2.1"]
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


CLIENTS = (Ip4(VICTIM, "198.51.100.9"), Ip6("2001:db8::7", "2001:db8::9"))
CLAIM = b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: Mozilla/5.0 (Windows NT 5.1) Firefox/52.0\r\n\r\n"


def blind(ip: Ip, data: bytes) -> list[bytes]:
    """All that a client sends, from somebody who sees none of the answers."""
    sent = Tcp(sport=50001, seq=10, ack=77, flags=ACK | PSH, options=b"", payload=data)
    return [packet(ip, replace(XP, sport=50001, seq=9)), packet(ip, sent)]


def answered(ip: Ip) -> list[bytes]:
    """A SYN, the answer to the victim, and what a victim does with it."""
    syn = replace(XP, sport=50001, seq=9)
    refused = Tcp(sport=50001, seq=10, flags=4, options=b"")
    back = replace(ip, source=ip.destination, destination=ip.source, ttl=64)
    return [packet(ip, syn), packet(back, answer_to(syn)), packet(replace(ip, ttl=64), refused)]


def answer_to(syn: Tcp) -> Tcp:
    return replace(ANY_LINUX, sport=syn.dport, dport=syn.sport, seq=5000, ack=syn.seq + 1, flags=18)


CONNECTIONS: dict[str, Callable[[Ip], list[bytes]]] = {
    "syn": lambda ip: [packet(ip, replace(XP, sport=50001))],
    "syns": lambda ip: [packet(ip, replace(XP, sport=50001 + at)) for at in range(9)],
    "syn of a known connection": lambda ip: [packet(ip, replace(XP, seq=9))],
    "answered syn": answered,
    "syn with data": lambda ip: [packet(ip, replace(XP, sport=50001, payload=record(OTHER_HELLO)))],
    "fragment of a syn": lambda ip: [
        packet(
            replace(ip, fragment=0x2000)
            if isinstance(ip, Ip4)
            else replace(ip, extensions=((44, bytes((0, 0, 1, 0, 0, 0, 9))),)),
            replace(XP, sport=50001),
        )
    ],
    "syn+ack": lambda ip: [packet(ip, replace(XP, sport=445, flags=18, ack=7))],
    "hello": lambda ip: blind(ip, record(OTHER_HELLO)),
    "request": lambda ip: blind(ip, CLAIM),
    "segment": lambda ip: [packet(ip, Tcp(sport=50001, flags=ACK | PSH, ack=77, payload=CLAIM, options=b""))],
    "quic": lambda ip: quic(ip),
}
"""What anybody can send in the name of a client of TCP."""

KEPT = ("family", "flavor", "confidence", "version_confidence", "agreement", "policy", "systems")
KEPT += (
    "witnesses",
    "distance",
    "language",
    "contradictions",
    "findings",
    "last_change",
    "last_sharing",
    "dishonest",
    "mac",
    "link",
    "mtu",
    "uptime_minutes",
    "uptime_hz",
    "uptime_points",
    "host_change",
    "ip_sharing",
    "changes",
    "client_ports",
    "server_ports",
)


def browsing(ip: Ip) -> list[bytes]:
    """Two connections that the victim completes: TLS and HTTP."""
    first, second = opened(ip), opened(ip, replace(ANY_LINUX, sport=40001), DATA["request"])
    return [framed_ip(data, MAC) for _, data in [*first, *second]]


@pytest.mark.parametrize("ip", CLIENTS, ids=["4", "6"])
@pytest.mark.parametrize("by", SENDERS, ids=lambda one: one.name)
@pytest.mark.parametrize("kind", CONNECTIONS)
@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_forged_connections(kind: str, by: hostile.Sender, ip: Ip, when: str) -> None:
    """A host that completes handshakes keeps its system. What others say for it stands beside that."""
    sent = CONNECTIONS[kind](replace(ip, ttl=108 if by is ROUTED else 128))
    forged = [by.carried(framed_ip(data, by.mac)) for data in sent]
    own = browsing(ip)
    at = {"before": 0, "between": 1, "after": len(own)}[when]
    one = records(*own[:at], *forged, *forged, *own[at:])[ip.source]
    alone = records(*own)[ip.source]
    assert {key: one[key] for key in KEPT} == {key: alone[key] for key in KEPT}
    readings = [(said["name"], said["relation"]) for said in one["evidence"] if said["source"] == "syn"]
    assert readings[0] == (LINUX[isinstance(ip, Ip6)], "agrees")
    assert {relation for _, relation in readings[1:]} <= {"contradicts"}
    assert all(name.startswith("Windows") for name, _ in readings[1:])


def completed(ip: Ip, sport: int, answers: Sequence[Tcp] = (), ack: int = 5001, seq: int = 1) -> list[bytes]:
    """A connection without data: its SYN, answers, and the client's acknowledgement."""
    syn = replace(ANY_LINUX, sport=sport, dport=22)
    back = replace(ip, source=ip.destination, destination=ip.source)
    last = replace(syn, seq=syn.seq + seq, ack=ack, flags=ACK, options=b"")
    said = [packet(back, answer) for answer in answers or [answer_to(syn)]]
    return [framed_ip(data, MAC) for data in [packet(ip, syn), *said, packet(ip, last)]]


OTHER = replace(XP, dport=2222, options=mss(1400) + XP.options[4:])
SYNS = [replace(OTHER, sport=sport) for sport in range(51000, 51030)]


@pytest.mark.parametrize("tunnelled", [False, True])
@pytest.mark.parametrize("ip", CLIENTS, ids=["4", "6"])
def test_a_handshake_alone_proves_its_ends(ip: Ip, tunnelled: bool) -> None:
    """Protocols that are not read, such as SSH: forged SYNs before, within and after change nothing."""

    def hosts(frames: list[bytes]) -> list[dict[str, Any]]:
        wrapped = [within(tunnels.OUTER, tunnels.vxlan(data), tunnels.VXLAN) for data in frames]
        inventory = inventory_of(capture([framed_ip(data, MAC) for data in wrapped] if tunnelled else frames))
        return [{key: one[key] for key in KEPT} for one in inventory.values()]

    forged = [framed_ip(packet(replace(ip, ttl=128), syn), MAC) for syn in SYNS]
    own = [completed(ip, 40000 + at) for at in range(2)]
    alone = hosts([*own[0], *own[1]])
    assert [one["family"] for one in alone] == ["Linux", "Linux"]
    assert hosts([*forged, *own[0], *forged, *own[1], *forged]) == alone
    assert hosts([*own[0][:2], *forged, own[0][2], *own[1]]) == alone


@pytest.mark.parametrize(
    "wrong",
    [{"ack": 5002}, {"ack": 77}, {"seq": 2}],
    ids=["beyond the answer", "guessed", "not the next byte"],
)
def test_a_wrong_acknowledgement_proves_nothing(wrong: dict[str, int]) -> None:
    """As that of a forger who does not see the answer: all SYNs count."""
    forged = [framed_ip(packet(Ip4(ttl=128), syn), MAC) for syn in SYNS]
    one = records(*completed(Ip4(), 40000, **wrong), *forged)["192.0.2.1"]
    assert one["family"] == "Windows or Linux"


def test_captures_have_connections_of_their_own() -> None:
    """Packets of each are numbered from 1, and what one left open is not completed by another."""
    analyzer = hg.Analyzer()
    inventory = Inventory(analyzer.database)
    proven, begun = completed(Ip4(), 40000), [framed_ip(packet(Ip4(ttl=128), SYNS[0]), MAC)]
    other = completed(replace(Ip4(), source="192.0.2.9"), 40000)
    for frames in (proven, begun, other[1:], begun, other):
        for batch in analyzer.batches(capture(frames)):
            inventory.add(batch)
    alone = records(*proven)["192.0.2.1"]
    found = next(one for one in inventory.values() if one["ip"] == "192.0.2.1")
    assert {key: found[key] for key in KEPT} == {key: alone[key] for key in KEPT}


@pytest.mark.parametrize("forged_first", [True, False])
def test_a_forged_answer_is_not_that_of_the_server(forged_first: bool) -> None:
    """Two answers to a SYN: the client says whose it took, and the event has the first."""
    real = replace(ANY_LINUX, sport=22, dport=40000, seq=5000, ack=ANY_LINUX.seq + 1, flags=18)
    false = replace(XP, sport=22, dport=40000, seq=9000, ack=real.ack, flags=18)
    proven = completed(Ip4(), 40001, ack=5001)
    disputed = completed(Ip4(), 40000, [false, real] if forged_first else [real, false])
    server = Ip4().destination
    found = records(*proven, *disputed)[server]
    alone = records(*proven)[server]
    assert (found["family"], found["findings"]) == (alone["family"], alone["findings"])


LINUX = ("Linux 4.19 or newer with larger buffers, or 6.16 or newer", "Linux 4.19 or newer")


@pytest.mark.parametrize("ip", CLIENTS, ids=["4", "6"])
def test_unanswered_syns_name_a_host_that_completes_nothing(ip: Ip) -> None:
    """As a scan does, and a capture of one direction."""
    one = records(
        *(framed_ip(packet(replace(ip, ttl=128), replace(XP, sport=p)), MAC) for p in (50001, 50002))
    )
    assert (one[ip.source]["family"], one[ip.source]["agreement"]) == ("Windows", 1.0)
    first = one[ip.source]["evidence"][0]
    assert (first["packets"], first["relation"]) == (2, "agrees")


def test_completed_connections_of_two_systems_are_several() -> None:
    """A proof of each, in turns: address translation, which is found as without forged SYNs."""
    frames = []
    for number in range(12):
        syn, ttl = ((ANY_LINUX, 64), (XP, 128))[number % 2]
        frames += opened(Ip4(VICTIM, "198.51.100.9", ttl=ttl), replace(syn, sport=41000 + number))
    one = records(*(framed_ip(data, MAC) for _, data in frames))[VICTIM]
    assert (one["systems"], one["findings"]) == (2, ["several_systems", "contradicting_systems"])


def test_forged_names_leave_room_for_proven_ones(tmp_path: Path) -> None:
    """Of 100 forged systems as many are kept as there is room for, and two make room.

    One for the SYN, and one for the ClientHello, which nothing names.
    """
    made = "".join(
        f"label = s:unix:System {window}:\nsig = *:64:0:*:{window},*:mss,sok,ts,nop,ws:df,id+:0\n"
        for window in range(2000, 2101)
    )
    path = tmp_path / "many.fp"
    path.write_text(f"classes = unix\n[tcp:request]\n{made}")
    ip = Ip4(VICTIM, "198.51.100.9")
    forged = [packet(ip, replace(ANY_LINUX, sport=port, window=port)) for port in range(2000, 2100)]
    own = [data for _, data in opened(ip, replace(ANY_LINUX, window=2100))]
    analyzer = hg.Analyzer(hg.Database.compile(path))
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(capture([framed_ip(data, MAC) for data in [*forged, *own]])):
        inventory.add(batch)
    one = next(one for one in inventory.values() if one["ip"] == VICTIM)
    assert (one["family"], one["agreement"], len(one["sightings"])) == ("System 2100", 1.0, 63)
    assert [said["relation"] for said in one["evidence"]] == ["agrees"] + 62 * ["contradicts"]

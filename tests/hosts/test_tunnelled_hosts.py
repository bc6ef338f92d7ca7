"""A host in a tunnel is not the host that has the same address outside.

Anybody can send a datagram that looks like a tunnel with the packets of others in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.store.reading import Store
from huginn_cffi.store.writer import Writer
from tests.support import tunnels
from tests.support.api_vectors import ANY_LINUX, XP
from tests.support.captures import pcap
from tests.support.devices import mdns
from tests.support.forged import DATA, OTHER_HELLO, OUTERS, TUNNELS, framed, opened, within
from tests.support.hosts import source_of
from tests.support.packets import ACK, PSH, Ip, Ip4, Ip6, Tcp, packet
from tests.support.tls.conversation import record
from tests.support.tunnelled_hosts import inventory_of

ETHERNET = 1
IPS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["4", "6"])
OTHER_REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: Wget/1.21\r\nAccept-Language: de\r\n\r\n"
LINUX_AGENT = b"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
BACK = replace(tunnels.OUTER, source=tunnels.OUTER.destination, destination=tunnels.OUTER.source)
GOES_ON = replace(ANY_LINUX, seq=ANY_LINUX.seq + 1, ack=5001, flags=ACK | PSH, options=b"")
VXLAN = "vxlan between 203.0.113.1 and 203.0.113.2, network 4711"


def capture(frames: Iterable[bytes]) -> bytes:
    """IP packets, a millisecond apart."""
    return pcap([(10**18 + at * 10**6, framed(one)) for at, one in enumerate(frames)], ETHERNET)


def outside(inventory: Inventory) -> list[dict[str, Any]]:
    return [one for one in inventory.values() if one["tunnel"] is None]


def victim(ip: Ip) -> list[bytes]:
    """A Linux with a hello and a request."""
    packets = opened(ip) + opened(ip, replace(ANY_LINUX, sport=40001), DATA["request"])
    return [data for _, data in packets]


def with_victim(ip: Ip, others: Iterable[bytes]) -> Inventory:
    """Of its packets with others before and after them."""
    return inventory_of(capture([*others, *victim(ip), *others]))


def announced(ip: Ip) -> bytes:
    """An mDNS answer of a printer."""
    said = mdns.message(
        mdns.text(b"a", "_ipp._tcp", b"ty=HP LaserJet 400"), mdns.server(b"a", "_ipp._tcp", "a")
    )
    group = "224.0.0.251" if isinstance(ip, Ip4) else "ff02::fb"
    datagram = replace(ip, destination=group, ttl=255, protocol=tunnels.UDP)
    return datagram.pack(tunnels.udp(5353, said, sport=5353))


def spoken(ip: Ip, data: bytes, tcp: Tcp) -> list[bytes]:
    return [one for _, one in opened(replace(ip, ttl=128), tcp, data)]


ATTACKS: dict[str, Callable[[Ip], list[bytes]]] = {
    "syn": lambda ip: [packet(replace(ip, ttl=128), XP)],
    "hello": lambda ip: spoken(ip, record(OTHER_HELLO), replace(XP, seq=9)),
    "request that goes on": lambda ip: [packet(ip, replace(GOES_ON, payload=OTHER_REQUEST))],
    "request": lambda ip: spoken(ip, OTHER_REQUEST, replace(XP, seq=9, sport=40009)),
    "mdns": lambda ip: [announced(ip)],
}


@IPS
@pytest.mark.parametrize("outer", OUTERS, ids=["over 4", "over 6"])
@pytest.mark.parametrize("kind", TUNNELS)
def test_packets_in_a_tunnel_change_no_host_outside(kind: str, outer: Ip, ip: Ip) -> None:
    """Each attack, before the victim's packets and after them, leave both records outside as they were."""
    for name, attack in ATTACKS.items():
        false = [TUNNELS[kind](outer, one) for one in attack(ip)]
        alone = with_victim(ip, (framed(b""),) * len(false))
        attacked = with_victim(ip, false)
        assert outside(attacked) == outside(alone), name
        assert len(outside(alone)) == 2
        assert alone.find(ip.source) == attacked.find(ip.source)
        assert (len(attacked) > len(alone)) is (name != "mdns")


@IPS
@pytest.mark.parametrize("kind", TUNNELS)
@pytest.mark.parametrize("workers", [1, 2])
def test_both_directions_of_a_tunnel_are_of_one_host(kind: str, ip: Ip, workers: int) -> None:
    """A connection that is captured in a tunnel: its client and its server have one record each."""
    packets = [data for _, data in opened(ip)]
    outers = (tunnels.OUTER, BACK, tunnels.OUTER)
    wrapped = [TUNNELS[kind](outer, one) for outer, one in zip(outers, packets, strict=True)]
    inside = [*inventory_of(capture(wrapped), workers=workers)]
    plain = [*inventory_of(capture(packets))]
    assert [one.ip for one in inside] == [one.ip for one in plain] == [ip.source, ip.destination]
    for one, other in zip(inside, plain, strict=True):
        assert one.tunnel is not None
        assert " between 203.0.113.1 and 203.0.113.2" in one.tunnel
        assert replace(one, tunnel=None) == other


def test_each_tunnel_is_a_network() -> None:
    """Other ends, another network number, and a tunnel in the tunnel."""
    syn, outer, vxlan = packet(Ip4(), ANY_LINUX), tunnels.OUTER, TUNNELS["vxlan"]
    sent = [
        syn,
        vxlan(outer, syn),
        vxlan(BACK, packet(Ip4(), replace(ANY_LINUX, sport=41000))),
        vxlan(replace(outer, source="203.0.113.9"), syn),
        within(outer, tunnels.vxlan(framed(syn), network=4712), tunnels.VXLAN),
        vxlan(outer, TUNNELS["gre"](outer, syn)),
        TUNNELS["gre"](tunnels.OUTER_6, syn),
    ]
    inventory = inventory_of(capture(sent))
    found = [(one.tunnel, one.syns) for one in inventory]
    assert found[:4] == [
        (None, 1),
        (VXLAN, 2),
        ("vxlan between 203.0.113.2 and 203.0.113.9, network 4711", 1),
        ("vxlan between 203.0.113.1 and 203.0.113.2, network 4712", 1),
    ]
    nested, syns = found[4]
    assert nested is not None
    assert nested.startswith(f"{VXLAN}, tunnels within ")
    assert syns == 1
    assert found[5:] == [("gre between 2001:db8:ff::1 and 2001:db8:ff::2", 1)]


def test_a_query_without_a_tunnel_asks_for_the_host_outside(tmp_path: Path) -> None:
    """The inventory, both protocols of the API, and the store."""
    inside = TUNNELS["vxlan"](tunnels.OUTER, packet(Ip4(ttl=128), XP))
    inventory = inventory_of(capture([inside]))
    assert inventory.find("192.0.2.1") is None
    query = (0x50304601).to_bytes(4, "little") + bytes((4, 192, 0, 2, 1)) + bytes(12)
    assert int.from_bytes(inventory.answer(query)[4:8], "little") == 0x20  # no match
    inventory = inventory_of(capture([inside, packet(Ip4(), ANY_LINUX)]))
    own = inventory.find("192.0.2.1")
    assert own is not None
    assert (own.family, own.tunnel) == ("Linux", None)
    path = str(tmp_path / "hosts.sqlite")
    Writer(path, "s", source_of(inventory)).close()
    with Store(path) as store:
        assert [(one["ip"], one["tunnel"]) for one in store.find("192.0.2.1")] == [("192.0.2.1", None)]
        assert [one["family"] for one in store.find("192.0.2.1", VXLAN)] == ["Windows"]
        assert {row[1:3] for row in store.rows()} == {("192.0.2.1", None), ("192.0.2.1", VXLAN)}


def test_commands_show_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Captures, `--ip`, a store of two runs, and the summary."""
    inside = [TUNNELS["vxlan"](tunnels.OUTER, packet(Ip4(ttl=128), XP)), packet(Ip4(), ANY_LINUX)]
    file, path = tmp_path / "a.pcap", str(tmp_path / "hosts.sqlite")
    file.write_bytes(capture(inside))
    for _ in range(2):
        assert main(["hosts", "--ip", "192.0.2.1", "--store", path, str(file)]) == 0
    text = capsys.readouterr().out
    assert text.count("[Host] 192.0.2.1\n") == 4
    assert text.count(f"[Host] 192.0.2.1\n  Tunnel: {VXLAN}\n") == 2
    for arguments in (["--store", path], [str(file)]):
        assert main(["hosts", "--format", "json", *arguments]) == 0
        rows = [one for one in map(json.loads, capsys.readouterr().out.splitlines()) if "ip" in one]
        found = {(one["ip"], one["tunnel"], one["family"], one["syns"]) for one in rows}
        assert found == {("192.0.2.1", VXLAN, "Windows", 1), ("192.0.2.1", None, "Linux", 1)}


def test_a_summary_tells_them_apart() -> None:
    """Lists of hosts, and a finding about the one in the tunnel alone."""
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    liar = opened(Ip4(ttl=128), XP, OTHER_REQUEST.replace(b"Wget/1.21", LINUX_AGENT))
    sent = [packet(Ip4(), ANY_LINUX), *(TUNNELS["gre"](tunnels.OUTER, one) for _, one in liar)]
    for batch in analyzer.batches(capture(sent)):
        summary.add(batch)
    found = json.loads(summary.document(analyzer.stats))
    tunnel = "gre between 203.0.113.1 and 203.0.113.2"
    shown = {(one["ip"], one["tunnel"]) for one in found["top_hosts"]}
    assert {("192.0.2.1", None), ("192.0.2.1", tunnel)} <= shown
    [finding] = [one for one in found["findings"] if one["kind"] == "contradicts"]
    assert finding["hosts"] == ["192.0.2.1 in a tunnel"]
    assert "192.0.2.1 in a tunnel" in finding["text"]


def test_memory_is_bounded() -> None:
    """Networks that are new each time: the oldest hosts are evicted, and their tunnels with them."""
    syn = packet(Ip4(), ANY_LINUX)
    frames = [tunnels.vxlan(framed(syn), network=number) for number in range(1, 3000)]
    sent = [within(tunnels.OUTER, one, tunnels.VXLAN) for one in frames]
    kept = inventory_of(capture(sent), max_inventory=100)
    assert (len(kept), kept.left_out) == (100, 2899)
    live = inventory_of(capture(sent), max_inventory=100, live=True)
    assert (len(live), live.forgotten, live.left_out) == (100, 2899, 0)
    assert f"{VXLAN[:-4]}2999" in {one.tunnel for one in live}
    assert len({one.tunnel for one in live}) == 100

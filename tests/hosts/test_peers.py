"""Who talks to whom: peers that answered, in records, in text, and bounded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from tests.support import host_talks as talks
from tests.support.captures import Packet, pcap
from tests.support.in_process import run_in_process_as_text
from tests.support.packets import ACK, LINUX_OPTIONS, Ip4, Tcp, packet, reply
from tests.support.report_samples import START

CLIENT, SERVER = "192.0.2.9", "192.0.2.80"
SECOND = 10**9
SHARED = Path(__file__).parents[3] / "shared/cases/wrong"


def asked(server: str = SERVER, port: int = 443, sport: int = 40000, at: int = 0) -> Packet:
    """A SYN of the client."""
    tcp = Tcp(sport=sport, dport=port, window=64240, options=LINUX_OPTIONS)
    return START + at * SECOND, packet(Ip4(CLIENT, destination=server), tcp)


def answered(server: str = SERVER, port: int = 443, sport: int = 40000, at: int = 0) -> Packet:
    """The server's SYN+ACK."""
    tcp = Tcp(sport=sport, dport=port, options=LINUX_OPTIONS)
    return START + at * SECOND + 1, reply(Ip4(CLIENT, destination=server), tcp)


def acknowledged(server: str = SERVER, port: int = 443, sport: int = 40000, at: int = 0) -> Packet:
    """The client's ACK, which completes the handshake."""
    tcp = Tcp(sport=sport, dport=port, seq=asked_seq() + 1, ack=5001, flags=ACK, options=b"")
    return START + at * SECOND + 2, packet(Ip4(CLIENT, destination=server), tcp)


def asked_seq() -> int:
    return Tcp().seq


def connection(server: str, sport: int, at: int, is_completed: bool = True, port: int = 443) -> list[Packet]:
    where = (server, port, sport, at)
    return [asked(*where), answered(*where), *([acknowledged(*where)] if is_completed else [])]


def records(*packets: Packet) -> dict[str, dict[str, Any]]:
    """The records by address."""
    return {one["ip"]: one for one in map(json.loads, written(pcap(packets)))}


def written(capture: bytes) -> list[bytes]:
    inventory = Inventory(None)
    for batch in hg.Analyzer().batches([capture]):
        inventory.add(batch)
    return b"".join(inventory.written("json")).splitlines()


def brief(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    names = ("direction", "ip", "port", "protocol", "connections")
    return [tuple(one[name] for name in names) for one in record["peers"]]


def test_both_ends_of_an_answered_connection_know_each_other() -> None:
    twice = [asked(at=3, sport=40001), answered(at=3, sport=40001)]
    found = records(asked(), answered(), *twice)
    assert brief(found[CLIENT]) == [("to", SERVER, 443, None, 2)]
    assert brief(found[SERVER]) == [("from", CLIENT, 443, None, 2)]
    (peer,) = found[CLIENT]["peers"]
    assert (peer["first_seen"][17:19], peer["last_seen"][17:19]) == ("20", "23")


ENDS = (CLIENT, "192.0.2.10", "192.0.2.11", "192.0.2.12")


@pytest.mark.parametrize("acknowledged_ones", ["11111", "00000", "10000", "01010", "00001"])
def test_every_answered_connection_counts_once(acknowledged_ones: str) -> None:
    """Also after the first completed handshake, which makes both ends proven."""
    flags = [one == "1" for one in acknowledged_ones]
    packets = [one for at, done in enumerate(flags) for one in connection(SERVER, 40000 + at, at, done)]
    found = records(*packets)
    for record, direction, other in ((found[CLIENT], "to", SERVER), (found[SERVER], "from", CLIENT)):
        assert brief(record) == [(direction, other, 443, None, 5)]
        (peer,) = record["peers"]
        assert peer["completed"] == sum(flags)
        assert (peer["first_seen"][17:19], peer["last_seen"][17:19]) == ("20", "24")


def test_later_clients_of_a_server_are_peers() -> None:
    packets = []
    for at, client in enumerate(ENDS):
        ip, syn = Ip4(client, destination=SERVER), Tcp(sport=40000, dport=443, options=LINUX_OPTIONS)
        last = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK, options=b"")
        packets += [
            (START + at * SECOND + part, one)
            for part, one in enumerate((packet(ip, syn), reply(ip, syn), packet(ip, last)))
        ]
    found = records(*packets)
    assert brief(found[SERVER]) == [("from", client, 443, None, 1) for client in ENDS]
    assert all(brief(found[client]) == [("to", SERVER, 443, None, 1)] for client in ENDS)
    assert all(one["completed"] == 1 for one in found[SERVER]["peers"])


def test_repeated_answers_count_once() -> None:
    again = [(time + 3, one) for time, one in (asked(), answered(), answered())]
    found = records(asked(), answered(), *again, acknowledged(at=1))
    assert brief(found[CLIENT]) == [("to", SERVER, 443, None, 1)]
    assert (found[CLIENT]["peers"][0]["completed"], found[SERVER]["peers"][0]["completed"]) == (1, 1)


def test_loopback_connections_are_completed() -> None:
    ip, syn = Ip4("127.0.0.1", destination="127.0.0.1"), Tcp(sport=40000, dport=443)
    last = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK, options=b"")
    parts = (packet(ip, syn), reply(ip, syn), packet(ip, last))
    found = records(*((START + at, one) for at, one in enumerate(parts)))["127.0.0.1"]
    assert [(one["direction"], one["connections"], one["completed"]) for one in found["peers"]] == [
        ("from", 1, 1),
        ("to", 1, 1),
    ]


@pytest.mark.parametrize("is_completed", [False, True])
def test_a_capture_that_begins_with_the_answer(is_completed: bool) -> None:
    found = records(answered(), *([acknowledged()] if is_completed else []))
    assert brief(found[SERVER]) == [("from", CLIENT, 443, None, 1)]
    assert found[SERVER]["peers"][0]["completed"] == is_completed
    if is_completed:  # its ACK makes the client a host
        assert brief(found[CLIENT]) == [("to", SERVER, 443, None, 1)]


def test_one_direction_alone() -> None:
    """Of the server's packets the answers count; of the client's, nothing shows an answer."""
    data = packet(
        Ip4(CLIENT, destination=SERVER), Tcp(dport=443, sport=40000, seq=asked_seq() + 1, ack=5001, flags=ACK)
    )
    assert brief(records(answered(), answered(sport=40001, at=1))[SERVER]) == [("from", CLIENT, 443, None, 2)]
    assert brief(records(asked(), acknowledged(), (START + 9, data))[CLIENT]) == []


FORGED = [f"198.51.100.{last}" for last in range(1, 13)]


@pytest.mark.parametrize("first", ["forged", "real"])
def test_forged_answers_do_not_fill_the_list(first: str) -> None:
    """Twelve forged SYN+ACKs, before or after a real connection; none of them is acknowledged."""
    forged = [answered(ip, at=at) for at, ip in enumerate(FORGED)]
    syn = asked("203.0.113.5", at=0)  # the client is a host
    real = connection(SERVER, 41000, 20 if first == "forged" else 0)
    more = connection(SERVER, 41001, 30)
    found = records(syn, *(forged + real if first == "forged" else real + forged), *more)[CLIENT]
    peers = {one["ip"]: (one["connections"], one["completed"]) for one in found["peers"]}
    assert len(peers) == 12
    assert peers[SERVER] == (2, 2)
    assert found["peers_left_out"] == 1
    assert set(peers) - {SERVER} == set(FORGED[:11])  # the newest gave way
    (peer,) = (one for one in found["peers"] if one["ip"] == SERVER)
    assert peer["first_seen"][17:19] == ("40" if first == "forged" else "20")


def test_a_full_list_of_completed_peers_stays() -> None:
    servers = [f"192.0.2.{last}" for last in range(100, 120)]
    packets = [one for at, ip in enumerate(servers) for one in connection(ip, 40000 + at, at)]
    found = records(*packets, *(answered(ip, at=50 + at) for at, ip in enumerate(FORGED)))[CLIENT]
    assert [one["ip"] for one in found["peers"]] == servers[:12]
    assert found["peers_left_out"] == len(servers) - 12 + len(FORGED)


def test_ports_and_directions_are_apart() -> None:
    found = records(asked(), answered(), asked(port=22), answered(port=22))
    assert brief(found[CLIENT]) == [("to", SERVER, 443, None, 1), ("to", SERVER, 22, None, 1)]


def test_an_address_that_did_not_answer_is_no_peer() -> None:
    found = records(*(asked(f"192.0.2.{last}", sport=40000 + last) for last in range(10, 60)))
    assert (found[CLIENT]["peers"], found[CLIENT]["peers_left_out"]) == ([], 0)


def test_an_answer_names_a_client_whose_syn_was_not_captured() -> None:
    assert brief(records(answered())[SERVER]) == [("from", CLIENT, 443, None, 1)]


def test_the_list_is_bounded_and_counts_the_others() -> None:
    servers = [f"192.0.2.{last}" for last in range(10, 30)]
    packets = [one for at, ip in enumerate(servers) for one in (asked(ip, at=at), answered(ip, at=at))]
    packets += [asked(servers[0], at=90, sport=40001), answered(servers[0], at=90, sport=40001)]
    found = records(*packets)[CLIENT]
    assert [one["ip"] for one in found["peers"]] == servers[:12]
    assert (found["peers"][0]["connections"], found["peers_left_out"]) == (2, 8)


def test_the_protocol_of_a_request_is_named() -> None:
    found = records(*talks.talk(1, talks.LINUX, "Host: a\r\n"))
    assert brief(found[talks.CLIENT]) == [("to", talks.SERVER, 80, "http", 1)]
    assert brief(found[talks.SERVER]) == [("from", talks.CLIENT, 80, "http", 1)]


@pytest.mark.parametrize("name", ["ops-3-five-connections", "ops-3b-four-clients-one-server"])
def test_the_captures_of_the_reference(name: str) -> None:
    path = SHARED / f"{name}.pcap"
    if not path.exists():
        pytest.skip("needs the reference material in ../shared")
    server = "198.51.100.20"
    found = {one["ip"]: one for one in map(json.loads, written(path.read_bytes()))}
    counts = [(one["ip"], one["connections"], one["completed"]) for one in found[server]["peers"]]
    five = name.startswith("ops-3-")
    assert counts == (
        [("192.0.2.10", 5, 5)] if five else [(f"192.0.2.{last}", 1, 1) for last in (10, 11, 12, 13)]
    )


@pytest.mark.parametrize("options", [(), ("--peers",)])
def test_the_text_has_them_if_asked(options: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "peers.pcap"
    path.write_bytes(pcap([asked(), answered()]))
    text = run_in_process_as_text("hosts", *options, path).stdout
    assert ("  Peers:  to 192.0.2.80 port 443 (1 connection, 0 completed)\n" in text) is bool(options)

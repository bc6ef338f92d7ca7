"""Who talks to whom: peers that answered, in records, in text, and bounded."""

from __future__ import annotations

import json
from typing import Any

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from tests.support import host_talks as talks
from tests.support.captures import Packet, pcap
from tests.support.packets import LINUX_OPTIONS, Ip4, Tcp, packet, reply
from tests.support.report_samples import START

CLIENT, SERVER = "192.0.2.9", "192.0.2.80"
SECOND = 10**9


def asked(server: str = SERVER, port: int = 443, sport: int = 40000, at: int = 0) -> Packet:
    """A SYN of the client."""
    tcp = Tcp(sport=sport, dport=port, window=64240, options=LINUX_OPTIONS)
    return START + at * SECOND, packet(Ip4(CLIENT, destination=server), tcp)


def answered(server: str = SERVER, port: int = 443, sport: int = 40000, at: int = 0) -> Packet:
    """The server's SYN+ACK."""
    tcp = Tcp(sport=sport, dport=port, options=LINUX_OPTIONS)
    return START + at * SECOND + 1, reply(Ip4(CLIENT, destination=server), tcp)


def records(*packets: Packet) -> dict[str, dict[str, Any]]:
    """The records by address."""
    inventory = Inventory(None)
    for batch in hg.Analyzer().batches([pcap(packets)]):
        inventory.add(batch)
    found = b"".join(inventory.written("json")).splitlines()
    return {one["ip"]: one for one in map(json.loads, found)}


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

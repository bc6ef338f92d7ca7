"""Answers: the same questions always, with what was found or that nothing was."""

from __future__ import annotations

from pathlib import Path

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli.commands.hosts import new_hosts, news
from huginn_cffi.store.reading import stored_addresses
from tests.support.captures import Packet, pcap
from tests.support.sample import sample
from tests.support.scans import address, calls

TOPICS = ["out_of_date", "scans", "takeovers", "claims", "systems", "post_quantum", "new"]


def answers(packets: list[Packet], *protocols: str) -> dict[str, str]:
    analyzer = hg.Analyzer(protocols=protocols or PROTOCOLS)
    summary = Summary(analyzer.database, protocols=analyzer.protocols)
    for batch in analyzer.batches(pcap(packets)):
        summary.add(batch)
    return {one["topic"]: one["answer"] for one in summary.answers()}


def test_nothing_found() -> None:
    found = answers([])
    assert list(found) == TOPICS
    assert found["scans"] == "no scans by TCP, ARP and Neighbor Discovery; UDP is not checked"
    assert found["claims"] == "none found by TLS and HTTP"
    listed = "in the list of endoflife.date of August 2026"
    assert found["out_of_date"] == f"none found by TCP, TLS, HTTP, SSH and greetings, {listed}"
    assert found["systems"] == "no address shows more than 1 by TCP"
    assert found["post_quantum"] == "no client with TLS was seen"
    assert found["new"].startswith("not known: ")


def test_what_was_not_looked_at_is_said() -> None:
    """One question per protocol that is left out; what is not read at all answers nothing."""
    without = answers([], "tcp", "tls")
    assert without["claims"] == "none found by TLS; HTTP is not checked"
    assert without["out_of_date"] == (
        "none found by TCP and TLS, in the list of endoflife.date of August 2026; "
        "HTTP, SSH and greetings are not checked"
    )
    alone = answers([], "dhcp")
    assert alone["scans"] == "not known; TCP, ARP, Neighbor Discovery and UDP are not checked"
    assert alone["systems"] == "not known; TCP is not checked"
    assert alone["post_quantum"] == "not known; TLS is not checked"


def test_who_scans() -> None:
    assert answers(calls(((address(n), 22) for n in range(50)), 0.1))["scans"] == (
        "many addresses that did not answer: 192.0.2.1"
    )


def test_the_sample() -> None:
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(sample()):
        summary.add(batch)
    found = {one["topic"]: one["answer"] for one in summary.answers()}
    assert found["scans"] == "packets of a scanner: 192.0.2.66"
    assert found["post_quantum"] == "0 of 1 client with TLS"


def test_what_is_new(tmp_path: Path) -> None:
    one, other = bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2])
    assert stored_addresses(str(tmp_path / "none.sqlite")) == frozenset()
    assert news(new_hosts(frozenset(), [one]), 1) == "not known: the store had no hosts before"
    assert news(new_hosts(frozenset({one}), [one]), 1) == "0 of 1 hosts"
    assert news(new_hosts(frozenset({one}), [one, other]), 2) == "1 of 2 hosts: 192.0.2.2"

"""Claims of the requests in public captures, as a proxy would have asked while they were captured."""

from __future__ import annotations

import ipaddress
import json
from collections import Counter

import pytest

import huginn_cffi as hg
from huginn_cffi.claims.judging import ClientClaim, judge
from huginn_cffi.claims.robots import Robots
from huginn_cffi.run.http import HttpRequestObservation
from huginn_cffi.sockets.peers import PeerAddress, Peers, Question
from tests.support.core import SHARED

questions = pytest.importorskip("huginn_cffi.sockets.questions")

READ_BY_HAND = {
    # Each SYN is that of Linux 2.6 (window mss*4, scale 10), beside Safari on macOS: another machine sent it.
    **dict.fromkeys(("http-packets2", "input", "one_http_stream_fin2"), '"Safari 5 on macOS"'),
    # A SYN of Linux, among hping's of the same address: generated traffic.
    "bug-7657-01__input": '"Edge 129 on Windows"',
}
"""Captures with contradictions, each by the SYN alone, and the client's claim. The packets show them."""


def claim(peers: Peers, robots: Robots, seen: HttpRequestObservation) -> ClientClaim:
    ends = [
        PeerAddress(ipaddress.ip_address(address).packed, port)
        for address, port in ((seen.src_ip, seen.src_port), (seen.dst_ip, seen.dst_port))
    ]
    agent, platform = (seen.user_agent or "").encode(), (seen.platform or "").encode()
    answer = json.loads(peers.answer(Question(*ends, None, agent, platform), now_ns=seen.time_ns))
    compared = questions.comparison_of(answer, True, False)
    return judge(robots, peers.database, agent, platform, str(seen.src_ip), compared)


def test_a_contradiction_is_in_the_packets() -> None:
    corpus = SHARED / "corpus"
    if not corpus.is_dir():
        pytest.skip("the captures of shared/corpus are absent")
    analyzer, robots = hg.Analyzer(http="all", decapsulate=False), Robots()
    verdicts: Counter[str] = Counter()
    contradicted = {}
    for path in sorted(corpus.iterdir()):
        if path.is_dir() or path.suffix in (".csv", ".md"):
            continue
        peers = Peers(analyzer.database)
        try:
            for batch in analyzer.batches(path):
                peers.add(batch)
                for seen in (result.http_request for result in batch.results()):
                    if seen is not None and seen.user_agent:
                        found = claim(peers, robots, seen)
                        verdicts[found.verdict] += 1
                        if found.verdict == "contradicts":
                            contradicted[path.stem.partition("__")[2]] = found.name
                            assert found.reason == "another system than its browser says"
                            assert (found.by, found.details) == (("syn",), {"syn": "Linux"})
        except hg.HuginnError:  # damaged, or no capture
            continue
    assert contradicted == {name: json.loads(claimed) for name, claimed in READ_BY_HAND.items()}
    assert verdicts.total() > 800
    assert verdicts["false"] == verdicts["proven"] == 0
    assert verdicts["contradicts"] < 10

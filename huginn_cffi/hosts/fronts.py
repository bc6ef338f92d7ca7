"""Middleboxes that answer in the place of many hosts.

Unrelated networks run different systems at different distances. Where many of them answer with one
signature from one distance, it is one box on the way that answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from ipaddress import ip_address
from typing import NamedTuple

LEAST_NETWORKS = 10
"""Large networks, of addresses that begin alike, that must answer alike."""
SHARE = 0.9
"""Of the addresses with the signature, those that must be at the one distance."""


class Answer(NamedTuple):
    """How a host answers: the signature without its TTL, and the distance in hops."""

    signature: str
    distance: int


def answer_of(signature: str, distance: int) -> Answer:
    """The answer with this raw signature."""
    version, _, rest = signature.split(":", 2)
    return Answer(f"{version}:{rest}", distance)


def fronts(answers: Iterable[tuple[str, Answer]]) -> dict[Answer, tuple[int, int]]:
    """Answers, given with their addresses, that a middlebox gives: how many addresses and large networks."""
    hosts: Counter[Answer] = Counter()
    alike: Counter[str] = Counter()
    networks: dict[Answer, set[str]] = defaultdict(set)
    for ip, answer in answers:
        if ip_address(ip).is_global:
            hosts[answer] += 1
            alike[answer.signature] += 1
            networks[answer].add(ip.partition(":" if ":" in ip else ".")[0])
    return {
        answer: (count, len(networks[answer]))
        for answer, count in hosts.items()
        if len(networks[answer]) >= LEAST_NETWORKS and count >= SHARE * alike[answer.signature]
    }

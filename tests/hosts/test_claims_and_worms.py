"""Worms, and servers that claim another system, and traffic that only looks like them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

import huginn_cffi as hg
from tests.hosts.honest import talk
from tests.support.captures import Packet, pcap
from tests.support.host_talks import LINUX, WINDOWS_10
from tests.support.host_talks import talk as web

SECOND = 10**9


def findings(packets: Iterable[Packet], workers: int = 1) -> list[tuple[str, str]]:
    """The host and kind of each finding that is an event."""
    batches = hg.Analyzer(findings=True).batches(pcap(sorted(packets)), workers=workers)
    lines = [json.loads(line) for batch in batches for line in batch.render("json").splitlines()]
    return [(one["src_ip"], one["finding"]) for one in lines if one["event"] == "finding"]


WORM = "192.168.1.20"


def talks_within_a_network(part: int) -> list[Packet]:
    return [
        one
        for number in range(100)
        for one in talk(part + number / 10, (WORM, f"203.0.113.{100 * part + number}"), 6379, 1024 + number)
    ]


def contacts(
    count: int, port: int = 445, every: float = 2.4, seen: str = "sca", net: str = "203.0"
) -> list[Packet]:
    targets = [f"{net}.{number % 250}.{number // 250 + 1}" for number in range(count)]
    return [
        one
        for number, target in enumerate(targets)
        for one in talk(number * every, (WORM, target), port, 1024 + number, seen)
    ]


def test_a_worm_that_reaches_its_servers() -> None:
    """101 servers in four minutes, as WannaCry in a public capture; the finding comes once."""
    found = findings(contacts(101))
    assert found.count((WORM, "internal_services")) == 1
    assert (WORM, "internal_services") in findings(contacts(101, 3389), workers=3)
    for seen in ("scar", "scah", "scarf"):
        assert (WORM, "internal_services") in findings(contacts(101, 9200, every=0.1, seen=seen)), seen


@pytest.mark.parametrize(
    "packets",
    [
        contacts(45),
        contacts(400, 443),
        contacts(400, 25),
        contacts(400, 22),
        contacts(200, net="10.0"),
        contacts(200, net="172.20"),
        contacts(200, seen="s"),
        contacts(200, seen="sc"),
        contacts(200, every=3000),
        contacts(1) * 300,
        contacts(200, 9200, every=0.1, seen="scab"),
        contacts(200, 6379, every=0.1, seen="scat"),
        contacts(200, 445, every=0.1, seen="scaf"),
        [one for part in range(2) for one in talks_within_a_network(part)],
    ],
    ids=[
        *(
            "few servers",
            "a crawler",
            "a mail server",
            "an administrator by SSH",
            "file servers of a company",
        ),
        *("file servers of another site", "no server answers, which is a scan", "forged SYNs, answered"),
        *("200 servers in a week", "one server 300 times"),
        *("images of a page", "images by https", "preconnect hints", "servers of one network"),
    ],
)
def test_what_is_no_worm(packets: list[Packet]) -> None:
    assert "internal_services" not in [kind for _, kind in findings(packets)]


def ports(count: int, seen: str, *, first: int = 100, every: float = 0.1) -> list[Packet]:
    return [
        one
        for number in range(count)
        for one in talk(number * every, (WORM, "203.0.113.9"), first + number, 1024 + number, seen)
    ]


@pytest.mark.parametrize("seen", ["scab", "scat"])
@pytest.mark.parametrize("every", [0.0001, 0.1, 10])
@pytest.mark.parametrize("workers", [1, 3])
def test_many_ports_that_a_page_names_are_no_scan(seen: str, every: float, workers: int) -> None:
    """A browser opens connections to all of them at once, and speaks when they are answered."""
    assert findings(ports(60, seen, every=every), workers) == []
    for scan in ("sca", "scaf", "s"):
        assert findings(ports(60, scan, every=every)) == [(WORM, "vertical_scan")], scan
    mixed = [*ports(60, seen, first=2000, every=every), *ports(500, "s", first=1, every=every)]
    assert findings(mixed) == [(WORM, "vertical_scan")]


def tried(count: int, at: float, seen: str, port: int = 8080, ip: int = 4) -> list[Packet]:
    """A host's tries of addresses or, with port 0, of ports."""
    ends = [
        (WORM, f"198.51.{n // 200}.{n % 200 + 1}") if port else (WORM, "198.51.100.9") for n in range(count)
    ]
    return [
        one
        for n, (end, to) in enumerate(zip(ends, [port or 1024 + n for n in range(count)], strict=True))
        for one in talk(at + n / 50, end, to, 3000 + n, seen)
    ]


PAGE = [talk(0, (WORM, "203.0.113.9"), 443, 1024, first) for first in ("scab", "scat")]


@pytest.mark.parametrize("page", PAGE, ids=["HTTP", "TLS"])
@pytest.mark.parametrize("port", [0, 443, 445, 6379, 9200])
@pytest.mark.parametrize("seen", ["s", "sr", "scaf"])
def test_what_a_page_names_is_no_scan(page: list[Packet], port: int, seen: str) -> None:
    """As `preconnect` and images of servers that do not answer, refuse, or are not used."""
    for count in (25, 100, 200):
        assert findings([*page, *tried(count, 5, seen, port)]) == [], count
    [(host, kind)] = findings(tried(200, 5, "s", port))
    assert (host, kind) == (WORM, "horizontal_scan" if port else "vertical_scan"), "without a browser"
    assert findings([*page, *tried(200, 100, "s", port)]) != [], "a minute later, its page is over"
    assert findings([*page, *tried(700, 5, "s", port)]) != [], "more than a browser opens"
    assert findings([*talk(0, (WORM, "203.0.113.9"), 80, 9, "scah"), *tried(100, 5, "s", port)]) != []


@pytest.mark.parametrize("port", [22, 23, 135, 139, 5060])
@pytest.mark.parametrize("page", PAGE, ids=["HTTP", "TLS"])
def test_ports_that_browsers_refuse_are_a_scan(page: list[Packet], port: int) -> None:
    assert findings([*page, *tried(25, 5, "s", port)]) == [(WORM, "horizontal_scan")]


WEB = "192.168.1.80"
IIS = "Server: Microsoft-IIS/10.0\r\n"
LINUX_ANSWER = replace(LINUX, window=65160)
IIS_ON_LINUX = list(web(1, LINUX, "", IIS, theirs=LINUX_ANSWER, server=WEB))
REAL_IIS = list(web(1, LINUX, "", IIS, theirs=WINDOWS_10, their_ttl=128, server=WEB))
FORWARDED = [*REAL_IIS, *web(2, LINUX, "", IIS, theirs=LINUX_ANSWER, server=WEB)]


def test_a_server_that_claims_another_system() -> None:
    """Empire's and log4shell's servers in public captures run on Linux and call themselves IIS."""
    assert findings(IIS_ON_LINUX) == [(WEB, "server_mismatch")]


@pytest.mark.parametrize(
    "packets",
    [
        REAL_IIS,
        list(web(1, LINUX, "", "Server: nginx/1.18.0 (Ubuntu)\r\n", theirs=LINUX_ANSWER, server=WEB)),
        list(web(1, LINUX, "", "Server: nginx\r\n", theirs=WINDOWS_10, their_ttl=128, server=WEB)),
        list(web(1, LINUX, "", IIS + "Via: 1.1 varnish\r\n", theirs=LINUX_ANSWER, server=WEB)),
        FORWARDED,
        list(web(1, LINUX, "", IIS, theirs=LINUX_ANSWER)),
    ],
    ids=[
        *("IIS", "nginx of Ubuntu", "a header without a system", "a proxy that says so", "a forwarded port"),
        "a cache on the internet",
    ],
)
def test_servers_that_are_what_they_claim(packets: list[Packet]) -> None:
    assert "server_mismatch" not in [kind for _, kind in findings(packets)]

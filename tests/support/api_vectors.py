"""Own packets for the hosts of p0f's 20 answers, and those answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from tests.support.core import SHARED
from tests.support.packets import (
    ACK,
    NOP,
    PSH,
    SOK,
    Ip,
    Ip4,
    Ip6,
    Tcp,
    mss,
    packet,
    reply,
    timestamps,
    wscale,
)

PATH = SHARED / "hosts" / "p0f-api-vectors.json"
Packet = tuple[int, bytes]

FIRST, SECOND = 1_795_200_805, 1_795_201_788
"""When p0f saw the hosts of the first 16 answers, and of the last four."""
MILLISECOND, NS = 10**6, 10**9

NEW_LINUX = Tcp()
"""Window 20 times the MSS and scale 7: 3.11 and newer."""
ANY_LINUX = replace(NEW_LINUX, window=64240, options=mss(1460) + SOK + timestamps(99) + NOP + wscale(10))
XP = Tcp(window=65535, options=mss(1460) + NOP + NOP + SOK)
SEVEN = Tcp(window=8192, options=mss(1460) + NOP + wscale(8) + NOP + NOP + SOK)
NT = replace(XP, window=16384, options=mss(1460) + NOP + wscale(5) + NOP + NOP + SOK)
NOBODY = Tcp(window=4321, options=mss(1460) + wscale(3) + NOP + SOK + NOP + NOP)
NOBODY_6 = replace(NOBODY, options=mss(1440) + NOBODY.options[4:])

NO_BROWSER = "Host: x\r\nAccept-Language: de\r\nX-Own: 1\r\n"
FIREFOX = (
    "Host: x\r\nUser-Agent: {0}\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Language: {1}\r\n"
    "Accept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\n"
)
GECKO = "Mozilla/5.0 ({0}; rv:60.0) Gecko/20100101 Firefox/60.0"


def conversation(time: int, ip: Ip, syn: Tcp, head: str = "") -> Iterator[Packet]:
    """A handshake, and a request of HTTP if there is a head."""
    sent = packet(ip, syn)
    answer = reply(ip, syn, window=65160, options=ANY_LINUX.options)
    yield time, sent
    yield time + MILLISECOND, answer
    if head:
        payload = f"GET / HTTP/1.1\r\n{head}\r\n".encode()
        request = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK | PSH, options=b"", payload=payload)
        yield time + 2 * MILLISECOND, packet(ip, request)


def syns(time: int, source: str, *all_: Tcp, ttl: int = 64, port: int = 40000) -> Iterator[Packet]:
    """SYNs that nobody answers, a millisecond apart."""
    for number, syn in enumerate(all_):
        ip = Ip4(source, "10.88.0.1", ttl=128 if syn in (XP, SEVEN, NT) and ttl == 64 else ttl)
        yield time + number * MILLISECOND, packet(ip, replace(syn, sport=port + number))


def first_run(v4: str = "10", v6: str = "fd77") -> list[Packet]:
    """What leads to the first 16 answers; addresses begin with `v4` and `v6`."""
    time, server = FIRST * NS, f"{v4}.77.0.1"
    known = Ip4(f"{v4}.77.0.2", server)
    found = [*conversation(time, known, ANY_LINUX, NO_BROWSER)]
    found += conversation(time + 10 * MILLISECOND, known, replace(ANY_LINUX, sport=40001))
    found += conversation(time + 20 * MILLISECOND, Ip6(f"{v6}::2", f"{v6}::1"), NOBODY_6, NO_BROWSER)
    for number in range(21):
        ip = Ip4(f"{v4}.77.1.{number}", server)
        found += conversation(time + 2 * NS + number * 10 * MILLISECOND, ip, NEW_LINUX)
    found += syns(time, f"{v4}.88.0.10", NT)
    found += syns(time, f"{v4}.88.0.11", XP, ttl=118)
    found += syns(time, f"{v4}.88.0.12", NOBODY, ttl=61)
    found += [(time, packet(Ip4(f"{v4}.88.0.13", f"{v4}.88.0.1", ttl=128, fragment=0), SEVEN))]
    found += syns(time, f"{v4}.88.0.14", XP, NEW_LINUX)
    found += syns(time, f"{v4}.88.0.15", *[XP, NEW_LINUX] * 3)
    found += syns(time + NS, f"{v4}.88.0.15", *[XP, NEW_LINUX] * 3, port=40006)
    for number in range(2):
        options = mss(1460) + SOK + timestamps(10**6 + 100 * number) + NOP + wscale(7)
        ticking = replace(NEW_LINUX, options=options)
        found += syns(time + (1 + number) * NS, f"{v4}.88.0.16", ticking, port=40000 + number)
    return sorted(found)


def second_run(time: int = SECOND * NS, network: str = "10.77.0") -> list[Packet]:
    """What leads to the last four."""
    linux, windows = GECKO.format("X11; Linux x86_64"), GECKO.format("Windows NT 10.0")
    agents = [(linux, "fr,en;q=0.5"), (windows, "fr,en;q=0.5"), ("curl/8.0", "en,fr;q=0.5")]
    found: list[Packet] = []
    for number, words in enumerate(agents):
        ip = Ip4(f"{network}.{2 + number}", f"{network}.1")
        found += conversation(time + number * 10 * MILLISECOND, ip, ANY_LINUX, FIREFOX.format(*words))
    return sorted(found)


def both_runs(v4: str = "10", v6: str = "fd77") -> list[Packet]:
    """One after the other, the hosts of the second in a network of their own."""
    return first_run(v4, v6) + second_run((FIRST + 4) * NS, f"{v4}.77.3")


def answers() -> list[tuple[str, bytes, bytes, list[Packet]]]:
    """Name, query, p0f's answer, and the packets that led to it."""
    if not PATH.is_file():
        return []
    found = [
        (name, bytes.fromhex(asked), bytes.fromhex(said))
        for name, asked, said in json.loads(PATH.read_text())
    ]
    runs = [first_run()] * 16 + [second_run()] * 4
    return [(*one, run) for one, run in zip(found, runs, strict=True)]

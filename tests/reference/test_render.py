"""p0f's log lines."""

from __future__ import annotations

import pytest

from tests.reference.matcher import ReferenceMatch
from tests.reference.packet import Observation, read_frame
from tests.reference.render import event_line, raw_signature
from tests.reference.tracker import Fingerprint, Mtu, UptimeReading
from tests.reference.uptime import ReferenceUptime
from tests.support.packets import ACK, SYN, Ip4, Ip6, Tcp, mss, packet
from tests.support.signatures import signature


def look(data: bytes) -> Observation:
    found = read_frame(101, data)
    assert isinstance(found, Observation)
    return found


LINUX = look(packet(Ip4(ttl=57), Tcp()))


def test_syn() -> None:
    assert event_line(Fingerprint(LINUX, None, 0)) == (
        "mod=syn|cli=192.0.2.1/40000|srv=198.51.100.2/80|subj=cli|os=???|dist=7|params=none|"
        "raw_sig=4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
    )


def test_tool_and_unreliable_distance() -> None:
    match = ReferenceMatch(signature("NMap SYN scan", userland=True, unreliable_ttl=True), fuzzy=False)
    assert "|app=NMap SYN scan|dist=<= 7|params=random_ttl|" in event_line(Fingerprint(LINUX, match, 0))


def test_mtu_of_an_ipv6_answer() -> None:
    seen = look(packet(Ip6(source="2001:db8::2", destination="2001:db8::1"), Tcp(flags=SYN | ACK)))
    assert event_line(Mtu(seen, 1520, None)) == (
        "mod=mtu|cli=2001:db8:0:0:0:0:0:1/80|srv=2001:db8:0:0:0:0:0:2/40000|subj=srv|link=???|raw_mtu=1520"
    )


def test_uptime_of_a_client() -> None:
    seen = look(packet(Ip4(), Tcp(flags=ACK)))
    assert event_line(UptimeReading(seen, False, ReferenceUptime(250, 249.999, 1441 + 60, 198))) == (
        "mod=uptime|cli=192.0.2.1/40000|srv=198.51.100.2/80|subj=cli|"
        "uptime=1 days 1 hrs 1 min (modulo 198 days)|raw_freq=250.00 Hz"
    )


@pytest.mark.parametrize(
    ("ip", "tcp", "text"),
    [
        (Ip4(ttl=200), Tcp(options=b"\x03\x03\x07\x01", window=1000), "4:200+?:0:0:1000,7:ws,nop:df,id+:0"),
        (Ip4(options=bytes(4)), Tcp(options=b"", payload=b"x"), "4:64+0:4:0:29200,0::df,id+:+"),
        (Ip4(), Tcp(options=b"\x22\x02\x01\x00"), "4:64+0:0:0:29200,0:?34,nop,eol+0:df,id+:0"),
        (Ip4(), Tcp(flags=SYN | ACK, ack=1, options=mss(1331), window=1), "4:64+0:0:*:1,0:mss:df,id+:0"),
        (Ip4(), Tcp(options=mss(1331), window=1), "4:64+0:0:1331:1,0:mss:df,id+:0"),
        (Ip4(), Tcp(options=mss(1000), window=2080), "4:64+0:0:1000:mtu*2,0:mss:df,id+:0"),
    ],
)
def test_raw_signature(ip: Ip4, tcp: Tcp, text: str) -> None:
    assert raw_signature(look(packet(ip, tcp)), 0) == text

"""Small captures, one for each rule, with the rows that p0f gives for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.parity.view import Hidden, NoFlowReason
from tests.support import captures
from tests.support.packets import ACK, NOP, RST, SYN, Ip4, Ip6, Tcp, ethernet, mss, packet, timestamps
from tests.support.tunnels import GRE, VXLAN, carried, gre, radiotap, snap, udp, vxlan, wifi

DATABASE = """\
classes = unix

[mtu]
label = Ethernet
sig = 1500

[tcp:request]
label = s:!:Tool:
sys = @unix
sig = *:64:0:*:1024,*:mss:df,id+:0
"""

MS = 10**6
CLIENT, SERVER = Ip4(), Ip4(source="198.51.100.2", destination="192.0.2.1")
URL = (b"GET /" + b"a" * 20, b"a" * 20 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
"""A request whose URL is split over two packets."""
SPEECH = b"\x16\x03\x01\x00\x80 this is not HTTP"


def stamped(ts: int) -> bytes:
    return mss(1460) + NOP * 2 + timestamps(ts)


def syn(ts: int = 100_000, port: int = 40000, window: int = 8192, options: bytes | None = None) -> bytes:
    options = stamped(ts) if options is None else options
    return packet(CLIENT, Tcp(sport=port, seq=1000, window=window, options=options))


def answer(options: bytes | None = None) -> bytes:
    options = stamped(500_000) if options is None else options
    tcp = Tcp(sport=80, dport=40000, seq=5000, ack=1001, flags=SYN | ACK, window=8192, options=options)
    return packet(SERVER, tcp)


def client(ts: int, payload: bytes = b"", flags: int = ACK, seq: int = 1001) -> bytes:
    tcp = Tcp(seq=seq, ack=5001, flags=flags, window=8192, options=NOP * 2 + timestamps(ts), payload=payload)
    return packet(CLIENT, tcp)


def server(payload: bytes, ack: int) -> bytes:
    tcp = Tcp(sport=80, dport=40000, seq=5001, ack=ack, flags=ACK, window=8192, options=b"", payload=payload)
    return packet(SERVER, tcp)


def raw(*packets: tuple[float, bytes]) -> bytes:
    """A capture of link type RAW; times in ms."""
    return captures.pcap([(int(ms * MS), data) for ms, data in packets])


def others(ms: int) -> list[tuple[float, bytes]]:
    """Sixty packets without a flow: more than the fifty after which p0f looks for old ones."""
    stray = packet(CLIENT, Tcp(sport=9, flags=ACK, options=b""))
    return [(ms + number, stray) for number in range(60)]


def llc_frame() -> bytes:
    """802.3: a length in the EtherType's place, then LLC and SNAP."""
    body = snap(syn())
    return ethernet(body, len(body))


def odd_time() -> bytes:
    data = bytearray(raw((0, syn()), (10, answer()), (1000, client(101_000))))
    data[-len(client(101_000)) - 12 : -len(client(101_000)) - 8] = (2_000_000_000).to_bytes(4, "little")
    return bytes(data)


def differing_interfaces() -> bytes:
    return (
        captures.section()
        + captures.interface(101)
        + captures.interface(1)
        + captures.enhanced(syn(), 1_000_000)
    )


def other_reference() -> bytes:
    """A tagged SYN of the same host between the SYN and the ACK of a flow."""
    frames = [(0, syn()), (10, answer()), (1000, client(101_000))]
    tagged = ethernet(syn(100_490, 41000), tags=((0x8100, 1),))
    return captures.pcap(
        sorted([(ms * MS, ethernet(data)) for ms, data in frames] + [(500 * MS, tagged)]), linktype=1
    )


@dataclass(frozen=True, slots=True)
class Scenario:
    """``shared`` tells which of our rows p0f gives too (by place), ``added`` rows of its own."""

    rule: str
    capture: bytes
    shared: tuple[int, ...] = ()
    added: tuple[str, ...] = ()
    extra: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)


ACK_PLUS = "ack number in a SYN (B1)"
CROSSING = "SYNs of both ends that cross: one connection"
ODD_TIME = "fraction of a second that is a second or more, kept within its second"
REFERENCE = "timestamps compared with a handshake packet that only one side counts as the first"
ENDS = "cli=192.0.2.1/40000|srv=198.51.100.2/80|subj=cli"
CROSSED = "cli=198.51.100.2/80|srv=192.0.2.1/40000|subj=srv"
SYN_ROW = f"1970/01/01 00:00:{{:02}}] mod=syn|{ENDS}"
UNKNOWN = "os=???|dist=0|params=none|raw_sig=4:64+0:0:1460:8192,0:mss:df,id+:0"
MTU_ROW = f"mod=mtu|{ENDS}|link=Ethernet|raw_mtu=1500"


def hidden(reason: Hidden, capture: bytes, rows: int = 2) -> Scenario:
    """Nothing of p0f's, ``rows`` of ours."""
    return Scenario(reason.value, capture, extra={reason.value: rows})


SCENARIOS: tuple[Scenario, ...] = (
    hidden(Hidden.TAGS, captures.pcap([(0, ethernet(syn(), tags=((0x8100, 1),)))], linktype=1)),
    hidden(Hidden.TAGS, captures.pcap([(0, llc_frame())], linktype=1)),
    hidden(Hidden.TUNNEL, raw((0, carried(17, udp(VXLAN, vxlan(ethernet(syn()))))))),
    hidden(Hidden.TUNNEL, raw((0, carried(GRE, gre(syn(), 0x0800))))),
    # L2TP: version 2 without options, tunnel 1, session 1; then PPP with IPv4.
    hidden(Hidden.TUNNEL, raw((0, carried(17, udp(1701, bytes.fromhex("000200010001 ff030021") + syn()))))),
    Scenario(
        Hidden.TUNNEL.value,
        raw((0, carried(GRE, gre(syn(), 0x0800))), (1, syn())),
        shared=(2, 3),
        extra={Hidden.TUNNEL.value: 2},
    ),
    hidden(Hidden.UNKNOWN_LINK, captures.pcap([(0, radiotap(wifi(syn())))], linktype=127)),
    hidden(Hidden.UNKNOWN_LINK, captures.pcap([(0, wifi(syn(), qos=True))], linktype=105)),
    hidden(Hidden.LINKTYPE, captures.pcap([(0, b"\x3d\x02" + bytes(62) + syn())], linktype=117)),
    hidden(Hidden.LINKTYPE, captures.pcap([(0, b"\0\0\0\2" + syn())], linktype=108)),
    hidden(Hidden.INTERFACES, differing_interfaces()),
    hidden(
        Hidden.EXTENSIONS,
        captures.pcap([(0, packet(Ip6(extensions=((0, b"\0" + bytes(6)),)), Tcp(options=mss(1440))))]),
    ),
    hidden(
        Hidden.EXTENSIONS,
        captures.pcap([(0, packet(Ip6(extensions=((44, bytes(7)),)), Tcp(options=mss(1440))))]),
    ),
    hidden(
        Hidden.SNAPPED,
        captures.pcap([(0, packet(CLIENT, Tcp(options=mss(1460), payload=b"x" * 90))[:44], 134)]),
    ),
    hidden(Hidden.SNAPLEN, captures.pcap([(0, syn())], snaplen=50)),
    Scenario(
        ODD_TIME,
        odd_time(),
        shared=(0, 1, 2, 3),
        extra={ODD_TIME: 1},
    ),
    Scenario(
        ACK_PLUS,
        raw((0, packet(CLIENT, Tcp(ack=1, window=8192, options=mss(1460))))),
        shared=(1,),
        added=(f"[{SYN_ROW.format(0)}|{UNKNOWN}",),
        extra={ACK_PLUS: 1},
        missing={ACK_PLUS: 1},
    ),
    Scenario(
        CROSSING,
        raw(
            (0, syn(options=mss(1460))),
            (10, packet(SERVER, Tcp(sport=80, dport=40000, seq=5000, window=8192, options=mss(1460)))),
            (20, packet(CLIENT, Tcp(seq=1000, ack=5001, flags=SYN | ACK, window=8192, options=mss(1460)))),
        ),
        shared=(0, 1, 2, 3),
        added=(
            f"[1970/01/01 00:00:00] mod=syn+ack|{CROSSED}|{UNKNOWN}",
            f"[1970/01/01 00:00:00] mod=mtu|{CROSSED}|link=Ethernet|raw_mtu=1500",
        ),
        missing={CROSSING: 2},
    ),
    Scenario(NoFlowReason.NEVER.value, raw((0, answer())), extra={NoFlowReason.NEVER.value: 2}),
    Scenario(
        NoFlowReason.AGED.value,
        raw((0, syn()), *others(32_000), (33_000, answer())),
        shared=(0, 1),
        extra={NoFlowReason.AGED.value: 2},
    ),
    Scenario(
        NoFlowReason.AGED.value,
        raw((0, syn()), *others(32_000), (33_000, syn(0, options=mss(1460)))),
        shared=(0, 1),
        added=(
            f"[{SYN_ROW.format(33)}|{UNKNOWN}",
            f"[1970/01/01 00:00:33] {MTU_ROW}",
        ),
        missing={NoFlowReason.AGED.value: 2},
    ),
    Scenario(
        NoFlowReason.CLOCK.value,
        raw((10_000, syn()), *others(5_000), (10_010, answer())),
        shared=(0, 1),
        extra={NoFlowReason.CLOCK.value: 2},
    ),
    Scenario(
        NoFlowReason.HTTP.value,
        raw(
            (0, syn()),
            (10, answer()),
            (20, client(100_020, SPEECH)),
            (1000, client(101_000, seq=1001 + len(SPEECH))),
        ),
        shared=(0, 1, 2, 3),
        extra={NoFlowReason.HTTP.value: 1},
    ),
    Scenario(
        NoFlowReason.HTTP.value,
        raw(
            (0, syn(options=mss(1460))),
            (10, answer(mss(1460))),
            (20, client(1, SPEECH)),
            (1000, syn(options=mss(1460))),
            (1010, answer(mss(1460))),
        ),
        shared=(0, 1, 2, 3),
        added=(
            f"[{SYN_ROW.format(1)}|{UNKNOWN}",
            f"[1970/01/01 00:00:01] {MTU_ROW}",
            f"[{SYN_ROW.format(1)}|{UNKNOWN}".replace("mod=syn", "mod=syn+ack").replace("=cli|", "=srv|"),
            f"[1970/01/01 00:00:01] {MTU_ROW}".replace("subj=cli", "subj=srv"),
        ),
        missing={NoFlowReason.HTTP.value: 4},
    ),
    # The server speaks after the first half of a URL, which p0f does not wait for.
    Scenario(
        NoFlowReason.HTTP.value,
        raw(
            (0, syn()),
            (10, answer()),
            (20, client(100_020, URL[0])),
            (30, server(b"HTTP/1.1 400 \r\n", 1001 + len(URL[0]))),
            (1000, client(101_000, URL[1], seq=1001 + len(URL[0]))),
        ),
        shared=(0, 1, 2, 3),
        extra={NoFlowReason.HTTP.value: 1},
    ),
    Scenario(
        NoFlowReason.EARLY_ACK.value,
        raw((0, syn()), (10, client(100_010)), (20, answer())),
        shared=(0, 1),
        extra={NoFlowReason.EARLY_ACK.value: 2},
    ),
    Scenario(
        NoFlowReason.USERLAND.value,
        raw((0, syn(window=1024, options=mss(1460))), (10, answer())),
        shared=(0,),
        extra={NoFlowReason.USERLAND.value: 2},
    ),
    Scenario(
        NoFlowReason.USERLAND.value,
        raw((0, syn(window=1024, options=mss(1460))), (1000, syn(window=1024, options=mss(1460)))),
        shared=(0,),
        added=(
            f"[{SYN_ROW.format(1)}|app=Tool|dist=0|params=none|raw_sig=4:64+0:0:1460:1024,0:mss:df,id+:0",
        ),
        missing={NoFlowReason.USERLAND.value: 1},
    ),
    Scenario(
        NoFlowReason.CLOSED.value,
        raw((0, syn()), (10, client(100_010, flags=RST)), (20, answer())),
        shared=(0, 1),
        extra={NoFlowReason.CLOSED.value: 2},
    ),
    Scenario(
        REFERENCE,
        other_reference(),
        shared=(0, 1, 2, 3),
        added=(
            f"[1970/01/01 00:00:01] mod=uptime|{ENDS}|"
            "uptime=0 days 0 hrs 1 min (modulo 49 days)|raw_freq=1000.00 Hz",
        ),
        extra={
            Hidden.TAGS.value: 3,
            REFERENCE: 1,
        },
        missing={REFERENCE: 1},
    ),
)

"""Single frames that are expensive to read, and floods of SYNs and segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.support import tunnels
from tests.support.packets import (
    ACK,
    FIN,
    LINUX_OPTIONS,
    NOP,
    RST,
    SOK,
    SYN,
    Ip4,
    Ip6,
    Tcp,
    ethernet,
    mss,
    packet,
    timestamps,
    wscale,
)
from tests.support.tunnels import GTPU, TEB, UDP, VXLAN, carried, udp
from tools.bench.adversarial.model import (
    ALL,
    ETHERNET,
    HOSTS,
    SYNS,
    CostlyInput,
    FrameTalk,
    FrameTraffic,
    costly,
    of_talks,
    talks,
)
from tools.bench.hotpath import INVENTORY

FRAMES, WARM = 2000, 1000
"""Frames of each kind that are counted, and frames sent before them."""

FEW, MANY = 500, 1 << 24
"""Number of source addresses: few known hosts, or a new address for every packet."""

HOST, HOST_6 = "10.9.8.7", "2001:db8::a09:807"
MARK = bytes((10, 9, 8, 7))
PORT = 0xA5A6
"""The part of the source address, and the port, that differ from frame to frame."""


def syn(options: bytes = LINUX_OPTIONS, *, ip_options: bytes = b"", payload: bytes = b"") -> bytes:
    """A SYN over IPv4, beginning with its IP header."""
    return packet(Ip4(source=HOST, options=ip_options), Tcp(sport=PORT, options=options, payload=payload))


def syn_6(extensions: int) -> bytes:
    """A SYN over IPv6 after `extensions` extension headers."""
    chain = ((60, bytes(7)),) * extensions
    return packet(Ip6(source=HOST_6, extensions=chain), Tcp(sport=PORT, options=LINUX_OPTIONS))


def labels(count: int) -> bytes:
    """A SYN under `count` MPLS labels."""
    return ethernet(bytes.fromhex("00064040") * (count - 1) + bytes.fromhex("00064140") + syn(), 0x8847)


def nested(wrap: Callable[[bytes], bytes], depth: int) -> bytes:
    inner = syn()
    for _ in range(depth):
        inner = wrap(inner)
    return ethernet(inner)


def vxlan(inner: bytes) -> bytes:
    return carried(UDP, udp(VXLAN, tunnels.vxlan(ethernet(inner))))


def geneve(inner: bytes) -> bytes:
    """The packet in GENEVE with the most options possible."""
    options = bytes(252)
    return carried(UDP, udp(tunnels.GENEVE, tunnels.geneve(ethernet(inner), protocol=TEB, options=options)))


def gre(inner: bytes) -> bytes:
    """The packet in GRE with 15 source routes."""
    routes = bytes.fromhex("08000004 01020304") * 15 + bytes(4)
    return carried(tunnels.GRE, tunnels.gre(inner, 0x0800, routes=routes, key=1, sequence=1, checksum=True))


def gtpu(inner: bytes) -> bytes:
    extensions = bytes.fromhex("00000085") + bytes.fromhex("01000085") * 7 + bytes.fromhex("01000000")
    return carried(UDP, udp(GTPU, tunnels.gtpu(inner, flags=0x34, optional=extensions)))


def ip_in_ip(inner: bytes) -> bytes:
    return carried(tunnels.IP4, inner)


def varied(frame: bytes, hosts: int, seed: int) -> Iterator[bytes]:
    """The frame many times, each with a new port and one of `hosts` addresses."""
    random = Random(seed)
    address, port = frame.rindex(MARK), frame.rindex(PORT.to_bytes(2, "big"))
    data = bytearray(frame)
    while True:
        data[address : address + 4] = (0x0A000000 | random.randrange(hosts)).to_bytes(4, "big")
        data[port : port + 2] = random.randbytes(2)
        yield bytes(data)


def repeated(*frames: bytes, hosts: int = FEW, linktype: int = ETHERNET) -> FrameTraffic:
    """The frames in turn."""
    made = [varied(frame, hosts, seed) for seed, frame in enumerate(frames)]
    out = [next(made[number % len(made)]) for number in range(WARM + FRAMES)]
    return FrameTraffic(out[WARM:], out[:WARM], linktype)


def single(name: str, frame: bytes, **how: int) -> CostlyInput:
    """An entry with one frame, in many connections."""
    return CostlyInput(name, SYNS, lambda: repeated(frame, **how))


SINGLE = (
    single("flood of SYNs", ethernet(syn()), hosts=MANY),
    single("MSS, SACK and 14 NOPs", ethernet(syn(mss(1460) + SOK + NOP * 14))),
    single("40 NOPs", ethernet(syn(NOP * 40))),
    single("20 SACK options", ethernet(syn(SOK * 20))),
    single("20 unknown options", ethernet(syn(b"\xfd\x02" * 20))),
    single("40 bytes behind EOL", ethernet(syn(bytes(39) + b"\x01"))),
    single("10 MSS options", ethernet(syn(mss(1460) * 10))),
    single("SYN with data", ethernet(syn(payload=bytes(1400)))),
    single("40 bytes of IP options", ethernet(syn(ip_options=NOP * 40))),
    single("8 IPv6 extensions", ethernet(syn_6(8))),
    single("150 IPv6 extensions", ethernet(syn_6(150))),
    single("8 VLAN tags", ethernet(syn(), tags=((0x8100, 1),) * 8)),
    single("300 VLAN tags", ethernet(syn(), tags=((0x8100, 1),) * 300)),
    single("16 MPLS labels", labels(16)),
    single("300 MPLS labels", labels(300)),
    single("4 IP in IP", nested(ip_in_ip, 4)),
    single("40 IP in IP", nested(ip_in_ip, 40)),
    single("4 VXLAN", nested(vxlan, 4)),
    single("20 VXLAN", nested(vxlan, 20)),
    single("4 GENEVE", nested(geneve, 4)),
    single("4 GRE", nested(gre, 4)),
    single("8 GRE", nested(gre, 8)),
    single("4 GTP-U", nested(gtpu, 4)),
    single("16 VLAN tags and 4 GTP-U", ethernet(nested(gtpu, 4)[14:], tags=((0x8100, 1),) * 16)),
    single("16 VLAN tags and 4 GRE", ethernet(nested(gre, 4)[14:], tags=((0x8100, 1),) * 16)),
    single(
        "radiotap of 60 words",
        tunnels.radiotap(tunnels.wifi(syn(), qos=True), flags=0, more_words=60),
        linktype=127,
    ),
)


def fragments() -> FrameTraffic:
    """IP fragments with 8 bytes of payload."""
    made = [
        ethernet(
            Ip4(source=f"10.1.{n >> 8}.{n & 255}", identification=n, fragment=0x2000 | n % 64).pack(bytes(8))
        )
        for n in range(FRAMES)
    ]
    return FrameTraffic(made)


def all_different() -> FrameTraffic:
    """SYNs as sent by Linux, each with another MSS, window, scale and TTL."""
    random, made = Random(2), []
    for number in range(WARM + FRAMES):
        options = (
            mss(random.randrange(536, 9000))
            + SOK
            + timestamps(number + 1)
            + NOP
            + wscale(random.randrange(15))
        )
        tcp = Tcp(sport=1024 + number, window=random.randrange(65536), options=options)
        made.append(ethernet(packet(Ip4(source=f"10.2.0.{number % 250}", ttl=random.randrange(33, 65)), tcp)))
    return FrameTraffic(made[WARM:], made[:WARM])


def random_options() -> FrameTraffic:
    """SYNs with options of any kind in any order, so that no template and no signature fits."""
    random, made = Random(3), []
    kinds = (mss(1460), SOK, NOP, timestamps(1), wscale(7), b"\xfd\x02", b"\x05\x0a" + bytes(8), b"\x22\x02")
    for number in range(WARM + FRAMES):
        options = b"".join(random.choices(kinds, k=8))[:40].ljust(40, b"\x01")
        tcp = Tcp(sport=1024 + number, window=random.randrange(65536), options=options)
        made.append(ethernet(packet(Ip4(source=f"10.2.0.{number % 250}"), tcp)))
    return FrameTraffic(made[WARM:], made[:WARM])


def wild_timestamps() -> FrameTraffic:
    """Empty segments of 20 connections with random timestamps, each compared with a host's clock."""
    random, made = Random(4), talks(20)
    frames = [
        talk.segment(side, flags=ACK, options=NOP * 2 + timestamps(random.getrandbits(32), 1))
        for _ in range(50)
        for talk in made
        for side in (0, 1)
    ]
    return FrameTraffic(frames, [frame for talk in talks(20) for frame in talk.handshake()])


WINDOWS_OPTIONS = mss(1460) + NOP + wscale(8) + NOP + NOP + SOK


def changing() -> FrameTraffic:
    """SYNs as sent by Linux and Windows in turn, from few addresses."""
    linux, windows = (
        syn(),
        packet(Ip4(source=HOST, ttl=128), Tcp(sport=PORT, window=64240, options=WINDOWS_OPTIONS)),
    )
    return repeated(ethernet(linux), ethernet(windows), hosts=4)


def on_live_ports() -> FrameTraffic:
    """SYNs with other sequence numbers on the ports of open connections."""
    made = talks(500)
    before = [frame for talk in made for frame in talk.handshake()]
    other = [FrameTalk(talk.number) for _ in range(4) for talk in made]
    for number, talk in enumerate(other):
        talk.sent[0] = 1000 + number * 13
    return FrameTraffic([talk.segment(0, flags=SYN) for talk in other], before)


def injected(flags: int) -> Callable[[], FrameTraffic]:
    """Segments with these flags and wrong sequence numbers in open connections."""

    def costly(talk: FrameTalk) -> list[bytes]:
        return [talk.segment(n & 1, at=50_000 + n * 70_001, flags=flags) for n in range(10)]

    return lambda: of_talks(talks(200), costly)


def ends_and_starts() -> FrameTraffic:
    """SYN, SYN+ACK and RST on the same ports, many times."""
    made: list[bytes] = []
    for number in range(FRAMES // 3):
        talk = FrameTalk(number % 10)
        talk.sent[0] = number * 100_000
        made += [talk.segment(0, flags=SYN), talk.segment(1, flags=SYN | ACK), talk.segment(1, flags=RST)]
    return FrameTraffic(made)


def ports_of_one_host() -> FrameTraffic:
    """SYN and SYN+ACK of one client and one server, each from another port."""
    made = []
    for number in range(FRAMES // 2):
        talk = FrameTalk(number, 1 + number % 65_000, host=1)
        made += [talk.segment(0, flags=SYN), talk.segment(1, flags=SYN | ACK)]
    return FrameTraffic(made)


FLOODS = (
    *costly(
        SYNS,
        {
            "IP fragments": fragments,
            "SYNs on live ports": on_live_ports,
            "SYNs that are all different": all_different,
            "SYNs with random options": random_options,
            "random timestamps": wild_timestamps,
            "injected RST": injected(RST),
            "injected FIN": injected(FIN | ACK),
            "connections that end at once": ends_and_starts,
            "all ports of one host": ports_of_one_host,
        },
    ),
    *costly(
        HOSTS,
        {
            "many hosts, with inventory": lambda: repeated(ethernet(syn()), hosts=MANY),
            "another system in every SYN, with inventory": changing,
            "all ports of one host, with inventory": ports_of_one_host,
        },
        protocols=ALL | INVENTORY,
    ),
)


def ordinary_syns() -> FrameTraffic:
    return repeated(ethernet(syn()))


BASELINES = (
    CostlyInput(SYNS, SYNS, ordinary_syns),
    CostlyInput(HOSTS, HOSTS, ordinary_syns, ALL | INVENTORY),
)
ENTRIES = (*SINGLE, *FLOODS)

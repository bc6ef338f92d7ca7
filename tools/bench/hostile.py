"""Instructions that the costliest frames of each kind take, beside an ordinary SYN.

    python -m tools.bench.hostile

Every frame is a SYN of a connection of its own. What can be repeated is repeated as often as the
core follows it, then more often, so that one sees where the cost ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.support import tunnels
from tests.support.captures import pcap
from tests.support.packets import LINUX_OPTIONS, NOP, SOK, Ip4, Ip6, Tcp, ethernet, packet
from tests.support.tunnels import GTPU, TEB, UDP, VXLAN, carried, udp
from tools.bench import instructions
from tools.bench.hotpath import HotPath, build
from tools.bench.inputs import Capture, Inputs

PACKETS = 40_000
"""Of each kind; the first 20,000, and what is read along with them, warm up."""

FEW, MANY = 500, 1 << 24
"""Addresses that the frames come from: known hosts, or invented for every packet."""

HOST, HOST_6 = "10.9.8.7", "2001:db8::a09:807"
MARK = bytes((10, 9, 8, 7))
PORT = 0xA5A6
"""The part of the source address, and the port, that differ from frame to frame."""


def syn(options: bytes = LINUX_OPTIONS, *, ip_options: bytes = b"") -> bytes:
    """A SYN over IPv4, from its IP header on."""
    return packet(Ip4(source=HOST, options=ip_options), Tcp(sport=PORT, options=options))


def syn_6(extensions: int, words: int = 0) -> bytes:
    """A SYN over IPv6 behind so many extension headers."""
    chain = ((60, bytes((words,)) + bytes(6 + 8 * words)),) * extensions
    return packet(Ip6(source=HOST_6, extensions=chain), Tcp(sport=PORT, options=LINUX_OPTIONS))


def labels(count: int) -> bytes:
    """A SYN under so many MPLS labels."""
    return ethernet(bytes.fromhex("00064040") * (count - 1) + bytes.fromhex("00064140") + syn(), 0x8847)


def nested(wrap: Callable[[bytes], bytes], depth: int) -> bytes:
    """A SYN in so many tunnels."""
    inner = syn()
    for _ in range(depth):
        inner = wrap(inner)
    return ethernet(inner)


def vxlan(inner: bytes) -> bytes:
    """In VXLAN."""
    return carried(UDP, udp(VXLAN, tunnels.vxlan(ethernet(inner))))


def geneve(inner: bytes) -> bytes:
    """In GENEVE with the most options that it has room for."""
    options = bytes(252)
    return carried(UDP, udp(tunnels.GENEVE, tunnels.geneve(ethernet(inner), protocol=TEB, options=options)))


def gre(inner: bytes) -> bytes:
    """In GRE with 15 source routes."""
    routes = bytes.fromhex("08000004 01020304") * 15 + bytes(4)
    return carried(tunnels.GRE, tunnels.gre(inner, 0x0800, routes=routes, key=1, sequence=1, checksum=True))


def gtpu(inner: bytes) -> bytes:
    """In GTP-U with extension headers."""
    extensions = bytes.fromhex("00000085") + bytes.fromhex("01000085") * 7 + bytes.fromhex("01000000")
    return carried(UDP, udp(GTPU, tunnels.gtpu(inner, flags=0x34, optional=extensions)))


def ip_in_ip(inner: bytes) -> bytes:
    """In IPv4."""
    return carried(tunnels.IP4, inner)


@dataclass(frozen=True)
class Frame:
    """A frame whose cost is measured, and from how many addresses it comes."""

    data: bytes
    hosts: int = FEW
    linktype: int = 1


ORDINARY, FLOOD = "ordinary SYN", "flood of SYNs"

FRAMES: dict[str, Frame] = {
    ORDINARY: Frame(ethernet(syn())),
    FLOOD: Frame(ethernet(syn()), MANY),
    "19 nop": Frame(ethernet(syn(b"\2\4\5\xb4" + NOP * 19 + b"\0"))),
    "40 nop": Frame(ethernet(syn(NOP * 40))),
    "20 sok": Frame(ethernet(syn(SOK * 20))),
    "20 unknown options": Frame(ethernet(syn(b"\xfd\x02" * 20))),
    "40 bytes behind eol": Frame(ethernet(syn(bytes(39) + b"\x01"))),
    "13 MSS": Frame(ethernet(syn(b"\x02\x04\x05\xb4" * 10))),
    "40 bytes of IP options": Frame(ethernet(syn(ip_options=NOP * 40))),
    "8 IPv6 extensions": Frame(ethernet(syn_6(8))),
    "9 IPv6 extensions": Frame(ethernet(syn_6(9))),
    "150 IPv6 extensions": Frame(ethernet(syn_6(150))),
    "8 tags": Frame(ethernet(syn(), tags=((0x8100, 1),) * 8)),
    "300 tags": Frame(ethernet(syn(), tags=((0x8100, 1),) * 300)),
    "16 labels": Frame(labels(16)),
    "300 labels": Frame(labels(300)),
    "4 IP in IP": Frame(nested(ip_in_ip, 4)),
    "40 IP in IP": Frame(nested(ip_in_ip, 40)),
    "4 VXLAN": Frame(nested(vxlan, 4)),
    "20 VXLAN": Frame(nested(vxlan, 20)),
    "4 GENEVE": Frame(nested(geneve, 4)),
    "4 GRE": Frame(nested(gre, 4)),
    "8 GRE": Frame(nested(gre, 8)),
    "4 GTP-U": Frame(nested(gtpu, 4)),
    "radiotap": Frame(tunnels.radiotap(tunnels.wifi(syn(), qos=True), flags=0, more_words=60), linktype=127),
}
"""The costliest frames that could be thought of."""


def capture(frame: Frame, path: Path) -> Capture:
    """The frame from many addresses and ports, as a capture."""
    random, packets = Random(1), []
    address, port = frame.data.rindex(MARK), frame.data.rindex(PORT.to_bytes(2, "big"))
    data = bytearray(frame.data)
    for number in range(PACKETS):
        data[address : address + 4] = (0x0A000000 | random.randrange(frame.hosts)).to_bytes(4, "big")
        data[port : port + 2] = random.randbytes(2)
        packets.append((number * 1000, bytes(data)))
    path.write_bytes(pcap(packets, linktype=frame.linktype))
    return Capture(path, PACKETS, "hostile frames", path.stat().st_size)


def cost(hotpath: HotPath, name: str, database: Path, folder: Path) -> float:
    """Instructions a packet."""
    made = capture(FRAMES[name], folder / "frames.pcap")
    kind = instructions.Kind(name, made, uptime=True)
    return instructions.count(hotpath, database, kind, folder, least=PACKETS // 6)


def main() -> None:
    """Measure and print all of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hotpath = build(folder)
        database = instructions.small_database(Inputs(folder), folder)
        ordinary = cost(hotpath, ORDINARY, database, folder)
        print("| frame | bytes | instructions | beside an ordinary SYN |\n|---|---|---|---|")
        for kind, frame in FRAMES.items():
            found = cost(hotpath, kind, database, folder)
            print(f"| {kind} | {len(frame.data)} | {found:.0f} | {found / ordinary:.2f} |")


if __name__ == "__main__":
    main()

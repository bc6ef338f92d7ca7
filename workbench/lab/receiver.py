"""Random connections beside Linux's own receiver: the rows show the bytes that the server received.

    python -m workbench.lab.receiver [--connections 20000] [--seed 1] [--keep FOLDER] [--loss 0.1]

Needs root. The client sends segments that receivers drop, or other bytes with the same numbers, through a
router. The packets are captured at both ends. With `--loss`, the clients are honest: so many of their
segments come again later, and as many twice or in another order.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import huginn_cffi as hg
from tests.live.injecting import INTERFACE, SIGNED, without_offload
from tests.support import network as net
from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, PSH, RST, SYN, URG, Ip4, Ip6, Tcp, mss, packet, timestamps
from tests.support.tls.conversation import client_hello, extension, record, server_name

Key = tuple[str, int]
"""The client's address and port."""

ROOT = Path(__file__).parents[2]
MODULE = [sys.executable, "-m", "workbench.lab.receiver"]
NETWORKS = {4: "198.51.100.", 6: "2001:db8:1::"}
"""Of the clients, whose packets this program makes."""
HTTP, TLS = 80, 443
ANSWERS = {HTTP: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", TLS: b"\x15\3\3\0\2\2\x28"}
AT_ONCE = 80
AUTHENTICATED = b"\x1d\x10" + b"m" * 14
OPTIONS4, OPTIONS6 = b"\x83\x07\x04\xc6\x33\x64\x09\0", (60, bytes.fromhex("00c3040000000000")[:7])


@dataclass(frozen=True)
class Segment:
    """One that a client sends; `at` counts from the first byte of its data."""

    kind: str
    at: int = 0
    data: bytes = b""
    flags: int = ACK | PSH
    ttl: int = 64
    wrong: bool = False
    older_by: int = 0
    options: bytes | None = None
    more: bytes = b""
    ack: int = 0
    urgent: int = 0
    words: int | None = None
    shorter_by: int = 0
    is_routed: bool = False
    torn: int = 0


@dataclass
class Client:
    """A connection, and the numbers of its next segment."""

    number: int
    chance: random.Random
    version: int
    to: int
    server: str
    acked: int = 0
    echo: int = 0
    state: str = "new"
    has_data: bool = False
    plan: list[Segment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = self.chance.choice([self.chance.randrange(2**32), 2**32 - self.chance.randrange(1, 900)])
        self.clock = self.chance.randrange(10**6, 2**31)
        self.has_stamps = self.chance.random() < 0.7
        self.port = 1024 + self.number % 60000
        self.address = NETWORKS[self.version] + format(
            1 + self.number % 250, "x" if self.version == 6 else "d"
        )
        self.real, self.other = (self._message(name) for name in ("real", "fake"))
        if self.chance.random() < 0.7:
            self.other = self.other[: len(self.real)]

    def _message(self, name: str) -> bytes:
        host = f"{name}{self.number:05}.example"
        if self.to == TLS:
            filling = extension(51, self.chance.randbytes(self.chance.randrange(1400)))
            return record(client_hello(server_name(host.encode()) + filling))
        sizes = [self.chance.randrange(300) for _ in range(self.chance.randrange(4))]
        lines = "".join(f"X-{at}: {'v' * size}\r\n" for at, size in enumerate(sizes))
        return f"GET / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: curl/8.5.0\r\n{lines}\r\n".encode()

    def opening(self) -> bytes:
        """The options of the SYN."""
        return (
            mss(1460) + (b"\4\2" + timestamps(self.clock) if self.has_stamps else b"\1\1\4\2") + b"\1\3\3\7"
        )

    def take(self, tcp: bytes) -> None:
        """Follows a segment of the server."""
        number, acked = int.from_bytes(tcp[4:8], "big"), int.from_bytes(tcp[8:12], "big")
        end = 4 * (tcp[12] >> 4)
        at = tcp[20:end].find(b"\x08\x0a")
        self.echo = int.from_bytes(tcp[22 + at : 26 + at], "big") if at >= 0 else self.echo
        if tcp[13] & RST:
            self.state = "reset"
        elif tcp[13] & SYN and self.state == "asked" and acked == (self.first + 1) % 2**32:
            self.acked, self.state = (number + 1) % 2**32, "open"
        elif self.state == "open" and number == self.acked and (len(tcp) > end or tcp[13] & FIN):
            self.acked = (number + len(tcp) - end + (tcp[13] & FIN)) % 2**32
            self.has_data = True

    def frames(self, one: Segment) -> list[bytes]:
        """The IP packets of a segment."""
        self.clock += 1
        stamps = b"\1\1" + timestamps((self.clock - one.older_by) % 2**32, self.echo)
        options = (
            (stamps if self.has_stamps and not one.flags & RST else b"")
            if one.options is None
            else one.options
        )
        tcp = Tcp(
            *(self.port, self.to, self.first + 1 + one.at, self.acked + one.ack if one.flags & ACK else 0),
            *(one.flags, 64240, options + one.more, one.data, one.urgent, one.words),
        )
        ip = self._ip(one)
        whole = replace(ip, options=b"", total_length=None) if isinstance(ip, Ip4) else ip
        made = bytearray(packet(ip, tcp))
        header = len(made) - len(tcp.pack())
        made[header + 16] ^= 0x55 if one.wrong else 0
        if not one.torn:
            return [bytes(made)]
        body, at = bytes(made[header:]), one.torn
        return [
            replace(whole, fragment=0x2000).pack(body[:at]),
            replace(whole, fragment=at // 8).pack(body[at:]),
        ]

    def _ip(self, one: Segment) -> Any:
        if self.version == 6:
            return Ip6(self.address, self.server, one.ttl, extensions=(OPTIONS6,) * one.is_routed)
        made = Ip4(self.address, self.server, one.ttl, options=OPTIONS4 * one.is_routed)
        if not one.shorter_by:
            return made
        return replace(made, total_length=20 + 20 + 12 * self.has_stamps + len(one.data) - one.shorter_by)


Make = Callable[[Client, random.Random, bytes], list[Segment]]


def _one(**values: Any) -> Make:
    """A decoy from the first byte on."""
    return lambda client, chance, data: [Segment("", 0, data, **values)]


def _at(*places: int, **values: Any) -> Make:
    return lambda client, chance, data: [Segment("", chance.choice(places), data, **values)]


def _empty(*places: int, **values: Any) -> Make:
    return lambda client, chance, data: [
        Segment("", len(client.real) + chance.choice(places), **{"options": b"", **values})
    ]


DROPPED: dict[str, Make] = {
    "wrong checksum": _one(wrong=True),
    "TTL 1": _one(ttl=1),
    "old timestamp": lambda client, chance, data: [
        Segment("", 0, data, older_by=chance.choice([100, 10**6, 2**30]), wrong=not client.has_stamps)
    ],
    "MD5": _one(more=SIGNED),
    "TCP-AO": _one(more=AUTHENTICATED),
    "wrong option": _one(options=b"\x08\0\0\0"),
    "no ACK": _one(flags=PSH),
    "SYN and ACK": _one(flags=SYN | ACK),
    "SYN": _one(flags=SYN),
    "SYN and FIN": _one(flags=SYN | FIN),
    "Xmas": _one(flags=FIN | PSH | URG),
    "no flags": _one(flags=0),
    "FIN, wrong checksum": _one(flags=FIN | ACK, wrong=True),
    "RST, wrong checksum": _one(flags=RST | ACK, wrong=True),
    "RST in the window": _empty(5, 2000, 5000, flags=RST),
    "RST with MD5": lambda client, chance, data: [Segment("", 0, flags=RST, options=SIGNED)],
    "RST, old number": _empty(-1000, -70000, flags=RST),
    "FIN in the window": _empty(70000, 10**6, flags=FIN | ACK),
    "ACK of unsent": lambda client, chance, data: [
        Segment("", 0, data, ack=chance.choice([1, 2, 100, 70000, 2**30]))
    ],
    "old ACK": lambda client, chance, data: [
        Segment("", 0, data, ack=-chance.choice([70000, 10**6, 2**30, 2**31 - 1]))
    ],
    "before": lambda client, chance, data: [Segment("", -len(data) - chance.choice([0, 1, 70000]), data)],
    "beyond": _at(70000, 10**6, 2**30, -(2**31) + 1),
    "fragments, TTL 1": lambda client, chance, data: [
        Segment("", 0, data, ttl=1, torn=24 if client.version == 4 else 0)
    ],
    "source route": _one(is_routed=True),
    "short header": _one(words=4),
    "short packet": lambda client, chance, data: [
        Segment("", 0, data, shorter_by=5, wrong=client.version == 6)
    ],
    "gaps, wrong checksum": lambda client, chance, data: [
        Segment("", 400 + 10 * at, b"z", wrong=True) for at in range(12)
    ],
    "keep-alive": lambda client, chance, data: [Segment("", -1, chance.choice([b"", b"\0"]))],
}
TAKEN: dict[str, Make] = {
    "other bytes": _one(),
    "out of band": lambda client, chance, data: [
        Segment("", 0, data, flags=ACK | PSH | URG, urgent=chance.choice([0, 1, 2, len(data), 60000]))
    ],
    "with FIN": _one(flags=FIN | ACK),
    "no timestamp": _one(options=b""),
    "TTL 2": _one(ttl=2),
    "fragments": lambda client, chance, data: [Segment("", 0, data, torn=32 if client.version == 4 else 0)],
}


def planned(client: Client) -> list[Segment]:
    """The client's own segments, some in another order, and others between them."""
    chance, real = client.chance, client.real
    cuts = {0, len(real), *range(1400, len(real), 1400)}
    cuts |= {chance.randrange(1, len(real)) for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 5]))}
    places = sorted(cuts)
    plan = [Segment("own", at, real[at:end]) for at, end in pairwise(places)]
    if chance.random() < 0.3:
        chance.shuffle(plan)
    if chance.random() < 0.3:
        plan.append(chance.choice(plan))
    kinds = DROPPED if chance.random() < 0.6 else TAKEN
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
        kind = chance.choice(list(kinds))
        first = chance.choice([0, 0, 0, chance.randrange(len(real))])
        end = min(first + chance.choice([1, 10, 1400, chance.randrange(1, len(real) + 1)]), first + 1400)
        made = kinds[kind](client, chance, client.other.ljust(len(real), b"z")[first:end])
        moved = [replace(one, kind=kind, at=one.at + first if one.data else one.at) for one in made]
        place = chance.choice([0, chance.randrange(len(plan) + 1)])
        plan[place:place] = moved
    return plan


def honest(client: Client, loss: float) -> list[Segment]:
    """The client's own segments, of which some are late, or come twice, or are sent again."""
    chance, real = client.chance, client.real
    size = chance.choice([60, 200, 600, 1400])
    parts = [Segment("own", at, real[at : at + size]) for at in range(0, len(real), size)]
    plan: list[tuple[float, int, Segment]] = []
    for number, part in enumerate(parts):
        is_lost = chance.random() < loss
        late = chance.choice([1.5, 2.5]) if chance.random() < loss else 0
        plan.append((number + len(parts) * is_lost + late, number + len(parts) * is_lost, part))
        if chance.random() < loss:
            plan.append((number + 2.5, number, part))
    ordered = sorted(plan, key=lambda one: one[0])
    return [replace(part, older_by=at - clock) for at, (_, clock, part) in enumerate(ordered)]


class Wire:
    """The client's interface: sends packets, and follows what the server sends."""

    def __init__(self, router: str) -> None:
        without_offload(INTERFACE)
        own = (Path("/sys/class/net") / INTERFACE / "address").read_text(encoding="ascii")
        self.link = bytes.fromhex((router + own).replace(":", ""))
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self.socket.bind((INTERFACE, 0))
        self.clients: dict[tuple[str, int], Client] = {}
        threading.Thread(target=self._follow, daemon=True).start()

    def send(self, client: Client, segment: Segment) -> None:
        for data in client.frames(segment):
            self.socket.send(self.link + (b"\x86\xdd" if client.version == 6 else b"\x08\0") + data)

    def _follow(self) -> None:
        while True:
            frame = self.socket.recv(65535)
            is_6 = frame[12:14] == b"\x86\xdd"
            at, protocol, to = (54, 20, frame[38:54]) if is_6 else (34, 23, frame[30:34])
            if len(frame) < at + 20 or frame[protocol] != 6 or frame[:6] != self.link[6:]:
                continue
            end = (
                54 + int.from_bytes(frame[18:20], "big") if is_6 else 14 + int.from_bytes(frame[16:18], "big")
            )
            address = socket.inet_ntop(socket.AF_INET6 if is_6 else socket.AF_INET, to)
            client = self.clients.get((address, int.from_bytes(frame[at + 2 : at + 4], "big")))
            if client is not None:
                client.take(frame[at:end])


def send(server4: str, server6: str, router: str, seed: str, count: str, first: str, loss: str) -> None:
    """Opens connections, several at once, and prints what each of them sent."""
    wire = Wire(router)
    for begin in range(int(first), int(first) + int(count), AT_ONCE):
        clients = []
        for number in range(begin, min(begin + AT_ONCE, int(first) + int(count))):
            chance = random.Random(int(seed) << 32 | number)
            version = chance.choice([4, 4, 6])
            client = Client(
                number, chance, version, chance.choice([HTTP, TLS]), server6 if version == 6 else server4
            )
            client.plan = planned(client) if float(loss) < 0 else honest(client, float(loss))
            wire.clients[client.address, client.port] = client
            clients.append(client)
        talk(wire, clients)
        for one in clients:
            print(json.dumps([one.address, one.port, [segment.kind for segment in one.plan]]), flush=True)


def talk(wire: Wire, clients: list[Client]) -> None:
    for one in clients:
        one.state = "asked"
        wire.send(one, Segment("", -1, flags=SYN, options=one.opening()))
    time.sleep(0.25)
    for one in clients:
        if one.state == "open" and one.chance.random() < 0.8:
            wire.send(one, Segment("", flags=ACK))
    for step in range(max(len(one.plan) for one in clients)):
        for one in clients:
            if one.state == "open" and step < len(one.plan):
                wire.send(one, one.plan[step])
        time.sleep(0.012)
    time.sleep(0.15)
    for one in clients:  # as a client whose data were not acknowledged
        for at in range(0, len(one.real), 1300) if one.state == "open" and not one.has_data else ():
            wire.send(one, Segment("", at, one.real[at : at + 1300]))
    time.sleep(0.3)
    for flags, options in ((ACK, None), (FIN | ACK, None), (RST | ACK, b"")):
        for one in clients:
            wire.send(one, Segment("", len(one.real) + bool(flags & RST), flags=flags, options=options))
        time.sleep(0.1)


async def serve(path: str, *addresses: str) -> None:
    """Writes what it received from each client when it is ended."""
    without_offload(INTERFACE)
    received: dict[Key, tuple[int, bytes]] = {}

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer, data, is_answered = writer.get_extra_info("peername")[:2], b"", False
        port = writer.get_extra_info("sockname")[1]
        with suppress(OSError, asyncio.CancelledError):
            while more := await reader.read(65536):
                data += more
                received[peer] = (port, data)
                is_whole = (
                    b"\r\n\r\n" in data if port == HTTP else len(data) >= 5 + int.from_bytes(data[3:5], "big")
                )
                if is_whole and not is_answered:
                    is_answered = True
                    writer.write(ANSWERS[port])
        writer.close()

    for address in addresses:
        for port in (HTTP, TLS):
            await asyncio.start_server(take, address, port, backlog=2000)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    print("ready", flush=True)
    await ended.wait()
    lines = [json.dumps([*peer, port, data.hex()]) for peer, (port, data) in received.items()]
    Path(path).write_text("\n".join(lines), encoding="ascii")


def keep(path: str) -> None:
    """Captures until its input ends."""
    frames: list[tuple[int, bytes]] = []
    listening = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 26)
    listening.bind((INTERFACE, 0))

    def listen() -> None:
        while True:
            frame = listening.recv(65535)
            frames.append((time.time_ns(), frame))

    threading.Thread(target=listen, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()
    time.sleep(0.5)
    Path(path).write_bytes(pcap(list(frames), 1))


# ---- what the rows say ------------------------------------------------------------------


class ShownMessage(NamedTuple):
    """A row, as far as it follows from the client's bytes."""

    values: tuple[Any, ...]
    is_doubted: bool
    is_rival: bool


def rows(source: Any) -> dict[Key, list[ShownMessage]]:
    found: dict[Key, list[ShownMessage]] = defaultdict(list)
    analyzer = hg.Analyzer(None, protocols=("tcp", "tls", "http"), host_names=True, max_connections=100_000)
    for batch in analyzer.batches(source):
        for one in map(json.loads, batch.render("json").splitlines()):
            if one["event"] in ("http_request", "tls_client"):
                names = ("event", "http_host", "user_agent", "signature", "sni", "ja4", "hello_bytes")
                values = tuple(str(one.get(name)) for name in names)
                shown = ShownMessage(values, bool(one.get("doubt")), bool(one.get("rivals")))
                found[one["src_ip"], one["src_port"]].append(shown)
    return found


def clean(received: dict[Key, tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Connections in which a server receives these bytes, and nothing else happens."""
    at = 10**18
    for (address, port), (to, data) in received.items():
        ip = Ip6(address, "2001:db8::2") if ":" in address else Ip4(address)
        back = replace(ip, source=ip.destination, destination=address)
        own = Tcp(port, to, 1000, options=mss(1460))
        answer = Tcp(to, port, 5000, 1001, SYN | ACK, options=mss(1460))
        sent = [(1001 + n, data[n : n + 1300]) for n in range(0, len(data), 1300)]
        segments = [
            packet(ip, replace(own, seq=seq, ack=5001, flags=ACK, options=b"", payload=part))
            for seq, part in sent
        ]
        end = replace(answer, seq=5001, ack=1001 + len(data), flags=ACK, options=b"")
        for made in [packet(ip, own), packet(back, answer), *segments, packet(back, end)]:
            at += 10**6
            yield at, made


def verdict(wanted: list[ShownMessage], found: list[ShownMessage], kinds: list[str]) -> str:
    shown = [one.values for one in found]
    if shown == [one.values for one in wanted]:
        return "equal"
    if not found and any(kind.startswith("fragments") for kind in kinds):
        return "fragments"
    if any(one.is_rival for one in found):
        return "rivals"
    if found and all(one.is_doubted for one in found) and not wanted:
        return "never acknowledged"
    if not found and {*kinds} == {"own"}:
        return "withheld"
    return "WRONG"


def routed(made: net.Network, far: str) -> tuple[str, str, str]:
    """Lays the routes of the clients; gives the server's addresses and the router's MAC."""
    for version, way in ((4, net.CLIENT_IP4), (6, net.CLIENT_IP6)):
        net.ip(
            "-n",
            made.server,
            "route",
            "add",
            f"{NETWORKS[version]}{'0/24' if version == 4 else '/64'}",
            "via",
            way,
        )
        net.ip("-n", far, f"-{version}", "route", "add", "default", "via", net.ROUTER[version])
    for key, value in (("ipv4/tcp_syncookies", 0), ("ipv4/tcp_max_syn_backlog", 4096)):
        subprocess.run(net.inside(far, ["sh", "-c", f"echo {value} > /proc/sys/net/{key}"]), check=True)
    asked = net.inside(made.server, ["cat", f"/sys/class/net/{INTERFACE}/address"])
    router = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    return net.FAR[4], net.FAR[6], router


def compare(
    count: int, seed: int, folder: Path, first: int = 0, loss: float = -1
) -> tuple[Counter[str], list[str]]:
    """The verdicts of so many connections at both ends, and those that are wrong; `loss`: -1, with decoys."""
    with net.routed() as (made, far), ExitStack() as cleanup:
        *servers, router = routed(made, far)
        keepers = []
        for end, namespace in (("client", made.client), ("server", far)):
            command = net.inside(namespace, [*MODULE, "keep", str(folder / f"{end}.pcap")])
            keepers.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT))
        serving = subprocess.Popen(
            net.inside(far, [*MODULE, "serve", str(folder / "received"), *servers]),
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        cleanup.callback(serving.kill)
        for one in (*keepers, serving):
            assert one.stdout is not None
            assert one.stdout.readline() == b"ready\n"
        words = [*MODULE, "send", *servers, router, str(seed), str(count), str(first), str(loss)]
        said = subprocess.run(
            net.inside(made.client, words), check=True, stdout=subprocess.PIPE, cwd=ROOT
        ).stdout
        time.sleep(1)
        for one in keepers:
            one.communicate(b"", timeout=60)
        serving.terminate()
        serving.wait(60)
        received = {}
        lines = (folder / "received").read_text(encoding="ascii").splitlines()
        for address, port, to, data in map(json.loads, lines):
            received[address, port] = (to, bytes.fromhex(data))
    wanted = rows(pcap(list(clean(received)), 101))
    verdicts: Counter[str] = Counter()
    wrong = []
    for end in ("client", "server"):
        found = rows(folder / f"{end}.pcap")
        for address, port, kinds in map(json.loads, said.splitlines()):
            key = (address, port)
            verdicts[given := verdict(wanted[key], found[key], kinds)] += 1
            if given == "WRONG":
                wrong.append(f"{end} {key} {kinds}: {wanted[key]} is shown as {found[key]}")
    return verdicts, wrong


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--connections", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the captures in this folder")
    parser.add_argument(
        "--loss", type=float, default=-1, help="honest clients, and the share of lost segments"
    )
    wanted = parser.parse_args()
    verdicts: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = wanted.keep or Path(temporary)
        for first in range(0, wanted.connections, 1000):
            folder.mkdir(exist_ok=True)
            found = compare(min(1000, wanted.connections - first), wanted.seed, folder, first, wanted.loss)
            verdicts += found[0]
            wrong += found[1]
    print(*wrong, dict(verdicts), sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    match sys.argv[1:2]:
        case ["send"]:
            send(*sys.argv[2:])
        case ["serve"]:
            asyncio.run(serve(*sys.argv[2:]))
        case ["keep"]:
            keep(sys.argv[2])
        case _:
            sys.exit(main())

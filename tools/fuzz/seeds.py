"""Initial inputs for fuzzing, made by the project's own generators.

The format of a target's inputs is described in its C file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from huginn_cffi import Database
from huginn_cffi.base.arguments import linktypes
from tests.support import captures, ssh_model
from tests.support import http2_frames as h2_frames
from tests.support.devices.announced import ANNOUNCEMENTS
from tests.support.greetings import GREETINGS
from tests.support.packets import ACK, SYN, Ip4, Tcp, packet
from tests.support.sample import sample
from tests.support.tls import certificate_model
from tests.support.tls.conversation import records as tls_records
from tests.support.tls.datagram_model import Initial, crypto, fragment, record
from tests.support.traffic import LINKTYPES, random_database, random_frame, random_packet, random_stream

SEEDS = 64
"""Number of seeds per target."""


def frames(random: Random) -> Iterator[bytes]:
    """A frame of every link type in turn, complete or with missing bytes at the end."""
    known = list(linktypes())
    for number in range(SEEDS * 4):
        linktype = known[number % len(known)]
        beyond = random.choice((0, 0, 0, 4, 1400))
        head = struct.pack("<HBH", linktype, random.random() < 0.9, beyond)
        made = random_frame(random, linktype, 0.5) if linktype in LINKTYPES else random_packet(random)
        yield head + made


def pcap_files(random: Random) -> Iterator[bytes]:
    """Captures of every kind, after the settings."""
    yield bytes(2) + sample()
    for _ in range(SEEDS):
        yield random.randbytes(2) + _capture(random, _pcap)


def pcapng_files(random: Random) -> Iterator[bytes]:
    """Captures with all kinds of blocks, after the settings."""
    for _ in range(SEEDS):
        yield random.randbytes(2) + _capture(random, _pcapng)


def captures_of_all_kinds(random: Random) -> Iterator[bytes]:
    for both in zip(pcap_files(random), pcapng_files(random), strict=False):
        yield from both


Maker = Callable[[Random, list[tuple[int, bytes]], int, captures.Order], bytes]


def _capture(random: Random, make: Maker) -> bytes:
    linktype = random.choice((1, 1, 101, *LINKTYPES))
    packets = random_stream(random, linktype, random.randrange(1, 12))
    order: captures.Order = random.choice("<>")  # type: ignore[assignment]
    return make(random, packets, linktype, order)


def _pcap(random: Random, packets: list[tuple[int, bytes]], linktype: int, order: captures.Order) -> bytes:
    nanoseconds, modified = random.choice(((False, False), (True, False), (False, True)))
    return captures.pcap(packets, linktype, order=order, nanoseconds=nanoseconds, modified=modified)


def _pcapng(random: Random, packets: list[tuple[int, bytes]], linktype: int, order: captures.Order) -> bytes:
    out = [captures.section(order)]
    resolution = random.choice((None, 9, 0x8A))
    offset = random.choice((None, 1, -1))
    out.append(captures.interface(linktype, tsresol=resolution, tsoffset=offset, order=order))
    for when, data in packets:
        kind = random.randrange(8)
        if kind == 0:
            out.append(captures.simple(data, order=order))
        elif kind == 1:
            out.append(captures.obsolete(data, when, order=order))
        elif kind == 2:
            out.append(captures.block(4, bytes(random.randrange(64)), order))
        out.append(captures.enhanced(data, when, order=order))
    return b"".join(out)


@cache
def random_images(seed: int, count: int = SEEDS) -> list[bytes]:
    """Compiled databases of 1 to 200 random signatures, and an empty one."""
    random = Random(f"databases {seed}")
    texts = [random_database(random, random.choice((2, 6, 20, 60, 200))) for _ in range(count - 2)]
    texts += [_crowded(16), _crowded(60)]
    texts = [f"{text}[mtu]\nlabel = Some\nsig = {random.choice((1500, 1492, 576))}\n" for text in texts]
    return [_image(Database.compile(text=text)) for text in ["classes = unix\n", *texts]]


def _crowded(count: int) -> str:
    """Signatures that differ only in their TTL, so many that matches are computed in advance."""
    lines = (f"label = {'sg'[n % 2]}:unix:{n}:\nsig = *:{40 + n}:0:*:*,*:mss:df:0" for n in range(count))
    return "\n".join(("classes = unix", "[tcp:request]", *lines, ""))


def _image(database: Database) -> bytes:
    from huginn_cffi._native import ffi

    return bytes(ffi.buffer(database._image))


def databases(random: Random) -> Iterator[bytes]:
    """Small databases after eight questions."""
    for number in range(SEEDS):
        text = _crowded(16) if number % 16 == 15 else random_database(random, 1 + number % 6)
        text += _hellos(random, number % 4) + _heads(random, number % 5)
        yield random.randbytes(96) + _image(Database.compile(text=text))


def _hellos(random: Random, count: int) -> str:
    """TLS client signatures, under a generic and a specific label."""
    starts = ("t13d1516h2", "t13d15??h2", "q13d0312h3", "*")
    lines = ["[tls:client]"]
    for number in range(count):
        digests = (random.choice(("*", f"{random.getrandbits(48):012x}")) for _ in range(2))
        value = "_".join((random.choice(starts), *digests))
        lines += [f"label = {'sg'[number % 2]}:unix:{number}:", f"sig = {value}"]
    return "\n".join((*lines, ""))


def _heads(random: Random, count: int) -> str:
    """HTTP signatures for both directions, and a list of systems; empty if `count` is 0."""
    if count == 0:
        return ""
    names = ("Host", "?Via", "Accept=[a]", "Accept=[ba]", "X-A", "Server", "?Server=[b]")
    lines = ["[http:request]", "ua_os = Linux,Windows=[NT],a,ba"]
    for number in range(count):
        lines += ["[http:response]"] if number == 3 else []
        order = ",".join(random.choices(names, k=random.randrange(5)))
        absent = random.choice(("", "Via", "Date,X-A"))
        value = f"{random.choice('01*')}:{order}:{absent}:{random.choice(('', 'ab'))}"
        lines += [f"label = {'sg'[number % 2]}:unix:{number}:", f"sig = {value}"]
    return "\n".join((*lines, ""))


def tasks(random: Random) -> Iterator[bytes]:
    """Captures, databases and packets, each to be processed with failing allocations."""
    for number in range(SEEDS):
        kind = number % 4
        flags = random.randrange(64)
        data = random.randbytes(random.randrange(17 * 24))
        if kind in (0, 3):
            data = _with_hellos(random) if number % 2 else _capture(random, random.choice((_pcap, _pcapng)))
        elif kind == 1:
            data = random_images(1, 8)[number % 8][:4000]
        yield bytes((kind, flags)) + data


def _with_hellos(random: Random) -> bytes:
    """A capture with hellos in pieces: over QUIC, DTLS, and TCP with two segments."""
    packets = []
    for make in (_quic_hello, _dtls_hello):
        for side, datagram in make(random, 1, b"\1\0\0\x28" + random.randbytes(40)):
            ports = (443, 50000)[:: -1 if side == 0 else 1]
            udp = struct.pack("!HHHH", *ports, 8 + len(datagram), 0) + datagram
            packets.append(Ip4(protocol=17).pack(udp))
    data = b"\x16\3\1\0\x64\1\0\0\x60" + random.randbytes(60)
    packets.append(packet(Ip4(), Tcp(flags=SYN, seq=7)))
    packets.append(packet(Ip4(), Tcp(flags=ACK, seq=8, payload=data[:20])))
    packets.append(packet(Ip4(), Tcp(flags=ACK, seq=28, payload=data[20:])))
    return captures.pcap([(number, one) for number, one in enumerate(packets)], 101)


def hellos(random: Random) -> Iterator[bytes]:
    """QUIC and DTLS datagrams with parts of hellos, and of servers' answers."""
    for _ in range(SEEDS):
        kind, length = random.choice((1, 1, 1, 2)), random.choice((40, 90, 300))
        data = bytes((kind,)) + length.to_bytes(3, "big") + random.randbytes(length)
        make = random.choice((_quic_hello, _dtls_hello))
        sent = [(side << 7 | 1, one) for side, one in make(random, kind, data)]
        random.shuffle(sent)
        yield b"".join(struct.pack("<BH", head, len(one)) + one for head, one in sent)


def _quic_hello(random: Random, kind: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Side and datagram. A server's message needs a client's before it."""
    client, server = random.randbytes(8), random.randbytes(random.choice((0, 4, 8)))
    version = random.choice((1, 0x6B3343CF, 0xFF00001D, 0x54303531, 0x51303530, 0x0A1A2A3A))
    token = random.choice((b"", b"", b"token"))
    hello = data if kind == 1 else b"\1\0\0\x28" + random.randbytes(40)
    cut = random.randrange(len(hello) + 1)
    frames = [crypto(cut, hello[cut:]) + bytes(3), b"\1" + crypto(0, hello[:cut])]
    for number, frame in enumerate(frames):
        yield 0, Initial(client, frame, server, version, number, 1, token).unsealed()
    if kind == 2:
        ack = bytes((2, 1, 0, 0, 1))
        yield 1, Initial(server, ack + crypto(0, data), client, version, 0, 1, b"").unsealed()
        yield 1, bytes((0xF0,)) + struct.pack(">IB", version, len(server)) + server + b"\4abcd" + bytes(16)


def _dtls_hello(random: Random, kind: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    cut, body = random.randrange(len(data) - 4), data[4:]
    whole = len(body)
    parts = [fragment(kind, 0, whole, cut, body[cut:]), fragment(kind, 0, whole, 0, body[:cut])]
    yield kind - 1, b"".join(record(part) for part in parts)
    yield kind - 1, record(fragment(kind, 1, whole, 0, body), version=random.choice((0xFEFF, 0x0100)))


CARRIER_PORTS = (
    *((68, 67), (67, 68), (67, 67), (5353, 5353), (5353, 5353)),
    *((137, 137), (138, 138), (1900, 1900)),
)
"""Ports of the first carriers of the target ``devices``."""


def announcements(random: Random) -> Iterator[bytes]:
    """Announcements of all kinds of devices, one per step, some of them in fragments."""
    for _ in range(SEEDS):
        steps = [random.choice(ANNOUNCEMENTS)(random) for _ in range(random.randrange(1, 4))]
        yield b"".join(
            in_fragments(random, carrier, data)
            if carrier < len(CARRIER_PORTS) and random.random() < 0.3
            else struct.pack("!BH", carrier, len(data)) + data
            for carrier, data in steps
        )


def in_fragments(random: Random, carrier: int, data: bytes) -> bytes:
    """A datagram in two fragments, sometimes in the wrong order, cut or repeated with other bytes."""
    whole = struct.pack("!HHHH", *CARRIER_PORTS[carrier], 8 + len(data), 0) + data
    cut = random.randrange(8, len(whole), 8) if len(whole) > 8 else 8
    parts = [(1, whole[:cut]), (cut, whole[cut:])]
    if random.random() < 0.2:
        parts.insert(1, (1, bytes(cut)))
    if random.random() < 0.3:
        parts.reverse()
    return b"".join(
        struct.pack("!BHBH", carrier, 1 << 15 | len(part), 7, place) + part for place, part in parts
    )


def http_heads(random: Random) -> Iterator[bytes]:
    """HTTP/1 requests and responses with a few changed bytes."""
    lines = (
        b"Host: a",
        b"User-Agent: curl/8\0x",
        b"Cookie: a=b",
        b"X-Y:",
        b"A: b\rc",
        b"no colon",
        b" folded",
        b"Content-Length: 4",
        b"Transfer-Encoding: chunked",
    )
    device = b"<device><deviceType>urn:a:device:b:1</deviceType><modelName> c </modelName></device>"
    described = (b"<root>" + device + b"</root>", b"c\r\n<?xml ?><root>\r\n" + device)
    bodies = (b"body", b"4\r\nbody\r\n0\r\n\r\n", b"3;x\r\nabc\r\n0\r\nA: b\r\n\r\n", *described)
    firsts = ((b"GET /a?b HTTP/1.1", b"POST http://u@h/p HTTP/1.0", b"PRI * HTTP/2.0"), (b"HTTP/1.1 200 OK",))
    for number in range(SEEDS):
        side, end = number & 1, random.choice((b"\r\n", b"\n", b"\r\n"))
        kept = random.choices(lines, (9, 9, 9, 9, 4, 1, 1, 4, 4), k=random.choice((0, 2, 5, 33, 101)))
        data = bytearray(end.join((random.choice(firsts[side]), *kept, b"", random.choice(bodies))))
        if number % 4 == 3:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        yield struct.pack("<BH", side, random.randrange(len(data))) + data


def messages(random: Random) -> Iterator[bytes]:
    """First frames of clients and servers, and separate header blocks, with a few changed bytes."""
    fields = (b"\x82", b"\x86", b"\x84", b"\x41\x01a", b"\x88", b"\x48\x03103", b"\xbe", b"\x3f\xe1\x01")
    fields += (b"\x40\x01n\x83\x1f\x8f\xff", b"\x0f\x2b\x04curl", b"\x10\x01s\x00")
    for number in range(SEEDS):
        kind = number % 3
        blocks = [b"\x82\x86\x84\x41\x01a", b"\x88"]
        blocks = [
            blocks[kind & 1] + b"".join(random.choices(fields, k=random.randrange(6))) for _ in range(3)
        ]
        if kind == 2:
            yield b"\2\0\0" + b"".join(bytes((len(block),)) + block for block in blocks)
            continue
        data = bytearray(b"" if kind else h2_frames.PREFACE)
        data += h2_frames.settings((1, 4096), (4, random.getrandbits(32))) + h2_frames.window_update(
            random.getrandbits(31)
        )
        data += h2_frames.frame(
            h2_frames.PRIORITY, h2_frames.weight(True, 0, random.randrange(1, 257)), stream=3
        )
        for block in blocks[: random.randrange(1, 3)]:
            cuts = tuple(sorted(random.choices(range(len(block)), k=random.randrange(3))))
            promised = kind == 1 and random.random() < 0.3
            data += h2_frames.header_frames(
                block,
                cuts=cuts,
                padding=random.choice((None, 0, 7)),
                priority=b"" if promised else random.choice((b"", bytes(5))),
                kind=h2_frames.PUSH_PROMISE if promised else h2_frames.HEADERS,
                promised=bytes(4) if promised else b"",
            )
        if number % 4 == 3:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        yield struct.pack("<BH", kind, random.randrange(len(data))) + data


def ssh_connections(random: Random) -> Iterator[bytes]:
    """Both directions of connections; most of them are valid."""
    client = ssh_model.CLIENT_SAYS
    for number in range(SEEDS):
        kind = random.choice((b"ssh-ed25519", b"rsa-sha2-512"))
        server = bytearray(
            b"".join(
                (
                    b"text\r\n" * random.choice((0, 0, 3)),
                    ssh_model.SERVER_ID,
                    ssh_model.binary_packet(b"\2ignored") * random.choice((0, 1)),
                    ssh_model.binary_packet(ssh_model.kexinit(ssh_model.lists_of())),
                    ssh_model.binary_packet(bytes((31,)) + ssh_model.string(random.randbytes(130)))
                    * random.choice((0, 1)),
                    ssh_model.binary_packet(
                        ssh_model.reply(ssh_model.host_key(kind), random.choice((31, 33)))
                    ),
                )
            )
        )
        if number % 4 == 3:
            server[random.randrange(len(server))] ^= 1 << random.randrange(8)
        yield struct.pack("<BH", random.randrange(256), len(client)) + client + server


def greetings(random: Random) -> Iterator[bytes]:
    """Greetings in segments; some are damaged."""
    for data, _ in GREETINGS:
        step = bytes((random.randrange(256),))
        yield step + data
        yield step + data[: random.randrange(len(data))] + random.randbytes(3)


def certificates(random: Random) -> Iterator[bytes]:
    """Certificates, and servers' messages with certificates; some are damaged."""
    keys = (certificate_model.ec(), certificate_model.rsa(1024), certificate_model.rsa(2048))
    names = certificate_model.site_names(b"example.org", b"a\0b", b"*.example.org")
    extensions = names + certificate_model.key_ids(b"1", b"2")
    for key in keys:
        for signed in (
            certificate_model.pss(None),
            certificate_model.algorithm(certificate_model.SHA256_RSA),
        ):
            one = certificate_model.certificate(key=key, signed=signed, extensions=extensions)
            at = random.randrange(len(one))
            step = random.randrange(256)
            yield bytes((step, 1)) + one
            yield bytes((step, 1)) + one[:at] + random.randbytes(1) + one[at + 1 :]
            yield bytes((step, 0)) + tls_records(certificate_model.chain(one), (random.randrange(1, 400),))


TARGETS: dict[str, Callable[[Random], Iterable[bytes]]] = {
    "frame": frames,
    "pcap": pcap_files,
    "pcapng": pcapng_files,
    "database": databases,
    "datagrams": hellos,
    "devices": announcements,
    "http1": http_heads,
    "http2": messages,
    "ssh": ssh_connections,
    "greetings": greetings,
    "certificates": certificates,
    "annotate": captures_of_all_kinds,
    "memory": tasks,
}
"""By target. Targets whose inputs are steps or columns begin with their kept inputs."""


def write_seeds(target: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS.get(target, lambda _: ())(Random(f"{target} seeds"))):
        (folder / f"seed-{number:03}").write_bytes(seed)

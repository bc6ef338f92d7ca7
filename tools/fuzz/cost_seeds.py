"""Initial inputs of `cost.py`, as steps of cost.c, and the ordinary packet of each family."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from random import Random

from tests.support.devices import smb
from tests.support.http2_frames import PREFACE, header_frames, settings, window_update
from tests.support.packets import Ip4, Tcp, ethernet, packet
from tests.support.tls.conversation import client_hello, record, records, server_hello
from tests.support.tls.datagram_model import Initial, crypto
from tests.support.traffic import random_frame
from tools.bench.adversarial import datagrams, devices, http, tls
from tools.fuzz import seeds

SERVER_SENDS, BYTE_BY_BYTE, DISPLACED, AGAIN, IN_NEW = 1, 2, 64, 96, 128
ALL_MESSAGES = 1


def step(data: bytes, op: int = 0, *, doublings: int = 0, displacement: int = 128) -> bytes:
    """One step, executed 2 ** `doublings` times."""
    return struct.pack("<BBH", op | doublings << 2, displacement, len(data)) + data


def steps(data: bytes, op: int = 0, size: int = 1400) -> bytes:
    return b"".join(step(data[at : at + size], op) for at in range(0, len(data), size))


def http1(random: Random) -> Iterator[bytes]:
    """Requests, responses and chunks."""
    for made in seeds.http_heads(random):
        yield bytes((ALL_MESSAGES,)) + step(made[3 : 3 + 1400], made[0] & 1)
    yield b"\1" + step(http.SHORTEST * 70) + step(http.CHUNKED + http.SHORT_CHUNKS[:1000], SERVER_SENDS)
    yield b"\0" + step(http.SMALL_HEAD) + step(b"a: b\r\n", doublings=7)
    yield b"\0" + step(http.ORDINARY % 1, BYTE_BY_BYTE)
    yield b"\0" + step(http.with_agent(http.some_texts()[:1200])) + step(b"\r\n\r\n")


def h2(random: Random) -> Iterator[bytes]:
    """First messages of clients and servers."""
    asked = http.FIRST + header_frames(http.REQUEST)
    for made in seeds.messages(random):
        if made[0] != 2:
            yield b"\0" + step(asked) * made[0] + step(made[3 : 3 + 1400], made[0])
    yield b"\0" + step(http.FIRST) + step(http.EMPTY, doublings=7)
    yield b"\0" + step(PREFACE + settings() + window_update(1) * 20) + step(window_update(1), BYTE_BY_BYTE)
    yield b"\0" + step(asked) + steps(http.bomb()[:1300], SERVER_SENDS)


def hellos(random: Random) -> Iterator[bytes]:
    """Hellos in one segment or many, as one record or several."""
    for made in (tls.ordinary_hello(), client_hello(), tls.many_extensions(60), tls.many_ciphers(200)):
        yield b"\0" + step(record(made))
        yield b"\0" + step(record(made), BYTE_BY_BYTE)
        yield b"\0" + step(records(made, [1] * 100)[:1400])
        yield b"\0" + step(record(made), IN_NEW, doublings=5)
        yield b"\0" + step(record(made)) + step(record(server_hello()), SERVER_SENDS)
    long = record(tls.long_hello(8000))
    yield b"\0" + steps(long, size=700)
    yield b"\0" + step(long[:100], DISPLACED, doublings=5, displacement=random.randrange(129, 140))
    yield b"\0" + step(long[:700], AGAIN, doublings=6)
    yield b"\0" + step(tls.ssl2(20))


def quic(random: Random) -> Iterator[bytes]:
    """Initials with parts of hellos, encrypted with ciphers that change nothing."""
    for made in seeds.hellos(random):
        yield b"\0" + _datagram_steps(made)
    for frames in (datagrams.pieces(tls.ordinary_hello(), 1), datagrams.every_second(tls.ordinary_hello())):
        sent = (Initial(bytes(8), one, bytes(8), packet_number=n).unsealed() for n, one in enumerate(frames))
        yield b"\0" + b"".join(step(one) for one in sent)
    yield b"\0" + step(Initial(bytes(8), b"\1" * 1000, bytes(8)).unsealed(), doublings=4)


def dtls(random: Random) -> Iterator[bytes]:
    for made in seeds.hellos(random):
        yield b"\0" + _datagram_steps(made)
    for order in ("forwards", "backwards", "every second one"):
        yield b"\0" + b"".join(step(one) for one in datagrams.dtls_pieces(600, 12, order, 30))
    yield b"\0" + step(datagrams.ORDINARY_DTLS[0], doublings=4)


def _datagram_steps(made: bytes) -> bytes:
    """An input of the target ``datagrams``: head, length (2) and bytes of each."""
    out, at = b"", 0
    while at + 3 <= len(made):
        head, length = struct.unpack_from("<BH", made, at)
        out += step(made[at + 3 : at + 3 + length][:1400], head >> 7)
        at += 3 + length
    return out


def frames(random: Random) -> Iterator[bytes]:
    for _ in range(seeds.SEEDS * 2):
        yield b"\0" + step(random_frame(random, 1, 0.5)[:1400])


def announcements(_: Random) -> Iterator[bytes]:
    """Expensive and ordinary announcements of devices."""
    for entry in (*devices.BASELINES, *devices.ENTRIES):
        yield b"\0" + b"".join(step(frame[:1460]) for frame in entry.make().costly[:3])


def sessions(random: Random) -> Iterator[bytes]:
    for made in (
        smb.setup2(smb.negotiate()),
        smb.setup2(b"N" * 1300),
        smb.negotiation2() * 5,
        b"\x85\0\0\0" * 300,
    ):
        yield b"\0" + step(made[:1400])
        yield b"\0" + step(made[:300], BYTE_BY_BYTE)
    for _ in range(seeds.SEEDS):
        yield b"\0" + steps(smb.some_setup(random))


HELLO = Initial(b"original", crypto(0, tls.ordinary_hello()) + bytes(600), b"original").unsealed()

FAMILIES: dict[str, tuple[str, Callable[[Random], Iterator[bytes]], bytes]] = {
    "http1": ("streams", http1, b"\0" + step(http.ORDINARY % 1)),
    "http2": ("streams", h2, b"\0" + step(http.ORDINARY % 1)),
    "tls": ("streams", hellos, b"\0" + step(record(tls.ordinary_hello()))),
    "quic": ("datagrams", quic, b"\0" + step(HELLO)),
    "dtls": ("datagrams", dtls, b"\0" + step(datagrams.ORDINARY_DTLS[0])),
    "frames": ("frames", frames, b"\0" + step(ethernet(packet(Ip4(), Tcp())))),
    "devices": ("frames", announcements, b"\0" + step(devices.ordinary_request(0))),
    "smb": ("streams", sessions, b"\0" + step(smb.setup2(smb.negotiate()))),
}
"""By name: the target of `cost.py`, the seeds, and an input of one ordinary packet."""

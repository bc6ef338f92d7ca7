"""Hellos in datagrams, cut, shuffled, repeated with other bytes and lost; and which datagram ends each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from random import Random

from tests.support.tls.datagram_model import SALTS, Gathered, Initial, Piece, crypto, fragment, record

CLIENT = 1
"""Type of the message."""

MOST_PIECES = 40


def message(random: Random, length: int, kind: int = CLIENT) -> bytes:
    """A handshake message of any content, with its header."""
    return bytes([kind]) + length.to_bytes(3, "big") + random.randbytes(length)


def pieces_of(random: Random, data: bytes) -> list[Piece]:
    """All of it in pieces; some again, with other bytes too, in another order, one of them lost."""
    count = random.randint(1, MOST_PIECES // 2)
    cuts = sorted({0, len(data), *(random.randrange(len(data)) for _ in range(count - 1))})
    pieces = [(first, data[first:last]) for first, last in pairwise(cuts)]
    for _ in range(random.choice((0, 0, 1, 5))):
        first = random.randrange(len(data))
        length = random.randint(1, 200)
        again = data[first : first + length]
        pieces.insert(
            random.randint(0, len(pieces)), (first, random.choice((again, random.randbytes(len(again)))))
        )
    if random.random() < 0.7:
        random.shuffle(pieces)
    if random.random() < 0.2:
        pieces.remove(random.choice(pieces))
    return pieces


def groups(random: Random, pieces: list[Piece], most: int) -> list[list[Piece]]:
    """Neighbours together."""
    found, at = [], 0
    while at < len(pieces):
        count = random.randint(1, most)
        found.append(pieces[at : at + count])
        at += count
    return found


def frames(random: Random, pieces: Iterable[Piece]) -> bytes:
    """CRYPTO frames, with PING, PADDING and ACK between."""
    between = (b"", b"\1", bytes(3), bytes((2, 5, 0, 1, 0, 2, 1)), bytes((3, 5, 0, 0, 0, 1, 2, 3)))
    return b"".join(random.choice(between) + crypto(*piece) for piece in pieces) + random.choice(between)


Sent = tuple[bytes, list[Piece]]
"""A datagram, and the pieces that it brings."""


def quic(random: Random, data: bytes) -> list[Sent]:
    """Datagrams of one client: one packet or two in each, numbers with gaps, keys of all kinds."""
    own_id, source = random.randbytes(random.randint(8, 20)), random.randbytes(random.choice((0, 4, 20)))
    version = random.choice(list(SALTS))
    named_anew = random.randbytes(random.choice((0, 8)))
    at, sent, began = random.choice((0, 1, 250)), [], False
    for group in groups(random, pieces_of(random, data), 12):
        half = random.randint(0, len(group))
        packets = []
        to = named_anew if began and random.random() < 0.3 else own_id
        for part in (group[:half], group[half:]):
            made = Initial(to, frames(random, part), source, version, at, 2, b"", key_id=own_id)
            packets.append(made.sealed())
            at += random.choice((1, 1, 3))
        began = True
        sent.append((b"".join(packets).ljust(1200, b"\0"), group))  # servers drop shorter ones
    return sent[:15]


def dtls(random: Random, data: bytes) -> list[Sent]:
    """Datagrams of one client: fragments, some in one record, records together, others between."""
    sent = []
    sequence = random.choice((0, 1))
    for group in groups(random, pieces_of(random, data[4:]), 5):
        parts = [fragment(CLIENT, sequence, len(data) - 4, offset, piece) for offset, piece in group]
        half = random.randint(0, len(parts))
        records = [record(b"".join(part)) for part in (parts[:half], parts[half:]) if part]
        records.insert(random.randint(0, len(records)), record(random.randbytes(9), kind=23, epoch=1))
        sent.append((b"".join(records), group))
    return sent


def expected(kind: str, data: bytes, sent: Iterable[Sent]) -> tuple[int, bytes] | None:
    """Which of the datagrams ends the message, from 0, and the message."""
    gathered = Gathered(len(data) - 4 if kind == "dtls" else None)
    for place, (_, group) in enumerate(sent):
        found = gathered.take(group)
        if gathered.is_no_hello():
            return None
        if found is not None:
            return place, found
    return None

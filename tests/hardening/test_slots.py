"""A connection is judged by its own packets, not by those that had its place in the table before."""

from __future__ import annotations

from random import Random

import pytest

from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import Settings
from tests.hardening.test_segments import FALSE, MD5, REAL, VERSIONS, Talk, opening, timestamps, wrong
from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, PSH, RST, SYN, Ip4, Ip6
from tests.support.saved_states import batches

NEXT_PORT = 8443
HALF = len(REAL) // 2


def read(packets: list[bytes], rows: int = 4096, step: int = 1 << 20) -> tuple[list[str], dict[str, int]]:
    """The ClientHellos to `NEXT_PORT`, and the anomalies; there is a place for one connection."""
    run = Run(Settings(max_connections=1, hash_key=7, uptime=False), None)
    timed = [(10**18 + at * 10**6, data) for at, data in enumerate(packets)]
    found = [one for batch in batches(run, pcap(timed), rows, step) for one in batch]
    hellos = [str(one) for one in found if one.event == "tls_client" and one.dst_port == NEXT_PORT]
    return hellos, {**run.stats().anomalies, "unacknowledged": 0}


def some(talk: Talk, chance: Random) -> list[bytes]:
    """Segments of one connection in any order; often its handshake is among them."""
    old, stamp, echo = (chance.choice([0, 90, 200, 9000]) for _ in range(3))
    options = [timestamps(stamp, echo), timestamps(110, 200), b"", MD5]
    pool = [
        talk.client(-1, flags=SYN, options=opening(old), hops=chance.choice([10, 60, 60])),
        talk.client(-1, flags=SYN, options=MD5 + b"\2\4\5\xb4"),
        talk.server(flags=SYN | ACK, options=opening(200, old)),
        talk.server(flags=SYN | ACK, options=chance.choice([b"", MD5, opening(5, 100)])),
        wrong(talk.server(flags=SYN | ACK, options=opening(200, old))),
        talk.client(0, flags=chance.choice([ACK, RST, PSH, FIN | ACK])),
        talk.server(chance.choice([0, HALF, len(REAL)])),
        *(
            talk.client(
                *chance.choice([(0, REAL), (0, REAL[:HALF]), (HALF, REAL[HALF:]), (0, FALSE)]),
                flags=chance.choice([ACK | PSH, ACK | PSH, PSH]),
                acked=chance.choice([0, 0, 0, 9, 70000]),
                options=chance.choice(options),
                hops=chance.choice([None, None, None, 5, 8, 29]),
            )
            for _ in range(4)
        ),
    ]
    begin = chance.choice([[], [pool[0]], [pool[2]], [pool[0], pool[2]], [pool[0], pool[7], pool[2]]])
    return begin + chance.sample(pool, chance.randrange(2, 9))


@VERSIONS
@pytest.mark.parametrize("seed", range(4))
def test_an_earlier_connection_in_its_place_changes_nothing(seed: int, ip: Ip4 | Ip6) -> None:
    chance = Random(seed)
    for _ in range(50):
        earlier, own = some(Talk(ip), chance), some(Talk(ip, port=NEXT_PORT), chance)
        hellos, counts = read(own)
        before = read(earlier)[1]
        wanted = hellos, {name: counts[name] + before[name] for name in counts}
        for rows, step in ((4096, 1 << 20), (32, chance.randrange(1, 5))):
            assert read([*earlier, *own], rows, step) == wanted


@VERSIONS
def test_an_earlier_handshake_says_nothing_of_timestamps(ip: Ip4 | Ip6) -> None:
    """Data before the answer have an agreed timestamp only if their own handshake agreed on it."""
    talk, following = Talk(ip), Talk(ip, port=NEXT_PORT)
    syn = following.client(-1, flags=SYN, options=opening(9000))
    own = [
        syn,
        following.client(0, REAL),
        *following.handshake()[1:2],
        following.client(0, REAL[:50], acked=9),
    ]
    for earlier in ([], talk.handshake(), [talk.client(0, REAL)]):
        counts = read([*earlier, *own])[1]
        assert (counts["old_timestamp"], counts["invalid_ack"]) == (1, 0)

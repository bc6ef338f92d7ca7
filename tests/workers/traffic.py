"""Conversations whose packets the tests give to several workers."""

from __future__ import annotations

from random import Random

from tests.support.packets import ACK, FIN, SYN, Ip4, Tcp, packet, timestamps

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
OPTIONS = b"\x02\x04\x05\xb4\x04\x02%b\x01\x03\x03\x07"


def conversations(count: int, seed: int) -> list[tuple[int, bytes]]:
    """Interleaved handshakes with data and ends, more of them than the tracker holds."""
    random = Random(seed)
    packets: list[tuple[int, bytes]] = []
    for number in range(count):
        client, port, begin = f"10.0.{number % 7}.{number % 251}", 1024 + number, number * 3_000_000
        there = Ip4(source=client, destination="192.0.2.80", ttl=64 - number % 20)
        back = Ip4(source="192.0.2.80", destination=client, ttl=60)
        steps = [
            (
                there,
                Tcp(
                    port, 80, seq=number, flags=SYN, window=64240, options=OPTIONS % timestamps(9000 + number)
                ),
            ),
            (back, Tcp(80, port, seq=7, ack=number + 1, flags=SYN | ACK, options=OPTIONS % timestamps(5, 1))),
            (there, Tcp(port, 80, seq=number + 1, flags=ACK, options=b"\1\1" + timestamps(9100 + number))),
            (back, Tcp(80, port, seq=8, flags=FIN | ACK, options=b"\1\1" + timestamps(205))),
        ]
        for step, (ip, tcp) in enumerate(steps):
            if random.random() < 0.9:
                packets.append((START + begin + step * 100_000_000, packet(ip, tcp)))
    return sorted(packets)

"""Without uptimes plain segments are counted where they lie; nothing else may change.

A filter that lets everything pass switches that off, so the two must agree in all.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, RST, SYN, Ip4, Ip6, Tcp, ethernet, packet

ETHERNET, RAW = 1, 101
EVERYTHING = hg.FilterConfig(subnet=hg.SubnetFilter(any=("0.0.0.0/0", "::/0")))
FLAGS = (SYN, SYN | ACK, ACK, ACK, ACK, FIN | ACK, RST, RST | ACK, 0, SYN | FIN, FIN | RST)


def frames(count: int, seed: int) -> list[tuple[int, bytes]]:
    """Frames of all kinds, most of them plain segments, some damaged or cut."""
    random = Random(seed)
    found = []
    for number in range(count):
        tcp = Tcp(
            sport=random.randrange(65536),
            flags=random.choice(FLAGS),
            options=random.choice((b"", b"\2\4\5\xb4", b"\1\1\1\0")),
            payload=bytes(random.choice((0, 6, 100))),
            header_words=random.choice((None,) * 9 + (4, 15)),
        )
        ip = Ip6() if random.random() < 0.1 else Ip4(fragment=random.choice((0x4000,) * 9 + (0x2000,)))
        data = bytearray(ethernet(packet(ip, tcp)))
        if random.random() < 0.1:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        if random.random() < 0.1:
            del data[random.randrange(len(data)) :]
        found.append((1_700_000_000_000_000_000 + number * 1_000_000, bytes(data)))
    return found


def outcome(source: object, workers: int, filter: hg.FilterConfig | None) -> tuple[object, ...]:
    with hg.Analyzer(uptime=False, filter=filter) as analyzer:
        rows = [
            (row.packet_number, row.time_ns, str(row.parts))
            for row in analyzer.analyze_pcap(source, workers=workers)  # type: ignore[arg-type]
        ]
        stats = analyzer.stats
    return rows, stats.packets, stats.analysed, stats.bytes, dict(stats.drops)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("workers", [1, 2])
def test_sieved_and_whole_agree(seed: int, workers: int) -> None:
    capture = pcap(frames(3000, seed), ETHERNET)
    sieved = outcome(capture, workers, None)
    assert sieved == outcome(capture, 1, EVERYTHING)
    assert len(sieved[0]) > 100


def test_other_link_types_agree() -> None:
    packets = [(at, data[14:]) for at, data in frames(2000, 99) if len(data) > 34]
    capture = pcap(packets, RAW)
    assert outcome(capture, 1, None) == outcome(capture, 1, EVERYTHING)


def test_damage_is_placed_after_all_packets_before_it(tmp_path: Path) -> None:
    segments = [(number, ethernet(packet(Ip4(), Tcp(flags=ACK, options=b"")))) for number in range(70_000)]
    path = tmp_path / "cut.pcap"
    path.write_bytes(pcap(segments, ETHERNET)[:-1])
    with hg.Analyzer(uptime=False) as analyzer:
        with pytest.raises(hg.CaptureError, match="truncated at record 70000, ") as caught:
            list(analyzer.batches(path))
        assert analyzer.stats.packets == analyzer.stats.analysed == 69_999
    assert caught.value.record == 70_000

"""``--stats``: counters in plain words."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType

import pytest

from huginn_cffi import Stats
from huginn_cffi.base.names import DROPS, EVENTS
from huginn_cffi.cli import main
from huginn_cffi.cli.standard_error import plain, write_stats
from huginn_cffi.run.stats import COUNTERS
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, ethernet, packet


def test_every_counter_is_shown_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the list of the core, those of tomorrow too: each count is different and found once."""
    counts = {name: 1000 + number for number, name in enumerate(COUNTERS)}
    stats = Stats(
        **counts,
        drops=MappingProxyType(dict.fromkeys(DROPS, 2)),
        events_by_kind=MappingProxyType(dict.fromkeys(EVENTS, 3)),
    )
    write_stats(stats)
    shown, _, lost = capsys.readouterr().err.partition("missing:")
    assert "_" not in shown
    assert lost
    assert shown.count(" 2 ") == len(DROPS)
    assert shown.count(" 3 ") == len(EVENTS)
    numbers = re.findall(r"\b1\d{3}\b", shown)
    assert sorted(map(int, numbers)) == list(counts.values())


def test_groups(capsys: pytest.CaptureFixture[str]) -> None:
    write_stats(
        Stats(
            packets=1,
            flows=3,
            flows_evicted_half_open=2,
            hosts=1,
            syn_acks_without_syn=1,
            retransmissions=2,
            streams_with_gap=4,
            tls_unreadable=5,
            tls_later_hellos=1,
            http_interim=1,
            quic_google=1,
        )
    )
    assert capsys.readouterr().err.splitlines() == [
        "packets:  1 (0 bytes), 0 analysed",
        "events:   none",
        "other:    1 SYN+ACK without SYN, 2 retransmissions",
        "flows:    3 opened, 2 evicted half open",
        "streams:  4 with gap",
        "TLS:      1 later hello, 5 unreadable",
        "HTTP:     1 interim",
        "QUIC:     1 google",
        "hosts:    1 remembered",
        "missing:  1 connection was open before the capture began, or captured in one direction: begin "
        "earlier, and capture both directions",
        "missing:  5 key exchanges were not read, malformed, too long or of an unknown version: compare with "
        "Wireshark",
    ]


def test_what_is_zero_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    write_stats(Stats())
    shown = capsys.readouterr().err
    assert shown == "packets:  0 (0 bytes), 0 analysed\nevents:   none\nmissing:  nothing that is known\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not_ip", "not IP"),
        ("bad_tcp_header", "bad TCP header"),
        ("unsupported_linktype", "unsupported link type"),
        ("syn_ack", "SYN+ACK"),
        ("syn_acks_without_syn", "SYN+ACKs without SYN"),
        ("client_uptime", "client uptime"),
        ("tls_server", "TLS server"),
        ("filtered", "filtered"),
    ],
)
def test_words(name: str, words: str) -> None:
    assert plain(name) == words


UNKNOWN, SEGMENT = ethernet(bytes(28), 0x1234), ethernet(packet(Ip4(), Tcp()))


@pytest.mark.parametrize(
    ("frames", "linktype", "options", "said"),
    [
        ([UNKNOWN, UNKNOWN, SEGMENT[:20]], 1, (), ["none of 3 packets analysed: 1 truncated, 2 not IP"]),
        ([UNKNOWN, SEGMENT], 1, (), []),
        ([SEGMENT], 1, ("--ip", "203.0.113.1"), []),
        ([UNKNOWN], 1, ("--summary",), []),
        ([UNKNOWN], 250, (), ["huginn: warning: left out 1 packet of link types"]),
        ([], 1, (), ["no packets"]),
    ],
)
def test_a_capture_of_which_nothing_is_read(
    frames: list[bytes],
    linktype: int,
    options: tuple[str, ...],
    said: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "one.pcap"
    path.write_bytes(pcap([(number, one) for number, one in enumerate(frames)], linktype))
    main(("pcap", *options, str(path)))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" (")[0].split(" that")[0] for line in lines] == said

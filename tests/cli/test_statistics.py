"""``--stats``: counters in plain words."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from huginn_cffi import Stats
from huginn_cffi.cli.standard_error import plain, write_stats
from huginn_cffi.names import DROPS, EVENTS


def test_no_name_of_a_program_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the counters that have a name, those of tomorrow too."""
    stats = Stats(
        packets=1,
        drops=MappingProxyType(dict.fromkeys(DROPS, 2)),
        events_by_kind=MappingProxyType(dict.fromkeys(EVENTS, 3)),
        hosts=1,
        syn_acks_without_syn=1,
        streams_with_gap=4,
        tls_unreadable=5,
    )
    write_stats(stats)
    shown = capsys.readouterr().err
    assert "_" not in shown
    assert shown.count("2 ") >= len(DROPS)
    assert "unseen:   1 SYN+ACK without their SYN" in shown
    assert "hosts:    1 clock remembered, none forgotten" in shown
    assert "streams:  4 given up after a gap, 5 unreadable hellos" in shown


def test_what_is_zero_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    write_stats(Stats())
    shown = capsys.readouterr().err
    assert "dropped:  none\nevents:   none\n" in shown
    assert "flows:    0 opened, none ended\n" in shown
    assert "streams" not in shown


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not_ip", "not IP"),
        ("bad_tcp_header", "bad TCP header"),
        ("unsupported_linktype", "unsupported link type"),
        ("syn_ack", "SYN+ACK"),
        ("client_uptime", "client uptime"),
        ("tls_server", "TLS server"),
        ("filtered", "filtered"),
    ],
)
def test_words(name: str, words: str) -> None:
    assert plain(name) == words

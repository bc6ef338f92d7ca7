"""p0f's changes in the captures of public projects, beside those of our log."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.hosts.changes_by_p0f import ReportedChange, in_our_log, latest, log_of, program

IDLE = "p0f forgets a host two hours after its last connection"
BEYOND = "messages that p0f does not read (docs/reference/differences-from-p0f.md)"
GAINED = "a server's software gets a name"
ACK = "ack number in a SYN (B1)"
FALLS = "the TTL of a distant host falls (B17)"
EXPLAINED = {
    ("arkime__http-content-zip.pcap", "10.0.0.1"): "MacOS X and Mac OS X are one",
    ("arkime__http2-nghttp2.pcap", "139.162.123.134"): BEYOND,
    ("arkime__twovlan.pcap", "10.0.0.2"): BEYOND,
    ("nDPI__fuzz-2006-06-26-2594.pcap", "192.168.1.2"): ACK,
    ("nDPI__heuristic_tcp_ack_payload.pcap", "194.226.199.61"): IDLE,
    ("nDPI__jsonrpc.pcap", "179.99.210.200"): BEYOND,
    ("nDPI__protobuf.pcap", "127.0.0.1"): IDLE,
    ("nDPI__sites.pcapng", "192.168.1.245"): IDLE,
    ("nDPI__whatsapp.pcap", "192.168.2.100"): "times that run backwards (B12)",
    ("nDPI__zattoo.pcap", "10.101.0.2"): "a User-Agent where no system is known",
    ("nfstream__KakaoTalk_chat.pcap", "31.13.68.84"): FALLS,
    ("nDPI__netflix.pcap", "52.89.39.139"): BEYOND,
    ("nDPI__netflix.pcap", "54.201.191.132"): BEYOND,
    ("nfstream__android.pcap", "216.239.38.120"): FALLS,
    ("suricata-verify__bug-3844__input.pcap", "1.1.1.1"): "packets that p0f does not read",
    ("suricata-verify__bug-7657-01__input.pcap", "100.73.5.8"): ACK,
    ("zeek__docker-http-upgrade.pcap", "192.168.122.87"): GAINED,
    ("zeek__http-body-match.pcap", "192.88.99.42"): GAINED,
    ("zeek__methods.pcap", "173.194.75.103"): GAINED,
    ("zeek__ncp.pcap", "10.3.1.92"): BEYOND,
}
"""Hosts of captures whose changes differ, and the rule."""


def has_dates(rows: list[ReportedChange]) -> bool:
    """p0f reads a server's date in one run, and not in the next."""
    return any("date" in row.reasons.split() for row in rows)


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason="p0f is not installed")
def test_changes_are_p0fs_but_for_rules(corpus: Path, stock_path: Path, tmp_path: Path) -> None:
    database = hg.Database.open(str(stock_path))
    same, different = 0, {}
    for capture in sorted(file for file in corpus.iterdir() if ".pcap" in file.name):
        wanted = latest(log_of(capture, stock_path, tmp_path))
        found = latest(in_our_log(capture, database))
        for address in wanted.keys() | found.keys():
            pair = wanted.get(address, []), found.get(address, [])
            if any(map(has_dates, pair)):
                continue
            same += pair[0] == pair[1]
            if pair[0] != pair[1]:
                different[capture.name, address] = pair
    assert different.keys() == EXPLAINED.keys()
    assert same >= 30

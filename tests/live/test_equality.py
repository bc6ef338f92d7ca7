"""Live events are those of the same traffic saved and read back: real kernels, real cable."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.support import network as net
from tests.support.processes import Event, capturing, huginn, run, saving

IP4_HEADERS, IP6_HEADERS = 20 + 20, 40 + 20


def _assert_equal(live: list[Event], saved: list[Event]) -> None:
    """Equal but for packet numbers, because the kernel's filter takes away what is not TCP, and
    for fractions of a second, because each who captures takes the time for himself. What is made of the
    times of an uptime is rounded, so it may differ as well: the measured frequency is compared.
    """
    assert [_without_clock(event) for event in live] == [_without_clock(event) for event in saved]
    assert [_seconds(event) for event in live] == pytest.approx([_seconds(e) for e in saved], abs=0.05)
    measured = [event["raw_frequency_hz"] for event in live if "raw_frequency_hz" in event]
    again = [event["raw_frequency_hz"] for event in saved if "raw_frequency_hz" in event]
    assert measured == pytest.approx(again, rel=0.05)


def _without_clock(event: Event) -> Event:
    clocks = (
        *("packet_number", "capture", "flow", "time", "raw_frequency_hz"),
        *("frequency_hz", "uptime_minutes", "modulo_days", "reliable", "why"),
    )
    return {name: value for name, value in event.items() if name not in clocks}


def _seconds(event: Event) -> float:
    return datetime.fromisoformat(event["time"][:26]).timestamp()


def _connect_all(network: net.Network) -> None:
    network.connect(net.SERVER_IP4, net.SERVER_IP6, net.SERVER_VLAN_IP4)


@pytest.mark.parametrize(
    ("side", "mtu"), [("server", 1280), ("server", 1492), ("server", 9000), ("client", 1500)]
)
def test_live_equals_saved(side: str, mtu: int, tmp_path: Path) -> None:
    saved = tmp_path / "saved.pcap"
    with net.network(mtu) as network:
        namespace: str = getattr(network, side)
        with (
            saving(namespace, "cable", saved),
            capturing(namespace, "cable", "--format", "json", folder=tmp_path) as capture,
        ):
            _connect_all(network)
            live = capture.stop()
    read_back = run(huginn("pcap", "--format", "json", str(saved)))
    _assert_equal(live.events, read_back.events)
    _assert_complete(live.events, mtu)


def _assert_complete(events: list[Event], mtu: int) -> None:
    """Each connection shows both handshake packets, their MTU, and two clocks."""
    for client, server, headers in (
        (net.CLIENT_IP4, net.SERVER_IP4, IP4_HEADERS),
        (net.CLIENT_IP6, net.SERVER_IP6, IP6_HEADERS),
        (net.CLIENT_VLAN_IP4, net.SERVER_VLAN_IP4, IP4_HEADERS),
    ):
        of_client = {event["event"]: event for event in events if event["src_ip"] == client}
        of_server = {event["event"]: event for event in events if event["src_ip"] == server}
        assert set(of_client) == {"syn", "mtu", "client_uptime"}
        assert set(of_server) == {"syn_ack", "mtu", "server_uptime"}
        assert of_client["mtu"]["mtu"] == of_server["mtu"]["mtu"] == mtu
        assert of_client["syn"]["mss"] == of_server["syn_ack"]["mss"] == mtu - headers
        assert of_client["syn"]["ttl"] == of_server["syn_ack"]["ttl"] == 64


def test_without_uptimes_only_handshakes_are_captured(tmp_path: Path) -> None:
    """The kernel's filter does its share, and it loses nothing."""
    saved = tmp_path / "saved.pcap"
    words = ("--protocols", "tcp", "--events", "syn,syn_ack,mtu", "--format", "json")
    with (
        net.network() as network,
        saving(network.server, "cable", saved),
        capturing(network.server, "cable", *words, folder=tmp_path) as capture,
    ):
        network.connect(net.SERVER_IP4, net.SERVER_IP6)
        live = capture.stop()
    read_back = run(huginn("pcap", *words, str(saved)))
    _assert_equal(live.events, read_back.events)
    assert [event["event"] for event in live.events] == ["syn", "mtu", "syn_ack", "mtu"] * 2
    # SYN and SYN+ACK of each connection; not the 8 or more packets with data, not the FINs.
    assert live.stat("packets").endswith(" 4 analysed")

"""Flows: what opens and ends them, and what each packet in them tells."""

from __future__ import annotations

from ipaddress import ip_address

from sigcompiler.model import Window
from sigcompiler.vocabulary import Direction, OptionKind, WindowKind
from tests.reference.packet import Observation, read_frame
from tests.reference.render import event_fields
from tests.reference.tracker import MOST_RIVALS, Tracker
from tests.support.packets import ACK, FIN, NOP, RST, SYN, Ip4, Tcp, mss, packet, timestamps
from tests.support.signatures import link, signature

SECOND = 10**9
CLIENT, SERVER = Ip4(), Ip4(source="198.51.100.2", destination="192.0.2.1")
TS = NOP * 2


def look(ip: Ip4, tcp: Tcp) -> Observation:
    found = read_frame(101, packet(ip, tcp))
    assert isinstance(found, Observation)
    return found


Field = int | bytes


def client(ts: int = 0, port: int = 40000, **fields: Field) -> Observation:
    values = {"seq": 1001, "flags": ACK, "ack": 5001, "options": stamped(ts), **fields}
    return look(CLIENT, Tcp(sport=port, **values))  # type: ignore[arg-type]


def server(ts: int = 0, port: int = 40000, **fields: Field) -> Observation:
    values = {"seq": 5001, "flags": ACK, "ack": 1001, "options": stamped(ts), **fields}
    return look(SERVER, Tcp(sport=80, dport=port, **values))  # type: ignore[arg-type]


def stamped(ts: int) -> bytes:
    return TS + timestamps(ts) if ts else b""


def syn(ts: int = 100_000, port: int = 40000, **fields: Field) -> Observation:
    options = mss(1460) + stamped(ts)
    values: dict[str, Field] = {"flags": SYN, "seq": 1000, "ack": 0, "options": options, **fields}
    return client(0, port, **values)


def syn_ack(ts: int = 500_000, port: int = 40000, **fields: Field) -> Observation:
    options = mss(1460) + stamped(ts)
    values: dict[str, Field] = {"flags": SYN | ACK, "seq": 5000, "options": options, **fields}
    return server(0, port, **values)


def told(tracker: Tracker, seconds: float, seen: Observation) -> list[str]:
    events = tracker.feed(int(seconds * SECOND), seen)
    return [f"{fields['mod']} {fields['subj']}" for fields in map(event_fields, events)]


HANDSHAKE = ["syn cli", "mtu cli"]
ANSWER = ["syn+ack srv", "mtu srv"]


def opened() -> Tracker:
    tracker = Tracker()
    assert told(tracker, 0, syn()) == HANDSHAKE
    assert told(tracker, 0.01, syn_ack()) == ANSWER
    return tracker


def test_uptime_of_both_sides_once() -> None:
    tracker = opened()
    assert told(tracker, 1, client(101_000)) == ["uptime cli"]
    assert told(tracker, 2, client(102_000)) == []
    assert told(tracker, 1.01, server(501_000)) == ["uptime srv"]


def test_sequence_must_be_the_expected_one() -> None:
    tracker = opened()
    assert told(tracker, 1, client(101_000, seq=1000)) == []
    assert told(tracker, 1, client(100_000, payload=b"x" * 10)) == []
    assert told(tracker, 1, client(101_000, seq=1001)) == []
    assert told(tracker, 1, client(101_000, seq=1011)) == ["uptime cli"]


def test_fin_is_read_whatever_its_sequence_and_ends_the_flow() -> None:
    tracker = opened()
    assert told(tracker, 1, client(101_000, seq=9999, flags=FIN | ACK)) == ["uptime cli"]
    assert not tracker.flows


def test_reset_before_the_answer_ends_the_flow() -> None:
    tracker = Tracker()
    told(tracker, 0, syn())
    assert told(tracker, 0.1, server(flags=RST | ACK)) == []
    assert not tracker.flows


def test_second_flow_of_a_host_reads_against_the_first() -> None:
    tracker = opened()
    assert told(tracker, 1, syn(101_000, port=41000)) == [*HANDSHAKE, "uptime cli"]


def test_a_syn_without_timestamps_replaces_the_reference() -> None:
    tracker = opened()
    told(tracker, 0.5, syn(0, port=41000))
    assert told(tracker, 1, client(101_000)) == []


def test_bad_rate_is_final_but_too_few_ticks_are_not() -> None:
    tracker = opened()
    assert told(tracker, 1, client(102_000)) == []
    assert told(tracker, 2, client(102_000)) == []
    tracker = opened()
    assert told(tracker, 10, client(100_004)) == []
    assert told(tracker, 11, client(111_000)) == ["uptime cli"]


def test_bad_rate_of_a_syn_is_not_final() -> None:
    tracker = opened()
    assert told(tracker, 1, syn(102_000, port=41000)) == HANDSHAKE
    told(tracker, 1.01, syn_ack(port=41000))
    assert told(tracker, 2, client(103_000, port=41000)) == ["uptime cli"]


def test_retransmitted_syn_and_second_answer_are_ignored() -> None:
    tracker = opened()
    assert told(tracker, 1, syn()) == []
    assert told(tracker, 1.02, syn_ack(seq=6000)) == []
    assert told(tracker, 800, syn()) == []
    assert told(tracker, 1701, syn()) == HANDSHAKE


def test_other_syn_opens_a_new_flow() -> None:
    tracker = opened()
    assert told(tracker, 1, syn(seq=7000)) == HANDSHAKE
    assert told(tracker, 1.1, server(flags=SYN, seq=1000, options=mss(1460))) == ["syn cli", "mtu cli"]
    assert len(tracker.flows) == 1


def test_a_packet_belongs_to_the_flow_whose_numbers_it_continues() -> None:
    tracker = opened()
    told(tracker, 0.1, client())
    assert told(tracker, 0.2, syn(0, seq=2**31)) == HANDSHAKE
    assert told(tracker, 0.3, syn_ack(0, seq=2**30, ack=2**31 + 1)) == ANSWER
    assert told(tracker, 0.4, client(seq=2**31 + 1, ack=2**30 + 1)) == []
    for number in range(7):
        assert told(tracker, 0.5 + number / 100, syn(0, seq=3 * 2**30 + number)) == HANDSHAKE
    ((first, second, *others),) = tracker.flows.values()
    assert [flow.first_seq for flow in (first, second)] == [1000, 2**31]
    assert len(others) == MOST_RIVALS - 2
    assert told(tracker, 1, client(101_000)) == []
    told(tracker, 1, client(seq=2**31 + 1, ack=2**30 + 1, payload=b"x"))
    assert [flow.of_client.expected for flow in (first, second)] == [1001, 2**31 + 2]


def test_answer_from_the_client_side_is_ignored() -> None:
    tracker = Tracker()
    told(tracker, 0, syn())
    assert told(tracker, 0.1, client(flags=SYN | ACK, options=mss(1460))) == []


def test_answer_without_its_syn() -> None:
    tracker = Tracker()
    assert told(tracker, 0, syn_ack()) == ANSWER
    assert tracker.counts.orphan_syn_acks == 1
    assert told(tracker, 0.1, syn_ack()) == []
    assert told(tracker, 1, server(501_000)) == ["uptime srv"]
    assert told(tracker, 1, syn()) == HANDSHAKE


def test_ack_before_the_answer_keeps_the_flow() -> None:
    tracker = Tracker()
    told(tracker, 0, syn())
    assert told(tracker, 0.1, client()) == []
    assert told(tracker, 0.2, syn_ack()) == ANSWER


def test_peer_mss_comes_from_the_flows_syn() -> None:
    expected = signature(
        "five", direction=Direction.RESPONSE, window=Window(WindowKind.MSS, 5), options=(OptionKind.MSS,)
    )
    tracker = Tracker([expected])
    told(tracker, 0, syn(options=mss(1400)))
    answer = syn_ack(options=mss(1460), window=7000)
    assert [event_fields(event)["os"] for event in tracker.feed(1, answer) if hasattr(event, "match")] == [
        "five"
    ]


def test_userland_syn_keeps_the_flow_but_tells_no_mtu_and_no_uptime() -> None:
    tool = signature("tool", userland=True, options=(2, 1, 1, 8))
    tracker = Tracker([tool])
    assert told(tracker, 0, syn()) == ["syn cli"]
    assert told(tracker, 0.01, syn_ack()) == ANSWER
    assert told(tracker, 1, client(101_000)) == []
    assert told(tracker, 1.01, server(501_000)) == ["uptime srv"]


def test_flow_ends_after_900_seconds_of_silence() -> None:
    tracker = opened()
    assert told(tracker, 900, client(110_000)) == []
    assert told(tracker, 1800, syn()) == []
    assert tracker.counts.flows_aged == 0
    assert told(tracker, 2700.001, syn()) == HANDSHAKE
    assert tracker.counts.flows_aged == 1


def test_aged_flows_make_room_before_live_ones_do() -> None:
    tracker = Tracker(max_connections=2)
    told(tracker, 0, syn())
    told(tracker, 0.01, syn_ack())
    told(tracker, 901, syn(port=50000))
    assert tracker.counts.flows_aged == 0
    told(tracker, 902, syn(port=50001))
    assert (tracker.counts.flows_aged, tracker.counts.flows_evicted) == (1, 0)
    assert {flow.client[1] for (flow,) in tracker.flows.values()} == {50000, 50001}


def test_a_host_that_talks_to_itself_on_one_port_is_the_client() -> None:
    ends = Ip4(source="192.0.2.1", destination="192.0.2.1")
    tracker = Tracker()
    opening = look(ends, Tcp(sport=80, seq=1000, options=mss(1460)))
    answer = look(ends, Tcp(sport=80, seq=5000, ack=1001, flags=SYN | ACK, options=mss(1460)))
    assert told(tracker, 0, opening) == HANDSHAKE
    assert told(tracker, 1, answer) == []


def test_the_odd_time_of_another_flow_ages_nothing() -> None:
    tracker = opened()
    told(tracker, 10**6, client(port=3))
    assert told(tracker, 1, syn()) == []


def test_time_that_runs_backwards_ages_nothing() -> None:
    tracker = Tracker()
    told(tracker, 10_000, syn())
    assert told(tracker, 1, syn_ack()) == ANSWER
    assert tracker.counts.flows_aged == 0


def test_half_open_flows_are_evicted_first_then_the_idlest() -> None:
    tracker = Tracker(max_connections=2)
    told(tracker, 0, syn(port=1))
    told(tracker, 0, syn_ack(port=1))
    told(tracker, 1, syn(port=2))
    told(tracker, 2, syn(port=3))
    assert {key for (flow,) in tracker.flows.values() for key in [flow.client[1]]} == {1, 3}
    told(tracker, 3, syn_ack(port=3))
    told(tracker, 4, client(port=1))
    told(tracker, 5, syn(port=4))
    assert {flow.client[1] for (flow,) in tracker.flows.values()} == {1, 4}, "3 was never acknowledged"
    told(tracker, 6, syn_ack(port=4))
    told(tracker, 7, client(port=4))
    told(tracker, 8, client(port=1))
    told(tracker, 9, syn(port=5))
    assert {flow.client[1] for (flow,) in tracker.flows.values()} == {1, 5}, "4 was idle longest"
    assert tracker.counts.flows_evicted == 3


def test_hosts_are_bounded_and_age() -> None:
    tracker = Tracker(max_hosts=1)
    told(tracker, 0, syn())
    told(tracker, 0.01, syn_ack())
    assert list(tracker.hosts) == [((), ip_address("198.51.100.2"))]
    assert tracker.counts.hosts_evicted == 1
    tracker = opened()
    told(tracker, 7200, look(Ip4(source="192.0.2.3"), Tcp(options=mss(1460) + stamped(1))))
    assert tracker.counts.hosts_aged == 0
    told(tracker, 7201, look(Ip4(source="192.0.2.4"), Tcp(options=mss(1460) + stamped(1))))
    assert tracker.counts.hosts_aged == 1


def test_link_of_the_mtu() -> None:
    tracker = Tracker(links=[link("Ethernet or modem", 1500)])
    fields = [event_fields(event) for event in tracker.feed(0, syn())]
    assert fields[1]["link"] == "Ethernet or modem"
    assert fields[1]["raw_mtu"] == "1500"

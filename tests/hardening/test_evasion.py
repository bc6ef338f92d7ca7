"""Packets that no endpoint would accept hide no ClientHello, in a thousand connections of each kind.

A stranger knows the addresses and ports of a connection, but not its numbers, so these are random ones; some
near those of the connection are tried as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.run.stats import COUNTERS
from tests.support.captures import pcap
from tests.support.packets import ACK, FIN, LINUX_OPTIONS, PSH, RST, SYN, Ip4, Tcp, packet
from tests.support.tls.conversation import client_hello, record, server_hello, server_name
from tests.support.tls.datagram_model import Initial, crypto
from tests.support.tls.udp import packet_of

CONNECTIONS = 1000
"""Of each kind, and a quarter of them for each place in a connection."""

PLACES = {"answered": 2, "open": 3, "in the hello": 4, "acknowledged": 5}
"""Packets of the connection that come before the stranger's."""

WINDOW = 29200
SCALED = WINDOW << 7  # LINUX_OPTIONS have the window scale 7


def spoil(data: bytes) -> bytes:
    """The same packet with a wrong TCP checksum."""
    changed = bytearray(data)
    changed[20 + 16] ^= 0x5A
    return bytes(changed)


@dataclass
class EvadedConnection:
    """One that a stranger adds packets to."""

    random: Random
    number: int
    packets: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client_start, self.server_start = (self.random.randrange(2**32) for _ in "ab")
        self.name = b"host-%d.example.com" % self.number
        self.client = Ip4(source=f"10.{self.number >> 8}.{self.number & 255}.1")
        self.server = Ip4(source=self.client.destination, destination=self.client.source)
        self.hello = record(client_hello(server_name(self.name)))

    def of_client(self, place: int, data: bytes = b"", flags: int = ACK) -> bytes:
        """A packet of the client; `place` counts from its first byte."""
        tcp = Tcp(40000, 443, self.client_start + 1 + place, self.server_start + 1, flags, WINDOW, b"", data)
        return packet(self.client, tcp)

    def of_server(self, place: int, data: bytes = b"", flags: int = ACK, acked: int = 0) -> bytes:
        """A packet of the server, which has got so many bytes."""
        numbers = self.server_start + 1 + place, self.client_start + 1 + acked
        return packet(self.server, Tcp(443, 40000, *numbers, flags, WINDOW, b"", data))

    def handshake(self) -> list[bytes]:
        """SYN, SYN+ACK and ACK."""
        syn = Tcp(40000, 443, self.client_start, 0, SYN, WINDOW, LINUX_OPTIONS)
        answer = replace(
            syn, sport=443, dport=40000, seq=self.server_start, ack=self.client_start + 1, flags=SYN | ACK
        )
        return [packet(self.client, syn), packet(self.server, answer), self.of_client(0)]

    def pieces(self) -> list[bytes]:
        """The ClientHello in two segments, with the ACK of the first."""
        half = len(self.hello) // 2
        return [
            self.of_client(0, self.hello[:half]),
            self.of_server(0, acked=half),
            self.of_client(half, self.hello[half:], ACK | PSH),
        ]

    def end(self) -> list[bytes]:
        """What follows the hello."""
        return [self.of_server(0, acked=len(self.hello))]


Injector = Callable[[EvadedConnection], Iterator[bytes]]


def far(random: Random) -> int:
    """A place outside every window, also where it is not known that windows are scaled."""
    return random.randrange(2**26, 2**32 - 2**26)


def bytes_far(one: EvadedConnection) -> Iterator[bytes]:
    yield one.of_client(far(one.random), b"x")


def bytes_beyond_the_window(one: EvadedConnection) -> Iterator[bytes]:
    for place in (SCALED + 70_000, SCALED + 70_001, 2 * SCALED, 2 * SCALED + 1):
        yield one.of_client(place, b"x")


def bytes_of_the_server(one: EvadedConnection) -> Iterator[bytes]:
    yield one.of_server(far(one.random), b"x")


def false_syns(one: EvadedConnection) -> Iterator[bytes]:
    yield one.of_client(far(one.random), flags=SYN)


def false_syns_of_the_server(one: EvadedConnection) -> Iterator[bytes]:
    yield one.of_server(far(one.random), flags=SYN)


def several_false_syns(one: EvadedConnection) -> Iterator[bytes]:
    for _ in range(3):
        yield from false_syns(one)


def handshake_of_others(one: EvadedConnection) -> list[bytes]:
    """Forged in the names of both ends."""
    return replace(one).handshake()


def false_handshake(one: EvadedConnection) -> Iterator[bytes]:
    yield from handshake_of_others(one)


def several_false_handshakes(one: EvadedConnection) -> Iterator[bytes]:
    for _ in range(6):
        yield from handshake_of_others(one)


def false_handshakes_with_data(one: EvadedConnection) -> Iterator[bytes]:
    for _ in range(2):
        other = replace(one)
        yield from other.handshake()
        yield other.of_client(0, record(client_hello(server_name(b"stranger"))))
        yield other.of_server(0, acked=len(other.hello))


def false_syn_with_data(one: EvadedConnection) -> Iterator[bytes]:
    yield one.of_client(far(one.random), b"GET / HTTP/1.1\r\n\r\n", SYN)


def false_answer(one: EvadedConnection) -> Iterator[bytes]:
    yield one.of_server(far(one.random), flags=SYN | ACK, acked=far(one.random))


def false_acknowledgements(one: EvadedConnection) -> Iterator[bytes]:
    """The right place, with the acknowledgement of bytes that were never sent, or lie before the first."""
    for acked in (far(one.random), 2**20, 2**29, 2**31, -(2**20)):
        yield one.of_server(0, acked=acked)
        yield one.of_server(1, b"x", acked=acked)


def resets_in_the_window(one: EvadedConnection) -> Iterator[bytes]:
    """RFC 5961, 3.2: only a RST with the next number ends a connection."""
    for place in (1000, 5000):
        yield one.of_client(len(one.hello) + place, flags=RST)
        yield one.of_server(place, flags=RST)
        yield one.of_server(place, flags=RST | ACK)


def ends_in_the_window(one: EvadedConnection) -> Iterator[bytes]:
    """A FIN that waits for the bytes before it."""
    yield one.of_client(len(one.hello) + 9, flags=FIN | ACK)
    yield one.of_server(9, flags=FIN | ACK)


def resets(one: EvadedConnection) -> Iterator[bytes]:
    for flags in (RST, RST | ACK):
        yield one.of_client(far(one.random), flags=flags)
        yield one.of_server(far(one.random), flags=flags)
        yield one.of_client(SCALED + 1000, flags=flags)
        yield one.of_server(-2, flags=flags)


def ends(one: EvadedConnection) -> Iterator[bytes]:
    for flags in (FIN, FIN | ACK):
        yield one.of_client(far(one.random), flags=flags)
        yield one.of_server(far(one.random), flags=flags)
        yield one.of_client(SCALED + 1000, b"x", flags)


def other_bytes(one: EvadedConnection) -> Iterator[bytes]:
    yield spoil(one.of_client(0, bytes(len(one.hello)), ACK | PSH))


def other_bytes_later(one: EvadedConnection) -> Iterator[bytes]:
    yield spoil(one.of_client(len(one.hello) // 2, b"y" * 700, ACK | PSH))


def other_hello(one: EvadedConnection) -> Iterator[bytes]:
    yield spoil(one.of_client(0, record(client_hello(server_name(b"stranger"))), ACK | PSH))


def one_byte(one: EvadedConnection) -> Iterator[bytes]:
    yield spoil(one.of_client(0, b"\x16"))


def a_hello_that_begins(one: EvadedConnection) -> Iterator[bytes]:
    yield spoil(one.of_client(0, b"\x16\3\1"))
    yield spoil(one.of_client(3, b"no record"))


def long_request(one: EvadedConnection) -> Iterator[bytes]:
    for at in range(0, 6000, 1000):
        yield spoil(one.of_client(at, b"GET /".ljust(1000, b"a") if at == 0 else b"a" * 1000))


INJECTORS: tuple[Injector, ...] = (
    *(bytes_far, bytes_beyond_the_window, bytes_of_the_server, false_syns, false_syns_of_the_server),
    *(false_handshake, several_false_handshakes, false_handshakes_with_data),
    *(several_false_syns, false_syn_with_data, false_answer, resets, ends, false_acknowledgements),
    *(resets_in_the_window, ends_in_the_window),
    *(other_bytes, other_bytes_later, other_hello, one_byte, a_hello_that_begins, long_request),
)


def connections(
    injector: Injector | None, place: int, count: int = CONNECTIONS // len(PLACES)
) -> Iterator[tuple[bytes, list[bytes]]]:
    """Names, and packets with those of a stranger behind so many of the handshake and hello."""
    random = Random(place)
    for number in range(count):
        one = EvadedConnection(random, number)
        own = one.handshake() + one.pieces()
        added = [] if injector is None else list(injector(one))
        yield one.name, own[:place] + added + own[place:] + one.end()


def timed(packets: list[bytes]) -> list[tuple[int, bytes]]:
    return [(10**18 + number * 10**5, data) for number, data in enumerate(packets)]


def names(analyzer: hg.Analyzer, packets: list[bytes]) -> list[str]:
    """The server names of all ClientHellos."""
    found = analyzer.analyze_packets(timed(packets))
    return [result.tls_client.signature.sni or "" for result in found if result.tls_client is not None]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("injector", INJECTORS, ids=lambda one: one.__name__)
def test_every_hello_is_reported(injector: Injector, place: int) -> None:
    made = list(connections(injector, place))
    found = names(hg.Analyzer(None), [data for _, packets in made for data in packets])
    wanted = [name.decode() for name, _ in made]
    assert [name for name in found if name.startswith("host-")] == wanted


@pytest.mark.parametrize("injector", [None, *INJECTORS], ids=lambda one: getattr(one, "__name__", "none"))
def test_all_at_once(injector: Injector | None) -> None:
    """All connections packet by packet in turn, in one table with room for forged ones."""
    made = list(connections(injector, 3, CONNECTIONS))
    most = max(len(packets) for _, packets in made)
    mixed = [packets[at] for at in range(most) for _, packets in made if at < len(packets)]
    found = names(hg.Analyzer(None, max_connections=8 * CONNECTIONS), mixed)
    assert sorted(name for name in set(found) if name.startswith("host-")) == sorted(
        name.decode() for name, _ in made
    )


@pytest.mark.parametrize("acked", [2**21, 2**29, -(2**23)])
def test_a_false_acknowledgement_before_bytes_out_of_order(acked: int) -> None:
    """Only the window shows that the last piece, which comes before the second, may be taken."""
    wanted, packets = [], []
    for number in range(100):
        one = EvadedConnection(Random(number), number)
        first, second, last = one.hello[:30], one.hello[30:60], one.hello[60:]
        sent = [(60, last), (30, second)]
        packets += [*one.handshake(), one.of_client(0, first), one.of_server(0, acked=acked)]
        packets += [*(one.of_client(place, data) for place, data in sent), *one.end()]
        wanted.append(one.name.decode())
    assert names(hg.Analyzer(None), packets) == wanted


@pytest.mark.parametrize(
    ("injector", "counter", "times"),
    [
        (bytes_far, "out_of_window", 1),
        (bytes_beyond_the_window, "out_of_window", 4),
        (resets, "out_of_window", 8),
        (ends, "out_of_window", 3),
        (ends, "fin_without_ack", 3),
        (other_hello, "streams_displaced", 2),
        (false_syns, "flows_replaced", 0),
        (several_false_syns, "flows_replaced", 0),
        (several_false_handshakes, "flows_replaced", 0),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_they_are_counted(injector: Injector, counter: str, times: int) -> None:
    analyzer = hg.Analyzer(None)
    ((_, packets),) = connections(injector, 3, 1)
    assert len(list(analyzer.analyze_packets(timed(packets)))) > 0
    found = {**analyzer.stats.anomalies, **{name: getattr(analyzer.stats, name) for name in COUNTERS}}
    assert found[counter] == times


@pytest.mark.parametrize("seed", range(20))
def test_a_sender_whose_card_makes_the_checksums(seed: int) -> None:
    """Captured on its machine, all packets have wrong ones; or some of its own, in any order."""
    random = Random(seed)
    wanted, packets = [], []
    for number in range(50):
        one = EvadedConnection(random, number)
        own = one.handshake() + one.pieces() + one.end()
        client = own[0][12:16]
        is_wrong = [seed == 0 or (data[12:16] == client and random.random() < 0.5) for data in own]
        packets += [spoil(data) if wrong else data for data, wrong in zip(own, is_wrong, strict=True)]
        wanted.append(one.name.decode())
    assert names(hg.Analyzer(None), packets) == wanted


@pytest.mark.parametrize("pieces", ["whole", "two", "two, the second first"])
def test_packets_that_are_captured_twice(pieces: str) -> None:
    """Before the network card made their checksums, and behind it: every hello is there once."""
    random = Random(1)
    wanted, packets = [], []
    for number in range(50):
        one = EvadedConnection(random, number)
        first, _, second = one.pieces()
        sent = [one.of_client(0, one.hello)] if pieces == "whole" else [first, second]
        for data in one.handshake() + (sent[::-1] if "first" in pieces else sent):
            packets += [spoil(data), data]
        wanted.append(one.name.decode())
    analyzer = hg.Analyzer(None)
    assert names(analyzer, packets) == wanted
    assert analyzer.stats.streams_displaced == 0


def test_the_second_copies_come_together() -> None:
    """The same, of two segments: the confirmed bytes are one hello, whatever comes between."""
    one = EvadedConnection(Random(1), 1)
    first, _, second = one.pieces()
    shown = [spoil(first), spoil(second), first, second, one.of_client(len(one.hello), b"\x17\3\3\0\1x")]
    assert names(hg.Analyzer(None), one.handshake() + shown) == [one.name.decode()]


@pytest.mark.parametrize("length", [10, 200, 2000])
def test_right_bytes_behind_displaced_ones_stay(length: int) -> None:
    """They come once: the second half of a hello before its first, for which a stranger sent another."""
    one = EvadedConnection(Random(1), 1)
    first, _, second = one.pieces()
    half = len(one.hello) // 2
    false = spoil(one.of_client(0, record(client_hello(server_name(b"x" * 2000)))[: min(length, half)]))
    analyzer = hg.Analyzer(None)
    assert names(analyzer, [*one.handshake(), false, second, first]) == [one.name.decode()]
    assert names(hg.Analyzer(None), [*one.handshake(), second, false, first]) == [one.name.decode()]
    assert analyzer.stats.streams_displaced == 1


def test_a_displaced_first_segment_of_a_connection_that_was_not_seen_to_begin() -> None:
    """Without a handshake nothing says whose checksums can be right."""
    one = EvadedConnection(Random(1), 1)
    (false,) = other_hello(one)
    found = names(hg.Analyzer(None), [false, one.of_client(0, one.hello)])
    assert found == [one.name.decode()]


@pytest.mark.parametrize("again", [False, True], ids=["all wrong", "one of the SYNs right"])
def test_checksums_tell_something_where_one_of_a_syn_was_right(again: bool) -> None:
    """All of a sender are wrong in captures of its machine, its SYN's too. Then the first bytes count."""
    one = EvadedConnection(Random(1), 1)
    syn, *answered = one.handshake()
    syns = [spoil(syn), syn] if again else [spoil(syn)]
    found = names(hg.Analyzer(None), [*syns, *answered, *other_hello(one), one.of_client(0, one.hello)])
    assert found == [one.name.decode() if again else "stranger"]


@pytest.mark.parametrize("pieces", [[0, 2], [2, 0]])
@pytest.mark.parametrize("is_attacked", [False, True])
def test_a_new_connection_on_the_ports_of_a_live_one(pieces: list[int], is_attacked: bool) -> None:
    """The numbers of each packet show to which it belongs, whatever others forge before and after."""
    random = Random(1)
    old, new = EvadedConnection(random, 1), EvadedConnection(random, 1)
    sent = [new.pieces()[at] for at in pieces]
    syn, answer, end = new.handshake()
    added = [*several_false_syns(new), *several_false_handshakes(new)] if is_attacked else []
    opened = [syn, *added[:3], answer, *added[3:6], end, *added[6:15]]
    wanted = [old.name.decode(), new.name.decode()]
    assert names(hg.Analyzer(None), [*old.handshake(), *old.pieces(), *opened, *sent]) == wanted
    begun = old.pieces()
    mixed = [*old.handshake(), *begun[:2], *opened, sent[0], begun[2], sent[1]]
    assert names(hg.Analyzer(None), mixed) == wanted


@pytest.mark.parametrize("injector", [false_syns, several_false_syns, false_syns_of_the_server])
@pytest.mark.parametrize("begin", [1, 3], ids=["one side", "later"])
def test_false_syns_hide_no_connection_of_which_a_part_is_visible(injector: Injector, begin: int) -> None:
    one = EvadedConnection(Random(1), 1)
    sent = one.pieces()
    opened = one.handshake()[::2] if begin == 1 else []
    packets = [*opened, sent[0], *injector(one), sent[2], *one.end()]
    assert names(hg.Analyzer(None), packets) == [one.name.decode()]


def test_a_forged_syn_that_is_too_old_hides_no_packet() -> None:
    one = EvadedConnection(Random(1), 1)
    first, acked, second = one.pieces()
    times = [(0, [*one.handshake(), first, *false_syns(one)]), (500, [acked]), (901, [second])]
    packets = [((10**9 + at) * 10**9, data) for at, group in times for data in group]
    found = [result.tls_client for result in hg.Analyzer(None).analyze_packets(packets)]
    assert [one.signature.sni for one in found if one is not None] == [one.name.decode()]


def server_hellos(packets: list[bytes]) -> int:
    found = hg.Analyzer(None).analyze_packets(timed(packets))
    return sum(result.tls_server is not None for result in found)


SERVER_HELLO = record(server_hello())


@pytest.mark.parametrize("injector", [false_syns, several_false_syns, false_syns_of_the_server])
def test_false_syns_before_the_answer(injector: Injector) -> None:
    """The answer says by its numbers which SYN it is for: it and the hello are of that one's connection."""
    for one, packets in asked_connections(injector):
        assert names(hg.Analyzer(None), packets) == [one.name.decode()]
        (batch,) = hg.Analyzer(None).batches(pcap(timed(packets)))
        flows = dict(zip(batch["event"].tolist(), batch["flow"].tolist(), strict=True))
        assert flows[lib.HG_EVENT_SYN_ACK] == flows[lib.HG_EVENT_TLS_CLIENT] == 1


def asked_connections(injector: Injector) -> Iterator[tuple[EvadedConnection, list[bytes]]]:
    """Connections with a stranger's packets between SYN and SYN+ACK."""
    random = Random(1)
    for number in range(50):
        one = EvadedConnection(random, number)
        syn, *answered = one.handshake()
        yield one, [syn, *injector(one), *answered, *one.pieces(), *one.end()]


def test_the_second_of_two_unanswered_syns_is_answered() -> None:
    """A client that asks again with another number; its second connection goes on, as may the first."""
    random = Random(1)
    old, new = EvadedConnection(random, 1), EvadedConnection(random, 1)
    analyzer = hg.Analyzer(None)
    assert names(analyzer, old.handshake()[:1] + new.handshake() + new.pieces()) == [new.name.decode()]
    assert (analyzer.stats.flows, analyzer.stats.flows_replaced) == (2, 0)


@pytest.mark.parametrize("before", [1, 3])
@pytest.mark.parametrize("injector", [several_false_syns, false_handshake, several_false_handshakes])
def test_false_handshakes_on_both_sides_of_a_syn(injector: Injector, before: int) -> None:
    """The answer acknowledges the SYN between them."""
    random = Random(1)
    for number in range(50):
        one = EvadedConnection(random, number)
        syn, *answered = one.handshake()
        around = [data for _ in range(2) for data in list(injector(one))[:before]]
        packets = [*around[:before], syn, *around[before:], *answered, *one.pieces(), *one.end()]
        assert names(hg.Analyzer(None), packets) == [one.name.decode()]


def test_a_syn_that_comes_again_after_another_is_shown_again() -> None:
    """As by p0f; but not the first of them, which has not been replaced, nor one that was answered."""
    one = EvadedConnection(Random(1), 1)
    syn, *answered = one.handshake()
    first, second = several_false_syns(one), false_syns(one)
    packets = [next(first), syn, *second, syn]
    assert syns([*packets, *answered]) == 4
    assert syns([*packets, packets[0]]) == 4
    assert syns([*packets[:3], *answered, syn]) == 3


def syns(packets: list[bytes]) -> int:
    found = hg.Analyzer(None).analyze_packets(timed(packets))
    return sum(result.syn is not None for result in found)


def answer_and_syn(one: EvadedConnection) -> Iterator[bytes]:
    yield from false_answer(one)
    yield from false_syns(one)


def syn_fin_and_answer(one: EvadedConnection) -> Iterator[bytes]:
    other = replace(one)
    yield other.handshake()[0]
    yield other.of_server(0, flags=FIN | ACK)
    yield from false_answer(one)


@pytest.mark.parametrize("injector", [answer_and_syn, syn_fin_and_answer])
def test_forged_packets_before_the_answer_hide_nothing(injector: Injector) -> None:
    for one, packets in asked_connections(injector):
        syn, *others = packets
        hello = [one.of_server(0, SERVER_HELLO, acked=len(one.hello))]
        assert names(hg.Analyzer(None), packets) == [one.name.decode()]
        assert server_hellos(packets + hello) == 1
        first = next(injector(one))
        assert names(hg.Analyzer(None), [first, syn, *others]) == [one.name.decode()]


def test_an_answer_with_other_numbers_is_shown() -> None:
    """Of two unanswered SYNs on the same ports the latest counts, where nothing else tells."""
    one = EvadedConnection(Random(1), 1)
    syn, *_ = one.handshake()
    packets = [syn, *false_syns(one), *false_answer(one)]
    results = list(hg.Analyzer(None).analyze_packets(timed(packets)))
    assert [result.syn_ack is not None for result in results].count(True) == 1


def test_refused_syns_end_no_other_connection() -> None:
    """A stranger sends a SYN, and the RST that a server would answer it with."""
    one = EvadedConnection(Random(1), 1)
    syn, *answered = one.handshake()
    (false,) = false_syns(one)
    number = int.from_bytes(false[24:28], "big")
    refusal = one.of_server(0, flags=RST | ACK, acked=number - one.client_start)
    packets = [syn, false, refusal, *answered, *one.pieces()]
    assert names(hg.Analyzer(None), packets) == [one.name.decode()]


@pytest.mark.parametrize(
    "injector", [false_syns, several_false_syns, false_syns_of_the_server, false_handshake]
)
def test_false_syns_after_the_end_of_one_side(injector: Injector) -> None:
    """The client sends no more, and the server still answers."""
    one = EvadedConnection(Random(1), 1)
    size = len(one.hello)
    own = [*one.handshake(), *one.pieces(), one.of_client(size, flags=FIN | ACK)]
    answer = one.of_server(0, SERVER_HELLO, acked=size + 1)
    assert server_hellos([*own, answer]) == 1
    assert server_hellos([*own, *injector(one), answer]) == 1


def test_a_new_connection_after_the_end_of_one_side() -> None:
    """Its SYN is answered: the old one is over."""
    random = Random(1)
    old, new = EvadedConnection(random, 1), EvadedConnection(random, 1)
    ended = [*old.handshake(), *old.pieces(), old.of_client(len(old.hello), flags=FIN | ACK)]
    answered = [*new.handshake(), *new.pieces(), new.of_server(0, SERVER_HELLO, acked=len(new.hello))]
    assert names(hg.Analyzer(None), ended + answered) == [old.name.decode(), new.name.decode()]
    assert server_hellos(ended + answered) == 1


def test_the_window_scale_is_that_of_the_true_answer() -> None:
    """A false SYN+ACK before it has another."""
    one = EvadedConnection(Random(1), 1)
    syn, *answered = one.handshake()
    options = LINUX_OPTIONS[:-1] + b"\x0e"
    assert LINUX_OPTIONS[-3:] == b"\3\3\7"
    false = packet(one.server, Tcp(443, 40000, 5, 5, SYN | ACK, WINDOW, options))
    first, acked, second = one.pieces()
    packets = [syn, false, *answered, first, acked, *bytes_beyond_the_window(one), second]
    analyzer = hg.Analyzer(None)
    assert names(analyzer, packets) == [one.name.decode()]
    assert analyzer.stats.anomalies["out_of_window"] == 4


def test_a_client_that_resets_an_older_connection_asks_again() -> None:
    """The server answers the SYN for the older one (RFC 9293, 3.10.7.3). The next SYN is another."""
    one = EvadedConnection(Random(1), 1)
    syn, *answered = one.handshake()
    older = [one.of_server(far(one.random), acked=1 << 28), one.of_client(1 << 28, flags=RST)]
    analyzer = hg.Analyzer(None)
    found = list(analyzer.analyze_packets(timed([syn, *older, syn, *answered, *one.pieces()])))
    assert [result.syn is not None for result in found].count(True) == 2
    assert found[-1].tls_client is not None


def test_a_new_connection_of_which_one_side_is_visible() -> None:
    """Its SYN and next segment show by their numbers that they are not the old one's."""
    random = Random(1)
    old, new = EvadedConnection(random, 1), EvadedConnection(random, 1)
    of_clients = [one.handshake()[::2] + one.pieces()[::2] for one in (old, new)]
    assert names(hg.Analyzer(None), of_clients[0] + of_clients[1]) == [old.name.decode(), new.name.decode()]


QUIC_HELLO = client_hello(server_name(b"example.com"))
OWN, FOREIGN = b"own id 8", b"foreign8"


def initial(frames: bytes, number: int = 0, to: bytes = OWN, **values: bytes) -> bytes:
    """A sealed Initial of 1,200 bytes."""
    return Initial(to, frames.ljust(1100, b"\0"), packet_number=number, **values).sealed()  # type: ignore[arg-type]


DATAGRAMS: dict[str, Callable[[], list[bytes]]] = {
    "that do not open": lambda: [initial(b"", n, FOREIGN, key_id=b"no such") for n in range(16)],
    "that do not open, of its id": lambda: [initial(b"", n, key_id=b"no such") for n in range(16)],
    "pings": lambda: [initial(b"\1", n) for n in range(1, 32)],
    "of other connections": lambda: [
        initial(crypto(0, QUIC_HELLO[:9]), to=b"foreign%d" % n) for n in range(5)
    ],
    "of many other connections": lambda: [
        initial(crypto(0, QUIC_HELLO[:9]), to=b"strange%d" % n) for n in range(10, 50)
    ],
    "as if after a Retry": lambda: [initial(crypto(0, QUIC_HELLO[:9]), to=FOREIGN, token=b"token")],
    "that are no QUIC": lambda: [bytes(1200), b"\xc0" + bytes(1199), b"\xff" * 1200],
}


@pytest.mark.parametrize("kind", DATAGRAMS)
def test_every_hello_of_quic_is_reported(kind: str) -> None:
    """A stranger's datagrams are put between the two of a ClientHello."""
    pytest.importorskip("cryptography", reason="cryptography is not installed to seal packets")
    half = len(QUIC_HELLO) // 2
    first, last = initial(crypto(0, QUIC_HELLO[:half])), initial(crypto(half, QUIC_HELLO[half:]), 40)
    sent = [first, *DATAGRAMS[kind](), last]
    packets = [packet_of(data, port=20_000 + number) for number in range(CONNECTIONS) for data in sent]
    analyzer = hg.Analyzer(None)
    assert names(analyzer, packets) == ["example.com"] * CONNECTIONS


def test_two_connections_of_quic_with_one_id() -> None:
    """Whoever sees the id can seal Initials for it. The ends tell them apart."""
    pytest.importorskip("cryptography", reason="cryptography is not installed to seal packets")
    half = len(QUIC_HELLO) // 2
    other = client_hello(server_name(b"stranger.com"))
    first, last = initial(crypto(0, QUIC_HELLO[:half])), initial(crypto(half, QUIC_HELLO[half:]), 40)
    false = initial(crypto(0, other), 20)
    sent = [packet_of(first), packet_of(false, port=20_001), packet_of(last)]
    assert names(hg.Analyzer(None), sent) == ["stranger.com", "example.com"]


@pytest.mark.parametrize(("count", "hello"), [(7, QUIC_HELLO), (40, QUIC_HELLO[:9])], ids=["whole", "begun"])
def test_the_answer_of_a_server_of_quic_is_reported(count: int, hello: bytes) -> None:
    """Its client has an empty id, as those of a stranger, whose datagrams come before the answer."""
    pytest.importorskip("cryptography", reason="cryptography is not installed to seal packets")
    false = [initial(crypto(0, hello), to=b"strange%d" % n) for n in range(10, 10 + count)]
    frames = crypto(0, server_hello()).ljust(1180, b"\0")
    answer = Initial(b"", frames, b"server 8", key_id=OWN, server=True).sealed()
    sent = [packet_of(data) for data in (initial(crypto(0, QUIC_HELLO)), *false)]
    assert server_hellos([*sent, packet_of(answer, server=True)]) == 1

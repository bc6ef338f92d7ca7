"""Different bytes with the same numbers, of which the receiver may have either: both are read, none counts.

The first ones have a form that some receivers refuse; the next ones come before an acknowledgement.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.sockets.peers import PeerAddress, Peers, Question
from tests.hardening.test_decoys import hello, request
from tests.hardening.test_segments import MD5, ROUTED, Talk, timestamps, wrong
from tests.support.captures import pcap
from tests.support.packets import FIN, PSH, URG, Ip4, Ip6, Tcp, checksum, packet

IPS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])
BYTES = pytest.mark.parametrize("made", [hello, request], ids=["tls", "http"])
Sent = Callable[[Talk, int, bytes], bytes]
FORMS: dict[str, Sent] = {
    "no_timestamp": lambda talk, place, data: talk.client(place, data, options=b""),
    "low_ttl": lambda talk, place, data: talk.client(place, data, hops=6),
    "signature_option": lambda talk, place, data: talk.client(
        place, data, options=timestamps(110, 200) + MD5
    ),
    "ip_options": lambda talk, place, data: Talk(replace(talk.ip, **ROUTED[type(talk.ip)])).client(
        place, data
    ),
}
"""Segments in a form that some receivers refuse, by reason."""
EACH = pytest.mark.parametrize("form", FORMS)


def rows(packets: list[bytes]) -> list[tuple[str, bool, list[str]]]:
    """The names in hellos and requests, whether they have rivals, and the other reasons for doubt."""
    batches = hg.Analyzer(None, host_names=True).batches(saved(packets))
    lines = [json.loads(line) for batch in batches for line in batch.render("json").splitlines()]
    return [
        (
            one.get("sni") or one["user_agent"],
            one["rivals"],
            sorted({*one["doubt"]} - {"different_copies"}),
        )
        for one in lines
        if one["event"] in ("tls_client", "http_request")
    ]


def saved(packets: list[bytes]) -> bytes:
    return pcap([(10**18 + at * 10**6, data) for at, data in enumerate(packets)])


@EACH
@IPS
@BYTES
def test_both_are_read(form: str, ip: Ip4 | Ip6, made: Callable[[bytes], bytes]) -> None:
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    half, most = len(real) // 2, len(real) - 5
    first = [FORMS[form](talk, place, real[place:end]) for place, end in ((0, half), (half, len(real)))]
    other = [talk.client(0, fake[:most]), talk.client(most, fake[most:])]
    before = [*talk.handshake(), *first]
    found = rows([*before, *other, talk.server(len(real))])
    assert found == [("real.example", True, [form]), ("fake.example", True, [])]
    assert rows([*before, *other]) == found
    acknowledged = [("real.example", False, [form])]
    assert rows([*before, talk.server(len(real)), *other]) == acknowledged
    assert rows([*before, talk.client(0, real), talk.server(len(real))]) == [("real.example", False, [])]
    assert rows(before) == [("real.example", False, [form, "unacknowledged"])]


@EACH
@BYTES
def test_the_rest_has_rivals(form: str, made: Callable[[bytes], bytes]) -> None:
    """Only its first bytes were taken before; then the later one of the two is read."""
    talk, real, fake = Talk(Ip4()), made(b"real.example"), made(b"fake.example")
    sent = [
        *talk.handshake(),
        talk.client(0, real[:9]),
        FORMS[form](talk, 9, real[9:]),
        talk.client(9, fake[9:]),
    ]
    assert [one[:2] for one in rows([*sent, talk.server(len(real))])] == [("fake.example", True)]


@BYTES
def test_a_wrong_checksum_is_no_rival(made: Callable[[bytes], bytes]) -> None:
    talk, real, fake = Talk(Ip4()), made(b"real.example"), made(b"fake.example")
    sent = [*talk.handshake(), wrong(talk.client(0, fake)), talk.client(0, real), talk.server(len(real))]
    assert rows(sent) == [("real.example", False, [])]


@EACH
@BYTES
def test_a_wrong_checksum_before_them_hides_nothing(form: str, made: Callable[[bytes], bytes]) -> None:
    talk, real, fake = Talk(Ip4()), made(b"real.example"), made(b"fake.example")
    sent = [wrong(talk.client(0, fake)), FORMS[form](talk, 0, real), talk.client(0, fake)]
    found = rows([*talk.handshake(), *sent, talk.server(len(real))])
    assert {one[:2] for one in found} <= {("real.example", True), ("fake.example", True)}


def answered(packets: list[bytes], **options: Any) -> dict[str, object]:
    """What the sidecar says about the connection."""
    peers, analyzer = Peers(hg.Database.load_default()), hg.Analyzer(**options)
    for batch in analyzer.batches(saved(packets)):
        peers.add(batch)
    ip = packets[0]
    client = ip[12:16] if ip[0] >> 4 == 4 else ip[8:24]
    question = Question(PeerAddress(client, 40000), user_agent=b"curl/8.5.0")
    answer: dict[str, object] = json.loads(peers.answer(question, now_ns=10**18 + 10**9))
    return answer


@EACH
@IPS
@pytest.mark.parametrize(
    ("made", "reason"), [(hello, "two ClientHellos"), (request, "two requests")], ids=["tls", "http"]
)
def test_the_sidecar_and_hosts_learn_nothing(
    form: str, ip: Ip4 | Ip6, made: Callable[[bytes], bytes], reason: str
) -> None:
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    sent = [*talk.handshake(), FORMS[form](talk, 0, real), talk.client(0, fake), talk.server(len(real))]
    found = answered(sent)
    assert (found["verdict"], found["client_check"], found["reason"]) == (
        "not_checked",
        "not_checked",
        reason,
    )
    analyzer = hg.Analyzer()
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(saved(sent)):
        inventory.add(batch)
    sources = {one["source"] for host in inventory.values() for one in host["evidence"]}
    assert sources & {"tls-client", "http-request"} == set()


def test_bytes_that_were_never_acknowledged_prove_nothing() -> None:
    talk = Talk(Ip4())
    found = answered([*talk.handshake(), wrong(talk.client(0, hello(b"real.example")))])
    assert (found["verdict"], found["reason"]) == (
        "not_checked",
        "the server did not acknowledge what was seen",
    )


def torn(segment: bytes, at: int = 24, number: int = 77) -> list[bytes]:
    """The segment as two IP fragments; `at`: how many bytes of TCP the first one has."""
    if segment[0] >> 4 == 6:
        head, rest = segment[:40], segment[40:]

        def part(data: bytes, place: int) -> bytes:
            fragment = bytes((6, 0)) + place.to_bytes(2, "big") + number.to_bytes(4, "big")
            return head[:4] + (8 + len(data)).to_bytes(2, "big") + b"\x2c" + head[7:] + fragment + data

        return [part(rest[:at], 1), part(rest[at:], at)]
    head, rest = segment[:20], segment[20:]

    def piece(data: bytes, place: int) -> bytes:
        ip = (
            head[:2] + (20 + len(data)).to_bytes(2, "big") + head[4:6] + place.to_bytes(2, "big") + head[8:10]
        )
        ip += bytes(2) + head[12:]
        return ip[:10] + checksum(ip).to_bytes(2, "big") + ip[12:] + data

    return [piece(rest[:at], 0x2000), piece(rest[at:], at // 8)]


FRAGMENTS = "segments in IP fragments"


@IPS
@BYTES
@pytest.mark.parametrize("at", [8, 24, 48])
@pytest.mark.parametrize("read", [0, 9], ids=["first", "rest"])
def test_decoys_behind_fragments_are_not_read(
    read: int, at: int, ip: Ip4 | Ip6, made: Callable[[bytes], bytes]
) -> None:
    """The receiver joins the fragments; they are counted, and nothing more of the direction is read."""
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    first = [talk.client(0, real[:read])] if read else []
    before = [*talk.handshake(), *first, *torn(talk.client(read, real[read:]), at)]
    for end in (
        [talk.server(len(real)), talk.client(0, fake)],
        [talk.client(0, fake), talk.server(len(real))],
    ):
        assert rows([*before, *end]) == []
        found = answered([*before, *end])
        assert (found["verdict"], found["reason"]) == ("not_checked", FRAGMENTS)
    analyzer = hg.Analyzer(None)
    list(analyzer.batches(saved(before)))
    assert (analyzer.stats.anomalies["fragment"], analyzer.stats.drops["fragment"]) == (1, 2)


@pytest.mark.parametrize("findings", [False, True])
@pytest.mark.parametrize("others", [0, 7, 8, 20])
def test_other_connections_in_fragments_hide_none(others: int, findings: bool) -> None:
    """Neither do rows that are added to a batch, here those of a scan."""
    ip = Ip4()
    talk, first, second = Talk(ip), request(b"real.example"), request(b"next.example")
    scan = packet(replace(ip, source="203.0.113.9"), Tcp(41000, 25, 1, 0, FIN | PSH | URG, 1024))
    talks = [Talk(replace(ip, source=f"203.0.113.{20 + number}")) for number in range(others)]
    before = [one for other in talks for one in (*other.handshake(), other.client(0, first))]
    flood = [one for other in talks for one in torn(other.client(len(first), second))]
    known = [*talk.handshake(), talk.client(0, first), talk.server(len(first))]
    sent = [*before, *known, *flood, *torn(talk.client(len(first), second)), scan]
    assert answered(sent, findings=findings)["reason"] == FRAGMENTS
    assert answered(known, findings=findings)["reason"] != FRAGMENTS


@IPS
@BYTES
def test_fragments_that_do_not_arrive_hide_nothing(ip: Ip4 | Ip6, made: Callable[[bytes], bytes]) -> None:
    talk, real = Talk(ip), made(b"real.example")
    for false in (talk.client(0, made(b"fake.example"), hops=1), talk.client(2**26, made(b"fake.example"))):
        sent = [*talk.handshake(), *torn(false), talk.client(0, real), talk.server(len(real))]
        assert rows(sent) == [("real.example", False, [])]


@IPS
@BYTES
def test_a_syn_in_fragments_is_no_evidence(ip: Ip4 | Ip6, made: Callable[[bytes], bytes]) -> None:
    talk, real = Talk(ip), made(b"real.example")
    syn, answer, end = talk.handshake()
    sent = [*torn(syn), answer, end, talk.client(0, real), talk.server(len(real))]
    assert rows(sent) == [("real.example", False, ["fragment"])]
    assert (answered(sent)["verdict"], answered(sent)["reason"]) == ("not_checked", FRAGMENTS)


@pytest.mark.parametrize("data", [b"", b"z"], ids=["keep-alive", "with a byte"])
def test_a_segment_before_the_first_byte_ends_no_handshake(data: bytes) -> None:
    """Linux answers it with a new timestamp, and then takes none that echoes it."""
    talk, real, fake = Talk(Ip4()), hello(b"real.example"), hello(b"fake.example")
    early = talk.client(-1, data, options=timestamps(109, 200))
    echoing = talk.client(0, fake, options=timestamps(110, 250))
    before = [*talk.handshake()[:2], early, echoing]
    assert rows(before) == [("fake.example", False, ["invalid_echo", "unacknowledged"])]
    assert rows([*before, talk.client(0, real), talk.server(len(real))]) == [("real.example", False, [])]


def test_an_acknowledgement_with_a_false_echo_ends_no_handshake() -> None:
    talk, real, fake = Talk(Ip4()), hello(b"real.example"), hello(b"fake.example")
    false = [talk.client(0, data, options=timestamps(110, 999)) for data in (b"", fake)]
    sent = [*talk.handshake()[:2], *false, talk.client(0, real), talk.server(len(real))]
    assert rows(sent) == [("real.example", False, [])]


def test_an_acknowledgement_before_the_first_byte_is_refused() -> None:
    """The window is large, but the server has sent nothing that it could be about (Linux)."""
    talk, real, fake = Talk(Ip4()), hello(b"real.example"), hello(b"fake.example")
    half = len(real) // 2
    sent = [talk.client(half, real[half:]), talk.client(0, fake, acked=-20000), talk.client(0, real[:half])]
    assert rows([*talk.handshake(), *sent, talk.server(len(real))]) == [("real.example", False, [])]


@IPS
@BYTES
def test_a_refused_segment_ends_no_handshake(ip: Ip4 | Ip6, made: Callable[[bytes], bytes]) -> None:
    """The server drops the first two, and answers the second with a new timestamp, whose echo it ignores."""
    talk, real = Talk(ip), made(b"real.example")
    before = [*talk.handshake()[:2], wrong(talk.client(0, real[:1])), talk.client(-70_000, real)]
    echoing = talk.client(0, real, options=timestamps(110, 250))
    challenge = talk.server(options=timestamps(250, 100))
    assert rows([*before, challenge, echoing]) == [
        ("real.example", False, ["invalid_echo", "unacknowledged"])
    ]
    ended = [*before, talk.client(0), challenge, echoing]
    assert rows(ended) == [("real.example", False, [])]


@pytest.mark.parametrize("form", ["no_timestamp", "low_ttl"])
@IPS
@BYTES
def test_waiting_bytes_that_differ_from_earlier_ones(
    form: str, ip: Ip4 | Ip6, made: Callable[[bytes], bytes]
) -> None:
    """Linux takes the segment that begins earlier, if it takes it at all."""
    talk, real = Talk(ip), made(b"real.example")
    half = len(real) // 2
    waiting = [*talk.handshake(), talk.client(half, real[half:])]
    for end, has_rivals in ((real[half:].swapcase(), True), (real[half:], False)):
        ((_, found, _),) = rows([*waiting, FORMS[form](talk, 0, real[:half] + end), talk.server(len(real))])
        assert found == has_rivals

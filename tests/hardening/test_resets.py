"""Only a reset with the numbers that its receiver expects ends a connection, even before its handshake ends.

RFC 9293, 3.10.7.3 and 3.10.7.4; RFC 5961, 3.2.
"""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from tests.hardening.test_segments import REAL, VERSIONS, Talk
from tests.support.packets import ACK, RST, SYN, Ip4, Ip6

HALF = len(REAL) // 2
RESETS = pytest.mark.parametrize("flags", [RST, RST | ACK], ids=["rst", "rst ack"])


def ended(*packets: bytes) -> tuple[list[str | None], int]:
    """The names in ClientHellos, and how many connections ended."""
    analyzer = hg.Analyzer(None)
    timed = [(10**18 + number * 10**6, data) for number, data in enumerate(packets)]
    hellos = [one.tls_client for one in analyzer.analyze_packets(timed)]
    return [one.signature.sni for one in hellos if one is not None], analyzer.stats.flows_closed


@VERSIONS
@RESETS
@pytest.mark.parametrize("place", [-1, 1, 70_000, 2**31])
def test_a_client_s_reset_with_other_numbers_ends_no_handshake(place: int, flags: int, ip: Ip4 | Ip6) -> None:
    """A client that refuses the answer to an older connection sends one, and asks again."""
    talk = Talk(ip)
    packets = [*talk.handshake(), talk.client(0, REAL)]
    for after in (1, 2):
        false = talk.client(place, flags=flags)
        assert ended(*packets[:after], false, *packets[after:]) == (["real.example"], 0)
    exact = talk.client(0, flags=flags)
    assert [ended(*packets[:after], exact)[1] for after in (1, 2)] == [1, 1]


@VERSIONS
@pytest.mark.parametrize("acked", [-1, 1, 1000, 70_000, 2**31])
def test_a_server_refuses_a_syn_that_it_acknowledges(acked: int, ip: Ip4 | Ip6) -> None:
    talk = Talk(ip)
    syn, *answered = talk.handshake()
    packets = [*answered, talk.client(0, REAL)]
    assert ended(syn, talk.server(acked, RST | ACK), *packets) == (["real.example"], 0)
    assert ended(syn, talk.server(0, RST), *packets) == (["real.example"], 0)
    assert ended(syn, talk.server(0, RST | ACK))[1] == 1


@VERSIONS
def test_the_reset_of_an_answer_that_the_client_does_not_take_ends_nothing(ip: Ip4 | Ip6) -> None:
    talk = Talk(ip)
    syn, *answered = talk.handshake()
    false = [talk.server(9999, flags) for flags in (SYN | ACK, RST | ACK, RST)]
    assert ended(syn, *false, *answered, talk.client(0, REAL)) == (["real.example"], 0)
    assert ended(syn, *answered, talk.server(0, RST))[1] == 1


@RESETS
@pytest.mark.parametrize("place", [-1, 1, 9000])
def test_a_reset_ends_no_connection_whose_handshake_was_not_captured(place: int, flags: int) -> None:
    talk = Talk(Ip4())
    first, rest = talk.client(0, REAL[:HALF]), talk.client(HALF, REAL[HALF:])
    assert ended(first, talk.client(HALF + place, flags=flags), rest) == (["real.example"], 0)
    assert ended(first, talk.client(HALF, flags=flags), rest) == ([], 1)

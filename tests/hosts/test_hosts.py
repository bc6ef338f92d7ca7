"""One conclusion a host: what its packets say together, and what they say against each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts import HostRecord, host_records
from huginn_cffi.hosts.inventory import Inventory
from huginn_workbench.core import narrowed
from sigcompiler.schema.hosts import NARROWING
from tests.support.captures import pcap
from tests.support.core import CONFIDENCE
from tests.support.known_syns import LINUX_OLDER
from tests.support.packets import ACK, NOP, SOK, Ip4, Tcp, mss, packet, timestamps, wscale
from tests.support.spelled import spelled

APPLE_NOW = "4:64:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0"
ANDROID_OR_LINUX = "4:64:0:1460:65535,8:mss,sok,ts,nop,ws:df,id+:0"
ANDROID = "4:64:0:1460:65535,6:mss,sok,ts,nop,ws:df,id+:0"
LINUX_TUNED = "4:64:0:1460:64240,12:mss,sok,ts,nop,ws:df,id+:0"
LINUX_MIDDLE = "4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0"
XP = "4:128:0:1460:16384,0:mss,nop,nop,sok:df,id+:0"
FIXED = "4:128:0:1460:65535,0:mss,nop,ws,nop,nop,sok:df,id+:0"
WINDOWS_7_TO_10 = "4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0"
WINDOWS_8 = "4:128:0:1460:8192,2:mss,nop,ws,nop,nop,sok:df,id+:0"
WINDOWS_ANSWER = "4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0"
NMAP = "4:50:0:1460:1024,0:mss::0"
NOBODY = "4:64:0:1460:777,3:ws,mss,eol+0:df:0"
HOST = "192.0.2.1"
START = 1_700_000_000_000_000_000


def stamped(*packets: bytes) -> Iterator[tuple[int, bytes]]:
    return ((START + number * 10**9, data) for number, data in enumerate(packets))


def record(*packets: bytes, sources: tuple[str, ...] = NARROWING) -> HostRecord:
    analyzer = hg.Analyzer()
    inventory = narrowed(Inventory(analyzer.database), sources)
    for batch in analyzer.batches(pcap([*stamped(*packets)], linktype=101)):
        inventory.add(batch)
    record = inventory.find(HOST)
    assert record is not None
    return record


def told(found: HostRecord) -> list[tuple[str, str, int | None, str]]:
    """Its evidence without times."""
    return [(one.source, one.name, one.packets, one.relation) for one in found.evidence]


def syns(*texts: str, port: int = 30000) -> list[bytes]:
    """SYNs of one host, each from a port of its own."""
    numbers = count(port)
    return [with_port(spelled("request", text), next(numbers)) for text in texts]


NAT = "4:64:0:1460:65535,0:mss::0"
"""The answer of QEMU's user network."""


def test_address_translation_leaves_the_system_unknown() -> None:
    answer = spelled("response", NAT)
    found = record(answer)
    assert (found.family, found.flavor, found.confidence, found.version_source) == (None, None, 0, None)
    assert told(found) == [
        ("syn_ack", "slirp NAT", 1, "agrees"),
        ("middlebox", "slirp NAT answers in its place: its own system is unknown", None, "contradicts"),
    ]
    own = spelled("response", "4:64:0:1460:65535,8:mss,sok,ts,nop,ws:df:0")
    assert record(own).family is not None


def test_no_name_mixes_a_system_and_a_tool() -> None:
    """A controller sends from a TTL of 30 what Nmap sends from any TTL."""
    found = record(spelled("request", "4:30:0:1460:4096,0:mss::0"))
    assert (found.family, found.candidates, found.tools) == ("Siemens S7", ("Siemens S7",), ())
    scanner = record(spelled("request", "4:50:0:1460:4096,0:mss::0"))
    assert (scanner.family, scanner.tools) == (None, ("NMap SYN scan",))
    embedded = record(spelled("request", "4:64:0:1460:4096,0:mss::0"))
    assert embedded.tools == ()  # Nmap's TTL begins below 60


def test_below_half_the_family_is_unknown_with_its_candidates() -> None:
    """Two of three SYNs are of Linux: 66 %. Two of four: the table would say less than half."""
    known = record(*syns(LINUX_OLDER, LINUX_OLDER, FREEBSD))
    assert known.family == "Linux"
    assert 0.5 < known.confidence < 0.67
    unsure = record(*syns(LINUX_OLDER, LINUX_OLDER, FREEBSD, FREEBSD))
    assert (unsure.family, unsure.flavor, unsure.confidence) == (None, None, 0)
    assert {one.split()[0] for one in unsure.candidates} == {"Linux", "FreeBSD"}
    assert {one.relation for one in unsure.evidence} == {"not_compared"}


def test_a_fuzzy_match_is_no_further_candidate() -> None:
    """Without DF and its identifier, as a middlebox leaves it: the same name, with less confidence."""
    fuzzy = LINUX_MIDDLE.replace("df,id+", "")
    assert record(*syns(fuzzy)).candidates == record(*syns(LINUX_MIDDLE)).candidates == ("Linux 3.11-4.19",)
    both = record(*syns(LINUX_MIDDLE, fuzzy))
    assert both.candidates == ("Linux 3.11-4.19",)
    assert [one.name for one in both.evidence] == ["Linux 3.11-4.19"] * 2


def test_a_server_has_no_link() -> None:
    """Who sets the MSS of a SYN+ACK is unknown, unless the address shows the same as a client."""
    ethernet = "4:64:0:1460:64240,7:mss,sok,ts,nop,ws:df,id+:0"
    pppoe = "4:64:0:1452:64240,7:mss,sok,ts,nop,ws:df,id+:0"
    client, answer, other = (
        spelled("request", ethernet),
        with_port(spelled("response", ethernet), 80),
        with_port(spelled("response", pppoe), 80),
    )
    links = [record(*packets).link for packets in ([client], [answer], [client, answer], [client, other])]
    assert links == ["Ethernet", None, "Ethernet", None]


def with_port(data: bytes, port: int) -> bytes:
    at = (data[0] & 15) * 4
    return data[:at] + port.to_bytes(2, "big") + data[at + 2 :]


def test_a_signature_that_one_family_sends_decides_for_one_that_two_send() -> None:
    assert record(*syns(ANDROID_OR_LINUX)).family == "Android or Linux"
    together = record(*syns(ANDROID_OR_LINUX, ANDROID))
    assert (together.family, together.flavor) == ("Android", "5-8")
    assert together.syns == 2
    assert len(together.candidates) == 2
    assert together.candidates[1] == "Android 5-8"


def test_versions_are_those_that_all_packets_leave() -> None:
    assert record(*syns(LINUX_TUNED)).flavor == "4.19 or newer"
    assert record(*syns(LINUX_TUNED, LINUX_OLDER)).flavor == "4.19-6.15"


def test_an_answer_counts_like_a_syn() -> None:
    alone = record(*syns(WINDOWS_8, port=50000))
    both = record(*syns(WINDOWS_8, port=50000), spelled("response", WINDOWS_ANSWER))
    assert alone.flavor == "Vista, 7, 8, 2008, 2008 R2 or 2012"
    assert both.flavor == "Vista, 7, 8, 2008, 2008 R2 or 2012"
    assert (both.syns, both.syn_acks) == (1, 1)


def test_a_fixed_window_narrows_nothing() -> None:
    """A program set it: it says less of the release than what the system sends by itself."""
    alone = record(*syns(WINDOWS_7_TO_10))
    both = record(*syns(FIXED, FIXED, WINDOWS_7_TO_10))
    assert both.flavor == alone.flavor
    assert record(*syns(FIXED)).flavor == "XP, Vista, 7, 2003, 2008 or 2008 R2"


def test_a_fuzzy_reading_narrows_nothing() -> None:
    fuzzy = "4:64:0:1460:64240,7:mss,sok,ts,nop,ws:df:0"
    assert record(*syns(fuzzy)).flavor
    assert record(*syns(fuzzy, LINUX_TUNED)).flavor == "4.19 or newer"


def test_nothing_is_combined_over_loopback() -> None:
    packets = syns(LINUX_TUNED, LINUX_TUNED, LINUX_OLDER)
    own = [data[:12] + bytes((127, 0, 0, 1)) + data[16:] for data in packets]
    [found] = host_records(hg.Analyzer().analyze_packets(list(stamped(*own)), linktype=101))
    assert (found.ip, found.flavor) == ("127.0.0.1", "4.19 or newer")
    [*syns_, (source, words, count, relation)] = told(found)
    assert (source, count, relation) == ("loopback", None, "not_compared")
    assert "a loopback address" in words
    assert [one[2] for one in syns_] == [2, 1]


def test_versions_have_a_confidence_of_their_own() -> None:
    found = record(*syns(LINUX_OLDER))
    assert found.version_confidence is not None
    assert 0.5 < found.version_confidence < 1
    assert found.version_confidence != found.confidence
    assert record(*syns(APPLE_NOW, NOBODY)).version_confidence is not None
    assert record(*syns("4:64:0:1460:50000,13:mss,sok,ts,nop,ws:df,id+:0")).version_confidence is None


def test_many_packets_of_one_kind_are_one_witness() -> None:
    once, often = record(*syns(LINUX_OLDER)), record(*syns(*[LINUX_OLDER] * 5))
    assert (once.family, once.flavor, once.confidence) == (often.family, often.flavor, often.confidence)
    [one] = often.evidence
    assert (one.source, one.name, one.packets, one.relation) == ("syn", "Linux 4.19-6.15", 5, "agrees")
    assert (one.first_seen_ns, one.last_seen_ns) == (START, START + 4 * 10**9)
    assert str(one) == "SYN: Linux 4.19-6.15 (5 packets)"


FREEBSD = "4:54:0:1460:65535,6:mss,nop,ws,sok,ts:df:0"


@pytest.mark.parametrize(("spread", "family"), [(0, None), (1, "FreeBSD")])
def test_one_answer_for_many_unrelated_networks_is_a_middlebox(spread: int, family: str | None) -> None:
    """Thirteen large networks do not run one system at one distance."""
    packets = []
    for number in range(13):
        data = bytearray(spelled("response", FREEBSD))
        data[12:16] = bytes((20 + 3 * number, 1, 2, 3))
        data[8] = 54 - spread * number
        packets.append(bytes(data))
    records = host_records(hg.Analyzer().analyze_packets(list(stamped(*packets)), linktype=101))
    assert {one.family for one in records} == {family}
    middlebox = "13 addresses of 13 large networks answer equally from one distance: a middlebox answers"
    reasons = [] if spread else [("middlebox", middlebox, None, "contradicts")]
    assert all([item for item in told(one) if item[0] != "syn_ack"] == reasons for one in records)
    assert all(one.candidates == ("FreeBSD 11 or newer",) for one in records)


def test_several_systems_behind_one_address_are_said() -> None:
    mixed = record(*syns(LINUX_OLDER, LINUX_OLDER, LINUX_OLDER, WINDOWS_8, port=50000))
    assert mixed.family == "Linux or Windows"
    assert set(mixed.candidates) == {"Linux 4.19-6.15", "Windows Vista, 7, 8, 2008, 2008 R2 or 2012"}


def test_what_contradicts_the_conclusion_lowers_its_confidence() -> None:
    alone = record(*syns(LINUX_OLDER, LINUX_TUNED))
    mixed = record(*syns(LINUX_OLDER, LINUX_TUNED, APPLE_NOW))
    assert mixed.family == "Linux"
    assert mixed.confidence == pytest.approx(alone.confidence * 2 / 3)
    [other] = [one for one in mixed.evidence if one.relation == "contradicts"]
    assert (other.source, other.packets) == ("syn", 1)
    assert other.name == "macOS 10.14 or newer / iOS 13 or newer"


@pytest.mark.parametrize(
    ("port", "flavor"), [(49152, "Vista or newer"), (61000, "Vista or newer"), (49151, "2000, XP or 2003")]
)
def test_windows_ports_tell_a_tuned_newer_system_from_an_old_one(port: int, flavor: str) -> None:
    assert record(*syns(XP, port=port)).flavor == flavor


def test_one_low_port_speaks_for_the_old_system() -> None:
    packets = [*syns(XP, port=50000), *syns(XP, port=1100)]
    assert record(*packets).flavor == "2000, XP or 2003"
    assert record(*syns(XP, port=50000), sources=("clock",)).flavor == "2000, XP or 2003"


def talk(hertz: int) -> list[tuple[int, bytes]]:
    """A connection of a Linux host whose timestamps tick at this rate."""
    options = mss(1460) + SOK + timestamps(1_000_000) + NOP + wscale(7)
    first = packet(Ip4(source=HOST), Tcp(window=29200, options=options, seq=100))
    stamp = NOP + NOP + timestamps(1_000_000 + hertz, 5_000_000)
    second = packet(Ip4(source=HOST), Tcp(flags=ACK, seq=101, ack=501, options=stamp))
    return [(START, first), (START + 10**9, second)]


@pytest.mark.parametrize(
    ("hertz", "flavor"), [(250, "3.11-4.12"), (100, "3.11-4.12"), (300, "3.11-4.12"), (1000, "3.11-4.19")]
)
def test_slow_timestamps_are_those_of_older_kernels(hertz: int, flavor: str) -> None:
    results = hg.Analyzer().analyze_packets(talk(hertz), linktype=101)
    found = {one.ip: one for one in host_records(results)}[HOST]
    assert (found.family, found.flavor) == ("Linux", flavor)


def test_tools_say_nothing_about_the_system() -> None:
    scanner = record(*syns(NMAP))
    assert (scanner.family, scanner.tools, scanner.syns) == (None, ("NMap SYN scan",), 0)
    assert scanner.confidence == 0.0
    assert record(*syns(NMAP, LINUX_OLDER)).family == "Linux"


def test_a_host_that_nothing_names() -> None:
    unknown = record(*syns(NOBODY))
    assert (unknown.family, unknown.flavor) == (None, None)
    assert (unknown.candidates, unknown.confidence) == ((), 0.0)
    assert str(unknown) == "192.0.2.1: unknown"


def test_text_of_a_record() -> None:
    assert str(record(*syns(LINUX_MIDDLE))).startswith("192.0.2.1: Linux 3.11-4.19 (9")


def test_confidence_is_that_of_the_table() -> None:
    assert CONFIDENCE.exists()
    alone = hg.fingerprint(spelled("request", LINUX_OLDER)).syn
    assert alone is not None
    assert alone.match is not None
    assert record(*syns(LINUX_OLDER)).confidence == alone.match.confidence

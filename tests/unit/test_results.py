"""Typed results: values, text, equality."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.run import results as module
from huginn_cffi.run.observations import Endpoint
from tests.support import samples
from tests.support.captures import pcap
from tests.support.packets import NOP, SOK, Ip4, Ip6, eol, mss, packet, timestamps, wscale

SYN_TEXT = """\
[TCP SYN] 192.0.2.1:40000 → 198.51.100.2:80
  OS:     Linux 3.11 and newer
  Dist:   7
  Params: none
  Sig:    4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
"""


@pytest.fixture(scope="module")
def results(database: hg.Database) -> list[hg.AnalysisResult]:
    """SYN, SYN+ACK and the client's ACK of one conversation."""
    return list(hg.Analyzer(database).analyze_packets(samples.conversation()))


def syn_of(database: hg.Database | None, data: bytes) -> hg.SynObservation:
    found = hg.fingerprint(data, database).syn
    assert found is not None
    return found


def test_which_parts_are_set(results: list[hg.AnalysisResult]) -> None:
    names = ("syn", "syn_ack", "mtu", "client_uptime", "server_uptime")
    found = [tuple(name for name in names if getattr(result, name)) for result in results]
    assert found == [("syn", "mtu"), ("syn_ack", "mtu"), ("client_uptime",)]


def test_time_and_number(results: list[hg.AnalysisResult]) -> None:
    assert [result.time_ns - samples.START for result in results] == [0, 10**7, 10**9]
    assert [result.packet_number for result in results] == [1, 2, 3]
    assert {result.drop for result in results} == {None}


def test_syn(results: list[hg.AnalysisResult]) -> None:
    syn = results[0].syn
    assert syn is not None
    assert syn.source == Endpoint("192.0.2.1", 40000)
    assert syn.destination == ("198.51.100.2", 80)
    assert (syn.distance, syn.params) == (7, ())
    assert str(syn) == SYN_TEXT


def test_print_adds_the_blank_line(
    results: list[hg.AnalysisResult], capsys: pytest.CaptureFixture[str]
) -> None:
    print(results[0].syn)
    assert capsys.readouterr().out == SYN_TEXT + "\n"


def test_observable_tcp(results: list[hg.AnalysisResult]) -> None:
    syn = results[0].syn
    assert syn is not None
    seen = syn.signature
    assert (seen.ip_version, seen.ttl, seen.ittl, seen.distance, seen.olen) == (4, 57, 64, 7, 0)
    assert (seen.mss, seen.wsize, seen.wscale) == (1460, 29200, 7)
    assert (seen.window_kind, seen.window_multiple) == ("mss", 20)
    assert (seen.olayout, seen.quirks, seen.pclass) == ("mss,sok,ts,nop,ws", ("df", "id+"), "0")
    assert str(seen) == samples.SYN_SIGNATURE


def test_match(results: list[hg.AnalysisResult]) -> None:
    syn = results[0].syn
    assert syn is not None
    match = syn.match
    assert match is not None
    assert (match.name, match.flavor, str(match)) == ("Linux", "3.11 and newer", "Linux 3.11 and newer")
    assert (match.kind, match.fuzzy, match.userland, match.quality) == ("specific", False, False, 1.0)
    assert match.signature == "*:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
    assert (match.file, match.line) == ("<text>", 9)


def test_candidates_are_the_other_labels_that_fit_as_well(results: list[hg.AnalysisResult]) -> None:
    syn = results[0].syn
    assert syn is not None
    assert syn.match is not None
    assert syn.match.candidates == ("Twin same",)


def test_syn_ack(results: list[hg.AnalysisResult], database: hg.Database) -> None:
    part = results[1].syn_ack
    assert part is not None
    assert str(part.source) == "198.51.100.2:80"
    assert part.match is not None
    assert str(part.match) == "Server"
    assert part.syn_seen
    (alone,) = hg.Analyzer(database).analyze_packets([(0, samples.SYN_ACK_PACKET)])
    assert alone.syn_ack is not None
    assert not alone.syn_ack.syn_seen


def test_mtu(results: list[hg.AnalysisResult]) -> None:
    part = results[0].mtu
    assert part is not None
    assert (part.observed.mtu, part.link) == (1500, "Ethernet or modem")
    assert str(part) == (
        "[TCP MTU] 192.0.2.1:40000 → 198.51.100.2:80\n  Link:   Ethernet or modem\n  MTU:    1500\n"
    )


def test_uptime(results: list[hg.AnalysisResult]) -> None:
    part = results[2].client_uptime
    assert part is not None
    assert results[2].server_uptime is None
    # The clock shows 1235567 ticks of 1/1000 s: 20 minutes; 2**32 of them are 49 days.
    assert (part.observed.uptime_minutes, part.observed.modulo_days) == (20, 49)
    assert (part.observed.frequency_hz, part.observed.raw_frequency_hz) == (1000, pytest.approx(1000.0))
    assert str(part).splitlines()[1:] == [
        "  Uptime: 0 days, 0 hrs, 20 min (modulo 49 days)",
        "  Freq:   1000.00 Hz",
        "  Note:   unreliable: no second reading supports it",
    ]


def test_generic_match(database: hg.Database) -> None:
    syn = syn_of(database, samples.syn(1, window=64240))
    assert syn.match is not None
    assert (syn.match.name, syn.match.flavor, syn.match.kind) == ("Generic", "", "generic")
    assert (syn.match.quality, syn.params, syn.match.candidates) == (0.8, ("generic",), ())


def test_fuzzy_match(database: hg.Database) -> None:
    syn = syn_of(database, packet(replace(samples.IP, identification=0), samples.CLIENT))
    assert syn.match is not None
    assert (syn.match.fuzzy, syn.match.quality, syn.params) == (True, 0.5, ("fuzzy",))
    assert syn.match.candidates == ("Twin same", "Generic")


def test_no_match(database: hg.Database) -> None:
    syn = syn_of(database, samples.syn(1, options=mss(1460)))
    assert syn.match is None
    assert "  OS:     ???\n" in str(syn)


def test_without_a_database_nothing_is_named() -> None:
    result = hg.fingerprint(samples.SYN_PACKET, None)
    assert result.syn is not None
    assert result.mtu is not None
    assert (result.syn.match, result.mtu.link) == (None, None)
    assert str(result.syn.signature) == samples.SYN_SIGNATURE


def test_remarks_of_tos_and_distance(database: hg.Database) -> None:
    syn = syn_of(database, packet(Ip4(ttl=20, tos=0x10), samples.CLIENT))
    assert syn.params == ("fuzzy", "tos:0x04")
    assert syn.distance == 12
    far = syn_of(None, packet(Ip4(ttl=65), samples.CLIENT))
    assert (far.distance, far.params) == (63, ("excess_dist",))


def test_unreliable_ttl() -> None:
    database = hg.Database.compile(
        text="classes = unix\n[tcp:request]\nlabel = s:unix:A:\n"
        "sig = *:64-:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0\n"
    )
    syn = syn_of(database, packet(Ip4(ttl=41), samples.CLIENT))
    assert (syn.distance, syn.params) == (23, ("random_ttl",))
    assert "  Dist:   <= 23\n" in str(syn)


def test_ipv6() -> None:
    syn = syn_of(None, packet(Ip6(), samples.CLIENT))
    assert syn.source.ip == "2001:db8::1"
    assert str(syn.destination) == "[2001:db8::2]:80"
    assert syn.signature.ip_version == 6


@pytest.mark.parametrize("address", ["::ffff:192.0.2.33", "::c000:221", "2001:db8:0:1:1:1:1:1"])
def test_an_address_is_written_alike_everywhere(address: str) -> None:
    data = packet(Ip6(source=address), samples.CLIENT)
    syn = syn_of(None, data)
    assert syn.source.ip == address
    assert f"[TCP SYN] [{address}]:" in str(syn)
    whole = Summary(None)
    analyzer = hg.Analyzer(None)
    for batch in analyzer.batches(pcap([(0, data)])):
        whole.add(batch)
    assert [host["ip"] for host in whole.as_dict(analyzer.stats)["top_hosts"]] == [address]


@pytest.mark.parametrize(
    ("options", "layout"),
    [
        (b"", ""),
        (mss(1460) + eol(3), "mss,eol+3"),
        (NOP + NOP + timestamps(1) + bytes((77, 4, 0, 0)), "nop,nop,ts,?77"),
        (SOK + NOP + wscale(2) + NOP + NOP, "sok,nop,ws,nop,nop"),
    ],
)
def test_option_layouts(options: bytes, layout: str) -> None:
    seen = syn_of(None, samples.syn(0, options=options)).signature
    assert seen.olayout == layout
    assert str(seen).split(":")[5] == layout


def test_payload_class() -> None:
    assert syn_of(None, samples.syn(0, payload=b"x")).signature.pclass == "+"


def test_equality_is_that_of_values(database: hg.Database) -> None:
    first, second = (hg.fingerprint(samples.SYN_PACKET, database) for _ in range(2))
    other = hg.fingerprint(samples.syn(3), database)
    assert first == second
    assert hash(first) == hash(second)
    assert first != other
    assert first.syn == second.syn
    assert first.syn != other.syn
    assert first.syn is not None
    assert other.syn is not None
    assert first.syn.signature == other.syn.signature
    assert first.syn.match == other.syn.match
    assert first.syn != first.mtu
    assert len({first.syn, second.syn, other.syn}) == 2


def test_repr_is_a_short_line(database: hg.Database) -> None:
    result = hg.fingerprint(samples.SYN_PACKET, database)
    assert result.syn is not None
    ends = f"{result.syn.source} → {result.syn.destination}"
    assert repr(result) == f"<AnalysisResult of packet 1: syn, mtu, {ends}>"
    assert "name='Linux', flavor='3.11 and newer'" in repr(result.syn)
    assert "mtu=1500, link=" in repr(result.mtu)


def test_a_long_repr_is_cut(database: hg.Database, monkeypatch: pytest.MonkeyPatch) -> None:
    result = hg.fingerprint(samples.SYN_PACKET, database)
    assert module.LONGEST_REPR == 160
    monkeypatch.setattr(module, "LONGEST_REPR", 40)
    assert repr(result) == "<AnalysisResult of packet 1: syn, mtu,…>"


def test_print_gives_the_text_of_all_events(database: hg.Database) -> None:
    result = hg.fingerprint(samples.SYN_PACKET, database)
    assert str(result) == f"{result.syn}\n{result.mtu}"
    assert str(result).startswith("[TCP SYN] ")
    dropped = hg.fingerprint(b"\x45" + bytes(30), database)
    assert str(dropped) == repr(dropped) == "<AnalysisResult of packet 1: no reader takes its protocol>"


def test_results_outlive_the_analyzer(database: hg.Database) -> None:
    with hg.Analyzer(database) as analyzer:
        kept = list(analyzer.analyze_packets(samples.syns(9000)))
    assert [result.packet_number for result in kept] == list(range(1, 9001))
    last = kept[-1].syn
    assert last is not None
    assert last.source.ip == "10.1.35.39"


def test_results_are_read_only(results: list[hg.AnalysisResult]) -> None:
    first = results[0]
    for name in ("time_ns", "packet_number", "syn", "tunnel", "unknown"):
        with pytest.raises(AttributeError):
            setattr(first, name, None)
        with pytest.raises(AttributeError):
            delattr(first, name)
    for part, name in ((first.syn, "match"), (first.syn, "distance"), (first.mtu, "mtu")):
        with pytest.raises(AttributeError):
            setattr(part, name, None)
    assert first.syn is not None
    assert copy(first) is first


def test_what_was_read_once_is_the_same_object(results: list[hg.AnalysisResult]) -> None:
    syn, mtu = results[0].syn, results[0].mtu
    assert syn is not None
    assert mtu is not None
    assert syn.match is syn.match
    assert mtu.observed is mtu.observed


def test_results_of_batches_that_are_full(database: hg.Database) -> None:
    # 4096 rows hold 2048 SYNs with their MTU each, or as many as fit when one stays without.
    packets = samples.syns(9000)
    packets[5] = (packets[5][0], samples.syn(5, options=b""))
    found = list(hg.Analyzer(database).analyze_packets(packets))
    assert [result.packet_number for result in found] == list(range(1, 9001))
    assert [result.packet_number for result in found if result.mtu is None] == [6]
    assert all(result.syn is not None and result.syn_ack is None for result in found)


def test_kinds_of_events_have_one_order_everywhere() -> None:
    from huginn_cffi.base.names import EVENTS
    from sigcompiler.schema import rows as record

    assert EVENTS == record.EVENTS


def test_times_are_points_in_time_too() -> None:
    moment = datetime(2026, 11, 30, 1, 2, 3, 456789, tzinfo=timezone.utc)
    time_ns = int(moment.timestamp()) * 10**9 + 456_789_999
    (result,) = hg.Analyzer(None).analyze_packets([(time_ns, samples.SYN_PACKET)])
    assert (result.time, result.time_ns) == (moment, time_ns)
    assert result.time.utcoffset() == timedelta(0)
    latest = (1 << 63) - 1
    (result,) = hg.Analyzer(None).analyze_packets([(latest, samples.SYN_PACKET)])
    assert result.time == datetime(2262, 4, 11, 23, 47, 16, 854775, tzinfo=timezone.utc)


def test_the_system_of_a_host_is_the_text_that_is_printed() -> None:
    hosts = {host.ip: host for host in hg.Analyzer().read("examples/office.pcap").hosts}
    assert hosts["192.0.2.1"].system == "RouterOS 7.20.6"
    for host in hosts.values():
        assert (host.system or "unknown") in str(host)
        assert (host.system is None) == (host.family is None)
    assert None in {host.system for host in hosts.values()}

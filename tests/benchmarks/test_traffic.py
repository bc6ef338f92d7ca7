"""The generated inputs are what they say."""

from __future__ import annotations

from itertools import islice

import pytest

from huginn_cffi import Analyzer, Database
from tools.bench import signatures, traffic

TEXT = signatures.signature_text(50, seed=7)


def all_kinds() -> list[list[bytes]]:
    parsed = signatures.tcp_signatures(text=TEXT)
    syns = traffic.syns(parsed, 100, distinct=40, seed=1)
    return [list(syns), list(traffic.mixed(100, concurrent=5, seed=1)), list(traffic.plain(100, seed=1))]


def test_same_arguments_same_bytes() -> None:
    assert signatures.signature_text(50, seed=7) == TEXT
    assert all_kinds() == all_kinds()


def test_signature_files_of_any_size_hold_no_duplicate() -> None:
    database = Database.compile(text=signatures.signature_text(3000, seed=1))
    assert (len(database), database.warnings) == (3000, ())


def test_syns_fit_their_signatures() -> None:
    """40 packets that differ in more than their ends, all named."""
    parsed = signatures.tcp_signatures(text=TEXT)
    frames = list(traffic.syns(parsed, 500, distinct=40, seed=1))
    assert len({frame[14:26] + frame[46:] for frame in frames}) == 40
    assert len({frame[26:30] for frame in frames}) == 500
    capture = b"".join(traffic.pcap_records(frames))
    results = list(Analyzer(Database.compile(text=TEXT)).analyze_pcap(capture))
    assert [one.syn is not None and one.syn.match is not None for one in results] == [True] * 500


def test_mixed_traffic_is_of_the_stated_kind() -> None:
    """4 % SYNs, about 560 bytes a record with its header of 16."""
    frames = list(traffic.mixed(5000, seed=2))
    assert sum(frame[47] == 2 for frame in frames) == 5000 // 25
    assert 540 < sum(map(len, frames)) / 5000 + 16 < 580


@pytest.mark.parametrize("layer", traffic.LAYERS)
def test_the_same_packets_in_other_layers_tell_the_same(layer: str) -> None:
    """The encasing of benchmarks leaves what is inside as it is."""
    plainly = b"".join(traffic.pcap_records(traffic.mixed(500, seed=2)))
    encased = b"".join(traffic.pcap_records(map(traffic.LAYERS[layer], traffic.frames_of(plainly))))
    assert len(encased) > len(plainly)
    (one,), (other,) = (list(Analyzer(None).batches(data)) for data in (plainly, encased))
    assert len(one) == len(other) > 0
    for column in ("event", "packet_number", "src_port", "mss", "flow"):
        assert one[column].tolist() == other[column].tolist()
    versions = {6 if layer == "IPv6" else 4}
    assert {*other["ip_version"].tolist()} == versions
    segment = 128  # hg_tunnel: of a VLAN
    assert ({*other["tunnel"].tolist()} <= {0, segment}) == (layer != "VXLAN")


def test_plain_traffic_has_no_syn() -> None:
    frames = list(islice(traffic.plain(5000, seed=3), 5000))
    assert {(len(frame), frame[47]) for frame in frames} == {(60, 0x10)}
    assert len(set(frames)) == 4096

"""``capture --new-hosts``: each name of a host once."""

from __future__ import annotations

from collections.abc import Iterator

from huginn_cffi import Analyzer
from huginn_cffi.cli.output.event_choice import NewHosts
from huginn_cffi.run.batch import Batch, picked
from tests.support import samples
from tests.support.captures import pcap
from tests.support.sample import sample


def batches(capture: bytes) -> Iterator[Batch]:
    """The events of a capture, each in a batch of its own."""
    with Analyzer() as analyzer:
        for batch in analyzer.batches(capture):
            yield from (picked(batch, [row]) for row in range(len(batch)))


def named(found: Iterator[Batch]) -> list[tuple[str, str, str]]:
    return [
        (type(part).__name__, part.source.ip, str(getattr(part, "match", None)))
        for batch in found
        for part in batch
    ]


def test_each_name_of_a_host_comes_once_and_nothing_else() -> None:
    every = named(batches(sample()))
    kinds = ("SynObservation", "SynAckObservation", "TlsClientObservation")
    wanted: dict[tuple[bool, str, str], tuple[str, str, str]] = {}
    for one in every:
        if one[0] in kinds:
            wanted.setdefault((one[0] == kinds[2], one[1], one[2]), one)
    found = named(NewHosts().of(batches(sample())))
    assert found == list(wanted.values())
    assert len(found) < sum(one[0] in kinds for one in every)
    assert len({ip for _, ip, _ in found}) < len(found), "a host with two names"


def test_what_records_show_is_what_it_was() -> None:
    """Texts too: the name of a server lies beside the rows."""
    lines = b"".join(batch.render("json") for batch in batches(sample())).splitlines()
    picked = b"".join(batch.render("json") for batch in NewHosts().of(batches(sample()))).splitlines()
    assert set(picked) < set(lines)
    assert any(b'"sni":"example.com"' in line for line in picked)


def test_what_was_forgotten_comes_again_and_is_counted() -> None:
    packets = [(samples.START + at * 10**9, samples.syn(at % 3, sport=1000 + at)) for at in range(6)]
    roomy, tight = NewHosts(3), NewHosts(2)
    assert len(named(roomy.of(batches(pcap(packets))))) == 3
    assert roomy.forgotten == 0
    assert len(named(tight.of(batches(pcap(packets))))) == 6
    assert tight.forgotten == 4


def test_a_host_without_a_name_comes_once() -> None:
    strange = b"\x02\x04\x05\xb4" + b"\x01" * 8
    packets = [
        (samples.START + at * 10**9, samples.syn(1, options=strange, sport=1000 + at)) for at in range(2)
    ]
    found = named(NewHosts().of(batches(pcap(packets))))
    assert [(kind, match) for kind, _, match in found] == [("SynObservation", "None")]

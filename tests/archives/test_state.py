"""What a tracker remembers goes from one engine to another, and damaged bytes are refused."""

from __future__ import annotations

import struct
from random import Random
from threading import Thread

import pytest

import huginn_cffi as hg
from huginn_cffi.run.run import Run
from tests.support.captures import pcap
from tests.support.packets import RST
from tests.support.saved_states import batches, columns, compared, pieces, settings
from tests.support.tls.conversation import Conversation, client_hello, record
from tests.support.traffic import random_stream

HALF = record(client_hello())[:50]
PORT = 40000


@pytest.mark.parametrize("limits", [(1000, 10_000), (5, 3), (1, 1)])
def test_a_run_goes_on_where_another_was_saved(limits: tuple[int, int]) -> None:
    database = hg.Database.load_default()
    packets = list(random_stream(Random(2), 101, 4000))
    parts = (pcap(part, 101) for part in pieces(packets, 250))
    for one, other in compared(pcap(packets, 101), parts, settings(*limits), database).values():
        assert one == other


def test_ended_connections_stay_ended_in_the_next_run() -> None:
    """Their ends take no data without a new handshake."""
    hello = record(client_hello())
    found = Conversation().handshake().client(0, b"", RST)
    first, second = Run(settings(20, 20), None), Run(settings(20, 20), None)
    columns(batches(first, pcap(found.timed())))
    second.load(first.save())
    later = pcap(Conversation().client(0, hello).timed())
    assert columns(batches(second, later)) == {}
    assert columns(batches(Run(settings(20, 20), None), later)) != []


def saved() -> bytes:
    run = Run(settings(20, 20), None)
    columns(batches(run, pcap(list(random_stream(Random(3), 101, 2000)), 101)))
    return run.save()


@pytest.mark.parametrize("cut", [0, 1, 7, 60, 500])
def test_a_cut_state_is_refused(cut: int) -> None:
    state = saved()
    with pytest.raises(ValueError, match="saved state"):
        Run(settings(20, 20), None).load(state[: len(state) - 1 - cut])
    with pytest.raises(ValueError, match="saved state"):
        Run(settings(20, 20), None).load(state[:cut])


def test_a_state_of_another_version_is_refused() -> None:
    state = saved()
    assert b"HGFLOW4" in state
    with pytest.raises(ValueError, match="saved state"):
        Run(settings(20, 20), None).load(state.replace(b"HGFLOW4", b"HGFLOW2"))


def test_a_state_of_other_tables_is_refused() -> None:
    for other in (settings(20, 21), settings(21, 20), settings(20, 20, key=8)):
        with pytest.raises(ValueError, match="of another size or hash key"):
            Run(other, None).load(saved())
    with pytest.raises(ValueError, match="of another build"):
        Run(settings(20, 20), None).load(b"x" * 500)


def test_a_damaged_state_is_refused_or_harmless() -> None:
    state, random = saved(), Random(4)
    capture = pcap(list(random_stream(Random(5), 101, 500)), 101)
    refused = 0
    for _ in range(400):
        damaged = bytearray(state)
        for _ in range(random.choice((1, 4, 40))):
            damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
        run = Run(settings(20, 20), None)
        try:
            run.load(bytes(damaged))
        except ValueError:
            refused += 1
        columns(batches(run, capture))
    assert refused > 10


def half_hellos(count: int) -> bytes:
    """Connections of which a part of the hello came."""
    talks = [Conversation(PORT + number).handshake().client(0, HALF) for number in range(count)]
    return pcap([packet for talk in talks for packet in talk.timed()])


def test_a_run_that_was_loaded_anew_can_be_saved() -> None:
    """What it held before is forgotten, also in places that are used again."""
    run = Run(settings(20, 20), None)
    nothing = run.save()
    columns(batches(run, half_hellos(3)))
    run.load(nothing)
    columns(batches(run, pcap(Conversation().handshake().timed())))
    Run(settings(20, 20), None).load(run.save())


@pytest.mark.parametrize("end", [RST, 0])
def test_a_flow_of_which_bytes_are_held_and_that_claims_to_have_none(end: int) -> None:
    """Its bytes are given back with the others' when there are too many."""
    few = settings(1000, 20)._replace(max_stream_bytes=1 << 16)
    run = Run(few, None)
    columns(batches(run, half_hellos(1)))
    ports = struct.pack("<HHB", PORT, 443, 4)
    head, tail = run.save().split(ports)
    state, syn_seen, fresh = tail[:3]
    assert (syn_seen, fresh) == (1, 0)
    damaged = Run(few, None)
    damaged.load(head + ports + bytes((state, syn_seen, 1)) + tail[3:])
    columns(batches(damaged, pcap(Conversation().client(50, HALF, end).timed())))
    reader = Thread(target=columns, args=(batches(damaged, half_hellos(500)),), daemon=True)
    reader.start()
    reader.join(timeout=60)
    assert not reader.is_alive()

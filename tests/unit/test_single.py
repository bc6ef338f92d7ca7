"""`fingerprint`: one packet, from its IP header on."""

from __future__ import annotations

import mmap
from concurrent.futures import ThreadPoolExecutor

import pytest

import huginn_cffi as hg
from huginn_cffi.base.counters import DROP_REASONS
from huginn_cffi.base.names import DROPS
from tests.support import samples
from tests.support.packets import ethernet, packet


def test_default_database_is_used() -> None:
    found = hg.fingerprint(samples.SYN_PACKET).syn
    assert found is not None
    assert found.match is not None
    assert found.match.name == "Linux"


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_buffers(kind: type) -> None:
    found = hg.fingerprint(kind(samples.SYN_PACKET), None).syn
    assert found is not None
    assert str(found.signature) == samples.SYN_SIGNATURE


def test_a_slice_of_a_mapping_is_read_in_place() -> None:
    with mmap.mmap(-1, 4096) as memory:
        memory[7 : 7 + len(samples.SYN_PACKET)] = samples.SYN_PACKET
        with memoryview(memory)[7 : 7 + len(samples.SYN_PACKET)] as view:
            assert hg.fingerprint(view, None).syn is not None


@pytest.mark.parametrize("value", ["packet", None, 60, 1.5, [69, 0]])
def test_wrong_types_name_the_argument(value: object) -> None:
    with pytest.raises(TypeError, match=rf"^packet must be bytes or .*, not {type(value).__name__}$"):
        hg.fingerprint(value)


def test_wrong_database_is_refused() -> None:
    with pytest.raises(TypeError, match=r"database must be a Database, not a path; open it: Database\.open"):
        hg.fingerprint(samples.SYN_PACKET, "p0f.fp")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "drop"),
    [
        (b"", "truncated"),
        (b"\x45", "truncated"),
        (samples.SYN_PACKET[:30], "truncated"),
        (b"\x55" + samples.SYN_PACKET[1:], "bad_ip_header"),
        (samples.SYN_PACKET[:9] + b"\x11" + samples.SYN_PACKET[10:], "not_tcp"),
        (packet(samples.IP, samples.CLIENT)[:33] + b"\x03" + samples.SYN_PACKET[34:], "bad_flags"),
    ],
)
def test_why_nothing_was_read(data: bytes, drop: str) -> None:
    result = hg.fingerprint(data, None)
    assert result.drop == drop
    assert result.parts == ()
    assert not any((result.syn, result.syn_ack, result.mtu, result.client_uptime, result.server_uptime))


def test_a_packet_that_was_read_but_tells_nothing() -> None:
    data = samples.conversation()[2][1]
    result = hg.fingerprint(data, None)
    assert (result.drop, result.parts) == (None, ())
    assert (result.time_ns, result.packet_number) == (0, 1)


def test_large_packet() -> None:
    data = samples.syn(1, payload=bytes(65535 - len(samples.SYN_PACKET)))
    assert len(data) == 65535
    assert hg.fingerprint(data + b"\0", None).syn is not None


def test_packets_do_not_know_each_other() -> None:
    first, second = (hg.fingerprint(samples.SYN_PACKET, None) for _ in range(2))
    assert first.syn is not None
    assert first == second


def test_calls_leave_nothing_behind(database: hg.Database) -> None:
    syn, syn_ack, ack = (data for _, data in samples.conversation())
    alone = {data: hg.fingerprint(data, database) for data in (syn, b"", syn_ack, ack)}
    for data in (syn, syn_ack, syn, b"", syn_ack, ack, b"", syn):
        again = hg.fingerprint(data, database)
        assert again == alone[data]
        assert again.drop == ("truncated" if data == b"" else None)
    answered = alone[syn_ack].syn_ack
    assert answered is not None
    assert not answered.syn_seen


def test_results_keep_their_own_values(database: hg.Database) -> None:
    kept = [hg.fingerprint(samples.syn(number), database).syn for number in range(300)]
    assert [part.source.ip for part in kept if part] == [f"10.1.{n >> 8}.{n & 255}" for n in range(300)]


def test_databases_are_told_apart(database: hg.Database) -> None:
    other = hg.Database.compile(text=samples.SIGNATURES.replace("s:unix:Linux", "s:unix:Other"))
    for _ in range(3):
        names = []
        for used in (database, None, other):
            syn = hg.fingerprint(samples.SYN_PACKET, used).syn
            assert syn is not None
            names.append(syn.match and syn.match.name)
        assert names == ["Linux", None, "Other"]


def test_threads_at_once(database: hg.Database) -> None:
    def read(number: int) -> str:
        syn = hg.fingerprint(samples.syn(number), database).syn
        assert syn is not None
        return syn.source.ip

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, range(2000)))
    assert found == [f"10.1.{number >> 8}.{number & 255}" for number in range(2000)]


def test_nothing_is_left_of_the_packet_before(database: hg.Database) -> None:
    """Twice the same SYN is no retransmission here."""
    found = [hg.fingerprint(samples.SYN_PACKET, database) for _ in range(10)]
    assert all(result == found[0] and result.syn is not None for result in found)
    assert [(result.time_ns, result.packet_number) for result in found] == [(0, 1)] * 10


def test_an_ethernet_frame_is_recognised() -> None:
    for number in (0x02, 0x45, 0x60):  # the first byte of the MAC: also one that begins an IP header
        frame = bytes([number]) + ethernet(samples.SYN_PACKET)[1:]
        found = hg.fingerprint(frame)
        assert (found.drop, found.capture, found.parts) == (
            None,
            "Ethernet frame",
            hg.fingerprint(samples.SYN_PACKET).parts,
        )
        assert (found.capture, repr(found)[:39]) == (
            "Ethernet frame",
            "<AnalysisResult of packet 1: syn, mtu, ",
        )
    assert hg.fingerprint(samples.SYN_PACKET).capture == "IP packet"
    datagram = hg.fingerprint(ethernet(samples.SYN_PACKET[:9] + b"\x11" + samples.SYN_PACKET[10:]))
    assert (datagram.drop, datagram.reason) == ("not_tcp", "no reader takes its protocol")


def test_a_link_type_is_followed() -> None:
    frame = ethernet(samples.SYN_PACKET)
    assert hg.fingerprint(frame, linktype=1).syn is not None
    refused = hg.fingerprint(frame, linktype=101)
    assert (refused.drop, refused.reason) == (
        "bad_ip_header",
        "lengths or version of the IP header are wrong",
    )
    cooked = b"\x00\x00\x00\x01\x00\x06" + bytes(8) + b"\x08\x00" + samples.SYN_PACKET
    assert hg.fingerprint(cooked, linktype=113).capture == "frame of link type 113"
    assert hg.fingerprint(cooked, linktype=113).syn is not None
    with pytest.raises(ValueError, match="linktype 9999 is not supported"):
        hg.fingerprint(frame, linktype=9999)


def test_each_drop_has_its_reason_in_words() -> None:
    assert set(DROP_REASONS) == set(DROPS)
    assert all(DROP_REASONS.values())
    assert str(hg.fingerprint(b"")) == (
        "<AnalysisResult of packet 1: captured bytes end inside a header that is needed>"
    )
    assert hg.fingerprint(samples.SYN_PACKET).reason is None

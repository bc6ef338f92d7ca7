"""From headers to a system, and what the memory of systems takes as alike."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi import server
from huginn_cffi.server import systems
from tests.support import packets
from tests.support.packets import Ip, Ip4, Ip6, Tcp

WINDOWS = packets.packet(
    Ip4(ttl=121),
    Tcp(
        window=65535,
        options=packets.mss(1460) + packets.NOP + packets.wscale(8) + packets.NOP * 2 + packets.SOK,
    ),
)
LINUX = packets.packet(Ip4(), Tcp(window=29200))


def told(raw: bytes) -> systems.Shown:
    """Without any memory."""
    return systems._system_of.__wrapped__(raw, systems.DEFAULT)


def test_what_a_client_is() -> None:
    found = systems.system(WINDOWS)
    assert found.name is not None
    assert found.name.startswith("Windows")
    assert (found.family, found.distance, found.mtu, found.link) == ("Windows", 7, 1500, "Ethernet")
    assert found.confidence > 0.9
    assert str(found) == found.name
    assert repr(found).startswith(f"ClientSystem(name={found.name!r}, family='Windows', confidence=")
    assert found.result == hg.fingerprint(WINDOWS)
    assert found.raw == WINDOWS
    with pytest.raises(AttributeError):
        found.raw = b""  # type: ignore[misc]


def test_another_database_and_none() -> None:
    assert systems.system(WINDOWS, None).name is None
    assert str(systems.system(WINDOWS, None)) == "unknown"
    assert systems.system(WINDOWS).name is not None


@pytest.mark.parametrize("link", ["auto", "ethernet"])
def test_a_header_of_the_link_before(link: systems.Link) -> None:
    for inner in (WINDOWS, LINUX, packets.packet(Ip6(), Tcp()), packets.packet(Ip4("8.0.64.1"), Tcp())):
        for macs in (bytes(12), packets.MACS, b"\x45" * 12, b"\x60" * 12):
            framed = macs + packets.ethernet(inner)[12:]
            assert server.parse_saved(framed, link=link) == hg.fingerprint(inner)
            assert server.parse_saved(inner) == server.parse_saved(inner, link="ip") == hg.fingerprint(inner)


def test_hex() -> None:
    assert server.parse_saved(WINDOWS.hex()) == server.parse_saved(WINDOWS.hex().upper())
    assert server.parse_saved(WINDOWS.hex()) == hg.fingerprint(WINDOWS)
    with pytest.raises(ValueError, match="a SYN as text must be hex, not 'xyz'"):
        server.parse_saved("xyz")
    with pytest.raises(ValueError, match="link must be one of auto, ip, ethernet, not 'wifi'"):
        server.parse_saved(b"", link="wifi")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="data must be bytes"):
        server.parse_saved(1)  # type: ignore[arg-type]


@pytest.mark.parametrize("ip", [Ip4(), Ip6()])
def test_a_syn_with_data_of_which_the_headers_were_kept(ip: Ip) -> None:
    whole = packets.packet(ip, Tcp(payload=b"x" * 100))
    kept = whole[:-100]
    found = server.parse_saved(kept)
    assert found.syn is not None
    assert found.syn.signature.pclass == "+"
    assert str(found.syn.signature) == str(hg.fingerprint(whole).syn.signature)  # type: ignore[union-attr]
    assert server.parse_saved(kept[:-1]).drop is not None


@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(raw: bytes) -> None:
    for data in (raw, WINDOWS[:-1] + raw, b"E" + raw, bytes(14) + raw, b"\x60" + raw):
        found = systems.system(data)
        assert found == systems.ClientSystem(data, *told(data))
        assert found.result.drop or found.result.parts or found.name is None


def varied(dice: random.Random) -> bytes:
    """A SYN in which all varies that may, and what tells something is often 0."""

    def number(bits: int) -> int:
        return dice.choice((0, 1, dice.getrandbits(bits)))

    options = [
        *(packets.mss(dice.choice((0, 536, 1460, 0x080A))), packets.NOP, packets.wscale(dice.randrange(15))),
        *(packets.SOK, packets.timestamps(number(32), number(32)), b"\x08\x0a", b"\x08", b"\x1e\x04\x00\x01"),
        *(
            packets.eol(3),
            b"\x05\x00",
            b"\x08\x0a\x00\x00\x00\x01",
            b"\x22\x0a\x08\x0a\x01\x02\x03\x04\x05\x06",
        ),
    ]
    chosen = b"".join(dice.sample(options, dice.randrange(6)))[:40]
    chosen += bytes(-len(chosen) % 4)
    tcp = Tcp(
        sport=number(16), dport=number(16), seq=number(32), ack=number(32), window=number(16),
        flags=dice.choice((2, 2, 0xC2, 0x12, 0x22, 0x42)), options=chosen, urgent=number(16),
    )  # fmt: skip
    if dice.random() < 0.5:
        return packets.packet(
            Ip4(
                f"192.0.2.{dice.randrange(256)}", ttl=dice.randrange(1, 256), tos=number(8),
                identification=number(16), fragment=dice.choice((0, 0x4000, 0x8000)),
                options=dice.choice((b"", b"", b"\x01" * 4)),
            ),
            tcp,
        )  # fmt: skip
    address = f"2001:db8::{dice.randrange(256):x}"
    return packets.packet(Ip6(address, ttl=64, tos=number(8), flow_label=number(20)), tcp)


def test_what_is_taken_as_alike_is_alike() -> None:
    """What remains of a SYN says what the SYN says, whatever is in it."""
    dice = random.Random(18)
    for _ in range(2000):
        raw = varied(dice)
        canonical = systems._canonical(raw)
        assert told(canonical) == told(raw), raw.hex()
        assert systems._canonical(canonical) == canonical
        ours, seen = server.parse_saved(canonical).syn, server.parse_saved(raw).syn
        assert (ours and str(ours.signature)) == (seen and str(seen.signature)), raw.hex()


def test_connections_of_one_system_are_one_entry() -> None:
    dice = random.Random(1)
    syns = [
        packets.packet(
            replace(Ip4(), source=f"10.0.{dice.randrange(256)}.1", identification=dice.randrange(1, 1 << 16)),
            Tcp(
                sport=dice.randrange(1, 1 << 16), seq=dice.randrange(1, 1 << 32),
                options=packets.mss(1460) + packets.SOK + packets.timestamps(dice.randrange(1, 1 << 32))
                + packets.NOP + packets.wscale(7),
            ),
        )
        for _ in range(100)
    ]  # fmt: skip
    assert len({systems._canonical(syn) for syn in syns}) == 1
    before = systems.remembered()
    assert len({systems.system(syn).name for syn in syns}) == 1
    assert systems.remembered() >= before + 99


def test_strangers_cannot_fill_the_memory() -> None:
    for window in range(systems.MEMO + 100):
        systems.system(packets.packet(Ip4(), Tcp(window=window)))
    assert systems._system_of.cache_info().currsize == systems.MEMO

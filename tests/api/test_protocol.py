"""Messages of p0f's API, byte by byte."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from tests.support import api_vectors as vectors
from tests.support.api_hosts import HOST, KNOWN, UNKNOWN, fields, known, one_host, query
from tests.support.captures import enhanced, interface, section
from tests.support.packets import Ip4, packet

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sample.pcap"
NS = 10**9
MOST = (1 << 32) - 1


@pytest.fixture(scope="module")
def hosts() -> Inventory:
    return one_host()


def test_an_answer_of_a_known_host(hosts: Inventory) -> None:
    """Linux 3.11 to 4.19 by the window of 20 times the MSS, no hop away, with the MTU of Ethernet."""
    assert fields(hosts.answer(KNOWN)) == (
        *(0x50304602, 0x10, 1_800_000_000, 1_800_000_000, 1, 0, 0, 0, 0, 0, 0, 0),
        *("Linux", "3.11-4.19", "", "", "Ethernet", ""),
    )


def known_to_all() -> list[Inventory]:
    inventory = Inventory(hg.Analyzer().database)
    for batch in hg.Analyzer().batches(str(SAMPLE)):
        inventory.add(batch)
    return [inventory, known(vectors.both_runs())]


@pytest.mark.parametrize("inventory", known_to_all(), ids=["sample", "vectors"])
def test_an_answer_says_what_the_record_of_the_host_says(inventory: Inventory) -> None:
    for host in inventory:
        found = fields(inventory.answer(query(host.ip)))
        assert found[:12] == (0x50304602, 0x10, *numbers(host, found[7], found[8])), host.ip
        for latest, reported in zip(found[7:9], (host.ip_sharing_ns, host.host_change_ns), strict=True):
            assert latest >= (reported or 0) // NS, "p0f reports more"
        names = [one and getattr(one, name) for one in (host.os, host.http) for name in ("name", "flavor")]
        link = host.link or found[16]  # p0f has one of servers, too
        for text, sent in zip((*names, link, host.language), found[12:], strict=True):
            whole = text or ""
            assert sent == whole if len(whole) < 32 else sent and whole.startswith(sent), host.ip
    assert len(inventory) > 10


CODES = {None: 0, "system": 1, "program": 2, "fuzzy": 1, "generic": 2, "both": 3}
"""p0f's numbers for the words of records."""


def numbers(host: HostRecord, sharing: int, change: int) -> tuple[int, ...]:
    """A record's values; of changes it has those that are reported, not all of p0f's."""
    return (
        *(host.first_seen_ns // NS, host.last_seen_ns // NS, host.connections),
        *(host.uptime_minutes or 0, host.uptime_modulo_days or 0),
        *(sharing, change),
        *(-1 if host.distance is None else host.distance, CODES[host.dishonest], CODES[host.quality]),
    )


def test_the_records_have_a_value_of_every_kind() -> None:
    """Else the test above compares nothing of that kind."""
    found = [
        numbers(host, host.ip_sharing_ns or 0, host.host_change_ns or 0)
        for inventory in known_to_all()
        for host in inventory
    ]
    assert all(any(values) for values in list(zip(*found, strict=True))[:9])


def test_times_that_find_no_room() -> None:
    """Captures may be of any time; four bytes end in 2106."""
    syn = packet(Ip4(HOST, "10.0.0.1"), vectors.NEW_LINUX)
    late = 5_000_000_000 * 10**6
    parts = section(), interface(linktype=101), enhanced(syn, late), enhanced(syn, late + 1)
    inventory = Inventory(hg.Analyzer().database)
    for batch in hg.Analyzer().batches(b"".join(parts)):
        inventory.add(batch)
    assert fields(inventory.answer(KNOWN))[2:4] == (MOST, MOST)


@pytest.mark.parametrize(
    "wrong",
    [
        query(HOST, magic=0x50304602),
        struct.pack(">IB", 0x50304601, 4) + KNOWN[5:],
        query(HOST, version=5),
        query(HOST, version=0),
        bytes(21),
    ],
)
def test_a_bad_query_has_status_0_and_nothing_else(hosts: Inventory, wrong: bytes) -> None:
    assert hosts.answer(wrong) == struct.pack("=II", 0x50304602, 0) + bytes(224)


def test_an_unknown_host(hosts: Inventory) -> None:
    assert hosts.answer(UNKNOWN) == struct.pack("=II", 0x50304602, 0x20) + bytes(224)


def test_spare_bytes_of_version_4_are_ignored(hosts: Inventory) -> None:
    assert hosts.answer(KNOWN[:9] + b"\xaa" * 12) == hosts.answer(KNOWN)


def test_version_6() -> None:
    found = fields(known(vectors.both_runs()).answer(query("fd77::2")))
    assert (found[:2], found[4], found[-1]) == ((0x50304602, 0x10), 1, "German")


def test_a_mapped_address_is_the_one_of_version_4(hosts: Inventory) -> None:
    assert hosts.answer(query(f"::ffff:{HOST}")) == hosts.answer(KNOWN)
    assert hosts.answer(query(f"::{HOST}")) == hosts.answer(UNKNOWN)


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("x" * 31, "x" * 31),
        ("x" * 32, "x" * 31),
        ("10.14 or newer / iOS 13 or newer", "10.14 or newer / iOS 13 or"),
        ("macOS 10.14 or newer / iOS 13 or newer", "macOS 10.14 or newer / iOS 13"),
        ("thirty-one bytes and then a word", "thirty-one bytes and then a"),
        ("exactly thirty-one bytes, space more", "exactly thirty-one bytes, space"),
        ("twenty-nine bytes or a few, / more", "twenty-nine bytes or a few"),
        ("é" * 16, "é" * 15),
        ("a" + "€" * 11, "a" + "€" * 10),
    ],
)
def test_texts_are_cut_at_a_word_or_a_character(words: str, sent: str) -> None:
    """Names of links may have any character, those of systems only some."""
    flavor, cut = (words, sent) if words.isascii() else ("", "")
    signature = "*:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0"
    text = f"classes = any\n[mtu]\nlabel = {words}\nsig = 1500\n"
    text += f"[tcp:request]\nlabel = s:any:Pump:{flavor}\nsig = {signature}\n"
    found = known([*vectors.syns(NS, HOST, vectors.NEW_LINUX)], hg.Database.compile(text=text))
    assert fields(found.answer(KNOWN))[12:] == ("Pump", cut, "", "", sent, "")

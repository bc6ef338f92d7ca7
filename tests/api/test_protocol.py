"""Messages of p0f's API, byte by byte."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED

from api.hosts import HOST, KNOWN, UNKNOWN, Known, Name, fields, knows, query
from huginn_cffi.api import protocol

FIND = knows(HOST, Known())


def test_an_answer_of_a_known_host() -> None:
    assert fields(protocol.answer(KNOWN, FIND)) == (
        *(0x50304602, 0x10, 1_800_000_000, 1_800_000_100, 3, 0, 0, 0, 0, 4, 0, 2),
        *("Linux", "3.11 and newer", "", "", "Ethernet or modem", "German"),
    )


def test_other_fields() -> None:
    host = Known(
        uptime_minutes=166,
        uptime_modulo_days=497,
        ip_sharing=1_800_000_050 * 10**9,
        host_change=1_800_000_060 * 10**9 + 5,
        distance=None,
        dishonest=2,
        quality=3,
        os=None,
        http=Name("Firefox", "10.x or newer"),
        link=None,
        language=None,
    )
    assert fields(protocol.packed(host))[5:] == (
        *(166, 497, 1_800_000_050, 1_800_000_060, -1, 2, 3),
        *("", "", "Firefox", "10.x or newer", "", ""),
    )


def test_times_and_counts_that_find_no_room() -> None:
    """Captures may be of any time; four bytes end in 2106."""
    host = Known(first_seen=-5, last_seen=(1 << 63) - 1, connections=1 << 40, distance=1 << 20)
    found = fields(protocol.packed(host))
    assert (found[2], found[3], found[4], found[9]) == (0, (1 << 32) - 1, (1 << 32) - 1, 32767)


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
def test_a_bad_query_has_status_0_and_nothing_else(wrong: bytes) -> None:
    assert protocol.answer(wrong, FIND) == struct.pack("=II", 0x50304602, 0) + bytes(224)


def test_an_unknown_host() -> None:
    assert protocol.answer(UNKNOWN, FIND) == struct.pack("=II", 0x50304602, 0x20) + bytes(224)


def test_spare_bytes_of_version_4_are_ignored() -> None:
    assert protocol.answer(KNOWN[:9] + b"\xaa" * 12, FIND) == protocol.answer(KNOWN, FIND)


def test_version_6() -> None:
    host = Known(connections=9)
    found = protocol.answer(query("2001:db8::7"), knows("2001:db8::7", host))
    assert fields(found)[:5] == (0x50304602, 0x10, 1_800_000_000, 1_800_000_100, 9)


def test_a_mapped_address_is_the_one_of_version_4() -> None:
    assert protocol.answer(query(f"::ffff:{HOST}"), FIND) == protocol.answer(KNOWN, FIND)
    assert protocol.answer(query(f"::{HOST}"), FIND) == protocol.NOT_FOUND


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
        ("cut\0here", "cut"),
        ("", ""),
        (None, ""),
    ],
)
def test_texts_are_cut_at_a_word_or_a_character(words: str | None, sent: str) -> None:
    found = protocol.text(words)
    assert found.decode() == sent
    assert len(found) <= 31


def vectors() -> list[Any]:
    """p0f's own answers; none where they are absent."""
    path: Path = SHARED / "hosts" / "p0f-api-vectors.json"
    return json.loads(path.read_text()) if path.is_file() else []


@pytest.mark.skipif(not vectors(), reason="p0f's answers are absent")
def test_p0fs_answers_are_reproduced_from_their_fields() -> None:
    """The fields at p0f's places, packed by us, are p0f's bytes again."""
    checked = 0
    for _, _, wanted in vectors():
        answer = bytes.fromhex(wanted)
        found = fields(answer)
        if found[1] == 0x10:
            second = [value * 10**9 or None for value in (found[2], found[3], found[7], found[8])]
            host = Known(
                *(second[0] or 0, second[1] or 0, found[4], found[5], found[6], second[2], second[3]),
                *(found[9], found[10], found[11], Name(*found[12:14]), Name(*found[14:16]), *found[16:]),
            )
            assert protocol.packed(host) == answer
            checked += 1
        else:
            assert answer in (protocol.NOT_FOUND, protocol.REFUSED)
    assert checked == 15

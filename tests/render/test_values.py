"""Numbers, addresses and escapes against Python's own."""

from __future__ import annotations

import ipaddress
import json
import re
import socket

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.render.databases import one, open_database
from tests.support.rendered_rows import CLIENT_UPTIME, JSON, P0F, TEXT, EventRow, render_text


def raw_frequency(value: float) -> str:
    line = render_text(EventRow(event=CLIENT_UPTIME, raw_frequency_hz=value), JSON)
    return line.partition('"raw_frequency_hz":')[2].partition(",")[0]


def printed_frequency(value: float) -> str:
    text = render_text(EventRow(event=CLIENT_UPTIME, raw_frequency_hz=value), TEXT)
    return text.partition("Freq:   ")[2].removesuffix(" Hz\n\n")


@given(st.one_of(st.floats(0.7, 1500.0), st.floats(2**-7, 2**53, exclude_max=True)))
@example(0.125)
@example(0.375)
@example(2.675)
@example(999.995)
@example(0.9999999999999999)
@example(9007199254740991.0)
@example(562949953421312.75)  # as near to .7 as to .8
@example(562949953421312.25)
def test_fractions_are_exact(value: float) -> None:
    assert raw_frequency(value) == repr(value)
    assert printed_frequency(value) == f"{value:.2f}"


@given(st.integers(4 * 70, 4 * 150_000))
def test_ties_round_as_printf_does(eighths: int) -> None:
    """Multiples of 1/8 hold the values that lie exactly between two hundredths."""
    value = eighths / 8 + 0.125
    assert printed_frequency(value) == f"{value:.2f}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0.0"),
        (-5.0, "0.0"),
        (float("nan"), "0.0"),
        (1e-9, "0.0"),
        (1e300, "9007199254740992.0"),
        (float("inf"), "9007199254740992.0"),
    ],
)
def test_fractions_that_no_clock_has_still_are_numbers(value: float, shown: str) -> None:
    assert raw_frequency(value) == shown
    assert json.loads(raw_frequency(value)) >= 0


@given(st.integers(0, 2**64 - 1))
@example(0)
@example(9)
@example(10)
@example(99)
@example(100)
@example(9999)
@example(10000)
@example(2**64 - 1)
def test_integers(number: int) -> None:
    assert json.loads(render_text(EventRow(packet_number=number), JSON))["packet_number"] == number


@given(st.integers(0, 2**32 - 1))
def test_short_integers_have_no_leading_zeros(number: int) -> None:
    line = render_text(EventRow(event=CLIENT_UPTIME, modulo_days=number), TEXT)
    assert f"(modulo {number} days)" in line


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("0:0:0:0:0:0:0:0", "::"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("1:0:0:0:0:0:0:0", "1::"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaa"),
        ("0:0:1:1:1:1:1:1", "::1:1:1:1:1:1"),
        ("1:1:1:1:1:1:0:0", "1:1:1:1:1:1::"),
        ("0:0:0:0:0:ffff:c000:221", "::ffff:192.0.2.33"),
        ("0:0:0:0:0:fffe:c000:221", "::fffe:c000:221"),
    ],
)
def test_ipv6_as_rfc_5952_wants_it(address: str, text: str) -> None:
    row = EventRow(source=str(ipaddress.IPv6Address(address)), destination="::")
    assert json.loads(render_text(row, JSON))["src_ip"] == text


@given(
    st.binary(min_size=16, max_size=16)
    | st.lists(st.sampled_from([b"\0\0", b"\0\1"]), min_size=8, max_size=8).map(b"".join)
)
def test_ipv6_as_the_system_prints_it(packed: bytes) -> None:
    address = ipaddress.IPv6Address(packed)
    record = json.loads(render_text(EventRow(source=str(address), destination="::"), JSON))
    shown = str(ipaddress.IPv6Address(record["src_ip"]))
    assert ipaddress.IPv6Address(shown).packed == packed
    if packed[:12] != bytes(12):  # glibc prints the deprecated ::1.2.3.4, RFC 5952 has no such case
        assert record["src_ip"] == socket.inet_ntop(socket.AF_INET6, packed)


@given(st.ip_addresses(v=4))
def test_ipv4(address: ipaddress.IPv4Address) -> None:
    row = EventRow(source=str(address))
    assert render_text(row, TEXT).startswith(f"[TCP SYN] {address}:1524 ")


# ---- escapes ---------------------------------------------------------------------------

hostile = st.one_of(
    st.binary(max_size=12),
    st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(
        st.sampled_from(
            [
                b"|",
                b"\\",
                b"\\x7c",
                b'"',
                b"\n",
                b"\r",
                b"\x1b[31m",
                b"\x7f",
                b"\xc2\x9b",
                b"\xe2\x80\xa8",
                b"\xe2\x80\xae",
                b"\xc0\xaf",
                b"\xed\xa0\x80",
                b"\xf4\x90\x80\x80",
                b"\xf0\x9f\x98",
                b"\xe2\x82",
                b"a",
            ]
        ),
        max_size=6,
    ).map(b"".join),
)
NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")


def label(data: bytes) -> str:
    """The bytes of a file as the compiler keeps them."""
    return data.decode("utf-8", "surrogateescape")


def unescaped(data: bytes) -> bytes:
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), data)


@given(hostile, hostile)
def test_text_shows_labels_without_controls_and_loses_nothing(name: bytes, flavor: bytes) -> None:
    database = open_database([])
    plain = render_text(EventRow(), TEXT, database).split("\n")
    made = render_text(EventRow(signature=0), TEXT, one(label(name), label(flavor))).split("\n")
    assert len(made) == len(plain)
    assert not any(NOT_SHOWN.search(line) for line in made)
    assert unescaped(made[1].encode()) == b"  OS:     " + name + (b" " + flavor if flavor else b"")


@given(hostile, hostile)
def test_p0f_lines_keep_their_fields(name: bytes, flavor: bytes) -> None:
    line = render_text(EventRow(signature=0), P0F, one(label(name), label(flavor)))
    assert line.count("\n") == 1
    assert not NOT_SHOWN.search(line[:-1])
    fields = line.rstrip("\n").split("|")
    assert len(fields) == len(render_text(EventRow(), P0F).split("|"))
    assert unescaped(fields[4].encode()) == b"os=" + name + (b" " + flavor if flavor else b"")


@given(hostile)
def test_json_strings_read_back(name: bytes) -> None:
    line = render_text(EventRow(signature=0), JSON, one(label(name), file=label(b"f" + name)))
    assert not NOT_SHOWN.search(line[:-1])
    match = json.loads(line)["match"]
    assert match["name"] == name.decode("utf-8", "replace")
    assert match["file"] == (b"f" + name).rpartition(b"/")[2].decode("utf-8", "replace")

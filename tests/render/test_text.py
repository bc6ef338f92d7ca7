"""``--format text``, byte for byte."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sigcompiler.claims.flavors import label_text
from tests.render.databases import RenderedSignature, one, open_database
from tests.support.rendered_rows import (
    CLIENT_UPTIME,
    ECS,
    MTU,
    ROOMY,
    SERVER_UPTIME,
    SYN_ACK,
    TEXT,
    EventRow,
    RowBatch,
    lib,
    new_renderer,
    render,
    render_piece,
    render_text,
)

DF_ID = 0b11


def test_the_records_of_the_manual() -> None:
    database = open_database(
        [RenderedSignature("Windows", "XP"), RenderedSignature("Linux", "3.x")],
        [("Ethernet or modem", 1500), ("DSL", 1492)],
    )
    rows = [
        EventRow(
            ttl=120,
            ittl=128,
            distance=8,
            mss=1452,
            wsize=65535,
            options=(2, 1, 1, 4),
            quirks=DF_ID,
            signature=0,
        ),
        EventRow(
            event=SYN_ACK,
            window_kind=1,
            window_multiple=10,
            wsize=14600,
            options=(2, 1, 1, 4),
            quirks=1,
            signature=1,
            from_server=1,
            source="4.3.2.1",
            destination="1.2.3.4",
            src_port=80,
            dst_port=1524,
        ),
        EventRow(event=MTU, mtu=1492, link=1),
        EventRow(
            event=CLIENT_UPTIME, uptime_minutes=676, modulo_days=198, frequency_hz=250, raw_frequency_hz=250.0
        ),
        EventRow(
            event=SERVER_UPTIME,
            uptime_minutes=21822,
            modulo_days=497,
            frequency_hz=100,
            raw_frequency_hz=100.0,
            from_server=1,
            source="4.3.2.1",
            destination="1.2.3.4",
            src_port=80,
            dst_port=1524,
        ),
    ]
    assert render(rows, TEXT, database).decode() == (
        "[TCP SYN] 1.2.3.4:1524 → 4.3.2.1:80\n"
        "  OS:     Windows XP\n"
        "  Dist:   8\n"
        "  Params: none\n"
        "  Sig:    4:120+8:0:1452:65535,0:mss,nop,nop,sok:df,id+:0\n"
        "\n"
        "[TCP SYN+ACK] 4.3.2.1:80 → 1.2.3.4:1524\n"
        "  OS:     Linux 3.x\n"
        "  Dist:   0\n"
        "  Params: none\n"
        "  Sig:    4:64+0:0:1460:mss*10,0:mss,nop,nop,sok:df:0\n"
        "\n"
        "[TCP MTU] 1.2.3.4:1524 → 4.3.2.1:80\n"
        "  Link:   DSL\n"
        "  MTU:    1492\n"
        "\n"
        "[TCP Uptime - Client] 1.2.3.4:1524 → 4.3.2.1:80\n"
        "  Uptime: 0 days, 11 hrs, 16 min (modulo 198 days)\n"
        "  Freq:   250.00 Hz\n"
        "\n"
        "[TCP Uptime - Server] 4.3.2.1:80 → 1.2.3.4:1524\n"
        "  Uptime: 15 days, 3 hrs, 42 min (modulo 497 days)\n"
        "  Freq:   100.00 Hz\n"
        "\n"
    )


def test_an_uptime_of_the_last_day_before_the_clock_begins_anew() -> None:
    """2^32 ticks of 250 Hz are 198 days and 20 hours: the uptime is not longer than its modulo."""
    row = EventRow(event=CLIENT_UPTIME, modulo_days=198, frequency_hz=250, raw_frequency_hz=250.0)
    last = replace(row, uptime_minutes=(198 * 24 + 20) * 60 + 10)
    assert "  Uptime: 198 days, 20 hrs, 10 min (modulo 198 days, 20 hrs)\n" in render_text(last, TEXT)
    earlier = replace(row, uptime_minutes=197 * 24 * 60)
    assert "  Uptime: 197 days, 0 hrs, 0 min (modulo 198 days)\n" in render_text(earlier, TEXT)


def test_the_clock_of_somebody_who_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC-2")  # two hours before Greenwich
    rows = [EventRow(time_ns=1_768_471_202_400_000_000), EventRow(time_ns=1_768_471_203_000_000_000)]
    renderer, batch = new_renderer(TEXT), RowBatch(rows)
    lib.hg_renderer_show_clock(renderer)
    text, _ = render_piece(renderer, batch, 0, 2, ROOMY)
    heads = [line for line in text.decode().splitlines() if "[" in line]
    assert heads == [f"12:00:0{second} [TCP SYN] 1.2.3.4:1524 → 4.3.2.1:80" for second in (2, 3)]


def test_nothing_known() -> None:
    assert render_text(EventRow(ttl=200, ittl=255, distance=55, options=()), TEXT) == (
        "[TCP SYN] 1.2.3.4:1524 → 4.3.2.1:80\n"
        "  OS:     ???\n"
        "  Dist:   55\n"
        "  Params: excess_dist\n"
        "  Sig:    4:200+?:0:1460:8192,0:::0\n"
        "\n"
    )
    assert render_text(EventRow(event=MTU, mtu=65575), TEXT) == (
        "[TCP MTU] 1.2.3.4:1524 → 4.3.2.1:80\n  Link:   ???\n  MTU:    65575\n\n"
    )


def test_a_userland_tool_with_an_unreliable_ttl() -> None:
    database = one("NMap", "SYN scan", userland=True, unreliable_ttl=True)
    assert render_text(EventRow(ttl=41, ittl=64, distance=23, wsize=1024, signature=0), TEXT, database) == (
        "[TCP SYN] 1.2.3.4:1524 → 4.3.2.1:80\n"
        "  App:    NMap SYN scan\n"
        "  Dist:   <= 23\n"
        "  Params: random_ttl\n"
        "  Sig:    4:41+23:0:1460:1024,0:mss::0\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("name", "flavor", "shown"),
    [
        ("macOS or iOS", "macOS 14 or newer / iOS 17", "macOS 14 or newer / iOS 17"),
        ("macOS or iOS", "14 / 17", "macOS or iOS 14 / 17"),
        ("macOS or iOS", "macOS", "macOS or iOS macOS"),
        ("macOS or iOS", "", "macOS or iOS"),
        ("macOS", "macOS 14", "macOS macOS 14"),
    ],
)
def test_families_are_not_named_twice(name: str, flavor: str, shown: str) -> None:
    """The core and Python say the same, and so does ECS."""
    assert f"  OS:     {shown}\n" in render_text(EventRow(signature=0), TEXT, one(name, flavor))
    assert label_text(name, flavor) == shown
    record = json.loads(render_text(EventRow(signature=0), ECS, one(name, flavor)))
    assert record["host"]["os"]["full"] == shown
    assert record["host"]["os"]["name"] == name


def test_a_label_without_a_flavor_has_no_blank_after_it() -> None:
    assert "  OS:     Plan 9\n" in render_text(EventRow(signature=0), TEXT, one("Plan 9"))


def test_addresses_of_ipv6_stand_in_brackets() -> None:
    row = EventRow(source="2001:db8::1", destination="2001:db8:0:1::2", src_port=80, dst_port=65535)
    first, *_, signature, _, _ = render_text(row, TEXT).split("\n")
    assert first == "[TCP SYN] [2001:db8::1]:80 → [2001:db8:0:1::2]:65535"
    assert signature == "  Sig:    6:64+0:0:1460:8192,0:mss::0"


@pytest.mark.parametrize(
    ("row", "named", "params"),
    [
        (EventRow(), None, "none"),
        (EventRow(dscp=4), None, "tos:0x04"),
        (EventRow(dscp=0x2E), None, "tos:0x2e"),
        (EventRow(distance=36), None, "excess_dist"),
        (EventRow(distance=35), None, "none"),
        (EventRow(signature=0), RenderedSignature("A"), "none"),
        (EventRow(signature=0, fuzzy=1), RenderedSignature("A"), "fuzzy"),
        (EventRow(signature=0), RenderedSignature("A", generic=True), "generic"),
        (
            EventRow(signature=0, distance=63),
            RenderedSignature("A", unreliable_ttl=True),
            "random_ttl excess_dist",
        ),
        (
            EventRow(signature=0, fuzzy=1, distance=99, dscp=63),
            RenderedSignature("A", generic=True, unreliable_ttl=True),
            "generic fuzzy random_ttl excess_dist tos:0x3f",
        ),
        (EventRow(fuzzy=1), None, "none"),
    ],
)
def test_params(row: EventRow, named: RenderedSignature | None, params: str) -> None:
    database = open_database([named] if named else [])
    assert f"\n  Params: {params}\n" in render_text(row, TEXT, database)


def test_the_same_signature_exact_and_fuzzy_in_one_call() -> None:
    """The name kept for one must not serve the other."""
    rows = [EventRow(signature=0), EventRow(signature=0, fuzzy=1), EventRow(), EventRow(signature=0)]
    text = render(rows, TEXT, one("A")).decode()
    lines = [line[10:] for line in text.split("\n") if line.startswith(("  OS", "  Params"))]
    assert lines == ["A", "none", "A", "fuzzy", "???", "none", "A", "none"]


def test_more_signatures_than_are_kept_ready() -> None:
    database = open_database([RenderedSignature(f"name {number}") for number in range(1500)])
    rows = [EventRow(signature=number * 7 % 1500) for number in range(3000)]
    names = [
        line[10:] for line in render(rows, TEXT, database).decode().split("\n") if line.startswith("  OS")
    ]
    assert names == [f"name {row.signature}" for row in rows]

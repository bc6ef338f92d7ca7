"""``--format p0f``: p0f's log lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.databases import one, open_database
from tests.support.rendered_rows import (
    CLIENT_UPTIME,
    MTU,
    P0F,
    SERVER_UPTIME,
    SYN_ACK,
    EventRow,
    render,
    render_text,
)

SECOND = 1_000_000_000


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the local time zone of the process until the test ends."""

    def change(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    change("UTC0")
    yield change
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_lines_as_p0f_prints_them() -> None:
    """Wording of p0f 3.09b, checked against its log."""
    database = open_database([], [("DSL", 1492)])
    named = one("Windows", "NT kernel 5.x", generic=True)
    start = 1586534017 * SECOND
    client: dict[str, Any] = {
        "source": "127.0.0.1",
        "destination": "127.0.0.2",
        "src_port": 1550,
        "dst_port": 20000,
    }
    server: dict[str, Any] = {
        "source": "127.0.0.2",
        "destination": "127.0.0.1",
        "src_port": 20000,
        "dst_port": 1550,
    }
    ends = "cli=127.0.0.1/1550|srv=127.0.0.2/20000"
    syn = EventRow(
        time_ns=start,
        ttl=128,
        ittl=128,
        mss=65495,
        window_kind=2,
        window_multiple=1,
        wscale=8,
        options=(2, 1, 3, 1, 1, 4),
        quirks=3,
        signature=0,
        **client,
    )
    assert render_text(syn, P0F, named) == (
        f"[2020/04/10 15:53:37] mod=syn|{ends}|subj=cli|os=Windows NT kernel 5.x|dist=0|params=generic"
        "|raw_sig=4:128+0:0:65495:mtu*1,8:mss,nop,ws,nop,nop,sok:df,id+:0\n"
    )
    syn_ack = EventRow(event=SYN_ACK, from_server=1, time_ns=start, quirks=1, **server)
    assert render_text(syn_ack, P0F) == (
        f"[2020/04/10 15:53:37] mod=syn+ack|{ends}|subj=srv|os=???|dist=0|params=none"
        "|raw_sig=4:64+0:0:1460:8192,0:mss:df:0\n"
    )
    mtus = [
        EventRow(event=MTU, time_ns=start, mtu=1492, link=0, **client),
        EventRow(event=MTU, time_ns=start, mtu=65535, from_server=1, **server),
    ]
    assert render(mtus, P0F, database).decode() == (
        f"[2020/04/10 15:53:37] mod=mtu|{ends}|subj=cli|link=DSL|raw_mtu=1492\n"
        f"[2020/04/10 15:53:37] mod=mtu|{ends}|subj=srv|link=???|raw_mtu=65535\n"
    )
    uptimes = [
        EventRow(
            event=CLIENT_UPTIME,
            time_ns=start,
            uptime_minutes=273600,
            modulo_days=198,
            raw_frequency_hz=261.5384,
            **client,
        ),
        EventRow(
            event=SERVER_UPTIME,
            time_ns=start,
            uptime_minutes=36,
            modulo_days=497,
            raw_frequency_hz=106.061,
            from_server=1,
            **server,
        ),
    ]
    assert render(uptimes, P0F).decode() == (
        f"[2020/04/10 15:53:37] mod=uptime|{ends}|subj=cli"
        "|uptime=190 days 0 hrs 0 min (modulo 198 days)|raw_freq=261.54 Hz\n"
        f"[2020/04/10 15:53:37] mod=uptime|{ends}|subj=srv"
        "|uptime=0 days 0 hrs 36 min (modulo 497 days)|raw_freq=106.06 Hz\n"
    )


@pytest.mark.usefixtures("zone")
def test_a_tool_is_an_app_and_its_distance_a_limit() -> None:
    database = one("NMap", "SYN scan", userland=True, unreliable_ttl=True)
    line = render_text(EventRow(ttl=41, distance=23, wsize=1024, signature=0), P0F, database)
    assert line.endswith(
        "|app=NMap SYN scan|dist=<= 23|params=random_ttl|raw_sig=4:41+23:0:1460:1024,0:mss::0\n"
    )


@pytest.mark.usefixtures("zone")
def test_ipv6_addresses_are_eight_groups() -> None:
    line = render_text(EventRow(source="2001:db8::a0:1", destination="::"), P0F)
    assert "|cli=2001:db8:0:0:0:0:a0:1/1524|srv=0:0:0:0:0:0:0:0/80|" in line


@pytest.mark.usefixtures("zone")
def test_labels_cannot_add_fields_or_lines() -> None:
    line = render_text(EventRow(signature=0), P0F, one("a|os=b", "c\nd\x1b[2Je\\f"))
    assert "|os=a\\x7cos=b c\\x0ad\\x1b[2Je\\x5cf|dist=" in line
    assert line.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "seconds", "expected"),
    [
        ("UTC0", 0, "1970/01/01 00:00:00"),
        ("UTC0", -1, "1969/12/31 23:59:59"),
        ("EST5EDT,M3.2.0,M11.1.0", 1710054000 - 1, "2024/03/10 01:59:59"),
        ("EST5EDT,M3.2.0,M11.1.0", 1710054000, "2024/03/10 03:00:00"),
        ("XXX-5:45", 1709164800, "2024/02/29 05:45:00"),
    ],
)
def test_local_time(zone: Callable[[str], None], name: str, seconds: int, expected: str) -> None:
    zone(name)
    assert render_text(EventRow(time_ns=seconds * SECOND), P0F).startswith(f"[{expected}] mod=syn|")


@pytest.mark.usefixtures("zone")
def test_a_part_of_a_second_before_the_epoch_belongs_to_the_second_before() -> None:
    assert render_text(EventRow(time_ns=-1), P0F).startswith("[1969/12/31 23:59:59]")


def test_every_row_has_its_own_time(zone: Callable[[str], None]) -> None:
    """The text of a second is kept for the rows that follow; it must not outlive it."""
    zone("CET-1CEST,M3.5.0,M10.5.0/3")
    seconds = [1711846799, 1711846799, 1711846800, 1711846799]
    rows = [EventRow(time_ns=second * SECOND + 999_999_999) for second in seconds]
    stamps = [line[1:20] for line in render(rows, P0F).decode().splitlines()]
    before, after = "2024/03/31 01:59:59", "2024/03/31 03:00:00"
    assert stamps == [before, before, after, before]


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=8))
def test_any_time(times: list[int]) -> None:
    """Python's own localtime, in whatever zone the tests run."""
    rows = [EventRow(time_ns=time_ns) for time_ns in times]
    stamps = [line[1:20] for line in render(rows, P0F).decode().splitlines()]
    assert stamps == [
        time.strftime("%Y/%m/%d %H:%M:%S", time.localtime(time_ns // SECOND)) for time_ns in times
    ]

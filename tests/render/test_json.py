"""``--format json``: one object a line."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sigcompiler.vocabulary import MAX_DISTANCE, QUIRK_WORDS
from tests.render.answers import answer_text, expected_answer, shown
from tests.render.databases import RenderedSignature, one, open_database
from tests.support.rendered_rows import (
    CLIENT_UPTIME,
    JSON,
    MTU,
    NONE,
    SERVER_UPTIME,
    SYN,
    SYN_ACK,
    EventRow,
    address_of,
    community_id,
    ffi,
    lib,
    render,
    render_text,
)

TUNNELS = [None, "vxlan", "geneve", "gre", "erspan", "ipip", "6in4", "gtpu", "teredo"]
EVENTS = ["syn", "syn_ack", "mtu", "client_uptime", "server_uptime"]
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
NAMED = [
    RenderedSignature("Linux", "3.x", text="*:64:0:*:mss*10,0:mss:df:0", file="linux.fp", line=70000),
    RenderedSignature("Windows", "NT kernel", generic=True),
    RenderedSignature("NMap", "SYN scan", userland=True, unreliable_ttl=True),
    RenderedSignature('Плохо |"\\\n\u2028\x9b', "\udcff\udce2\udc82 x"),
]
LINKS = [("DSL", 1492), ('"\t\x7f', 1500)]
HEAD = '{"time":"1970-01-01T00:00:00.000000000Z","packet_number":1,"flow":1,"event":'
ENDS = (
    '"src_ip":"1.2.3.4","src_port":1524,"dst_ip":"4.3.2.1","dst_port":80,"from_server":false,'
    '"community_id":"1:hpPjLw3Udxwn0mAWxZOLiuj7axo="'
)
TAIL = ',"database":null,"schema_version":2}\n'


def source_hash(database: Any) -> str:
    """SHA-256 of the signatures, in hex."""
    return bytes(ffi.buffer(lib.hg_database_source_hash(database), 32)).hex()


def tail(database: Any) -> str:
    """What ends a record of this database."""
    return f',"database":"{source_hash(database)[:12]}","schema_version":2}}\n'


def own_tail(database: Any) -> str:
    """What ends our object of EVE and ECS."""
    return tail(database).removesuffix("\n")


def test_a_matched_syn() -> None:
    database = open_database(NAMED)
    row = EventRow(
        time_ns=1084443427311224000,
        packet_number=18446744073709551615,
        flow=18446744073709551614,
        ttl=52,
        distance=12,
        mss=1452,
        wsize=14520,
        window_kind=1,
        window_multiple=10,
        wscale=7,
        options=(2, 4, 8, 1, 3),
        quirks=3,
        dscp=46,
        signature=0,
    )
    assert render_text(row, JSON, database) == (
        '{"time":"2004-05-13T10:17:07.311224000Z","packet_number":18446744073709551615,"flow":18446744073709551614,"event":"syn",'
        + ENDS
        + ","
        '"ip_version":4,"ttl":52,"ittl":64,"distance":12,"olen":0,"mss":1452,"wsize":14520,"window_kind":"mss",'
        '"window_multiple":10,"wscale":7,"olayout":"mss,sok,ts,nop,ws","quirks":["df","id+"],"pclass":"0",'
        '"dscp":46,"signature":"4:52+12:0:1452:mss*10,7:mss,sok,ts,nop,ws:df,id+:0","match":{"name":"Linux",'
        '"flavor":"3.x","kind":"specific","fuzzy":false,"userland":false,"quality":1.0,'
        '"signature":"*:64:0:*:mss*10,0:mss:df:0","file":"linux.fp","line":70000'
        + answer_text(row, NAMED)
        + '},"params":["tos:0x2e"]'
        + tail(database)
    )


def test_an_unknown_syn_ack() -> None:
    row = EventRow(
        event=SYN_ACK, options=(), pclass=1, syn_seen=1, source="2001:db8::1", destination="fe80::1:0:0:2"
    )
    assert render_text(row, JSON) == (
        HEAD + '"syn_ack","src_ip":"2001:db8::1","src_port":1524,"dst_ip":"fe80::1:0:0:2","dst_port":80,'
        '"from_server":false,"community_id":"1:ynRmSvkvN90aaIs1y7oZLsrUTJ0=",'
        '"ip_version":6,"ttl":64,"ittl":64,"distance":0,"olen":0,"mss":1460,"wsize":8192,"window_kind":"literal",'
        '"window_multiple":0,"wscale":0,"olayout":"","quirks":[],"pclass":"+","dscp":0,"syn_seen":true,'
        '"signature":"6:64+0:0:1460:8192,0:::+","match":null,"params":[]' + TAIL
    )


def test_mtu_and_uptimes() -> None:
    database = open_database([], LINKS)
    rows = [
        EventRow(event=MTU, mtu=1492, link=0),
        EventRow(event=MTU, mtu=576),
        EventRow(
            event=CLIENT_UPTIME, uptime_minutes=676, modulo_days=198, frequency_hz=250, raw_frequency_hz=250.0
        ),
        EventRow(
            event=SERVER_UPTIME, uptime_minutes=1, modulo_days=49710, frequency_hz=1, raw_frequency_hz=0.7
        ),
    ]
    heads = [HEAD + f'"{event}",' + ENDS for event in ("mtu", "mtu", "client_uptime", "server_uptime")]
    bodies = [
        ',"mtu":1492,"link":"DSL","link_file":"made.fp","link_line":1',
        ',"mtu":576,"link":null,"link_file":null,"link_line":null',
        ',"uptime_minutes":676,"modulo_days":198,"frequency_hz":250,"raw_frequency_hz":250.0,"reliable":true',
        ',"uptime_minutes":1,"modulo_days":49710,"frequency_hz":1,"raw_frequency_hz":0.7,"reliable":true',
    ]
    expected = [head + body + tail(database) for head, body in zip(heads, bodies, strict=True)]
    assert render(rows, JSON, database).decode() == "".join(expected)


def test_qualities() -> None:
    rows = [EventRow(signature=index, fuzzy=fuzzy) for index in (0, 1, 2) for fuzzy in (0, 1)]
    matches = [json.loads(line)["match"] for line in render(rows, JSON, open_database(NAMED)).splitlines()]
    assert [(match["kind"], match["fuzzy"], match["userland"], match["quality"]) for match in matches] == [
        ("specific", False, False, 1.0),
        ("specific", True, False, 0.5),
        ("generic", False, False, 0.8),
        ("generic", True, False, 0.5),
        ("specific", False, True, 1.0),
        ("specific", True, True, 0.5),
    ]


def test_hostile_labels_stay_strings() -> None:
    database = one('a"b\\c\n\x00\x1b\x7f\x85\u2028\u202eé→😀', "\udcff", file='x"\udce2\udc82y.fp')
    line = render_text(EventRow(signature=0), JSON, database)
    assert r'"name":"a\"b\\c\u000a\u0000\u001b\u007f\u0085\u2028\u202eé→😀","flavor":"\ufffd"' in line
    assert r'"file":"x\"\ufffdy.fp"' in line
    assert json.loads(line)["match"]["name"] == 'a"b\\c\n\x00\x1b\x7f\x85\u2028\u202eé→😀'


# ---- every row, read back --------------------------------------------------------------

u8, u16, u32 = st.integers(0, 2**8 - 1), st.integers(0, 2**16 - 1), st.integers(0, 2**32 - 1)
addresses = st.one_of(
    st.tuples(st.ip_addresses(v=4), st.ip_addresses(v=4)),
    st.tuples(st.ip_addresses(v=6), st.ip_addresses(v=6)),
)


@st.composite
def rows(draw: st.DrawFn) -> EventRow:
    source, destination = draw(addresses)
    columns: dict[str, Any] = {
        "time_ns": st.integers(-(2**63), 2**63 - 1),
        "packet_number": st.integers(1, 2**64 - 1),
        "flow": st.integers(1, 2**64 - 1),
        "src_port": u16,
        "dst_port": u16,
        "tunnel": st.integers(0, 8),
        "ttl": u8,
        "ittl": u8,
        "distance": st.integers(-(2**15), 2**15 - 1),
        "olen": u8,
        "mss": u16,
        "wsize": u16,
        "window_kind": st.integers(0, 2),
        "window_multiple": u16,
        "wscale": u8,
        "options": st.lists(u8, max_size=24).map(tuple),
        "eol_pad": u8,
        "quirks": st.integers(0, 2**17 - 1),
        "pclass": st.integers(0, 1),
        "dscp": st.integers(0, 63),
        "signature": st.sampled_from([NONE, *range(len(NAMED))]),
        "fuzzy": st.integers(0, 1),
        "syn_seen": st.integers(0, 1),
        "from_server": st.integers(0, 1),
        "mtu": u32,
        "link": st.sampled_from([NONE, *range(len(LINKS))]),
        "uptime_minutes": u32,
        "modulo_days": u32,
        "frequency_hz": u16,
        "raw_frequency_hz": st.floats(0.7, 1500.0),
        "uptime_doubt": st.integers(0, 7),
        "event": st.integers(0, 4),
    }
    return EventRow(
        source=str(source), destination=str(destination), **{name: draw(of) for name, of in columns.items()}
    )


DOUBTS = [
    None,
    "not a clock rate of this system",
    "the host's connections do not share one clock",
    "the host has been seen for longer than that",
    "no second reading supports it",
    "each connection may have its own clock, as on most current systems",
    "the system was not released yet at that time",
    "started in the last 5 minutes: Linux begins this clock shortly before it wraps",
]


def expected(row: EventRow) -> dict[str, Any]:
    """What a line must say of its row."""
    head: dict[str, Any] = {
        "packet_number": row.packet_number,
        "flow": row.flow,
        "event": EVENTS[row.event],
        "src_port": row.src_port,
        "dst_port": row.dst_port,
        "from_server": bool(row.from_server),
        "community_id": community_id(row),
        "schema_version": 2,
    }
    if row.tunnel:
        head["tunnel"] = TUNNELS[row.tunnel]
    if row.event == MTU:
        known = row.link != NONE
        place = {"link_file": "made.fp" if known else None, "link_line": 1 if known else None}
        return head | place | {"mtu": row.mtu, "link": LINKS[row.link][0] if known else None}
    if row.event in (CLIENT_UPTIME, SERVER_UPTIME):
        return head | {
            "uptime_minutes": row.uptime_minutes,
            "modulo_days": row.modulo_days,
            "frequency_hz": row.frequency_hz,
            "raw_frequency_hz": row.raw_frequency_hz,
            "reliable": row.uptime_doubt == 0,
            **({"why": DOUBTS[row.uptime_doubt]} if row.uptime_doubt else {}),
        }
    same = (
        "ip_version",
        "ttl",
        "ittl",
        "distance",
        "olen",
        "mss",
        "wsize",
        "window_multiple",
        "wscale",
        "dscp",
    )
    fields = head | {name: getattr(row, name) for name in same}
    fields["window_kind"] = ["literal", "mss", "mtu"][row.window_kind]
    fields["quirks"] = [word for quirk, word in QUIRK_WORDS.items() if quirk & row.quirks]
    fields["pclass"] = "0+"[row.pclass]
    fields["params"] = expected_params(row)
    fields["match"] = expected_match(row)
    if row.event == SYN_ACK:
        fields["syn_seen"] = bool(row.syn_seen)
    return fields


def expected_params(row: EventRow) -> list[str]:
    named = None if row.signature == NONE else NAMED[row.signature]
    words = {
        "generic": named is not None and named.generic,
        "fuzzy": named is not None and row.fuzzy,
        "random_ttl": named is not None and named.unreliable_ttl,
        "excess_dist": row.distance > MAX_DISTANCE,
        f"tos:{row.dscp:#04x}": row.dscp,
    }
    return [word for word, holds in words.items() if holds]


def expected_match(row: EventRow) -> dict[str, Any] | None:
    if row.signature == NONE:
        return None
    named = NAMED[row.signature]
    return {
        "name": shown(named.name),
        "flavor": shown(named.flavor),
        "kind": "generic" if named.generic else "specific",
        "fuzzy": bool(row.fuzzy),
        "userland": named.userland,
        "quality": 0.5 if row.fuzzy else 0.8 if named.generic else 1.0,
        "signature": named.text,
        "file": named.file,
        "line": named.line,
        **expected_answer(row, NAMED),
    }


@given(st.lists(rows(), min_size=1, max_size=6))
def test_every_line_reads_back_as_its_row(made: list[EventRow]) -> None:
    database = open_database(NAMED, LINKS)
    lines = render(made, JSON, database).split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == len(made)
    for line, row in zip(lines, made, strict=True):
        record = json.loads(line)
        assert record.pop("database") in tail(database)
        stamp, ns = record.pop("time")[:-1].split(".")
        moment = datetime.fromisoformat(stamp + "+00:00")
        assert (moment - EPOCH) // timedelta(seconds=1) * 10**9 + int(ns) == row.time_ns
        for end, packed in (("src_ip", row.src_ip), ("dst_ip", row.dst_ip)):
            assert type(address_of(packed, row.ip_version))(record.pop(end)) == address_of(
                packed, row.ip_version
            )
        if row.event in (SYN, SYN_ACK):
            raw = record.pop("signature").split(":")
            assert (raw[5], raw[6].split(",") if raw[6] else []) == (record.pop("olayout"), record["quirks"])
        assert record == expected(row)


@given(rows())
def test_keys_stand_in_one_order_for_each_event(row: EventRow) -> None:
    whole = EventRow(event=row.event, tunnel=1, uptime_doubt=1)
    database = open_database(NAMED, LINKS)
    found, order = (list(json.loads(render([one], JSON, database))) for one in (row, whole))
    assert found == [key for key in order if key in found]

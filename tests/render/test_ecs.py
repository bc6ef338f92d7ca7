"""``--format ecs``: records with the names of the Elastic Common Schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from tests.render.answers import answer_text
from tests.render.databases import RenderedSignature, open_database
from tests.render.test_json import LINKS, NAMED, own_tail, rows
from tests.support.rendered_rows import (
    CLIENT_UPTIME,
    ECS,
    JSON,
    MTU,
    SYN_ACK,
    EventRow,
    ffi,
    lib,
    new_renderer,
    render_piece,
    render_text,
)
from tests.support.rendered_rows import RowBatch as Rows


def test_a_syn_ack() -> None:
    named = [RenderedSignature("Linux", "3.x", file="linux.fp", line=7)]
    database = open_database(named)
    row = EventRow(event=SYN_ACK, time_ns=1084443427311224999, packet_number=9, from_server=1, signature=0)
    assert render_text(row, ECS, database) == (
        '{"@timestamp":"2004-05-13T10:17:07.311224999Z","event":{"kind":"event","category":["network"],'
        '"type":["info"],"module":"huginn","dataset":"huginn.syn_ack","sequence":9},'
        '"source":{"ip":"1.2.3.4","port":1524},"destination":{"ip":"4.3.2.1","port":80},'
        '"network":{"transport":"tcp","type":"ipv4","community_id":"1:hpPjLw3Udxwn0mAWxZOLiuj7axo="},'
        '"host":{"ip":["1.2.3.4"],"os":{"name":"Linux","version":"3.x","full":"Linux 3.x","type":"linux"}},'
        '"huginn":{"flow":1,"event":"syn_ack","from_server":true,"ip_version":4,"ttl":64,"ittl":64,'
        '"distance":0,"olen":0,"mss":1460,"wsize":8192,"window_kind":"literal","window_multiple":0,'
        '"wscale":0,"olayout":"mss","quirks":[],"pclass":"0","dscp":0,"syn_seen":false,'
        '"signature":"4:64+0:0:1460:8192,0:mss::0","match":{"name":"Linux","flavor":"3.x",'
        '"kind":"specific","fuzzy":false,"userland":false,"quality":1.0,'
        '"signature":"*:64:0:*:*,*:mss:df,id+:0","file":"linux.fp","line":7'
        + answer_text(row, named)
        + '},"params":[]'
        + own_tail(database)
        + ',"observer":{"type":"sensor","vendor":"huginn"},"ecs":{"version":"8.11.0"}}\n'
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Linux", "linux"),
        ("Windows", "windows"),
        ("macOS", "macos"),
        ("Mac OS X", "macos"),
        ("iOS", "ios"),
        ("Android", "android"),
        ("FreeBSD", "unix"),
        ("macOS or iOS", None),
        ("FreeBSD or macOS", None),
        ("lwIP", None),
    ],
)
def test_type_of_the_system(name: str, expected: str | None) -> None:
    os_class = "other" if name == "lwIP" else "unix"
    database = open_database([RenderedSignature(name, os_class=os_class)])
    system = json.loads(render_text(EventRow(signature=0), ECS, database))["host"]["os"]
    assert system.get("type") == expected
    assert (system["name"], system["full"], "version" in system) == (name, name, False)


def test_tools_and_strangers_are_no_system() -> None:
    database = open_database([RenderedSignature("NMap", userland=True)], LINKS)
    for row in (EventRow(signature=0), EventRow(), EventRow(event=MTU, mtu=1492, link=0)):
        assert json.loads(render_text(row, ECS, database))["host"] == {"ip": ["1.2.3.4"]}


def test_uptime_is_in_seconds_and_only_when_reliable() -> None:
    for doubt in (0, 1):
        row = EventRow(event=CLIENT_UPTIME, uptime_minutes=2**32 - 1, uptime_doubt=doubt)
        host = json.loads(render_text(row, ECS))["host"]
        assert host.get("uptime") == (None if doubt else (2**32 - 1) * 60)


def test_the_interface_of_live_capture() -> None:
    text, _ = render_piece(new_renderer(ECS, interface=b'eth"0'), Rows([EventRow()]), 0, 1, 9000)
    observer = {"type": "sensor", "vendor": "huginn", "ingress": {"interface": {"name": 'eth"0'}}}
    assert json.loads(text)["observer"] == observer


def test_the_capture_file() -> None:
    for interface, expected in ((None, {"file": {"path": 'a "b".pcap'}}), (b"eth0", None)):
        renderer = new_renderer(ECS, interface=interface)
        assert lib.hg_renderer_capture(renderer, ffi.new("char[]", b'a "b".pcap'), ffi.NULL) == lib.HG_OK
        text, _ = render_piece(renderer, Rows([EventRow()]), 0, 1, 9000)
        assert json.loads(text).get("log") == expected


@given(rows())
def test_it_says_what_json_says(row: EventRow) -> None:
    database = open_database(NAMED, LINKS)
    record: dict[str, Any] = json.loads(render_text(row, ECS, database))
    plain = json.loads(render_text(row, JSON, database))
    assert record["@timestamp"] == plain.pop("time")
    assert record["event"]["sequence"] == plain.pop("packet_number")
    assert record["event"]["dataset"] == f"huginn.{plain['event']}"
    assert record["source"] == {"ip": plain["src_ip"], "port": plain.pop("src_port")}
    assert record["host"]["ip"] == [plain.pop("src_ip")]
    assert record["destination"] == {"ip": plain.pop("dst_ip"), "port": plain.pop("dst_port")}
    version = f"ipv{row.ip_version}"
    ids = {"transport": "tcp", "type": version, "community_id": plain.pop("community_id")}
    assert record["network"] == ids
    assert record["huginn"] == plain

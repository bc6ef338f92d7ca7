"""``--format eve``: records as Suricata writes its events."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given

from tests.render.answers import answer_text
from tests.render.databases import RenderedSignature, open_database
from tests.render.test_json import LINKS, NAMED, own_tail, rows
from tests.support.rendered_rows import (
    CLIENT_UPTIME,
    EVE,
    JSON,
    MTU,
    SYN_ACK,
    EventRow,
    ffi,
    lib,
    new_renderer,
    render,
    render_piece,
    render_text,
)
from tests.support.rendered_rows import RowBatch as Rows


def test_a_syn_ack() -> None:
    named = [RenderedSignature("Linux", "3.x", file="linux.fp", line=7)]
    database = open_database(named)
    row = EventRow(
        event=SYN_ACK, time_ns=1084443427311224999, packet_number=9, from_server=1, syn_seen=1, signature=0
    )
    assert render_text(row, EVE, database) == (
        '{"timestamp":"2004-05-13T10:17:07.311224+0000","flow_id":4735031354440334,"pcap_cnt":9,'
        '"event_type":"fingerprint","src_ip":"1.2.3.4","src_port":1524,"dest_ip":"4.3.2.1","dest_port":80,'
        '"proto":"TCP","ip_v":4,"direction":"to_client","community_id":"1:hpPjLw3Udxwn0mAWxZOLiuj7axo=",'
        '"fingerprint":{"time":"2004-05-13T10:17:07.311224999Z","flow":1,"event":"syn_ack",'
        '"from_server":true,"ip_version":4,"ttl":64,"ittl":64,"distance":0,"olen":0,"mss":1460,"wsize":8192,'
        '"window_kind":"literal","window_multiple":0,"wscale":0,"olayout":"mss","quirks":[],"pclass":"0",'
        '"dscp":0,"syn_seen":true,"signature":"4:64+0:0:1460:8192,0:mss::0","match":{"name":"Linux",'
        '"flavor":"3.x","kind":"specific","fuzzy":false,"userland":false,"quality":1.0,'
        '"signature":"*:64:0:*:*,*:mss:df,id+:0","file":"linux.fp","line":7'
        + answer_text(row, named)
        + '},"params":[]'
        + own_tail(database)
        + "}\n"
    )


def test_a_flow_has_one_number_in_both_directions() -> None:
    there = EventRow(source="192.0.2.1", destination="198.51.100.2", src_port=4000, dst_port=80)
    back = EventRow(source="198.51.100.2", destination="192.0.2.1", src_port=80, dst_port=4000)
    other = EventRow(source="192.0.2.1", destination="198.51.100.2", src_port=4001, dst_port=80)
    numbers = [json.loads(line)["flow_id"] for line in render([there, back, other], EVE).splitlines()]
    assert numbers[0] == numbers[1] != numbers[2]
    assert all(0 < number < 2**53 for number in numbers)


@pytest.mark.parametrize("name", [b"eth0", b'br "1"\\', b"\xff\n"])
def test_the_interface_of_live_capture(name: bytes) -> None:
    text, _ = render_piece(new_renderer(EVE, interface=name), Rows([EventRow()]), 0, 1, 9000)
    assert json.loads(text)["in_iface"] == name.decode("utf-8", "replace")
    assert text.count(b"\n") == 1
    assert "in_iface" not in json.loads(render_text(EventRow(), EVE))


@pytest.mark.parametrize("name", [b"a b.pcap", b'"\xff\n', b"x" * 65535])
def test_the_capture_file(name: bytes) -> None:
    shown = name.decode("utf-8", "replace")
    for interface in (None, b"eth0"):
        renderer = new_renderer(EVE, interface=interface)
        assert lib.hg_renderer_capture(renderer, ffi.new("char[]", name), ffi.NULL) == lib.HG_OK
        text, _ = render_piece(renderer, Rows([EventRow()]), 0, 1, 1 << 20)
        record = json.loads(text)
        assert record.get("pcap_filename") == (None if interface else shown), "as Suricata: of files only"
        assert lib.hg_renderer_capture(renderer, ffi.NULL, ffi.NULL) == lib.HG_OK
        text, _ = render_piece(renderer, Rows([EventRow()]), 0, 1, 1 << 20)
        assert "pcap_filename" not in json.loads(text)


EXPECTED = {"timestamp", "flow_id", "pcap_cnt", "event_type", "src_ip", "src_port", "dest_ip", "dest_port"}
EXPECTED |= {"proto", "ip_v", "direction", "community_id", "fingerprint"}


@given(rows())
def test_it_says_what_json_says(row: EventRow) -> None:
    database = open_database(NAMED, LINKS)
    record: dict[str, Any] = json.loads(render_text(row, EVE, database))
    plain = json.loads(render_text(row, JSON, database))
    assert set(record) == EXPECTED
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+0000", record["timestamp"])
    assert record["timestamp"][:26] == plain["time"][:26]
    names = {"packet_number": "pcap_cnt", "dst_ip": "dest_ip", "dst_port": "dest_port"}
    for key in ("packet_number", "src_ip", "src_port", "dst_ip", "dst_port", "community_id"):
        assert record[names.get(key, key)] == plain.pop(key)
    assert record["fingerprint"] == plain
    assert record["ip_v"] == row.ip_version
    assert record["direction"] == ("to_client" if row.from_server else "to_server")


def test_mtu_and_uptime() -> None:
    database = open_database([], LINKS)
    made = [EventRow(event=MTU, mtu=1492, link=0), EventRow(event=CLIENT_UPTIME, uptime_minutes=5)]
    mtu, uptime = (json.loads(line)["fingerprint"] for line in render(made, EVE, database).splitlines())
    assert (mtu["event"], mtu["mtu"], mtu["link"]) == ("mtu", 1492, "DSL")
    assert (uptime["event"], uptime["uptime_minutes"]) == ("client_uptime", 5)

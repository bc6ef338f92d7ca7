"""``--format p0f-json``: p0f's log lines as objects, with the keys that T-Pot and MHN read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from tests.render.databases import one
from tests.support.rendered_rows import (
    CLIENT_UPTIME,
    MTU,
    P0F,
    P0F_JSON,
    SYN_ACK,
    EventRow,
    render,
    render_text,
)

SAMPLE = Path(__file__).parents[2] / "examples" / "sample.pcap"
ENDS = {"client_ip": "1.2.3.4", "client_port": "1524", "server_ip": "4.3.2.1", "server_port": "80"}


def as_object(line: str) -> dict[str, str]:
    """What the object of a log line must be, by the rule of the format."""
    found = re.fullmatch(r"\[([^\]]*)\] (.*)", line)
    assert found
    made = {"timestamp": found[1]}
    for field in found[2].split("|"):
        key, _, value = field.partition("=")
        value = re.sub(r"\\x([0-9a-f]{2})", lambda byte: chr(int(byte[1], 16)), value)
        value = value.encode("latin-1", "ignore").decode("utf-8", "replace")
        if key in ("cli", "srv"):
            side = {"cli": "client", "srv": "server"}[key]
            made[f"{side}_ip"], _, made[f"{side}_port"] = value.rpartition("/")
        else:
            made["subject" if key == "subj" else key] = value
    return made


def test_the_object_of_a_syn() -> None:
    """Keys that T-Pot's logstash and MHN's processors read; each value is a string."""
    row = EventRow(ttl=41, distance=23, wsize=1024, signature=0, time_ns=1586534017_500_000_000)
    database = one("NMap", "SYN scan", userland=True, unreliable_ttl=True)
    assert render_text(row, P0F_JSON, database) != render_text(row, P0F, database)
    found = json.loads(render_text(row, P0F_JSON, database))
    assert found == ENDS | {
        "timestamp": found["timestamp"],
        "mod": "syn",
        "subject": "cli",
        "app": "NMap SYN scan",
        "dist": "<= 23",
        "params": "random_ttl",
        "raw_sig": "4:41+23:0:1460:1024,0:mss::0",
    }
    assert re.fullmatch(r"2020/04/\d\d \d\d:\d\d:37", found["timestamp"])


def test_other_events() -> None:
    mtu = json.loads(render_text(EventRow(event=MTU, mtu=1492), P0F_JSON))
    assert (mtu["mod"], mtu["link"], mtu["raw_mtu"]) == ("mtu", "???", "1492")
    uptime = EventRow(event=CLIENT_UPTIME, uptime_minutes=36, modulo_days=49, raw_frequency_hz=1000.0)
    found = json.loads(render_text(uptime, P0F_JSON))
    assert found["uptime"] == "0 days 0 hrs 36 min (modulo 49 days)"
    assert (found["mod"], found["raw_freq"]) == ("uptime", "1000.00 Hz")
    answer = json.loads(render_text(EventRow(event=SYN_ACK, from_server=1, source="2001:db8::1"), P0F_JSON))
    assert (answer["mod"], answer["subject"], answer["server_port"]) == ("syn+ack", "srv", "1524")


def test_the_sample() -> None:
    """Each line of the log has its object, and hellos have none."""
    lines, objects = [], []
    for batch in hg.Analyzer().batches(SAMPLE):
        lines += batch.render("p0f").decode().splitlines()
        objects += batch.render("p0f-json").decode().splitlines()
    assert [json.loads(text) for text in objects] == [as_object(line) for line in lines]
    assert len(lines) > 20


def test_labels_are_strings_whatever_they_hold() -> None:
    """What the log writes as \\xNN is itself in JSON; nothing adds a member or a line."""
    text = render_text(EventRow(signature=0), P0F_JSON, one('a|os=b"', "c\nd\x1b[2Je\\f\u2028\xe4"))
    assert text.count("\n") == 1
    found = json.loads(text)
    assert found["os"] == 'a|os=b" c\nd\x1b[2Je\\f\u2028\xe4'
    assert len(found) == 11


@pytest.mark.parametrize("name", ["\x01" * 3000, '"' * 3000, "\\" * 3000, "\u2028" * 1000])
def test_long_labels_have_room(name: str) -> None:
    assert json.loads(render_text(EventRow(signature=0), P0F_JSON, one(name, "x")))["os"] == f"{name} x"


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=8))
def test_times_are_those_of_the_log(times: list[int]) -> None:
    rows = [EventRow(time_ns=time_ns) for time_ns in times]
    stamps = [line[1:20] for line in render(rows, P0F).decode().splitlines()]
    assert [json.loads(one)["timestamp"] for one in render(rows, P0F_JSON).splitlines()] == stamps

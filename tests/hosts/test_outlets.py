"""Each finding is the same in all outlets: summary, page, events, OCSF, store, messages, MQTT, MCP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.applications.alerting import forms, messages
from huginn_cffi.applications.assistants.tools import Tools
from huginn_cffi.store.news import News
from huginn_cffi.store.reading import COLUMNS, Store
from sigcompiler.schema.findings import FINDINGS, WEIGHTS, news_finding
from tests.hosts.test_each_finding import EXAMPLES
from tests.support.captures import pcap
from tests.support.in_process import run_in_process_as_text as run
from tests.support.summary_findings import CASES

ROOT = Path(__file__).parents[2]
BY_KIND = {one.kind: one for one in FINDINGS}
SEVERITIES = {4: "act now", 3: "check", 1: "for information"}
SHARED = ("attacks", "claims", "alerts", "plants", "wrong", "card")


def read(path: Path) -> Callable[[], bytes]:
    return path.read_bytes


def captures() -> dict[str, Callable[[], bytes]]:
    """Each finding's example, the examples of the manual, and small ones of the reference material."""
    found: dict[str, Callable[[], bytes]] = dict(EXAMPLES)
    for name, (packets, _) in CASES.items():
        found[f"case {name}"] = lambda packets=packets: pcap(packets)  # type: ignore[misc]
    files = [*(ROOT / "examples").glob("*.pcap")]
    for name in SHARED:
        files += sorted((ROOT.parent / "shared" / "cases" / name).glob("*.pcap"))[:6]
    return found | {f"{one.parent.name} {one.name}": read(one) for one in sorted(files)}


CAPTURES = captures()


def lines(*words: str | Path) -> list[dict[str, Any]]:
    done = run(*words)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def weighed(found: list[dict[str, Any]]) -> dict[str, str]:
    """The findings about hosts with their weights."""
    return {one["kind"]: one["weight"] for one in found if one["kind"] in BY_KIND}


def finding_of(event: dict[str, Any]) -> str | None:
    if event["event"] == "finding":
        return str(event["finding"])
    found = news_finding(*map(event.get, ("change", "before", "after", "claimed_role")))
    return found and found.kind


def page_of(path: Path, folder: Path) -> list[dict[str, Any]]:
    assert run("report", path, "-o", folder / "page.html").returncode == 0
    [data] = re.findall(
        '<script type="application/json"[^>]*>(.*?)</script>', (folder / "page.html").read_text(), re.S
    )
    found: list[dict[str, Any]] = json.loads(data)["findings"]
    return found


def test_there_are_enough_captures() -> None:
    assert len(CAPTURES) >= 40


@pytest.mark.parametrize("name", CAPTURES)
def test_a_finding_is_the_same_everywhere(name: str, tmp_path: Path) -> None:
    path, store = tmp_path / "x.pcap", tmp_path / "s.sqlite"
    path.write_bytes(CAPTURES[name]())
    words = ("--events", "finding,device_change", path)
    events = lines("pcap", "--format", "json", *words)
    found = lines("pcap", "--summary", "--format", "json", path)[0]["findings"]
    expected, told = weighed(found), {finding_of(one) for one in events} - {None}
    assert all(BY_KIND[kind].weight == weight for kind, weight in expected.items())

    # events: one for each finding that is urgent or has one, and none beside the list
    with_event = {one.kind for one in FINDINGS if one.is_stored or one.is_news}
    forged = {kind for kind in told if BY_KIND[str(kind)].is_forgeable}
    assert {kind for kind, weight in expected.items() if weight == WEIGHTS[0]} <= told
    assert expected.keys() & with_event <= told
    assert told - forged <= expected.keys()

    # OCSF: the events again, with their weights
    shown = lines("pcap", "--format", "ocsf", *words)
    assert len(shown) == len(events)
    for event, ocsf in zip(events, shown, strict=True):
        kind = finding_of(event)
        weight = BY_KIND[kind].weight if kind else WEIGHTS[-1]
        assert (SEVERITIES[ocsf["severity_id"]], ocsf["is_alert"]) == (weight, weight == WEIGHTS[0])
        assert kind is None or ocsf["finding_info"]["title"] in (BY_KIND[kind].mark, kind.replace("_", " "))

    # store, page, MCP: the same list and sentences
    lines("hosts", "--format", "json", "--store", store, path)
    texts = {one["kind"]: one["text"] for one in found}
    assert page_of(path, tmp_path) == found
    for place, capture in ((tmp_path, "x.pcap"), (store, "")):
        tools = Tools(str(place), Analyzer().database, host_names=True)
        answer = tools.findings(capture)["data_from_network"]
        assert weighed(answer) == expected, place
        if capture:
            assert {one["kind"]: one["text"] for one in answer} == texts

    # messages: the sentence of an event
    for event in events:
        news = News(1, "eth0", 0, json.dumps(event))
        one = messages.Notice("f", news, event)
        for form in ("mail", *forms.WEBHOOK_FORMS):
            made = messages.message([one], "s", "s", form=form)
            if event["event"] == "finding":
                assert forms.harmless(event["reason"], form) in made.text(form), form
                assert event["src_ip"] in made.title
            assert made.events == [event]


@pytest.mark.parametrize("name", CAPTURES)
def test_home_assistant_has_the_findings_of_devices(name: str, tmp_path: Path) -> None:
    """Those of the list whose host is a device of the segment; others have no device there."""
    home_assistant = pytest.importorskip("huginn_cffi.applications.alerting.home_assistant")
    path, store = tmp_path / "x.pcap", tmp_path / "s.sqlite"
    path.write_bytes(CAPTURES[name]())
    lines("hosts", "--format", "json", "--store", store, path)
    listed = weighed(lines("pcap", "--summary", "--format", "json", path)[0]["findings"])
    with Store(str(store)) as opened:
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in opened.rows("local AND mac IS NOT NULL")]
    of_devices = {one for row in rows if row["findings"] for one in row["findings"].split(" | ")}
    broker = home_assistant.HomeAssistant("mqtt://127.0.0.1:9", str(store), host_names=False)
    try:
        wanted = broker.wanted(0)
    finally:
        broker.close()
    told = [json.loads(text) for topic, text in wanted.items() if topic.endswith("/attributes")]
    assert {kind for one in told for kind in one["findings"]} == of_devices
    assert of_devices <= listed.keys()
    switched = [text for topic, text in wanted.items() if topic.endswith("/findings")]
    assert switched == ["ON" if one["findings"] else "OFF" for one in told]

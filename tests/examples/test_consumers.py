"""What feeds other programs: dashboards, an index template, joins with Zeek and Suricata."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.run.stats import Stats
from tests.support.core import ROOT
from tests.support.ecs_mapping import mapped
from tests.support.in_process import run_in_process_as_text
from tests.support.schemas import whole_schema_of

EXAMPLES = ROOT / "examples"
SAMPLE = EXAMPLES / "sample.pcap"
SCHEMA = whole_schema_of("record-ecs.schema.json")
BOARDS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (EXAMPLES / "grafana").glob("*.json")
}


def fields(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema that is no object, with its description."""
    for part in (schema, *schema.get("oneOf", ()), *schema.get("anyOf", ())):
        for name, value in part.get("properties", {}).items():
            inner = list(fields(value, f"{path}{name}."))
            yield from inner or [(f"{path}{name}", value)]


ECS = dict(fields(SCHEMA))


def test_the_index_template_maps_every_field() -> None:
    template = json.loads((EXAMPLES / "elastic" / "index-template.json").read_text(encoding="utf-8"))
    mappings = template["template"]["mappings"]
    types = dict(mapped(mappings["properties"]))
    of_hosts = {"event.start", "event.end"}
    assert {*types} == {name for name in ECS if not name.startswith("huginn.")} | of_hosts
    for name, value in ECS.items():
        numeric = value.get("type") == "integer"
        if not name.startswith("huginn."):
            assert (types[name] == "long") == numeric, name
    (texts,) = (next(iter(one.values())) for one in mappings["dynamic_templates"])
    assert texts["path_match"] == "huginn.*"
    assert not mappings["date_detection"], "a version such as 2026-01-01 is no date"


def test_the_index_template_has_the_types_of_ecs() -> None:
    """Those of ECS 8.11, as its reference lists them."""
    template = json.loads((EXAMPLES / "elastic" / "index-template.json").read_text(encoding="utf-8"))
    types = dict(mapped(template["template"]["mappings"]["properties"]))
    other = {name: type_ for name, type_ in types.items() if type_ != "keyword"}
    assert other == {
        **dict.fromkeys(("@timestamp", "event.start", "event.end"), "date"),
        **dict.fromkeys(("source.ip", "destination.ip", "host.ip"), "ip"),
        **dict.fromkeys(("source.port", "destination.port", "event.sequence", "host.uptime"), "long"),
        "http.response.status_code": "long",
        "url.path": "wildcard",
    }


def panels() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, board in BOARDS.items():
        for panel in board["panels"]:
            yield name, panel


def test_dashboards_ask_for_what_there_is(tmp_path: Path) -> None:
    pytest.importorskip("prometheus_client", reason="prometheus_client is not installed (extra metrics)")
    from huginn_cffi.sources.metrics import metrics_of, write_metrics

    with hg.Analyzer() as analyzer:
        list(analyzer.batches(SAMPLE))
        stats: Stats = analyzer.stats
    write_metrics(str(tmp_path / "metrics"), metrics_of("eth0", [stats], 0, {"start_time_seconds": 0.0}))
    written = (tmp_path / "metrics").read_text(encoding="utf-8")
    asked = 0
    for _, panel in panels():
        for target in panel["targets"]:
            if panel["datasource"]["type"] == "prometheus":
                (metric,) = re.findall(r"huginn_\w+", target["expr"])
                labels = re.findall(r"\bby \((.*?)\)", target["expr"])
                assert re.search(rf"^{metric}\{{", written, re.MULTILINE), metric
                for label in [
                    *", ".join(labels).split(", "),
                    *re.findall(r"{{(\w+)}}", target["legendFormat"]),
                ]:
                    assert not label or re.search(rf'^{metric}\{{.*\b{label}="', written, re.MULTILINE), label
            else:
                buckets = [one["field"] for one in target["bucketAggs"]]
                metrics = [one["field"] for one in target["metrics"] if "field" in one]
                queried = re.findall(r"([\w.@]+):(?!\w+\.\w+ |_)", target["query"].replace("_exists_:", ""))
                for field in (*buckets, *metrics, *queried):
                    assert field in ECS, field
                for dataset in re.findall(r"huginn\.\w+(?=[ )]|$)", target["query"].partition(":")[2]):
                    assert dataset in text_of_schema() or dataset in ECS
            asked += 1
    assert asked >= 18


def text_of_schema() -> str:
    return json.dumps(SCHEMA)


@pytest.mark.parametrize("name", BOARDS)
def test_dashboards_are_what_grafana_reads(name: str) -> None:
    models = pytest.importorskip(
        "grafana_foundation_sdk.models.dashboard", reason="no grafana-foundation-sdk"
    )
    board = models.Dashboard.from_json(BOARDS[name])
    assert board.title == BOARDS[name]["title"]
    assert len(board.panels) == len(BOARDS[name]["panels"])


@pytest.mark.parametrize("name", BOARDS)
def test_panels_do_not_overlap(name: str) -> None:
    cells = set()
    for panel in BOARDS[name]["panels"]:
        at = panel["gridPos"]
        own = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not own & cells
        assert max(x for x, _ in own) < 24
        cells |= own
    assert len({panel["id"] for panel in BOARDS[name]["panels"]}) == len(BOARDS[name]["panels"])


def run(script: str, given: str, *words: object) -> str:
    command = [sys.executable, EXAMPLES / script, *map(str, words)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_names_for_zeek() -> None:
    lines = run(
        "zeek/names.py", run_in_process_as_text("pcap", "--format", "json", SAMPLE).stdout
    ).splitlines()
    assert lines[:2] == ["#separator \\x09", "#fields\tcommunity_id\tos\tclient"]
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in lines[2:]}
    assert len(rows) == len(lines) - 2
    assert rows["1:UHlUwrhJDWHOYEdk6IcHwmlV1Bk="] == ["NMap SYN scan", "-"]
    assert ["Linux 4.19-6.15", "Chromium or OkHttp"] in rows.values()


def test_the_zeek_script_reads_the_columns_that_are_written() -> None:
    """Zeek is in none of the registries that the tests reach: the text alone is checked."""
    script = (EXAMPLES / "zeek" / "huginn.zeek").read_text(encoding="utf-8")
    (header,) = re.findall(
        r"#fields\\t([\w\\]+)", (EXAMPLES / "zeek" / "names.py").read_text(encoding="utf-8")
    )
    records = re.findall(r"type (?:Key|Names): record \{(.*?)\};", script, re.DOTALL)
    assert [name for record in records for name in re.findall(r"(\w+): string", record)] == header.split(
        "\\t"
    )
    for opening, closing in ("{}", "()", "[]"):
        assert script.count(opening) == script.count(closing)


def test_join_with_suricata(tmp_path: Path) -> None:
    names = tmp_path / "names.jsonl"
    run_in_process_as_text("pcap", "--format", "eve", "-o", names, SAMPLE)
    alert = {"event_type": "alert", "community_id": "1:UHlUwrhJDWHOYEdk6IcHwmlV1Bk=", "flow_id": 1}
    other = {"event_type": "stats"}
    given = "".join(json.dumps(one) + "\n" for one in (alert, other))
    joined = [json.loads(line) for line in run("suricata/join.py", given, names).splitlines()]
    assert joined == [{**alert, "huginn": {"client": "NMap SYN scan"}}, other]


def test_suricata_is_asked_for_the_same_seed() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (extra docs)")
    (found,) = yaml.safe_load((EXAMPLES / "suricata" / "community-id.yaml").read_text(encoding="utf-8"))[
        "outputs"
    ]
    assert (found["eve-log"]["community-id"], found["eve-log"]["community-id-seed"]) == (True, 0)


OBJECTS = [
    json.loads(line)
    for line in (EXAMPLES / "elastic" / "dashboard.ndjson").read_text(encoding="utf-8").splitlines()
]


def found(value: Any, name: str) -> Iterator[Any]:
    """All values of a name, in objects inside objects."""
    if isinstance(value, dict):
        yield from ([value[name]] if name in value else [])
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from found(inner, name)


def test_the_dashboard_for_kibana_asks_for_what_there_is() -> None:
    view, dashboard = OBJECTS
    panels = json.loads(dashboard["attributes"]["panelsJSON"])
    assert {one["id"] for one in dashboard["references"]} == {view["id"]}
    assert len(dashboard["references"]) == len(panels) == 8
    template = json.loads((EXAMPLES / "elastic" / "index-template.json").read_text(encoding="utf-8"))
    assert template["index_patterns"] == [view["attributes"]["title"]]
    datasets = {
        name for value in found(SCHEMA, "dataset") for names in found(value, "enum") for name in names
    }
    assert datasets
    for panel in panels:
        layers = panel["embeddableConfig"]["attributes"]["state"]
        assert {*found(layers, "sourceField")} - {"___records___"} <= {*ECS}, panel
        (query,) = {*found(layers["query"], "query")}
        for field, values in re.findall(r"([\w.]+): (\([^)]*\)|\S+)", query):
            assert field in ECS, query
            if field == "event.dataset":
                assert {*re.findall(r"huginn\.\w+", values)} <= datasets, query


def test_the_dashboard_for_kibana_is_compiled_from_its_source() -> None:
    pytest.importorskip(
        "kb_dashboard_core", reason="kb-dashboard-core is not installed (Python 3.12 or newer)"
    )
    from tools.release.kibana import TARGET, compiled

    assert TARGET.read_text(encoding="utf-8") == compiled()

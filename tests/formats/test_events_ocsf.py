"""``huginn pcap --format ocsf``: Network Activity (4001) and Detection Finding (2004) of OCSF 1.8.0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.captures import pcap
from tests.support.devices.arp import REPLY, arp
from tests.support.hostile_texts import hostile
from tests.support.in_process import run_in_process_as_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SAMPLE = EXAMPLES / "sample.pcap"


def events(*words: object) -> list[dict[str, Any]]:
    done = run_in_process_as_text("pcap", "--format", "ocsf", *words)
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def validators() -> dict[int, Any]:
    """JSON Schema of the classes as it is published."""
    package = pytest.importorskip("ocsf_json_schema", reason="ocsf-json-schema is not installed")
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    made = package.OcsfJsonSchemaEmbedded(package.get_ocsf_schema("1.8.0"))
    return {
        number: jsonschema.Draft202012Validator(made.get_class_schema(name))
        for number, name in ((4001, "network_activity"), (2004, "detection_finding"))
    }


def test_a_handshake_and_its_hello() -> None:
    found = events(SAMPLE)
    first = found[0]
    assert (first["class_uid"], first["type_uid"], first["time"]) == (4001, 400101, 1_768_471_200_000)
    assert first["src_endpoint"]["os"]["type"] == "Windows"
    assert first["connection_info"] == {
        "direction_id": 0,
        "protocol_num": 6,
        "protocol_ver_id": 4,
        "community_uid": "1:ANF593M9nqHAGIkmDim4DPV3WAY=",
    }
    answer = next(one for one in found if one["metadata"]["event_code"] == "syn_ack")
    assert (answer["src_endpoint"]["ip"], answer["dst_endpoint"]["ip"]) == ("192.0.2.10", "198.51.100.80")
    assert answer["dst_endpoint"]["os"]["type"] == "Linux"
    [hello] = [one for one in found if one["metadata"]["event_code"] == "tls_client"]
    assert hello["tls"] == {
        "version": "TLS 1.3",
        "sni": "example.com",
        "ja3_hash": {"algorithm_id": 1, "algorithm": "MD5", "value": "2d4630ca9afcef88ef682a29840a3ffe"},
    }
    assert hello["ja4_fingerprint_list"] == [
        {
            "type_id": 1,
            "type": "JA4",
            "value": "t13d1507h2_8daaf6152771_078775ef5e04",
            "section_a": "t13d1507h2",
            "section_b": "8daaf6152771",
            "section_c": "078775ef5e04",
        }
    ]
    [scan] = [one for one in found if one["src_endpoint"]["ip"] == "192.0.2.66" and one["activity_id"] == 1]
    assert "os" not in scan["src_endpoint"]  # a tool is no system


def test_a_finding() -> None:
    [one] = events("--events", "scanner", SAMPLE)
    assert (one["class_uid"], one["type_uid"], one["severity_id"], one["is_alert"]) == (2004, 200401, 4, True)
    assert one["finding_info"]["types"] == ["scanner"]
    assert one["finding_info"]["desc"] == "sent packets typical of scanners"
    assert one["evidences"][0]["src_endpoint"] == {"ip": "192.0.2.66", "port": 41234}


def test_news_have_the_weight_of_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "two.pcap"
    turns = (0, 1) * 4
    frames = [arp("192.0.2.7", mac=f"00:00:5e:00:53:0{one}", operation=REPLY) for one in turns]
    path.write_bytes(pcap([(10**18 + at * 10**10, one) for at, one in enumerate(frames)], 1))
    found = events("--events", "device_change", path)
    weights = {one["finding_info"]["types"][0]: (one["severity_id"], one["is_alert"]) for one in found}
    assert weights == {
        "device_new": (1, False),
        "address_claimed": (3, False),
    }
    claim = next(one for one in found if one["severity_id"] == 3)
    assert claim["evidences"][0]["src_endpoint"].keys() == {"ip", "mac"}


def test_all_events_are_valid(tmp_path: Path) -> None:
    (tmp_path / "hostile.pcap").write_bytes(hostile())
    made, seen = validators(), set()
    captures = SAMPLE, EXAMPLES / "devices.pcap", EXAMPLES / "spoofed.pcap", tmp_path / "hostile.pcap"
    for words in ((), ("--events", "finding"), ("--events", "device_change")):
        for one in events(*words, *captures):
            made[one["class_uid"]].validate(one)
            seen.add(one["class_uid"])
    assert seen == {4001, 2004}


def test_it_has_no_fields_to_choose_and_is_one_file(tmp_path: Path) -> None:
    for words, reason in (
        (("--fields", "src_ip"), "ocsf has no fields to choose from"),
        (("-o", f"{tmp_path}/"), "ocsf is written to one file"),
    ):
        done = run_in_process_as_text("pcap", "--format", "ocsf", *words, SAMPLE)
        assert (done.returncode, done.stdout) == (2, "")
        assert reason in done.stderr

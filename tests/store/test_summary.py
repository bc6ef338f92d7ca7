"""What a store shows of all hosts together, in all forms; what captures say is the same."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.base.errors import StoreError
from huginn_cffi.cli import main
from huginn_cffi.hosts.objects import Ended, Evidence
from huginn_cffi.store.reading import Store
from huginn_cffi.store.summary import TOP_HOSTS, about_all, begin_of_news, document
from huginn_cffi.store.writer import Writer
from sigcompiler.schema.hosts import KEYS
from tests.support.captures import pcap
from tests.support.conversations import capture
from tests.support.damaged_stores import change
from tests.support.devices.arp import arp
from tests.support.hosts import host, port, sighting, source_of
from tests.support.sample import sample
from tests.support.schemas import schema_of
from tests.support.tls.certificate_model import certificate, rsa, served, utc

Printed = pytest.CaptureFixture[str]
XP = Ended("system", "Windows XP", "2014-04-08", 0.96, ("SYN: Windows XP (3 packets)",))
WHY = (
    Evidence("syn", "Windows XP", 3, None, None, "handshake", "agrees"),
    Evidence("segments", "Linux", 5, None, None, "handshake", "contradicts"),
    Evidence("announcement", "Windows 10", 1, None, None, "segment", "agrees"),
)
TUNNEL = "gre between 203.0.113.1 and 203.0.113.2"


def made(folder: Path) -> str:
    """Two sensors of one site saw the first host."""
    path = str(folder / "hosts.sqlite")
    xp = sighting(name="Windows", flavor="XP", packets=3)
    tool = sighting("tool", "NMap", "SYN scan", packets=40)
    curl = (sighting("tls_client", "curl", ""), sighting("http_client", "curl", ""))
    first = host(
        *("192.0.2.1",),
        family="Windows",
        flavor="XP",
        version_confidence=0.96,
        policy="windows",
        findings=("old_system",),
        ended=(XP,),
        evidence=WHY,
        sightings=(xp, tool, *curl),
        tools=("NMap",),
        ports=(port(445, "server"),),
        local=True,
    )
    scanner = host("198.51.100.7", tunnel=TUNNEL, findings=("horizontal_scan", "scanner"), sightings=(tool,))
    Writer(
        path,
        "gate",
        source_of([first, scanner, host("198.51.100.7"), host("2001:db8::9", family=None, flavor=None)]),
    ).close()
    Writer(
        path,
        "yard",
        source_of(
            [replace(first, findings=("old_system", "several_systems"), last_seen_ns=first.last_seen_ns + 1)]
        ),
    ).close()
    return path


def test_text_has_the_lines_of_captures(tmp_path: Path, capsys: Printed) -> None:
    assert main(["hosts", "--store", made(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert (
        "[Host] 192.0.2.1\n"
        "  OS:     Windows XP\n"
        "  Sure:   90 %, versions 96 %\n"
        "  Why:    SYN: Windows XP (3 packets)\n"
        "  But:    segments: Linux (5 segments or more)\n"
        "  Ended:  support of Windows XP on 2014-04-08\n"
        "  Tool:   NMap\n"
        "  App:    curl\n"
        "  Ports:  answers from 445\n"
    ) in text
    assert "  Found:  old system\n" in text or "  Found:  old system, several systems\n" in text
    assert text.endswith(
        "Findings\n"
        "  198.51.100.7 in a tunnel tried many addresses that did not answer\n"
        "  198.51.100.7 in a tunnel sent packets typical of scanners\n"
        "  192.0.2.1 had an unsupported system\n"
        "  192.0.2.1 had several systems behind one address\n"
        "  (ends of support: endoflife.date of August 2026, without paid support)\n"
        "\n"
        "No finding about address takeovers, false claims\n"
    )
    assert main(["hosts", "--store", made(tmp_path), "--where", "family = 'Windows'"]) == 0
    assert "No finding" not in capsys.readouterr().out


def test_the_document_fits_its_schema_and_counts_each_host_once(tmp_path: Path, capsys: Printed) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    assert main(["hosts", "--store", made(tmp_path), "--summary", "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema_of("summary.schema.json"))
    assert (found["hosts"], found["local_hosts"], found["packets"]) == (4, 1, 0)
    named = [
        (one["role"], one["name"], one["tool"], one["hosts"], one["packets"]) for one in found["systems"]
    ]
    assert ("client", "Windows", False, 1, 6) in named
    assert ("client", "NMap", True, 2, 120) in named
    assert [(one["name"], one["hosts"]) for one in found["tls"]["clients"]] == [("curl", 1)]
    assert {one["network"]: one["hosts"] for one in found["subnets"]} == {
        "198.51.100.0/24": 2,
        "192.0.2.0/24": 1,
        "2001:db8::/48": 1,
    }
    assert sum(one["hosts"] for one in found["families"]) == 4
    assert {"name": "Windows", "hosts": 1} in found["families"]
    assert found["top_hosts"][0]["ip"] == "192.0.2.1"
    assert [one["kind"] for one in found["findings"]] == [
        *("horizontal_scan", "scanner", "old_system", "several_systems")
    ]
    seen = {(one["first_seen"][:10], one["last_seen"][:10]) for one in found["findings"]}
    assert seen == {("2023-11-14", "2023-11-14")}  # of the host: a store has no packets behind a finding


def test_summary_as_text_has_no_empty_lists(tmp_path: Path, capsys: Printed) -> None:
    assert main(["hosts", "--store", made(tmp_path), "--summary"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Time      2023-11-14T22:13:20.000000000Z to ")
    assert "Hosts     4 (1 local, 3 remote)\n" in text
    assert "Systems\n" in text
    assert "TLS clients\n" in text
    assert not any(word in text for word in ("Packets", "Uptimes", "Unknown signatures", "\n  none"))


def test_a_page_has_the_hosts_of_the_store(tmp_path: Path, capsys: Printed) -> None:
    page = tmp_path / "page.html"
    assert main(["report", "--store", made(tmp_path), "-o", str(page), "--hosts", "all"]) == 0
    text = page.read_text(encoding="utf-8")
    [data] = [line for line in text.splitlines() if '"event": "summary"' in line]
    found = json.loads(data[data.index("{") : data.rindex("}") + 1])
    assert len(found["more_hosts"]) == 4
    assert set(found["top_hosts"][0]) == {"event", *(one.name for one in KEYS)}
    assert found["top_hosts"][0]["evidence"][1]["relation"] == "contradicts"
    assert found["top_hosts"][0]["ended"][0]["product"] == "Windows XP"


def test_beyond_the_first_hosts_some_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "many.sqlite")
    Writer(
        path, "gate", source_of([host(0xC0000200 + at, syns=at + 1) for at in range(TOP_HOSTS + 3)])
    ).close()
    with Store(path) as store:
        found = document(store)
        assert "more_hosts" not in found
        assert len(document(store, all_hosts=True)["more_hosts"]) == TOP_HOSTS + 3
        monkeypatch.setattr("huginn_cffi.store.summary.PAGE_HOSTS", TOP_HOSTS)
        assert document(store, all_hosts=True)["omitted_hosts"] == 3
    assert found["omitted"] == {"top_hosts": 3}
    assert found["top_hosts"][0]["syns"] == TOP_HOSTS + 3


DAY = 86_400 * 10**9
OLD = 1_760_000_000 * 10**9
"""2025-10-09 08:53:20 UTC."""


@pytest.mark.parametrize(
    ("days", "since"), [(30, "2025-11-01T08:53:20"), (3, "2025-10-11T08:53:20"), (1, None)]
)
def test_a_page_over_time_lists_local_devices_and_the_begin_of_what_is_new(
    days: int, since: str | None, tmp_path: Path
) -> None:
    """The last week, in a younger store the last day; remote hosts are no devices of ours."""
    path = str(tmp_path / "time.sqlite")
    seen = [
        host("192.168.0.1", local=True, first_seen_ns=OLD, last_seen_ns=OLD + DAY // 2),
        host("192.168.0.2", local=True, first_seen_ns=OLD + days * DAY - 5, last_seen_ns=OLD + days * DAY),
        host("198.51.100.7", first_seen_ns=OLD, last_seen_ns=OLD),
    ]
    Writer(path, "gate", source_of(seen)).close()
    with Store(path) as store:
        found = document(store)
    assert [one["addresses"] for one in found["local_devices"]] == [["192.168.0.1"], ["192.168.0.2"]]
    begin = begin_of_news(found)
    assert (begin and begin[:19]) == since


def test_tables_and_documents(tmp_path: Path, capsys: Printed) -> None:
    path = made(tmp_path)
    assert main(["hosts", "--store", path, "--format", "csv", "--where", "ip = '192.0.2.1'"]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["evidence"] == "SYN: Windows XP (3 packets) | segments: Linux (5 segments or more)"
    assert row["ended"] == "Windows XP since 2014-04-08"
    assert main(["hosts", "--store", path, "--format", "ecs", "--where", "ip = '192.0.2.1'"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert one["host"]["os"] == {"name": "Windows", "version": "XP", "full": "Windows XP", "type": "windows"}
    assert one["huginn"]["server_ports"] == [445]


def test_tables_of_arrow(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    out = tmp_path / "hosts.parquet"
    assert main(["hosts", "--store", made(tmp_path), "--format", "parquet", "-o", str(out)]) == 0
    table = parquet.read_table(out)
    assert table.schema.field("first_seen").type == pa.timestamp("ns", "UTC")
    [row] = (one for one in table.select(["ip", "tools", "local", "ended"]).to_pylist() if one["local"])
    assert (row["ip"], row["tools"], row["ended"][0]["product"]) == ("192.0.2.1", ["NMap"], "Windows XP")


def test_new_hosts_are_listed_in_json(tmp_path: Path, capsys: Printed) -> None:
    path, capture = made(tmp_path), tmp_path / "sample.pcap"
    capture.write_bytes(sample())
    arguments = ["hosts", str(capture), "--format", "json", "--store"]
    for store, is_known in ((path, True), (str(tmp_path / "fresh.sqlite"), False)):
        assert main([*arguments, store]) == 0
        *hosts, end = map(json.loads, capsys.readouterr().out.splitlines())
        new = [one["ip"] or one["mac"] for one in hosts if one["ip"] != "192.0.2.1"]
        assert end["new_hosts"] == (list(dict.fromkeys(new)) if is_known else None)


@pytest.mark.parametrize(
    "value",
    [
        "'{\"syn\": 1}'",
        "'[[1]]'",
        '\'[["syn", 7, 3, "agrees"]]\'',
        '\'[["syn", "Linux", "3", "agrees"]]\'',
        "'nothing'",
        "'" + "[" * 5000 + "'",
    ],
)
def test_evidence_that_no_store_has(tmp_path: Path, value: str) -> None:
    path = made(tmp_path)
    change(path, f"UPDATE host SET evidence = {value}")
    with Store(path) as store, pytest.raises(StoreError, match="is damaged"):
        list(store.values())


@pytest.mark.parametrize("change_to", ["findings = x'07'", "first_seen = 'x', findings = 'clocks'"])
def test_findings_that_no_store_has(tmp_path: Path, change_to: str) -> None:
    path = made(tmp_path)
    change(path, f"UPDATE host SET {change_to}")
    with Store(path) as store, pytest.raises(StoreError, match="is damaged"):
        about_all(store)


def of_both(path: Path, capsys: Printed) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document of a capture, and of a store of its hosts."""
    capsys.readouterr()
    assert main(["pcap", "--summary", "--format", "json", str(path)]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert main(["hosts", "--store", str(path.with_suffix(".sqlite")), str(path)]) == 0
    with Store(path.with_suffix(".sqlite")) as store:
        return summary, document(store)


def test_a_page_of_a_store_has_the_cryptography_of_the_capture(tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "tls.pcap"
    early, malformed = (
        certificate(not_after=utc("241201000000Z")),
        certificate(not_after=utc("x"), key=rsa(1024)),
    )
    frames = [
        frame
        for port, leaf in enumerate((certificate(), early, malformed), 3000)
        for frame in served(leaf, port=port).packets
    ]
    path.write_bytes(capture(*frames))
    summary, stored = of_both(path, capsys)
    assert stored["negotiated"] == summary["negotiated"] != []
    assert stored["certificates"] == summary["certificates"]
    ends = [None, "2024-12-01T00:00:00Z", "2030-01-01T00:00:00Z"]
    assert [one["not_after"] for one in stored["certificates"]] == ends


def test_local_devices_have_their_vlans(tmp_path: Path, capsys: Printed) -> None:
    """The same address in two VLANs, and one outside of VLANs."""
    path = tmp_path / "vlans.pcap"
    frames = [arp(ip, mac=f"00:00:5e:00:53:0{at}") for at, ip in enumerate(("10.0.0.7",) * 2 + ("10.1.0.7",))]
    for at, vlan in enumerate((10, 20)):
        frames[at] = frames[at][:12] + b"\x81\0\0" + bytes((vlan,)) + frames[at][12:]
    path.write_bytes(pcap([(10**18, one) for one in frames], 1))
    for found in of_both(path, capsys):
        segments = {one["mac"][-2:]: (one["segments"], one["addresses"]) for one in found["local_devices"]}
        assert segments == {
            "00": (["VLAN 10"], ["10.0.0.7"]),
            "01": (["VLAN 20"], ["10.0.0.7"]),
            "02": ([], ["10.1.0.7"]),
        }

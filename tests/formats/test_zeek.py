"""Logs of Zeek: its names and types of fields, read by zat, and the same hosts as other formats have."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from huginn_cffi.formats.folders import MANIFEST
from huginn_cffi.formats.zeek import LOGS, ZeekLogs, uid
from tests.support.hostile_texts import hostile
from tests.support.in_process import run_in_process, run_in_process_as_text
from tests.support.sample import sample

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

ZEEK = {
    "conn": "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port",
    "ssl": "version:string cipher:string curve:string server_name:string next_protocol:string",
    "http": "trans_depth:count method:string host:string uri:string version:string user_agent:string "
    "status_code:count",
    "ssh": "version:count client:string server:string kex_alg:string",
    "software": "ts:time host:addr software_type:enum name:string version.major:count version.minor:count "
    "version.minor2:count version.minor3:count version.addl:string unparsed_version:string",
    "known_hosts": "ts:time host:addr",
    "known_services": "ts:time host:addr port_num:port port_proto:enum service:set[string]",
    "known_devices": "ts:time mac:string",
}
"""Fields and types of Zeek 7.0's script reference: HTTP::Info, SSL::Info, SSH::Info, Software::Info,
Known::HostsInfo, Known::ServicesInfo, Known::DevicesInfo."""
ADDED = "community_id:string ja3:string ja3s:string ja4:string"
"""Fields of policy/protocols/conn/community-id-logging, and of the packages ja3 and ja4."""


def made(tmp_path: Path, command: str, *captures: object, form: str = "zeek") -> Path:
    folder = tmp_path / f"{command}-{form}"
    done = run_in_process(command, "--format", form, "-o", folder, *captures)
    assert (done.returncode, done.stdout) == (0, b"")
    return folder


def logs_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != MANIFEST)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a log, by Zeek's documentation of the format; a field without a value is missing."""
    heads = dict(line.split("\t", 1) for line in path.read_text("utf-8").split("\n") if line.startswith("#f"))
    names = heads["#fields"].split("\t")
    rows = [line.split("\t") for line in path.read_text("utf-8").split("\n") if line[:1] not in ("#", "")]
    assert {len(row) for row in rows} == {len(names)}
    return [
        {name: unescaped(cell) for name, cell in zip(names, row, strict=True) if cell != "-"} for row in rows
    ]


def unescaped(cell: str) -> str:
    if cell == "(empty)":
        return ""
    raw = re.sub(
        rb"\\(?:x([0-9a-f]{2})|(\\))",
        lambda one: bytes.fromhex(one[1].decode()) if one[1] else b"\\",
        cell.encode(),
    )
    return raw.decode()


def test_fields_and_types_are_those_of_zeek() -> None:
    assert sorted(LOGS) == sorted({*ZEEK} - {"conn"})
    for log, fields in LOGS.items():
        expected = [*ZEEK["conn"].split(), *ADDED.split()] if log in ("ssl", "http", "ssh") else []
        assert {*fields.split()} <= {*expected, *ZEEK[log].split()}


def test_known_hosts_and_devices_are_those_of_the_commands(tmp_path: Path) -> None:
    captures = EXAMPLES / "sample.pcap", EXAMPLES / "devices.pcap"
    folder = made(tmp_path, "hosts", *captures)
    *hosts, _ = map(
        json.loads, run_in_process_as_text("hosts", "--format", "json", *captures).stdout.splitlines()
    )
    assert [one["host"] for one in read(folder / "known_hosts.log")] == [
        one["ip"] for one in hosts if one["ip"]
    ]
    found = [(one["host"], int(one["port_num"])) for one in read(folder / "known_services.log")]
    assert found == [(one["ip"], port) for one in hosts for port in one["server_ports"]]
    devices = run_in_process_as_text("devices", "--format", "json", *captures).stdout.splitlines()
    macs = [mac for one in map(json.loads, devices) if (mac := one["mac"]) is not None]
    assert [one["mac"] for one in read(made(tmp_path, "devices", *captures) / "known_devices.log")] == macs
    assert len(macs) == 7


def test_connections_have_both_sides_in_a_row(tmp_path: Path) -> None:
    folder = made(tmp_path, "pcap", EXAMPLES / "sample.pcap")
    assert [path.name for path in logs_in(folder)] == ["ssh.log", "ssl.log"]
    [row] = read(folder / "ssl.log")
    assert row == {
        "ts": "1768471207.115000",
        "uid": uid(row["community_id"]),
        "id.orig_h": "192.0.2.144",
        "id.orig_p": "55812",
        "id.resp_h": "198.51.100.80",
        "id.resp_p": "443",
        "community_id": "1:SgvuNRnHngS3Vdj697iicMp/j8Y=",
        "version": "TLSv13",
        "cipher": "TLS_AES_128_GCM_SHA256",
        "curve": "x25519",
        "server_name": "example.com",
        "ja3": "2d4630ca9afcef88ef682a29840a3ffe",
        "ja3s": "f4febc55ea12b31ae17cfb7e614afda8",
        "ja4": "t13d1507h2_8daaf6152771_078775ef5e04",
    }
    assert re.fullmatch(r"C[0-9A-Za-z]{17}", row["uid"])
    [ssh] = read(folder / "ssh.log")
    assert (ssh["id.orig_h"], ssh["version"], ssh["server"]) == ("203.0.113.7", "2", "SSH-2.0-made-up")


HOSTILE = (
    "a\tb\nc\r\0\x1b[2J\u2028\x85d",
    "-",
    "",
    "(empty)",
    "back\\slash \\x09",
    "=cmd|' /C calc'!A0",
    "é, ü",
)


def test_no_text_leaves_its_cell(tmp_path: Path) -> None:
    logs = ZeekLogs(tmp_path)
    for text in HOSTILE:
        logs.add("http", {"ts": 10**18, "user_agent": text, "host": "after"})
    logs.close()
    assert [(one["user_agent"], one["host"]) for one in read(tmp_path / "http.log")] == [
        (text, "after") for text in HOSTILE
    ]
    text = (tmp_path / "http.log").read_text("utf-8")
    assert not re.search(r"[^\t\n\x20-\x7eéü]", text)


def test_a_request_of_a_capture(tmp_path: Path) -> None:
    (tmp_path / "hostile.pcap").write_bytes(hostile())
    row = read(made(tmp_path, "pcap", tmp_path / "hostile.pcap") / "http.log")[0]
    assert (row["method"], row["version"], row["trans_depth"]) == ("GET", "1.1", "1")
    assert "uri" not in row  # which needs --http-paths


def test_an_older_folder_keeps_no_logs(tmp_path: Path) -> None:
    folder = made(tmp_path, "pcap", EXAMPLES / "sample.pcap")
    (folder / "mine.log").write_text("kept")
    assert made(tmp_path, "pcap", EXAMPLES / "devices.pcap") == folder
    assert [path.name for path in logs_in(folder)] == ["mine.log"]


@pytest.mark.parametrize("command", ["pcap", "hosts", "devices"])
def test_a_folder_is_needed(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("")
    for words, message in (
        ((), "zeek is several logs: name a folder with -o"),
        (("-o", tmp_path / "file"), f"{tmp_path / 'file'}: cannot be written: Not a directory"),
    ):
        done = run_in_process_as_text(command, "--format", "zeek", *words, EXAMPLES / "sample.pcap")
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
    refused = run_in_process_as_text("capture", "--format", "zeek", "lo")
    assert "huginn pcap, hosts and devices" in refused.stderr


def test_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    logs = []
    for workers in (1, 3):
        folder = tmp_path / str(workers)
        run_in_process(
            "pcap", "--format", "zeek", "-o", folder, "--workers", workers, EXAMPLES / "sample.pcap"
        )
        logs.append({path.name: path.read_bytes() for path in logs_in(folder)})
    assert logs[0] == logs[1]


def test_zat_reads_all_logs(tmp_path: Path) -> None:
    """Into pandas, with its types for Zeek's."""
    pytest.importorskip("zat", reason="zat is not installed")
    from zat.log_to_dataframe import LogToDataFrame

    (tmp_path / "sample.pcap").write_bytes(sample())
    (tmp_path / "hostile.pcap").write_bytes(hostile())
    seen = set()
    for command in ("pcap", "hosts", "devices"):
        for path in logs_in(made(tmp_path, command, tmp_path / "sample.pcap", tmp_path / "hostile.pcap")):
            frame = LogToDataFrame().create_dataframe(str(path))
            assert len(frame) == len(read(path))
            assert frame.index.dtype.kind == "M"
            assert {"ts", *frame.columns} == {one.split(":")[0] for one in LOGS[path.stem].split()}
            seen.add(path.stem)
    assert seen == {*LOGS}

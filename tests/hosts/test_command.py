"""``huginn hosts``, as a program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from huginn_cffi.hosts.table import COLUMNS
from sigcompiler.schema.rows import SCHEMA_VERSION
from tests.hosts.test_hosts import ANDROID, ANDROID_OR_LINUX, FREEBSD, NMAP, syns, talk
from tests.support import samples
from tests.support.captures import pcap
from tests.support.known_syns import LINUX_OLDER

START = 1_700_000_000_000_000_000


def capture(folder: Path, *packets: bytes) -> str:
    path = folder / "some.pcap"
    path.write_bytes(pcap([(START + number * 10**9, data) for number, data in enumerate(packets)]))
    return str(path)


def test_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hosts", capture(tmp_path, *syns(ANDROID_OR_LINUX, ANDROID, NMAP))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["[Host] 192.0.2.1", "  OS:     Android 5-8"]
    assert re.fullmatch(r"  Sure:   9\d %, versions \d\d %", lines[2])
    assert lines[3:] == [
        "  Why:    SYN: Android 5 or newer / Linux 3 or newer (1 packet)",
        "          SYN: Android 5-8 (1 packet)",
        "  Ended:  support of Android 5-8 on 2021-01-10 (99 %, by its SYN)",
        "  Tool:   NMap SYN scan",
        "  Ports:  connects to 80",
        "  Path:   0 hops, Ethernet, MTU 1500",
        "  Sends:  3 packets: tcp",
        "  Seen:   2 SYNs, 0 SYN+ACKs, 1 SYN of tools, 2023-11-14 22:13:20 to 2023-11-14 22:13:22 UTC",
        "",
        "Findings",
        "  192.0.2.1 sent packets typical of scanners",
        "  192.0.2.1 had an unsupported system (Android 5-8: no updates since 2021-01-10, 99 % sure)",
        "  (ends of support: endoflife.date of August 2026, without paid support)",
        "",
        "No finding about address takeovers, false claims, shared addresses, post-quantum key exchange; "
        "not known: news since the last run",
    ]


def test_a_store_shows_evidence_tools_ports_and_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "hosts.sqlite")
    path = capture(tmp_path, *syns(ANDROID_OR_LINUX, ANDROID, NMAP))
    assert main(["hosts", "--store", store, path]) == 0
    capsys.readouterr()
    assert main(["hosts", "--store", store]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3:9] == [
        "  Why:    SYN: Android 5 or newer / Linux 3 or newer (1 packet)",
        "          SYN: Android 5-8 (1 packet)",
        "  Ended:  support of Android 5-8 on 2021-01-10",
        "  Tool:   NMap",
        "  Ports:  connects to 80",
        "  Found:  scanner, old system",
    ]


def test_an_unknown_system_has_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    examples = Path(__file__).parents[2] / "examples"
    assert main(["hosts", "--ip", "192.0.2.66", str(examples / "sample.pcap")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == [
        "  OS:     ???",
        "  Why:    a tool made all its SYNs, so they do not show its system",
    ]
    assert lines[4] == "  Sends:  1 packet: tcp"
    assert lines[5].startswith("  Seen:   1 SYN of tools, 2026")
    assert main(["hosts", "--ip", "192.0.2.31", str(examples / "meter.pcap")]) == 0
    assert "  OS:     ???\n  Why:    no signature names its handshakes\n" in capsys.readouterr().out
    assert main(["hosts", "--ip", "192.0.2.22", str(examples / "devices.pcap")]) == 0
    text = capsys.readouterr().out
    assert "OS:" not in text
    assert "SYN" not in text.split("No finding about")[0]


def test_two_families_that_send_the_same_have_a_percentage(capsys: pytest.CaptureFixture[str]) -> None:
    examples = Path(__file__).parents[2] / "examples"
    assert main(["hosts", "--ip", "192.0.2.91", str(examples / "sample.pcap")]) == 0
    assert (
        "  Sure:   99 % that it is one of these two; the packets do not show which\n"
        in capsys.readouterr().out
    )


def test_an_unsure_system_is_unknown_with_its_candidates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hosts", capture(tmp_path, *syns(LINUX_OLDER, FREEBSD))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("  OS:     ???, perhaps ")
    assert {"Linux", "FreeBSD"} <= {*lines[1].split()}
    assert lines[2].startswith("  Why:    SYN: ")


def test_a_signal_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "talk.pcap"
    path.write_bytes(pcap(talk(250)))
    assert main(["hosts", str(path)]) == 0
    text = capsys.readouterr().out
    assert "  OS:     Linux 3.11-4.12\n" in text
    assert "its timestamps tick at 250 Hz, as in Linux before 4.13" in text


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hosts", "--format", "json", capture(tmp_path, *syns(LINUX_OLDER))]) == 0
    text = capsys.readouterr().out
    found, end = map(json.loads, text.splitlines())
    assert tuple(found) == ("event", *COLUMNS), "in this order"
    assert [json.dumps(one, separators=(",", ":")) for one in (found, end)] == text.splitlines()
    assert found.pop("event") == "host"
    assert [one["topic"] for one in end.pop("answers")] == [
        *("out_of_date", "scans", "takeovers", "claims", "systems", "post_quantum", "new")
    ]
    counts = {"hosts": 1, "left_out": 0, "untracked": 0, "findings": [], "new_hosts": None, "losses": []}
    assert end == {"event": "summary", "schema_version": SCHEMA_VERSION, **counts}
    assert found.pop("version_source") == "syn"
    assert 0.9 < found.pop("version_confidence") <= found.pop("confidence") < 1
    time = "2023-11-14T22:13:20.000000000Z"
    evidence = {
        "source": "syn",
        "name": "Linux 4.19-6.15",
        "packets": 1,
        "first_seen": time,
        "last_seen": time,
        "scope": "remote",
    }
    assert found == {
        "ip": "192.0.2.1",
        "tunnel": None,
        "local": False,
        "family": "Linux",
        "flavor": "4.19-6.15",
        "candidates": ["Linux 4.19-6.15"],
        "evidence": [{**evidence, "relation": "agrees"}],
        "mac": None,
        "claimed_by": None,
        "related": [],
        "behind": False,
        "role": None,
        "mac_local": None,
        "host_name": None,
        "network_card": None,
        "device": None,
        "cpe": None,
        "tools": [],
        "syns": 1,
        "syn_acks": 0,
        "packets": 1,
        "protocols": ["tcp"],
        "first_seen": time,
        "last_seen": time,
        "connections": 1,
        "distance": 0,
        "link": "Ethernet",
        "mtu": 1500,
        "language": None,
        "contradictions": 0,
        "uptime_minutes": None,
        "uptime_modulo_days": None,
        "uptime_hz": None,
        "uptime_reliable": False,
        "systems": 1,
        "witnesses": [],
        "clients": [],
        "servers": [],
        "services": [],
        "leases": [],
        "lease_until": None,
        "scans": [],
        "client_ports": [80],
        "server_ports": [],
        "last_change": None,
        "last_sharing": None,
        "host_change": None,
        "ip_sharing": None,
        "changes": [],
        "findings": [],
        "ended": [],
        "peers": [],
        "peers_left_out": 0,
        "logins": [],
    }


def test_a_damaged_capture_is_told_and_what_precedes_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(capture(tmp_path, *syns(LINUX_OLDER, LINUX_OLDER)))
    path.write_bytes(path.read_bytes()[:-3])
    assert main(["hosts", str(path)]) == 1
    printed = capsys.readouterr()
    assert "truncated at record 2" in printed.err
    assert "  Seen:   1 SYN, 0 SYN+ACKs, " in printed.out


def test_refused_when_nothing_could_be_read_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "nowhere.pcap")
    assert main(["hosts", missing]) == 2
    assert capsys.readouterr() == ("", f"huginn: {missing}: No such file or directory\n")
    assert main(["hosts", missing, capture(tmp_path, *syns(LINUX_OLDER))]) == 1
    assert "  Seen:   1 SYN, 0 SYN+ACKs, " in capsys.readouterr().out


def test_hosts_whose_systems_are_not_followed_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of 1,500 hosts an eighth and 1,024 are, from their second SYN on; its lower port is a change, too."""
    packets = [samples.syn(number % 1300, sport=40000 - number) for number in range(2600)]
    assert main(["hosts", "--format", "json", "--max-inventory", "1500", capture(tmp_path, *packets)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out.splitlines()[-1])["untracked"] == 1300 - (1500 // 8 + 1024)
    assert "not fully tracked: 89 packets (too many hosts, or names of a host)\n" in printed.err

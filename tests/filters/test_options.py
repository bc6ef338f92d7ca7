"""The options that choose traffic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from tests.filters.plain import Ends
from tests.filters.test_conversations import conversation
from tests.support import needs
from tests.support.captures import pcap

WEB = Ends("10.0.0.1", 40000, "192.0.2.9", 80)
TLS = Ends("10.0.0.2", 40001, "192.0.2.9", 443)
SIX = Ends("2001:db8::1", 1023, "2001:db8:1::2", 443)


@pytest.fixture
def capture_path(tmp_path: Path) -> Path:
    path = tmp_path / "three.pcap"
    path.write_bytes(pcap([item for ends in (WEB, TLS, SIX) for item in conversation(ends)]))
    return path


def clients(output: str) -> set[str]:
    """Clients of the SYNs."""
    rows = [json.loads(line) for line in output.splitlines()]
    return {row["src_ip"] for row in rows if row["event"] == "syn"}


ALL = {WEB.client, TLS.client, SIX.client}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--port", "80"], {WEB.client}),
        (["--port", "80,1023"], {WEB.client, SIX.client}),
        (["--port", "1000-1100", "--port", "80"], {WEB.client, SIX.client}),
        (["--src-port", "40000-40001"], {WEB.client, TLS.client}),
        (["--dst-port", "443", "--src-port", "1024-65535"], {TLS.client}),
        (["--bpf", "not port 443 and not ip6"], {WEB.client}),
        (["--ip", "10.0.0.1,2001:db8:1::2"], {WEB.client, SIX.client}),
        (["--ip", "192.0.2.9", "--src-only"], set()),
        (["--ip", "192.0.2.9", "--dst-only"], {WEB.client, TLS.client}),
        (["--ip", "10.0.0.0/31", "--ip", "2001:db8::/48"], {WEB.client, SIX.client}),
        (["--ip", "2001:db8:1::/48", "--src-only"], set()),
        (["--ip", "10.0.0.0/8", "--port", "443"], {TLS.client}),
        (["--bpf", "ip6 or dst port 80"], {WEB.client, SIX.client}),
        (["--bpf", "ip", "--port", "443"], {TLS.client}),
        ([], ALL),
    ],
)
def test_options(
    capture_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], expected: set[str]
) -> None:
    if "--bpf" in options:
        needs.libpcap()
    assert main(["pcap", str(capture_path), "--format", "json", *options]) == 0
    assert clients(capsys.readouterr().out) == expected


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--port", "65536"], ["--port", "port 65536 is outside 0 to 65535"]),
        (["--port", "80-"], ["--port", "'80-' is not a port (0 to 65535), a range A-B or a list A,B"]),
        (["--port", "80,,81"], ["--port", "'' is not a port"]),
        (["--port", "http"], ["--port", "'http' is not a port"]),
        (["--src-port", "-1"], ["--src-port", "'-1' is not a port"]),
        (["--dst-port", "2000-1000"], ["--dst-port", "port range 2000-1000 ends before it begins"]),
        (["--ip", "1.2.3"], ["--ip", "'1.2.3' is not an IPv4 or IPv6 address"]),
        (["--ip", "10.0.0.0/33"], ["--ip", "'10.0.0.0/33'", "0 to 32"]),
        (["--ip", "10.0.0.1,1.2.3"], ["--ip", "'1.2.3' is not an IPv4 or IPv6 address"]),
        (["--ip", "10.1.2.3/8"], ["--ip", "the network is '10.0.0.0/8'"]),
        (["--src-only"], ["--src-only restricts --ip"]),
        (["--dst-only", "--port", "80"], ["--dst-only restricts --ip"]),
        (["--ip", "::1", "--src-only", "--dst-only"], ["exclude each other"]),
        (["--bpf", "tcp src"], ["--bpf", "'tcp src'", "syntax error"]),
        (["--bpf", "vlan 5"], ["'vlan 5'", "link type 101"]),
    ],
)
@pytest.mark.parametrize("command", ["pcap", "capture"])
def test_wrong_options(
    capture_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    options: list[str],
    words: list[str],
) -> None:
    if command == "capture" and "vlan 5" in options:
        pytest.skip("the link type is that of the interface")
    if "--bpf" in options:
        needs.libpcap()
    output = capture_path.with_name("out")
    assert main([command, str(capture_path), "-o", str(output), *options]) == 2
    messages = capsys.readouterr().err.splitlines()
    assert len(messages) == 1
    assert all(word in messages[0] for word in words)


def test_warning_when_no_tcp_can_pass(capture_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs.libpcap()
    assert main(["pcap", str(capture_path), "--bpf", "udp"]) == 0
    out, err = capsys.readouterr()
    missing = "results then lack TCP handshakes and all that TCP carries"
    assert (out, err) == (
        "",
        f"huginn: warning: no TCP packet passes the BPF expression 'udp'; {missing}\n",
    )


def test_refused_packets_are_in_the_statistics(
    capture_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pcap", str(capture_path), "--stats", "--port", "80"]) == 0
    err = capsys.readouterr().err
    assert "packets:  15 (" in err
    assert "dropped:  10 filtered" in err

"""``huginn capture``: how it begins, ends and fails. Numbers are those of acceptance group F."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from huginn_cffi.base.installation import as_root
from huginn_cffi.sources.sensor import ROWS
from tests.support import needs
from tests.support import network as net
from tests.support.processes import ROOT, capturing, huginn, inside, run, wait_for_writer


@pytest.fixture
def network() -> Iterator[net.Network]:
    with net.network() as made:
        yield made


def test_147_an_unknown_interface_is_refused_with_those_that_exist() -> None:
    needs.root()
    done = run(huginn("capture", "nosuch0"))
    (line,) = done.errors.splitlines()
    assert (done.status, done.output) == (2, "")
    assert line.startswith("huginn: nosuch0: no such device (there are: ")
    assert "lo" in line.partition("there are: ")[2].rstrip(")").split(", ")


def test_an_empty_name_is_refused_in_one_line() -> None:
    done = run(huginn("capture", ""))
    (line,) = done.errors.splitlines()
    assert (done.status, done.output) == (2, "")
    assert line.startswith(
        "huginn: Invalid value for 'IFACE': the name is empty; to list the names: huginn interfaces"
    )


def test_147_a_file_is_no_interface(tmp_path: Path) -> None:
    needs.root()
    path = tmp_path / "some.pcap"
    path.write_bytes(b"")
    done = run(huginn("capture", str(path)))
    assert done.status == 2
    assert done.errors == f"huginn: {path}: no such device (it is a file: huginn pcap {path})\n"


def _without_the_right_to_capture(*words: str) -> list[str]:
    drop = ["--bounding-set", "-net_raw", "--inh-caps", "-net_raw"]
    return [needs.program("setpriv", "util-linux"), *drop, *huginn(*words)]


def test_148_a_missing_capability_is_named() -> None:
    needs.root()
    done = run(_without_the_right_to_capture("capture", "lo"))
    (line,) = done.errors.splitlines()
    assert (done.status, done.output) == (2, "")
    assert line.startswith("huginn: lo: no permission to capture: the capability CAP_NET_RAW is missing (")
    assert f"for example: {as_root('huginn capture lo')}; or as the service of examples/systemd" in line
    assert line.endswith(
        f"sudo setcap cap_net_raw+ep {os.path.realpath(sys.executable)} "
        "would let every program run by this Python capture)"
    )


def test_148_an_unknown_interface_is_the_greater_trouble() -> None:
    needs.root()
    done = run(_without_the_right_to_capture("capture", "nosuch0"))
    assert done.status == 2
    assert done.errors.startswith("huginn: nosuch0: no such device (")


def test_149_a_refused_connection_shows_its_syn_only(network: net.Network, tmp_path: Path) -> None:
    refused = "import socket\nprint(socket.socket().connect_ex(('127.0.0.2', 9)))"
    with capturing(network.client, "lo", "--format", "p0f", folder=tmp_path) as capture:
        subprocess.run(inside(network.client, [sys.executable, "-c", refused]), check=True, timeout=60)
        capture.wait_for(lambda: len(capture.lines()) == 2, "two events")
        done = capture.stop()
    syn, mtu = done.output.splitlines()
    assert "mod=syn|cli=127.0.0.1/" in syn
    assert "|srv=127.0.0.2/9|subj=cli|" in syn
    assert "|dist=0|" in syn
    assert "|raw_sig=4:64+0:0:65495:" in syn
    assert mtu.endswith("|raw_mtu=65535")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_150_a_signal_ends_it_on_an_idle_interface(
    number: int, status: int, network: net.Network, tmp_path: Path
) -> None:
    with capturing(network.client, "lo", folder=tmp_path) as capture:
        done = capture.stop(number)
    assert done.status == status
    assert done.stat("received") == "0; 0 dropped by the kernel, 0 by the interface"
    assert done.stat("packets") == "0 (0 bytes), 0 analysed"
    assert done.stat("missing") == "nothing that is known"


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def test_150_an_interrupt_that_was_inherited_as_ignored_is_answered(
    network: net.Network, tmp_path: Path
) -> None:
    with capturing(network.client, "lo", folder=tmp_path, prepare=_ignore_interrupts) as capture:
        done = capture.stop()
    assert done.status == 130


def test_150_a_reader_that_stopped_reading_does_not_keep_it(network: net.Network) -> None:
    """As behind a pager: the interrupt ends it, and what the reader did not take is counted."""
    command = inside(network.client, huginn("capture", "lo", "--format", "json"))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    connects = "import socket\nfor _ in range(600): socket.socket().connect_ex(('127.0.0.2', 9))"
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        assert process.stderr.readline().startswith(b"listening on lo, ")
        subprocess.run(inside(network.client, [sys.executable, "-c", connects]), check=True, timeout=60)
        wait_for_writer(process)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 1
        assert time.monotonic() - began > 0.5, "shorter: nothing was waiting"
        assert re.search(rb"lost: +\d+ results could not be written", process.stderr.read())


@pytest.mark.parametrize(
    ("words", "reason", "workers"),
    [
        (("link", "set", "cable", "down"), "interface went down", "1"),
        (("link", "set", "cable", "down"), "interface went down", "2"),
        (("link", "del", "cable"), "interface is gone", "1"),
        (("link", "del", "cable"), "interface is gone", "2"),
    ],
)
def test_151_an_interface_that_goes_ends_it_with_what_was_found(
    words: tuple[str, ...], reason: str, workers: str, network: net.Network, tmp_path: Path
) -> None:
    options = ("--format", "json", "--workers", workers)
    with capturing(network.server, "cable", *options, folder=tmp_path) as capture:
        network.connect(net.SERVER_IP4)
        net.ip("-n", network.server, *words)
        done = capture.ended()
    assert done.status == 1
    assert f"huginn: cable: {reason}\n" in done.errors
    assert [event["event"] for event in done.events][:4] == ["syn", "mtu", "syn_ack", "mtu"]
    assert done.stat("events").startswith("1 SYN, 1 SYN+ACK, 2 MTU")


def test_151_an_interface_that_is_down_is_refused(network: net.Network) -> None:
    net.ip("-n", network.client, "link", "set", "cable", "down")
    done = run(inside(network.client, huginn("capture", "cable")))
    assert done.status == 2
    assert done.errors == "huginn: cable: the interface is down (bring it up: ip link set cable up)\n"


def test_renaming_the_interface_does_not_end_it(network: net.Network, tmp_path: Path) -> None:
    with capturing(network.server, "cable", "--format", "json", folder=tmp_path) as capture:
        net.ip("-n", network.server, "link", "set", "cable", "name", "rope")
        time.sleep(0.3)
        network.connect(net.SERVER_IP4)
        done = capture.stop()
    assert done.status == 130
    assert done.stat("events").startswith("1 SYN, 1 SYN+ACK, 2 MTU")


def test_events_are_written_as_they_happen(network: net.Network, tmp_path: Path) -> None:
    """While further packets keep coming, and before they fill a batch."""
    program = (
        "import socket, time\n"
        "talk = socket.create_connection((server := socket.create_server(('127.0.0.2', 0))).getsockname())\n"
        f"for _ in range({ROWS // 3}): socket.socket().connect_ex(('127.0.0.2', 9)); time.sleep(0.02)\n"
        "while True: talk.send(b'x'); time.sleep(0.02)"
    )
    with (
        capturing(network.client, "lo", "--format", "json", folder=tmp_path) as capture,
        subprocess.Popen(inside(network.client, [sys.executable, "-c", program])) as sender,
    ):
        try:
            capture.wait_for(lambda: len(capture.lines()) >= 40, "events")
        finally:
            sender.kill()


def test_count_ends_it_after_so_many_results(network: net.Network, tmp_path: Path) -> None:
    with capturing(network.server, "cable", "--count", "3", "--format", "json", folder=tmp_path) as capture:
        network.connect(net.SERVER_IP4)
        done = capture.ended()
    assert done.status == 0
    assert [event["event"] for event in done.events] == ["syn", "mtu", "syn_ack"]


def test_duration_ends_it_on_an_idle_interface(network: net.Network, tmp_path: Path) -> None:
    began = time.monotonic()
    with capturing(network.client, "lo", "--duration", "0.5", folder=tmp_path) as capture:
        done = capture.ended()
    assert done.status == 0
    assert time.monotonic() - began > 0.5


@pytest.mark.parametrize("duration", ["0", "-1", "nan", "soon"])
def test_a_duration_that_is_none_is_refused(duration: str) -> None:
    done = run(huginn("capture", "lo", f"--duration={duration}"))
    assert done.status == 2
    assert done.errors.startswith("huginn: Invalid value for '--duration': ")
    assert len(done.errors.splitlines()) == 1


def test_promiscuous_mode_is_entered_and_left(network: net.Network, tmp_path: Path) -> None:
    def flags() -> int:
        path = "/sys/class/net/cable/flags"
        return int(run(inside(network.client, ["cat", path])).output, 16)

    promiscuous = 0x100
    before = flags() & promiscuous
    with capturing(network.client, "cable", "--promiscuous", folder=tmp_path) as capture:
        during = flags() & promiscuous
        capture.stop()
    assert (before, during, flags() & promiscuous) == (0, promiscuous, 0)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_any_is_all_interfaces(workers: str, network: net.Network, tmp_path: Path) -> None:
    refused = "import socket\nsocket.socket().connect_ex(('127.0.0.2', 9))"
    words = ("any", "--format", "json", "--workers", workers)
    with capturing(network.server, *words, folder=tmp_path) as capture:
        network.connect(net.SERVER_IP4, net.SERVER_IP6, net.SERVER_VLAN_IP4)
        subprocess.run(inside(network.server, [sys.executable, "-c", refused]), check=True, timeout=60)
        done = capture.stop()
    senders = {event["src_ip"] for event in done.events}
    assert {net.CLIENT_IP4, net.CLIENT_IP6, net.CLIENT_VLAN_IP4, "127.0.0.1"} <= senders


def test_interfaces_lists_link_type_state_and_addresses(network: net.Network) -> None:
    net.ip("-n", network.client, "link", "set", "cable", "down")
    _wait_for_lost_carrier(network.server)
    done = run(inside(network.server, huginn("interfaces")))
    rows = {row[0]: row for row in map(str.split, done.output.splitlines())}
    assert rows["NAME"] == ["NAME", "LINK", "TYPE", "STATE", "ADDRESSES"]
    assert rows["lo"] == ["lo", "EN10MB", "running", "127.0.0.1,", "::1"]
    assert rows["cable"][:3] == ["cable", "EN10MB", "up"], "its other end is down: no carrier"
    assert net.SERVER_IP4 in done.output
    assert net.SERVER_IP6 in done.output
    assert rows["any"] == ["any", "LINUX_SLL", "running", "-"]
    other = run(inside(network.client, huginn("interfaces")))
    assert ["cable", "?", "down"] in [line.split()[:3] for line in other.output.splitlines()]


def _wait_for_lost_carrier(namespace: str) -> None:
    """The kernel takes up to a second to make it known."""
    deadline = time.monotonic() + 60
    while "RUNNING" in run(inside(namespace, ["ip", "link", "show", "cable"])).output.partition("state")[0]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_interfaces_are_listed_without_the_right_to_capture() -> None:
    needs.root()
    done = run(_without_the_right_to_capture("interfaces"))
    assert done.status == 0
    assert ["lo", "?", "running"] in [line.split()[:3] for line in done.output.splitlines()]
    assert done.errors.count("\n") == 1
    assert "CAP_NET_RAW" in done.errors


def test_a_missing_libpcap_is_named_with_its_package() -> None:
    """The whole command, in a process for which the library has other names."""
    program = (
        "import sys\nfrom huginn_cffi.libraries import libpcap\nlibpcap.NAMES = ('libpcap-absent.so.1',)\n"
        "from huginn_cffi.cli import main\nsys.exit(main(['capture', 'lo']))"
    )
    done = run([sys.executable, "-c", program])
    assert (done.status, done.output) == (2, "")
    assert done.errors == (
        "huginn: libpcap is not installed (looked for libpcap-absent.so.1); "
        "install it: apt install libpcap0.8 (Debian, Ubuntu), dnf install libpcap (Fedora)\n"
    )


def test_importing_the_package_loads_neither_libpcap_nor_cffi() -> None:
    program = (
        "import sys, huginn_cffi; print(sorted({'cffi', 'huginn_cffi.libraries.libpcap'} & set(sys.modules)))"
    )
    assert run([sys.executable, "-c", program]).output == "[]\n"


def test_no_program_is_run_to_find_libpcap() -> None:
    """Least of all as root; cffi runs ldconfig, gcc and ld where a library has another name."""
    needs.libpcap()
    program = (
        "import sys\nstarted = []\n"
        "sys.addaudithook(lambda name, _: started.append(name) if name == 'subprocess.Popen' else None)\n"
        "from huginn_cffi.libraries import libpcap\nlibpcap.NAMES = ('libpcap-absent.so.1', *libpcap.NAMES)\n"
        "print(libpcap.load_libpcap().name in libpcap.NAMES, started)"
    )
    assert run([sys.executable, "-c", program]).output == "True []\n"


def test_an_output_that_cannot_be_written_is_refused_before_the_capture(tmp_path: Path) -> None:
    needs.root()
    path = tmp_path / "absent" / "results"
    done = run(huginn("capture", "lo", "-o", str(path)))
    assert (done.status, done.output) == (2, "")
    assert done.errors == f"huginn: {path}: cannot be written: No such file or directory\n"


def test_a_refused_interface_leaves_the_output_file_alone(tmp_path: Path) -> None:
    needs.root()
    path = tmp_path / "results"
    path.write_text("earlier results\n")
    assert run(huginn("capture", "nosuch0", "-o", str(path))).status == 2
    assert path.read_text() == "earlier results\n"


def test_an_expression_of_libpcap_that_is_wrong_is_refused_before_the_capture() -> None:
    needs.libpcap()
    done = run(huginn("capture", "lo", "--bpf", "tcp src"))
    assert (done.status, done.output) == (2, "")
    assert len(done.errors.splitlines()) == 1
    assert "'tcp src'" in done.errors


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interface_that_is_back_at_once_does_not_end_it(
    workers: str, network: net.Network, tmp_path: Path
) -> None:
    """As when it is reconfigured. The capture stands still meanwhile: a busy machine may take long for it."""
    words = ("cable", "--format", "json", "--workers", workers)
    with capturing(network.server, *words, folder=tmp_path) as capture:
        capture.process.send_signal(signal.SIGSTOP)
        for state in ("down", "up"):
            net.ip("-n", network.server, "link", "set", "cable", state)
        capture.process.send_signal(signal.SIGCONT)
        network.connect(net.SERVER_IP4)
        done = capture.stop()
    assert done.status == 130
    assert done.stat("events").startswith("1 SYN, 1 SYN+ACK, 2 MTU")

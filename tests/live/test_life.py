"""What happens to a sensor in months, each thing on a real interface."""

from __future__ import annotations

import json
import os
import pwd
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.sources.privileges import CAP_NET_RAW
from tests.support import flooding, needs
from tests.support import network as net
from tests.support.processes import TIMEOUT_S, CaptureProcess, capturing
from tests.support.robot_lists import GOOGLEBOT, write

LINUX_SYN = "*:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+:0"
"""Fits what the flood sends."""


def database(label: str, signature: str = LINUX_SYN) -> str:
    return f"classes = unix\n[tcp:request]\nlabel = s:unix:{label}:1\nsig = {signature}\n"


class SynSender:
    """Sends so many SYNs over the cable; two events each."""

    def __init__(self, program: Path, network: net.Network) -> None:
        self._program, self._namespace = program, network.client
        self._sent = 0

    def send(self, packets: int, rate: int = 20_000) -> None:
        sent = flooding.send(self._program, self._namespace, packets=packets, rate=rate, first=self._sent)
        assert sent.packets == packets
        self._sent += packets


@pytest.fixture
def sender(flood_program: Path, quiet_network: net.Network) -> SynSender:
    return SynSender(flood_program, quiet_network)


def events(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def errors(capture: CaptureProcess) -> str:
    return capture.errors_path.read_text()


def wait_for_events(capture: CaptureProcess, path: Path, count: int) -> None:
    capture.wait_for(lambda: path.exists() and path.read_bytes().count(b"\n") >= count, f"{count} events")


def json_stats(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_sigusr1_tells_what_was_counted(
    quiet_network: net.Network, sender: SynSender, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("cable", "--stats-format", "json", "--format", "json", "-o", str(out), "--workers", "2")
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        sender.send(10)
        wait_for_events(capture, out, 20)
        capture.process.send_signal(signal.SIGUSR1)
        capture.wait_for(lambda: len(json_stats(errors(capture))) == 1, "the counters")
        (found,) = json_stats(errors(capture))
        done = capture.stop(signal.SIGTERM)
    assert done.status == 0
    assert (found["interface"], found["total"]["events"], found["results_lost"]) == ("cable", 20, 0)
    assert found["total"]["packets"] == sum(item["packets"] for item in found["workers"]) == 10
    assert found["total"]["events_by_kind"]["syn"] == 10
    assert len(json_stats(done.errors)) == 2, "and once more at the end"


def test_counters_come_every_interval_as_text_and_as_metrics(
    quiet_network: net.Network, sender: SynSender, tmp_path: Path
) -> None:
    parser = pytest.importorskip("prometheus_client.parser")
    metrics = tmp_path / "metrics.prom"
    words = ("cable", "--stats-interval", "0.2", "--metrics-file", str(metrics), "-o", str(tmp_path / "out"))
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        sender.send(10)
        capture.wait_for(lambda: errors(capture).count("10 SYN, 10 MTU") >= 2, "two rounds")
        capture.stop(signal.SIGTERM)
    families = {family.name: family for family in parser.text_string_to_metric_families(metrics.read_text())}
    samples = {
        (
            sample.name,
            *(value for name, value in sorted(sample.labels.items()) if name != "interface"),
        ): sample
        for family in families.values()
        for sample in family.samples
    }
    assert samples["huginn_events_total", "syn", "0"].value == 10
    assert samples["huginn_packets_total", "0"].value == 10
    assert samples["huginn_lost_packets_total", "kernel", "0"].value == 0
    assert samples["huginn_packets_total", "0"].labels["interface"] == "cable"
    assert families["huginn_start_time_seconds"].samples[0].value == pytest.approx(time.time(), abs=60)
    assert list(tmp_path.glob("metrics*")) == [metrics], "nothing is left of how it was written"


def test_sighup_reloads_the_database_and_loses_no_packet(
    quiet_network: net.Network, sender: SynSender, flood_program: Path, tmp_path: Path
) -> None:
    """A flood goes on meanwhile: each of its SYNs is there, named by one database or the other."""
    names, out = tmp_path / "names.fp", tmp_path / "out"
    names.write_text(database("Before"))
    words = ("--db", str(names), "--format", "json", "-o", str(out), "--workers", "2")
    with capturing(quiet_network.server, "cable", *words, folder=tmp_path) as capture:
        command = flooding.command(flood_program, quiet_network.client, packets=8000, rate=4000)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as flood:
            wait_for_events(capture, out, 1000)
            names.write_text(database("After"))
            capture.process.send_signal(signal.SIGHUP)
            assert flood.wait(60) == 0
        wait_for_events(capture, out, 16000)
        capture.stop(signal.SIGTERM)
    assert f"huginn: {names}: 1 signature in use\n" in errors(capture)
    labels = [event["match"]["name"] for event in events(out) if event["event"] == "syn"]
    assert len(labels) == 8000
    switch = labels.index("After")
    assert set(labels[:switch]) == {"Before"}
    assert set(labels[switch:]) == {"After"}


def test_a_broken_database_leaves_the_old_one_in_force(
    quiet_network: net.Network, sender: SynSender, tmp_path: Path
) -> None:
    names, out = tmp_path / "names.fp", tmp_path / "out"
    names.write_text(database("Before"))
    words = ("cable", "--db", str(names), "--format", "json", "-o", str(out))
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        for broken in ("sig = nonsense\n", None):
            if broken is None:
                names.unlink()
            else:
                names.write_text(broken)
            before = errors(capture).count("; the old database stays")
            capture.process.send_signal(signal.SIGHUP)
            capture.wait_for(
                lambda before=before: errors(capture).count("; the old database stays") > before, "words"
            )
        sender.send(5)
        wait_for_events(capture, out, 10)
        done = capture.stop(signal.SIGTERM)
    assert done.status == 0
    assert {event["match"]["name"] for event in events(out) if event["event"] == "syn"} == {"Before"}
    assert f"{names}" in errors(capture)


def test_sighup_reads_lists_of_robots_again(quiet_network: net.Network, tmp_path: Path) -> None:
    """A damaged list is reported, and its earlier content decides."""
    folder, path = tmp_path / "robots", tmp_path / "ask"
    folder.mkdir()

    def claim(address: str) -> str:
        asked = ["curl", "-s", "--unix-socket", str(path), "-A", GOOGLEBOT]
        query = f"http://localhost/connection?client=192.0.2.77:40000&address={address}"
        answer: dict[str, Any] = json.loads(subprocess.run([*asked, query], capture_output=True).stdout)
        return str(answer["claim"]["verdict"])

    def reloaded() -> None:
        before = errors(capture).count("robots:   ")
        capture.process.send_signal(signal.SIGHUP)
        capture.wait_for(lambda: errors(capture).count("robots:   ") > before, "the lists")

    write(folder, "common-crawlers.json", [{"ipv4Prefix": "192.0.2.0/24"}])
    words = ("cable", "--listen", f"unix:{path}", "--robots", str(folder))
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        capture.wait_for(lambda: "answering on" in errors(capture), "the answers")
        assert (claim("192.0.2.1"), claim("203.0.113.1")) == ("proven", "false")
        write(folder, "common-crawlers.json", [{"ipv4Prefix": "203.0.113.0/24"}])
        reloaded()
        assert (claim("192.0.2.1"), claim("203.0.113.1")) == ("false", "proven")
        (folder / "common-crawlers.json").write_text("{")
        for _ in range(2):
            reloaded()
            assert (claim("192.0.2.1"), claim("203.0.113.1")) == ("false", "proven")
        assert capture.stop(signal.SIGTERM).status == 0
    assert errors(capture).count("; its earlier content stays in use\n") == 1


def test_sighup_opens_the_output_again(quiet_network: net.Network, sender: SynSender, tmp_path: Path) -> None:
    """As logrotate asks for it."""
    out, moved = tmp_path / "out", tmp_path / "moved"
    with capturing(
        quiet_network.server, "cable", "--format", "json", "-o", str(out), folder=tmp_path
    ) as capture:
        sender.send(5)
        wait_for_events(capture, out, 10)
        out.rename(moved)
        capture.process.send_signal(signal.SIGHUP)
        capture.wait_for(out.exists, "the new file")
        sender.send(7)
        wait_for_events(capture, out, 14)
        capture.stop(signal.SIGTERM)
    assert (len(events(moved)), len(events(out))) == (10, 14)


def rotated(out: Path) -> list[Path]:
    return [path for path in out.parent.iterdir() if re.fullmatch(rf"{out.name}\.\d+T\d+Z(-\d+)?", path.name)]


def test_kill_in_the_midst_of_rotations_loses_at_most_the_last_line(
    quiet_network: net.Network, sender: SynSender, flood_program: Path, tmp_path: Path
) -> None:
    """And the next start goes on with what is there."""
    out = tmp_path / "out"
    words = ("cable", "--format", "json", "-o", str(out), "--rotate-size", "1K")
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        command = flooding.command(flood_program, quiet_network.client, packets=1_000_000, rate=5000)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as flood:
            capture.wait_for(lambda: len(rotated(out)) > 20, "rotations")
            capture.process.kill()
            capture.process.wait(TIMEOUT_S)
            flood.kill()
    seen = []
    for path in [*rotated(out), *([out] if out.exists() else [])]:
        *whole, last = path.read_bytes().split(b"\n")
        seen += [json.loads(line) for line in whole]
        assert last == b"" or path == out
    numbers = sorted(event["packet_number"] for event in seen)
    assert numbers == sorted([*range(1, numbers[-1] + 1), *range(1, numbers[-1] + 1)])[: len(numbers)]
    before = out.read_bytes() if out.exists() else b""
    with capturing(quiet_network.server, *words[:-2], folder=tmp_path) as capture:
        sender.send(1)
        wait_for_events(capture, out, before.count(b"\n") + 2)
        capture.stop(signal.SIGTERM)
    assert out.read_bytes().startswith(before)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if done.returncode != 0:
        needs.missing(f"a small disk cannot be mounted: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, timeout=TIMEOUT_S)


def test_results_wait_for_a_full_disk_and_the_capture_goes_on(
    quiet_network: net.Network, sender: SynSender, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        out, filler = disk / "out", disk / "filler"
        filler.write_bytes(bytes(48 << 10))
        words = ("cable", "--format", "json", "-o", str(out), "--stats-format", "json")
        with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
            sender.send(20, rate=2000)
            capture.wait_for(lambda: "No space left on device" in errors(capture), "the message")
            filler.unlink()
            sender.send(5)
            capture.wait_for(lambda: "written to again" in errors(capture), "the disk to have room")
            done = capture.stop(signal.SIGTERM)
        (found,) = json_stats(done.errors)
        assert done.status == 0
        assert found["results_lost"] == 0
        assert len(events(out)) == found["total"]["events"] == 50


def test_what_waited_for_a_full_disk_is_rotated(
    quiet_network: net.Network, sender: SynSender, tmp_path: Path
) -> None:
    """More than the disk holds in one file: the older files make room."""
    with small_disk(tmp_path / "disk") as disk:
        out, filler = disk / "out", disk / "filler"
        filler.write_bytes(bytes(60 << 10))
        words = ("cable", "--format", "json", "-o", str(out), "--stats-format", "json")
        rotation = ("--rotate-size", "4K", "--rotate-keep", "1")
        with capturing(quiet_network.server, *words, *rotation, folder=tmp_path) as capture:
            sender.send(150, rate=200)
            capture.wait_for(lambda: "No space left on device" in errors(capture), "the message")
            filler.unlink()
            capture.wait_for(lambda: "written to again" in errors(capture), "the disk to have room")
            done = capture.stop(signal.SIGTERM)
        (found,) = json_stats(done.errors)
        assert (done.status, found["results_lost"], found["total"]["events"]) == (0, 0, 300)
        (older,) = rotated(out)
        assert [*events(older), *events(out)][-1]["packet_number"] == 150


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interface_that_is_removed_is_waited_for(
    workers: str, quiet_network: net.Network, sender: SynSender, flood_program: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("cable", "--wait", "--format", "json", "-o", str(out), "--workers", workers)
    with capturing(quiet_network.server, *words, "--stats-format", "json", folder=tmp_path) as capture:
        sender.send(5)
        wait_for_events(capture, out, 10)
        net.ip("-n", quiet_network.server, "link", "del", "cable")
        capture.wait_for(lambda: "interface is gone; waiting for it" in errors(capture), "the message")
        ends = ("cable", "netns", quiet_network.client, "type", "veth")
        net.ip("link", "add", *ends, "peer", "name", "cable", "netns", quiet_network.server)
        for namespace in (quiet_network.client, quiet_network.server):
            net.silence(namespace)
            net.ip("-n", namespace, "link", "set", "cable", "up")
        capture.wait_for(lambda: "it is there, listening again" in errors(capture), "its return")
        flooding.send(flood_program, quiet_network.client, packets=5)
        sender.send(7)
        wait_for_events(capture, out, 24)
        done = capture.stop(signal.SIGTERM)
    assert done.status == 0
    (found,) = json_stats(done.errors)
    total = found["total"]
    assert total["retransmissions"] == 5, "flows outlive the interface"
    assert total["received"] == total["packets"] == 17


def test_an_interface_that_is_not_there_yet_is_waited_for(
    quiet_network: net.Network, sender: SynSender, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    net.ip("-n", quiet_network.server, "link", "set", "cable", "down")
    words = ("cable", "--wait", "--format", "json", "-o", str(out))
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        assert "the interface is down" in errors(capture)
        net.ip("-n", quiet_network.server, "link", "set", "cable", "up")
        capture.wait_for(lambda: "it is there, listening again" in errors(capture), "it to begin")
        sender.send(3)
        wait_for_events(capture, out, 6)
        done = capture.stop(signal.SIGINT)
    assert done.status == 130


def test_a_wait_in_vain_ends_with_a_signal(quiet_network: net.Network, tmp_path: Path) -> None:
    with capturing(quiet_network.server, "absent0", "--wait", folder=tmp_path) as capture:
        done = capture.stop(signal.SIGTERM)
    assert done.status == 0


def test_a_stopped_sensor_goes_on_and_counts_what_it_missed(
    quiet_network: net.Network, sender: SynSender, tmp_path: Path
) -> None:
    """SIGSTOP while packets come: more of them than its buffer holds."""
    words = ("cable", "--stats-format", "json", "-o", "/dev/null", "--buffer-size", "64K")
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        capture.process.send_signal(signal.SIGSTOP)
        sender.send(5000, rate=0)
        capture.process.send_signal(signal.SIGCONT)
        sender.send(1)
        done = capture.stop(signal.SIGTERM)
    (found,) = json_stats(done.errors)
    total = found["total"]
    assert total["dropped_by_kernel"] > 1000
    # The kernel closes a block of packets after 30 ms, however few are in it, and there is one block.
    assert total["packets"] > 0
    places = ("packets", "dropped_by_kernel", "dropped_by_interface", "unread")
    assert sum(total[place] for place in places) == 5001


def test_rights_are_given_up(quiet_network: net.Network, sender: SynSender, tmp_path: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    with tempfile.TemporaryDirectory(prefix="huginn-") as folder:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        out = Path(folder) / "out"
        status = _rights_of_a_capture(quiet_network, sender, out, tmp_path)
        assert out.stat().st_uid == nobody.pw_uid
    assert set(status["Uid"].split()) == {str(nobody.pw_uid)}
    assert set(status["Gid"].split()) == {str(nobody.pw_gid)}
    assert set(map(int, status["Groups"].split())) == set(os.getgrouplist("nobody", nobody.pw_gid))
    assert int(status["CapEff"], 16) == int(status["CapPrm"], 16) == 0
    assert status["NoNewPrivs"].strip() == "1"


def _rights_of_a_capture(network: net.Network, sender: SynSender, out: Path, folder: Path) -> dict[str, str]:
    words = ("cable", "--user", "nobody", "--format", "json", "-o", str(out))
    with capturing(network.server, *words, folder=folder) as capture:
        status = _status(capture.process.pid)
        sender.send(3)
        wait_for_events(capture, out, 6)
        assert capture.stop(signal.SIGTERM).status == 0
    return status


def test_who_waits_keeps_the_right_to_open_interfaces_and_no_other(
    quiet_network: net.Network, tmp_path: Path
) -> None:
    words = ("cable", "--user", "nobody", "--wait")
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        status = _status(capture.process.pid)
        net.ip("-n", quiet_network.server, "link", "set", "cable", "down")
        capture.wait_for(lambda: "waiting for it" in errors(capture), "the message")
        net.ip("-n", quiet_network.server, "link", "set", "cable", "up")
        capture.wait_for(lambda: "listening again" in errors(capture), "its return")
        capture.stop(signal.SIGTERM)
    assert int(status["CapEff"], 16) == int(status["CapPrm"], 16) == 1 << CAP_NET_RAW


def _status(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return {name: value for name, _, value in (line.partition(":") for line in lines)}

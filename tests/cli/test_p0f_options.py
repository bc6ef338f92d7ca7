"""``huginn-p0f``: p0f's options do what they do in p0f, or say why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from huginn_cffi.cli.p0f import main, p0f
from tests.support import needs
from tests.support.in_process import run_in_process_as_text

ROOT = Path(__file__).parents[2]
SAMPLE = str(ROOT / "examples" / "sample.pcap")


def run(*words: str, module: str = "huginn_cffi.cli.p0f") -> subprocess.CompletedProcess[str]:
    """In a process of its own: it gives its standard output and its arguments to the command."""
    environment = {**os.environ, "TZ": "UTC0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def words(*given: str) -> list[str]:
    found: list[str] = p0f.main(args=list(given), prog_name="huginn-p0f", standalone_mode=False)
    return found


def test_a_capture_gives_the_log() -> None:
    done = run("-r", SAMPLE)
    assert (done.returncode, done.stderr) == (0, "")
    plain = run("pcap", "--format", "p0f", SAMPLE, module="huginn_cffi")
    assert done.stdout == plain.stdout
    assert done.stdout.startswith("[2026/01/15 10:00:00] mod=syn|cli=192.0.2.10/50123|")


def test_a_log_is_added_to(tmp_path: Path) -> None:
    """p0f appends, and its log is for its owner alone."""
    needs.libpcap()
    log = tmp_path / "p0f.log"
    for _ in range(2):
        done = run("-r", SAMPLE, "-o", str(log), "port", "8080")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    first, second = log.read_text(encoding="utf-8").splitlines()
    assert first == second
    assert "srv=198.51.100.80/8080" in first
    assert log.stat().st_mode & 0o777 == 0o600


def test_signatures_are_those_of_the_file(tmp_path: Path) -> None:
    needs.libpcap()
    own = tmp_path / "own.fp"
    own.write_text("classes = unix\n[tcp:request]\nlabel = s:unix:Mine:1\nsig = *:64-:0:*:1024,0:mss::0\n")
    done = run("-r", SAMPLE, "-f", str(own), "-m", "10,20", "port 8080")
    assert done.returncode == 0
    assert "|os=Mine 1|dist=<= 23|" in done.stdout


def test_options_become_those_of_capture() -> None:
    found = words(
        *["-i", "eth0", "-p", "-u", "nobody", "-o", "x.log", "-m", "5,6", "-f", "p0f.fp", "port", "80"]
    )
    limits = "--max-connections 5 --max-hosts 6"
    assert " ".join(found) == (
        f"capture --format p0f --protocols tcp,http --db p0f.fp {limits} --bpf port 80"
        " --promiscuous --user nobody -o x.log -- eth0"
    )
    assert "port 80" in found
    assert words("-L") == ["interfaces"]
    assert words("--version") == ["--version"]
    assert words("-r", "-")[-2:] == ["--", "-"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "name what to read: -i IFACE (-L lists them), or -r FILE"),
        (["-i", "eth0", "-r", "x"], "-i and -r: choose one, an interface or a capture"),
        (["-r", "x", "-s", "socket"], "-r and -s: only a capture of an interface (-i) answers on a socket"),
        (["-i", "x", "-S", "5"], "-S, --api-group and --api-mode need -s NAME"),
        (["-i", "x", "--api-mode", "0666"], "-S, --api-group and --api-mode need -s NAME"),
        (["-i", "x", "-d"], "-d: let a service manager run it"),
        (["-r", "x", "-m", "5"], "'5' is not two whole numbers above 0"),
        (["-r", "x", "-m", "0,5"], "'0,5' is not two whole numbers above 0"),
        (["-r", "x", "-o", "/nowhere/x"], "/nowhere/x: No such file or directory"),
        (["-r", "x", "-z"], "No such option"),
    ],
)
def test_refusals(given: list[str], said: str) -> None:
    done = run_in_process_as_text(*given, program=main)
    assert done.returncode == 2
    assert done.stderr.startswith("huginn: ")
    assert said in done.stderr
    assert "(see: huginn-p0f --help)" in done.stderr


def test_a_socket() -> None:
    api = ["--api", "p0f.sock", "--socket-group", "mail", "--api-mode", "0666"]
    given = ["-s", "p0f.sock", "-S", "50", "--api-group", "mail", "--api-mode", "0666"]
    shared = ["--protocols", "tcp,http", "--bpf", "tcp"]
    log = ["--format", "p0f"]
    assert words("-i", "eth0", *given, "tcp") == ["capture", *log, *shared, *api, "--", "eth0"]


def test_what_has_no_effect_is_said() -> None:
    needs.libpcap()
    done = run("-r", SAMPLE, "-u", "nobody", "-p", "-t", "30,120", "port", "8080")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "huginn-p0f: -t has no effect: connections are kept for 900 s, hosts until the table is full",
        "huginn-p0f: -p has no effect on a capture that is read from a file",
        "huginn-p0f: -u has no effect on a capture that is read from a file",
    ]


def test_a_number_of_clients_has_no_effect() -> None:
    done = run("-L", "-s", "p0f.sock", "-S", "50")
    assert done.stderr.splitlines()[0] == "huginn-p0f: -S has no effect: up to 1,000 clients can connect"


def test_a_missing_capture_is_huginns_own_refusal() -> None:
    done = run("-r", "/nowhere.pcap")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "huginn: /nowhere.pcap: No such file or directory\n"


def test_help() -> None:
    done = run("-h")
    assert done.returncode == 0
    assert "huginn-p0f -r capture.pcap -o p0f.log" in done.stdout

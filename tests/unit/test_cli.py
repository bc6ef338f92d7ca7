"""The command line: output, exit statuses, one line an error."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from tests.support import builds, samples
from tests.support.captures import pcap
from tests.support.in_process import run_in_process as run
from tests.support.tunnels import GRE, carried, gre

COMMAND = [sys.executable, "-m", "huginn_cffi"]


@pytest.fixture
def signatures(tmp_path: Path) -> Path:
    path = tmp_path / "small.fp"
    path.write_text(samples.SIGNATURES)
    return path


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A signature file with one warning."""
    path = tmp_path / "twice.fp"
    line = "sig = *:64:0:*:*,*:mss::0\n"
    path.write_text("classes = unix\n[tcp:request]\nlabel = s:unix:A:\n" + line * 2)
    return path


def lines(data: bytes) -> list[str]:
    return data.decode().splitlines()


@pytest.mark.parametrize("format_", ["text", "json", "p0f"])
def test_results_are_those_of_the_library(signatures: Path, capture_path: Path, format_: str) -> None:
    found = run("pcap", capture_path, "--db", signatures, "--format", format_)
    batches = hg.Analyzer(hg.Database.compile(signatures)).batches(capture_path)
    assert found.stdout == b"".join(batch.render(format_) for batch in batches)
    assert (found.returncode, found.stderr) == (0, b"")


def test_text_is_the_default_format(capture_path: Path) -> None:
    assert lines(run("pcap", capture_path).stdout)[0] == "[TCP SYN] 10.1.0.0:40000 → 198.51.100.2:80"


def test_standard_input() -> None:
    assert run("pcap", "-", stdin=samples.capture(2)).stdout.count(b"[TCP SYN]") == 2


def test_output_file(capture_path: Path, tmp_path: Path) -> None:
    found = run("pcap", capture_path, "--format", "json", "-o", tmp_path / "out.json")
    assert (found.returncode, found.stdout) == (0, b"")
    assert len([json.loads(line) for line in (tmp_path / "out.json").read_bytes().splitlines()]) == 6


def test_output_must_not_be_an_input(capture_path: Path) -> None:
    before = capture_path.read_bytes()
    found = run("pcap", capture_path, "-o", capture_path)
    assert found.returncode == 2
    (line,) = lines(found.stderr)
    assert line.startswith(f"huginn: {capture_path}: is an input as well; write to another file")
    assert capture_path.read_bytes() == before


def test_output_that_cannot_be_written(capture_path: Path) -> None:
    found = run("pcap", capture_path, "-o", "/nonexistent/out")
    assert found.returncode == 2
    assert b"huginn: /nonexistent/out: cannot be written: No such file or directory" in found.stderr


@pytest.mark.parametrize(
    "arguments",
    [("pcap",), ("pcap", "--format", "json"), ("pcap", "-o", "/dev/full"), ("check",), ("--help",)],
)
def test_full_disk_is_one_line(arguments: tuple[str, ...], signatures: Path, tmp_path: Path) -> None:
    capture = tmp_path / "many.pcap"
    capture.write_bytes(samples.capture(5000))
    operand = {"pcap": [capture], "check": [signatures]}.get(arguments[0], [])
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            [*COMMAND, *arguments, *operand], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    name = "/dev/full" if "-o" in arguments else "standard output"
    assert found.returncode == 2
    assert lines(found.stderr) == [f"huginn: {name}: cannot be written: No space left on device"]


def test_closed_standard_output(capture_path: Path) -> None:
    command = ["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "pcap", str(capture_path)]
    found = subprocess.run(command, stderr=subprocess.PIPE, check=False, timeout=60)
    assert found.returncode == 2
    assert lines(found.stderr) == ["huginn: standard output is closed; name a file with -o"]


def test_statistics_go_to_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "talk.pcap"
    path.write_bytes(pcap([*samples.conversation(), (samples.START, b"\x45")]))
    found = run("pcap", path, "--stats", "--format", "json")
    assert len(lines(found.stdout)) == 5
    assert lines(found.stderr)[:4] == [
        "packets:  4 (173 bytes), 3 analysed",
        "dropped:  1 truncated",
        "left out: 1 truncated",
        "events:   1 SYN, 1 SYN+ACK, 2 MTU, 1 client uptime",
    ]


def test_settings_reach_the_analyzer(capture_path: Path) -> None:
    found = run("pcap", capture_path, "--stats", "--max-connections", "1", "--max-hosts", "1")
    assert b"2 evicted half open" in found.stderr


def test_tunnels(tmp_path: Path) -> None:
    path = tmp_path / "tunnel.pcap"
    path.write_bytes(pcap([(samples.START, carried(GRE, gre(samples.SYN_PACKET, 0x0800)))]))
    records = [json.loads(line) for line in lines(run("pcap", path, "--format", "json").stdout)]
    assert [(record["event"], record["tunnel"]) for record in records] == [("syn", "gre"), ("mtu", "gre")]
    without = run("pcap", path, "--no-decapsulate", "--stats")
    assert without.stdout == b""
    assert b"dropped:  1 not TCP" in without.stderr


def test_no_uptime(tmp_path: Path) -> None:
    path = tmp_path / "talk.pcap"
    path.write_bytes(pcap(samples.conversation()))
    assert b"Uptime" in run("pcap", path).stdout
    assert b"Uptime" not in run("pcap", path, "--events", "syn,syn_ack,mtu").stdout


def test_unsupported_link_types_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "odd.pcap"
    path.write_bytes(pcap(samples.syns(2), linktype=250))
    found = run("pcap", path)
    assert found.returncode == 0
    warning = "huginn: warning: left out 2 packets of link types that are not supported: 250"
    assert lines(found.stderr) == [warning]


def test_damage_is_reported_and_the_next_capture_read(damaged_path: Path, capture_path: Path) -> None:
    found = run("pcap", damaged_path, capture_path, "--format", "json")
    assert found.returncode == 1
    assert lines(found.stderr) == [f"huginn: {damaged_path}: truncated at record 2, byte offset 100"]
    assert len(lines(found.stdout)) == 6


def test_missing_among_others(capture_path: Path) -> None:
    found = run("pcap", "nosuch.pcap", capture_path)
    assert found.returncode == 1
    assert lines(found.stderr) == ["huginn: nosuch.pcap: No such file or directory"]
    assert found.stdout.count(b"[TCP SYN]") == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "huginn: No such command 'nonsense'."),
        (["pcap"], "huginn: Missing argument 'FILE...'."),
        (["pcap", "x", "--format", "xml"], "huginn: Invalid value for '--format'"),
        (["pcap", "x", "--max-hosts", "0"], "huginn: Invalid value for '--max-hosts'"),
        (["pcap", "x", "--nonsense"], "huginn: No such option"),
        (["pcap", "nosuch.pcap"], "huginn: nosuch.pcap: No such file or directory"),
        (["pcap", "/dev/null/x"], "huginn: /dev/null/x: Not a directory"),
        (["pcap", "/dev/null"], "huginn: /dev/null: empty capture file"),
        (["pcap", "x", "--db", "nosuch.fp"], "huginn: nosuch.fp: No such file or directory"),
        (["compile", "nosuch.fp"], "huginn: name the result: -o FILE.hgdb, or --header FILE.h"),
    ],
)
def test_refusals_are_one_line(arguments: list[str], message: str) -> None:
    found = run(*arguments)
    assert (found.returncode, found.stdout) == (2, b"")
    (line,) = lines(found.stderr)
    assert line.startswith(message)


def test_control_characters_in_names_are_shown() -> None:
    found = run("pcap", "no\x1b[31m\nsuch")
    assert lines(found.stderr) == [r"huginn: no\x1b[31m\x0asuch: No such file or directory"]


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.pcap"
    path.write_bytes(samples.capture(30000))
    with subprocess.Popen(
        [*COMMAND, "pcap", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_interrupt_keeps_what_was_written(tmp_path: Path) -> None:
    """On a pipe that stays open and idle: status 130, results kept, statistics as asked."""
    out = tmp_path / "out.json"
    command = [*COMMAND, "pcap", "-", "--stats", "--format", "json", "-o", str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            process.stdin.write(samples.capture(10000))
            process.stdin.flush()
            while not (out.exists() and out.stat().st_size):
                assert process.poll() is None
            time.sleep(0.5)  # now it waits for more
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
            assert process.stderr.readline().startswith(b"packets:")
        finally:
            process.kill()
    assert all(json.loads(line) for line in out.read_bytes().splitlines())


def test_check(signatures: Path, twice: Path) -> None:
    signatures.write_text(signatures.read_text().replace("and newer", "or newer"))  # p0f's is no version
    clean = run("check", signatures)
    assert (clean.returncode, lines(clean.stdout)) == (
        0,
        [f"{signatures}: 6 signatures, 0 errors, 0 warnings"],
    )
    warned = run("check", twice)
    assert warned.returncode == 0
    assert lines(warned.stdout)[0].startswith(f"{twice}:5:7: warning[")
    assert lines(warned.stdout)[-1] == f"{twice}: 2 signatures, 0 errors, 1 warning"
    assert run("check", "--strict", twice).returncode == 1
    assert run("check", "--strict", signatures).returncode == 0


def test_check_finds_every_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.fp"
    path.write_text("classes = unix\n[tcp:request]\nlabel = s:unix:A:\nsig = x\nsig = y\n")
    found = run("check", path)
    assert found.returncode == 2
    errors = [line.partition(": error[") for line in lines(found.stdout) if ": error[" in line]
    places = [(place, code[:4]) for place, _, code in errors]
    assert places == [
        (f"{path}:{line}:{column}", code) for line in (4, 5) for column, code in ((7, "E031"), (8, "E040"))
    ]


def test_compile_and_use(signatures: Path, capture_path: Path, tmp_path: Path) -> None:
    result = tmp_path / "small.hgdb"
    assert run("compile", signatures, "-o", result).returncode == 0
    expected = run("pcap", capture_path, "--db", signatures)
    assert run("pcap", capture_path, "--db", result).stdout == expected.stdout


def test_the_default_database_follows_a_file(signatures: Path, capture_path: Path, tmp_path: Path) -> None:
    joined = tmp_path / "joined.hgdb"
    assert run("compile", signatures, "--with-default", "-o", joined).returncode == 0
    expected = run("pcap", capture_path, "--format", "json", "--db", joined).stdout
    words = ("pcap", capture_path, "--format", "json", "--db", signatures)
    assert run(*words, "--with-default").stdout == expected
    assert run(*words).stdout != expected
    refused = run("hosts", capture_path, "--db", joined, "--with-default")
    assert refused.returncode == 2
    assert b"is compiled; --with-default needs the .fp file" in refused.stderr
    assert run("hosts", capture_path, "--with-default").returncode == 2


def test_compile_to_a_header(signatures: Path, tmp_path: Path) -> None:
    header = tmp_path / "table.h"
    assert run("compile", signatures, "--header", header, "--prefix", "plant").returncode == 0
    source = tmp_path / "use.c"
    source.write_text(
        '#include "table.h"\nstatic const hg_tables tables = PLANT_TABLES;\n'
        "int main(void) { return tables.signatures != plant_signatures || tables.signatures_count == 0; }\n"
    )
    builds.program(tmp_path / "use", [source])
    subprocess.run([tmp_path / "use"], check=True)


@pytest.mark.parametrize("prefix", ["9a", "a-b", "", "int x;"])
def test_a_prefix_begins_a_name_of_c(signatures: Path, tmp_path: Path, prefix: str) -> None:
    done = run("compile", signatures, "--header", tmp_path / "table.h", "--prefix", prefix)
    assert done.returncode == 2
    assert b"--prefix" in done.stderr
    assert not (tmp_path / "table.h").exists()


def test_compile_with_errors_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bad.fp"
    path.write_text("nonsense\n")
    found = run("compile", path, "-o", tmp_path / "bad.hgdb")
    assert found.returncode == 2
    assert not (tmp_path / "bad.hgdb").exists()
    assert f"{path}:1:" in lines(found.stderr)[0]


def test_compile_refuses_to_overwrite_its_input(signatures: Path) -> None:
    assert run("compile", signatures, "-o", signatures).returncode == 2
    assert signatures.read_text() == samples.SIGNATURES


def test_warnings_of_a_database_are_pointed_out(twice: Path, capture_path: Path) -> None:
    found = run("pcap", capture_path, "--db", twice)
    assert found.returncode == 0
    assert lines(found.stderr) == [f"huginn: {twice}: 1 warning (see: huginn check {twice})"]


def test_errors_of_a_database_are_all_shown(tmp_path: Path, capture_path: Path) -> None:
    path = tmp_path / "bad.fp"
    path.write_text("nonsense\nmore\n")
    found = run("pcap", capture_path, "--db", path)
    assert found.returncode == 2
    assert sum(": error[" in line for line in lines(found.stderr)) == 2


def test_version_and_help() -> None:
    assert lines(run("--version").stdout)[:1] == [f"huginn, version {hg.__version__}"]
    assert b"huginn devices capture.pcap" in run("--help").stdout
    assert b"Exit status: 0 done" in run("pcap", "--help").stdout


def test_main_returns_the_status(capture_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["pcap", str(capture_path), "--format", "p0f"]) == 0
    assert capsysbinary.readouterr().out.count(b"mod=syn") == 3

"""``huginn serve`` and ``huginn-p0f -s``: how they begin, answer and end."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import needs
from tests.support.api_hosts import ANSWER_BYTES, TIMEOUT_S, client, fields, query, received

pytestmark = pytest.mark.no_asan("starts programs")

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = str(ROOT / "examples" / "sample.pcap")


def command(*words: str, module: str = "huginn_cffi") -> list[str]:
    return [sys.executable, "-m", module, *words]


def run(*words: str, module: str = "huginn_cffi") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words, module=module),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


@contextmanager
def running(words: list[str], path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program whose socket is there; it is gone afterwards, whatever happened."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    program = subprocess.Popen(words, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]
    try:
        deadline = time.monotonic() + TIMEOUT_S
        while not is_listening(path):
            assert program.poll() is None, program.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield program
    finally:
        program.kill()
        program.communicate()


def is_listening(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_answers_until_a_signal(tmp_path: Path, number: int, status: int) -> None:
    path = tmp_path / "s"
    with running(command("serve", SAMPLE, "--api", str(path)), path) as program:
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        with client(path) as talk:
            talk.sendall(query("192.0.2.10") + query("203.0.113.200"))
            found = received(talk, 2 * ANSWER_BYTES)
        assert fields(found[:ANSWER_BYTES])[1] == 0x10
        assert fields(found[:ANSWER_BYTES])[12:14] == ("Windows", "10, 11, 2019, 2022 or 2025")
        assert fields(found[ANSWER_BYTES:])[1] == 0x20
        program.send_signal(number)
        output, errors = program.communicate(timeout=TIMEOUT_S)
    assert (program.returncode, output) == (status, "")
    first, last = errors.splitlines()
    assert first.startswith("answering for 11 hosts on ")
    assert last == "api:      2 answered"
    assert not path.exists()


def test_the_mode_and_the_group_that_were_asked_for(tmp_path: Path) -> None:
    path, group = tmp_path / "s", str(os.getegid())
    words = command("serve", SAMPLE, "--api", str(path), "--api-mode", "0666", "--api-group", group)
    with running(words, path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o666
        assert path.stat().st_gid == os.getegid()


def test_a_damaged_capture_is_answered_from(tmp_path: Path) -> None:
    path, cut = tmp_path / "s", tmp_path / "cut.pcap"
    cut.write_bytes(Path(SAMPLE).read_bytes()[:-7])
    with running(command("serve", str(cut), "--api", str(path)), path) as program:
        program.send_signal(signal.SIGTERM)
        _, errors = program.communicate(timeout=TIMEOUT_S)
    assert program.returncode == 1
    assert f"huginn: {cut}: " in errors


def test_hosts_left_out_are_said(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with running(command("serve", SAMPLE, "--api", str(path), "--max-inventory", "2"), path) as program:
        program.send_signal(signal.SIGTERM)
        _, errors = program.communicate(timeout=TIMEOUT_S)
    assert program.returncode == 1
    assert "left out, beyond the first 2 hosts; a larger --max-inventory takes them in" in errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([SAMPLE], "Missing option '--api'"),
        (["--api", "s"], "Missing argument"),
        (["/nowhere.pcap", "--api", "{}/s"], "huginn: /nowhere.pcap: No such file or directory"),
        ([SAMPLE, "--api", "{}/file"], "file: exists and is not a socket; it was left as it is"),
        ([SAMPLE, "--api", "{}/nowhere/s"], "there is no folder "),
        ([SAMPLE, "--api", "{}/s", "--api-group", "no such group"], "there is no group no such group"),
        ([SAMPLE, "--api", "{}/s", "--api-group", "99999999999"], "there is no group 99999999999"),
        ([SAMPLE, "--api", "{}/s", "--api-mode", "0777"], "'0777' is not one of '0660', '0666'"),
    ],
)
def test_refusals(tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "file").write_text("precious")
    done = run("serve", *(word.format(tmp_path) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("huginn: ")
    assert said in line
    assert (tmp_path / "file").read_text() == "precious"


def test_a_socket_in_use_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with running(command("serve", SAMPLE, "--api", str(path)), path):
        done = run("serve", SAMPLE, "--api", str(path))
        assert done.returncode == 2
        assert done.stderr.endswith(
            ": another program answers there; name another file, or end that program\n"
        )
        assert is_listening(path)


def test_capture_has_no_use_for_a_group_without_a_socket() -> None:
    done = run("capture", "lo", "--api-group", "root")
    assert done.returncode == 2
    assert "--api-group and --api-mode need --api PATH" in done.stderr


def test_json_beside_p0fs_queries(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with running(command("serve", SAMPLE, "--api", str(path)), path), client(path) as talk:
        talk.sendall(b'{"ip": "192.0.2.10"}\n' + query("192.0.2.10") + b'{"ip": "192.0.2.10"}')
        talk.shutdown(socket.SHUT_WR)
        said = received(talk, 1 << 20)
    line, _, rest = said.partition(b"\n")
    assert fields(rest[:ANSWER_BYTES])[12] == "Windows"
    assert rest[ANSWER_BYTES:] == line + b"\n"
    found = json.loads(line)
    assert (found["ip"], found["known"], found["family"]) == ("192.0.2.10", True, "Windows")
    assert found["first_seen"] == "2026-01-15T10:00:00.000000000Z"


def test_p0fs_options_give_the_log_and_then_answers(tmp_path: Path) -> None:
    needs.libpcap()
    path, log = tmp_path / "s", tmp_path / "log"
    words = command(
        "-r", SAMPLE, "-s", str(path), "-o", str(log), "port", "8080", module="huginn_cffi.cli.p0f"
    )
    with running(words, path) as program:
        assert log.read_text().count("\n") == 1
        with client(path) as talk:
            talk.sendall(query("192.0.2.66") + query("192.0.2.10"))
            found = received(talk, 2 * ANSWER_BYTES)
        assert [fields(found[at:][:ANSWER_BYTES])[1] for at in (0, ANSWER_BYTES)] == [0x10, 0x20]
        program.send_signal(signal.SIGTERM)
        program.communicate(timeout=TIMEOUT_S)
    assert program.returncode == 0
    assert not path.exists()

"""Folders of output: files that no earlier run wrote are never replaced or removed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from huginn_cffi.formats.folders import MANIFEST, OutputFolder
from tests.support.captures import pcap
from tests.support.in_process import run_in_process_as_text
from tests.support.packets import Ip4, Tcp, mss, packet
from tests.support.sample import sample

OWN_LOGS = {
    "pcap": ("ssl.log", "http.log", "ssh.log"),
    "hosts": ("software.log", "known_hosts.log", "known_services.log"),
    "devices": ("known_devices.log",),
}
ZEEK = sorted(name for names in OWN_LOGS.values() for name in names)
WRITERS = [
    *((command, ("--format", "zeek"), log) for command, logs in OWN_LOGS.items() for log in logs),
    ("pcap", ("--format", "csv"), "syn.csv"),
    ("pcap", ("--format", "csv"), "finding.csv"),
    ("pcap", ("--format", "parquet"), "tls_client.parquet"),
    ("pcap", ("--format", "zeek"), MANIFEST),
    ("pcap", ("--format", "parquet", "--partition", "hour"), MANIFEST),
]


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def run(command: str, folder: Path, capture: Path, *words: str) -> subprocess.CompletedProcess[str]:
    if "parquet" in words or "csv" in words:
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return run_in_process_as_text(command, *words, "-o", f"{folder}/", capture)


def state(folder: Path) -> dict[str, object]:
    """Every name, its content or where it leads, and when it was changed."""
    return {
        str(path.relative_to(folder)): (
            path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None,
            path.lstat().st_mtime_ns,
            path.lstat().st_ino,
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize(
    ("kind", "command", "words", "name"),
    [
        *(("file", *writer) for writer in WRITERS),
        *((kind, *WRITERS[at]) for kind in ("empty", "link", "dangling", "folder") for at in (1, 6, 7)),
        *((kind, *WRITERS[-1]) for kind in ("link", "dangling", "folder")),
    ],
)
def test_a_foreign_file_is_an_error_that_names_it(
    kind: str, command: str, words: tuple[str, ...], name: str, folder: Path, capture: Path
) -> None:
    path, elsewhere = folder / name, folder.parent / "elsewhere"
    if kind == "folder":
        path.mkdir()
    elif kind == "file":
        path.write_bytes(b"#separator \\x09\n" if name != MANIFEST else b'{"name": "a web page"}\n')
    elif kind == "empty":
        path.write_bytes(b"")
    else:
        path.symlink_to(elsewhere)
    if kind == "link":
        elsewhere.write_bytes(b"precious")
    (folder / "notes.txt").write_text("mine")
    before = state(folder.parent)
    done = run(command, folder, capture, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(path) in done.stderr
    assert done.stderr.count("\n") == 1
    assert state(folder.parent) == before


OTHERS = ("conn.log", "dns.log", "notes.txt", ".hidden", "ssl.log.gz", "SSL.LOG", "http", "below/ssl.log")
"""Names that no command writes."""


@pytest.mark.parametrize("seed", range(12))
def test_drawn_folders(seed: int, folder: Path, capture: Path) -> None:
    """Some files of others: one with a name of the command's is an error, and none is ever changed."""
    random = Random(seed)
    command = random.choice([*OWN_LOGS])
    present = {*random.sample(OTHERS, random.randrange(len(OTHERS)))}
    present |= {*random.sample(ZEEK, random.choice([0, 0, 1, 3]))}
    for name in present:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(random.randbytes(random.randrange(100)))
    before = state(folder)
    done = run(command, folder, capture, "--format", "zeek")
    after = state(folder)
    if present & {*OWN_LOGS[command]}:
        assert (done.returncode, after) == (2, before)
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert {name: after[name] for name in present} == {name: before[name] for name in present}
        assert {*after} - {*before} <= {*OWN_LOGS[command], MANIFEST}
        assert MANIFEST in after


def test_commands_share_a_folder_and_replace_their_own_files(folder: Path, capture: Path) -> None:
    foreign = {"conn.log": b"of Zeek", "dns.log": b"too", "notes.txt": b"mine"}
    for name, content in foreign.items():
        (folder / name).write_bytes(content)
    for _ in range(2):
        for command in OWN_LOGS:
            done = run(command, folder, capture, "--format", "zeek")
            assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in folder.glob("*.log")} == {*ZEEK, "conn.log", "dns.log"} - {"http.log"}
    assert {name: (folder / name).read_bytes() for name in foreign} == foreign


def test_a_file_that_another_program_replaced_is_foreign(folder: Path, capture: Path) -> None:
    run("pcap", folder, capture, "--format", "zeek")
    (folder / "ssl.log").write_text("of Zeek\n")
    before = state(folder)
    done = run("pcap", folder, capture, "--format", "zeek")
    assert done.returncode == 2
    assert "ssl.log" in done.stderr
    assert state(folder) == before


def test_links_to_files_of_an_earlier_run_stay_with_their_content(folder: Path, capture: Path) -> None:
    """A name is replaced, not the content: another name of the file keeps it."""
    run("pcap", folder, capture, "--format", "zeek")
    kept = folder.parent / "kept.log"
    os.link(folder / "ssl.log", kept)
    before = kept.read_bytes()
    empty = folder.parent / "empty.pcap"
    empty.write_bytes(pcap([(10**18, packet(Ip4("192.0.2.1"), Tcp(options=mss(1460))))]))
    assert run("pcap", folder, empty, "--format", "zeek").returncode == 0
    assert not (folder / "ssl.log").exists(), "the capture has no TLS"
    assert kept.read_bytes() == before


@pytest.mark.parametrize("cut", [0, 1, 5, 40])
def test_a_manifest_that_was_written_in_part(cut: int, folder: Path, capture: Path) -> None:
    run("pcap", folder, capture, "--format", "zeek")
    manifest = folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes() + b'\n{"files": {"ssl.log": [12, 34]}}'[: cut + 1])
    for _ in range(2):
        assert run("pcap", folder, capture, "--format", "zeek").returncode == 0
    assert (folder / "ssl.log").read_text().startswith("#separator")


@pytest.mark.parametrize("line", ['{"files": {"../sample.pcap": [1]}}', '{"files": {"/etc/passwd": [1]}}'])
def test_a_manifest_names_no_file_outside(line: str, folder: Path, capture: Path) -> None:
    (folder / MANIFEST).write_text(line)
    done = run("pcap", folder, capture, "--format", "zeek")
    assert done.returncode == 2
    assert MANIFEST in done.stderr


def test_one_command_at_a_time(folder: Path, capture: Path) -> None:
    other = OutputFolder(folder)
    other.unfinished("ssl.log").write_text("by the other")
    before = state(folder)
    done = run("pcap", folder, capture, "--format", "zeek")
    assert done.returncode == 2
    assert "another command is writing to this folder" in done.stderr
    assert state(folder) == before
    other.publish(())
    other.close()
    assert (folder / "ssl.log").read_text() == "by the other"
    assert run("pcap", folder, capture, "--format", "zeek").returncode == 0


def test_a_run_that_was_killed_is_no_obstacle(folder: Path, tmp_path: Path, capture: Path) -> None:
    """Its unfinished files are replaced; the files of the run before it are there until then."""
    run("pcap", folder, capture, "--format", "csv")
    first = {name: one for name, one in state(folder).items() if name.endswith(".csv")}
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    line = [sys.executable, "-m", "huginn_cffi", "pcap", "--format", "csv", "-o", str(folder), str(endless)]
    with subprocess.Popen(line) as process, endless.open("wb") as file:
        file.write(sample())
        file.flush()
        unfinished = folder / "syn.csv.unfinished"
        while not unfinished.exists():
            assert process.poll() is None
            file.write(200 * sample()[24:])
            file.flush()
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert {name: one for name, one in state(folder).items() if name.endswith(".csv")} == first
    assert run("pcap", folder, capture, "--format", "csv").returncode == 0
    assert not [*folder.glob("*.unfinished")]


def test_partitions_without_their_manifest_are_foreign(folder: Path, capture: Path, tmp_path: Path) -> None:
    words = ("--format", "parquet", "--partition", "hour")
    assert run("pcap", folder, capture, *words).returncode == 0
    manifest = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).unlink()
    before = state(folder)
    done = run("pcap", folder, capture, *words)
    assert done.returncode == 2
    assert ".parquet: cannot be written: it exists" in done.stderr
    assert state(folder) == before
    other = tmp_path / "other.pcap"
    other.write_bytes(sample())
    assert run("pcap", folder, other, *words).returncode == 0, "its files have other names"
    (folder / MANIFEST).write_bytes(manifest + (folder / MANIFEST).read_bytes())
    assert run("pcap", folder, capture, *words).returncode == 0


def test_a_partition_that_was_lost_is_written_again(folder: Path, capture: Path) -> None:
    words = ("--format", "parquet", "--partition", "hour")
    run("pcap", folder, capture, *words)
    lost = sorted(folder.rglob("*.parquet"))[0]
    content = lost.read_bytes()
    lost.unlink()
    assert run("pcap", folder, capture, *words).returncode == 0
    assert lost.read_bytes() == content
    notes = [json.loads(line) for line in (folder / MANIFEST).read_text().splitlines() if line]
    assert [one["capture"] for one in notes] == [str(capture)] * 2

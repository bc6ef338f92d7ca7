"""Parquet by date and hour: the events of a plain run, the same files however often the run was stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, mss, packet

pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from pyarrow import parquet

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.formats import folders, partitions

EIGHT = 1_768_464_000  # 2026-01-15 08:00 UTC


def capture(path: Path, clients: int, step_s: int) -> str:
    """SYNs of new clients from 08:00 on."""
    syns = (packet(Ip4(f"10.0.{number >> 8}.{number & 255}"), Tcp(options=mss(1460))) for number in count())
    path.write_bytes(pcap([((EIGHT + number * step_s) * 10**9, next(syns)) for number in range(clients)]))
    return str(path)


@pytest.fixture
def captures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two captures of some hours; files are cut after 25 rows."""
    monkeypatch.setattr(partitions, "FILE_ROWS", 25)
    return [capture(tmp_path / f"{name}.pcap", 60 + 20 * at, 150) for at, name in enumerate("ab")]


def run(folder: Path, *more: str) -> int:
    return main(["pcap", "--format", "parquet", "-o", str(folder), "--partition", "hour", *more])


def files(folder: Path) -> dict[str, bytes]:
    """All tables with their bytes."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*.parquet*")}


def test_files_have_the_events_of_a_plain_run_by_hour(captures: list[str], tmp_path: Path) -> None:
    assert run(tmp_path / "out", *captures) == 0
    found = sorted((tmp_path / "out" / "syn").rglob("*.parquet"))
    assert {one.parent.relative_to(tmp_path / "out").as_posix() for one in found} == {
        f"syn/date=2026-01-15/hour={hour:02}" for hour in (8, 9, 10, 11)
    }
    rows = [row for one in found for row in parquet.read_table(one, partitioning=None).to_pylist()]
    for one in found:
        hours = {row["time_ns"].hour for row in parquet.read_table(one, partitioning=None).to_pylist()}
        assert hours == {int(one.parent.name[-2:])}
    plain = [
        (part.source.ip, part.packet_number)
        for path in captures
        for result in hg.Analyzer().analyze_pcap(path)
        if (part := result.syn) is not None
    ]
    assert sorted((row["src_ip"], row["packet_number"]) for row in rows) == sorted(plain)
    manifest = [
        json.loads(line) for line in (tmp_path / "out/manifest.jsonl").read_text().split("\n") if line
    ]
    assert [one["capture"] for one in manifest] == captures
    assert {name for one in manifest for name in one["files"]} == set(files(tmp_path / "out"))


def test_workers_and_batches_change_nothing(
    captures: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(tmp_path / "one", *captures) == 0
    assert run(tmp_path / "two", "--workers", "2", *captures) == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


class StoppedError(BaseException):
    """As if the process was killed: nobody catches it."""


@pytest.mark.parametrize("step", ["write", "rename", "manifest"])
def test_a_run_that_was_stopped_anywhere_is_continued(
    step: str, captures: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each file that is written, at each that gets its name, and at each line of the manifest."""
    assert run(tmp_path / "whole", *captures) == 0
    left, folder = [0], tmp_path / "stopped"

    def stopping(called: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                if step == "manifest":
                    os.write(arguments[0], arguments[1][:40])
                raise StoppedError
            return called(*arguments, **named)

        return call

    owner, name = {
        "write": (parquet, "write_table"),
        "rename": (Path, "replace"),
        "manifest": (folders, "write_all"),
    }[step]
    monkeypatch.setattr(owner, name, stopping(getattr(owner, name)))
    for allowed in range(60):
        left[0] = allowed
        try:
            assert run(folder, *captures) == 0
        except StoppedError:
            continue
        break
    assert allowed > 1
    assert files(folder) == files(tmp_path / "whole")


def test_two_workers_that_were_killed_are_continued(captures: list[str], tmp_path: Path) -> None:
    several = [capture(tmp_path / f"more{number}.pcap", 600, 9) for number in range(5)]
    line = [sys.executable, "-m", "huginn_cffi", "pcap", "--format", "parquet", "--partition", "hour"]
    subprocess.run([*line, "-o", str(tmp_path / "whole"), *several], check=True)
    manifest = tmp_path / "killed" / "manifest.jsonl"
    for least in (1, 3):
        with subprocess.Popen([*line, "--workers", "2", "-o", str(tmp_path / "killed"), *several]) as process:
            while process.poll() is None and (
                not manifest.exists() or manifest.read_bytes().count(b"capture") < least
            ):
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
    assert subprocess.run([*line, "--workers", "2", "-o", str(tmp_path / "killed"), *several]).returncode == 0
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


def test_a_capture_that_changed_is_read_again_and_its_old_files_go(
    captures: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    assert run(folder, *captures) == 0
    times = {name: (folder / name).stat().st_mtime_ns for name in files(folder)}
    assert run(folder, *captures) == 0
    assert {name: (folder / name).stat().st_mtime_ns for name in files(folder)} == times
    capture(Path(captures[0]), 5, 1)
    assert run(folder, *captures) == 0
    of_first = [name for name in files(folder) if "/a.pcap-" in name and name.startswith("syn/")]
    assert [parquet.read_table(folder / name, partitioning=None).num_rows for name in of_first] == [5]


def test_damage_and_absence(captures: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What comes before damage is kept; a capture that is absent is asked for again."""
    damaged = tmp_path / "d.pcap"
    damaged.write_bytes(Path(captures[0]).read_bytes()[:-3])
    assert run(tmp_path / "out", str(damaged), str(tmp_path / "absent.pcap")) == 1
    assert "absent.pcap" in capsys.readouterr().err
    assert "absent" not in (tmp_path / "out/manifest.jsonl").read_text()
    assert json.loads((tmp_path / "out/manifest.jsonl").read_text().split("\n")[1])["events"] > 50


@pytest.mark.parametrize(
    "words", [["--format", "json", "-o", "x/"], ["--format", "parquet"], ["--summary", "-o", "x/"]]
)
def test_refused(words: list[str], captures: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pcap", "--partition", "hour", *words, captures[0]]) == 2
    assert "--partition" in capsys.readouterr().err

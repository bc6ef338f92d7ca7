"""Memory that untrusted traffic can fill: each command has a limit and counts what exceeds it."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.captures import pcap
from tests.support.command import ENVIRONMENT, GIVING_BACK
from tests.support.core import ROOT
from tests.support.in_process import run_in_process
from tests.support.packets import NOP, Ip4, Tcp, mss, packet, wscale
from tests.support.report_pages import read
from tests.support.sanitizers import SANITIZED

LIMIT = 2_000
SOME, MORE = 20 * LIMIT, 35 * LIMIT
"""Hosts of the floods. The smaller one fills every buffer, too: a batch of rows is the largest."""

HOST = 50
"""Bytes that each host beyond the limit may add: what is kept of one takes more."""

AGAIN = """
import huginn_cffi as hg
analyzer, most = hg.Analyzer(), []
for _ in range(6):
    list(analyzer.batches("examples/sample.pcap"))
    most.append(int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]))
print(most[-1] - most[0])
"""
"""Prints how much memory (KB) the same capture takes when it is read five times more."""

BLOCKS = 4 << 20
"""What else an archive of more blocks needs: dask holds a graph of them."""

STRANGER = packet(Ip4(), Tcp(options=mss(1399) + NOP + wscale(3) + b"\xfd\x04ab", window=12345))
"""No signature names it."""

MEASURED = """
import os, re
from huginn_cffi.cli import app, main
def analyse(capture, limit):
    return main([*command, "--max-inventory", str(limit), capture])
def measure(limit, captures):
    for capture in captures:
        if os.fork() == 0:
            status = analyse(capture, limit)
            most = re.search("VmHWM: *(.*) kB", open("/proc/self/status").read().expandtabs())[1]
            note.write(f"{status} {most} ")
            note.flush()
            os._exit(0)
        os.wait()
"""
"""Notes status and most memory (KB) for each capture, each in a process that has all modules already."""


def flood(path: Path, hosts: int, *, layouts: bool = False) -> str:
    """A SYN of each of so many hosts, no two of them alike: in window and MSS, or in the order of options."""
    with path.open("wb") as file:
        file.write(pcap([]))
        for number in range(hosts):
            data = bytearray(STRANGER)
            struct.pack_into("!I", data, 12, 0x0B000000 + number)
            if layouts:
                kinds = (0x80 + (number >> 6 * place & 63) for place in range(4))
                data[40:] = b"".join(bytes((kind, 3, 0)) for kind in kinds)
            else:
                struct.pack_into("!H", data, 34, number & 0xFFFF)  # the window
                struct.pack_into("!H", data, 42, 1000 + (number >> 16))  # the MSS
            file.write(struct.pack("<4I", number // 1000, number % 1000, len(data), len(data)) + data)
    return str(path)


@pytest.fixture(scope="module")
def floods(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("floods")
    return flood(folder / "some", SOME), flood(folder / "more", MORE)


def growth(code: str, floods: tuple[str, str], folder: Path, limit: int = LIMIT) -> int:
    """The bytes that a process takes for the larger flood over those that it took for the other before."""
    note = folder / "note"
    program = f"{MEASURED}\nnote = open({str(note)!r}, 'a')\n{code}\nmeasure({limit}, {floods!r})"
    subprocess.run(
        [sys.executable, "-c", program],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT | GIVING_BACK,
        timeout=300,
        check=True,
    )
    status, some, again, more = map(int, note.read_text().split())
    assert status == again == int(limit < SOME)
    return 1024 * (more - some)


COMMANDS = {
    "summary": ["pcap", "--summary", "--format", "json"],
    "hosts": ["hosts", "--format", "json"],
    "unknown": ["unknown"],
    "learn": ["learn", "--as", "Acme Meter 1", "--host", "11.0.0.0/8"],
    "report": ["report", "-o", os.devnull],
}


@pytest.mark.skipif(SANITIZED, reason="AddressSanitizer keeps what was freed")
@pytest.mark.parametrize("name", COMMANDS)
def test_more_beyond_the_limit_takes_no_more_memory(
    name: str, floods: tuple[str, str], tmp_path: Path
) -> None:
    assert growth(f"command = {COMMANDS[name]!r}", floods, tmp_path) < HOST * (MORE - SOME)


@pytest.mark.skipif(SANITIZED, reason="AddressSanitizer keeps what was freed")
@pytest.mark.parametrize(("layouts", "most"), [(False, 1000), (True, 400)])
def test_a_signature_without_a_name_takes_little_memory(tmp_path: Path, layouts: bool, most: int) -> None:
    """`most` bytes. Windows, of which there are 65,536, take most of the memory of one line."""
    counts = SOME // 2, MORE // 2
    some, more = (flood(tmp_path / str(hosts), hosts, layouts=layouts) for hosts in counts)
    grown = growth("command = ['unknown']", (some, more), tmp_path, limit=MORE)
    print(grown / (counts[1] - counts[0]))
    assert grown < most * (counts[1] - counts[0])


ARCHIVE = """
import gc, warnings, dask
from huginn_cffi.applications.dask import Archive
gc.set_threshold(100)  # what is in circles goes at once, not at some time
def analyse(capture, limit):
    with dask.config.set(scheduler="synchronous"), warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        found = Archive(capture, blocksize="64 KiB").hosts(max_inventory=limit).compute()
    return len(said) if len(found) == limit else 3
"""


@pytest.mark.skipif(SANITIZED, reason="AddressSanitizer keeps what was freed")
def test_more_beyond_the_limit_of_an_archive_takes_no_more_memory(
    floods: tuple[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("dask")
    assert growth(ARCHIVE, floods, tmp_path) < HOST * (MORE - SOME) + BLOCKS


def run(*words: str) -> tuple[int, str, str]:
    done = run_in_process(*words)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    return flood(tmp_path_factory.mktemp("few") / "few", 30)


def test_hosts_beyond_the_limit_are_said(few: str) -> None:
    status, printed, said = run("hosts", "--format", "json", "--max-inventory", "20", few)
    *lines, end = [json.loads(line) for line in printed.splitlines()]
    assert (status, len(lines), end["hosts"], end["left_out"]) == (1, 20, 20, 10)
    [loss] = end["losses"]
    assert (loss["kind"], loss["count"]) == ("limit", 10)
    assert lines[19]["ip"] == "11.0.0.19"
    assert said == (
        "huginn: warning: 10 packets left out, beyond the first 20 hosts; "
        "a larger --max-inventory takes them in\n"
    )
    assert run("hosts", "--max-inventory", "30", few)[::2] == (0, "")


def test_a_summary_says_what_is_beyond_for_any_number_of_workers(few: str) -> None:
    words = ("pcap", "--summary", "--format", "json", "--max-inventory", "20", few)
    status, printed, said = run(*words)
    found: dict[str, Any] = json.loads(printed)
    assert (status, found["hosts"], found["hosts_complete"]) == (1, 20, False)
    assert found["left_out"] == 10
    assert [(one["kind"], one["count"]) for one in found["losses"]] == [("limit", 10)]
    assert "10 packets left out" in said
    assert run(*words, "--workers", "3") == (status, printed, said)


def test_unknown_says_what_is_beyond(few: str) -> None:
    status, printed, said = run("unknown", "--format", "json", "--max-inventory", "20", few)
    found = json.loads(printed)
    assert (status, found["left_out"]) == (1, 10)
    assert sum(item["support"]["hosts"] for item in found["unknown"]) == 20
    assert "10 packets left out" in said


def test_learning_says_what_is_beyond(few: str) -> None:
    words = ("learn", "--as", "Acme Meter 1", "--host", "11.0.0.0/8", "--format", "json")
    status, printed, said = run(*words, "--max-inventory", "20", few)
    assert (status, json.loads(printed)["left_out"]) == (1, 10)
    assert "10 packets left out" in said


def test_a_report_says_what_is_beyond(few: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    status, _, said = run("report", "-o", str(page), "--max-inventory", "20", few)
    assert status == 1
    assert "packets left out" in said
    assert read(page.read_bytes()).document["left_out"] > 0


def test_a_host_with_many_tallies_is_bounded(tmp_path: Path) -> None:
    """Few addresses that show something new in each packet fill memory as well as many do."""
    capture = tmp_path / "few"
    with capture.open("wb") as file:
        file.write(pcap([]))
        for number in range(500):
            data = bytearray(STRANGER)
            data[15] = number % 5
            struct.pack_into("!H", data, 20, number)  # the port: another connection
            struct.pack_into("!H", data, 34, number)
            file.write(struct.pack("<4I", number, 0, len(data), len(data)) + data)
    status, printed, _ = run("pcap", "--summary", "--format", "json", "--max-inventory", "99", str(capture))
    found = json.loads(printed)
    assert (status, found["hosts"], len(found["unknown"])) == (0, 5, 5 * 32), "32 of each host"


def test_a_further_analysis_takes_no_more_memory() -> None:
    """Tables for a million connections take memory as they are filled, for each analysis of a process."""
    done = subprocess.run(
        [sys.executable, "-c", AGAIN], capture_output=True, env=ENVIRONMENT, cwd=ROOT, timeout=300, check=True
    )
    assert int(done.stdout) < 8_000

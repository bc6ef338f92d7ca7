"""``huginn report`` as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from huginn_cffi.base.times import rfc3339
from tests.support.captures import pcap
from tests.support.devices.made import ETHERNET
from tests.support.holders import FROM, HOLDER, OTHER, WINDOWS, connection
from tests.support.in_process import run_in_process_as_text
from tests.support.report_pages import read
from tests.support.sample import sample


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command line."""
    return run_in_process_as_text("report", *arguments)


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    return path


def test_a_page_is_written(capture: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = run(capture, "-o", page)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{page}: {page.stat().st_size} bytes\n"
    found = read(page.read_bytes())
    assert [one["name"] for one in found.document["captures"]] == [str(capture)]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_page_to_standard_output(capture: Path, tmp_path: Path) -> None:
    done = run(capture, "-o", "-")
    assert done.returncode == 0
    assert done.stdout.startswith("<!doctype html>")
    assert done.stderr == f"standard output: {len(done.stdout.encode())} bytes\n"
    assert [path.name for path in tmp_path.iterdir()] == [capture.name]


def test_a_filter_is_obeyed(capture: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run(capture, "-o", page, "--ip", "192.0.2.66", "--src-only").returncode == 0
    found = read(page.read_bytes()).document
    assert [row["name"] for row in found["systems"]] == ["NMap"]
    assert found["drops"]["filtered"] > 0


@pytest.mark.parametrize("is_stored", [False, True])
def test_the_network_as_it_was(tmp_path: Path, is_stored: bool) -> None:
    """Two holders of an address, three days apart; nothing of the other one is on the page."""
    capture, page, store = (tmp_path / name for name in ("a.pcap", "r.html", "s.sqlite"))
    packets = [*connection(0, HOLDER, system=WINDOWS, ttl=128), *connection(72 * 3600, OTHER)]
    capture.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    assert run_in_process_as_text("hosts", capture, "--store", store, "-o", tmp_path / "o").returncode == 0
    for day, family, mac in ((0, "Windows", HOLDER), (3, "Linux", OTHER)):
        time = rfc3339(packets[0][0] + day * 86_400 * 10**9)[:16]
        source = ["--store", store] if is_stored else [capture]
        assert run(*source, "-o", page, "--at", time, "--hosts", "all").returncode == 0
        found = read(page.read_bytes()).document
        for name in ("top_hosts", "more_hosts"):
            own = [(one["mac"], one["family"]) for one in found[name] if one["ip"] == FROM[4]]
            assert own == [(mac, family)]
        assert {one["name"] for one in found["systems"]} == {family}
    assert run(*source, "-o", page, "--at", "2001-01-01").returncode == 0
    assert read(page.read_bytes()).document["hosts"] == 0


def test_the_page_must_be_named(capture: Path) -> None:
    done = run(capture)
    assert done.returncode == 2
    assert "name the page to write with -o" in done.stderr


def test_a_capture_is_not_overwritten(capture: Path) -> None:
    done = run(capture, "-o", capture)
    assert done.returncode == 2
    assert f"{capture}: is an input as well" in done.stderr
    assert capture.read_bytes() == sample()


def test_damage_is_told_by_the_page_too(capture: Path, tmp_path: Path) -> None:
    damaged, page = tmp_path / "cut.pcap", tmp_path / "report.html"
    damaged.write_bytes(sample()[:-9])
    done = run(capture, damaged, tmp_path / "absent.pcap", "-o", page)
    assert done.returncode == 1
    found = read(page.read_bytes())
    complaints = [line.removeprefix("huginn: ") for line in done.stderr.splitlines()[:2]]
    assert complaints[0].startswith(f"{damaged}: ")
    assert complaints[1].startswith(f"{tmp_path / 'absent.pcap'}: ")
    assert all(line in found.text for line in complaints)
    assert (found.document["packets"], found.document["analysed"]) == (51, 51), "26 and 25 packets"


def test_nothing_is_written_when_nothing_could_be_read(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = run(tmp_path / "absent.pcap", "-o", page)
    assert done.returncode == 2
    assert not page.exists()


def test_an_output_that_cannot_be_written(capture: Path, tmp_path: Path) -> None:
    done = run(capture, "-o", tmp_path / "absent" / "report.html")
    assert done.returncode == 2
    assert "cannot be written: No such file or directory" in done.stderr


def test_a_report_needs_no_other_package(capture: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    hide = "import sys; sys.modules.update(jinja2=None, pyarrow=None); "
    code = f"{hide}from huginn_cffi.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", code, "report", str(capture), "-o", str(page)]
    subprocess.run(command, check=True, timeout=120)
    assert read(page.read_bytes()).document["packets"] == 26


def test_a_page_shows_the_answers_of_a_policy(capture: Path, tmp_path: Path) -> None:
    """Of captures and of their store; a wrong policy is refused before anything is read."""
    rules, page, store = tmp_path / "own.toml", tmp_path / "report.html", tmp_path / "hosts.sqlite"
    rules.write_text('[[rule]]\nname="No <b>"\nrequire="0"\n[[rule]]\nname="b"\nrequire="1"')
    run_in_process_as_text("hosts", capture, "--store", store)
    for source in ((capture,), ("--store", store)):
        assert run(*source, "--policy", rules, "-o", page).returncode == 0
        *failed, passed = read(page.read_bytes()).document["rules"]
        assert {(one["name"], one["verdict"]) for one in failed} == {("No <b>", "fails")}
        assert all(one["host"] and "last_seen 20" in one["values"] for one in failed)
        assert {f" of {capture}" in one["values"] for one in failed} == {source == (capture,)}
        assert (passed["name"], passed["verdict"], passed["host"], passed["values"]) == (
            "b",
            "passes",
            "",
            "",
        )
    page.unlink()
    done = run(capture, "--policy", capture, "-o", page)
    assert (done.returncode, page.exists()) == (2, False)
    assert run(capture, "--policy", rules, "-o", rules).returncode == 2

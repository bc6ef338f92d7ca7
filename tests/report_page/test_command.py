"""``huginn report`` as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.report_page.pages import read
from tests.support.in_process import run_in_process_as_text
from tests.support.sample import sample

pytest.importorskip("pyarrow", reason="the Python package pyarrow is not installed")
pytest.importorskip("jinja2", reason="the Python package jinja2 is not installed")


def run(*arguments: object, without: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command line; `without` is a package that it must not find."""
    if without is None:
        return run_in_process_as_text("report", *arguments)
    hide = f"import sys; sys.modules[{without!r}] = None; "
    code = f"{hide}from huginn_cffi.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", code, "report", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    return path


def test_a_page_is_written(capture: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = run(capture, "-o", page, "--title", "Plant 7")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{page}: {page.stat().st_size} bytes\n"
    found = read(page.read_bytes())
    assert "Plant 7" in found.text
    assert str(capture) in found.text
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_page_to_standard_output(capture: Path, tmp_path: Path) -> None:
    done = run(capture, "-o", "-", "--title", "Plant 7")
    assert done.returncode == 0
    assert done.stdout.startswith("<!doctype html>")
    assert done.stderr == f"standard output: {len(done.stdout.encode())} bytes\n"
    assert "Plant 7" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == [capture.name]


def test_a_filter_is_obeyed(capture: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run(capture, "-o", page, "--ip", "192.0.2.66", "--src-only").returncode == 0
    found = read(page.read_bytes()).tables
    assert [row["System"] for row in found["systems"]] == ["NMap SYN scan"]
    assert {row["Reason"] for row in found["drops"]} >= {"filtered"}


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
    assert "Packets5147 analysed" in found.text, "26 and 25 packets"


def test_nothing_is_written_when_nothing_could_be_read(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = run(tmp_path / "absent.pcap", "-o", page)
    assert done.returncode == 2
    assert not page.exists()


def test_an_output_that_cannot_be_written(capture: Path, tmp_path: Path) -> None:
    done = run(capture, "-o", tmp_path / "absent" / "report.html")
    assert done.returncode == 2
    assert "cannot be written: No such file or directory" in done.stderr


@pytest.mark.parametrize("package", ["jinja2", "pyarrow"])
def test_a_missing_package_is_named_with_its_remedy(capture: Path, tmp_path: Path, package: str) -> None:
    done = run(capture, "-o", tmp_path / "report.html", without=package)
    assert done.returncode == 2
    assert done.stderr == (
        f"huginn: a report needs {package}; install it with: pip install 'huginn-cffi[report]'\n"
    )

"""``huginn web``: one page, at the loopback address, with its policy; nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

POLICY = "default-src 'none'; script-src 'sha256-abc='"
PAGE = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><p>ravens</p>\n'
CODE = """
import sys
from pathlib import Path
from huginn_cffi.cli import main
from huginn_cffi.cli.commands import web

web.PAGE = Path(sys.argv.pop(1))
sys.exit(main())
"""


def command(page: Path, *more: str) -> list[str]:
    """The command, with this page in place of that of the package."""
    return [sys.executable, "-c", CODE, str(page), "web", *more]


def run(page: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(page, *more), capture_output=True, text=True, timeout=60)


@contextmanager
def served(page: Path) -> Iterator[tuple[HTTPConnection, subprocess.Popen[str]]]:
    """A connection to the server, and its process."""
    with subprocess.Popen(command(page), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            place = urlsplit(process.stderr.readline().split(" ")[0])
            assert place.hostname == "127.0.0.1"
            yield HTTPConnection(place.hostname, place.port, timeout=60), process
        finally:
            process.kill()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "web.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_the_page_with_its_policy_and_nothing_else(page: Path) -> None:
    (page.parent / "secret.txt").write_text("no")
    with served(page) as (connection, process):
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, PAGE.encode())
        assert answer.headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
        for path in ("/secret.txt", "/../secret.txt", "/web.html", "/?x"):
            connection.request("GET", path)
            refused = connection.getresponse()
            refused.read()
            assert refused.status == 404, path
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130


@pytest.mark.parametrize("text", ["", "<p>no policy</p>"])
def test_another_file_is_refused(text: str, page: Path) -> None:
    page.write_text(text)
    done = run(page)
    assert done.returncode == 2
    assert done.stderr == f"huginn: {page}: not the page: it has no content policy\n"


def test_the_page_is_written(page: Path) -> None:
    copy = page.with_name("copy.html")
    assert run(page, "-o", str(copy)).returncode == 0
    assert copy.read_bytes() == page.read_bytes()


def test_without_the_page_the_way_to_it_is_said(page: Path) -> None:
    page.unlink()
    done = run(page)
    assert done.returncode == 2
    assert done.stderr.endswith("to build it: sh setup.sh with web\n")


def test_a_port_that_is_taken(page: Path) -> None:
    with served(page) as (connection, _):
        done = run(page, "--port", str(connection.port))
    assert done.returncode == 2
    assert "name another with --port" in done.stderr

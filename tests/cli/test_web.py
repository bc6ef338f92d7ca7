"""``huginn web``: one page, at the loopback address, with its policy; nothing else."""

from __future__ import annotations

import os
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
COMMAND = (sys.executable, "-m", "huginn_cffi", "web")


@contextmanager
def served(*arguments: str) -> Iterator[tuple[HTTPConnection, subprocess.Popen[str]]]:
    """A connection to the server, and its process."""
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True) as process:
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
    with served(str(page)) as (connection, process):
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
    done = subprocess.run([*COMMAND, str(page)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr == f"huginn: {page}: not the page: it has no content policy\n"


def test_what_is_missing_is_said(page: Path) -> None:
    done = subprocess.run([*COMMAND], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "python web/build.py" in done.stderr
    done = subprocess.run([*COMMAND, f"{page}x"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert os.strerror(2) in done.stderr


def test_a_port_that_is_taken(page: Path) -> None:
    with served(str(page)) as (connection, _):
        command = [*COMMAND, "--port", str(connection.port), str(page)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "name another with --port" in done.stderr

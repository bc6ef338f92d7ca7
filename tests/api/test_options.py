"""What the commands' side of the API sets up, and what becomes of it when something fails later."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli.service import LiveHosts
from huginn_cffi.cli.sockets import DESCRIPTORS, Api, ApiOptions
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.sockets.p0f_api import MOST_CLIENTS
from tests.support.api_hosts import ANSWER_BYTES, KNOWN, client, received
from tests.support.in_process import run_in_process_as_text


@pytest.fixture
def options(tmp_path: Path) -> Iterator[ApiOptions]:
    interval, descriptors = sys.getswitchinterval(), resource.getrlimit(resource.RLIMIT_NOFILE)
    yield ApiOptions(str(tmp_path / "s"), None, "0660")
    sys.setswitchinterval(interval)
    resource.setrlimit(resource.RLIMIT_NOFILE, descriptors)


def test_nobody_is_answered_before_it_is_due(options: ApiOptions) -> None:
    """The thread would keep the rights of the process: so it waits until they were given up."""
    api = Api(options, Inventory(None))
    with client(Path(api.path)) as talk:
        talk.sendall(KNOWN)
        talk.settimeout(0.2)
        with pytest.raises(TimeoutError):
            talk.recv(1)
        talk.settimeout(60)
        api.do_due()
        api.do_due()
        assert len(received(talk, ANSWER_BYTES)) == ANSWER_BYTES
    api.close()
    assert not Path(api.path).exists()


def test_descriptors_for_all_clients_are_asked_for(options: ApiOptions) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CLIENTS + DESCRIPTORS
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"this process may open at most {hard} files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 1024), hard))
    api = Api(options, Inventory(None))
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= wanted
    api.close()


def test_a_socket_goes_when_something_else_cannot_be_made(options: ApiOptions) -> None:
    def fails(inventory: Inventory) -> Any:
        assert Path(options.api or "").exists()
        raise OSError("no store")

    hosts = LiveHosts(None)
    hosts.add(lambda inventory: Api(options, inventory))
    with pytest.raises(OSError, match="no store"):
        hosts.add(fails)
    hosts.close()
    assert not Path(options.api or "").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--api", "{}/file"], "file: exists and is not a socket; it was left as it is"),
        (["--api", "{}/nowhere/s"], "there is no folder "),
        (["--api", "{}/s", "--socket-group", "no such group"], "there is no group no such group"),
        (["--api", "{}/s", "--socket-group", "99999999999"], "there is no group 99999999999"),
        (["--api", "{}/s", "--api-mode", "0777"], "'0777' is not one of '0660', '0666'"),
        (["--socket-group", "root"], "--socket-group needs a Unix socket: --api PATH or --listen unix:PATH"),
    ],
)
def test_refusals(tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "file").write_text("precious")
    done = run_in_process_as_text("capture", "lo", *(word.format(tmp_path) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("huginn: ")
    assert said in line
    assert (tmp_path / "file").read_text() == "precious"

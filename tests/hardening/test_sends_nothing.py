"""Reading captures opens no socket. A library that is loaded first writes down each one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.builds import c_compiler
from tests.support.core import ROOT

NOTES = """
#include <sys/syscall.h>
#include <unistd.h>

int socket(int domain, int type, int protocol)
{
    ssize_t written = write(2, "SOCKET\\n", 7);
    return written < 0 ? -1 : (int)syscall(SYS_socket, domain, type, protocol);
}
"""
SAMPLE = "examples/sample.pcap"
COMMANDS = (
    f"pcap {SAMPLE}",
    f"pcap --summary --format json {SAMPLE}",
    f"hosts {SAMPLE}",
    "devices --host-names examples/devices.pcap",
    f"crypto {SAMPLE}",
    f"unknown {SAMPLE}",
    f"report {SAMPLE} -o {os.devnull}",
    f"annotate {SAMPLE} -o {os.devnull}",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("socket")
    (folder / "socket.c").write_text(NOTES)
    command = [c_compiler(), "-shared", "-fPIC", folder / "socket.c", "-o", folder / "socket.so"]
    subprocess.run(command, check=True, env=os.environ | {"LD_PRELOAD": ""})
    return folder / "socket.so"


def run(library: Path, *words: str) -> str:
    loaded = " ".join(filter(None, [os.environ.get("LD_PRELOAD"), str(library)]))
    environment = os.environ | {"LD_PRELOAD": loaded, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_no_socket_is_opened(library: Path, command: str) -> None:
    assert "SOCKET" not in run(library, "-m", "huginn_cffi", *command.split())


def test_a_socket_is_seen(library: Path) -> None:
    assert run(library, "-c", "import socket; socket.socket()") == "SOCKET\n"

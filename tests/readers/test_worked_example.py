"""The skeletons that tools.new_reader writes are built, and their readers report what is sent."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.builds import once, quick_build
from tests.support.conversations import CLIENT, SERVER, capture, handshake, segment
from tests.support.packets import ACK, FIN, PSH
from tools.new_reader.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
COPIED = (
    "csrc",
    "huginn_cffi",
    "sigcompiler",
    "tests",
    "tools",
    "pyproject.toml",
    "README.md",
    *(path.name for path in ROOT.glob("LICENSE-*")),
)
MINUTES = 60

NEW, OLD = b"RFB 003.008\n", b"RFB 003.003\n"

Records = list[dict[str, object]]
Read = Callable[..., Records]

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module")
def extended() -> Path:
    """A copy of the project with a reader of each kind, built. The streams are those of VNC."""
    return once("worked-example", build)


def build(root: Path) -> None:
    variables = os.environ | quick_build(root)
    skip = shutil.ignore_patterns("*.so", "__pycache__")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=skip)
        else:
            shutil.copy(source, root / name)
    for arguments in (("rfb", "--streams"), ("acme", "--port", "5678")):
        assert main([*arguments], root) == 0
    command = [sys.executable, "-c", "import setuptools; setuptools.setup()", "-q", "build_ext", "--inplace"]
    done = subprocess.run(
        command, cwd=root, env=variables, capture_output=True, text=True, timeout=10 * MINUTES
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture
def read(extended: Path, tmp_path: Path) -> Read:
    """The records of a capture, by the extended package."""

    def read(*packets: bytes, workers: int = 1, form: str = "json") -> Records:
        path = tmp_path / "capture.pcap"
        path.write_bytes(capture(*packets))
        command = [sys.executable, "-m", "huginn_cffi", "pcap", "--format", form, "--workers", str(workers)]
        environment = {**os.environ, "PYTHONPATH": str(extended)}
        done = subprocess.run(
            [*command, str(path)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=MINUTES,
        )
        assert done.returncode == 0, done.stderr
        if form != "json":
            return [{"text": done.stdout}]
        return [json.loads(line) for line in done.stdout.splitlines()]

    return read


def versions(records: Records) -> list[tuple[object, ...]]:
    """Sender, version, packet and flow of each."""
    names = ("src_ip", "rfb_version", "packet_number", "flow")
    return [tuple(record[name] for name in names) for record in records if record["event"] == "rfb"]


def test_both_versions_in_the_order_of_packets(read: Read) -> None:
    records = read(
        *handshake(40000),
        segment(40000, 0, NEW, server=True),
        segment(40000, 0, OLD),
    )
    assert [record["event"] for record in records] == [
        "syn",
        "mtu",
        "syn_ack",
        "mtu",
        "rfb",
        "rfb",
    ]
    assert versions(records) == [
        (SERVER, "3.8", 3, 1),
        (CLIENT, "3.3", 4, 1),
    ]


def test_a_version_in_pieces_out_of_order_and_repeated(read: Read) -> None:
    records = read(
        *handshake(40000),
        segment(40000, 10, OLD[10:]),
        segment(40000, 0, OLD[:6]),
        segment(40000, 0, b"x" * 6),
        segment(40000, 6, OLD[6:10]),
    )
    assert versions(records) == [(CLIENT, "3.3", 6, 1)]


def test_a_version_in_the_packet_that_ends_the_connection_and_after_it(read: Read) -> None:
    records = read(
        *handshake(40000),
        segment(40000, 0, OLD, flags=ACK | PSH | FIN),
        segment(40000, 0, NEW, server=True),
    )
    assert [one[:3] for one in versions(records)] == [
        (CLIENT, "3.3", 3),
        (SERVER, "3.8", 4),
    ]


def test_a_connection_whose_handshake_was_not_captured(read: Read) -> None:
    records = read(segment(40000, 0, NEW, server=True), segment(40000, 0, OLD))
    assert [record["event"] for record in records] == ["rfb", "rfb"]
    assert [one[3] for one in versions(records)] == [1, 1]


def test_what_is_no_version(read: Read) -> None:
    for wrong in (b"GET / HTTP/1.1\r\n", b"RFB 003.00x\n", b"RFB 0030008\n", b"RFB 003.008\r", b"RFB 003."):
        assert versions(read(*handshake(40000), segment(40000, 0, wrong))) == []


def test_other_formats_know_the_event(read: Read) -> None:
    packets = (*handshake(40000), segment(40000, 0, b"RFB 004.010\n"))
    (text,) = (str(one["text"]) for one in read(*packets, form="text"))
    assert f"[RFB] {CLIENT}:40000" in text
    assert "  Version: 4.10" in text
    (log,) = (str(one["text"]) for one in read(*packets, form="p0f"))
    assert "4.10" not in log


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_nothing(read: Read, workers: int) -> None:
    packets = [part for port in range(40000, 41500) for part in handshake(port)]
    packets += [segment(port, 9, OLD[9:]) for port in range(40000, 41500, 2)]
    packets += [segment(port, 0, OLD[:9]) for port in range(40000, 41500)]
    assert read(*packets, workers=workers) == read(*packets)


@pytest.mark.parametrize("name", ["rfb", "acme"])
def test_the_page_of_a_skeleton_passes(extended: Path, name: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "tests/golden", "-k", name],
        cwd=extended,
        env={**os.environ, "PYTHONPATH": str(extended)},
        capture_output=True,
        text=True,
        timeout=MINUTES,
    )
    assert done.returncode == 0, done.stdout
